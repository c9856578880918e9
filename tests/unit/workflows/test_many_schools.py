"""One host works for many schools: each has its own troubles, its own jobs' times and its own pace."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from casework.errors import ConnectorError, JournalError
from connectors.journal import SqlTurns, open_turns
from connectors.microsoft365.connection import AT_ONCE
from offices.office import Office
from offices.timetable import SweepReport, Timetable, TimetableJob
from offices.trust import Trust
from tests.unit.settings.test_schools import add
from tests.unit.settings.test_schools import schools as schools  # noqa: PLC0414 - a fixture

CALENDAR = Path(__file__).parents[3] / "connectors" / "calendar_files" / "practice-term-dates.toml"
Sweep = Callable[[Office, tuple[TimetableJob, ...]], SweepReport]
QUIET = SweepReport(changes=0, failed=(), problems=())


class Host:
    """A host of which only the jobs themselves are not real."""

    def __init__(self, folder: Path, turns: SqlTurns) -> None:
        self.told: list[str] = []
        self.ran: list[tuple[str, tuple[str, ...]]] = []
        self.answers: dict[str, SweepReport | Exception] = {}
        jobs = tuple(
            TimetableJob(name=name, every=timedelta(minutes=minutes), sweep=_never)
            for name, minutes in (("open_cases", 1), ("report_day", 5))
        )
        timetable = Timetable(jobs=jobs, run_once=self._run)
        self.trust = Trust(folder, timetable, turns=turns, engine=_journal_of(folder), told=self.told.append)

    def _run(self, office: Office, jobs: tuple[TimetableJob, ...]) -> SweepReport:
        code = office.school.code
        self.ran.append((code, tuple(job.name for job in jobs)))
        answer = self.answers.get(code, QUIET)
        if isinstance(answer, Exception):
            raise answer
        return answer


def _journal_of(folder: Path) -> str:
    """The database of the trust; a file stands in for the server."""
    return f"sqlite:///{folder / 'journal.sqlite'}"


def _never(office: object, now: object) -> None:  # type: ignore[return]
    raise AssertionError("the timetable runs the jobs")


@pytest.fixture
def turns(tmp_path: Path) -> Iterator[SqlTurns]:
    opened = open_turns(f"sqlite:///{tmp_path / 'turns.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def host(schools: Path, turns: SqlTurns) -> Iterator[Host]:
    shared = schools / "trust.toml"
    text = shared.read_text().replace("postgresql+psycopg://server/trust", _journal_of(schools))
    shared.write_text(text)
    shutil.copy(CALENDAR, schools / "term-dates.toml")
    made = Host(schools, turns)
    made.trust.look()
    yield made
    made.trust.close()


def test_a_look_runs_the_quick_jobs_each_time_and_the_others_when_their_time_has_come(host: Host) -> None:
    host.trust.sweep("OAK")
    host.trust.sweep("OAK")
    host.trust.sweep("ELM")

    assert host.ran == [
        ("OAK", ("open_cases", "report_day")),
        ("OAK", ("open_cases",)),
        ("ELM", ("open_cases", "report_day")),
    ]


def test_trouble_at_one_school_is_told_once_and_its_jobs_are_due_again(host: Host, turns: SqlTurns) -> None:
    host.answers["OAK"] = ConnectorError("The consent was taken back. Grant it again.")
    host.trust.sweep("OAK")
    host.trust.sweep("OAK")
    host.trust.sweep("ELM")

    assert host.told == ["OAK: The consent was taken back. Grant it again."]
    assert host.ran[1] == ("OAK", ("open_cases", "report_day"))
    assert turns.ago("OAK") == {}

    host.answers["OAK"] = QUIET
    host.trust.sweep("OAK")
    host.answers["OAK"] = ConnectorError("The consent was taken back. Grant it again.")
    host.trust.sweep("OAK")
    assert len(host.told) == 2


def test_a_school_with_news_is_due_before_one_that_is_quiet(host: Host, turns: SqlTurns) -> None:
    host.answers["OAK"] = SweepReport(changes=3, failed=(), problems=())
    host.trust.sweep("ELM")
    host.trust.sweep("OAK")
    assert turns.due(10) == ()

    turns.look_now("ELM")
    turns.look_now("OAK")

    assert [(one.code, one.urgent) for one in turns.due(10)] == [("OAK", True), ("ELM", False)]


def test_a_school_that_is_paused_is_not_swept_and_a_new_one_is_without_a_restart(
    host: Host, schools: Path
) -> None:
    (schools / "oakfield.toml").rename(schools / "oakfield.toml.paused")
    add(schools, "ashdown", "ASH")
    host.trust.look()

    host.trust.sweep("OAK")
    host.trust.sweep("ASH")

    assert [code for code, _ in host.ran] == ["ASH"]


def test_a_school_that_cannot_be_opened_is_told_and_stops_no_other(host: Host, schools: Path) -> None:
    (schools / "elmwood.key").mkdir()
    host.trust.sweep("ELM")
    host.trust.sweep("OAK")

    assert [code for code, _ in host.ran] == ["OAK"]
    assert len(host.told) == 1
    assert host.told[0].startswith("ELM: ")
    assert "elmwood.key" in host.told[0]


@pytest.mark.parametrize("school_waits", [False, True])
def test_a_fault_of_ours_at_one_school_is_told_and_stops_no_other_of_its_tenant(
    host: Host, turns: SqlTurns, school_waits: bool
) -> None:
    host.answers["OAK"] = ZeroDivisionError("Robin Ashdown's mail")
    for _ in range(AT_ONCE + 1):
        if school_waits:
            turns.look_now("OAK")
            host.trust._lines._waiting = {host.trust._tenant_of("ELM"): OrderedDict(OAK=None)}
            host.trust.sweep("ELM")
        else:
            host.trust.sweep("OAK")
    before = len(host.ran)
    host.trust.sweep("ELM")

    assert [code for code, _ in host.ran[before:]] == ["ELM"]
    [said] = host.told
    assert said.startswith("OAK: ZeroDivisionError in test_many_schools.py, line ")
    assert "Ashdown" not in said
    assert "OAK" not in {one.code for one in turns.due(10)}, "it is tried again, but not at once"


def test_a_moment_without_the_database_costs_a_tenant_none_of_its_places(
    host: Host, turns: SqlTurns, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_away(*_: object, **__: object) -> None:
        raise JournalError("The server cannot be reached.")

    with monkeypatch.context() as away:
        away.setattr(SqlTurns, "note", is_away)
        for _ in range(AT_ONCE + 1):
            host.trust.sweep("OAK")
    before = len(host.ran)
    host.trust.sweep("ELM")

    assert [code for code, _ in host.ran[before:]] == ["ELM"]
    assert set(host.told) == {"OAK: The server cannot be reached."}


def test_a_school_with_a_journal_of_its_own_is_not_worked_for_by_the_trust(host: Host, schools: Path) -> None:
    text = (schools / "oakfield.toml").read_text()
    (schools / "oakfield.toml").write_text(
        f'{text}\n[journal]\nurl = "postgresql://other.example/casework"\n'
    )
    host.trust.look()
    host.trust.sweep("OAK")
    host.trust.sweep("ELM")

    assert [code for code, _ in host.ran] == ["ELM"]
    [said] = host.told
    assert "oakfield.toml: its journal is not in the database that --engine names" in said


def test_schools_that_come_at_the_same_moment_are_looked_at_all_through_the_two_minutes(
    host: Host, schools: Path, tmp_path: Path
) -> None:
    for number in range(24):
        add(schools, f"school{number}", f"SP{chr(65 + number)}")
    host.trust.look()

    with closing(sqlite3.connect(tmp_path / "turns.sqlite")) as rows:
        moments = [at for (at,) in rows.execute("SELECT look_at FROM turns WHERE school LIKE 'SP%'")]
    in_each_half_minute = Counter((at - min(moments)) // 30 for at in moments)
    assert len(moments) == 24
    assert len(in_each_half_minute) == 4
    assert max(in_each_half_minute.values()) <= 12


def test_schools_whose_folder_is_suddenly_empty_rest_and_that_is_told_once(host: Host, schools: Path) -> None:
    away = schools.rename(schools.with_name("not-mounted"))
    schools.mkdir()
    host.trust.look()
    host.trust.look()
    host.trust.sweep("OAK")
    assert host.ran == []
    assert len(host.told) == 1
    assert "mounted" in host.told[0]

    schools.rmdir()
    away.rename(schools)
    host.trust.look()
    host.trust.sweep("OAK")
    assert [code for code, _ in host.ran] == ["OAK"]


def test_a_changed_file_counts_at_the_next_sweep(host: Host, schools: Path) -> None:
    names: list[str] = []
    run = host._run
    host.trust._timetable = Timetable(
        jobs=host.trust._timetable.jobs,
        run_once=lambda office, jobs: names.append(office.school.name) or run(office, jobs),  # type: ignore[func-returns-value]
    )
    host.trust.sweep("OAK")
    path = schools / "oakfield.toml"
    path.write_text(path.read_text().replace("Tillbrook Infant School", "Oakfield Infant School"))
    host.trust.look()
    host.trust.sweep("OAK")

    assert names == ["Tillbrook Infant School", "Oakfield Infant School"]


def test_a_tenant_with_many_schools_leaves_threads_for_the_schools_of_other_tenants(
    schools: Path, host: Host, turns: SqlTurns
) -> None:
    for number in range(8):
        add(schools, f"trust{number}", f"TR{chr(65 + number)}")
    elm = schools / "elmwood.toml"
    elm.write_text(elm.read_text().replace("[microsoft365]", '[microsoft365]\ntenant_id = "another"'))
    host.trust.look()
    at_work, over = threading.Semaphore(0), threading.Event()
    run = host._run

    def slow(office: Office, jobs: tuple[TimetableJob, ...]) -> SweepReport:
        at_work.release()
        if office.school.code != "ELM":
            over.wait(10)
        return run(office, jobs)

    host.trust._timetable = Timetable(jobs=host.trust._timetable.jobs, run_once=slow)
    codes = ["OAK", *(f"TR{chr(65 + number)}" for number in range(8))]
    for code in codes:
        turns.look_now(code)
    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(host.trust.sweep, code) for code in codes]
        for _ in range(3):
            assert at_work.acquire(timeout=10)
        threads.submit(host.trust.sweep, "ELM").result(10)
        assert [code for code, _ in host.ran] == ["ELM"]
        over.set()
        for one in asked:
            one.result(10)

    assert sorted(code for code, _ in host.ran) == sorted([*codes, "ELM"])
