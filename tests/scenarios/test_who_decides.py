"""The deputy decides while the headteacher is away, or after three school days; nobody decides their own case."""

from __future__ import annotations

import pytest

from tests.remembering import Moments
from tests.school import SchoolAtWork, words

PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@homes.example", "Target": "school"}
POST = "Seen on https://www.facebook.com/groups/tillbrook/posts/12"


def draft_the_invitation(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.works()
    school.staff_set(**PARENT)
    school.works()


@pytest.fixture
def drafted(moments: Moments) -> SchoolAtWork:
    """The invitation waits in the headteacher's Drafts since Monday 23 November 2026."""
    return moments.come_to(draft_the_invitation)


def go_away(school: SchoolAtWork, role: str, until: str) -> None:
    """Somebody sets automatic replies in Outlook."""
    setting = {
        "status": "scheduled",
        "internalReplyMessage": "I am away.",
        "scheduledStartDateTime": {"dateTime": "2026-11-20T00:00:00", "timeZone": "UTC"},
        "scheduledEndDateTime": {"dateTime": until, "timeZone": "UTC"},
    }
    path = f"users/{school.address(role)}/mailboxSettings"
    school.as_person(role, "PATCH", path, json={"automaticRepliesSetting": setting})


def test_after_three_school_days_the_deputy_decides_as_well_and_the_first_answer_wins(
    drafted: SchoolAtWork,
) -> None:
    request = drafted.the_request()
    drafted.at("2026-11-26T08:00:00+00:00")
    drafted.works()
    offer = drafted.the_request("deputy")
    assert "Oakfield" in words(offer)
    assert len(drafted.messages("headteacher", "drafts")) == 1

    drafted.reply("deputy", offer, "Happy with this, please send")
    drafted.works()
    drafted.reply("headteacher", request, "REJECT no")
    drafted.works()

    assert len(drafted.letters_sent()) == 1
    assert drafted.messages("headteacher", "drafts") == []
    told = [words(m) for m in drafted.messages("headteacher") if m["subject"].startswith("Decided:")]
    assert len(told) == 1
    assert "the deputy" in told[0]
    assert any(subject.startswith("Already decided") for subject in drafted.subjects("headteacher"))


def test_a_head_who_is_away_is_stood_in_for_until_the_day_of_return(drafted: SchoolAtWork) -> None:
    go_away(drafted, "headteacher", "2026-12-02T08:00:00")
    drafted.at("2026-11-23T10:00:00+00:00")
    drafted.works()

    assert drafted.messages("headteacher", "drafts") == []
    assert "2 December 2026" in words(drafted.the_request("deputy"))
    note = next(
        m for m in drafted.messages("headteacher") if m["subject"].startswith("Decided by the deputy")
    )
    assert "2 December 2026" in words(note)
    assert drafted.the_case()["Stage"] == "awaiting approval"

    drafted.press_send("deputy")
    drafted.works()
    assert len(drafted.letters_sent()) == 1

    drafted.at("2026-12-03T10:00:00+00:00")
    drafted.staff_set(TalkedOn="2026-12-02T12:00:00Z", TalkOutcome="refused", Continues=True)
    drafted.works()
    assert len(drafted.messages("headteacher", "drafts")) == 1
    assert drafted.messages("deputy", "drafts") == []


def test_days_away_in_the_settings_file_count_as_automatic_replies_do(drafted: SchoolAtWork) -> None:
    text = drafted.settings.read_text(encoding="utf-8")
    days = '[approvals]\naway = [{ who = "headteacher", since = 2026-11-23, until = 2026-11-27 }]\n'
    try:
        drafted.settings.write_text(f"{text}\n{days}", encoding="utf-8")
        drafted.restart()
        drafted.at("2026-11-23T10:00:00+00:00")
        drafted.works()

        assert drafted.messages("headteacher", "drafts") == []
        assert "27 November 2026" in words(drafted.the_request("deputy"))
    finally:
        drafted.settings.write_text(text, encoding="utf-8")
        drafted.restart()


def test_a_head_who_wrote_the_report_does_not_approve_the_letter(school: SchoolAtWork) -> None:
    school.send_mail("headteacher", school.address("reports"), "A post about us", POST)
    school.works()
    school.staff_set(**PARENT)

    school.works()

    assert school.messages("headteacher", "drafts") == []
    assert len(school.messages("deputy", "drafts")) == 1


@pytest.mark.parametrize(
    ("role", "words_for"), [("office", "office"), ("safeguarding_lead", "safeguarding lead")]
)
def test_whoever_has_reminders_and_is_away_by_their_outlook_is_stood_in_for(
    school: SchoolAtWork, role: str, words_for: str
) -> None:
    """Nobody has written to them yet, so that no automatic reply has come that would tell."""
    school.teacher_forwards(POST)
    school.works()
    school.staff_set(Handler=school.address(role))
    go_away(school, role, "2026-12-02T08:00:00")

    school.at("2026-11-24T07:40:00+00:00")
    school.works()

    told = [words(one) for one in school.messages("deputy") if one["subject"].startswith("Casework on")]
    assert len(told) == 1
    assert f"You have this because the {words_for} is away." in told[0]
    assert "Look at the report" in told[0]
    school.office.close_journal()
    assert b"I am away" not in (school.settings.parent / "journal.sqlite").read_bytes()


def test_the_office_is_told_where_nobody_is_there_to_decide(drafted: SchoolAtWork) -> None:
    for role in ("headteacher", "deputy"):
        go_away(drafted, role, "2026-12-02T08:00:00")
    drafted.at("2026-11-24T08:00:00+00:00")
    drafted.works()
    drafted.works()

    morning = words(drafted.messages("office")[-1])
    assert "The headteacher is away until Wednesday 2 December 2026" in morning
    assert "nobody is there to stand in: 1 letter waits for a decision." in morning

    drafted.at("2026-12-03T08:00:00+00:00")
    drafted.works()
    drafted.works()
    assert "nobody is there to stand in" not in words(drafted.messages("office")[-1])
