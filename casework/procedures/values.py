"""A procedure as data: its steps, letters, actions and duties, each with the sentence that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casework.actions import Action
from casework.cases import Case, Stage
from casework.deadlines import Clock
from casework.letter_kinds import LetterKind
from casework.procedures.conditions import ALWAYS, Condition

_STATEMENT = re.compile(r"\bS\d{1,2}\b")


class Since(StrEnum):
    """The day on which a clock starts."""

    REPORTED = "reported"
    TALK = "talk"
    ASKED = "asked for approval"
    INVITATION = "invitation served"
    REMOVAL = "written request served"
    PUBLICATION = "publication"
    COMPLAINT = "complaint"
    HOST = "host told"
    OPERATOR = "operator told"
    BLOCK_REVIEW = "block review"


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """When something is due.

    Attributes:
        amount: how many; a name such as "removal_days" means that setting of the school; 0 means that very day.
        inset_days: True if days for staff without pupils count as school days.
        moves_on: whether a last day at a weekend or bank holiday moves to the next working day; None leaves that to
            the clock.
    """

    amount: int | str
    clock: Clock = Clock.SCHOOL_DAYS
    since: Since = Since.REPORTED
    inset_days: bool = False
    moves_on: bool | None = None


class _FromPolicy:
    """Something with a source."""

    __slots__ = ()
    source: str

    @property
    def statements(self) -> tuple[str, ...]:
        """The policy's sentences that it comes from, such as S45."""
        return tuple(_STATEMENT.findall(self.source))


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRule(_FromPolicy):
    """What is next while a condition holds; of a file's steps the first that holds counts.

    Attributes:
        next_step: a sentence for the office; {needs}, {post} and {skip} are filled in.
        owner: role that acts.
        source: the policy's sentence that it comes from, in our words, with its number.
    """

    stage: Stage
    when: Condition
    next_step: str
    owner: str
    source: str
    due: Due | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterWish(_FromPolicy):
    """A letter that is to be drafted while a condition holds; of a file's letters the first that holds counts.

    Attributes:
        every_parent: each parent concerned gets one of their own; otherwise the first alone.
    """

    kind: LetterKind
    when: Condition
    source: str
    every_parent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionRule(_FromPolicy):
    """One of the actions that the policy lets the school consider.

    Attributes:
        question: what a person decides, in the policy's sense.
        opens: when it may be considered at all.
        when: its own trigger.
        by_reason: where the trigger does not hold, a person may still decide for it, by a reason of their own.
        closed_because: why it cannot be chosen, where the trigger does not hold and no reason is enough.
    """

    action: Action
    question: str
    opens: Condition
    source: str
    when: Condition = ALWAYS
    by_reason: bool = False
    closed_because: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRule(_FromPolicy):
    """Something that has a day of its own, beside the step that the case is at.

    Attributes:
        name: in a few words; part of keys, so it stays. templates/ladders.toml may have a ladder of that name.
    """

    name: str
    when: Condition
    next_step: str
    owner: str
    source: str
    due: Due


@dataclass(frozen=True, kw_only=True, slots=True)
class Fits:
    """Which cases a procedure is for; what is left empty restricts nothing."""

    categories: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def measure(self, case: Case) -> int | None:
        """How closely it fits: how many of its restrictions the case meets; None if it fails one."""
        staff = case.staff
        pairs = (
            (self.categories, frozenset(staff.categories)),
            (self.targets, frozenset([staff.target.value] if staff.target else [])),
            (self.platforms, frozenset([case.platform.casefold()])),
            (self.authors, frozenset([staff.assessment.author.value] if staff.assessment.author else [])),
        )
        wanted = [(restriction, has) for restriction, has in pairs if restriction]
        if any(not restriction & has for restriction, has in wanted):
            return None
        return len(wanted)


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    """A school's procedure.

    Attributes:
        fingerprint: of the file's text: the version.
        text: the file itself, kept for cases that began with it.
    """

    name: str
    steps: tuple[StepRule, ...]
    letters: tuple[LetterWish, ...] = ()
    actions: tuple[ActionRule, ...] = ()
    duties: tuple[DutyRule, ...] = ()
    fits: Fits = field(default_factory=Fits)
    fingerprint: str = ""
    text: str = field(default="", repr=False)

    @property
    def version(self) -> str:
        """As people see it: "Posts by parents, version 3f9c1a2b"."""
        return f"{self.name}, version {self.fingerprint[:8]}" if self.fingerprint else self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedures:
    """All procedures of a school: those of today, and earlier versions that running cases began with.

    Attributes:
        current: as the files are now; never empty.
        kept: earlier versions by fingerprint. Each bears on the cases that began with it, for which it never changes:
            procedures are the same whichever of them are at hand.
    """

    current: tuple[Procedure, ...]
    kept: Mapping[str, Procedure] = field(default_factory=dict, compare=False)

    def lack(self, fingerprints: Iterable[str]) -> bool:
        """True if a version is among these that is not at hand."""
        return not {one.fingerprint for one in self.current}.union(self.kept).issuperset(fingerprints)

    def best_for(self, case: Case) -> Procedure:
        """The most specific of today's that fits; among equals the first by name of file."""
        measured = [(one.fits.measure(case), one) for one in self.current]
        fitting = [(measure, one) for measure, one in measured if measure is not None]
        if not fitting:
            return self.current[0]
        return max(fitting, key=lambda pair: pair[0])[1]

    def of(self, case: Case) -> Procedure:
        """The version that the case runs by; the best of today's while it has none, or its own is lost."""
        for one in self.current:
            if case.procedure and one.fingerprint == case.procedure:
                return one
        return self.kept.get(case.procedure) or self.best_for(case)
