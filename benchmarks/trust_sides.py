"""What `benchmarks/trust.py` measures with: a trust of copied schools, its hosts, and what they cost the machine."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

import schedule
from connectors.journal.schema import metadata
from connectors.settings_file import SchoolFolder, Settings
from offices.office import MachineClock, Office
from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.scenarios.test_a_trust import settings_in_a_trust
from tests.school import SchoolAtWork

ROOT = Path(__file__).resolve().parents[1]
EVERY = 120
HOST = (
    "from datetime import timedelta\n"
    "import casework.pacing as pacing\n"
    "pacing.IN_SCHOOL_HOURS = pacing.ON_A_DAY_OFF = pacing.AT_NIGHT = timedelta(seconds=%d)\n"
    "from benchmarks.trust_sides import as_a_real_school; as_a_real_school()\n"
    "%s\n"
    "import sys; from pathlib import Path; from command_line.trust import run_host\n"
    "run_host(Path(sys.argv[1]), engine=sys.argv[2], at_once=int(sys.argv[3]))"
)
"""A host that looks at every school so often, whatever hour and day it is measured at."""
WATCH = """
CREATE TABLE seen (at float8 NOT NULL, school text NOT NULL, late float8 NOT NULL, holder text NOT NULL);
CREATE TABLE ended (at float8 NOT NULL, school text NOT NULL);
CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moment float8 := extract(epoch FROM clock_timestamp());
BEGIN
  IF NEW.holder IS NOT NULL AND NEW.holder IS DISTINCT FROM OLD.holder THEN
    INSERT INTO seen VALUES (moment, NEW.school, moment - OLD.look_at, NEW.holder);
  ELSIF NEW.holder IS NULL AND OLD.holder IS NOT NULL THEN
    INSERT INTO ended VALUES (moment, NEW.school);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER watch AFTER UPDATE ON turns FOR EACH ROW EXECUTE FUNCTION watch();
"""
"""The database itself notes who takes a school and how late: nothing in the hosts is measured from inside."""
TICKS = os.sysconf("SC_CLK_TCK")


def as_a_real_school() -> None:
    """Go by the machine's clock and tell no page: a real school asks nothing of a practice tenant's controls."""
    Office.clock = property(lambda _: MachineClock())  # type: ignore[assignment, method-assign]
    Office.practice_log = None  # type: ignore[assignment]


def code_of(number: int) -> str:
    """AAAA, AAAB and so on."""
    letters = ""
    for _ in range(4):
        number, letter = divmod(number, 26)
        letters = chr(65 + letter) + letters
    return letters


@dataclass(kw_only=True)
class Trust:
    """A folder of schools in a few practice tenants, with a journal on a PostgreSQL."""

    folder: Path
    url: str
    tenants: list[PracticeServer] = field(default_factory=list)
    hosts: list[subprocess.Popen[bytes]] = field(default_factory=list)
    postmaster: int = 0
    every: int = EVERY

    def sql(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        engine = create_engine(self.url)
        try:
            with engine.begin() as connection:
                found = connection.execute(text(statement), values)
                return [tuple(row) for row in found] if found.returns_rows else []
        finally:
            engine.dispose()

    def start_host(self, *, at_once: int, also: str = "") -> subprocess.Popen[bytes]:
        log = (self.folder.parent / f"host-{len(self.hosts)}.log").open("wb")
        command = [sys.executable, "-c", HOST % (self.every, also), str(self.folder), self.url, str(at_once)]
        host = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        self.hosts.append(host)
        return host

    def stop_hosts(self) -> None:
        for host in self.hosts:
            host.terminate()
        for host in self.hosts:
            try:
                host.wait(60)
            except subprocess.TimeoutExpired:
                host.kill()
                host.wait()
        self.hosts.clear()


@contextmanager
def trust_of(schools: int, folder: Path, url: str, *, tenants: int, latency: int) -> Iterator[Trust]:
    """Lay out a trust: one real school for each tenant, swept until it is idle; the others have copies of its rows."""
    with ExitStack() as stack:
        made = Trust(folder=folder / "schools", url=url)
        made.folder.mkdir()
        (made.folder / "trust.toml").write_text(
            f'[journal]\nurl = "{url}"\n[microsoft365]\nsharepoint_units = 100000\n'
        )
        for number in range(tenants):
            state = folder / f"tenant-{number}"
            practice = stack.enter_context(practice_school(state))
            server = PracticeServer(state)
            server.facts = practice.child.facts
            made.tenants.append(server)
            school = SchoolAtWork(server, practice.settings_file, practice.tenant)
            school.put_file(
                "policies", "Acceptable Use.txt", b"Acceptable Use Policy\nNext review: March 2027\n"
            )
            codes = [code_of(one) for one in range(number, schools, tenants)]
            for code in codes:
                text_of = settings_in_a_trust(school, code)
                (made.folder / f"{code.lower()}.toml").write_text(
                    f'{text_of}\n[journal]\nkey = "{folder}/one.key"\n'
                )
            practice.office.journal.close()
            school.office.journal.close()
            settle(made.folder, codes[0])
            multiply(made, codes)
            server.practice("PUT", "line", json={"latency_ms": latency})
        made.sql(WATCH)
        try:
            yield made
        finally:
            made.stop_hosts()


def settle(folder: Path, code: str) -> None:
    """Sweep one school until nothing is new."""
    office = Office(settings_of(folder, code))
    office.begin()
    for _ in range(3):
        report = schedule.run_once(office)
        assert not report.failed, report.failed
    office.journal.close()


def settings_of(folder: Path, code: str) -> Settings:
    (found,) = [one for one in SchoolFolder(folder).look() if one.path.stem == code.lower()]
    assert found.settings, found.problem
    return found.settings


def multiply(trust: Trust, codes: list[str]) -> None:
    """Give every other school the rows of the first, and all of them turns spread over the two minutes."""
    engine = create_engine(trust.url)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns]
            of = {"schools": "code"}.get(table.name, "school")
            if of in names and table.name != "turns":
                copy_rows(connection, table.name, of, names, codes)
        lay_out_turns(connection, codes)
    engine.dispose()


def copy_rows(connection: Connection, table: str, of: str, names: list[str], codes: list[str]) -> None:
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join("c.code" if name == of else f't."{name}"' for name in names)
    connection.execute(
        text(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} t "  # noqa: S608 - our own tables
            f'CROSS JOIN unnest(cast(:codes AS text[])) AS c(code) WHERE t."{of}" = :first'
        ),
        {"codes": codes[1:], "first": codes[0]},
    )


def lay_out_turns(connection: Connection, codes: list[str]) -> None:
    chance = random.Random(1)  # noqa: S311 - a spread, no secret
    now = time.time()
    connection.execute(text("DELETE FROM turns WHERE school = ANY(:codes)"), {"codes": codes})
    for code in codes:
        ran = {job.name: now - chance.random() * job.every.total_seconds() for job in schedule.JOBS}
        connection.execute(
            text("INSERT INTO turns (school, look_at, urgent, ran) VALUES (:code, :at, 0, :ran)"),
            {"code": code, "at": now + chance.random() * EVERY, "ran": json.dumps(ran)},
        )


def processor_seconds(pid: int) -> float:
    """Of a process and those of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(fields[number]) for number in (11, 12, 13, 14)) / TICKS


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in found.split()]


def tree_seconds(pid: int) -> float:
    return processor_seconds(pid) + sum(processor_seconds(child) for child in children_of(pid))


def megabytes(pid: int) -> float:
    """A process's share of the memory: what it shares with others counts in part."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
