"""A journal that is lost in the middle of a term: the new one counts on from where the old one stood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from casework.cases import CaseReference
from casework.custody import Shelf
from casework.errors import JournalError
from casework.letters import Letter
from command_line.app import app
from offices.rebuilding import confirm, rebuild
from offices.story import story_of
from schedule import TIMETABLE
from tests.account import mail_everywhere
from tests.journal_stores import JOURNAL
from tests.remembering import Moments
from tests.school import SchoolAtWork, words
from workflows.rebuild import Rebuilder

PARENT = {"Parent": "Robin Ashdown", "ParentEmail": "robin.ashdown@parents.example", "Target": "school"}
OTHER = {"Parent": "Sam Elder", "ParentEmail": "sam.elder@parents.example", "Target": "school"}
REFUSED = {"TalkedOn": "2026-10-15T12:00:00Z", "TalkOutcome": "refused", "Continues": True}
FIRST, SECOND, THIRD = (CaseReference(f"TIS-2026-000{number}") for number in (1, 2, 3))


def half_a_term(school: SchoolAtWork) -> None:
    """One letter was sent, one has waited so long that the deputy may decide, and one case was opened again."""
    school.at("2026-10-16T09:00:00+01:00")
    for number, columns in enumerate((PARENT | REFUSED, OTHER, {"Outcome": "Removed."}), start=1):
        school.teacher_forwards(f"Seen on https://www.facebook.com/groups/tillbrook/posts/{number}")
        school.works()
        school.staff_set(item=item_of(school, f"TIS-2026-000{number}"), **columns)
        school.works()
        if number == 1:
            school.press_send()
            school.works()
    school.at("2026-10-19T08:00:00+01:00")
    school.staff_set(item=item_of(school, THIRD), Outcome="")
    school.works()
    for day in ("20", "21", "22", "23"):
        school.at(f"2026-10-{day}T08:00:00+01:00")
        school.works()
        school.works()


def item_of(school: SchoolAtWork, reference: str) -> str:
    return next(str(row["item"]) for row in school.rows() if row["Reference"] == reference)


def row_of(school: SchoolAtWork, reference: str) -> dict[str, Any]:
    return next(row for row in school.rows() if row["Reference"] == reference)


@pytest.fixture
def in_term(moments: Moments) -> SchoolAtWork:
    return moments.come_to(half_a_term)


def lose_the_journal(school: SchoolAtWork) -> None:
    school.office.close_journal()
    for name in JOURNAL:
        (school.settings.parent / name).unlink(missing_ok=True)
    school.restart()


def _letter(school: SchoolAtWork, reference: CaseReference) -> Letter:
    with school.office.journal.transaction() as transaction:
        return transaction.letters.of_case(reference)[-1]


def _rebuild_until_the_power_fails(school: SchoolAtWork) -> None:
    """The cases are known by then, and no letter is."""

    def cut(*_: object) -> int:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rebuilder, "_note_mails", cut)
        with pytest.raises(KeyboardInterrupt):
            rebuild(school.office, TIMETABLE)
    school.restart()


def test_a_letter_that_waits_is_known_to_wait_since_it_was_asked_for(in_term: SchoolAtWork) -> None:
    before = _letter(in_term, SECOND)

    lose_the_journal(in_term)
    rebuild(in_term.office, TIMETABLE)

    after = _letter(in_term, SECOND)
    assert after.requested_at
    assert before.requested_at
    assert abs(after.requested_at - before.requested_at) < timedelta(minutes=5)
    assert (after.deputy, after.deputy_token, after.words) == (
        before.deputy,
        before.deputy_token,
        before.words,
    )
    assert after.deputy, "the deputy may still decide"


def test_the_deputy_approves_by_the_mail_of_before_and_what_follows_is_put_on_record(
    in_term: SchoolAtWork,
) -> None:
    offered = next(mail for mail in in_term.messages("deputy") if SECOND in mail["subject"])
    sealed = in_term.files("sealed")
    lose_the_journal(in_term)
    rebuild(in_term.office, TIMETABLE)
    confirm(in_term.office)
    in_term.works()

    in_term.reply("deputy", offered, "APPROVE")
    in_term.until_settled()

    assert len(in_term.letters_sent()) == 2
    assert "Needs a person" not in "\n".join(story_of(in_term.office, SECOND))
    now = in_term.files("sealed")
    assert {path: now.get(path) for path in sealed} == sealed, "the record of before stays as it was"
    record = [path for path in now if path.startswith(f"Cases/{SECOND}/Record since 23 October 2026, 0")]
    assert [path for path in record if path.endswith("/Custody/0001.csv")]


def test_a_case_that_was_opened_again_is_due_as_before(in_term: SchoolAtWork) -> None:
    due = {row["Reference"]: row["Due"] for row in in_term.rows()}

    lose_the_journal(in_term)
    rebuild(in_term.office, TIMETABLE)
    confirm(in_term.office)
    in_term.until_settled()

    assert {row["Reference"]: row["Due"] for row in in_term.rows()} == due
    with in_term.office.journal.transaction() as transaction:
        case = transaction.cases.get(THIRD)
    assert case
    assert case.reopened_at
    assert case.reopened_at.date() == datetime(2026, 10, 19, tzinfo=UTC).date()


def test_the_timeline_of_before_is_not_written_over(in_term: SchoolAtWork) -> None:
    before = in_term.files("casework")[f"{FIRST}/Timeline.docx"]
    lose_the_journal(in_term)
    rebuild(in_term.office, TIMETABLE)
    confirm(in_term.office)
    in_term.until_settled()

    in_term.staff_set(item=item_of(in_term, FIRST), Outcome="Removed.")
    in_term.until_settled()

    files = in_term.files("casework", FIRST)
    assert files[f"{FIRST}/Timeline.docx"] == before
    assert [path for path in files if path.startswith(f"{FIRST}/Timeline since 23 October 2026, 0")]


def test_half_a_rebuild_cannot_be_confirmed_and_no_letter_is_asked_for_twice(in_term: SchoolAtWork) -> None:
    sent = mail_everywhere(in_term)
    lose_the_journal(in_term)
    _rebuild_until_the_power_fails(in_term)
    in_term.once()  # the service was started again meanwhile

    with pytest.raises(JournalError, match="run casework rebuild once more"):
        confirm(in_term.office)
    assert "broken off" in _said(in_term, "status")

    rebuild(in_term.office, TIMETABLE)
    assert confirm(in_term.office)
    in_term.until_settled()
    assert mail_everywhere(in_term) == sent


def test_days_of_waiting_for_a_word_end_in_one_morning_mail(in_term: SchoolAtWork) -> None:
    lose_the_journal(in_term)
    rebuild(in_term.office, TIMETABLE)
    before = {role: len(in_term.messages(role)) for role in ("office", "headteacher")}
    for day in ("02", "04", "05", "06", "09", "11", "13"):
        in_term.at(f"2026-11-{day}T08:00:00+00:00")
        in_term.once()

    confirm(in_term.office)
    in_term.until_settled()

    for role, count in before.items():
        new = in_term.messages(role)[count:]
        mornings = [mail["subject"] for mail in new if not mail["subject"].startswith("Please approve")]
        assert len(mornings) == 1, role
        assert "Friday 13 November 2026" in mornings[0]
    lines = words(in_term.messages("office")[-1])
    assert lines.count("Was due on Friday 6 November 2026") == 1


def _said(school: SchoolAtWork, command: str) -> str:
    school.office.close_journal()
    result = CliRunner().invoke(app, ["--settings", str(school.settings), command])
    school.restart()
    return " ".join(result.output.split())


def _a_report(school: SchoolAtWork) -> None:
    school.at("2026-11-02T09:00:00+00:00")
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/1")
    school.works()


@pytest.mark.parametrize("lost_on", ["02", "04"])
def test_a_reporter_who_was_asked_for_more_is_waited_for_and_then_the_office_is_asked(
    moments: Moments, lost_on: str
) -> None:
    """The reporter is asked again after two school days, and the office two days later, whenever the journal is lost."""
    school = moments.come_to(_a_report)
    for day in ("02", "04", "06"):
        school.at(f"2026-11-{day}T10:00:00+00:00")
        school.once()
        school.once()
        if day == lost_on:
            lose_the_journal(school)
            rebuild(school.office, TIMETABLE)
            confirm(school.office)
            school.until_settled()

    assert [subject for subject in school.subjects("teacher") if subject.startswith("Can you help")][1:] == []
    asked = [mail for mail in school.messages("teacher") if mail["subject"].startswith("Can you help")]
    assert asked[0]["receivedDateTime"].startswith("2026-11-04")
    missing = [
        mail for mail in school.messages("office") if mail["subject"].startswith("Something is missing")
    ]
    assert [mail["receivedDateTime"][:10] for mail in missing] == ["2026-11-06"]
    assert "was asked twice" in words(missing[0])


def _rings_at(school: SchoolAtWork) -> str:
    events = school.as_visitor("GET", f"users/{school.address('office')}/calendar/events?$top=50").json()[
        "value"
    ]
    return next(str(one["start"]["dateTime"]) for one in events if one["subject"].startswith("If this rings"))


def test_a_rebuild_that_nobody_confirms_makes_the_alarm_ring(in_term: SchoolAtWork) -> None:
    """Nothing is sent meanwhile, so that no mail can tell of it."""
    before = _rings_at(in_term)
    lose_the_journal(in_term)
    rebuild(in_term.office, TIMETABLE)
    in_term.at("2026-10-23T16:00:00+01:00")

    in_term.once()
    assert _rings_at(in_term) == before < "2026-10-23T15:00"

    confirm(in_term.office)
    in_term.until_settled()
    assert _rings_at(in_term) > "2026-10-23T15:00"


def test_what_was_sealed_before_is_evidence_again_and_a_change_of_it_is_found(in_term: SchoolAtWork) -> None:
    """A pack for the police would hold none of it, and the daily check would not look at it."""
    with in_term.office.journal.transaction() as transaction:
        before = {
            one.path: one.sha256 for one in transaction.evidence.of_case(FIRST) if one.shelf is Shelf.SEALED
        }
    lose_the_journal(in_term)
    rebuild(in_term.office, TIMETABLE)
    confirm(in_term.office)
    in_term.until_settled()

    with in_term.office.journal.transaction() as transaction:
        after = {one.path: one.sha256 for one in transaction.evidence.of_case(FIRST)}
    originals = {path: sha256 for path, sha256 in before.items() if not path.startswith("Cases/")}
    assert originals
    assert {path: after.get(path) for path in originals} == originals
    assert "The evidence holds" in _said(in_term, "verify")
    changed = next(path for path in originals if path.endswith("message.eml"))
    in_term.put_file("sealed", changed, b"something else", by="visitor")
    assert "The evidence holds" not in _said(in_term, "verify")
