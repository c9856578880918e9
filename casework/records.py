"""What the journal keeps: its records, and the roles through which jobs reach them inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

from casework.cases import Case, CaseReference
from casework.custody import CustodyRecord, EvidenceRegister
from casework.letters import Letter
from casework.looks import Look
from casework.policy_register.record import PolicyRecord as PolicyRecord  # noqa: PLC0414 - part of what a journal keeps

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


class SightingState(StrEnum):
    SEALED = "sealed"
    WAITING = "waiting"
    DONE = "done"
    NEEDS_A_PERSON = "needs a person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """A message or dropped file that was seen.

    Attributes:
        key: "mail/<immutable id>" or "drop/<file id>/<etag>".
        internet_message_id: empty for files; kept in lower case without brackets.
        sha256: of the raw bytes; fingerprint: of the content without transport headers, equal for one mail by two routes.
        kind: report, reply, auto_reply, bounce, own, duplicate, decision.
        sender: the address that it came from, in lower case; empty for files.
        sealed_at: the folder in the sealed library.
        facts: what later jobs need to know of it (a decision's words and token, a bounce's recipient, ...).
        attempts: how often reading it failed; after three it goes to a person.
    """

    key: str
    source_id: str
    seen_at: datetime
    received_at: datetime
    state: SightingState
    kind: str = ""
    internet_message_id: str = ""
    sha256: str = ""
    fingerprint: str = ""
    sender: str = ""
    case: CaseReference | None = None
    sealed_at: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)
    attempts: int = 0
    problem: str = ""

    @property
    def reporters(self) -> tuple[tuple[str, str], ...]:
        """Name and address of everybody through whose hands the report came; either may be empty."""
        people = self.facts.get("people")
        listed = people if isinstance(people, list) else []
        return tuple((str(one[0]), str(one[1])) for one in listed if isinstance(one, list) and len(one) == 2)  # noqa: PLR2004 - a pair


class Sightings(Protocol):
    def get(self, key: str) -> Sighting | None: ...

    def find_same(self, *, internet_message_id: str = "", fingerprint: str = "") -> Sighting | None:
        """An earlier sighting with the same fingerprint, or (only if given) the same Message-ID; oldest first."""

    def save(self, sighting: Sighting) -> None:
        """Add or replace by key."""

    def waiting(self, kind: str) -> tuple[Sighting, ...]:
        """Those of this kind in state WAITING, oldest first."""

    def of_case(self, case: CaseReference) -> tuple[Sighting, ...]: ...

    def first_of_case(self, case: CaseReference, kind: str) -> Sighting | None: ...

    def with_message_ids(self, ids: tuple[str, ...]) -> tuple[Sighting, ...]:
        """Sightings whose Message-ID is among these (References of a reply)."""

    def needing_a_person(self) -> tuple[Sighting, ...]: ...


class Cases(Protocol):
    def next_reference(self, school: str, year: int) -> CaseReference:
        """Allot the next number; never given twice, not even if the case is deleted."""

    def get(self, reference: CaseReference) -> Case | None: ...

    def by_item(self, item_id: str) -> Case | None: ...

    def save(self, case: Case) -> None:
        """Add or replace by reference; its subject's marks always follow its columns."""

    def open(self) -> tuple[Case, ...]: ...

    def number_open(self) -> int:
        """How many are open, without reading them."""

    def all(self) -> tuple[Case, ...]: ...

    def any_reported_before(self, moment: datetime) -> bool:
        """True if there is one, open or closed, that was reported earlier."""

    def stale(self) -> tuple[Case, ...]:
        """Those saved, or with a letter saved, since their row was last known to show it."""

    def to_look_at(self, look: Look, now: datetime) -> tuple[Case, ...]:
        """Those whose moment for this look has come, closed ones too; the longest reported first.

        Whatever is written about a case brings its moments to now: the case itself, a letter, a sighting, a mark, an
        event; and for a case whose reporter became, or is no longer, the subject of another, that as well.
        """

    def next_look(self, look: Look, *, after: datetime) -> datetime | None:
        """The first moment after that one at which a case is to be looked at; None where there is none."""

    def look_again(self, reference: CaseReference, look: Look, at: datetime | None) -> None:
        """Look at the case next at this moment; None for not before something is written about it."""

    def look_at_open(self, look: Look) -> None:
        """Bring the moment of every open case to now: something changed that bears on all of them."""

    def looks(self, look: Look, *, after: str, most: int) -> tuple[tuple[Case, datetime | None], ...]:
        """Open cases by number from behind this one, each with the moment of its next look; None for no moment."""

    def row_stands(self, reference: CaseReference) -> None:
        """The row shows all that is known of the case: it is stale no more until it is saved again."""

    def reserve(self, school: str, year: int, number: int) -> None:
        """Make sure that numbers up to this one are never allotted (rebuild, a row added by hand)."""


class Marks(Protocol):
    """What cases are found by without reading them all. Values are fingerprints, never words or names."""

    def put(self, case: CaseReference, kind: str, values: Iterable[str]) -> None:
        """Add these values of that kind to the case; those that it has stay."""

    def replace(self, case: CaseReference, kind: str, values: Iterable[str]) -> None:
        """Let the case have exactly these values of that kind."""

    def of(self, case: CaseReference, kind: str) -> frozenset[str]: ...

    def shared(self, kind: str, values: Iterable[str]) -> Mapping[CaseReference, int]:
        """Every case that has some of these values, with how many."""


class Letters(Protocol):
    def get(self, key: str) -> Letter | None: ...

    def save(self, letter: Letter) -> None:
        """Add or replace by key."""

    def of_case(self, case: CaseReference) -> tuple[Letter, ...]:
        """All versions, oldest first."""

    def open(self) -> tuple[Letter, ...]:
        """All in an open state, over all cases."""

    def cases_with_open(self) -> frozenset[CaseReference]:
        """The cases that have a letter in an open state, without reading the letters."""

    def by_token(self, token: str) -> Letter | None:
        """The letter whose approver's token this is."""

    def sent_since(self, moment: datetime) -> tuple[Letter, ...]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One entry of the chained log: references and facts, never a name, an address or a text.

    Attributes:
        number: from 1, without gaps.
        what: noun.past, such as "case.opened".
        chain: HMAC-SHA256 (hex) over this entry and the one before.
    """

    number: int
    at: datetime
    what: str
    case: CaseReference | None
    fields: Mapping[str, Json]
    chain: str


def head_in_words(newest: Event | None) -> str:
    """The newest entry of the log as mails and commands name it: its number and the beginning of its link."""
    return f"{newest.number}:{newest.chain[:32]}" if newest else "0:"


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenLink:
    """The first entry of the log that is not as it was written."""

    number: int
    reason: str


class Events(Protocol):
    def append(
        self, what: str, *, at: datetime, case: CaseReference | None = None, **fields: Json
    ) -> Event: ...

    def of_case(self, case: CaseReference) -> tuple[Event, ...]: ...

    def since(self, moment: datetime) -> tuple[Event, ...]: ...

    def after(self, number: int) -> tuple[Event, ...]:
        """The entries after that number, oldest first."""

    def head(self) -> Event | None:
        """The newest entry."""

    def first_broken_link(self) -> BrokenLink | None:
        """Recompute the whole chain; None if it holds."""


class OutboxState(StrEnum):
    PLANNED = "planned"
    GATHERED = "gathered"
    HELD_BACK = "held back"
    CLAIMED = "claimed"
    DONE = "done"
    NEEDS_A_PERSON = "needs a person"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedEffect:
    """An intent in the outbox.

    Attributes:
        number: order of planning.
        kind, payload: the intent's kind and fields (casework.intents turns them back into the intent).
        attempts: how often it was claimed before this time; above 0 means look before doing.
        progress: what earlier attempts noted (a draft's id), for looking.
        group: effects of one group are carried out in order of planning; a later one waits for the earlier.
        problem: the last attempt's error, without personal data.
    """

    key: str
    number: int
    kind: str
    payload: Mapping[str, Json]
    case: CaseReference | None
    group: str
    state: OutboxState
    attempts: int = 0
    progress: Mapping[str, Json] = field(default_factory=dict)
    problem: str = ""


class Outbox(Protocol):
    """Intents and their leases. Lease and retry times use the machine's own clock, not the school's."""

    def plan(
        self,
        *,
        key: str,
        kind: str,
        payload: Mapping[str, Json],
        case: CaseReference | None,
        group: str,
        state: OutboxState = OutboxState.PLANNED,
    ) -> bool:
        """Record an intent; False (and nothing changes) if this key was ever planned.

        One that is GATHERED is never claimed: it waits until somebody's morning mail takes it along.
        """

    def claim(self, *, lease: timedelta, key: str = "") -> PlannedEffect | None:
        """Take the next effect that may run; only that one if a key is given.

        It is planned (or its lease ran out), its wait is over, and nothing unfinished stands before it in its group.

        An effect that needs a person does not hold up its group.
        """

    def note(self, key: str, progress: Mapping[str, Json]) -> None:
        """Remember progress of a claimed effect."""

    def finish(self, key: str) -> None: ...

    def postpone(self, key: str, *, wait: timedelta, problem: str) -> None:
        """Give the claim back; it may be claimed again after the wait."""

    def give_up(self, key: str, *, problem: str) -> None:
        """Hand it to a person."""

    def hold_back(self, key: str) -> None:
        """Give the claim back with nothing done of it; it is not claimed again before it is let go."""

    def get(self, key: str) -> PlannedEffect | None: ...


class OutboxView(Protocol):
    """Reading and steering the outbox as a whole."""

    def unfinished(self) -> tuple[PlannedEffect, ...]: ...

    def cases_under_way(self) -> frozenset[CaseReference]: ...

    def needing_a_person(self) -> tuple[PlannedEffect, ...]: ...

    def gathered(self) -> tuple[PlannedEffect, ...]:
        """What waits for somebody's morning mail, in order of planning."""

    def held_back(self, *, most: int | None = None) -> tuple[PlannedEffect, ...]:
        """What is held back, in order of planning; all of it, or so many."""

    def let_go(self, key: str) -> bool:
        """Put an effect that is held back to planned."""

    def later_ones(self, effect: PlannedEffect) -> tuple[PlannedEffect, ...]:
        """What was planned after it in its group and not withdrawn, in order of planning, whatever became of it."""

    def keys_starting(self, prefix: str) -> frozenset[str]:
        """All keys ever planned with this prefix: the ledger of reminders."""

    def cancel(self, key: str) -> bool:
        """Withdraw an intent that was not begun; False if it was."""

    def release_claims(self) -> int:
        """Give back every claim without waiting for its lease: only for the one process that holds the journal's lock.

        What was put off further than anything is put off, by a clock that was wrong, is given back too.
        """

    def retry(self, key: str) -> bool:
        """Put an effect that needs a person back to planned."""

    def leave(self, key: str) -> bool:
        """Let an effect that needs a person be: it is never tried again."""


DEADLINES_OF = "deadlines of "
"""What a case's cursor is called that holds the days of its deadlines, the first one first; its number follows."""


class Cursors(Protocol):
    """Small facts by name: delta links, when a full list was last made, heartbeats."""

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, value: str) -> None: ...

    def forget(self, name: str) -> None: ...


class Policies(Protocol):
    def get(self, file_id: str) -> PolicyRecord | None: ...

    def save(self, policy: PolicyRecord) -> None: ...

    def all(self) -> tuple[PolicyRecord, ...]: ...

    def forget(self, file_id: str) -> None: ...


class OlderRows(Protocol):
    """What an earlier version wrote in the clear and this one keeps sealed: reporters, payloads, progress, problems."""

    def seal(self, *, most: int) -> int:
        """Look at so many rows further on and seal those that are not; how many were looked at, 0 at the end."""


class JournalTransaction(Protocol):
    """The journal inside one transaction."""

    @property
    def sightings(self) -> Sightings: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def events(self) -> Events: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def outbox_view(self) -> OutboxView: ...
    @property
    def cursors(self) -> Cursors: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def evidence(self) -> EvidenceRegister: ...
    @property
    def custody(self) -> CustodyRecord: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def older_rows(self) -> OlderRows: ...
