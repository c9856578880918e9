"""Sign-in: secrets, certificates, device codes, refresh, and Microsoft's refusals."""

import time
from typing import Any

import jwt
import msal
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.practice import PracticeServer
from tests.unit.practice_tenant.certificate_builder import self_signed

_SCOPE = "https://graph.microsoft.com/.default"


def _token(practice: PracticeServer, tenant: str | None = None, **form: str) -> requests.Response:
    url = f"{practice.facts['login_root']}/{tenant or practice.facts['tenant_id']}/oauth2/v2.0/token"
    given = {"grant_type": "client_credentials", "scope": _SCOPE, **practice.facts["visitor"], **form}
    return requests.post(url, data=given, verify=practice.ca_file, timeout=20)


def _application(practice: PracticeServer, kind: type, **more: Any) -> Any:
    session = requests.Session()
    session.verify = practice.ca_file
    session.trust_env = False
    authority = f"{practice.facts['login_root']}/{practice.facts['tenant_id']}"
    return kind(
        practice.facts["visitor"]["client_id"],
        authority=authority,
        instance_discovery=False,
        http_client=session,
        **more,
    )


def test_a_right_secret_gives_a_token_that_graph_takes(practice: PracticeServer) -> None:
    answer = _token(practice)
    assert answer.status_code == 200
    assert answer.json()["token_type"] == "Bearer"
    practice.graph("GET", "users", token=answer.json()["access_token"], expect=200)


@pytest.mark.parametrize(
    ("form", "status", "number", "error"),
    [
        ({"client_secret": "wrong"}, 401, 7000215, "invalid_client"),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 400, 700016, "unauthorized_client"),
        ({"scope": "https://graph.microsoft.com/Mail.Read"}, 400, 70011, "invalid_scope"),
        ({"scope": ""}, 400, 900144, "invalid_request"),
        ({"grant_type": "password"}, 400, 70003, "unsupported_grant_type"),
        ({"tenant": "nowhere.example"}, 400, 90002, "invalid_tenant"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, 400, 9002313, "invalid_grant"),
    ],
)
def test_a_refusal_carries_microsofts_number(
    practice: PracticeServer, form: dict[str, str], status: int, number: int, error: str
) -> None:
    answer = _token(practice, **form)
    body = answer.json()
    assert (answer.status_code, body["error"], body["error_codes"]) == (status, error, [number])
    assert body["error_description"].startswith(f"AADSTS{number}: ")


def test_graph_refuses_a_bearer_that_is_missing_forged_or_expired(practice: PracticeServer) -> None:
    for token in ("", "rubbish", practice.visitor_token()[:-4] + "AAAA", _signed_by_a_stranger(practice)):
        answer = practice.graph("GET", "users", token=token or " ", expect=401)
        assert answer.json()["error"]["code"] == "InvalidAuthenticationToken"
    practice.practice("PUT", "tokens", json={"life": -1})
    expired = _token(practice).json()["access_token"]
    assert "expired" in practice.graph("GET", "users", token=expired, expect=401).text


def _signed_by_a_stranger(practice: PracticeServer) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = jwt.decode(practice.visitor_token(), options={"verify_signature": False})
    return jwt.encode(claims, key, algorithm="RS256")


def test_the_practice_clock_does_not_age_a_token(practice: PracticeServer) -> None:
    token = practice.visitor_token()
    practice.set_clock("2031-01-01T00:00:00Z")
    practice.graph("GET", "users", token=token, expect=200)


def test_the_bearer_scheme_may_be_written_in_small_letters(practice: PracticeServer) -> None:
    headers = {"Authorization": f"bearer {practice.visitor_token()}"}
    practice.graph("GET", "users", headers=headers, expect=200)


def test_the_openid_documents_agree_and_the_keys_check_a_token(practice: PracticeServer) -> None:
    root = f"{practice.facts['login_root']}/{practice.facts['tenant_id']}"
    documents = [
        requests.get(
            f"{root}{form}/.well-known/openid-configuration", verify=practice.ca_file, timeout=10
        ).json()
        for form in ("", "/v2.0")
    ]
    assert documents[0] == documents[1]
    assert documents[0]["issuer"].startswith(practice.facts["login_root"])
    keys = requests.get(documents[0]["jwks_uri"], verify=practice.ca_file, timeout=10).json()
    key = jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(practice.visitor_token())["kid"]]
    claims = jwt.decode(
        practice.visitor_token(), key, audience="https://graph.microsoft.com", algorithms=["RS256"]
    )
    assert claims["appid"] == practice.facts["visitor"]["client_id"]


@pytest.mark.parametrize("form", ["certificate", "thumbprint"])
def test_msal_signs_in_with_a_certificate_in_both_its_forms(practice: PracticeServer, form: str) -> None:
    made = self_signed()
    client_id = practice.facts["visitor"]["client_id"]
    practice.practice("POST", f"applications/{client_id}/certificates", data=made.certificate)
    credential = {"private_key": made.private_key.decode()}
    credential |= (
        {"public_certificate": made.certificate.decode()}
        if form == "certificate"
        else {"thumbprint": made.sha1}
    )
    application = _application(practice, msal.ConfidentialClientApplication, client_credential=credential)
    result = application.acquire_token_for_client([_SCOPE])
    practice.graph("GET", "users", token=result["access_token"], expect=200)


def test_msal_is_refused_with_a_certificate_that_nobody_registered(practice: PracticeServer) -> None:
    made = self_signed()
    credential = {"private_key": made.private_key.decode(), "public_certificate": made.certificate.decode()}
    application = _application(practice, msal.ConfidentialClientApplication, client_credential=credential)
    assert application.acquire_token_for_client([_SCOPE])["error_codes"] == [700027]


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({}, None),
        ({"aud": "https://login.microsoftonline.com/x"}, 700023),
        ({"exp": 1_700_000_000}, 700024),
        ({"iss": "somebody"}, 700021),
        ({"jti": ""}, 700027),
    ],
)
def test_every_claim_of_an_assertion_counts(
    practice: PracticeServer, changes: dict[str, object], number: int | None
) -> None:
    answer = _with_assertion(practice, changes)
    assert answer.json().get("error_codes") == (None if number is None else [number])


def test_an_assertion_signed_with_another_key_is_refused(practice: PracticeServer) -> None:
    assert _with_assertion(practice, {}, other_key=True).json()["error_codes"] == [700027]


def _with_assertion(
    practice: PracticeServer, changes: dict[str, object], *, other_key: bool = False
) -> requests.Response:
    made = self_signed()
    client_id = practice.facts["visitor"]["client_id"]
    thumbprint = practice.practice(
        "POST", f"applications/{client_id}/certificates", data=made.certificate
    ).json()
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = (
        stranger.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        if other_key
        else made.private_key
    )
    claims = {
        "aud": f"{practice.facts['login_root']}/{practice.facts['tenant_id']}/oauth2/v2.0/token",
        "iss": client_id,
        "sub": client_id,
        "jti": "once",
        "exp": time.time() + 300,
        **changes,
    }
    assertion = jwt.encode(claims, key, algorithm="PS256", headers=thumbprint)
    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "scope": _SCOPE,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
    }
    url = f"{practice.facts['login_root']}/{practice.facts['tenant_id']}/oauth2/v2.0/token"
    return requests.post(url, data=form, verify=practice.ca_file, timeout=20)


def _confirm(practice: PracticeServer, flow: dict[str, Any], role: str, answer: str = "yes") -> None:
    form = {"user_code": flow["user_code"].lower(), "user": practice.user(role), "answer": answer}
    page = requests.post(flow["verification_uri"], data=form, verify=practice.ca_file, timeout=10)
    assert page.status_code == 200


def test_a_person_signs_in_with_a_code_and_the_sign_in_is_renewed(practice: PracticeServer) -> None:
    application = _application(practice, msal.PublicClientApplication)
    flow = application.initiate_device_flow(["Mail.Read"])
    page = requests.get(flow["verification_uri"], verify=practice.ca_file, timeout=10).text
    assert "Headteacher" in page or "Marion Aldwick" in page
    _confirm(practice, flow, "headteacher")
    result = application.acquire_token_by_device_flow(flow)
    me = practice.graph("GET", "me", token=result["access_token"], expect=200).json()
    assert me["mail"] == practice.user("headteacher")
    (account,) = application.get_accounts()
    renewed = application.acquire_token_silent(["Mail.Read"], account, force_refresh=True)
    practice.graph("GET", "me/messages", token=renewed["access_token"], expect=200)
    practice.graph("POST", "me/messages", token=renewed["access_token"], json={}, expect=403)


def test_a_code_is_pending_until_somebody_answers_and_good_once(practice: PracticeServer) -> None:
    application = _application(practice, msal.PublicClientApplication)
    flow = application.initiate_device_flow(["Mail.Read"])
    form = {"grant_type": "device_code", "device_code": flow["device_code"]}
    assert _token(practice, **form).json()["error"] == "authorization_pending"
    _confirm(practice, flow, "office")
    assert "access_token" in _token(practice, **form).json()
    assert _token(practice, **form).json()["error"] == "bad_verification_code"


def test_a_refused_code_gives_nothing(practice: PracticeServer) -> None:
    flow = _application(practice, msal.PublicClientApplication).initiate_device_flow(["Mail.Read"])
    _confirm(practice, flow, "office", answer="no")
    form = {"grant_type": "device_code", "device_code": flow["device_code"]}
    assert _token(practice, **form).json()["error"] == "authorization_declined"


def test_msal_finds_the_tenant_as_an_openid_authority_too(practice: PracticeServer) -> None:
    session = requests.Session()
    session.verify = practice.ca_file
    session.trust_env = False
    application = msal.ConfidentialClientApplication(
        practice.facts["visitor"]["client_id"],
        client_credential=practice.facts["visitor"]["client_secret"],
        oidc_authority=f"{practice.facts['login_root']}/{practice.facts['tenant_id']}/v2.0",
        http_client=session,
    )
    assert "access_token" in application.acquire_token_for_client([_SCOPE])
