"""A thousand schools in one tenant sign in once; whoever signs in otherwise is by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.microsoft365.account import SchoolAccount
from connectors.settings_file import SchoolFolder
from offices.accounts import account_of
from tests.unit.settings.conftest import SOUND
from tests.unit.settings.test_schools import add
from tests.unit.settings.test_schools import schools as schools  # noqa: PLC0414 - a fixture


def accounts(folder: Path) -> dict[str, SchoolAccount]:
    return {
        one.settings.school.code: account_of(one.settings)
        for one in SchoolFolder(folder).look()
        if one.settings
    }


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOUND["microsoft365"]["secret"]["env"], "invented")


def test_schools_that_sign_in_alike_share_an_account_and_another_tenant_has_its_own(schools: Path) -> None:
    add(schools, "ashdown", "ASH")
    file = schools / "ashdown.toml"
    file.write_text(file.read_text().replace("[microsoft365]", '[microsoft365]\ntenant_id = "another"'))

    found = accounts(schools)

    assert found["OAK"] is found["ELM"]
    assert found["ASH"] is not found["OAK"]


def test_a_new_secret_makes_a_new_account(schools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = accounts(schools)
    monkeypatch.setenv(SOUND["microsoft365"]["secret"]["env"], "another")

    assert accounts(schools)["OAK"] is not before["OAK"]
