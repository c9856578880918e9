"""One connection for a school, used by several threads, with a bound on how many ask at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from requests.adapters import HTTPAdapter

from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls
from tests.practice import PracticeServer


def test_no_more_than_three_ask_at_a_time(
    practice: PracticeServer, account: SchoolAccount, calls: GraphCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.get("users")
    counting, busy, most = threading.Lock(), [0], [0]
    send = HTTPAdapter.send

    def counted(self: HTTPAdapter, request: requests.PreparedRequest, **more: object) -> requests.Response:
        with counting:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        try:
            time.sleep(0.02)
            return send(self, request, **more)
        finally:
            with counting:
                busy[0] -= 1

    monkeypatch.setattr(HTTPAdapter, "send", counted)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: calls.get("users")["value"], range(24)))
    assert len(answers) == 24
    assert most[0] == 3


def test_threads_that_find_the_token_expired_renew_it_together(
    practice: PracticeServer, account: SchoolAccount, calls: GraphCalls
) -> None:
    calls.get("users")
    for token in account.con.token_backend._cache["AccessToken"].values():
        token["expires_on"] = "1"
    account.con._same_token_until = 0.0  # the minute for which MSAL is not asked again has passed
    practice.forget_recorded()
    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(lambda _: calls.get("users")["value"], range(12)))
    tokens = [one for one in practice.recorded() if one["path"].endswith("/token")]
    assert len(tokens) == 1


def test_every_request_asks_for_immutable_ids_and_says_who_asks(
    practice: PracticeServer, calls: GraphCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[requests.PreparedRequest] = []
    send = HTTPAdapter.send

    def noted(self: HTTPAdapter, request: requests.PreparedRequest, **more: object) -> requests.Response:
        sent.append(request)
        return send(self, request, **more)

    monkeypatch.setattr(HTTPAdapter, "send", noted)
    practice.set_faults({"method": "GET", "path": "/v1.0/users", "fault": "503", "times": 1})
    calls.get("users", prefer="odata.maxpagesize=5")
    first, second = [one for one in sent if "/v1.0/users" in str(one.url)]
    assert first.headers["Prefer"] == second.headers["Prefer"] == 'odata.maxpagesize=5, IdType="ImmutableId"'
    assert first.headers["User-Agent"].startswith("NONISV|Casework|Casework/")
    assert first.headers["client-request-id"] != second.headers["client-request-id"]
