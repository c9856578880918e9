"""A trust is updated host by host: hosts of before end by themselves, and change nothing that a newer one has written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.errors import JournalError, NewerJournalError
from connectors.journal import open_journal, open_turns
from connectors.journal.database import engine_for, let_go_of, place_of
from connectors.journal.versions import VERSIONS, bring_up_to_date
from offices.timetable import Timetable
from offices.trust import run_trust
from offices.turns import leased
from tests.contracts.journal.conftest import OpenJournal
from tests.journals import CHAIN_KEY, case
from tests.unit.journal.test_versions import migrations_with

PATIENCE = 60
MORE = "op.add_column('cases', sa.Column('colour', sa.Text, nullable=False, server_default='none'))"


def a_newer_casework_starts(url: str, folder: Path) -> None:
    """As the first host does that was updated."""
    place = place_of(url)
    engine = engine_for(place, patience=PATIENCE)
    try:
        newer = migrations_with(folder, trouble=MORE)
        bring_up_to_date(engine, place, migrations=newer, versions=(*VERSIONS, "9999"))
    finally:
        let_go_of(engine, place)


def test_a_sweep_of_before_writes_nothing_more(
    journal_url: str, open_school: OpenJournal, tmp_path: Path
) -> None:
    journal = open_school()

    def is_swept() -> None:
        with leased(journal, "TIS", wait=1):
            with journal.transaction() as transaction:
                transaction.cases.save(case())
            a_newer_casework_starts(journal_url, tmp_path)
            with journal.transaction() as transaction:
                transaction.cases.save(case(says="The old host has forgotten what it does not know."))

    with pytest.raises(NewerJournalError, match="version 9999") as error:
        is_swept()
    assert "Update the program" in str(error.value)

    with journal.transaction() as transaction:
        assert transaction.cases.all() == (case(),)
    assert journal.turns.take("TIS", holder="a newer host", seconds=60)


def test_nothing_more_is_handed_out_by_a_host_of_before(journal_url: str, tmp_path: Path) -> None:
    turns = open_turns(journal_url)
    try:
        assert turns.take_slot("sweep", 2.0)
        a_newer_casework_starts(journal_url, tmp_path)
        with pytest.raises(NewerJournalError):
            turns.take_slot("sweep", 2.0)
    finally:
        turns.close()


def test_a_pc_begins_no_sweep_once_its_journal_is_newer(tmp_path: Path) -> None:
    file = tmp_path / "on-one-pc.sqlite"
    with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as journal:
        journal.refuse_newer()
        a_newer_casework_starts(f"sqlite:///{file}", tmp_path)
        with pytest.raises(NewerJournalError):
            journal.refuse_newer()


@contextmanager
def a_host_at_work(url: str, folder: Path) -> Iterator[tuple[threading.Thread, list[BaseException]]]:
    """A worker of a trust, in a thread; and what ended it."""
    stop, ended = threading.Event(), list[BaseException]()
    timetable = Timetable(jobs=(), run_once=lambda *_: pytest.fail("there is no school"))

    def works() -> None:
        try:
            run_trust(folder, timetable, engine=url, at_once=1, told=lambda _: None, stop=stop)
        except JournalError as error:
            ended.append(error)

    host = threading.Thread(target=works)
    host.start()
    try:
        yield host, ended
    finally:
        stop.set()
        host.join(PATIENCE)


def test_a_worker_of_before_ends_and_says_what_to_do_and_cannot_be_started_again(
    postgresql_url: str, tmp_path: Path
) -> None:
    schools = tmp_path / "schools"
    schools.mkdir()
    with a_host_at_work(postgresql_url, schools) as (host, ended):
        host.join(3)
        assert host.is_alive()

        a_newer_casework_starts(postgresql_url, tmp_path)
        host.join(PATIENCE)

    assert [type(error) for error in ended] == [NewerJournalError]
    assert "Update the program on this machine and start it again" in str(ended[0])
    with a_host_at_work(postgresql_url, schools) as (host, ended):
        host.join(PATIENCE)
    assert "newer than this Casework" in str(ended[0])
