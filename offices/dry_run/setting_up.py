"""What `casework setup` would make and mend in the tenant, found out by looking alone."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.microsoft365.provisioning import Outcome, provision
from connectors.settings_file import Settings
from offices.accounts import reading_account_of
from offices.from_settings import wishes_of

_WORDS = {Outcome.MADE: "would be made", Outcome.MENDED: "would be mended"}


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldSetUp:
    """One thing that setup sees to.

    Attributes:
        words: what would become of it.
        is_to_do: True if it would be made or mended.
    """

    what: str
    words: str
    note: str
    is_to_do: bool


def would_set_up(settings: Settings) -> tuple[WouldSetUp, ...]:
    """Look at everything that setup sees to; neither the tenant nor the journal is written to.

    Raises:
        NotThereError: the site, or a drive that the settings name by id or address, does not exist.
        NotPermittedError: the application lacks a permission.
    """
    steps = provision(reading_account_of(settings), wishes_of(settings)).steps
    return tuple(
        WouldSetUp(
            what=step.what,
            words=_WORDS.get(step.outcome, step.outcome.value),
            # a note on what is made speaks of it as done
            note="" if step.outcome in _WORDS else step.note,
            is_to_do=step.outcome in _WORDS,
        )
        for step in steps
    )
