"""What holds for a journal on a PostgreSQL server beyond the contract."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from casework.errors import JournalBusyError, JournalError
from connectors.journal import SqlJournal, open_journal
from tests.journals import CHAIN_KEY, MONDAY, case, new_database


@pytest.fixture
def url(postgresql: str) -> str:
    return new_database(postgresql)


@pytest.fixture
def server_journal(url: str) -> Iterator[SqlJournal]:
    with open_journal(url, school="TIS", chain_key=CHAIN_KEY) as journal:
        yield journal


def cut_off_everybody(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def test_a_lost_connection_is_named_and_the_next_transaction_goes_on(
    server_journal: SqlJournal, url: str
) -> None:
    def save_and_be_cut_off() -> None:
        with server_journal.transaction() as records:
            records.cases.save(case())
            cut_off_everybody(url)
            records.events.append("case.opened", at=MONDAY)

    with pytest.raises(JournalError, match="server"):
        save_and_be_cut_off()
    with server_journal.transaction() as records:
        assert records.cases.all() == ()
        records.cases.save(case())
    assert server_journal.verify().holds


def test_connections_that_were_cut_while_nobody_used_them_are_no_trouble(
    server_journal: SqlJournal, url: str
) -> None:
    with server_journal.transaction(), ExitStack() as at_once:
        for _ in range(3):
            at_once.enter_context(server_journal.turns._connected())
    cut_off_everybody(url)

    for place in ("1", "2", "3"):
        with server_journal.transaction() as records:
            records.cursors.put("place", place)


def test_a_transaction_that_the_server_sends_back_says_so_and_the_same_again_succeeds(
    server_journal: SqlJournal, url: str
) -> None:
    """Somebody else's transaction holds what ours wants, and wants what ours holds: PostgreSQL ends one of them."""
    with server_journal.transaction() as records:
        records.cursors.put("place", "before")
    engine = create_engine(url)
    ours_waits = threading.Event()

    def stand_in_the_way() -> None:
        with engine.begin() as other:
            other.execute(text("SELECT * FROM cursors FOR UPDATE"))
            ours_waits.set()
            time.sleep(0.3)
            other.execute(text("SELECT * FROM schools FOR UPDATE"))

    def save() -> None:
        with server_journal.transaction() as records:
            other.start()
            ours_waits.wait(10)
            records.cursors.put("place", "after")

    other = threading.Thread(target=stand_in_the_way)
    with pytest.raises(JournalBusyError, match="tried again"):
        save()
    other.join()
    engine.dispose()
    with server_journal.transaction() as records:
        assert records.cursors.get("place") == "before"
        records.cursors.put("place", "after")
    assert server_journal.verify().holds


def test_a_server_that_is_set_to_be_strict_sends_nothing_back(url: str) -> None:
    """Two schools read what the other writes: under the server's own strictest setting one would be sent back."""
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.exec_driver_sql(
            f"ALTER DATABASE \"{name}\" SET default_transaction_isolation = 'serializable'"
        )
    admin.dispose()
    with open_journal(url, school="TIS", chain_key=CHAIN_KEY) as journal, journal.transaction() as records:
        assert records.connection.scalar(text("SHOW transaction_isolation")) == "read committed"


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    url = "postgresql+psycopg://casework:hunter2@127.0.0.1:1/journal"
    pytest.importorskip("psycopg", reason="psycopg is not installed (extra 'trust')")
    with pytest.raises(JournalError, match="cannot be reached") as error:
        open_journal(url, school="TIS", chain_key=CHAIN_KEY)
    assert "hunter2" not in f"{error.value}"


def test_hosts_that_start_together_make_one_journal(url: str) -> None:
    opened: list[bool] = []

    def start(school: str) -> None:
        with open_journal(url, school=school, chain_key=CHAIN_KEY) as journal:
            opened.append(journal.verify().holds)

    hosts = [threading.Thread(target=start, args=(school,)) for school in ("TIS", "TIS", "WES", "WES")]
    for host in hosts:
        host.start()
    for host in hosts:
        host.join()
    assert opened == [True] * 4


def test_schools_on_one_server_do_not_wait_for_each_other(server_journal: SqlJournal, url: str) -> None:
    with (
        open_journal(url, school="WES", chain_key=CHAIN_KEY) as other,
        server_journal.transaction() as records,
    ):
        records.events.append("case.opened", at=MONDAY)
        began = time.monotonic()
        with other.transaction() as theirs:
            theirs.events.append("case.opened", at=MONDAY)
        assert time.monotonic() - began < 5


def test_a_journal_on_a_server_is_backed_up_there(server_journal: SqlJournal, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="pg_dump"):
        server_journal.backup(tmp_path / "copy.sqlite")


def test_more_sweeps_at_once_than_connections_wait_and_are_tried_again(
    server_journal: SqlJournal, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = server_journal._engine.pool
    monkeypatch.setattr(pool, "_timeout", 0.1)
    with ExitStack() as all_of_them:
        for _ in range(15):
            all_of_them.enter_context(server_journal.turns._connected())
        with pytest.raises(JournalBusyError, match="every connection"), server_journal.transaction():
            pass

    with server_journal.transaction() as records:
        records.cases.save(case())
