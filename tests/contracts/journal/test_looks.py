"""What every journal promises of the moments at which cases are looked at again."""

from __future__ import annotations

from datetime import timedelta

from casework.cases import CaseReference, StaffColumns
from casework.looks import AT_ONCE, Look
from casework.marks import reporter_mark
from connectors.journal import SqlJournal
from connectors.journal.journal import SqlTransaction
from tests.journals import CASE, MONDAY, case, letter, sighting

OTHER = CaseReference("TIS-2026-0008")
TOMORROW = MONDAY + timedelta(days=1)


def named(records: SqlTransaction, look: Look = Look.REMINDERS) -> list[str]:
    return [one.reference for one in records.cases.to_look_at(look, MONDAY)]


def looked(journal: SqlJournal) -> None:
    """Two cases that nothing is to be looked at for before tomorrow."""
    with journal.transaction() as records:
        for reference in (CASE, OTHER):
            records.cases.save(case(reference))
            for look in Look:
                records.cases.look_again(reference, look, TOMORROW)


def test_a_new_case_is_looked_at_for_everything_until_it_was(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
        assert all(named(records, look) == [CASE] for look in Look)

        records.cases.look_again(CASE, Look.REMINDERS, TOMORROW)

        assert named(records) == []
        assert named(records, Look.LETTERS) == [CASE]
        assert [one.reference for one in records.cases.to_look_at(Look.REMINDERS, TOMORROW)] == [CASE]


def test_whatever_is_written_about_a_case_lets_it_be_looked_at(journal: SqlJournal) -> None:
    looked(journal)

    def is_looked_at_after(write: object) -> bool:
        with journal.transaction() as records:
            assert named(records) == []
            write(records)  # type: ignore[operator]  # the lambdas below
        with journal.transaction() as records:
            found = named(records)
            records.cases.look_again(CASE, Look.REMINDERS, TOMORROW)
        return found == [CASE]

    assert is_looked_at_after(lambda records: records.cases.save(case(title="as staff have it")))
    assert is_looked_at_after(lambda records: records.letters.save(letter()))
    assert is_looked_at_after(lambda records: records.sightings.save(sighting(case=CASE)))
    assert is_looked_at_after(lambda records: records.marks.put(CASE, "author", ["a"]))
    assert is_looked_at_after(lambda records: records.marks.replace(CASE, "author", []))
    assert is_looked_at_after(lambda records: records.events.append("mail.sent", at=MONDAY, case=CASE))


def test_a_case_is_looked_at_when_its_reporter_turns_out_to_be_a_parent_of_another(
    journal: SqlJournal,
) -> None:
    looked(journal)
    with journal.transaction() as records:
        records.marks.put(CASE, "reporter", [reporter_mark("r.oakfield@parents.example")])
        records.cases.look_again(CASE, Look.EVIDENCE, TOMORROW)

    for address in ("r.oakfield@parents.example", "another@parents.example"):
        with journal.transaction() as records:
            records.cases.save(case(OTHER, staff=StaffColumns(parent_email=address)))
        with journal.transaction() as records:
            assert CASE in named(records, Look.EVIDENCE)
            records.cases.look_again(CASE, Look.EVIDENCE, TOMORROW)


def test_a_writing_in_the_same_moment_as_the_look_is_not_lost(journal: SqlJournal) -> None:
    looked(journal)
    with journal.transaction() as records:
        records.cases.look_again(CASE, Look.REMINDERS, None)
        records.events.append("mail.sent", at=MONDAY, case=CASE)
        records.cases.look_again(OTHER, Look.REMINDERS, None)

    with journal.transaction() as records:
        assert named(records) == [CASE]


def test_all_open_cases_can_be_looked_at_and_no_closed_one(journal: SqlJournal) -> None:
    looked(journal)
    with journal.transaction() as records:
        records.cases.save(case(OTHER, closed_at=MONDAY))
        records.cases.look_again(OTHER, Look.REMINDERS, None)

        records.cases.look_at_open(Look.REMINDERS)

        assert named(records) == [CASE]


def test_the_moments_of_open_cases_are_told_a_portion_at_a_time(journal: SqlJournal) -> None:
    looked(journal)
    with journal.transaction() as records:
        records.cases.look_again(CASE, Look.LETTERS, None)
        records.cases.save(case("TIS-2026-0009"))

        first = records.cases.looks(Look.LETTERS, after="", most=2)
        then = records.cases.looks(Look.LETTERS, after=OTHER, most=2)

    assert [(one.reference, moment) for one, moment in first] == [(CASE, None), (OTHER, TOMORROW)]
    assert [(one.reference, moment) for one, moment in then] == [("TIS-2026-0009", AT_ONCE)]


def test_the_next_moment_at_which_a_case_is_looked_at_is_told(journal: SqlJournal) -> None:
    looked(journal)
    later = TOMORROW + timedelta(days=3)
    with journal.transaction() as records:
        records.cases.look_again(OTHER, Look.REMINDERS, later)
        records.cases.look_again(CASE, Look.LETTERS, None)
        records.cases.look_again(OTHER, Look.LETTERS, None)

        assert records.cases.next_look(Look.REMINDERS, after=MONDAY) == TOMORROW
        assert records.cases.next_look(Look.REMINDERS, after=TOMORROW) == later, (
            "what is left alone is passed over"
        )
        assert records.cases.next_look(Look.REMINDERS, after=later) is None
        assert records.cases.next_look(Look.LETTERS, after=MONDAY) is None, "no moment is none"


def test_cases_with_an_open_letter_are_known_without_reading_it(journal: SqlJournal) -> None:
    looked(journal)
    with journal.transaction() as records:
        records.letters.save(letter())

        assert records.letters.cases_with_open() == {CASE}


def test_whether_a_case_was_reported_before_a_day_is_known(journal: SqlJournal) -> None:
    looked(journal)
    with journal.transaction() as records:
        assert not records.cases.any_reported_before(MONDAY)
        assert records.cases.any_reported_before(TOMORROW)
