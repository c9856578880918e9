"""Journals and records for tests: invented people, and a PostgreSQL of our own where one is installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine

from casework.cases import Case, CaseReference, StaffColumns, Target
from casework.letters import Fingerprint, Letter, LetterKind, LetterState
from casework.policy_documents import PolicyFacts, Precision, ReviewCycle, StatedDate
from casework.records import PolicyRecord, Sighting, SightingState

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASE = CaseReference("TIS-2026-0007")
CHAIN_KEY = bytes(range(32))


class SettableClock:
    """A machine's clock that a test moves."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


def sighting(key: str = "mail/AAA=", **changes: Any) -> Sighting:
    plain = Sighting(
        key=key,
        source_id="AAA=",
        seen_at=MONDAY + timedelta(minutes=1),
        received_at=MONDAY,
        state=SightingState.SEALED,
        kind="report",
        internet_message_id="report-1@tillbrook.example",
        sha256="ab" * 32,
        fingerprint="cd" * 32,
        sender="teacher@tillbrook.example",
        sealed_at="2026/TIS-2026-0007/1",
        facts={"words": ["APPROVE"], "depth": 2, "more": {"late": False, "none": None}},
    )
    return replace(plain, **changes)


def case(reference: str = CASE, **changes: Any) -> Case:
    staff = StaffColumns(
        parent="Robin Ashdown",
        target=Target.STAFF,
        categories=("harassment", "privacy"),
        talked_on=date(2026, 11, 25),
        continues=True,
    )
    plain = Case(
        reference=CaseReference(reference),
        reported_at=MONDAY,
        title="Facebook post, reported 23 November 2026",
        platform="Facebook",
        staff=staff,
    )
    return replace(plain, **changes)


def letter(key: str = "TIS/case/TIS-2026-0007/letter/invitation/1", **changes: Any) -> Letter:
    plain = Letter(
        key=key,
        case=CASE,
        kind=LetterKind.INVITATION,
        version=1,
        state=LetterState.WAITING,
        token="k3f9",
        subject_token="m2pq",
        approver="head@tillbrook.example",
        recipient="robin.ashdown@example.org",
        fingerprint=Fingerprint(
            recipients=("robin.ashdown@example.org",),
            subject="Invitation",
            body="ef" * 32,
            attachments=(("letter.pdf", "01" * 32),),
        ),
        requested_at=MONDAY,
    )
    return replace(plain, **changes)


def policy(file_id: str = "01ABC", **changes: Any) -> PolicyRecord:
    facts = PolicyFacts(
        title="Parental use of social networking",
        owner="Headteacher",
        last_update=None,
        next_review=StatedDate(
            text="September 2023",
            value="2023-09",
            precision=Precision.MONTH,
            from_=date(2023, 9, 1),
            to=date(2023, 9, 30),
        ),
        cycle=ReviewCycle(text="every two years", months=24),
        findings=("The last update has no date.",),
    )
    plain = PolicyRecord(
        file_id=file_id,
        path="Policies/social-networking.docx",
        etag='"{01ABC},3"',
        content_sha256="23" * 32,
        first_seen_at=MONDAY,
        read_at=MONDAY,
        facts=facts,
        previous_review_to=date(2021, 9, 30),
    )
    return replace(plain, **changes)


def postgresql_missing() -> str:
    """Why no PostgreSQL can be started here; empty if one can."""
    if os.name != "posix":
        return "PostgreSQL is started for tests on Linux only"
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg is not installed (extra 'trust')"
    if _programs() is None:
        return "PostgreSQL's server programs are not installed"
    return ""


@dataclass(frozen=True, kw_only=True)
class RunningServer:
    """A PostgreSQL of this test alone.

    Attributes:
        address: without a database.
        restart: as a crash and a start; every connection is lost.
    """

    address: str
    restart: Callable[[], None]


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL on loopback, thrown away afterwards; yields its address without a database."""
    with restartable_server() as running:
        yield running.address


@contextmanager
def restartable_server() -> Iterator[RunningServer]:
    """The same, for tests that stop it on purpose."""
    programs = _programs()
    assert programs is not None
    # Its socket's and folder's paths must be short and open to an account that is not root.
    folder = Path(tempfile.mkdtemp(prefix="casework-postgresql-"))
    try:
        account = _account_for(folder)
        yield from _running(programs, folder, account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str) -> str:
    """Make an empty database and return its address."""
    name = f"journal_{uuid4().hex}"
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
    engine.dispose()
    return f"{server}/{name}"


def _running(programs: Path, folder: Path, account: str | None) -> Iterator[RunningServer]:
    data, port = folder / "data", _free_port()

    def run(*command: str | Path) -> None:
        subprocess.run(
            [str(part) for part in command], check=True, capture_output=True, cwd=folder, user=account
        )

    run(programs / "initdb", "-D", data, "-U", "casework", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    start = ("-w", "-l", folder / "log", "-o", options)
    run(programs / "pg_ctl", "-D", data, *start, "start")

    def restart() -> None:
        run(programs / "pg_ctl", "-D", data, *start, "-m", "immediate", "restart")

    try:
        yield RunningServer(address=f"postgresql+psycopg://casework@127.0.0.1:{port}", restart=restart)
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) if os.name == "posix" else []
    on_path = shutil.which("initdb")
    return found[-1].parent if found else (Path(on_path).parent if on_path else None)


def _account_for(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: give the folder to another account then."""
    if os.geteuid() != 0:
        return None
    for account in ("postgres", "nobody"):
        with suppress(LookupError):
            shutil.chown(folder, user=account)
            return account
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
