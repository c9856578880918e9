"""The same world twice, in memory and at a practice tenant by the real connector: a contract holds in both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.provisioning import Places, Wishes, provision
from tests.practice import PracticeServer
from tests.sign_in import signed_in

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PracticeServer, Places]]:
    """A practice tenant that `casework setup` has been through."""
    with PracticeServer(tmp_path_factory.mktemp("contracts"), now=MONDAY.isoformat()) as practice:
        wishes = Wishes(
            site=practice.facts["site_id"],
            reporting_mailbox=practice.user("reports"),
            drop_drive=practice.user("office"),
            policies_drive=practice.user("office"),
            sealed_readers=(practice.user("safeguarding_lead"),),
        )
        places = provision(signed_in(practice, "casework"), wishes).places
        practice.checkpoint()
        yield practice, places


@pytest.fixture
def practice(school: tuple[PracticeServer, Places]) -> PracticeServer:
    """The provisioned tenant, as it was when nothing had happened yet."""
    school[0].reset()
    return school[0]


@pytest.fixture
def places(school: tuple[PracticeServer, Places]) -> Places:
    return school[1]


@pytest.fixture
def account(practice: PracticeServer) -> SchoolAccount:
    return signed_in(practice, "casework")
