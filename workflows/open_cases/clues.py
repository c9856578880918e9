"""What the journal knows of a message: its own tags, References, its sender, and signs for a guess."""

from __future__ import annotations

from dataclasses import dataclass

from casework.answers import cases_named
from casework.cases import Case, CaseReference
from casework.forwards.subjects import bare_subject
from casework.governors.versions import is_paper
from casework.guesses import Guess, Signs, score
from casework.intake import MessageKind, Report, find_tags
from casework.marks import MarkKind, marks_of_report, name_mark, reporter_mark
from casework.messages import ReceivedMessage
from casework.placing import Clues, TagIn
from casework.records import JournalTransaction, Sighting
from casework.reopening import may_reopen
from casework.tags import find_questions
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.orders import case_told_of
from workflows.open_cases.policies import answers_about_policies
from workflows.questions import question_with

MOST_CASES_OF_A_REPORTER = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tag:
    """A tag with a right token; `case` may be a governors' paper."""

    case: CaseReference
    role: str
    where: TagIn
    letter: str = ""


def clues_of(
    transaction: JournalTransaction,
    sighting: Sighting,
    message: ReceivedMessage,
    report: Report,
    desk: IntakeDesk,
) -> Clues:
    """Gather what bears on where the message belongs."""
    same = transaction.sightings.find_same(fingerprint=sighting.fingerprint)
    tags = _right_tags(transaction, message, desk)
    first = tags[0] if tags and not is_paper(tags[0].case) else None
    answered = _answered(transaction, message)
    cases = tuple(dict.fromkeys(one.case for one in answered if one.case))
    tied = first.case if first else next(iter(cases), None)
    numbers = _numbers(message, desk)
    named = tuple(dict.fromkeys((*(one.case for one in tags if not is_paper(one.case)), *numbers)))
    return Clues(
        is_same=same is not None and same.key != sighting.key,
        same_as=same.case if same else None,
        question=_question(transaction, message),
        tagged=first.case if first else None,
        tag_role=first.role if first else "",
        tag_in=first.where if first else TagIn.SUBJECT,
        letter=first.letter if first else "",
        paper=tags[0].letter if tags and not first else "",
        also_tagged=tuple(dict.fromkeys(one.case for one in tags[1:] if first and one.case != first.case)),
        referenced=next(iter(cases), None),
        reference_role=str(answered[0].facts.get("role", "")) if answered else "",
        also_referenced=cases[1:],
        subject_of=_subject_of(transaction, sighting.sender, desk),
        subject_named=_subject_named(transaction, message, sighting.sender, desk),
        subject_of_closed=_subject_of_closed(transaction, sighting.sender, desk),
        about_policies=answers_about_policies(transaction, message, desk),
        told_by_staff=case_told_of(transaction, sighting, message, named, desk),
        over=_is_over(transaction, tied, desk),
        numbered=bool(numbers) or any(is_paper(reference) for reference, _ in find_tags(message.subject)),
        # of anything else than an answer nothing is made of them but by a person, to whom they are told then
        guesses=guesses_of(transaction, sighting, message, report, desk) if _is_answer(report) else (),
    )


def _is_answer(report: Report) -> bool:
    return report.kind is MessageKind.REPLY


def _right_tags(
    transaction: JournalTransaction, message: ReceivedMessage, desk: IntakeDesk
) -> tuple[_Tag, ...]:
    """Those of the subject; without one, the first of the text. A tag with a wrong token is no tag."""
    for where, text in ((TagIn.SUBJECT, message.subject), (TagIn.TEXT, message.text)):
        found = [_checked(transaction, reference, token, where, desk) for reference, token in find_tags(text)]
        right = tuple(tag for tag in found if tag)
        if right:
            return right if where is TagIn.SUBJECT else right[:1]
    return ()


def _checked(
    transaction: JournalTransaction, reference: str, token: str, where: TagIn, desk: IntakeDesk
) -> _Tag | None:
    """The tag with the role whose token it carries; None if it is nobody's."""
    case = transaction.cases.get(CaseReference(reference))
    if case is None and not is_paper(reference):
        return None
    for letter in transaction.letters.of_case(CaseReference(reference)):
        if letter.answers_to(token):
            return _Tag(case=letter.case, role="approver", where=where, letter=letter.key)
    if case is None:
        return None
    tokens = desk.tokens
    roles = {
        tokens.reporter(case.reference): "reporter",
        tokens.subject(case.reference): "subject",
        tokens.staff(case.reference): "staff",
    }
    role = roles.get(token)
    return _Tag(case=case.reference, role=role, where=where) if role else None


def _answered(transaction: JournalTransaction, message: ReceivedMessage) -> tuple[Sighting, ...]:
    """The messages that this one answers, the nearest first."""
    ids = [i.strip("<> ").casefold() for i in (*message.in_reply_to, *reversed(message.references))]
    found = {one.internet_message_id: one for one in transaction.sightings.with_message_ids(tuple(ids))}
    return tuple(found[one] for one in dict.fromkeys(ids) if one in found)


def _question(transaction: JournalTransaction, message: ReceivedMessage) -> str:
    tokens = find_questions(f"{message.subject}\n{message.text}")
    return next((token for token in tokens if question_with(transaction, token)), "")


def _subject_of(transaction: JournalTransaction, sender: str, desk: IntakeDesk) -> CaseReference | None:
    """The newest open case whose subject writes; a slip in ParentEmail makes no approver and no office a subject."""
    if not sender or sender in desk.school.own_addresses:
        return None
    found = _found(transaction, MarkKind.SUBJECT, reporter_mark(sender))
    about = [case for case in found if case.is_open and sender in case.staff.subject_addresses]
    return about[-1].reference if about else None


def _subject_of_closed(
    transaction: JournalTransaction, sender: str, desk: IntakeDesk
) -> CaseReference | None:
    if not sender or sender in desk.school.own_addresses:
        return None
    found = _found(transaction, MarkKind.SUBJECT, reporter_mark(sender))
    about = [case for case in found if not case.is_open and sender in case.staff.subject_addresses]
    return about[-1].reference if about else None


def _subject_named(
    transaction: JournalTransaction, message: ReceivedMessage, sender: str, desk: IntakeDesk
) -> CaseReference | None:
    """The open case whose parent bears the sender's name; colleagues, and whoever reported it, are somebody else."""
    mark = name_mark(message.sender.name)
    if not mark or message.sender.domain in desk.school.own_domains:
        return None
    reported = transaction.marks.shared(MarkKind.REPORTER, [reporter_mark(sender)]) if sender else {}
    about = [
        case
        for case in _found(transaction, MarkKind.SUBJECT, mark)
        if case.is_open and case.reference not in reported
    ]
    return about[-1].reference if about else None


def _found(transaction: JournalTransaction, kind: MarkKind, mark: str) -> tuple[Case, ...]:
    """The cases with that mark, oldest first."""
    references = sorted(transaction.marks.shared(kind, [mark])) if mark else []
    return tuple(case for one in references if (case := transaction.cases.get(one)))


def _is_over(transaction: JournalTransaction, tied: CaseReference | None, desk: IntakeDesk) -> bool:
    case = transaction.cases.get(tied) if tied else None
    return case is not None and not may_reopen(
        case, today=desk.school.today(desk.now), calendar=desk.school.calendar, day_of=desk.school.today
    )


def _numbers(message: ReceivedMessage, desk: IntakeDesk) -> tuple[CaseReference, ...]:
    """Cases that the subject names by number alone; a tag with a wrong token is not even that."""
    tagged = {CaseReference(reference) for reference, _ in find_tags(message.subject)}
    named = cases_named(message.subject, school=desk.school.code)
    return tuple(one for one in named if one not in tagged)


def guesses_of(
    transaction: JournalTransaction,
    sighting: Sighting,
    message: ReceivedMessage,
    report: Report,
    desk: IntakeDesk,
) -> tuple[Guess, ...]:
    """Cases that the message may belong to, by what little speaks for them: every message of each is read for it."""
    numbers = _numbers(message, desk)
    marks = marks_of_report(report, own_domains=desk.school.own_domains)
    shared = {kind: transaction.marks.shared(kind, values) for kind, values in marks.items()}
    reported = transaction.marks.shared(MarkKind.REPORTER, [reporter_mark(sighting.sender)])
    newest = sorted(reported, reverse=True)[:MOST_CASES_OF_A_REPORTER]
    subject = bare_subject(message.subject).casefold()
    signs = []
    for reference in {*numbers, *newest, *shared[MarkKind.LINK], *shared[MarkKind.FILE]}:
        case = transaction.cases.get(reference)
        if case is None:
            continue
        earlier = transaction.sightings.of_case(reference)
        words = len(marks[MarkKind.WORDS])
        signs.append(
            Signs(
                case=reference,
                numbered=reference in numbers,
                from_reporter=reference in reported,
                same_conversation=_shares(earlier, "conversation", sighting.facts.get("conversation")),
                same_subject=_shares(earlier, "subject", subject),
                same_post=reference in shared[MarkKind.LINK] or reference in shared[MarkKind.FILE],
                alike=100 * shared[MarkKind.WORDS].get(reference, 0) // words if words else 0,
                is_open=case.is_open,
            )
        )
    return score(signs)


def _shares(earlier: tuple[Sighting, ...], fact: str, value: object) -> bool:
    return bool(value) and any(one.facts.get(fact) == value for one in earlier)
