"""Starting, stopping and asking a real practice tenant, for tests of every kind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin

import requests
from requests.adapters import HTTPAdapter

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
TOKEN_SECONDS = 1800.0
"""A token is used for so long; it is good for an hour."""


class PracticeServer:
    """A `python -m practice_tenant` child on a state folder.

    Use it as a context manager, or call start() and stop(). `facts` is server.json.
    """

    def __init__(
        self, state: Path, *, now: str | None = None, port: int = 0, with_school: bool = False
    ) -> None:
        self.state = state
        self.facts: dict[str, Any] = {}
        # Called with the method and every answer of Graph; tests hang the schema check here.
        self.check_answer: Callable[[str, requests.Response], None] | None = None
        self._now = now
        self._port = port
        self._with_school = with_school
        self._process: subprocess.Popen[bytes] | None = None
        self._session = _session()
        self._tokens: dict[str, tuple[str, float]] = {}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, seconds: float = 90) -> None:
        """Start and wait for server.json."""
        command = [sys.executable, "-m", "practice_tenant", "--state", str(self.state)]
        command += ["--parent", str(os.getpid()), "--port", str(self._port)]
        command += ["--now", self._now] if self._now else []
        command += ["--fill"] if self._with_school else []
        ready = self.state / "server.json"
        ready.unlink(missing_ok=True)
        self._process = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE)
        limit = time.monotonic() + seconds
        while not ready.exists():
            if self._process.poll() is not None:
                raise RuntimeError(
                    f"The practice tenant ended at start with code {self._process.returncode}."
                )
            if time.monotonic() > limit:
                self.kill()
                raise RuntimeError(f"The practice tenant was not ready after {seconds} seconds.")
            time.sleep(0.02)
        self.facts = json.loads(ready.read_text(encoding="utf-8"))
        self._tokens.clear()
        self._session.close()
        self._session = _session()

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C or a service manager does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(10)
        self._session.close()

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    @property
    def process_id(self) -> int:
        """Of the running tenant."""
        if self._process is None:
            raise RuntimeError("The practice tenant was not started.")
        return self._process.pid

    @property
    def ca_file(self) -> str:
        return str(self.facts["ca_file"])

    def user(self, role: str) -> str:
        """The address of a role, such as "headteacher"."""
        return str(self.facts["users"][role])

    def visitor_token(self) -> str:
        """A bearer of the visitor's application, which may do all."""
        return self.application_token(**self.facts["visitor"])

    def casework_token(self) -> str:
        """A bearer of Casework's own, narrow application."""
        return self.application_token(**self.facts["casework"])

    def application_token(self, *, client_id: str, client_secret: str) -> str:
        if not (token := self._young_token(client_id)):
            form = {
                "grant_type": "client_credentials",
                "client_id": client_id,
                "client_secret": client_secret,
                "scope": "https://graph.microsoft.com/.default",
            }
            url = f"{self.facts['login_root']}/{self.facts['tenant_id']}/oauth2/v2.0/token"
            answer = self._session.post(url, data=form, verify=self.ca_file, timeout=20)
            answer.raise_for_status()
            token = self._keep_token(client_id, answer.json()["access_token"])
        return token

    def user_token(self, role: str) -> str:
        """A bearer of the person with that role."""
        if not (token := self._young_token(role)):
            answer = self.practice("POST", "token", params={"user": self.user(role)})
            token = self._keep_token(role, answer.json()["access_token"])
        return token

    def _young_token(self, of: str) -> str:
        """Empty where there is none that lasts for a while: a campaign goes on for longer than any token does."""
        token, begun = self._tokens.get(of, ("", 0.0))
        return token if time.monotonic() < begun + TOKEN_SECONDS else ""

    def _keep_token(self, of: str, token: str) -> str:
        self._tokens[of] = (token, time.monotonic())
        return token

    def graph(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        expect: int | None = None,
        **more: Any,
    ) -> requests.Response:
        """Ask Graph; `path` is under /v1.0/, or a whole next link. The visitor asks unless a token is given."""
        headers = {"Authorization": f"Bearer {token or self.visitor_token()}", **more.pop("headers", {})}
        url = path if path.startswith("https://") else f"{self.facts['graph_root']}v1.0/{path.lstrip('/')}"
        answer = self._session.request(
            method,
            url,
            headers=headers,
            verify=self.ca_file,
            **{"timeout": 20, "allow_redirects": False, **more},
        )
        if expect is not None and answer.status_code != expect:
            raise AssertionError(f"{method} {path} answered {answer.status_code}: {answer.text[:600]}")
        if self.check_answer is not None:
            self.check_answer(method, answer)
        return answer

    def practice(
        self,
        method: str,
        path: str,
        **more: Any,
    ) -> requests.Response:
        """Use a practice control; anything but success is an error."""
        url = urljoin(self.facts["graph_root"], f"practice/{path.lstrip('/')}")
        answer = self._session.request(method, url, verify=self.ca_file, **{"timeout": 60, **more})
        if not answer.ok:
            raise AssertionError(f"{method} {path} answered {answer.status_code}: {answer.text[:600]}")
        return answer

    def fetch(self, address: str) -> bytes:
        """What lies at an address that was handed out for it: no token is asked for."""
        return self._session.get(address, verify=self.ca_file, timeout=20).content

    def reset(self) -> None:
        """Back to the checkpoint: the fresh tenant, unless checkpoint() moved it."""
        self.practice("POST", "reset")
        self._tokens.clear()

    def checkpoint(self) -> None:
        """Let reset() return to what stands now."""
        self.practice("POST", "checkpoint")

    def set_clock(self, moment: datetime | str) -> None:
        now = moment if isinstance(moment, str) else moment.isoformat()
        self.practice("PUT", "clock", json={"now": now})

    def set_faults(self, *faults: dict[str, Any]) -> None:
        """Cause trouble, such as {"method": "POST", "path": "*/send", "fault": "lost", "times": 1}; none ends it."""
        self.practice("PUT", "faults", json=list(faults))

    def deliver(self, raw: bytes, *, sender: str, to: str) -> None:
        """A mail from the internet arrives."""
        self.practice("POST", "deliver", params={"from": sender, "to": to}, data=raw)

    def outbox(self) -> list[dict[str, Any]]:
        """The mail that left the tenant."""
        entries: list[dict[str, Any]] = self.practice("GET", "outbox").json()
        return entries

    def recorded(self) -> list[dict[str, Any]]:
        """What was asked since the start, the last reset or the last forget_recorded()."""
        entries: list[dict[str, Any]] = self.practice("GET", "requests").json()
        return entries

    def forget_recorded(self) -> None:
        self.practice("DELETE", "requests")


def _session() -> requests.Session:
    """A session that keeps its connections and asks no environment about proxies: both cost more than an answer."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", HTTPAdapter(pool_maxsize=4))
    return session
