"""The journal's schema: made by migrations, raised with a backup before, never opened by an older Casework."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from casework.errors import JournalError
from casework.records import OutboxState
from connectors.journal import SqlJournal, open_journal
from connectors.journal.database import engine_for, place_of
from connectors.journal.schema import metadata
from connectors.journal.versions import MIGRATIONS, VERSIONS, bring_up_to_date
from tests.journals import CHAIN_KEY, case

NEXT = '''"""Version 9999: a table more."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    op.create_table("more", sa.Column("name", sa.Text))
    op.execute("INSERT INTO more SELECT reference FROM cases")
    {trouble}
'''


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    """Our migrations with one more behind them."""
    return migrations_with(tmp_path, trouble="op.execute('SELECT 1')")


def migrations_with(folder: Path, *, trouble: str) -> Path:
    migrations = folder / "migrations"
    shutil.rmtree(migrations, ignore_errors=True)
    shutil.copytree(MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    more = NEXT.format(before=VERSIONS[-1], trouble=trouble)
    (migrations / "versions" / "more.py").write_text(more, encoding="utf-8")
    return migrations


def migrate(file: Path, migrations: Path) -> None:
    place = place_of(file)
    engine = engine_for(place, patience=5)
    try:
        bring_up_to_date(engine, place, migrations=migrations, versions=(*VERSIONS, "9999"))
    finally:
        engine.dispose()


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def filled(journal: SqlJournal, file: Path) -> Path:
    with journal.transaction() as records:
        records.cases.save(case())
    journal.close()
    return file


def test_the_migrations_make_the_tables_that_the_code_uses(journal: SqlJournal, file: Path) -> None:
    engine = engine_for(place_of(file), patience=5)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_versions_that_we_know_are_the_migrations_that_we_have() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    found = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(found)) == VERSIONS


def test_an_older_journal_is_raised_and_kept_as_it_was(filled: Path, next_version: Path) -> None:
    migrate(filled, next_version)
    assert rows(filled, "SELECT name FROM more") == [("TIS-2026-0007",)]
    backup = filled.with_name("journal.sqlite.before-9999")
    with open_journal(backup, school="TIS", chain_key=CHAIN_KEY) as old, old.transaction() as records:
        assert records.cases.all() == (case(),)


def test_a_newer_journal_is_refused_with_the_way_out(filled: Path, next_version: Path) -> None:
    migrate(filled, next_version)
    with pytest.raises(JournalError, match="newer than this Casework") as error:
        open_journal(filled, school="TIS", chain_key=CHAIN_KEY)
    assert "backup" in str(error.value)
    assert str(filled) in str(error.value)
    assert rows(filled, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_migration_that_fails_changes_nothing(filled: Path, tmp_path: Path) -> None:
    broken = migrations_with(tmp_path, trouble="raise RuntimeError('trial')")
    with pytest.raises(RuntimeError, match="trial"):
        migrate(filled, broken)
    with open_journal(filled, school="TIS", chain_key=CHAIN_KEY) as journal, journal.transaction() as records:
        assert records.cases.all() == (case(),)
    assert rows(filled, "SELECT name FROM sqlite_master WHERE name = 'more'") == []


def test_a_kill_in_the_middle_of_a_migration_changes_nothing(filled: Path, tmp_path: Path) -> None:
    killed = migrations_with(tmp_path, trouble="import os; os._exit(9)")
    script = (
        "import sys; from pathlib import Path;"
        "from connectors.journal.database import engine_for, place_of;"
        "from connectors.journal.versions import bring_up_to_date;"
        "place = place_of(Path(sys.argv[1]));"
        "bring_up_to_date(engine_for(place, patience=5), place,"
        " migrations=Path(sys.argv[2]), versions=(sys.argv[3], '9999'))"
    )
    words = [sys.executable, "-c", script, str(filled), str(killed), VERSIONS[-1]]
    assert subprocess.run(words, check=False).returncode == 9
    assert rows(filled, "SELECT version_num FROM alembic_version") == [(VERSIONS[-1],)]
    migrate(filled, migrations_with(tmp_path, trouble="op.execute('SELECT 1')"))
    assert rows(filled, "SELECT name FROM more") == [("TIS-2026-0007",)]


def test_another_programs_database_is_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE theirs (name TEXT)")
    with pytest.raises(JournalError, match="another program"):
        open_journal(file, school="TIS", chain_key=CHAIN_KEY)
    assert rows(file, "SELECT name FROM sqlite_master") == [("theirs",)]


def test_a_path_with_percent_signs_and_blanks_is_no_obstacle(tmp_path: Path) -> None:
    file = tmp_path / "100 % Jörg's folder" / "journal.sqlite"
    with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as journal:
        assert journal.verify().holds
    assert file.exists()


def test_an_open_journal_loads_no_migration_tool(filled: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from connectors.journal import open_journal;"
        "open_journal(Path(sys.argv[1]), school='TIS', chain_key=bytes(range(32))).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(filled)], check=False).returncode == 0


def test_a_governors_paper_that_an_older_casework_still_meant_to_draft_is_told_to_a_person(
    tmp_path: Path,
) -> None:
    file = tmp_path / "journal.sqlite"
    old = {"draft governors' paper": "TIS/governors/2026-12-18", "remind": "TIS/governors/2026-12-18/waits"}
    with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as journal, journal.transaction() as rows:
        for kind, key in old.items():
            state = OutboxState.GATHERED if kind == "remind" else OutboxState.PLANNED
            rows.outbox.plan(key=key, kind=kind, payload={}, case=None, group=key, state=state)
    with closing(sqlite3.connect(file)) as plain:
        plain.execute("ALTER TABLE schools DROP COLUMN writes")
        plain.execute("UPDATE alembic_version SET version_num = '0006'")
        plain.commit()

    with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as journal, journal.transaction() as rows:
        told = rows.outbox_view.needing_a_person()
        assert [effect.key for effect in told] == ["TIS/governors/2026-12-18"]
        assert "casework governors-paper --draft" in told[0].problem
        assert rows.outbox_view.gathered() == ()
