"""The same world twice, in memory and at a practice tenant by the real connector: a contract holds in both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.microsoft365.account import SchoolAccount, connect
from connectors.microsoft365.credentials import ClientSecret
from connectors.microsoft365.provisioning import Places, Wishes, provision
from tests.practice import PracticeServer

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def casework_account(practice: PracticeServer) -> SchoolAccount:
    """Casework's own, narrow application."""
    return connect(
        ClientSecret(value=practice.facts["casework"]["client_secret"]),
        tenant_id=practice.facts["tenant_id"],
        client_id=practice.facts["casework"]["client_id"],
        graph_root=practice.facts["graph_root"],
        login_root=practice.facts["login_root"],
        ca_file=Path(practice.ca_file),
    )


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
        places = provision(casework_account(practice), wishes).places
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
    return casework_account(practice)
