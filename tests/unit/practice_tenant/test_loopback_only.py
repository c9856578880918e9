"""The practice tenant is for this machine alone: every door of it listens on loopback and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import requests

from tests.practice import PracticeServer

_LISTENING = "0A"
# 127.0.0.1 and ::1 as Linux writes them in /proc/net.
_LOOPBACK = {"0100007F", "00000000000000000000000001000000"}


def _listening_addresses(port: int) -> set[str]:
    """The local addresses of all sockets of the machine that listen on a port."""
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            address, _, number = local.partition(":")
            if state == _LISTENING and int(number, 16) == port:
                found.add(address)
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sockets are read from /proc/net")
def test_every_door_listens_on_loopback_alone(practice: PracticeServer) -> None:
    page = int(practice.facts["page"].rpartition(":")[2].strip("/"))
    for port in (practice.facts["port"], practice.facts["smtp_port"], practice.facts["pop3_port"], page):
        addresses = _listening_addresses(port)
        assert addresses
        assert addresses <= _LOOPBACK


@pytest.mark.parametrize("host", ["tillbrook.example", "graph.microsoft.com"])
def test_a_name_that_somebody_made_point_here_is_refused(practice: PracticeServer, host: str) -> None:
    url = f"{practice.facts['graph_root']}practice/clock"
    answer = requests.get(url, headers={"Host": host}, verify=practice.ca_file, timeout=20)
    assert answer.status_code in {400, 403, 421}


def test_a_real_tenants_id_is_unknown_here(practice: PracticeServer) -> None:
    url = f"{practice.facts['login_root']}/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token"
    form = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}
    answer = requests.post(url, data=form, verify=practice.ca_file, timeout=20)
    assert answer.status_code == 400
    assert "AADSTS90002" in answer.json()["error_description"]
