"""PostgreSQL restarts, drops its connections or sends work back in the middle of sweeps: nothing is lost or doubled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, event, text

import schedule
from casework.errors import CaseworkError, JournalBusyError
from offices.office import Office
from tests.journals import RunningServer, new_database, postgresql_missing, restartable_server
from tests.school import SchoolAtWork
from workflows.job_report import JobReport


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    if missing := postgresql_missing():
        pytest.skip(missing)
    with restartable_server() as running:
        yield running


@pytest.fixture
def on_a_server(
    school: SchoolAtWork, server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SchoolAtWork]:
    """The school with its journal on a server; nobody waits a minute for a turn that was not given back."""
    monkeypatch.setattr("offices.turns.LEASE", 1.5)
    school.office.journal.close()
    settings = school.settings
    moved = settings.parent / "server.toml"
    without = re.sub(r"^\[journal\]\n(?:.+\n)*", "", settings.read_text(), flags=re.MULTILINE)
    moved.write_text(f'{without}\n[journal]\nurl = "{new_database(server.address)}"\n')
    school.settings = moved
    school.restart()
    school.office.begin()
    school.at("2026-11-23T09:05:00+00:00")
    try:
        yield school
    finally:
        school.office.journal.close()
        school.settings = settings
        school.restart()


def _trouble_at(school: SchoolAtWork, trouble: Callable[[], None], when: Callable[[int], bool]) -> list[int]:
    """Let trouble come at every beginning and commit of which `when` is true; returns which it struck."""
    struck: list[int] = []
    count = 0

    def on_statement(*_: object) -> None:
        nonlocal count
        count += 1
        if when(count):
            struck.append(count)
            trouble()

    for moment in ("before_cursor_execute", "commit"):
        event.listen(school.office.journal._engine, moment, on_statement)
    return struck


def _cut_off(server: RunningServer) -> None:
    engine = create_engine(f"{server.address}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        )
    engine.dispose()


def _sweep_until_done(school: SchoolAtWork) -> None:
    """As a service does: what a sweep could not do, the next one does."""
    for _ in range(40):
        try:
            report = school.once()
            with school.office.journal.transaction() as transaction:
                left = transaction.outbox_view.unfinished()  # who looks may be struck too
        except CaseworkError:
            continue
        if not report.failed and not left and len(school.rows()) == 1:
            return
    raise AssertionError("the trouble was never over")


def _all_is_there_once(school: SchoolAtWork) -> None:
    assert len(school.rows()) == 1
    assert len(school.messages("teacher")) == 1, "thanked once"
    told = [subject.partition(" ")[0] for subject in school.subjects("headteacher")]
    assert told in (["New"], ["New", "Casework"]), "told once, and at most one morning mail"
    assert school.office.journal.verify().holds
    assert not school.messages("reports"), "the report is filed"


def test_a_report_is_taken_in_once_although_every_connection_is_cut_again_and_again(
    on_a_server: SchoolAtWork, server: RunningServer
) -> None:
    on_a_server.teacher_forwards("Look what stands on Facebook: https://www.facebook.com/tillbrook/posts/1")
    struck = _trouble_at(on_a_server, lambda: _cut_off(server), lambda n: n % 17 == 0 and n < 150)
    _sweep_until_done(on_a_server)
    assert len(struck) >= 4
    _all_is_there_once(on_a_server)


@pytest.mark.soak
@pytest.mark.parametrize("moment", [3, 20, 40, 60, 80, 100])
def test_a_server_that_restarts_in_the_middle_of_a_sweep_costs_nothing(
    on_a_server: SchoolAtWork, server: RunningServer, moment: int
) -> None:
    on_a_server.teacher_forwards("Look what stands on Facebook: https://www.facebook.com/tillbrook/posts/1")
    struck = _trouble_at(on_a_server, server.restart, lambda n: n == moment)
    _sweep_until_done(on_a_server)
    assert struck == [moment]
    _all_is_there_once(on_a_server)


def test_a_step_that_the_database_sends_back_is_done_again_in_the_same_sweep() -> None:
    tries = []

    def step(*_: object) -> JobReport:
        tries.append(1)
        if len(tries) < 3:
            raise JournalBusyError("busy")
        return JobReport(changes=1)

    office = object.__new__(Office)
    assert schedule._done(step, office, now=None).changes == 1  # type: ignore[arg-type]  # the step asks for neither
    assert len(tries) == 3
