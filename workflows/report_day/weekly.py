"""Once a week: how the service did, and the head of the event log for somebody to keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from casework.cases import Case
from casework.mails.reminders import day_in_words
from casework.marks import WAITS, MarkKind
from casework.records import JournalTransaction, head_in_words
from casework.school import School
from casework.waiting import waiting_since

_NAMED = 10
"""Cases that wait for others, in one mail; the list names them all."""
HEAD_MAILED = "head of the log last mailed at"
_COUNTED = {
    ("case.opened",): ("case was opened", "cases were opened"),
    ("letter.sent",): ("letter was sent", "letters were sent"),
    ("case.closed", "case.closed_unseen", "case.closed_by_reply"): ("case was closed", "cases were closed"),
    ("mail.sent",): ("mail to staff and reporters went out", "mails to staff and reporters went out"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class WeeksHead:
    """The newest entry of the log and the week's figures; empty if this week's were mailed."""

    text: str = ""
    figures: tuple[str, ...] = ()


def head_of_week(transaction: JournalTransaction, school: School, now: datetime) -> WeeksHead:
    """Mailed heads lie outside the journal: whoever cuts its tail off cannot cut them."""
    mailed = transaction.cursors.get(HEAD_MAILED)
    last = datetime.fromisoformat(mailed) if mailed else None
    if last and school.today(last).isocalendar()[:2] == school.today(now).isocalendar()[:2]:
        return WeeksHead()
    text = head_in_words(transaction.events.head())
    transaction.cursors.put(HEAD_MAILED, now.isoformat())
    if last is None:
        return WeeksHead(text=text)  # the first of all has no week behind it
    return WeeksHead(text=text, figures=tuple(_figures(transaction, last, school)))


def _figures(transaction: JournalTransaction, last: datetime, school: School) -> list[str]:
    """What was done since the last of these mails: the holidays are told of when they are over."""
    seen = Counter(event.what for event in transaction.events.since(last))
    since = f"Since {day_in_words(school.today(last))}"
    still_open = transaction.cases.number_open()
    cases = "No case is" if not still_open else "1 case is" if still_open == 1 else f"{still_open} cases are"
    lines = [f"Casework is at work. {cases} open.", *_waiting_lines(_waiting(transaction))]
    lines += [
        f"{since} {number} {one if number == 1 else many}."
        for events, (one, many) in _COUNTED.items()
        if (number := sum(seen[what] for what in events))
    ]
    waiting = len(transaction.outbox_view.needing_a_person())
    lines.append(
        f"{waiting} of its tasks {'needs' if waiting == 1 else 'need'} a person; see above."
        if waiting
        else "None of its tasks is stuck."
    )
    return lines


def _waiting(transaction: JournalTransaction) -> Iterator[Case]:
    for reference in transaction.marks.shared(MarkKind.WAITING, [WAITS]):
        if case := transaction.cases.get(reference):
            yield case


def _waiting_lines(cases: Iterable[Case]) -> Iterator[str]:
    """Which cases wait for others, those first that have waited longest: none is forgotten."""
    waiting = sorted((since, case.reference) for case in cases if (since := waiting_since(case.waits)))
    if not waiting:
        return
    head = "1 case waits for others" if len(waiting) == 1 else f"{len(waiting)} cases wait for others"
    named = ", ".join(f"{reference} since {since.day} {since:%B %Y}" for since, reference in waiting[:_NAMED])
    rest = len(waiting) - _NAMED
    yield f"{head}: {named}{f', and {rest} more, as the list says' if rest > 0 else ''}."
