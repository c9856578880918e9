"""A copy of one school's journal to try things on: it holds all of the school, and the journal is only read."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from casework.errors import JournalError
from connectors.journal import copy_aside, open_journal
from tests.contracts.conftest import MONDAY
from tests.contracts.journal.conftest import OpenJournal
from tests.journal_rows import rows_of
from tests.journals import CHAIN_KEY


def test_the_copy_holds_all_of_the_school_and_nothing_of_another(
    open_school: OpenJournal, journal_url: str, tmp_path: Path
) -> None:
    for school in ("TIS", "OAK"):
        journal = open_school(school)
        with journal.transaction() as transaction:
            transaction.outbox.plan(
                key=f"{school}/1", kind="send mail", payload={"to": "é@x.example"}, case=None, group=""
            )
            transaction.events.append("case.opened", at=MONDAY, source="mail")
            transaction.cursors.put("inbox", f"of {school}")
        journal.close()
    was = rows_of(journal_url)

    copy_aside(journal_url, tmp_path / "copy", school="TIS", chain_key=CHAIN_KEY)

    with (
        open_journal(tmp_path / "copy", school="TIS", chain_key=CHAIN_KEY) as copy,
        copy.transaction() as transaction,
    ):
        effect = transaction.outbox.get("TIS/1")
        assert effect is not None
        assert dict(effect.payload) == {"to": "é@x.example"}
        assert transaction.cursors.get("inbox") == "of TIS"
        assert transaction.events.first_broken_link() is None
        head = transaction.events.head()
        transaction.cursors.put("inbox", "tried")
    assert head is not None
    assert (head.number, head.what) == (1, "case.opened")
    assert rows_of(journal_url) == was
    if journal_url.startswith("postgresql"):
        copied = rows_of(f"sqlite:///{tmp_path / 'copy'}")
        assert not [table for table, found in copied.items() if any("OAK" in row for row in found)]


def test_where_there_is_no_journal_yet_none_is_made(tmp_path: Path) -> None:
    copy_aside(tmp_path / "journal.sqlite", tmp_path / "copy", school="TIS", chain_key=CHAIN_KEY)

    assert list(tmp_path.iterdir()) == []


def test_a_journal_of_another_version_on_a_server_is_left_as_it_is(
    postgresql_url: str, tmp_path: Path
) -> None:
    open_journal(postgresql_url, school="TIS", chain_key=CHAIN_KEY).close()
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()

    with pytest.raises(JournalError, match="changes no journal"):
        copy_aside(postgresql_url, tmp_path / "copy", school="TIS", chain_key=CHAIN_KEY)
