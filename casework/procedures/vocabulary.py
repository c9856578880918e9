"""The closed vocabulary of procedures: every fact of a case that a condition may ask for, with what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from casework.actions import Action, YesNo
from casework.assessment import OTHER, Author, Opinion, faults_of
from casework.cases import Case, Relation, TalkOutcome, Target
from casework.letters import Delivery, Letter, LetterKind, LetterState
from casework.procedures.conditions import AllOf, AnyOf, Condition, Fact, Not
from casework.school import School
from casework.still_up import PostState


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a condition is asked of: the row, its letters, and the school."""

    case: Case
    letters: tuple[Letter, ...]
    school: School

    def sent(self, *kinds: LetterKind) -> Letter | None:
        """The newest letter of these kinds that was sent."""
        sent = [one for one in self.letters if one.kind in kinds and one.state is LetterState.SENT]
        return sent[-1] if sent else None


Test: TypeAlias = Callable[[Facts], bool]


class Word(NamedTuple):
    """A fact: what it means when it holds, when it does not, and how it is found."""

    means: str
    denied: str
    holds: Test


def holds(condition: Condition, facts: Facts) -> bool:
    """Say whether a condition holds for a case."""
    if isinstance(condition, Fact):
        return VOCABULARY[condition.name].holds(facts)
    if isinstance(condition, Not):
        return not holds(condition.part, facts)
    if isinstance(condition, AllOf):
        return all(holds(part, facts) for part in condition.parts)
    return any(holds(part, facts) for part in condition.parts)


def held(condition: Condition, facts: Facts) -> Condition:
    """What of a condition that holds makes it hold: of alternatives, those that are so."""
    if isinstance(condition, AllOf):
        return AllOf(parts=tuple(held(part, facts) for part in condition.parts))
    if isinstance(condition, AnyOf):
        parts = tuple(held(part, facts) for part in condition.parts if holds(part, facts))
        return parts[0] if len(parts) == 1 else AnyOf(parts=parts)
    return condition


ALLEGATION_ABOUT_STAFF, ALLEGATION_ABOUT_PUPIL = "allegation about staff", "allegation about a pupil"
ALLEGATION, CYBER_BULLYING = "allegation or cyber-bullying", "cyber-bullying"
COMPLAINT, DEFAMATORY, THREAT = "complaint in public", "defamatory statement", "threat of violence"
_STAFF_TARGETS = frozenset({Target.STAFF, Target.HEADTEACHER})


def _category(*names: str) -> Test:
    return lambda facts: any(name in facts.case.staff.categories for name in names)


def _target(*targets: Target) -> Test:
    return lambda facts: facts.case.staff.target in targets


def _outcome(outcome: TalkOutcome) -> Test:
    return lambda facts: facts.case.talk_logged and facts.case.staff.talk_outcome is outcome


def _sent(*kinds: LetterKind) -> Test:
    return lambda facts: facts.sent(*kinds) is not None


def _closed(facts: Facts) -> bool:
    return bool(facts.case.staff.outcome) or not facts.case.is_open


def is_allegation_about_staff(case: Case) -> bool:
    """What staff ticked says so; the policy's undivided category does where the post is about staff."""
    staff = case.staff
    undivided = ALLEGATION in staff.categories and staff.target in _STAFF_TARGETS
    return ALLEGATION_ABOUT_STAFF in staff.categories or undivided


def is_safeguarding_open(case: Case) -> bool:
    """True until a person has answered the question and, unless the answer is no, told the local authority's officer."""
    if not is_allegation_about_staff(case):
        return False
    steps = case.staff.steps
    if steps.child_harmed is Opinion.NO:
        return False
    return steps.child_harmed is None or steps.lado_told_on is None


def _letter_not_drafted(facts: Facts) -> bool:
    asked = any(one.is_open and one.requested_at is not None for one in facts.letters)
    return bool(facts.case.problem) and not asked


def _waits_for_post(facts: Facts) -> bool:
    sent = [letter for letter in facts.letters if letter.state is LetterState.SENT]
    return bool(sent) and sent[-1].delivery is Delivery.POST and facts.case.staff.served_on is None


def _post_was(gone: bool) -> Test:
    def seen(facts: Facts) -> bool:
        case = facts.case
        if case.post_seen_on is None or case.post_state is None or case.post_seen_on < _asked_since(facts):
            return False
        return (case.post_state is PostState.GONE) is gone

    return seen


def _asked_since(facts: Facts) -> date:
    """The day since which it matters what somebody saw: of the talk, of the letter's service, of reopening."""
    case, today = facts.case, facts.school.today
    letter = facts.sent(LetterKind.REMOVAL_REQUEST, LetterKind.SECOND_REQUEST)
    days = [case.staff.talked_on] if letter is None else [served_on(facts, letter)]
    days += [today(case.reopened_at)] if case.reopened_at else []
    return max((day for day in days if day), default=date.min)


def served_on(facts: Facts, letter: Letter) -> date | None:
    """The day of service: of sending by mail; by post or hand, the day that the office enters, and none until then."""
    if letter.delivery is Delivery.POST:
        return facts.case.staff.served_on
    return facts.school.today(letter.sent_at) if letter.sent_at else None


def _channels_offered(facts: Facts) -> bool:
    offered = facts.case.staff.steps.channels_offered
    if offered is not None:
        return offered is Opinion.YES
    # who logs the conversation says that it was held as the policy asks, and the invitation lists other ways
    return facts.case.talk_logged or facts.sent(LetterKind.INVITATION, LetterKind.CHILD_POST) is not None


def _answered(facts: Facts) -> bool:
    return facts.case.staff.steps.child_harmed in {Opinion.YES, Opinion.NO, Opinion.UNKNOWN}


def _complaint_only(facts: Facts) -> bool:
    return facts.case.staff.categories == (COMPLAINT,)


def _decided(action: Action, *answers: YesNo) -> Test:
    def decided(facts: Facts) -> bool:
        decision = facts.case.decision_on(action)
        return decision is not None and decision.answer in answers

    return decided


def _is_assessed(facts: Facts) -> bool:
    assessment = facts.case.staff.assessment
    return assessment.done and not faults_of(assessment, facts.case.staff.categories)


VOCABULARY: Mapping[str, Word] = {
    "closed": Word("the case is closed", "the case is open", _closed),
    "letter_open": Word(
        "a letter waits for approval",
        "no letter waits",
        lambda facts: any(one.is_open for one in facts.letters),
    ),
    "letter_not_drafted": Word(
        "the letter could not be drafted", "the letter could be drafted", _letter_not_drafted
    ),
    "waits_for_post": Word("a letter is to be posted", "no letter is to be posted", _waits_for_post),
    "invitation_sent": Word(
        "the invitation was sent",
        "no invitation was sent",
        _sent(LetterKind.INVITATION, LetterKind.CHILD_POST, LetterKind.COMPLAINT_INSIDE),
    ),
    "removal_request_sent": Word(
        "the written request was sent",
        "no written request was sent",
        _sent(LetterKind.REMOVAL_REQUEST, LetterKind.SECOND_REQUEST),
    ),
    "parent_known": Word(
        "the parent is known", "no parent is named", lambda facts: bool(facts.case.staff.parent)
    ),
    "poster_unknown": Word(
        "nobody knows who posted it",
        "who posted it is known",
        lambda facts: not facts.case.staff.parent and facts.case.staff.relation is Relation.UNKNOWN,
    ),
    "assessed": Word("the post is assessed", "the post is not assessed", _is_assessed),
    "talk_logged": Word("the talk is logged", "no talk is logged", lambda facts: facts.case.talk_logged),
    "removed": Word(
        "the parent removed the post", "the parent did not remove it", _outcome(TalkOutcome.REMOVED)
    ),
    "refused": Word("removal was refused", "removal was not refused", _outcome(TalkOutcome.REFUSED)),
    "no_reply": Word("the parent did not reply", "the parent replied", _outcome(TalkOutcome.NO_REPLY)),
    "continues": Word(
        "the posting goes on", "nothing new is posted", lambda facts: facts.case.staff.continues
    ),
    "skipped": Word(
        "a reason stands for no conversation",
        "no reason stands for skipping the conversation",
        lambda facts: facts.case.staff.steps.skipped,
    ),
    "channels_offered": Word(
        "other ways to raise it were offered", "no other ways were offered", _channels_offered
    ),
    "post_gone": Word("the post was found gone", "nobody found the post gone", _post_was(gone=True)),
    "post_seen": Word("the post was seen to be up", "nobody saw the post up", _post_was(gone=False)),
    "about_school": Word("it is about the school", "it is not about the school", _target(Target.SCHOOL)),
    "about_staff": Word(
        "it is about staff", "it is not about staff", _target(Target.STAFF, Target.HEADTEACHER)
    ),
    "about_pupil": Word("it is about a pupil", "it is not about a pupil", _target(Target.PUPIL)),
    "about_headteacher": Word(
        "it may be about the headteacher",
        "it is not about the headteacher",
        lambda facts: facts.case.concerns_head,
    ),
    "staff_allegation": Word(
        "it makes an allegation about staff",
        "it makes no allegation about staff",
        lambda facts: is_allegation_about_staff(facts.case),
    ),
    "allegation_suggested": Word(
        "its words may make an allegation, and nobody has assessed them",
        "its words suggest no allegation, or somebody has assessed them",
        lambda facts: ALLEGATION in facts.case.suggestions and not facts.case.staff.categories,
    ),
    "pupil_allegation": Word(
        "it makes an allegation about a pupil",
        "it makes none about a pupil",
        _category(ALLEGATION_ABOUT_PUPIL),
    ),
    "cyber_bullying": Word("it is cyber-bullying", "it is not cyber-bullying", _category(CYBER_BULLYING)),
    "safeguarding_answered": Word(
        "the safeguarding question is answered", "the safeguarding question is not answered", _answered
    ),
    "child_harmed": Word(
        "a child may have been harmed",
        "no child was harmed",
        lambda facts: facts.case.staff.steps.child_harmed in {Opinion.YES, Opinion.UNKNOWN},
    ),
    "lado_told": Word(
        "the local authority's officer was told",
        "the local authority's officer was not told",
        lambda facts: facts.case.staff.steps.lado_told_on is not None,
    ),
    "safeguarding_open": Word(
        "safeguarding comes first",
        "safeguarding is settled",
        lambda facts: is_safeguarding_open(facts.case),
    ),
    "complaint_inside": Word(
        "it holds a complaint",
        "it holds no complaint",
        lambda facts: (
            COMPLAINT in facts.case.staff.categories or facts.case.staff.steps.complaint_on is not None
        ),
    ),
    "complaint_only": Word(
        "it is a complaint and nothing else", "it is more than a complaint", _complaint_only
    ),
    "complaint_answered": Word(
        "the complaint was answered",
        "the complaint was not answered",
        lambda facts: facts.case.staff.steps.complaint_answered_on is not None,
    ),
    "defamatory": Word("it is defamatory", "it is not ticked as defamatory", _category(DEFAMATORY)),
    "inaccurate_or_offensive": Word(
        "it is inaccurate or offensive",
        "it is not ticked as such",
        _category("inaccurate or offensive comment"),
    ),
    "protected_characteristic": Word(
        "it denigrates somebody for a protected characteristic",
        "no protected characteristic is ticked",
        lambda facts: (
            bool(facts.case.staff.characteristics)
            or "protected characteristic" in facts.case.staff.categories
        ),
    ),
    "threat": Word("it threatens violence", "no threat of violence is ticked", _category(THREAT)),
    "threat_suggested": Word(
        "its words may threaten violence",
        "its words suggest no threat",
        lambda facts: facts.case.threat and not facts.case.staff.categories,
    ),
    "other_category": Word(
        "it is inappropriate for another reason", "no other reason is given", _category(OTHER)
    ),
    "crime": Word("it may be a crime", "no crime is ticked", lambda facts: facts.case.staff.steps.crime),
    "grossly_obscene": Word(
        "it is grossly obscene",
        "it is not ticked as grossly obscene",
        lambda facts: facts.case.staff.steps.grossly_obscene,
    ),
    "school_run_place": Word(
        "it stands on the school's own site or forum",
        "it does not stand on a site or forum of the school's own",
        lambda facts: facts.case.staff.steps.school_place,
    ),
    "child_post": Word(
        "a child posted it",
        "no child posted it",
        lambda facts: facts.case.staff.assessment.author is Author.CHILD,
    ),
    "support_settled": Word(
        "support was given, or is not needed",
        "nobody has noted support",
        lambda facts: bool(facts.case.staff.steps.support),
    ),
    "legal_advice_logged": Word(
        "the legal advice is logged",
        "no legal advice is logged",
        lambda facts: bool(facts.case.staff.steps.legal_advice_said),
    ),
    "police_told": Word(
        "the police were told",
        "the police were not told",
        lambda facts: facts.case.staff.steps.police_told_on is not None,
    ),
    "host_told": Word(
        "the host was asked",
        "the host was not asked",
        lambda facts: facts.case.staff.steps.host_told_on is not None,
    ),
    "host_answered": Word(
        "the host answered",
        "the host has not answered",
        lambda facts: facts.case.staff.steps.host_answer is not None,
    ),
    "operator_told": Word(
        "a website's operator has a notice",
        "no operator has a notice",
        lambda facts: facts.case.staff.steps.operator_told_on is not None,
    ),
    "block_under_review": Word(
        "a block has a day of review",
        "no block has a day of review",
        lambda facts: facts.case.staff.papers.block_review is not None,
    ),
    **{
        f"decided:{action.value}": Word(
            f"{action.value} is decided on", f"{action.value} is not decided on", _decided(action, *YesNo)
        )
        for action in Action
    },
    **{
        f"yes:{action.value}": Word(
            f"a person decided for {action.value}",
            f"nobody decided for {action.value}",
            _decided(action, YesNo.YES),
        )
        for action in Action
    },
    **{
        f"no:{action.value}": Word(
            f"a person decided against {action.value}",
            f"nobody decided against {action.value}",
            _decided(action, YesNo.NO),
        )
        for action in Action
    },
}
"""Every fact by its name. A procedure file may use these and no others."""

MEANINGS: dict[str, str] = {
    **{name: word.means for name, word in VOCABULARY.items()},
    **{f"not {name}": word.denied for name, word in VOCABULARY.items()},
}
