"""A school's year in the practice tenant: people's deeds, and the sweeps of a running office between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from tests.school import SchoolAtWork
from tests.year.hands import Hands, at
from tests.year.plan import FIRST, ONE_DAY, Deed

MORNING, NOON, AFTERNOON = (7, 31), (11, 0), (15, 30)
CALENDAR = "term-dates.toml"


class SchoolYear:
    """Lives through a plan, one day after the other.

    A running service sweeps every minute, which would be 460,000 sweeps. Here it sweeps when something can be
    different: each day when the school's hours begin, after what people did, and once more in the afternoon of such a
    day. That the ticks between do nothing is shown, not believed: on the days `watched` there is a sweep every half
    hour, day and night, and none that nobody gave anything to do may do anything.
    """

    def __init__(
        self, school: SchoolAtWork, plan: tuple[Deed, ...], watched: frozenset[date] = frozenset()
    ) -> None:
        self.school = school
        self.watched = watched
        self.sweeps = 0
        self.undone: list[str] = []
        """Deeds for which there was nothing there: an approver who was not asked, a letter that was not drafted."""
        self._hands = Hands(school)
        self._plan: dict[date, list[Deed]] = defaultdict(list)
        for deed in plan:
            self._plan[deed.day].append(deed)
        self._cases: dict[int, tuple[str, str]] = {}
        self.now = at(FIRST, 6, 0, school)

    def live(self, last: date) -> None:
        """Every day from the first to the last, Sundays and holidays too."""
        with self._one_clock():
            for passed in range((last - FIRST).days + 1):
                day = FIRST + passed * ONE_DAY
                ticks = self._ticks(day)
                for hour, minute in ticks:
                    self._come_to(at(day, hour, minute, self.school))
                    for deed in self._plan[day] if (hour, minute) == NOON else ():
                        self._do(deed)
                    before = self._written()
                    self._sweep()
                    if day in self.watched and (hour, minute) not in (MORNING, NOON, AFTERNOON):
                        assert self._written() == before, f"an idle sweep did something at {self.now}"

    def _ticks(self, day: date) -> list[tuple[int, int]]:
        ticks = [MORNING, *((NOON, AFTERNOON) if self._plan[day] else ())]
        if day in self.watched:
            ticks += [
                (hour, minute)
                for hour in range(24)
                for minute in (5, 35)
                if (hour, minute) > MORNING or hour < 7
            ]
        return sorted({*ticks})

    @contextmanager
    def _one_clock(self) -> Iterator[None]:
        """Waits and leases run by the year's own clock, as the tenant and the office do; the calendar is put back."""
        calendar = self.school.settings.parent / CALENDAR
        before = calendar.read_bytes()
        self._come_to(self.now)
        self.school.office.journal._machine_clock = lambda: self.now
        try:
            yield
        finally:
            calendar.write_bytes(before)

    def _come_to(self, moment: datetime) -> None:
        self.now = moment
        self.school.at(moment)

    def _sweep(self) -> None:
        report = self.school.once()
        self.sweeps += 1
        assert not report.failed, (self.now, report.failed)
        assert not report.problems, (self.now, report.problems)

    def _written(self) -> int:
        with self.school.office.journal.transaction() as transaction:
            head = transaction.events.head()
        return head.number if head else 0

    def _do(self, deed: Deed) -> None:
        hands = self._hands
        if deed.what.startswith("report_"):
            getattr(hands, deed.what)(*deed.given)
            self._sweep()
            self._know(deed.case)
            return
        if not deed.case:
            getattr(hands, deed.what)(*deed.given)
            return
        reference, item = self._cases[deed.case]
        match deed.what:
            case "sets":
                hands.sets(item, **deed.given[0])
            case "decides":
                self.school.staff_set(by="headteacher", item=item, Decision=deed.given[0])
            case "answers_wish":
                hands.answers_wish(reference, *deed.given)
            case _:
                role, *more = deed.given
                if not any(
                    getattr(hands, deed.what)(one, reference, *more)
                    for one in dict.fromkeys((role, "deputy"))
                ):
                    self.undone.append(f"{deed.day} {reference} {deed.what}")

    def _know(self, number: int) -> None:
        known = {reference for reference, _ in self._cases.values()}
        with self.school.office.journal.transaction() as transaction:
            new = [case for case in transaction.cases.all() if case.reference not in known]
        assert len(new) == 1, (number, [case.reference for case in new])
        self._cases[number] = (new[0].reference, str(new[0].item_id))
