"""When a call is repeated at once, when it goes back to the job, and what the job is told."""

from __future__ import annotations

import pytest

from casework.errors import NotThereError, TemporaryConnectorError
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.retries import RetryRule
from tests.practice import PracticeServer

BUSY = TemporaryConnectorError("busy", status=429)


def trouble(practice: PracticeServer, method: str, fault: str, **more: object) -> None:
    practice.set_faults({"method": method, "path": "/v1.0/*", "fault": fault, **more})


def asked(practice: PracticeServer, method: str) -> int:
    """How many requests to Graph the tenant saw."""
    return sum(
        1 for one in practice.recorded() if one["method"] == method and one["path"].startswith("/v1.0/")
    )


def test_a_busy_service_is_asked_again_after_the_time_that_it_named(
    practice: PracticeServer, calls: GraphCalls, waits: list[float]
) -> None:
    trouble(practice, "GET", "429", retry_after=7, times=1)
    assert calls.get("users")["value"]
    assert waits == [7.0]


def test_a_busy_service_that_names_no_time_is_given_growing_time(
    practice: PracticeServer, calls: GraphCalls, waits: list[float]
) -> None:
    trouble(practice, "GET", "429", times=3)
    assert calls.get("users")["value"]
    assert waits == [0.5, 1.0, 2.0]


def test_a_long_wait_goes_back_to_the_job_which_is_told_how_long(
    practice: PracticeServer, calls: GraphCalls, waits: list[float]
) -> None:
    trouble(practice, "GET", "429", retry_after=600)
    with pytest.raises(TemporaryConnectorError) as caught:
        calls.get("users")
    assert caught.value.retry_after == 600
    assert waits == []
    assert asked(practice, "GET") == 1


def test_waits_are_added_up_over_the_call(
    practice: PracticeServer, calls: GraphCalls, waits: list[float]
) -> None:
    trouble(practice, "GET", "503", retry_after=8)
    with pytest.raises(TemporaryConnectorError):
        calls.get("users")
    assert waits == [8.0, 8.0]


@pytest.mark.parametrize("fault", ["500", "502", "503", "504", "reset", "lost", "truncated"])
def test_reading_is_repeated_whatever_broke(practice: PracticeServer, calls: GraphCalls, fault: str) -> None:
    trouble(practice, "GET", fault, times=2)
    assert calls.get("users")["value"]
    assert asked(practice, "GET") == 3


@pytest.mark.parametrize("fault", ["500", "502", "503", "504", "reset", "lost"])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_write_whose_outcome_is_unknown_is_not_repeated(
    practice: PracticeServer, calls: GraphCalls, method: str, fault: str
) -> None:
    trouble(practice, method, fault)
    with pytest.raises(TemporaryConnectorError) as caught:
        write(calls, method)
    assert caught.value.outcome_unknown
    assert asked(practice, method) == 1


@pytest.mark.parametrize(("fault", "wait"), [("429", None), ("429", 2), ("503", 2)])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_write_that_was_turned_away_is_repeated(
    practice: PracticeServer, calls: GraphCalls, method: str, fault: str, wait: int | None
) -> None:
    trouble(practice, method, fault, retry_after=wait, times=1)
    with pytest.raises(NotThereError):
        write(calls, method)
    assert asked(practice, method) == 2


def write(calls: GraphCalls, method: str) -> None:
    """A write that the tenant refuses once it gets there, so that nothing else needs to be set up."""
    path = "users/nobody@tillbrook.example/messages"
    if method == "POST":
        calls.post(path, {"subject": "x"})
    else:
        calls.patch(f"{path}/x", {"isRead": True})


def test_an_open_document_is_left_to_the_next_sweep(
    practice: PracticeServer, calls: GraphCalls, waits: list[float]
) -> None:
    trouble(practice, "DELETE", "423")
    with pytest.raises(TemporaryConnectorError) as caught:
        calls.delete("drives/x/items/x")
    assert caught.value.status == 423
    assert waits == []


def test_a_call_ends_after_four_attempts() -> None:
    waits: list[float] = []

    def attempt() -> None:
        raise BUSY

    with pytest.raises(TemporaryConnectorError):
        RetryRule().carry_out(attempt, sleep=waits.append)
    assert len(waits) == 3


def test_a_call_that_took_long_already_is_not_repeated() -> None:
    moments = iter([0.0, 61.0])
    waits: list[float] = []

    def attempt() -> None:
        raise BUSY

    with pytest.raises(TemporaryConnectorError):
        RetryRule().carry_out(attempt, sleep=waits.append, clock=lambda: next(moments))
    assert waits == []
