"""Lanes, budgets and pauses of a tenant that many hosts ask, on both databases."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import update

from casework.budgets import Budget
from connectors.journal import HeldLane, SqlLanes, Wish
from connectors.journal.schema import purses

LANE = Wish(lane=True, purse="files")


@pytest.fixture
def lanes(journal_url: str) -> Iterator[SqlLanes]:
    opened = SqlLanes(journal_url, at_once=3)
    yield opened
    opened.close()


def take(lanes: SqlLanes, holder: str, *, tenant: str = "trust", seconds: float = 60) -> int | None:
    return lanes.ask(tenant, LANE, holder=holder, seconds=seconds).lane


def test_a_tenant_has_three_lanes_whoever_asks_and_another_tenant_its_own(lanes: SqlLanes) -> None:
    assert {take(lanes, "a"), take(lanes, "b"), take(lanes, "a")} == {0, 1, 2}
    assert take(lanes, "c") is None
    assert take(lanes, "c", tenant="elsewhere") == 0

    lanes.give_back("b", [HeldLane(tenant="trust", number=1)])

    assert take(lanes, "c") == 1


def test_the_lanes_of_a_host_that_died_are_free_once_their_lease_is_over(lanes: SqlLanes) -> None:
    for _ in range(3):
        take(lanes, "dead", seconds=0.8)
    time.sleep(0.9)

    assert take(lanes, "alive") is not None
    assert {lane.number for lane in lanes.keep("dead", seconds=60)} == {1, 2}
    lanes.give_back("dead", [HeldLane(tenant="trust", number=0)])
    assert [lane.number for lane in lanes.keep("alive", seconds=60)] == [0]


def test_a_host_with_none_asks_the_one_with_most_for_a_single_lane(lanes: SqlLanes) -> None:
    take(lanes, "rich")
    take(lanes, "rich")
    take(lanes, "poor")
    take(lanes, "late")
    take(lanes, "late")

    assert [lane.wanted for lane in lanes.keep("rich", seconds=60)].count(True) == 1
    assert [lane.wanted for lane in lanes.keep("poor", seconds=60)] == [False]


def test_a_host_that_has_about_as_many_lanes_as_the_others_asks_for_none(lanes: SqlLanes) -> None:
    take(lanes, "rich")
    take(lanes, "rich")
    take(lanes, "poor")
    take(lanes, "poor")

    assert not any(lane.wanted for lane in lanes.keep("rich", seconds=60))


def test_what_one_host_draws_the_others_lack(lanes: SqlLanes) -> None:
    budget = Budget(units=100, seconds=60)
    wish = Wish(lane=False, purse="files", budgets=(budget,), least=5, most=8)

    first = lanes.ask("trust", wish, holder="a", seconds=60)
    second = lanes.ask("trust", wish, holder="b", seconds=60)

    assert (first.units, second.units) == (8, 0)
    assert 1 < second.wait < 3
    assert lanes.ask("elsewhere", wish, holder="b", seconds=60).units == 8


def test_the_scarcest_of_several_budgets_counts(lanes: SqlLanes) -> None:
    minute, day = Budget(units=1000, seconds=60), Budget(units=30, seconds=86_400)
    wish = Wish(lane=True, purse="files", budgets=(minute, day), least=2, most=50)

    assert lanes.ask("trust", wish, holder="a", seconds=60).units == 3
    answer = lanes.ask("trust", wish, holder="a", seconds=60)
    assert (answer.units, answer.lane) == (0, None)
    assert answer.wait > 100


def test_a_pause_that_one_host_was_told_holds_for_all_of_them_and_the_longest_counts(lanes: SqlLanes) -> None:
    lanes.pause("trust", "files", 30)
    lanes.pause("trust", "files", 5)

    answer = lanes.ask("trust", LANE, holder="b", seconds=60)

    assert answer.lane is None
    assert 29 < answer.pause <= 30
    assert take(lanes, "b", tenant="elsewhere") is not None
    assert lanes.ask("trust", Wish(lane=True, purse="mail 1"), holder="b", seconds=60).lane is not None


def test_a_pause_from_before_the_databases_clock_was_set_back_holds_nobody(lanes: SqlLanes) -> None:
    lanes.pause("trust", "files", 30)
    with lanes._connected() as connection:
        connection.execute(update(purses).values(paused_until=purses.c.paused_until + 86_400))

    assert take(lanes, "b") is not None
    lanes.pause("trust", "files", 30)
    assert 29 < lanes.ask("trust", LANE, holder="b", seconds=60).pause <= 30
