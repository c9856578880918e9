"""The PC is lost in the middle of a term: a new journal is made of the list, the folders and the mailboxes."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from typer.testing import CliRunner

from command_line.app import app
from offices.rebuilding import confirm, rebuild
from schedule import HELD_TO_BE_CONFIRMED, TIMETABLE
from tests.account import mail_everywhere
from tests.journal_stores import JOURNAL
from tests.remembering import Moments
from tests.school import SchoolAtWork, words

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


def _refused(school: SchoolAtWork) -> None:
    school.teacher_forwards(
        "Look what is written on Facebook about our school: https://www.facebook.com/tillbrook/posts/1"
    )
    school.until_settled()
    school.staff_set(**PARENT)
    school.until_settled()
    school.reply("headteacher", school.the_request(), "REJECT This is too harsh for a first letter.")
    school.until_settled()


@pytest.mark.soak
def test_a_letter_that_was_refused_is_not_asked_for_once_more(moments: Moments) -> None:
    school = moments.come_to(_refused)
    letters, sent = _letters(school), mail_everywhere(school)
    assert sorted(letters.values()) == ["being changed by the office", "superseded"]

    _lose_the_journal(school)
    rebuild(school.office, TIMETABLE)
    assert confirm(school.office)
    school.until_settled()

    assert _letters(school) == letters
    assert mail_everywhere(school) == sent, "neither the headteacher nor the office is asked again"
    path, content = next((p, c) for p, c in school.files("casework").items() if p.endswith("version 2.docx"))
    school.put_file("casework", path, _edited(content), by="office")
    school.until_settled()
    assert "version 2" in words(school.the_request()), "once the office has changed it, its approver is asked"


def _edited(content: bytes) -> bytes:
    """The office changes the Word file."""
    document, changed = Document(BytesIO(content)), BytesIO()
    document.add_paragraph("With best wishes for the week.")
    document.save(changed)
    return changed.getvalue()


def _a_case_is_open(school: SchoolAtWork) -> None:
    school.teacher_forwards("Look at this: https://www.facebook.com/tillbrook/posts/1")
    school.until_settled()


def _casework(school: SchoolAtWork, *words: str, code: int = 1) -> str:
    school.office.close_journal()
    result = CliRunner().invoke(app, ["--settings", str(school.settings), *words])
    assert result.exit_code == code, result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize(
    "words", ["once", "run", "setup", "explain TIS-2026-0001", "seen", "doctor", "status"]
)
def test_a_lost_journal_is_not_begun_anew_unseen(moments: Moments, words: str) -> None:
    """A new one would know no case, remind nobody, and call all well."""
    school = moments.come_to(_a_case_is_open)
    journal = school.settings.parent / "journal.sqlite"
    for name in JOURNAL:
        (school.settings.parent / name).unlink(missing_ok=True)

    said = _casework(school, *words.split())

    assert "casework restore latest, or casework rebuild" in said
    assert not journal.exists()


def test_on_a_new_pc_setup_says_that_the_list_has_cases_which_the_journal_does_not_know(
    moments: Moments,
) -> None:
    school = moments.come_to(_a_case_is_open)
    key = school.settings.parent / "journal.key"
    kept = key.read_bytes()
    for name in (*JOURNAL, key.name):
        (school.settings.parent / name).unlink(missing_ok=True)
    try:
        said = _casework(school, "setup")

        assert "The case list holds 1 case(s), and the journal is new and knows none of them" in said
        assert "casework rebuild" in said
        school.restart()
        assert rebuild(school.office, TIMETABLE).regained.cases == 1
        assert "Next: casework doctor" in _casework(school, "setup", code=0)
    finally:
        school.office.close_journal()
        for name in JOURNAL:
            (school.settings.parent / name).unlink(missing_ok=True)
        key.write_bytes(kept)
