"""What is asked of the journal costs a large school no more than a small one; counted in steps of SQLite, not in time."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from casework.cases import CaseReference
from casework.custody import CustodyAct, CustodyEntry, EvidenceItem, ItemKind, Shelf
from casework.letters import LetterState
from casework.marks import MarkKind
from casework.records import SightingState
from connectors.journal import SqlJournal, open_journal
from connectors.journal.journal import SqlTransaction
from tests.journals import CASE, CHAIN_KEY, MONDAY, case, letter, sighting

OLDER = 1_000
"""Rows of everything that the large school had before."""
ENOUGH = 1_000
"""Steps of SQLite's machine, about a hundred rows; to walk through a thousand rows takes many more."""
NEW = CaseReference("TIS-2026-9999")
OTHERS = tuple(f"w{number}" for number in range(24))
DIFFERENT = frozenset(
    {
        "reference",
        "key",
        "case",
        "fingerprint",
        "internet_message_id",
        "token",
        "sighting",
        "file_id",
        "value",
    }
)
"""Columns in which no two of these rows are the same."""
QUESTIONS: dict[str, Callable[[SqlTransaction], object]] = {
    "which mail was the same": lambda asked: asked.sightings.find_same(fingerprint="ef" * 32),
    "which mail is answered": lambda asked: asked.sightings.with_message_ids(("unknown@parents.example",)),
    "what came for a case": lambda asked: asked.sightings.of_case(NEW),
    "what waits": lambda asked: asked.sightings.waiting("decision"),
    "who else wrote these words": lambda asked: asked.marks.shared(MarkKind.WORDS, OTHERS),
    "who is the parent of a case": lambda asked: asked.marks.of(NEW, MarkKind.SUBJECT),
    "letters of a case": lambda asked: asked.letters.of_case(NEW),
    "which letter a token is for": lambda asked: asked.letters.by_token("zzzz"),
    "letters that are open": lambda asked: asked.letters.open(),
    "cases with open letters": lambda asked: asked.letters.cases_with_open(),
    "evidence of a case": lambda asked: asked.evidence.of_case(NEW),
    "evidence of a mail": lambda asked: asked.evidence.of_sighting("mail/none"),
    "evidence that was found wrong": lambda asked: asked.evidence.found_wrong(),
    "custody of a case": lambda asked: asked.custody.of_case(NEW),
    "custody that stands on no page": lambda asked: asked.custody.on_no_page(NEW),
    "events of a case": lambda asked: asked.events.of_case(NEW),
    "what is to be done next": lambda asked: asked.outbox.claim(lease=timedelta(minutes=5)),
    "what is unfinished": lambda asked: asked.outbox_view.unfinished(),
    "what was held back": lambda asked: asked.outbox_view.held_back(most=10),
}


@pytest.fixture(name="large", scope="module")
def large_school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlJournal]:
    """A school that has had a thousand of everything, all of it settled."""
    file = tmp_path_factory.mktemp("large") / "journal.sqlite"
    with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as journal:
        _fill(journal)
        yield journal


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_large_school_waits_no_longer_for_an_answer(large: SqlJournal, question: str) -> None:
    with large.transaction() as asked:
        steps = itertools.count()
        connection = asked.connection.connection.dbapi_connection
        assert connection
        connection.set_progress_handler(lambda: next(steps) and 0, 1)
        try:
            QUESTIONS[question](asked)
        finally:
            connection.set_progress_handler(None, 0)
    assert 0 < next(steps) < ENOUGH


def _fill(journal: SqlJournal) -> None:
    item = EvidenceItem(
        key="sealed/a",
        shelf=Shelf.SEALED,
        path="a",
        kind=ItemKind.ORIGINAL,
        size=7,
        sha256="ab" * 32,
        kept_at=MONDAY,
        checked_at=MONDAY,
        case=CASE,
        sighting="mail/AAA=",
    )
    entry = CustodyEntry(
        key="one",
        case=CASE,
        what=CustodyAct.SEALED,
        who="Casework",
        at=MONDAY,
        recorded_at=MONDAY,
        how="written once",
        on_what="a",
        result="7 bytes",
        page=1,
    )
    with journal.transaction() as kept:
        kept.cases.save(replace(case(), closed_at=MONDAY))
        kept.letters.save(replace(letter(), state=LetterState.SENT))
        kept.sightings.save(replace(sighting(), case=CASE, state=SightingState.DONE))
        kept.marks.put(CASE, MarkKind.WORDS, ["word"])
        kept.marks.put(CASE, MarkKind.SUBJECT, ["somebody"])
        kept.evidence.add(item)
        kept.custody.add(entry)
        kept.events.append("case.opened", at=MONDAY, case=CASE)
        kept.outbox.plan(key="done", kind="FileMessage", payload={}, case=CASE, group="")
        kept.outbox.finish("done")
    with journal.transaction() as kept:
        for table in ("cases", "letters", "sightings", "marks", "evidence", "custody", "events", "outbox"):
            _multiply(kept.connection, table)


def _multiply(connection: Connection, table: str) -> None:
    """Lay down the rows of a table again and again, each of another case and under another key."""
    columns = [row[1] for row in connection.execute(text(f'PRAGMA table_info("{table}")'))]
    values = {name: f'"{name}"' for name in columns}
    values |= {name: f""""{name}" || '/' || n""" for name in columns if name in DIFFERENT}
    values |= {name: '"number" + 10 * n' for name in columns if name == "number"}
    names = ", ".join(f'"{name}"' for name in columns)
    numbers = f"(WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < {OLDER}) SELECT n FROM one)"  # noqa: S608 - our own words
    rows = f'SELECT {", ".join(values.values())} FROM "{table}", {numbers}'  # noqa: S608 - as above
    connection.execute(text(f'INSERT INTO "{table}" ({names}) {rows}'))
