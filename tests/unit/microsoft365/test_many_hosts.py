"""Several hosts ask one Microsoft tenant: together they keep its limits, and a pause that one is told holds for all."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from casework.budgets import Budget, Toll
from casework.errors import TemporaryConnectorError
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.retries import RetryRule
from offices.tenant_lanes import TenantGate, joined
from offices.tenants import Tenants
from tests.practice import PracticeServer
from tests.sign_in import signed_in

MAIL = Toll(purse="mail 1")
NewHost = Callable[[], Tenants]


@pytest.fixture
def new_host(tmp_path: Path) -> Iterator[NewHost]:
    """Hosts that share a database."""
    hosts: list[Tenants] = []

    def start() -> Tenants:
        hosts.append(Tenants(f"sqlite:///{tmp_path / 'trust.sqlite'}"))
        return hosts[-1]

    yield start
    for host in hosts:
        host.close()


def calls(practice: PracticeServer, gate: TenantGate, *, attempts: int = 1) -> GraphCalls:
    return GraphCalls(signed_in(practice, "casework", retry=RetryRule(attempts=attempts), gate=gate))


def test_two_hosts_together_never_ask_a_mailbox_more_at_once_than_it_allows(
    practice: PracticeServer, new_host: NewHost
) -> None:
    practice.practice("PUT", "line", json={"latency_ms": 15})
    hosts = [calls(practice, new_host().gate("trust")) for _ in range(2)]
    path = f"users/{practice.user('reports')}/messages"

    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(hosts[number % 2].get, path) for number in range(60)]

    assert [one.exception() for one in asked if one.exception()] == []


def test_what_one_host_is_told_to_wait_the_other_waits_too(
    practice: PracticeServer, new_host: NewHost
) -> None:
    told, other = new_host().gate("trust"), new_host().gate("trust")
    mine, theirs = calls(practice, told), calls(practice, other)
    path = f"users/{practice.user('reports')}/messages"
    practice.set_faults(
        {"method": "GET", "path": f"/v1.0/{path}", "fault": "429", "retry_after": 1, "times": 1}
    )

    with pytest.raises(TemporaryConnectorError):
        mine.get(path)
    refused_at = time.monotonic()
    theirs.get(path)

    assert time.monotonic() - refused_at > 0.9


def test_a_long_pause_is_handed_back_to_the_job_with_its_length(new_host: NewHost) -> None:
    new_host().gate("trust").pause(MAIL, 90)

    with pytest.raises(TemporaryConnectorError) as caught, new_host().gate("trust").passing(MAIL):
        pass

    assert caught.value.retry_after is not None
    assert 85 < caught.value.retry_after <= 90
    with new_host().gate("trust").passing(Toll(purse="files")):
        pass  # another service of the same tenant was not meant


def test_a_request_that_asks_several_things_waits_for_the_pause_of_each(new_host: NewHost) -> None:
    day = Budget(units=10_000, seconds=86_400)
    mail, files = (Toll(purse=name, units=1, budgets=(day,)) for name in ("mail 1", "files"))
    new_host().gate("trust").pause(mail, 90)

    with pytest.raises(TemporaryConnectorError) as caught, new_host().gate("trust").passing(files, mail):
        pass

    assert caught.value.retry_after is not None
    assert 85 < caught.value.retry_after <= 90


def test_a_request_that_asks_several_things_takes_one_lane_and_pays_for_each(
    new_host: NewHost, tmp_path: Path
) -> None:
    day = Budget(units=10_000, seconds=86_400)
    mail, files = (Toll(purse=name, units=1, budgets=(day,)) for name in ("mail 1", "files"))
    several = (mail, files, files, files)
    host = new_host()

    with ExitStack() as passing:
        for _ in range(3):
            passing.enter_context(host.gate("trust").passing(*several))
        lanes = _rows(tmp_path, "SELECT count(*) FROM lanes WHERE holder IS NOT NULL")

    spent = dict(_rows(tmp_path, "SELECT name, level FROM purses WHERE name LIKE '% %86400'"))
    assert lanes == [(3,)]
    assert joined(several) == (mail, Toll(purse="files", units=3, budgets=(day,)))
    full = day.most_at_once
    assert 20 <= full - spent["files 86400"] < 41
    assert 20 <= full - spent["mail 1 86400"] < 41


def _rows(folder: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "trust.sqlite")) as database:
        return database.execute(question).fetchall()


def test_a_tenant_whose_lanes_are_all_taken_keeps_no_other_tenant_waiting(new_host: NewHost) -> None:
    busy, host = new_host(), new_host()
    inside, over = threading.Barrier(4), threading.Event()

    def ask() -> None:
        with busy.gate("trust").passing(MAIL):
            inside.wait(10)
            over.wait(10)

    with ThreadPoolExecutor(4) as threads:
        for _ in range(3):
            threads.submit(ask)
        inside.wait(10)
        waiting = threads.submit(lambda: host.gate("trust").passing(MAIL).__enter__())
        with host.gate("elsewhere").passing(MAIL):
            assert not waiting.done()
        over.set()
        waiting.result(10)


def test_a_host_that_always_has_work_lets_the_others_in(new_host: NewHost) -> None:
    over = threading.Event()
    busy = new_host().gate("trust")

    def work() -> None:
        while not over.is_set():
            with busy.passing(MAIL):
                time.sleep(0.01)

    with ThreadPoolExecutor(4) as threads:
        for _ in range(4):
            threads.submit(work)
        time.sleep(0.3)
        began = time.monotonic()
        try:
            with new_host().gate("trust").passing(MAIL):
                waited = time.monotonic() - began
        finally:
            over.set()

    assert waited < 5


def test_an_empty_purse_makes_every_host_wait_until_enough_has_come_back(new_host: NewHost) -> None:
    toll = Toll(purse="files", units=5, budgets=(Budget(units=100, seconds=8),))
    gates = [new_host().gate("trust"), new_host().gate("trust")]
    began = time.monotonic()
    for number in range(4):
        with gates[number % 2].passing(toll):
            pass

    # 10 at once, then 9 a second
    assert time.monotonic() - began > 0.9
