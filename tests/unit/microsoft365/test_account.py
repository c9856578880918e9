"""Signing in, renewing, and where the token may go."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from casework.errors import (
    CursorExpiredError,
    PermanentConnectorError,
    SignInError,
    TemporaryConnectorError,
)
from connectors.microsoft365.account import SchoolAccount, connect
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.credentials import Certificate, ClientSecret, Credentials
from tests.practice import PracticeServer


def school(practice: PracticeServer, credentials: Credentials, **other: str) -> SchoolAccount:
    facts = {
        "tenant_id": practice.facts["tenant_id"],
        "client_id": practice.facts["visitor"]["client_id"],
        "graph_root": practice.facts["graph_root"],
        "login_root": practice.facts["login_root"],
        **other,
    }
    return connect(credentials, ca_file=Path(practice.ca_file), sleep=lambda _: None, **facts)


def right_secret(practice: PracticeServer) -> ClientSecret:
    return ClientSecret(value=practice.facts["visitor"]["client_secret"])


def token_requests(practice: PracticeServer) -> int:
    return sum(1 for one in practice.recorded() if one["path"].endswith("/oauth2/v2.0/token"))


def test_many_requests_need_one_sign_in(practice: PracticeServer, calls: GraphCalls) -> None:
    for _ in range(3):
        calls.get("users")
    assert token_requests(practice) == 1


def test_an_expired_token_is_renewed(
    practice: PracticeServer, account: SchoolAccount, calls: GraphCalls
) -> None:
    calls.get("users")
    for token in account.con.token_backend._cache["AccessToken"].values():
        token["expires_on"] = "1"
    account.con._same_token_until = 0.0  # the minute for which MSAL is not asked again has passed
    assert calls.get("users")["value"]
    assert token_requests(practice) == 2


def test_a_revoked_token_is_forgotten_and_renewed_once(practice: PracticeServer, calls: GraphCalls) -> None:
    calls.get("users")
    practice.set_faults({"method": "GET", "path": "/v1.0/users", "fault": "401", "times": 1})
    assert calls.get("users")["value"]
    assert token_requests(practice) == 2


def test_a_service_that_refuses_every_token_is_a_sign_in_error(
    practice: PracticeServer, calls: GraphCalls
) -> None:
    practice.set_faults({"method": "GET", "path": "/v1.0/users", "fault": "401"})
    with pytest.raises(SignInError, match="casework doctor"):
        calls.get("users")
    assert token_requests(practice) == 2


def test_a_wrong_secret_is_named_with_its_remedy(practice: PracticeServer) -> None:
    calls = GraphCalls(school(practice, ClientSecret(value="guessed")))
    with pytest.raises(SignInError, match=r"AADSTS7000215.*secret is wrong") as caught:
        calls.get("users")
    assert "guessed" not in str(caught.value)


def test_an_unknown_application_is_named_with_its_remedy(practice: PracticeServer) -> None:
    unknown = "00000000-0000-0000-0000-000000000001"
    calls = GraphCalls(school(practice, right_secret(practice), client_id=unknown))
    with pytest.raises(SignInError, match=r"AADSTS700016.*client_id"):
        calls.get("users")


def test_an_unknown_tenant_is_named_with_its_remedy(practice: PracticeServer) -> None:
    unknown = "00000000-0000-0000-0000-000000000002"
    calls = GraphCalls(school(practice, right_secret(practice), tenant_id=unknown))
    with pytest.raises(SignInError, match="tenant_id"):
        calls.get("users")


def test_a_certificate_signs_in(practice: PracticeServer) -> None:
    key, certificate = _key_and_certificate()
    client_id = practice.facts["visitor"]["client_id"]
    practice.practice("POST", f"applications/{client_id}/certificates", data=certificate.encode())
    calls = GraphCalls(school(practice, Certificate(pem=key + certificate)))
    assert calls.get("users")["value"]


def test_a_certificate_nobody_uploaded_is_refused(practice: PracticeServer) -> None:
    key, certificate = _key_and_certificate()
    calls = GraphCalls(school(practice, Certificate(pem=key + certificate)))
    with pytest.raises(SignInError, match=r"AADSTS700027.*certificate"):
        calls.get("users")


def test_a_certificate_file_without_its_key_says_what_is_missing(practice: PracticeServer) -> None:
    _, certificate = _key_and_certificate()
    with pytest.raises(SignInError, match="no private key"):
        school(practice, Certificate(pem=certificate))


def test_a_host_that_nobody_answers_at_is_named(practice: PracticeServer) -> None:
    gone = "https://localhost:9/"
    calls = GraphCalls(school(practice, right_secret(practice), graph_root=gone))
    with pytest.raises(TemporaryConnectorError, match=r"localhost:9 cannot be reached") as caught:
        calls.post("users/x/messages", {})
    assert not caught.value.outcome_unknown


def test_a_sign_in_host_that_nobody_answers_at_is_named(practice: PracticeServer) -> None:
    calls = GraphCalls(school(practice, right_secret(practice), login_root="https://localhost:9"))
    with pytest.raises(TemporaryConnectorError, match=r"localhost:9 cannot be reached for signing in"):
        calls.get("users")


def test_a_server_with_an_unknown_certificate_is_not_trusted(practice: PracticeServer) -> None:
    account = connect(
        right_secret(practice),
        tenant_id=practice.facts["tenant_id"],
        client_id=practice.facts["visitor"]["client_id"],
        graph_root=practice.facts["graph_root"],
        login_root=practice.facts["login_root"],
        sleep=lambda _: None,
    )
    with pytest.raises(TemporaryConnectorError, match="ca_file"):
        GraphCalls(account).get("users")
    with pytest.raises(TemporaryConnectorError, match="not trusted"):
        account.con.naive_request(practice.facts["graph_root"], "get")


def test_our_certificate_counts_whatever_the_environment_says(
    practice: PracticeServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "another.pem"))
    assert GraphCalls(school(practice, right_secret(practice))).get("users")["value"]


def test_the_token_goes_to_no_other_host(practice: PracticeServer, calls: GraphCalls) -> None:
    elsewhere = practice.facts["transfer_root"] + "v1.0/users"
    with pytest.raises(PermanentConnectorError, match="leads away"):
        calls.get(elsewhere)
    assert not [one for one in practice.recorded() if one["path"] == "/v1.0/users"]


def test_a_cursor_of_another_service_means_reading_everything_once(calls: GraphCalls) -> None:
    with pytest.raises(CursorExpiredError):
        calls.delta("users/x/mailFolders/inbox/messages/delta", "https://localhost:9/v1.0/delta?token=1")


def test_downloads_go_over_https_only(account: SchoolAccount) -> None:
    with pytest.raises(PermanentConnectorError, match="https"):
        account.con.naive_request("http://localhost/file", "get")


def test_no_log_holds_a_token_a_secret_or_an_address(
    practice: PracticeServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account = school(practice, right_secret(practice))
    calls = GraphCalls(account)
    calls.get("users")
    with pytest.raises(PermanentConnectorError):
        calls.get("users/nobody@tillbrook.example/messages")
    token = account.con.session.headers["Authorization"].removeprefix("Bearer ")
    for forbidden in (token, practice.facts["visitor"]["client_secret"], "nobody@tillbrook.example"):
        assert forbidden not in caplog.text


def test_an_error_names_no_address(practice: PracticeServer, calls: GraphCalls) -> None:
    with pytest.raises(PermanentConnectorError) as caught:
        calls.get("users/nobody@tillbrook.example/messages")
    assert "nobody" not in str(caught.value)


def _key_and_certificate() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Casework")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()


def test_msal_is_not_asked_for_the_same_token_at_every_request(
    account: SchoolAccount, calls: GraphCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.get("users")
    client = account.con.msal_client
    monkeypatch.setattr(client, "acquire_token_for_client", lambda **_: pytest.fail("asked again"))

    assert calls.get("users")["value"]


def test_a_token_that_soon_ends_is_asked_for_at_every_request(
    practice: PracticeServer, account: SchoolAccount, calls: GraphCalls
) -> None:
    practice.practice("PUT", "tokens", json={"life": 200})
    try:
        calls.get("users")
    finally:
        practice.practice("PUT", "tokens", json={"life": 3599})

    assert account.con._same_token_until < time.monotonic()
