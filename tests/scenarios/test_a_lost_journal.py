"""The PC is lost in the middle of a term: a new journal is made of the list, the folders and the mailboxes."""

from __future__ import annotations

from offices.rebuilding import confirm, rebuild
from schedule import HELD_TO_BE_CONFIRMED, TIMETABLE
from tests.account import mail_everywhere
from tests.school import SchoolAtWork

PARENT = {"Parent": "Robin Ashdown", "ParentEmail": "robin.ashdown@parents.example", "Target": "school"}


def _lose_the_journal(school: SchoolAtWork) -> None:
    school.office.journal.close()
    for name in ("journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"):
        (school.settings.parent / name).unlink(missing_ok=True)
    school.restart()


def _letters(school: SchoolAtWork) -> dict[str, str]:
    with school.office.journal.transaction() as transaction:
        cases = transaction.cases.all()
        return {
            letter.key: letter.state.value
            for case in cases
            for letter in transaction.letters.of_case(case.reference)
        }


def test_a_school_that_loses_its_journal_goes_on_and_sends_nothing_twice(school: SchoolAtWork) -> None:
    school.teacher_forwards(
        "Look what is written on Facebook about our school: https://www.facebook.com/tillbrook/posts/1"
    )
    school.until_settled()
    school.staff_set(**PARENT)
    school.until_settled()
    school.press_send()
    school.until_settled()
    school.teacher_forwards(
        "And this is on WhatsApp: the school lies to everybody, says the whole class group."
    )
    school.until_settled()
    school.at("2026-11-24T08:00:00+00:00")  # the morning mails go out
    school.until_settled()
    cases, letters, sent = (
        {row["Reference"] for row in school.rows()},
        _letters(school),
        mail_everywhere(school),
    )

    _lose_the_journal(school)
    rebuilt = rebuild(school.office, TIMETABLE, head="17:0123456789abcdef")

    assert rebuilt.regained.cases == len(cases) == 2
    assert rebuilt.regained.mails >= len(school.subjects("teacher")), "what was sent stands in the ledger"
    with school.office.journal.transaction() as transaction:
        assert transaction.outbox_view.keys_starting("TIS/case/TIS-2026-0001/note/")
    assert _letters(school) == letters
    assert "sent" in letters.values()
    assert mail_everywhere(school) == sent, "nothing is sent before a person confirms"
    assert HELD_TO_BE_CONFIRMED in school.once().problems
    with school.office.journal.transaction() as transaction:
        first = transaction.events.after(0)[0]
    assert (first.what, first.fields["head"]) == ("journal.rebuilt", "17:0123456789abcdef")

    assert confirm(school.office)
    for day in (
        "2026-11-24T08:20",
        "2026-11-24T15:00",
        "2026-11-25T08:00",
        "2026-11-30T08:00",
        "2026-12-07T08:00",
    ):
        school.at(f"{day}:00+00:00")
        school.until_settled()
    assert {row["Reference"] for row in school.rows()} == cases, "no case is opened twice"
    twice = {mail: n for mail, n in mail_everywhere(school).items() if n > max(1, sent[mail])}
    assert not twice
    assert len(school.letters_sent()) == 1
