"""What the school's policy demands next of a case: its stage, its next step, by when, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.addressees import WantedLetter, addressees_of
from casework.addresses import is_one_address
from casework.cases import Case, Stage, TalkOutcome
from casework.deadlines import Clock, Deadline, Duty, deadline
from casework.errors import TermDatesExhaustedError
from casework.letters import Delivery, Letter, LetterKind, LetterState
from casework.school import School
from casework.still_up import PostState


@dataclass(frozen=True, kw_only=True, slots=True)
class StageRule:
    """One stage of a procedure, as templates/procedures has it.

    Attributes:
        next_step: a sentence for the office.
        owner: role that acts.
        days: school days until due; None where nothing is due; a name such as "removal_days" means a setting.
        source: the policy's sentence that it comes from, by number and in our words.
    """

    stage: Stage
    next_step: str
    owner: str
    days: int | None
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    name: str
    stages: Mapping[Stage, StageRule]


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where a case stands today.

    Attributes:
        began_on: day 0 of the duty; None where nothing is due.
        deadline: with each day counted or skipped; None where nothing is due or the calendar ends before it.
        warning: why no day could be given; empty otherwise.
    """

    stage: Stage
    next_step: str
    owner: str
    source: str
    began_on: date | None = None
    deadline: Deadline | None = None
    warning: str = ""

    @property
    def due(self) -> date | None:
        return self.deadline.due if self.deadline else None


def standing_of(case: Case, letters: Iterable[Letter], *, school: School, procedure: Procedure) -> Standing:
    """Where the case stands: a pure reading of the row and its letters, so that any sweep comes to the same."""
    versions = tuple(letters)
    stage = _stage_of(case, versions)
    rule = procedure.stages[stage]
    step = _next_step(case, versions, rule, school)
    began_on = _began_on(case, versions, stage, school.today)
    days = _days_of(stage, versions, rule, school)
    standing = Standing(stage=stage, next_step=step, owner=rule.owner, source=rule.source)
    if began_on is None or days is None:
        return standing
    return _with_deadline(standing, rule, began_on, days, school)


def _with_deadline(
    standing: Standing, rule: StageRule, began_on: date, days: int, school: School
) -> Standing:
    duty = Duty(name=standing.stage.value, clock=Clock.SCHOOL_DAYS, amount=days, source=rule.source)
    due, warning = None, ""
    try:
        due = deadline(began_on, duty, school.calendar)
    except TermDatesExhaustedError as error:
        warning = str(error)
    return Standing(
        stage=standing.stage,
        next_step=standing.next_step,
        owner=standing.owner,
        source=standing.source,
        began_on=began_on,
        deadline=due,
        warning=warning,
    )


def _stage_of(case: Case, letters: tuple[Letter, ...]) -> Stage:
    staff = case.staff
    if staff.outcome or not case.is_open:
        return Stage.CLOSED
    if any(letter.is_open for letter in letters):
        return Stage.AWAITING_APPROVAL
    if _sent(letters, LetterKind.REMOVAL_REQUEST):
        return Stage.AWAITING_REMOVAL
    if case.talk_logged and staff.talk_outcome is TalkOutcome.REFUSED and staff.continues:
        return Stage.FURTHER_STEPS
    if case.talk_logged and staff.talk_outcome is not TalkOutcome.NO_REPLY:
        return Stage.WATCHING
    return Stage.CONVERSATION if staff.parent else Stage.NEW


def _sent(letters: tuple[Letter, ...], kind: LetterKind) -> Letter | None:
    sent = [letter for letter in letters if letter.kind is kind and letter.state is LetterState.SENT]
    return sent[-1] if sent else None


def _next_step(case: Case, letters: tuple[Letter, ...], rule: StageRule, school: School) -> str:
    needs = missing_for_letter(case, wanted_kind(case), school=school, letters=letters)
    if rule.stage in {Stage.CONVERSATION, Stage.FURTHER_STEPS} and needs:
        return f"Set {' and '.join(needs)}, so that the letter can be drafted."
    if rule.stage is Stage.AWAITING_APPROVAL and case.problem and not any(_is_asked(one) for one in letters):
        return "The letter could not be drafted; Casework says beside this what to correct."
    if _waits_for_post(case, letters):
        return 'Post the letter or hand it over, then enter the day in "Letter served on": the deadline runs from it.'
    if rule.stage is Stage.CONVERSATION and _sent(letters, LetterKind.INVITATION):
        return "Hold the conversation, ask for removal, then set 'Talked on' and 'Outcome of the talk'."
    return _after_looking(case, rule, _began_on(case, letters, rule.stage, school.today)) or rule.next_step


def _after_looking(case: Case, rule: StageRule, began_on: date | None) -> str:
    """What is next once a person has looked, since this stage began, whether the post is still up."""
    if rule.stage not in {Stage.WATCHING, Stage.AWAITING_REMOVAL} or case.post_seen_on is None:
        return ""
    if began_on and case.post_seen_on < began_on:
        return ""
    seen = f"on {case.post_seen_on.day} {case.post_seen_on:%B %Y}"
    if case.post_state is PostState.GONE:
        return f'The post was gone {seen}. Write "Outcome" to close the case.'
    return f'The post was {case.post_state} {seen}. Talk again, or set "The posting continues" for further steps.'


def _is_asked(letter: Letter) -> bool:
    return letter.is_open and letter.requested_at is not None


def _waits_for_post(case: Case, letters: tuple[Letter, ...]) -> bool:
    sent = [letter for letter in letters if letter.state is LetterState.SENT]
    return bool(sent) and sent[-1].delivery is Delivery.POST and case.staff.served_on is None


def _began_on(
    case: Case, letters: tuple[Letter, ...], stage: Stage, today: Callable[..., date]
) -> date | None:
    """Day 0 of the duty; never before the day on which the case was opened again, which starts a new clock."""
    began_on = _duty_began_on(case, letters, stage, today)
    if began_on is None or case.reopened_at is None:
        return began_on
    return max(began_on, today(case.reopened_at))


def _duty_began_on(
    case: Case, letters: tuple[Letter, ...], stage: Stage, today: Callable[..., date]
) -> date | None:
    if stage is Stage.AWAITING_REMOVAL:
        return _served_on(case, _sent(letters, LetterKind.REMOVAL_REQUEST), today)
    if stage is Stage.AWAITING_APPROVAL:
        asked = [letter.requested_at for letter in letters if letter.is_open and letter.requested_at]
        return today(max(asked)) if asked else None
    if stage in {Stage.WATCHING, Stage.FURTHER_STEPS}:
        return case.staff.talked_on
    invitation = _sent(letters, LetterKind.INVITATION)
    if stage is Stage.CONVERSATION and invitation:
        return _served_on(case, invitation, today)
    return None if stage is Stage.CLOSED else today(case.reported_at)


def _served_on(case: Case, letter: Letter | None, today: Callable[..., date]) -> date | None:
    """The day of service: of sending by mail; by post or hand, the day that the office enters, and none until then."""
    if letter is None:
        return None
    if letter.delivery is Delivery.POST:
        return case.staff.served_on
    return today(letter.sent_at) if letter.sent_at else None


def _days_of(stage: Stage, letters: tuple[Letter, ...], rule: StageRule, school: School) -> int | None:
    if stage is Stage.AWAITING_REMOVAL:
        return school.removal_days
    if stage is Stage.CONVERSATION and _sent(letters, LetterKind.INVITATION):
        return school.reply_days
    return rule.days


def wanted_letters(case: Case) -> tuple[WantedLetter, ...]:
    """Which letters the procedure asks for now, one for each parent concerned: that of the furthest stage reached.

    "Refuses" and "continues" are two facts, and the written request needs both; once the talk is logged there is no
    invitation any more (the policy: usually a conversation first; if refused and continued, consider writing). The
    written request goes to every parent concerned; the invitation to the one who is to be talked with.
    """
    kind = wanted_kind(case)
    addressees = addressees_of(case)
    if kind is None:
        return ()
    if kind is LetterKind.INVITATION:
        addressees = addressees[:1]
    return tuple(WantedLetter(kind=kind, addressee=one) for one in addressees)


def wanted_kind(case: Case) -> LetterKind | None:
    """The kind of the letters that the procedure asks for now."""
    staff = case.staff
    if not case.is_open or staff.outcome:
        return None
    if case.talk_logged:
        both = staff.talk_outcome is TalkOutcome.REFUSED and staff.continues
        return LetterKind.REMOVAL_REQUEST if both else None
    return LetterKind.INVITATION if staff.parent else None


def missing_for_letter(
    case: Case, kind: LetterKind | None, *, school: School, letters: Iterable[Letter] = ()
) -> tuple[str, ...]:
    """The columns that staff must fill, or correct, before the letter can be drafted."""
    if kind is None:
        return ()
    staff = case.staff
    missing = [] if staff.parent else ["Parent"]
    if not (staff.parent_email or staff.parent_address):
        missing.append("the parent's e-mail address (or postal address, for a letter by post or hand)")
    elif staff.parent_email and not is_one_address(staff.parent_email):
        missing.append("the parent's e-mail address to one address and nothing else")
    elif staff.parent_email.casefold() in school.own_addresses:
        missing.append("the parent's e-mail address to one that is not the school's own")
    elif came_back(letters, staff.parent_email):
        missing.append(
            "the parent's e-mail address to one that mail reaches (the letter came back), "
            "or empty it and enter the postal address, for post or by hand"
        )
    return tuple(missing)


def came_back(letters: Iterable[Letter], address: str) -> bool:
    """True if the newest letter that was mailed to this address could not be delivered: no second one is tried."""
    mailed = [
        letter
        for letter in letters
        if letter.state in {LetterState.SENT, LetterState.RETURNED} and letter.recipient == address.casefold()
    ]
    return bool(address) and bool(mailed) and mailed[-1].state is LetterState.RETURNED
