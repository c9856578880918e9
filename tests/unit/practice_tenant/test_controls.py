"""The practice controls: clock, reset, recording, faults, and who may use them."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, draft, listed

_INBOX = "users/reports@tillbrook.example/mailFolders/inbox/messages"


def test_the_clock_ticks_from_the_moment_set_and_stamps_mail(practice: PracticeServer) -> None:
    practice.set_clock("2027-03-01T10:00:00+01:00")
    message = deliver(practice)
    assert message["receivedDateTime"].startswith("2027-03-01T09:00:0")
    before = datetime.fromisoformat(practice.practice("GET", "clock").json()["now"])
    time.sleep(0.05)
    after = datetime.fromisoformat(practice.practice("GET", "clock").json()["now"])
    assert before < after < datetime(2027, 3, 1, 9, 1, tzinfo=UTC)


def test_a_reset_empties_the_tenant_back_to_the_checkpoint(tmp_path: Path) -> None:
    with PracticeServer(tmp_path) as own:
        folders = f"users/{own.user('reports')}/mailFolders"
        own.graph("POST", folders, json={"displayName": "Kept"}, expect=201)
        own.checkpoint()
        deliver(own)
        own.graph("POST", folders, json={"displayName": "Dropped"}, expect=201)
        own.reset()
        names = {each["displayName"] for each in own.graph("GET", f"{folders}?$top=50").json()["value"]}
        assert "Kept" in names
        assert "Dropped" not in names
        assert listed(own, "reports", "inbox") == []


def test_requests_are_recorded_without_their_bodies(practice: PracticeServer) -> None:
    practice.forget_recorded()
    practice.graph("GET", _INBOX, expect=200)
    practice.graph("GET", "users/nobody@tillbrook.example", expect=404)
    kept = [(each["method"], each["path"], each["status"]) for each in practice.recorded()]
    assert kept[-2:] == [
        ("GET", f"/v1.0/{_INBOX}", 200),
        ("GET", "/v1.0/users/nobody@tillbrook.example", 404),
    ]
    practice.forget_recorded()
    assert practice.recorded() == []


@pytest.mark.parametrize("status", [401, 403, 412, 423, 429, 500, 502, 503, 504])
def test_a_fault_answers_as_microsoft_fails(practice: PracticeServer, status: int) -> None:
    practice.set_faults(
        {"method": "GET", "path": "*/messages", "fault": str(status), "retry_after": 7, "times": 1}
    )
    answer = practice.graph("GET", _INBOX, expect=status)
    assert answer.headers["Retry-After"] == "7"
    assert answer.json()["error"]["code"]
    practice.graph("GET", _INBOX, expect=200)


def test_throttling_may_come_without_retry_after(practice: PracticeServer) -> None:
    practice.set_faults({"path": "*/messages", "fault": "429", "times": 1})
    assert "Retry-After" not in practice.graph("GET", _INBOX, expect=429).headers


@pytest.mark.parametrize(("fault", "drafts"), [("reset", 0), ("lost", 1), ("truncated", 1)])
def test_a_broken_connection_leaves_the_work_undone_or_done(
    practice: PracticeServer, fault: str, drafts: int
) -> None:
    practice.visitor_token()
    practice.set_faults({"method": "POST", "path": "*/messages", "fault": fault, "times": 1})
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        draft(practice)
    assert len(listed(practice, "headteacher", "drafts")) == drafts


def test_a_slow_answer_comes_late(practice: PracticeServer) -> None:
    practice.set_faults({"path": "*/messages", "fault": "slow", "seconds": 0.3, "times": 1})
    with pytest.raises(requests.ReadTimeout):
        practice.graph("GET", _INBOX, timeout=0.1)


def test_chance_trouble_is_the_same_with_the_same_seed(practice: PracticeServer) -> None:
    def strikes() -> list[int]:
        practice.set_faults({"path": "*/messages", "fault": "503", "probability": 0.5, "seed": 7})
        return [practice.graph("GET", _INBOX).status_code for _ in range(12)]

    first = strikes()
    assert first == strikes()
    assert set(first) == {200, 503}


def test_an_unknown_fault_is_refused_with_the_known_ones(practice: PracticeServer) -> None:
    with pytest.raises(AssertionError, match="lost"):
        practice.set_faults({"path": "*", "fault": "gremlins"})


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}]
)
def test_a_page_of_another_site_gets_nothing(practice: PracticeServer, headers: dict[str, str]) -> None:
    url = f"{practice.facts['graph_root']}practice/outbox"
    assert requests.get(url, headers=headers, verify=practice.ca_file, timeout=10).status_code == 403


def test_the_own_page_may_use_the_controls(practice: PracticeServer) -> None:
    origin = practice.facts["graph_root"].rstrip("/")
    practice.practice("GET", "clock", headers={"Origin": origin})


def test_an_error_carries_the_ids_of_the_request(practice: PracticeServer) -> None:
    headers = {"client-request-id": "6e0a1f2c-1111-4222-8333-444455556666"}
    answer = practice.graph("GET", "users/nobody@tillbrook.example", headers=headers, expect=404)
    inner = answer.json()["error"]["innerError"]
    assert inner["client-request-id"] == answer.headers["client-request-id"] == headers["client-request-id"]
    assert inner["request-id"] == answer.headers["request-id"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "teams", 501, "notImplemented"),
        ("PUT", "users", 405, "Request_BadRequest"),
        ("GET", "wonders", 400, "BadRequest"),
    ],
)
def test_what_the_tenant_does_not_know_is_said_plainly(
    practice: PracticeServer, method: str, path: str, status: int, code: str
) -> None:
    assert practice.graph(method, path, expect=status).json()["error"]["code"] == code


def test_a_faults_path_may_leave_out_the_version(practice: PracticeServer) -> None:
    practice.set_faults({"path": "/users/*/mailFolders", "fault": "503", "times": 1})
    practice.graph("GET", "users/reports@tillbrook.example/mailFolders", expect=503)


@pytest.mark.parametrize("wrong", [{"times": "often"}, {"retry_after": -1}, {"probability": True}])
def test_a_fault_with_a_wrong_number_is_refused(practice: PracticeServer, wrong: dict[str, object]) -> None:
    with pytest.raises(AssertionError, match="400"):
        practice.set_faults({"path": "*", "fault": "503", **wrong})


def test_a_slow_line_delays_every_request_and_a_reset_ends_it(practice: PracticeServer) -> None:
    practice.visitor_token()
    practice.practice("PUT", "line", json={"latency_ms": 300})
    begun = time.monotonic()
    practice.graph("GET", _INBOX, expect=200)
    assert time.monotonic() - begun >= 0.3
    practice.reset()
    assert practice.practice("GET", "line").json() == {"latency_ms": 0, "kilobytes_per_second": None}


def test_a_narrow_line_is_shared_by_those_who_ask_at_once(practice: PracticeServer) -> None:
    token, url = practice.visitor_token(), f"{practice.facts['graph_root']}v1.0/drives"
    size = len(practice.graph("GET", "drives", expect=200).content)
    practice.practice("PUT", "line", json={"kilobytes_per_second": size / 1000 / 0.2})

    def ask(_: int) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        requests.get(url, headers=headers, verify=practice.ca_file, timeout=20).raise_for_status()

    begun = time.monotonic()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(ask, range(3)))
    assert time.monotonic() - begun >= 0.6


@pytest.mark.parametrize("wrong", [{"latency_ms": "slow"}, {"latency_ms": -1}, {"kilobytes_per_second": 0}])
def test_a_line_that_cannot_be_is_refused(practice: PracticeServer, wrong: dict[str, object]) -> None:
    with pytest.raises(AssertionError, match="400"):
        practice.practice("PUT", "line", json=wrong)


def test_a_rule_tells_how_often_it_struck(practice: PracticeServer) -> None:
    practice.set_faults({"path": "*/messages", "fault": "503", "times": 2})
    for _ in range(3):
        practice.graph("GET", f"users/{practice.user('reports')}/messages")
    (told,) = practice.practice("GET", "faults").json()
    practice.set_faults()
    assert (told["struck"], told["times"]) == (2, 0)


def test_a_storm_is_told_with_its_seed_so_that_it_can_be_had_again(practice: PracticeServer) -> None:
    practice.set_faults({"path": "*/messages", "fault": "503", "probability": 0.25, "seed": 99})
    (told,) = practice.practice("GET", "faults").json()
    assert (told["fault"], told["probability"], told["seed"]) == ("503", 0.25, 99)
