"""Proxies of the machine are found once and obeyed; no password file of the machine replaces our token."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from connectors.microsoft365.environment import Unprinted, looked_up_once

GRAPH = "https://graph.microsoft.com/v1.0/users"


def chosen(session: requests.Session, url: str = GRAPH) -> str | None:
    found = session.merge_environment_settings(url, {}, None, None, None)
    proxies = found["proxies"]
    return proxies.get("https") if proxies else None


def test_the_machines_proxy_is_used_and_its_exceptions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.school.example:3128")
    monkeypatch.setenv("NO_PROXY", "localhost,intranet.example")
    session = looked_up_once(requests.Session())

    assert chosen(session) == "http://proxy.school.example:3128"
    assert chosen(session, "https://intranet.example/x") is None
    assert chosen(session, "https://localhost:8443/v1.0") is None


def test_a_proxy_of_the_settings_counts_where_the_machine_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    session = looked_up_once(requests.Session())
    session.proxies = {"https": "http://settings.example:3128"}

    assert chosen(session) == "http://settings.example:3128"


def test_the_environment_is_searched_once_for_each_host(monkeypatch: pytest.MonkeyPatch) -> None:
    session = looked_up_once(requests.Session())
    before = chosen(session)
    monkeypatch.setenv("HTTPS_PROXY", "http://late.example:3128")

    assert chosen(session, GRAPH + "?$top=1") == before


def test_certificates_that_the_machine_names_are_used_unless_the_settings_name_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/ssl/school.pem")
    session = looked_up_once(requests.Session())

    def verify(given: object) -> object:
        return session.merge_environment_settings(GRAPH, {}, None, given, None)["verify"]  # type: ignore[arg-type]  # as requests passes it

    assert verify(None) == "/etc/ssl/school.pem"
    assert verify("practice-ca.pem") == "practice-ca.pem"


def test_no_password_file_replaces_our_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine graph.microsoft.com login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    session = looked_up_once(requests.Session())
    session.headers["Authorization"] = "Bearer ours"

    assert session.prepare_request(requests.Request("GET", GRAPH)).headers["Authorization"] == "Bearer ours"


def test_content_is_sent_as_it_is_and_never_put_in_words() -> None:
    content = Unprinted(b"evidence" * 1000)

    assert content == b"evidence" * 1000
    assert repr({"data": content}) == "{'data': <8000 bytes>}"
