"""Once a day the house is kept: a backup, and another try of what was handed to a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from casework.mails.facts import from_json
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


def told_of_expiry(journal: SqlJournal, expires: date, *days: date) -> list[tuple[str, bool]]:
    """The mails that are planned while Casework is at work on these days: each one's rung, and whether it is over."""
    for day in days:
        now = datetime.combine(day, MONDAY.timetz())
        keep_house(
            journal=journal,
            libraries={},
            school=tillbrook(),
            back_up=lambda _: None,
            now=now,
            sign_in=("client secret", expires),
        )
    with journal.transaction() as transaction:
        planned = [
            one
            for one in transaction.outbox_view.unfinished()
            if one.payload.get("mail") == "sign_in_expires"
        ]
    return [
        (one.key.rpartition("/")[2], bool(from_json(one.payload["fields"])["is_over"])) for one in planned
    ]


def test_a_secret_that_runs_out_is_told_once_on_each_rung_also_where_the_pc_was_off_on_that_day(
    journal: SqlJournal,
) -> None:
    expires = date(2027, 1, 22)
    days = [expires - timedelta(days=left) for left in (70, 61, 60, 59, 28, 27, 14, 14, 8, 7, 2, 1, 0)]

    assert told_of_expiry(journal, expires, *days) == [
        ("60", False),
        ("30", False),
        ("14", False),
        ("7", False),
        ("1", False),
    ]


def test_a_secret_that_ran_out_before_the_first_start_is_told_once_and_as_over(journal: SqlJournal) -> None:
    expires = date(2026, 11, 1)

    assert told_of_expiry(journal, expires, date(2026, 11, 23), date(2026, 11, 24)) == [("1", True)]
