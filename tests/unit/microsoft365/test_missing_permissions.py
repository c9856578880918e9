"""`casework doctor` finds every permission that is missing and every one that reaches too far, and says which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.checks import Check, Patients, run_checks
from connectors.microsoft365.provisioning import Places
from tests.practice import PracticeServer
from tests.unit.microsoft365.conftest import casework_account, wishes

ROLES = ("reports", "headteacher", "chair")
EXCHANGE = "Run the Exchange lines that casework setup shows; a new grant may need an hour."
SHAREPOINT = "Run the SharePoint lines that casework setup shows"


def findings(practice: PracticeServer) -> dict[str, Check]:
    """What a doctor with a new token finds to mend."""
    patients = Patients(
        wishes=wishes(practice),
        mailboxes={role: practice.user(role) for role in ROLES},
        outsiders=(practice.user("teacher"), practice.user("clerk")),
    )
    return {each.name: each for each in run_checks(casework_account(practice), patients) if not each.ok}


def _change(practice: PracticeServer, method: str, kind: str, resource: str, role: str) -> None:
    grant = {"holder": "casework", "kind": kind, "resource": resource, "role": role}
    practice.practice(method, "permissions", json=grant)


def consent(practice: PracticeServer, role: str) -> None:
    _change(practice, "POST", "entra", "*", role)


def take(practice: PracticeServer, kind: str, resource: str, role: str) -> None:
    _change(practice, "DELETE", kind, resource, role)


def test_nothing_is_found_where_all_is_as_it_should_be(practice: PracticeServer, places: Places) -> None:
    assert findings(practice) == {}


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize(
    ("role", "ability"), [("Mail.ReadWrite", "read"), ("Mail.Send", "send")], ids=["read", "send"]
)
def test_each_mailbox_without_its_exchange_role_is_named_with_the_role(
    practice: PracticeServer, places: Places, who: str, role: str, ability: str
) -> None:
    take(practice, "mailbox", practice.user(who), role)
    check = findings(practice)[f"Mailbox of {who}: {ability}"]
    assert check.finding == f"The Exchange role Application {role} does not reach this mailbox."
    assert check.next_step == EXCHANGE


def test_a_mailbox_that_may_only_be_read_is_named(practice: PracticeServer, places: Places) -> None:
    take(practice, "mailbox", practice.user("headteacher"), "Mail.ReadWrite")
    _change(practice, "POST", "mailbox", practice.user("headteacher"), "Mail.Read")
    (check,) = findings(practice).values()
    assert check.name == "Mailbox of headteacher: drafts"
    assert "Application Mail.ReadWrite does not reach" in check.finding


@pytest.mark.parametrize("left", ["", "MailboxSettings.Read"])
def test_categories_that_cannot_be_made_are_named_with_the_role(
    practice: PracticeServer, places: Places, left: str
) -> None:
    reports = practice.user("reports")
    take(practice, "mailbox", reports, "MailboxSettings.ReadWrite")
    if left:
        _change(practice, "POST", "mailbox", reports, left)
    (check,) = findings(practice).values()
    assert check.name == "Mail categories"
    assert "Application MailboxSettings.ReadWrite does not reach the reporting mailbox" in check.finding
    assert check.next_step == EXCHANGE


def test_the_consent_that_is_missing_in_entra_is_named(practice: PracticeServer, places: Places) -> None:
    take(practice, "entra", "*", "Sites.Selected")
    found = findings(practice)
    check = found["Permission Sites.Selected in Entra"]
    assert "Nobody has consented to Sites.Selected" in check.finding
    assert "grant admin consent" in check.next_step
    assert "SharePoint site" in found


def test_the_look_at_accounts_is_asked_for_where_it_is_wanted_and_only_there(
    practice: PracticeServer, places: Places
) -> None:
    def told(*, directory: bool) -> list[Check]:
        patients = Patients(wishes=wishes(practice), mailboxes={}, directory=directory)
        checks = run_checks(casework_account(practice), patients)
        return [check for check in checks if check.name == "Permission User.Read.All in Entra"]

    (missing,) = told(directory=True)
    assert "cannot be seen whether the owner of a policy has left" in missing.finding
    assert "grant admin consent; or set check_directory to false" in missing.next_step
    consent(practice, "User.Read.All")
    assert told(directory=True) == []
    (unwanted,) = told(directory=False)
    assert "remove User.Read.All" in unwanted.next_step


def test_a_site_without_the_grant_is_named(practice: PracticeServer, places: Places) -> None:
    take(practice, "site", places.site_id, "fullcontrol")
    (check,) = findings(practice).values()
    assert check.name == "SharePoint site"
    assert "its application has no grant on it" in check.finding
    assert check.next_step.startswith(SHAREPOINT)


def test_a_site_that_may_only_be_read_is_told_list_by_list(practice: PracticeServer, places: Places) -> None:
    take(practice, "site", places.site_id, "fullcontrol")
    _change(practice, "POST", "site", places.site_id, "read")
    found = findings(practice)
    lists, libraries = {"Cases", "Policies"}, {"Casework", "Sealed originals"}
    assert set(found) == {f"List {each}: write" for each in lists} | {
        f"Library {each}: write" for each in libraries
    }
    assert found["List Cases: write"].finding == "Casework may read this list but not change it."
    assert all("the grant must say write" in check.next_step for check in found.values())


def test_the_role_write_is_enough_after_setup_and_a_wider_one_is_mentioned(
    practice: PracticeServer, casework: SchoolAccount, places: Places
) -> None:
    def note() -> Check:
        patients = Patients(wishes=wishes(practice), mailboxes={})
        checks = run_checks(casework_account(practice), patients)
        return next(check for check in checks if check.name == "SharePoint site: role")

    assert "the role write is enough" in note().finding
    take(practice, "site", places.site_id, "fullcontrol")
    _change(practice, "POST", "site", places.site_id, "write")
    assert findings(practice) == {}
    assert "makes no lists here" in note().finding


def test_a_onedrive_without_its_grant_is_named(practice: PracticeServer, places: Places) -> None:
    office_site = next(
        each["resource"]
        for each in practice.practice("GET", "permissions").json()
        if each["kind"] == "site" and each["role"] == "write"
    )
    take(practice, "site", office_site, "write")
    found = findings(practice)
    assert set(found) == {"Folder Report drop", "Folder for policies"} or "Folder Report drop" in found
    assert "no grant there" in found["Folder Report drop"].finding
    assert found["Folder Report drop"].next_step.startswith(SHAREPOINT)
    _change(practice, "POST", "site", office_site, "read")
    (check,) = findings(practice).values()
    assert (check.name, check.finding) == (
        "Folder Report drop: write",
        "Casework may read what lies here but save nothing.",
    )


@pytest.mark.parametrize(
    ("role", "reach"),
    [
        ("Mail.ReadWrite", "every mailbox of the tenant"),
        ("Mail.Send", "every mailbox of the tenant"),
        ("MailboxSettings.ReadWrite", "every mailbox of the tenant"),
        ("Calendars.ReadWrite", "every mailbox of the tenant"),
        ("Sites.ReadWrite.All", "every SharePoint site and every OneDrive"),
        ("Files.Read.All", "every SharePoint site and every OneDrive"),
        ("Directory.Read.All", "nothing that Casework needs"),
    ],
)
def test_each_consent_that_reaches_too_far_is_named(
    practice: PracticeServer, places: Places, role: str, reach: str
) -> None:
    consent(practice, role)
    check = findings(practice)[f"Permission {role} in Entra"]
    assert reach in check.finding
    assert f"remove {role}" in check.next_step


def test_a_consent_that_defeats_the_scope_shows_in_the_mailboxes_too(
    practice: PracticeServer, places: Places
) -> None:
    consent(practice, "Mail.Read")
    assert "2 mailbox(es) that are none of its business" in findings(practice)["Other mailboxes"].finding


def test_what_was_taken_and_given_back_is_found_no_more(practice: PracticeServer, places: Places) -> None:
    take(practice, "mailbox", practice.user("chair"), "Mail.Send")
    assert findings(practice)
    _change(practice, "POST", "mailbox", practice.user("chair"), "Mail.Send")
    assert findings(practice) == {}


@pytest.fixture
def rows(practice: PracticeServer, places: Places) -> Callable[..., Any]:
    path = f"sites/{places.site_id}/lists/{places.cases_list}/items"

    def ask(method: str, ending: str = "", **fields: str) -> Any:
        body = {"fields": fields} if method == "POST" else fields
        return practice.graph(method, f"{path}{ending}", json=body).json()

    return ask


def test_a_list_that_keeps_no_versions_is_found_once_a_row_was_changed(
    practice: PracticeServer, places: Places, rows: Callable[..., Any]
) -> None:
    practice.practice("PUT", "versioning", json={"list": places.cases_list, "versions": False})
    assert findings(practice) == {}
    made = rows("POST", Title="A post")
    rows("PATCH", f"/{made['id']}/fields", Title="A post, seen")
    (check,) = findings(practice).values()
    assert check.name == "List Cases, versions"
    assert "nobody can prove who set a Decision" in check.finding
    assert "Versioning settings" in check.next_step
    practice.practice("PUT", "versioning", json={"list": places.cases_list, "versions": True})
    assert findings(practice) == {}


def test_a_safeguarding_lead_who_is_shut_out_of_the_sealed_library_is_found(
    practice: PracticeServer, places: Places
) -> None:
    path = f"drives/{places.sealed_drive}/root/permissions"
    lead = practice.user("safeguarding_lead")
    held = practice.graph("GET", path, expect=200).json()["value"]
    own = next(one["id"] for one in held if one.get("grantedToV2", {}).get("user", {}).get("email") == lead)
    practice.graph("DELETE", f"{path}/{own}", expect=204)
    (check,) = findings(practice).values()
    assert check.name == "Library Sealed originals, who may open it"
    assert "1 of the people of the safeguarding role may not open" in check.finding


def test_looking_leaves_no_row_no_list_and_no_file_behind(
    practice: PracticeServer, places: Places, rows: Callable[..., Any]
) -> None:
    lists = f"sites/{places.site_id}/lists"
    before = len(practice.graph("GET", lists, expect=200).json()["value"])
    assert findings(practice) == {}
    assert rows("GET")["value"] == []
    assert len(practice.graph("GET", lists, expect=200).json()["value"]) == before
    for drive in (places.casework_drive, places.sealed_drive, places.drop_drive):
        children = practice.graph("GET", f"drives/{drive}/root/children", expect=200).json()["value"]
        assert "casework-doctor.tmp" not in [child["name"] for child in children]


def test_a_calendar_that_reviews_go_into_is_named_where_the_role_is_missing(
    practice: PracticeServer, places: Places
) -> None:
    head = practice.user("headteacher")
    take(practice, "mailbox", head, "Calendars.ReadWrite")
    patients = Patients(wishes=wishes(practice), mailboxes={}, calendars={"headteacher": head})
    found = {each.name: each for each in run_checks(casework_account(practice), patients) if not each.ok}
    check = found["Calendar of headteacher"]
    assert check.finding == "The Exchange role Application Calendars.ReadWrite does not reach this mailbox."
    assert check.next_step.startswith("Run the Exchange lines that casework setup shows")
