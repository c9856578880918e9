"""Who may open which mailbox."""

import pytest

from tests.practice import PracticeServer


@pytest.mark.parametrize("role", ["reports", "headteacher", "deputy", "chair", "office"])
def test_casework_works_in_its_own_mailbox_and_the_approvers(practice: PracticeServer, role: str) -> None:
    path = f"users/{practice.user(role)}/mailFolders/inbox/messages"
    practice.graph("GET", path, token=practice.casework_token(), expect=200)


@pytest.mark.parametrize("role", ["teacher", "clerk", "safeguarding_lead"])
def test_casework_is_kept_out_of_every_other_mailbox(practice: PracticeServer, role: str) -> None:
    user = f"users/{practice.user(role)}"
    token = practice.casework_token()
    for method, path in (
        ("GET", f"{user}/messages"),
        ("POST", f"{user}/sendMail"),
        ("GET", f"{user}/mailFolders"),
    ):
        answer = practice.graph(method, path, token=token, expect=403)
        assert answer.json()["error"]["code"] == "ErrorAccessDenied"


def test_a_person_opens_the_own_mailbox_only(practice: PracticeServer) -> None:
    token = practice.user_token("teacher")
    practice.graph("GET", "me/messages", token=token, expect=200)
    practice.graph("GET", f"users/{practice.user('headteacher')}/messages", token=token, expect=403)


def test_a_shared_mailbox_is_opened_for_a_person_by_a_grant(practice: PracticeServer) -> None:
    grant = {
        "holder": practice.user("teacher"),
        "kind": "mailbox",
        "resource": practice.user("reports"),
        "role": "Mail.ReadWrite",
    }
    path, token = f"users/{practice.user('reports')}/messages", practice.user_token("teacher")
    practice.graph("GET", path, token=token, expect=403)
    practice.practice("POST", "permissions", json=grant)
    practice.graph("GET", path, token=token, expect=200)
    practice.practice("DELETE", "permissions", json=grant)
    practice.graph("GET", path, token=token, expect=403)


def test_reading_does_not_allow_writing_and_writing_does_not_allow_sending(practice: PracticeServer) -> None:
    made = practice.practice("POST", "applications", json={"name": "Reader"}).json()
    token = practice.application_token(client_id=made["client_id"], client_secret=made["secret"])
    path = f"users/{practice.user('reports')}/messages"
    practice.graph("GET", path, token=token, expect=403)
    grant = {"holder": made["client_id"], "kind": "mailbox", "resource": practice.user("reports")}
    practice.practice("POST", "permissions", json={**grant, "role": "Mail.Read"})
    practice.graph("GET", path, token=token, expect=200)
    practice.graph("POST", path, token=token, json={}, expect=403)
    practice.practice("POST", "permissions", json={**grant, "role": "Mail.ReadWrite"})
    draft = practice.graph("POST", path, token=token, json={}, expect=201).json()
    practice.graph("POST", f"{path}/{draft['id']}/send", token=token, expect=403)


def test_an_unknown_mailbox_is_not_found(practice: PracticeServer) -> None:
    answer = practice.graph("GET", "users/nobody@tillbrook.example/messages", expect=404)
    assert answer.json()["error"]["code"] == "ErrorInvalidUser"
