"""Whose turn it is among the schools of a trust, on both databases."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import literal

from casework.errors import TurnLostError
from connectors.journal import SqlJournal
from connectors.journal import turns as turns_module
from tests.contracts.journal.conftest import OpenJournal


@pytest.fixture
def database_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Let the database's clock show other seconds, to every host alike."""

    def show(seconds: float) -> None:
        monkeypatch.setattr(turns_module, "seconds_now", lambda _: seconds)
        monkeypatch.setattr(turns_module, "now_of", lambda _: literal(seconds))
        monkeypatch.setattr(turns_module, "clock_of", lambda _: literal(seconds))
        turns_module._statements.cache_clear()

    yield show
    turns_module._statements.cache_clear()


def test_one_host_alone_gets_a_slot_of_the_databases_clock(
    open_school: OpenJournal, database_clock: Callable[[float], None]
) -> None:
    one, other = open_school().turns, open_school("OAK").turns
    database_clock(70.4)

    assert [one.take_slot("sweep", 10), other.take_slot("sweep", 10)] == [True, False]
    assert one.take_slot("backup", 10)
    database_clock(79.9)
    assert not other.take_slot("sweep", 10)
    database_clock(80.0)
    assert [other.take_slot("sweep", 10), one.take_slot("sweep", 10)] == [True, False]


def test_hosts_whose_own_clocks_differ_by_minutes_neither_double_a_slot_nor_skip_one(
    open_school: OpenJournal, database_clock: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = {ahead: open_school().turns for ahead in (0, 300, -7200)}
    machine = time.time
    taken = []
    for seconds in range(100, 200, 5):
        database_clock(seconds)
        for ahead, turns in hosts.items():
            monkeypatch.setattr(time, "time", lambda ahead=ahead: machine() + ahead)
            taken += [seconds // 10] * turns.take_slot("sweep", 10)

    assert taken == list(range(10, 20))


def test_a_clock_of_the_database_that_is_set_back_stops_nothing(
    open_school: OpenJournal, database_clock: Callable[[float], None]
) -> None:
    turns = open_school().turns
    database_clock(100_000.0)
    turns.enrol({"TIS": 600, "OAK": 600})
    assert turns.take_slot("sweep", 10)
    assert turns.take("OAK", holder="a host that died", seconds=60)

    database_clock(90_000.0)

    assert turns.take_slot("sweep", 10)
    assert not turns.take_slot("sweep", 10)
    assert {one.code for one in turns.due(10)} == {"TIS", "OAK"}
    assert turns.take("OAK", holder="another host", seconds=60)


def test_a_school_is_held_by_one_until_it_is_given_back(journal: SqlJournal) -> None:
    turn = journal.turns.take("TIS", holder="host a", seconds=60)
    assert turn is not None

    assert journal.turns.take("TIS", holder="host b", seconds=60) is None
    assert journal.turns.take("OAK", holder="host b", seconds=60) is not None
    assert journal.turns.give_back(turn)
    assert journal.turns.take("TIS", holder="host b", seconds=60) is not None


def test_the_school_of_a_host_that_died_is_free_once_its_lease_is_over(journal: SqlJournal) -> None:
    dead = journal.turns.take("TIS", holder="dead", seconds=0.05)
    assert dead is not None
    time.sleep(0.1)

    assert journal.turns.take("TIS", holder="alive", seconds=60) is not None
    assert not journal.turns.renew(dead, seconds=60)
    assert not journal.turns.give_back(dead)
    assert journal.turns.take("TIS", holder="third", seconds=60) is None


def test_a_renewed_lease_goes_on(journal: SqlJournal) -> None:
    turn = journal.turns.take("TIS", holder="host a", seconds=0.05)
    assert turn is not None

    assert journal.turns.renew(turn, seconds=60)
    time.sleep(0.1)
    assert journal.turns.take("TIS", holder="host b", seconds=60) is None


def test_due_are_the_schools_whose_time_has_come_and_that_nobody_holds_urgent_ones_first(
    journal: SqlJournal,
) -> None:
    turns = journal.turns
    turns.enrol({"TIS": 0, "OAK": 0, "ELM": 3600, "ASH": 0, "FIR": 0})
    turns.note("ASH", ran=["open_cases"], look_in=-1, urgent=True)
    turns.take("OAK", holder="host a", seconds=60)

    assert [(one.code, one.urgent) for one in turns.due(10)] == [
        ("ASH", True),
        ("TIS", False),
        ("FIR", False),
    ]
    assert [one.code for one in turns.due(1)] == ["ASH"]


def test_a_school_that_was_looked_at_is_due_again_only_later(journal: SqlJournal) -> None:
    journal.turns.enrol({"TIS": 0})

    journal.turns.note("TIS", ran=["open_cases", "report_day"], look_in=60)
    journal.turns.note("TIS", ran=["open_cases"], look_in=60)

    assert journal.turns.due(10) == ()
    ago = journal.turns.ago("TIS")
    assert ago.keys() == {"open_cases", "report_day"}
    assert ago["report_day"] >= ago["open_cases"]
    journal.turns.look_now("TIS")
    assert [one.code for one in journal.turns.due(10)] == ["TIS"]


def test_a_school_that_left_the_trust_has_no_turn_and_a_new_one_gets_its_own(journal: SqlJournal) -> None:
    journal.turns.enrol({"TIS": 0, "OAK": 0})
    journal.turns.note("TIS", ran=(), look_in=-700)
    journal.turns.enrol({"OAK": 0, "ELM": 0})

    assert {one.code for one in journal.turns.due(10)} == {"OAK", "ELM"}


def test_a_school_that_one_host_cannot_read_keeps_its_turn_for_the_others(journal: SqlJournal) -> None:
    journal.turns.enrol({"TIS": 0, "OAK": 0})

    for _ in range(3):
        journal.turns.enrol({"OAK": 100})
        journal.turns.enrol({"TIS": 100, "OAK": 100})

    assert {one.code for one in journal.turns.due(10)} == {"TIS", "OAK"}


def test_a_host_that_was_too_slow_writes_nothing_more(open_school: OpenJournal) -> None:
    slow = open_school()
    slow.turns.take("TIS", holder="slow", seconds=0.05)
    slow.holder = "slow"
    with slow.transaction() as transaction:
        transaction.cursors.put("place", "1")
    time.sleep(0.1)
    open_school().turns.take("TIS", holder="quick", seconds=60)

    with pytest.raises(TurnLostError), slow.transaction() as transaction:
        transaction.cursors.put("place", "2")

    with open_school().transaction() as transaction:
        assert transaction.cursors.get("place") == "1"
