"""A case as a story: what happened, what is next, by when, and each day counted or skipped."""

from __future__ import annotations

from casework.cases import Case, case_reference
from casework.deadlines import explain
from casework.letters import Letter
from casework.plain_words import in_plain_words
from casework.procedures import standing_of
from casework.records import Event
from casework.register_columns import letters_line
from casework.school import School
from offices.office import Office


def story_of(office: Office, reference: str) -> tuple[str, ...]:
    """The lines of the story.

    Raises:
        ValueError: not a case reference, or no such case.
    """
    wanted = case_reference(reference)
    with office.journal.transaction() as transaction:
        case = transaction.cases.get(wanted)
        if case is None:
            raise ValueError(
                f"There is no case {wanted} in this journal; casework status says how many are open."
            )
        letters = transaction.letters.of_case(wanted)
        events = transaction.events.of_case(wanted)
    return (
        f"{case.reference}: {case.title}",
        "",
        "What happened",
        *(_event_line(event, office.school) for event in events),
        "",
        *_letters(letters),
        *_next(office, case, letters),
    )


def _event_line(event: Event, school: School) -> str:
    at = event.at.astimezone(school.zone)
    return f"  {at:%a %d %b %Y %H:%M}  {in_plain_words(event)}"


def _letters(letters: tuple[Letter, ...]) -> tuple[str, ...]:
    if not letters:
        return ()
    return ("Letters", *(f"  {line}" for line in letters_line(letters).splitlines()), "")


def _next(office: Office, case: Case, letters: tuple[Letter, ...]) -> tuple[str, ...]:
    standing = standing_of(case, letters, school=office.school, procedure=office.procedure)
    lines = [
        "What is next",
        f"  Stage: {standing.stage.value}",
        f"  {standing.next_step}",
        f"  Why: {standing.source}",
    ]
    if standing.warning:
        lines.append(f"  {standing.warning}")
    if standing.deadline:
        due = standing.deadline.due
        lines += [f"  Due by the end of {due:%A} {due.day} {due:%B %Y}:"]
        lines += [f"    {line}" for line in explain(standing.deadline)]
    return tuple(lines)
