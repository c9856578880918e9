"""Half a term of cases in memory, every mail accounted for in a text that a person can read and this test compares.

When the school is meant to hear something else than before, delete the account, run this again, and read the new one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from casework.cases import Case, StaffColumns, TalkOutcome, Target
from casework.ports import NewMail
from connectors.memory import MemoryClock
from tests.mornings import Mornings, said
from workflows.carry_out import Tools

GOLDEN = Path(__file__).parents[2] / "golden"
FIRST = date(2026, 9, 2)
ONE_DAY = timedelta(days=1)
ABOUT_HEAD = 3
LONGEST_SILENCE = 4
"""School days; a case that is open for longer must have been spoken of, whatever staff did in time."""
NAMED = StaffColumns(parent="Robin Ashdown", parent_email="r.ashdown@parents.example", target=Target.SCHOOL)

Change = Callable[[Case], Case]


@pytest.fixture
def mornings(tools: Tools, clock: MemoryClock) -> Mornings:
    return Mornings(tools=tools, clock=clock)


def with_staff(**columns: object) -> Change:
    return lambda case: replace(case, staff=replace(case.staff, **columns))  # type: ignore[arg-type]  # columns by name


def closing(day: date) -> Change:
    moment = datetime.combine(day, time(15), tzinfo=UTC)
    return lambda case: replace(with_staff(outcome="Removed.")(case), closed_at=moment)


def what_staff_do(number: int, reported: date) -> Iterator[tuple[date, Change]]:
    """Five kinds of case: dealt with at once, in time, late, about the head, and forgotten until the term ends."""

    def after(days: int) -> date:
        return reported + days * ONE_DAY

    target = Target.HEADTEACHER if number % 5 == ABOUT_HEAD else Target.SCHOOL
    named = with_staff(parent=NAMED.parent, parent_email=NAMED.parent_email, target=target)
    talked = {"talk_outcome": TalkOutcome.REMOVED}
    match number % 5:
        case 0:
            yield after(1), named
            yield after(2), with_staff(talked_on=after(2), **talked)
            yield after(16), closing(after(16))
        case 1:
            yield after(2), named
            yield after(7), with_staff(talked_on=after(6), **talked)
            yield after(22), closing(after(22))
        case 2:
            yield after(6), named
            yield after(20), with_staff(talked_on=after(20), **talked)
            yield after(50), closing(after(50))
        case 3:  # about the headteacher
            yield after(1), named
            yield after(24), closing(after(24))
        case _:
            yield after(60), closing(after(60))


def lived(mornings: Mornings, *, cases: int, last: date) -> list[tuple[date, str, NewMail]]:
    """The days one after the other: what staff do at noon, and Casework's sweeps in the morning and the afternoon."""
    span = (last - FIRST).days
    due: dict[date, list[tuple[int, Change]]] = defaultdict(list)
    opening: dict[date, list[int]] = defaultdict(list)
    for number in range(1, cases + 1):
        reported = FIRST + timedelta(days=number * (span - 20) // cases)
        opening[reported].append(number)
        for day, change in what_staff_do(number, reported):
            due[day].append((number, change))
    known: dict[int, Case] = {}
    sent: list[tuple[date, str, NewMail]] = []
    for passed in range(span + 1):
        day = FIRST + passed * ONE_DAY
        sent += [(day, to, mail) for to, mail in mornings.at(day)]
        for number in opening[day]:
            reported = datetime.combine(day, time(11), tzinfo=UTC)
            known[number] = mornings.opens(number, reported, about_head=number % 5 == ABOUT_HEAD)
        for number, change in due[day]:
            known[number] = mornings.keeps(change(mornings.case(known[number].reference)))
        sent += [(day, to, mail) for to, mail in mornings.at(day, 15)]
    return sent


def account_of(sent: list[tuple[date, str, NewMail]]) -> str:
    """A line a mail: the day, whom it went to, its subject; and at the end how many each person had."""
    lines = [f"{day:%a %d %b %Y}  {to:<18} {mail.subject}" for day, to, mail in sent]
    people = Counter(to for _, to, _ in sent)
    days = len({day for day, _, _ in sent})
    lines += ["", f"{len(sent)} mails on {days} days"]
    lines += [f"  {to}: {number}" for to, number in sorted(people.items())]
    return "\n".join(lines) + "\n"


def must_hold(sent: list[tuple[date, str, NewMail]], mornings: Mornings) -> None:
    calendar = mornings.tools.school.calendar
    assert max(Counter((day, to) for day, to, _ in sent).values()) == 1
    assert not [f"{day}" for day, _, _ in sent if not calendar.is_school_day(day)]
    head = [said(mail) for _, to, mail in sent if to == "headteacher"]
    about_head = [case for case in _all(mornings) if case.concerns_head]
    assert about_head
    assert not [case.reference for case in about_head if any(case.reference in text for text in head)]
    everything = " ".join(said(mail) for _, _, mail in sent)
    lasting = [case for case in _all(mornings) if _school_days_open(case, mornings) > LONGEST_SILENCE]
    assert not [case.reference for case in lasting if case.reference not in everything]
    assert "Ashdown" not in everything
    with mornings.tools.journal.transaction() as transaction:
        assert not transaction.outbox_view.unfinished()
        assert transaction.events.first_broken_link() is None


def _school_days_open(case: Case, mornings: Mornings) -> int:
    calendar = mornings.tools.school.calendar
    last = case.closed_at.date() if case.closed_at else min(mornings.tools.now.date(), calendar.last_day)
    days = range(case.reported_at.date().toordinal() + 1, last.toordinal() + 1)
    return sum(calendar.is_school_day(date.fromordinal(day)) for day in days)


def _all(mornings: Mornings) -> tuple[Case, ...]:
    with mornings.tools.journal.transaction() as transaction:
        return transaction.cases.all()


def compare(text: str, name: str) -> None:
    golden = GOLDEN / name
    if not golden.exists():
        golden.write_text(text, encoding="utf-8")
        pytest.fail(f"{golden.name} was not there and has been written; read it, and run this again.")
    assert text == golden.read_text(encoding="utf-8")


def test_every_mail_of_half_a_term_is_accounted_for(mornings: Mornings) -> None:
    sent = lived(mornings, cases=10, last=date(2026, 11, 13))

    must_hold(sent, mornings)
    compare(account_of(sent), "half_a_term.txt")
