"""Once a day the house is kept: a backup, and another try of what was handed to a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.records import OutboxState
from connectors.journal import SqlJournal, open_journal
from tests.invented import tillbrook
from workflows.keep_house import keep_house

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqlJournal]:
    with open_journal(tmp_path / "journal.sqlite", school="TIS", chain_key=b"k" * 32) as opened:
        yield opened


def keep(journal: SqlJournal, now: datetime) -> list[datetime]:
    """One sweep; returns the moments of the backups that it made."""
    made: list[datetime] = []
    keep_house(journal=journal, libraries={}, school=tillbrook(), back_up=made.append, now=now)
    return made


def hand_to_a_person(journal: SqlJournal) -> None:
    with journal.transaction() as transaction:
        transaction.outbox.plan(key="TIS/mail/1", kind="send mail", payload={}, case=None, group="")
        transaction.outbox.claim(lease=timedelta(minutes=5))
        transaction.outbox.give_up("TIS/mail/1", problem="A field is missing.")


def state_of(journal: SqlJournal) -> OutboxState | None:
    with journal.transaction() as transaction:
        effect = transaction.outbox.get("TIS/mail/1")
        return effect.state if effect else None


def test_the_journal_is_backed_up_once_a_day(journal: SqlJournal) -> None:
    assert keep(journal, MONDAY) == [MONDAY]
    assert keep(journal, MONDAY + timedelta(hours=23)) == []
    assert keep(journal, MONDAY + timedelta(hours=24)) == [MONDAY + timedelta(hours=24)]


def test_what_a_person_may_have_mended_is_tried_again_the_next_day_and_not_before(
    journal: SqlJournal,
) -> None:
    keep(journal, MONDAY)
    hand_to_a_person(journal)

    keep(journal, MONDAY + timedelta(hours=1))
    assert state_of(journal) is OutboxState.NEEDS_A_PERSON
    keep(journal, MONDAY + timedelta(days=1))

    assert state_of(journal) is OutboxState.PLANNED


def test_a_clock_that_was_put_back_does_not_stop_the_backups(journal: SqlJournal) -> None:
    keep(journal, MONDAY)

    assert keep(journal, MONDAY - timedelta(days=3)) == [MONDAY - timedelta(days=3)]
