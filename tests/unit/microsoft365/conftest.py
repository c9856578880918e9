"""The real connector against a running practice tenant, with the waits between repetitions only noted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.provisioning import Places, Wishes, provision
from tests.practice import PracticeServer
from tests.sign_in import signed_in

MONDAY = "2026-11-23T09:00:00Z"


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeServer]:
    """A running tenant that nothing was set up in."""
    with PracticeServer(tmp_path_factory.mktemp("fresh"), now=MONDAY) as running:
        yield running


@pytest.fixture(scope="session")
def furnished(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[PracticeServer, Places]]:
    """A running tenant that `casework setup` has been through."""
    with PracticeServer(tmp_path_factory.mktemp("furnished"), now=MONDAY) as running:
        made = provision(casework_account(running), wishes(running)).places
        running.checkpoint()
        yield running, made


@pytest.fixture
def practice(request: pytest.FixtureRequest) -> Iterator[PracticeServer]:
    """The tenant on Monday 23 November 2026 at 9:00, without faults; set up for tests that ask for `places`."""
    is_furnished = "places" in request.fixturenames
    server = request.getfixturevalue("furnished")[0] if is_furnished else request.getfixturevalue("fresh")
    server.reset()
    yield server
    server.set_faults()


@pytest.fixture
def waits() -> list[float]:
    """The seconds that a call would have slept."""
    return []


def visitor_account(practice: PracticeServer, waits: list[float]) -> SchoolAccount:
    return signed_in(practice, "visitor", sleep=waits.append)


@pytest.fixture
def account(practice: PracticeServer, waits: list[float]) -> SchoolAccount:
    """An account that may do everything."""
    return visitor_account(practice, waits)


@pytest.fixture
def calls(account: SchoolAccount) -> GraphCalls:
    return GraphCalls(account)


def casework_account(practice: PracticeServer) -> SchoolAccount:
    """Casework's own, narrow application."""
    return signed_in(practice, "casework", sleep=lambda _: None)


def wishes(practice: PracticeServer) -> Wishes:
    """What the practice school's settings say."""
    return Wishes(
        site=practice.facts["site_path"],
        reporting_mailbox=practice.user("reports"),
        drop_drive=practice.user("office"),
        policies_drive=practice.user("office"),
        sealed_readers=(practice.user("safeguarding_lead"),),
    )


@pytest.fixture
def casework(practice: PracticeServer) -> SchoolAccount:
    return casework_account(practice)


@pytest.fixture
def places(furnished: tuple[PracticeServer, Places]) -> Places:
    return furnished[1]
