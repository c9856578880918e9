"""Who reported, what a mail says and what went wrong with it are not readable in the journal's file."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

from connectors.journal import SqlJournal
from tests.journals import CASE, sighting

TEACHER = "teacher@tillbrook.example"


def plan_one(journal: SqlJournal, key: str = "TIS/1") -> None:
    with journal.transaction() as records:
        records.outbox.plan(key=key, kind="send_mail", payload={"to": TEACHER}, case=CASE, group="")
        records.outbox.claim(lease=timedelta(seconds=60))
        records.outbox.note(key, {"asked": TEACHER})
        records.outbox.postpone(key, wait=timedelta(0), problem=f"The mailbox of {TEACHER} is full.")


def opened_up(file: Path, journal: SqlJournal) -> None:
    """Write the rows as an earlier version did: in the clear."""
    with journal.transaction() as records:
        effects, seen = records.outbox.unfinished(), records.sightings.of_case(CASE)
    with sqlite3.connect(file) as raw:
        for effect in effects:
            raw.execute(
                "UPDATE outbox SET payload = ?, progress = ?, problem = ? WHERE key = ?",
                (json.dumps(effect.payload), json.dumps(effect.progress), effect.problem, effect.key),
            )
        for one in seen:
            (rest,) = raw.execute("SELECT rest FROM sightings WHERE key = ?", (one.key,)).fetchone()
            assert "sealed" in json.loads(rest)
            plain = {"source_id": "AAA=", "sender": one.sender, "sha256": one.sha256, "facts": {}}
            raw.execute("UPDATE sightings SET rest = ? WHERE key = ?", (json.dumps(plain), one.key))
    raw.close()


def in_the_clear(file: Path) -> int:
    with sqlite3.connect(file) as raw:
        rows = raw.execute(
            "SELECT payload || progress || problem FROM outbox UNION ALL SELECT rest FROM sightings"
        )
        found = sum(TEACHER in text for (text,) in rows)
    raw.close()
    return found


def test_what_went_wrong_with_a_mail_and_how_far_it_came_is_sealed_and_can_be_read(
    journal: SqlJournal, file: Path
) -> None:
    plan_one(journal)

    assert in_the_clear(file) == 0
    with journal.transaction() as records:
        (effect,) = records.outbox.unfinished()
    assert effect.progress == {"asked": TEACHER}
    assert effect.problem == f"The mailbox of {TEACHER} is full."


def test_rows_of_an_earlier_version_are_sealed_a_few_at_a_time_and_read_the_same_all_along(
    journal: SqlJournal, file: Path
) -> None:
    with journal.transaction() as records:
        for number in range(3):
            records.sightings.save(sighting(f"mail/{number}", case=CASE))
    for number in range(4):
        plan_one(journal, f"TIS/{number}")
    opened_up(file, journal)
    assert in_the_clear(file) == 7

    left = []
    for _ in range(5):
        with journal.transaction() as records:
            records.older_rows.seal(most=2)
            assert {one.sender for one in records.sightings.of_case(CASE)} == {TEACHER}
            assert {one.payload["to"] for one in records.outbox.unfinished()} == {TEACHER}
            assert {one.problem for one in records.outbox.unfinished()} == {
                f"The mailbox of {TEACHER} is full."
            }
        left.append(in_the_clear(file))

    assert left == [5, 3, 1, 0, 0]
