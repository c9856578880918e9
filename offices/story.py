"""A case as a story: what happened, what is next, by when, and each day counted or skipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casework.cases import Case
from casework.completeness import wanted_of
from casework.deadlines import Deadline, explain
from casework.letters import Letter
from casework.overdue import overdue_words
from casework.policy_versions import in_force, policy_on_posts
from casework.procedures import duties_of, read_by, standing_of
from casework.records import Event
from casework.register_columns import letters_line, post_line
from casework.school import School
from casework.timeline import Lane, in_lane, timeline, timeline_line
from casework.waiting import told_anew
from offices.calendar_file import as_last_swept
from offices.office import Office
from offices.short_stories import story_of_paper
from offices.typed_cases import case_typed, paper_typed


def story_of(office: Office, reference: str) -> tuple[str, ...]:
    """The lines of the story.

    Raises:
        ValueError: it is no number of a case, or there is no such case.
    """
    if paper := paper_typed(reference):
        return story_of_paper(office, paper)
    with office.journal.transaction() as transaction:
        trouble = as_last_swept(office, transaction)
        case = case_typed(transaction, reference, office.school)
        letters = transaction.letters.of_case(case.reference)
        events = transaction.events.of_case(case.reference)
    return (
        f"{case.reference}: {case.title}",
        *((f"  {trouble}",) if trouble else ()),
        *_evidence(case),
        "",
        *_lanes(events, office.school),
        *_letters(letters),
        *_next(office, case, letters),
        *_options(office, case, letters),
        *_policy(office, case),
    )


def _evidence(case: Case) -> tuple[str, ...]:
    """Whether the evidence is locked, what is missing of it, and what the last person saw who looked at the post."""
    wanted = wanted_of(case)
    lines = (
        "  The evidence is locked; the list says why." if case.evidence_locked else "",
        f"  Not known of the post: {', '.join(want.value for want in wanted)}." if wanted else "",
        f"  The post: {post_line(case)}." if case.post_state else "",
    )
    return tuple(line for line in lines if line)


def _lanes(events: tuple[Event, ...], school: School) -> Iterator[str]:
    entries = timeline(events, school.zone)
    for lane in Lane:
        yield lane.value
        yield from (f"  {timeline_line(entry)}" for entry in in_lane(entries, lane))
        yield ""


def _letters(letters: tuple[Letter, ...]) -> tuple[str, ...]:
    if not letters:
        return ()
    return ("Letters", *(f"  {line}" for line in letters_line(letters).splitlines()), "")


def _next(office: Office, case: Case, letters: tuple[Letter, ...]) -> tuple[str, ...]:
    procedure = office.procedures.of(case)
    standing = standing_of(case, letters, school=office.school, procedure=procedure)
    lines = [
        "What is next",
        f"  Stage: {standing.stage.value}",
        f"  {standing.next_step}",
        f"  Why: {standing.source}",
    ]
    if standing.warning:
        lines.append(f"  {standing.warning}")
    lines += _days(standing.deadline, office)
    if standing.duty:
        lines += _when_it_goes_on(office, case, letters)
    duties = duties_of(case, letters, school=office.school, procedure=procedure)
    if duties:
        lines += ["", "What has days of its own"]
    for duty in duties:
        lines += [f"  {duty.next_step}{duty.assumption}", f"  Why: {duty.standing.source}"]
        warning, reckoned = duty.standing.warning, duty.standing.deadline
        lines += [f"  {warning}"] if warning else _days(reckoned, office)
    return tuple(lines)


def _when_it_goes_on(office: Office, case: Case, letters: tuple[Letter, ...]) -> list[str]:
    """What is to be done once it no longer waits for others, and by when if that were today."""
    today = office.school.today(office.clock.now())
    going_on = replace(case, waits=told_anew(case.waits, "", on=today))
    then = standing_of(going_on, letters, school=office.school, procedure=office.procedures.of(case))
    lines = [f"  When it goes on: {then.next_step}"]
    if then.due:
        lines.append(
            f"    If it went on today, that would be due on {then.due:%A} {then.due.day} {then.due:%B %Y}."
        )
    return lines


def _options(office: Office, case: Case, letters: tuple[Letter, ...]) -> Iterator[str]:
    """What the policy lets the school consider, once a person may consider it."""
    read = read_by(office.procedures.of(case), case, letters, school=office.school)
    if read.options_to_show:
        yield ""
        yield "What the policy lets the school consider; a person decides each"
    for option in read.options_to_show:
        yield f"  {option.line}"
        yield f"    Why: {option.source}"
    yield ""
    yield f"Procedure: {read.version}"


def _policy(office: Office, case: Case) -> Iterator[str]:
    """The policy as it was in force on the day of the post, in its own words."""
    with office.journal.transaction() as transaction:
        policy = policy_on_posts(transaction.policies.all())
    posted_on = case.staff.assessment.posted_on
    on = posted_on or office.school.today(case.reported_at)
    found = in_force(policy, on, assumed=posted_on is None) if policy else None
    if found is None:
        return
    yield f"Policy: {found.line}"
    yield from (f'  "{words}"' for words in found.said_of(case.staff.categories))


def _days(reckoned: Deadline | None, office: Office) -> list[str]:
    """When it is due and whether it is overdue, by which clock, and each day that was counted or skipped."""
    if reckoned is None:
        return []
    due, duty = reckoned.due, reckoned.duty
    unit = (
        duty.clock.value
        if duty.amount > 1
        else duty.clock.value.replace("days", "day").replace("months", "month")
    )
    counting = ", INSET days counted" if duty.counts_inset_days else ""
    late = overdue_words(reckoned, office.clock.now(), office.school.zone)
    return [
        *([f"  {late}"] if late else []),
        f"  Due by the end of {due:%A} {due.day} {due:%B %Y} ({duty.amount} {unit}{counting}):",
        *(f"    {line}" for line in explain(reckoned)),
    ]
