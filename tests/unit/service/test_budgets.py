"""What may be asked of a service in a while is never exceeded, wherever one begins to count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from casework.budgets import GRANT_LIFE, Budget, Purse, draw

MOMENTS = some.lists(
    some.tuples(
        some.one_of(some.just(0.0), some.floats(0, 1), some.floats(0, 90)),  # seconds since the one before
        some.integers(1, 5),
        some.integers(5, 200),
        some.floats(0, GRANT_LIFE),  # how long after drawing it is spent
    ),
    max_size=60,
)
BUDGETS = some.builds(Budget, units=some.integers(10, 2000), seconds=some.sampled_from([5.0, 60.0, 600.0]))


@given(budget=BUDGETS, moments=MOMENTS)
def test_no_window_of_any_beginning_ever_sees_more_spent_than_the_service_allows(
    budget: Budget, moments: list[tuple[float, int, int, float]]
) -> None:
    purse: Purse | None = None
    now, spent = 1000.0, []
    for later, least, most, kept in moments:
        now += later
        drawn = draw(budget, purse, now=now, least=least, most=most)
        purse = drawn.purse
        spent.append((now + kept, drawn.units))

    for begin, _ in spent:
        in_window = sum(units for at, units in spent if begin <= at < begin + budget.seconds)
        assert in_window <= budget.units


@given(budget=BUDGETS, moments=MOMENTS)
def test_whoever_waits_as_long_as_told_gets_something(
    budget: Budget, moments: list[tuple[float, int, int, float]]
) -> None:
    purse: Purse | None = None
    now = 1000.0
    for later, least, most, _ in moments:
        now += later
        drawn = draw(budget, purse, now=now, least=least, most=most)
        assert drawn.units >= min(least, 1) or drawn.wait > 0
        if drawn.wait:
            now += drawn.wait * 1.0001
            drawn = draw(budget, drawn.purse, now=now, least=least, most=most)
            assert drawn.units > 0
        purse = drawn.purse


def test_a_clock_that_goes_back_gives_nothing() -> None:
    budget = Budget(units=100, seconds=60)
    empty = draw(budget, None, now=1000, least=1, most=50).purse

    assert draw(budget, empty, now=10, least=1, most=50).units == 0
    adjusted = draw(budget, empty, now=992, least=1, most=5).purse
    assert draw(budget, adjusted, now=1000.1, least=1, most=5).units == 0


def test_a_clock_that_was_set_back_by_a_day_starves_nobody_for_a_day() -> None:
    budget = Budget(units=100, seconds=60)
    empty = draw(budget, None, now=100_000, least=1, most=50).purse

    turned_away = draw(budget, empty, now=13_600, least=1, most=50)
    later = draw(budget, turned_away.purse, now=13_600 + turned_away.wait * 1.0001, least=1, most=50)

    assert turned_away.units == 0
    assert 0 < turned_away.wait < 60
    assert later.units > 0
