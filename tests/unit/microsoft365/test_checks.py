"""`casework doctor` says what is broken and how to mend it, and leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.microsoft365.account import SchoolAccount, connect
from connectors.microsoft365.checks import Check, Patients, run_checks
from connectors.microsoft365.credentials import ClientSecret
from connectors.microsoft365.provisioning import Places
from tests.practice import PracticeServer
from tests.unit.microsoft365.conftest import wishes


def patients(practice: PracticeServer) -> Patients:
    roles = ("reports", "headteacher", "deputy", "chair", "office")
    return Patients(
        wishes=wishes(practice),
        mailboxes={role: practice.user(role) for role in roles},
        outsiders=(practice.user("teacher"), practice.user("clerk")),
    )


def problems(practice: PracticeServer, account: SchoolAccount) -> dict[str, Check]:
    return {check.name: check for check in run_checks(account, patients(practice)) if not check.ok}


def deny(practice: PracticeServer, role: str, permission: str) -> None:
    """Take one grant from Casework's application."""
    grant = next(
        one
        for one in practice.practice("GET", "permissions").json()
        if one["holder"] == practice.facts["casework"]["client_id"]
        and one["role"] == permission
        and one["resource"] == _id(practice, role)
    )
    practice.practice("DELETE", "permissions", json=grant)


def _id(practice: PracticeServer, role: str) -> str:
    return str(practice.graph("GET", f"users/{practice.user(role)}", expect=200).json()["id"])


def test_a_school_that_is_set_up_has_no_problem(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    checks = list(run_checks(casework, patients(practice)))
    assert [check.name for check in checks if not check.ok] == []
    names = {check.name for check in checks}
    assert {"Connection", "Clock", "Sign-in", "SharePoint site", "List Cases", "Other mailboxes"} <= names


def test_the_checks_leave_nothing_behind(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    assert list(run_checks(casework, patients(practice)))
    head = practice.user("headteacher")
    for folder in ("drafts", "sentitems", "inbox", "deleteditems"):
        path = f"users/{head}/mailFolders/{folder}/messages"
        assert practice.graph("GET", path, expect=200).json()["value"] == []
    assert practice.outbox() == []


def test_before_setup_everything_missing_is_named(practice: PracticeServer, casework: SchoolAccount) -> None:
    found = problems(practice, casework)
    assert {"List Cases", "List Policies", "Library Casework", "Folder Report drop"} <= set(found)
    assert found["Mail folder Casework/Processed"].next_step == "Run casework setup."


def test_a_mailbox_without_a_grant_is_named(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    deny(practice, "headteacher", "Mail.ReadWrite")
    found = problems(practice, casework)
    assert list(found) == ["Mailbox of headteacher: read"]
    assert "Exchange lines" in found["Mailbox of headteacher: read"].next_step


def test_a_mailbox_that_may_not_send_is_named(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    deny(practice, "headteacher", "Mail.Send")
    assert list(problems(practice, casework)) == ["Mailbox of headteacher: send"]


def test_an_address_that_does_not_exist_is_named(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    wrong = replace(patients(practice), mailboxes={"headteacher": "nobody@tillbrook.example"})
    (check,) = [check for check in run_checks(casework, wrong) if not check.ok]
    assert check.name == "Mailbox of headteacher: read"


def test_a_mistyped_reporting_mailbox_is_one_thing_to_mend_and_not_eight(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    mistyped = "report@tillbrook.example"
    patient = patients(practice)
    typed = replace(
        patient,
        wishes=replace(patient.wishes, reporting_mailbox=mistyped),
        mailboxes={**patient.mailboxes, "reports": mistyped},
    )

    found = [check.name for check in run_checks(casework, typed) if not check.ok]

    assert found == ["Mailbox of reports: read"]


def test_power_over_other_mailboxes_is_a_finding(
    practice: PracticeServer, account: SchoolAccount, places: Places
) -> None:
    found = problems(practice, account)  # the visitor's application may open every mailbox
    assert "2 mailbox" in found["Other mailboxes"].finding


def test_a_missing_column_is_named(practice: PracticeServer, casework: SchoolAccount, places: Places) -> None:
    path = f"sites/{places.site_id}/lists/{places.cases_list}/columns"
    due = next(one for one in practice.graph("GET", path).json()["value"] if one["name"] == "Due")
    practice.graph("DELETE", f"{path}/{due['id']}", expect=204)
    found = problems(practice, casework)
    assert list(found) == ["List Cases, column Due"]
    assert "casework setup" in found["List Cases, column Due"].next_step


def test_a_sealed_library_that_others_may_open_is_a_finding(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    invitation = {
        "recipients": [{"email": practice.user("teacher")}],
        "roles": ["read"],
        "requireSignIn": True,
    }
    practice.graph("POST", f"drives/{places.sealed_drive}/root/invite", json=invitation, expect=200)
    found = problems(practice, casework)
    assert list(found) == ["Library Sealed originals, who may open it"]


def test_a_wrong_secret_ends_the_checks_there(practice: PracticeServer) -> None:
    account = connect(
        ClientSecret(value="wrong"),
        tenant_id=practice.facts["tenant_id"],
        client_id=practice.facts["casework"]["client_id"],
        graph_root=practice.facts["graph_root"],
        login_root=practice.facts["login_root"],
        ca_file=Path(practice.ca_file),
        sleep=lambda _: None,
    )
    checks = list(run_checks(account, patients(practice)))
    assert checks[-1].name == "Sign-in"
    assert "secret is wrong" in checks[-1].finding


def test_an_unreachable_service_ends_the_checks_at_once(practice: PracticeServer) -> None:
    account = connect(
        ClientSecret(value="x"),
        tenant_id="t",
        client_id="c",
        graph_root="https://localhost:9/",
        login_root="https://localhost:9",
        sleep=lambda _: None,
    )
    (check,) = run_checks(account, patients(practice))
    assert check.name == "Connection"
    assert "localhost:9" in check.finding


@pytest.mark.parametrize(("minutes", "ok"), [(0, True), (-10, False), (10, False)])
def test_a_clock_that_is_off_is_a_finding(
    practice: PracticeServer, casework: SchoolAccount, minutes: int, ok: bool
) -> None:
    def now() -> datetime:
        return datetime.now(UTC) + timedelta(minutes=minutes)

    check = next(
        check for check in run_checks(casework, patients(practice), now=now) if check.name == "Clock"
    )
    assert check.ok is ok
    assert ok or "10 minutes" in check.finding


def test_a_service_that_has_trouble_is_not_mistaken_for_a_missing_permission(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    practice.set_faults({"method": "GET", "path": "*/mailFolders/inbox", "fault": "503"})
    found = problems(practice, casework)
    assert "trouble of its own" in found["Mailbox of headteacher: read"].finding
    assert "Exchange lines" not in found["Mailbox of headteacher: read"].next_step
