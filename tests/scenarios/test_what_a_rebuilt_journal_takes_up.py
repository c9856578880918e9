"""What a rebuilt journal takes up: what people wrote into the list meanwhile, and what they were asked before."""

from __future__ import annotations

import pytest

from offices.rebuilding import confirm, rebuild
from schedule import TIMETABLE
from tests.remembering import Moments
from tests.scenarios.test_a_journal_rebuilt_in_term import (
    FIRST,
    PARENT,
    SECOND,
    half_a_term,
    item_of,
    lose_the_journal,
    row_of,
)
from tests.school import SchoolAtWork, words


@pytest.fixture
def in_term(moments: Moments) -> SchoolAtWork:
    return moments.come_to(half_a_term)


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({"Outcome": "Removed."}, {"Stage": "closed", "ClosedAt": "2026-10-23T08:00:00Z"}),
        ({"WaitingFor": "the police"}, {"Waited": "since 23 October 2026", "Due": "2026-11-13T00:00:00Z"}),
        ({"HostDecision": "yes", "HostWhy": "it names a child"}, {"Options": "(e) Host: yes on 23 October"}),
    ],
    ids=["its outcome", "that it waits", "a decision"],
)
def test_what_staff_wrote_while_the_journal_was_lost_counts(
    in_term: SchoolAtWork, columns: dict[str, str], shown: dict[str, str]
) -> None:
    in_term.at("2026-10-23T09:00:00+01:00")
    in_term.staff_set(item=item_of(in_term, FIRST), **columns)
    in_term.at("2026-11-02T08:00:00+00:00")
    in_term.staff_set(item=item_of(in_term, FIRST), Notes="The PC was stolen.")

    lose_the_journal(in_term)
    rebuild(in_term.office, TIMETABLE)
    confirm(in_term.office)
    in_term.works()

    row = row_of(in_term, FIRST)
    assert all(words in row[name] for name, words in shown.items()), row


def test_a_case_that_goes_on_or_is_opened_again_while_the_journal_is_lost_does(in_term: SchoolAtWork) -> None:
    in_term.staff_set(item=item_of(in_term, FIRST), WaitingFor="the police")
    in_term.staff_set(item=item_of(in_term, SECOND), Outcome="Removed.")
    in_term.works()
    in_term.at("2026-11-03T08:00:00+00:00")
    in_term.staff_set(item=item_of(in_term, FIRST), WaitingFor="")
    in_term.staff_set(item=item_of(in_term, SECOND), Outcome="")
    lose_the_journal(in_term)

    rebuild(in_term.office, TIMETABLE)
    confirm(in_term.office)
    in_term.works()

    assert row_of(in_term, FIRST)["Waited"] == "23 October 2026 to 3 November 2026"
    second = row_of(in_term, SECOND)
    assert not second.get("ClosedAt")
    assert second["LastOutcome"] == "Closed on 23 October 2026. Opened again on 3 November 2026."


@pytest.mark.parametrize("decision", ["approve", "change"])
def test_what_the_head_decided_in_the_list_while_the_journal_was_lost_counts(
    in_term: SchoolAtWork, decision: str
) -> None:
    item = item_of(in_term, SECOND)
    in_term.staff_set(by="headteacher", item=item, Decision=decision, DecisionNote="Say it more kindly.")
    lose_the_journal(in_term)

    rebuild(in_term.office, TIMETABLE)
    confirm(in_term.office)
    in_term.works()

    letters = row_of(in_term, SECOND)["Letters"]
    assert (
        "approved in the Decision column" if decision == "approve" else "A change was asked for."
    ) in letters


def test_of_a_letter_that_waits_nobody_says_that_it_was_withdrawn(in_term: SchoolAtWork) -> None:
    lose_the_journal(in_term)

    rebuild(in_term.office, TIMETABLE)
    confirm(in_term.office)
    in_term.works()

    assert row_of(in_term, SECOND)["Letters"] == "Invitation, version 1: waiting for approval"


def _a_deputy_decides(school: SchoolAtWork) -> None:
    """The office changes the letter as the head asked; then the head is away, and the deputy has its third version."""
    school.at("2026-10-13T09:00:00+01:00")
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/1")
    school.works()
    school.staff_set(**PARENT)
    school.works()
    school.reply("headteacher", school.the_request(), "CHANGE say it more kindly")
    school.works()
    (asked,) = (
        one for one in school.messages("office") if one["subject"].startswith("Please change a letter")
    )
    school.reply("office", asked, "AS IT IS")
    school.works()
    school.at("2026-10-15T08:00:00+01:00")
    away = {
        "status": "scheduled",
        "scheduledStartDateTime": {"dateTime": "2026-10-15T00:00:00", "timeZone": "UTC"},
        "scheduledEndDateTime": {"dateTime": "2026-10-21T00:00:00", "timeZone": "UTC"},
    }
    path = f"users/{school.address('headteacher')}/mailboxSettings"
    school.as_person("headteacher", "PATCH", path, json={"automaticRepliesSetting": away})
    school.works()
    school.works()


def test_what_a_deputy_was_asked_while_the_head_was_away_stays_with_the_deputy(moments: Moments) -> None:
    school = moments.come_to(_a_deputy_decides)
    assert "version 3: waiting for approval" in school.the_case()["Letters"]
    lose_the_journal(school)

    rebuild(school.office, TIMETABLE)
    confirm(school.office)
    for day in ("2026-10-16", "2026-10-21", "2026-10-22"):
        school.at(f"{day}T08:00:00+01:00")
        school.works()

    with school.office.journal.transaction() as transaction:
        versions = [letter.version for letter in transaction.letters.of_case(FIRST)]
    assert versions == [1, 2, 3], "in the order in which they were made, and no fourth"
    school.reply("deputy", school.the_request("deputy"), "APPROVE")
    school.works()
    assert len(school.letters_sent()) == 1


def test_a_late_answer_about_a_change_that_is_made_is_told_so_and_joins_no_case(moments: Moments) -> None:
    school = moments.come_to(_a_deputy_decides)
    lose_the_journal(school)
    rebuild(school.office, TIMETABLE)
    confirm(school.office)
    school.works()
    asked = next(
        one for one in school.messages("office") if one["subject"].startswith("Please change a letter")
    )

    school.reply("office", asked, "AS IT IS")
    school.works()

    told = school.messages("office")[-1]
    assert "The letter does not wait for a change any more; nothing was done." in words(told)
