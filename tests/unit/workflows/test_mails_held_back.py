"""Never more mails in an hour than the school allows, whatever arrives: what is more waits, in order, and is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.intents import SendMail
from casework.mails import acknowledgement
from casework.records import OutboxState
from casework.sending_cap import MOST_ANSWERS
from connectors.journal import open_journal
from connectors.memory import MemoryClock, MemoryListShapes, MemoryMailService, MemoryOutgoing
from tests.invented import procedures
from tests.journals import CASE, CHAIN_KEY, MONDAY, case
from workflows.carry_out import Tools, carry_out
from workflows.planning import plan
from workflows.report_day import report_day

MOST = 4
HOUR = timedelta(hours=1)


class PowerCutError(BaseException):
    """Nothing in the program can catch it."""


class FailingMailbox(MemoryOutgoing):
    power_fails = ""

    def send(self, message_id: str) -> None:
        fails, self.power_fails = self.power_fails, ""
        if fails == "before":
            raise PowerCutError
        super().send(message_id)
        if fails == "after":
            raise PowerCutError


class OneMailbox(MemoryMailService):
    def __init__(self, mailbox: MemoryOutgoing, clock: MemoryClock) -> None:
        super().__init__(clock)
        self._one = mailbox

    def outgoing(self, address: str) -> MemoryOutgoing:
        return self._one


@dataclass(kw_only=True, slots=True)
class PostRoom:
    """A post room whose clock a test moves, for the school and its machine alike."""

    tools: Tools
    clock: MemoryClock
    mailbox: FailingMailbox
    planned: list[SendMail] = field(default_factory=list)

    def plans(self, count: int, *, urgent: bool = False, to: str = "", answers: bool = False) -> None:
        for _ in range(count):
            number = len(self.planned) + 1
            mail = acknowledgement(
                CASE,
                to=to or f"person{number}@parents.example",
                key=f"TIS/mail/{number:04}",
                school=self.tools.school,
                tokens=self.tools.tokens,
                now=self.clock.now(),
            )
            self.planned.append(replace(mail, urgent=urgent, answers=answers))
        with self.tools.journal.transaction() as transaction:
            plan(transaction, *self.planned)

    def sweeps(self) -> tuple[str, ...]:
        self.tools = replace(self.tools, now=self.clock.now())
        with self.tools.journal.transaction() as transaction:
            transaction.outbox_view.release_claims()
        with suppress(PowerCutError):
            return carry_out(self.tools).problems
        return ()

    def passes(self, time: timedelta) -> None:
        """A sweep every five minutes."""
        for _ in range(time // timedelta(minutes=5)):
            self.clock.advance(timedelta(minutes=5))
            self.sweeps()

    def sent(self) -> list[tuple[datetime, str]]:
        """When each mail left, and its key; in the order in which they left."""
        left = [(one.sent_at, one.key) for one in self.mailbox.ours() if one.sent_at]
        return sorted(left)

    def held_back(self) -> int:
        with self.tools.journal.transaction() as transaction:
            return len(transaction.outbox_view.held_back())

    def office_reads(self) -> str:
        """The office's morning mail, as it is planned at this moment."""
        report_day(
            journal=self.tools.journal,
            school=self.tools.school,
            procedures=procedures(),
            lists=MemoryListShapes(),
            now=self.clock.now(),
        )
        with self.tools.journal.transaction() as transaction:
            mails = [
                one for one in transaction.outbox_view.unfinished() if one.payload.get("role") == "office"
            ]
        return str(mails[-1].payload["fields"]) if mails else ""


@contextmanager
def post_room(tools: Tools, folder: Path) -> Iterator[PostRoom]:
    clock = MemoryClock(MONDAY)
    mailbox = FailingMailbox(clock, "reports@tillbrook.example")
    with open_journal(
        folder / "post.sqlite", school="TIS", chain_key=CHAIN_KEY, machine_clock=clock.now
    ) as journal:
        with journal.transaction() as transaction:
            transaction.cases.save(case())
        tools = replace(
            tools,
            journal=journal,
            mail=OneMailbox(mailbox, clock),
            clock=clock,
            now=MONDAY,
            school=replace(tools.school, most_mails_an_hour=MOST),
        )
        yield PostRoom(tools=tools, clock=clock, mailbox=mailbox)


@pytest.fixture
def room(tools: Tools, tmp_path: Path) -> Iterator[PostRoom]:
    with post_room(tools, tmp_path) as opened:
        yield opened


def test_what_is_too_much_for_an_hour_goes_in_the_next_ones_in_its_order(room: PostRoom) -> None:
    room.plans(10)

    problems = room.sweeps()

    assert len(room.sent()) == MOST
    assert room.held_back() == 6
    assert problems == (
        "Mails are held back, because more than 4 would go in an hour; they go later, in their order.",
    )
    room.passes(3 * HOUR)
    assert [key for _, key in room.sent()] == [mail.key for mail in room.planned]


def test_a_mail_that_comes_later_overtakes_none_that_waits(room: PostRoom) -> None:
    room.plans(6)
    room.sweeps()
    room.clock.advance(timedelta(minutes=64))
    room.plans(3)

    room.passes(3 * HOUR)

    assert [key for _, key in room.sent()] == [mail.key for mail in room.planned]


def test_a_possible_threat_is_told_in_a_full_hour_and_counted(room: PostRoom) -> None:
    room.plans(MOST + 1)
    room.sweeps()
    room.plans(2, urgent=True)
    room.sweeps()

    assert [key for _, key in room.sent()][-2:] == ["TIS/mail/0006", "TIS/mail/0007"]
    room.clock.advance(timedelta(minutes=66))
    room.sweeps()
    assert room.held_back() == 0


def test_the_office_reads_once_a_day_that_mails_wait_and_until_when(room: PostRoom) -> None:
    room.plans(10)
    room.sweeps()

    told = room.office_reads()

    assert (
        "6 mails wait, because no more than 4 go in an hour. They go from 10:05 on Monday 23 November on"
        in told
    )
    assert room.sweeps() == ()
    assert room.office_reads() == ""


def test_the_office_reads_the_next_morning_that_mails_had_to_wait(room: PostRoom) -> None:
    room.office_reads()
    room.sweeps()
    room.plans(6)
    room.sweeps()
    room.passes(3 * HOUR)
    room.clock.advance(timedelta(hours=21))

    told = room.office_reads()

    assert "more than 4 would have gone in an hour. All have gone." in told


def test_a_machine_that_answers_every_answer_is_answered_no_more_and_the_office_is_told(
    room: PostRoom,
) -> None:
    room.tools = replace(room.tools, school=replace(room.tools.school, most_mails_an_hour=200))
    for _ in range(MOST_ANSWERS + 5):
        room.plans(1, to="robot@tillbrook.example", answers=True)
        room.passes(timedelta(minutes=5))
    room.plans(1, to="teacher@tillbrook.example", answers=True)
    room.sweeps()

    assert len(room.sent()) == MOST_ANSWERS + 1
    assert "was not answered: perhaps a machine at the other end" in room.office_reads()
    room.passes(3 * HOUR)
    room.plans(1, to="robot@tillbrook.example", answers=True)
    room.sweeps()
    assert len([one for one in room.sent() if one[1].startswith("TIS/mail/")]) == MOST_ANSWERS + 2


def test_a_mail_that_waits_can_still_be_withdrawn(room: PostRoom) -> None:
    room.plans(MOST + 1)
    room.sweeps()

    with room.tools.journal.transaction() as transaction:
        assert transaction.outbox_view.cancel(room.planned[-1].key)
    room.passes(3 * HOUR)

    assert len(room.sent()) == MOST


HAPPENINGS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.integers(1, 9)),
        st.tuples(st.just("urgent"), st.integers(1, 3)),
        st.tuples(st.just("pass"), st.sampled_from([1, 7, 30, 59, 64, 65, 66])),
        st.tuples(st.sampled_from(["before", "after"]), st.just(0)),
    ),
    max_size=14,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=HAPPENINGS)
def test_whatever_comes_no_hour_holds_more_and_everything_goes_once(
    tools: Tools, happenings: list[tuple[str, int]]
) -> None:
    _lives_through(tools, happenings)


@pytest.mark.soak
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=HAPPENINGS)
def test_whatever_comes_for_long_no_hour_holds_more(tools: Tools, happenings: list[tuple[str, int]]) -> None:
    _lives_through(tools, happenings)


def _lives_through(tools: Tools, happenings: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder, post_room(tools, Path(folder)) as room:
        for what, number in happenings:
            if what == "pass":
                room.clock.advance(timedelta(minutes=number))
            elif what in ("before", "after"):
                room.mailbox.power_fails = what
            else:
                room.plans(number, urgent=what == "urgent")
            room.sweeps()
        room.mailbox.power_fails = ""
        waits = len(room.planned)
        for _ in range(waits // MOST + 2):
            room.clock.advance(timedelta(minutes=66))
            room.sweeps()

        sent = room.sent()
        urgent = {mail.key for mail in room.planned if mail.urgent}
        assert sorted(key for _, key in sent) == [mail.key for mail in room.planned]
        assert len(room.mailbox.sent_mails()) == len(room.planned)
        for at, key in sent:
            others = [one for one, _ in sent if at - HOUR < one < at]
            assert key in urgent or len(others) < MOST
        for end, _ in sent:
            hour = [key for at, key in sent if end - HOUR < at <= end]
            assert len([key for key in hour if key not in urgent]) <= MOST
        ordinary = [key for _, key in sent if key not in urgent]
        assert ordinary == sorted(ordinary)
        with room.tools.journal.transaction() as transaction:
            assert all(
                (effect := transaction.outbox.get(mail.key)) and effect.state is OutboxState.DONE
                for mail in room.planned
            )
