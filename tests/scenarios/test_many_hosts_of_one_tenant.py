"""Hosts of a trust as processes of their own, all asking one tenant: never more than it allows, whichever dies."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.journals import new_database, postgresql_missing, postgresql_server
from tests.practice import REPOSITORY, PracticeServer

UNITS = 300
HOST = """
import json, sys, threading, time
from pathlib import Path
from casework.errors import TemporaryConnectorError
from connectors.microsoft365.account import connect
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.credentials import ClientSecret
from connectors.microsoft365.retries import RetryRule
from offices.tenants import Tenants

facts, url, units, seconds = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
gate = Tenants(url).gate("trust") if url else None
paths = [f"users/{facts['users']['reports']}/messages", "sites/root"]
told = {"asked": 0, "refused": 0}
over = time.monotonic() + seconds

def work(number):
    account = connect(
        ClientSecret(value=facts["visitor"]["client_secret"]), client_id=facts["visitor"]["client_id"],
        tenant_id=facts["tenant_id"], graph_root=facts["graph_root"], login_root=facts["login_root"],
        ca_file=Path(facts["ca_file"]), retry=RetryRule(attempts=1), gate=gate, file_units=units)
    calls = GraphCalls(account)
    while time.monotonic() < over and (gate or not told["refused"]):
        told["asked"] += 1
        try:
            calls.get(paths[(number + told["asked"]) % 2])
        except TemporaryConnectorError:
            told["refused"] += 1

threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
[t.start() for t in threads]
[t.join() for t in threads]
print(json.dumps(told))
"""


def start(practice: PracticeServer, url: str, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOST, json.dumps(practice.facts), url, str(UNITS), str(seconds)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


def refused(hosts: list[subprocess.Popen[str]]) -> tuple[int, int]:
    told = [json.loads(host.communicate(timeout=120)[0]) for host in hosts]
    return sum(one["asked"] for one in told), sum(one["refused"] for one in told)


@pytest.mark.soak
def test_three_hosts_of_which_one_is_killed_are_never_refused_by_their_own_fault(tmp_path: Path) -> None:
    if missing := postgresql_missing():
        pytest.skip(missing)
    with PracticeServer(tmp_path) as practice, postgresql_server() as server:
        practice.practice("PUT", "limits", json={"sharepoint_units": UNITS})
        practice.practice("PUT", "line", json={"latency_ms": 20})
        url = new_database(server)

        hosts = [start(practice, url, 40) for _ in range(3)]
        time.sleep(15)
        hosts.pop().kill()
        asked, no = refused(hosts)

        assert asked > 100
        assert no == 0

        # and without the gate the same hosts are refused, however slow the machine is that they run on
        practice.practice("PUT", "limits", json={"sharepoint_units": UNITS // 10})
        assert refused([start(practice, "", 60) for _ in range(3)])[1] > 0
