"""A trust: several schools on several hosts; a host that dies or hangs loses nothing and doubles nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner

from command_line.app import app
from offices.practice_school import practice_school
from tests.journals import new_database, postgresql_missing, postgresql_server
from tests.practice import REPOSITORY, PracticeServer
from tests.school import MONDAY, SchoolAtWork

CODES = ("OAK", "ELM")
PATIENCE = 400
HOST = (
    "from datetime import timedelta\n"
    "import casework.pacing, connectors.engine.trust, offices.trust, offices.turns\n"
    "casework.pacing.AFTER_NEWS = casework.pacing.IN_SCHOOL_HOURS = timedelta(seconds=1)\n"
    "offices.trust.AFTER_TROUBLE = timedelta(seconds=2)\n"
    "offices.trust.IN_SCHOOL_HOURS = timedelta(seconds=1)\n"  # what the first looks at the schools are spread over
    "connectors.engine.trust.SLOT, offices.turns.LEASE = 1, 4.0\n"
    "from command_line import main; main()"
)
"""A host whose clock is quicker than a school's, so that nobody waits for it."""


class Trust:
    """The schools of a trust and the hosts that work for them."""

    def __init__(self, folder: Path, engine: str, schools: dict[str, SchoolAtWork]) -> None:
        self.folder = folder
        self.engine = engine
        self.schools = schools
        self.hosts: list[subprocess.Popen[bytes]] = []

    def start_host(self) -> subprocess.Popen[bytes]:
        log = (self.folder.parent / f"host-{len(self.hosts)}.log").open("wb")
        command = [sys.executable, "-c", HOST]
        command += ["--settings", str(self.folder), "run", "--engine", self.engine]
        host = subprocess.Popen(command, cwd=REPOSITORY, stdout=log, stderr=subprocess.STDOUT)
        self.hosts.append(host)
        return host

    def told(self) -> str:
        return "\n".join(log.read_text(errors="replace") for log in self.folder.parent.glob("host-*.log"))


def wait_for(happened: Callable[[], bool], what: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < limit, f"{what}: not after {PATIENCE} seconds"
        time.sleep(0.3)


def settings_in_a_trust(school: SchoolAtWork, code: str) -> str:
    """The school's settings as they stand in the trust's folder: paths from there, and a journal on the server."""
    text = school.settings.read_text(encoding="utf-8")
    state = school.settings.parent
    text = re.sub(r'code = "TIS"', f'code = "{code}"', text)
    text = re.sub(r'^(ca_file|file|templates) = "([^"/]+)"', rf'\1 = "{state}/\2"', text, flags=re.MULTILINE)
    text = re.sub(r'\{ file = "([^"/]+)" \}', rf'{{ file = "{state}/\1" }}', text)
    return re.sub(r"^\[journal\]\n(?:.+\n)*", "", text, flags=re.MULTILINE)


@pytest.fixture(params=[CODES], ids=["two schools"])
def trust(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Trust]:
    if missing := postgresql_missing():
        pytest.skip(missing)
    with ExitStack() as stack:
        url = new_database(stack.enter_context(postgresql_server()))
        folder = tmp_path / "schools"
        folder.mkdir()
        (folder / "trust.toml").write_text(f'[journal]\nurl = "{url}"\n')
        schools = {}
        for code in request.param:
            state = tmp_path / code
            at_work = stack.enter_context(practice_school(state, now=MONDAY))
            server = PracticeServer(state)
            server.facts = at_work.child.facts
            schools[code] = SchoolAtWork(server, at_work.settings_file, at_work.tenant)
            at_work.office.journal.close()
            (folder / f"{code.lower()}.toml").write_text(settings_in_a_trust(schools[code], code))
        made = Trust(folder, url, schools)
        yield made
        for host in made.hosts:
            if host.poll() is None:
                os.kill(host.pid, signal.SIGCONT)
                host.terminate()
                host.wait(30)
        for school in schools.values():
            school.office.journal.close()


def forward(trust: Trust, number: int) -> None:
    for school in trust.schools.values():
        school.teacher_forwards(f"Seen on https://www.facebook.com/groups/tillbrook/posts/{number}")


def wait_for_cases(trust: Trust, number: int) -> None:
    """Until each school has so many cases and has thanked the teacher once for each."""

    def all_thanked(code: str, school: SchoolAtWork) -> bool:
        numbers = sorted(str(row["Reference"]) for row in school.rows())
        thanks = [subject for subject in school.subjects("teacher") if f"[{code}-2026-" in subject]
        return numbers == [f"{code}-2026-{n:04d}" for n in range(1, number + 1)] and len(thanks) == number

    for code, school in trust.schools.items():
        wait_for(lambda code=code, school=school: all_thanked(code, school), f"{number} case(s) of {code}")  # type: ignore[misc]  # bound at once


@pytest.mark.parametrize("trust", [CODES[:1]], indirect=True, ids=["one school"])
def test_a_host_that_is_killed_is_followed_by_the_next_while_a_file_of_another_school_is_broken(
    trust: Trust,
) -> None:
    (trust.folder / "ash.toml").write_text("[school]\ncode = 'ASH'\n")
    forward(trust, 1)
    killed = trust.start_host()
    wait_for_cases(trust, 1)
    assert "ash.toml" in trust.told()

    killed.kill()
    forward(trust, 2)
    trust.start_host()

    wait_for_cases(trust, 2)


@pytest.mark.parametrize("trust", [CODES[:1]], indirect=True, ids=["one school"])
def test_a_host_starts_with_the_calendar_that_was_read_last_where_the_file_is_broken(trust: Trust) -> None:
    forward(trust, 1)
    first = trust.start_host()
    wait_for_cases(trust, 1)
    first.kill()
    (school,) = trust.schools.values()
    (school.settings.parent / "term-dates.toml").write_text("[[term]]\nstart = 'soon'\n", encoding="utf-8")
    forward(trust, 2)

    trust.start_host()

    wait_for_cases(trust, 2)
    status = CliRunner().invoke(app, ["--settings", str(trust.folder / "oak.toml"), "status"])
    assert "The term calendar that was last read still counts" in " ".join(status.output.split())
    assert status.exit_code == 1


@pytest.mark.soak
def test_two_hosts_work_for_every_school_whatever_breaks_at_one(trust: Trust) -> None:
    (trust.folder / "ash.toml").write_text("[school]\ncode = 'ASH'\n")
    forward(trust, 1)
    killed, hung = trust.start_host(), trust.start_host()
    wait_for_cases(trust, 1)
    assert "ash.toml" in trust.told()

    killed.kill()
    forward(trust, 2)
    wait_for_cases(trust, 2)

    os.kill(hung.pid, signal.SIGSTOP)
    forward(trust, 3)
    trust.start_host()
    wait_for_cases(trust, 3)
    os.kill(hung.pid, signal.SIGCONT)

    forward(trust, 4)
    wait_for_cases(trust, 4)
    time.sleep(2)
    wait_for_cases(trust, 4)
