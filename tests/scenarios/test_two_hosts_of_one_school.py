"""Two hosts of a trust look at one school by turns: what one did the other sees, and neither repeats its work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casework.procedures import Procedures
from command_line.app import app
from connectors.procedure_files import procedure_from_text
from tests.journal_stores import JournalOnServer, settings_on_a_server
from tests.journals import new_database, postgresql_missing, postgresql_server
from tests.scenarios.test_nothing_new import TEN, swept
from tests.school import SchoolAtWork


@pytest.fixture
def hosts(school: SchoolAtWork) -> Iterator[tuple[SchoolAtWork, SchoolAtWork]]:
    if missing := postgresql_missing():
        pytest.skip(missing)
    with postgresql_server() as server:
        url = new_database(server)
        JournalOnServer(url=url).begin_anew()
        settings = settings_on_a_server(school.settings, url)
        pair = [SchoolAtWork(school.server, settings, school.places) for _ in range(2)]
        yield pair[0], pair[1]
        for host in pair:
            host.office.close_journal()


def come_to_rest(hosts: tuple[SchoolAtWork, SchoolAtWork]) -> None:
    """They look by turns; each notes how its looks went, which is the last that the other hears of."""
    hosts[0].at(TEN)
    for _ in range(5):
        for host in hosts:
            swept(host)
    assert [swept(host) for host in hosts] == [[], []]


def test_a_look_ends_early_on_either_host_until_the_other_or_a_command_has_written(
    hosts: tuple[SchoolAtWork, SchoolAtWork], tmp_path: Path
) -> None:
    first, second = hosts
    first.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    first.works()
    come_to_rest(hosts)

    first.teacher_forwards("Another post that somebody saw.")
    assert swept(second), "a report has come"
    assert swept(first), "the other host has opened a case"

    come_to_rest(hosts)
    typed = ("export", "TIS-2026-0001", "--for", "police", "--into", str(tmp_path))
    result = CliRunner().invoke(app, ["--settings", str(first.settings), *typed])
    assert result.exit_code == 0, result.output
    assert all(swept(host) for host in hosts)


def test_a_case_runs_on_by_its_version_on_a_host_that_started_before_the_procedure_was_changed(
    hosts: tuple[SchoolAtWork, SchoolAtWork],
) -> None:
    older, newer = hosts
    older.works()
    (today,) = older.office.procedures.current
    changed = procedure_from_text(f"{today.text}\n# as the governors agreed\n", name="posts by parents")
    newer.office.procedures = Procedures(current=(changed,))
    newer.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    newer.works()
    newer.staff_set(Parent="Mrs R Oakfield", ParentEmail="r.oakfield@parents.example", Target="school")
    newer.works()

    older.works()

    with older.office.journal.transaction() as transaction:
        (case,) = transaction.cases.all()
    assert case.procedure == changed.fingerprint
    assert older.office.procedures.of(case).text == changed.text
