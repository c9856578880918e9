"""A school's year in the practice tenant: people's deeds, and the sweeps of a running office between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from connectors.memory import MemoryClock
from tests.school import SchoolAtWork
from tests.year.hands import Hands, at
from tests.year.plan import FIRST, ONE_DAY, Deed

MORNING, NOON = (7, 31), (11, 0)
SATURDAY = 5
REPORT = "report_"
CALENDAR = "term-dates.toml"


class SchoolYear:
    """Lives through a plan, one day after the other.

    A running service sweeps every minute, which would be 460,000 sweeps. Here it sweeps when something can be
    different: when the school's hours begin, but on a Saturday or Sunday, and after what people did. That the ticks
    between do nothing is shown, not believed: on the days `watched` there is a sweep every half hour, day and night,
    and none that nobody gave anything to do may ask for anything.

    Attributes:
        sweeps: how many there were.
        wrong: what went wrong in a sweep, deeds for which there was nothing there (an approver who was not asked, a
            letter that was not drafted), and idle sweeps that were not idle.
    """

    def __init__(
        self, school: SchoolAtWork, plan: tuple[Deed, ...], watched: frozenset[date] = frozenset()
    ) -> None:
        self.school = school
        self.watched = watched
        self.sweeps = 0
        self.wrong: list[str] = []
        self._hands = Hands(school)
        self._plan: dict[date, list[Deed]] = defaultdict(list)
        for deed in plan:
            self._plan[deed.day].append(deed)
        self._cases: dict[int, tuple[str, str]] = {}
        self.now = at(FIRST, 6, 0, school)
        self._clock = MemoryClock(self.now)

    def live(self, last: date) -> None:
        """Every day from the first to the last, Sundays and holidays too."""
        with self._one_clock():
            for passed in range((last - FIRST).days + 1):
                day = FIRST + passed * ONE_DAY
                for hour, minute in self._ticks(day):
                    self._come_to(at(day, hour, minute, self.school))
                    self._tick(day, is_idle=(hour, minute) not in (MORNING, NOON))

    def _ticks(self, day: date) -> list[tuple[int, int]]:
        ticks = {MORNING} if day.weekday() < SATURDAY else set()
        ticks |= {NOON} if self._plan[day] else set()
        if day in self.watched:
            ticks |= {(hour, minute) for hour in range(24) for minute in (5, 35)}
        return sorted(ticks)

    def _tick(self, day: date, *, is_idle: bool) -> None:
        deeds = [] if is_idle or self.now.hour != NOON[0] else self._plan[day]
        for deed in deeds:
            self._do(deed)
        before = self._asked()
        self._sweep()
        for deed in deeds:
            if deed.what.startswith(REPORT):
                self._know(deed.case)
        if is_idle and (asked := self._asked() - before):
            self.wrong.append(f"{self.now:%d %b %H:%M}: an idle sweep asked for {sorted(asked)}")

    @contextmanager
    def _one_clock(self) -> Iterator[None]:
        """Office, waits and leases go by the year's own clock, as the tenant does; the calendar is put back.

        A real school has no practice page, and asks nobody for the time: its year does neither.
        """
        calendar = self.school.settings.parent / CALENDAR
        before = calendar.read_bytes()
        office = self.school.office
        office.clock, office.practice_log = self._clock, None  # type: ignore[misc]  # cached properties
        office.journal._machine_clock = lambda: self.now
        self._come_to(self.now)
        try:
            yield
        finally:
            calendar.write_bytes(before)

    def _come_to(self, moment: datetime) -> None:
        self.now = moment
        self._clock.move_to(moment)
        self.school.at(moment)

    def _sweep(self) -> None:
        report = self.school.once()
        self.sweeps += 1
        self.wrong += [
            f"{self.now:%d %b %H:%M}: {sentence}" for sentence in (*report.failed, *report.problems)
        ]

    def _asked(self) -> frozenset[str]:
        """Keys of all that was ever to be done outside."""
        with self.school.office.journal.transaction() as transaction:
            return transaction.outbox_view.keys_starting(self.school.office.school.code)

    def _do(self, deed: Deed) -> None:
        hands = self._hands
        if not deed.case or deed.what.startswith(REPORT):
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
                    self.wrong.append(f"{deed.day} {reference}: nothing there for {deed.what}")

    def _know(self, number: int) -> None:
        known = {reference for reference, _ in self._cases.values()}
        with self.school.office.journal.transaction() as transaction:
            new = [case for case in transaction.cases.all() if case.reference not in known]
        assert len(new) == 1, (number, [case.reference for case in new])
        self._cases[number] = (new[0].reference, str(new[0].item_id))
