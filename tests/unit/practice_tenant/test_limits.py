"""Throttling as Microsoft does it, in numbers that a rehearsal reaches; and tokens that were taken back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.practice import PracticeServer

_SLOW = {"method": "GET", "path": "*/mailFolders", "fault": "slow", "seconds": 3}


def _folders(practice: PracticeServer, role: str = "office", token: str = "") -> requests.Response:
    url = f"{practice.facts['graph_root']}v1.0/users/{practice.user(role)}/mailFolders"
    bearer = {"Authorization": f"Bearer {token or practice.visitor_token()}"}
    return requests.get(url, headers=bearer, verify=practice.ca_file, timeout=60)


def test_a_fifth_request_at_once_to_one_mailbox_is_turned_away(practice: PracticeServer) -> None:
    practice.visitor_token()
    practice.set_faults(_SLOW)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: _folders(practice), range(5)))
        others = list(
            pool.map(lambda role: _folders(practice, role), ("office", "clerk", "teacher", "deputy", "chair"))
        )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 429]
    (refused,) = (answer for answer in answers if answer.status_code == 429)
    assert refused.json()["error"]["code"] == "ApplicationThrottled"
    assert "MailboxConcurrency" in refused.json()["error"]["message"]
    assert {answer.status_code for answer in others} == {200}


@pytest.mark.parametrize("tells_when", [True, False])
def test_a_mailbox_takes_so_many_requests_of_one_application(
    practice: PracticeServer, tells_when: bool
) -> None:
    practice.practice("PUT", "limits", json={"mailbox_requests": 2, "tells_when": tells_when})
    assert [_folders(practice).status_code for _ in range(3)] == [200, 200, 429]
    assert ("Retry-After" in _folders(practice).headers) is tells_when
    assert _folders(practice, "clerk").status_code == 200
    assert _folders(practice, token=practice.user_token("office")).status_code == 429


def test_sharepoint_counts_units_and_warns_before_the_end(practice: PracticeServer) -> None:
    practice.practice("PUT", "limits", json={"sharepoint_units": 10})
    drive = f"drives/{practice.facts['office_drive_id']}"
    first = practice.graph("GET", f"{drive}/root", expect=200)
    assert "RateLimit-Remaining" not in first.headers
    practice.graph("GET", f"{drive}/root/permissions", expect=200)
    third = practice.graph("GET", f"{drive}/root/children", expect=200)
    assert (third.headers["RateLimit-Limit"], third.headers["RateLimit-Remaining"]) == ("10", "2")
    practice.graph("GET", f"{drive}/root/children", expect=200)
    refused = practice.graph("GET", f"{drive}/root", expect=429)
    assert refused.json()["error"]["code"] == "activityLimitReached"
    assert int(refused.headers["Retry-After"]) > 0
    practice.graph("GET", "users", expect=200)


def test_limits_end_with_a_reset_and_nonsense_is_refused(practice: PracticeServer) -> None:
    practice.practice("PUT", "limits", json={"mailbox_requests": 1})
    practice.reset()
    assert practice.practice("GET", "limits").json()["mailbox_requests"] == 0
    for body in ({"mailbox_requests": "many"}, {"speed": 3}, {"tells_when": 1}, {"mailbox_requests": -1}):
        with pytest.raises(AssertionError, match="answered 400"):
            practice.practice("PUT", "limits", json=body)


def test_tokens_that_were_taken_back_are_refused_and_new_ones_are_good(practice: PracticeServer) -> None:
    person, application = practice.user_token("office"), practice.casework_token()
    practice.graph("POST", f"users/{practice.user('office')}/revokeSignInSessions", expect=200)
    practice.practice("POST", "tokens/revoke", json={"holder": practice.facts["casework"]["client_id"]})
    for token in (person, application):
        refused = practice.graph("GET", "users", token=token, expect=401)
        assert refused.json()["error"]["code"] == "InvalidAuthenticationToken"
        assert "invalid_token" in refused.headers["WWW-Authenticate"]
    practice._tokens.clear()
    practice.graph("GET", "me", token=practice.user_token("office"), expect=200)
    practice.graph("GET", "users", token=practice.user_token("teacher"), expect=200)
    practice.graph(
        "GET", f"drives/{practice.facts['office_drive_id']}", token=practice.casework_token(), expect=200
    )


def test_json_without_its_content_type_is_not_read(practice: PracticeServer) -> None:
    folder = f"users/{practice.user('office')}/mailFolders"
    for headers in ({}, {"Content-Type": "application/x-www-form-urlencoded"}):
        refused = practice.graph("POST", folder, data=b'{"displayName": "x"}', headers=headers, expect=400)
        assert "ensure Content-Type header is set" in refused.json()["error"]["message"]


def test_answers_say_which_odata_and_which_preferences_were_followed(practice: PracticeServer) -> None:
    headers = {"Prefer": 'odata.maxpagesize=2, IdType="ImmutableId", respond-async'}
    answer = practice.graph(
        "GET", f"users/{practice.user('office')}/mailFolders", headers=headers, expect=200
    )
    assert answer.headers["OData-Version"] == "4.0"
    assert answer.headers["Preference-Applied"] == 'odata.maxpagesize=2, IdType="ImmutableId"'
