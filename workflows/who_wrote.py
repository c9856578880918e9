"""Who wrote what stands in a row, and when: a list keeps each version of it, a mail has one sender and one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeAlias

from casework.errors import PermanentConnectorError
from casework.ports import Register, RegisterRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrote:
    """One person's writing.

    Attributes:
        by: the address; empty if that is not known.
        at: aware; a PC that was off learns of it later.
    """

    by: str
    at: datetime


WhoWrote: TypeAlias = Callable[..., Wrote]
"""Who wrote what stands in these columns."""


class RowVersions:
    """One row that was changed, and what it was before: asked for only if that matters, and once."""

    def __init__(self, register: Register, row: RegisterRow, *, now: datetime) -> None:
        self._register = register
        self._row = row
        self._now = now

    def set_by(self, *columns: str) -> RegisterRow:
        """The oldest of the newest versions that hold this in these columns; the row itself if there is no history."""
        setter = self._row
        for version in self._versions:
            if any(version.fields.get(name) != self._row.fields.get(name) for name in columns):
                break
            setter = version
        return setter

    def who_wrote(self, *columns: str) -> Wrote:
        """Whoever set them: since the row was seen last others may have saved it too, and Casework itself.

        Where the list keeps no versions, whoever saved the row last.
        """
        try:
            setter = self.set_by(*columns)
        except PermanentConnectorError:
            setter = self._row
        return Wrote(by=setter.modified_by.casefold(), at=min(setter.modified_at or self._now, self._now))

    @cached_property
    def _versions(self) -> tuple[RegisterRow, ...]:
        return self._register.history(self._row.item_id)
