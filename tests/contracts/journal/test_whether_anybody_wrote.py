"""A journal tells whether anybody has written to it since: another process or host, a command, or we ourselves."""

from __future__ import annotations

import pytest

from connectors.journal import SqlJournal
from tests.contracts.journal.conftest import OpenJournal
from tests.journals import MONDAY, case


def put(journal: SqlJournal, text: str) -> None:
    with journal.transaction() as records:
        records.cursors.put("inbox", text)


def read(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cursors.get("inbox")
        records.cases.all()
        records.outbox_view.unfinished()


def test_while_nobody_writes_it_stays_the_same(journal: SqlJournal) -> None:
    put(journal, "up to here")
    before = journal.version()

    read(journal)
    read(journal)

    assert journal.version() == before


def test_what_we_write_ourselves_is_told_apart_from_what_others_do(
    journal: SqlJournal, open_school: OpenJournal
) -> None:
    other = open_school()
    before = journal.version()

    put(journal, "ours")
    ours = journal.version()
    put(other, "theirs")
    theirs = journal.version()

    assert ours != before
    assert ours.only_we_wrote_since(before)
    assert theirs != ours
    assert not theirs.only_we_wrote_since(ours)


@pytest.mark.parametrize("kind", ["a case", "an entry of the log", "a count"])
def test_whatever_others_write_is_seen(journal: SqlJournal, open_school: OpenJournal, kind: str) -> None:
    other = open_school()
    before = journal.version()

    with other.transaction() as records:
        match kind:
            case "a case":
                records.cases.save(case())
            case "an entry of the log":
                records.events.append("case.opened", at=MONDAY)
            case _:
                records.cases.next_reference("TIS", MONDAY.year)

    assert not journal.version().only_we_wrote_since(before)


def test_what_was_undone_was_never_written(journal: SqlJournal, open_school: OpenJournal) -> None:
    other = open_school()
    before = journal.version()

    def is_broken_off() -> None:
        with other.transaction() as records:
            records.cursors.put("inbox", "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        is_broken_off()

    assert journal.version() == before


def test_what_another_school_writes_is_no_news_on_a_server(
    journal: SqlJournal, open_school: OpenJournal, journal_url: str
) -> None:
    other = open_school("ABC")
    before = journal.version()

    put(other, "theirs")

    # of a file it is only known that somebody wrote: then a school looks once more than it must
    assert (journal.version() == before) is journal_url.startswith("postgresql")


def test_a_journal_that_was_opened_anew_takes_nothing_for_known(
    journal: SqlJournal, open_school: OpenJournal
) -> None:
    before = journal.version()

    assert not open_school().version().only_we_wrote_since(before)
