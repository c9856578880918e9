"""Signing in by a browser: a person chooses who they are, and the application gets a code on this machine."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import msal
import pytest
import requests

from tests.practice import PracticeServer

_BACK = "http://localhost:53682/"


def _application(practice: PracticeServer) -> Any:
    session = requests.Session()
    session.verify = practice.ca_file
    session.trust_env = False
    return msal.PublicClientApplication(
        practice.facts["visitor"]["client_id"],
        authority=f"{practice.facts['login_root']}/{practice.facts['tenant_id']}",
        instance_discovery=False,
        http_client=session,
    )


def _start(application: Any, **more: str) -> dict[str, Any]:
    flow: dict[str, Any] = application.initiate_auth_code_flow(
        ["Mail.Read"], redirect_uri=_BACK, response_mode="query", **more
    )
    return flow


def _answer(practice: PracticeServer, flow: dict[str, Any], role: str, answer: str = "yes") -> dict[str, str]:
    """Send the form as a browser would, and give back what the application is told."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(flow["auth_uri"]).query).items()}
    page = requests.get(flow["auth_uri"], verify=practice.ca_file, timeout=20)
    assert "practice school" in page.text
    form = {**asked, "user": practice.user(role), "answer": answer}
    url = flow["auth_uri"].partition("?")[0]
    gone = requests.post(url, data=form, verify=practice.ca_file, timeout=20, allow_redirects=False)
    assert gone.headers["Location"].startswith(_BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(gone.headers["Location"]).query).items()}


def test_the_head_signs_in_with_a_proof_key_and_reads_their_own_mail(practice: PracticeServer) -> None:
    application = _application(practice)
    flow = _start(application)
    told = _answer(practice, flow, "headteacher")
    result = application.acquire_token_by_auth_code_flow(flow, told)
    assert result["id_token_claims"]["preferred_username"] == practice.user("headteacher")
    me = practice.graph("GET", "me", token=result["access_token"], expect=200).json()
    assert me["mail"] == practice.user("headteacher")


def test_a_code_is_good_once_and_only_with_its_verifier(practice: PracticeServer) -> None:
    application = _application(practice)
    flow = _start(application)
    told = _answer(practice, flow, "office")
    wrong = {**flow, "code_verifier": "somebody-elses-verifier-that-is-long-enough-to-be-one"}
    assert application.acquire_token_by_auth_code_flow(wrong, told)["error_codes"] == [501481]
    assert "access_token" in application.acquire_token_by_auth_code_flow(flow, told)
    again = {**flow, "claims_challenge": None}
    assert application.acquire_token_by_auth_code_flow(again, told)["error_codes"] == [54005]


def test_a_person_may_refuse(practice: PracticeServer) -> None:
    told = _answer(practice, _start(_application(practice)), "office", answer="no")
    assert told["error"] == "access_denied"
    assert "code" not in told


def test_somebody_known_is_signed_in_without_a_page(practice: PracticeServer) -> None:
    flow = _start(_application(practice), prompt="none", login_hint=practice.user("clerk"))
    gone = requests.get(flow["auth_uri"], verify=practice.ca_file, timeout=20, allow_redirects=False)
    assert "code=" in gone.headers["Location"]


@pytest.mark.parametrize("back", ["https://evil.example/", "javascript:alert(1)", ""])
def test_a_code_goes_to_this_machine_only(practice: PracticeServer, back: str) -> None:
    asked = {
        "client_id": practice.facts["visitor"]["client_id"],
        "response_type": "code",
        "redirect_uri": back,
        "scope": "Mail.Read",
    }
    url = f"{practice.facts['login_root']}/common/oauth2/v2.0/authorize"
    refused = requests.get(url, params=asked, verify=practice.ca_file, timeout=20, allow_redirects=False)
    assert refused.status_code == 400
    assert refused.json()["error_codes"] == [50011]
