"""What a school wants to have where, where it is, and what setup did about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.register_lists import CASES_LIST, POLICIES_LIST


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """Names, as the settings give them; an id will do for each as well.

    Attributes:
        site: an id, or host and path such as "school.sharepoint.com:/sites/office".
        drop_drive, policies_drive: a library of the site, a drive's id, or the address of the person whose
            OneDrive it is; empty for the site's own documents.
        drop_folder: where staff put reports as files.
        policies_folder: empty for the whole drive.
        sealed_readers: addresses of those who alone may open the sealed originals.
    """

    site: str
    reporting_mailbox: str
    cases_list: str = CASES_LIST.name
    policies_list: str = POLICIES_LIST.name
    casework_drive: str = "Casework"
    sealed_drive: str = "Sealed originals"
    drop_drive: str = ""
    drop_folder: str = "Report drop"
    policies_drive: str = ""
    policies_folder: str = "Policies"
    sealed_readers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """The ids of everything that Casework works in."""

    site_id: str
    cases_list: str
    policies_list: str
    casework_drive: str
    sealed_drive: str
    drop_drive: str
    policies_drive: str


class Outcome(StrEnum):
    MADE = "made"
    THERE = "was there"
    MENDED = "mended"
    NOTE = "look at this"
    BY_HAND = "do this by hand"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that setup saw to.

    Attributes:
        what: a name for people, such as "List Cases, column Due".
        note: what a person should know or do.
        column: internal name of a column that was missing and was made again.
    """

    what: str
    outcome: Outcome
    note: str = ""
    column: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Provisioned:
    places: Places
    steps: tuple[Step, ...]
