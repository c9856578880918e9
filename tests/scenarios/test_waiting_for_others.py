"""While a case waits for others its clock stands still, it is not forgotten, and then the clock runs on."""

from __future__ import annotations

import pytest

from command_line.status import lines
from offices.rebuilding import confirm, rebuild
from offices.short_stories import story_of_open_cases
from offices.status import status_of
from offices.story import story_of
from schedule import TIMETABLE
from tests.journal_stores import JOURNAL
from tests.remembering import Moments
from tests.scenarios.test_chasing import PARENT, REFUSED, mornings, serve_the_request
from tests.scenarios.test_what_staff_tell_in_one_line import newest
from tests.school import SchoolAtWork, words

WAITING = {"WaitingFor": "the police, who asked us to wait"}


def wait_for_the_police(school: SchoolAtWork) -> None:
    """The request was served on Friday 16 October; since Tuesday the 20th the case waits."""
    serve_the_request(school)
    school.at("2026-10-20T10:00:00+01:00")
    school.staff_set(**WAITING)
    school.works()


def posted_by_hand(school: SchoolAtWork) -> None:
    """The approved request lies with the office, to be posted."""
    school.at("2026-10-16T09:00:00+01:00")
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    by_post = {"ParentEmail": "", "ParentAddress": "14 Weir Street, Tillbrook"}
    school.staff_set(**PARENT, **REFUSED)
    school.staff_set(**by_post)
    school.works()
    school.reply("headteacher", school.the_request(), "APPROVE")
    school.works()


@pytest.fixture
def waiting(moments: Moments) -> SchoolAtWork:
    return moments.come_to(wait_for_the_police)


def goes_on(school: SchoolAtWork) -> None:
    """Half-term is 26 to 30 October."""
    school.at("2026-11-03T10:00:00+00:00")
    school.staff_set(WaitingFor="")
    school.works()


def test_while_it_waits_only_looking_again_is_due(waiting: SchoolAtWork) -> None:
    row = waiting.the_case()

    assert row["Due"].startswith("2026-11-10")
    assert row["NextStep"].startswith("Waiting for others since 20 October 2026; the clock stands still.")
    assert row["CaseworkSays"] == "The case waits for others: its clock stands still."
    assert len(row["NextStep"]) <= 255, "a column of SharePoint takes no more"


def test_the_days_of_waiting_are_not_counted(waiting: SchoolAtWork) -> None:
    goes_on(waiting)

    assert waiting.the_case()["Due"].startswith("2026-11-13"), (
        "on 6 November without the wait of five school days"
    )
    assert waiting.the_case()["Waited"] == "20 October 2026 to 3 November 2026"
    story = "\n".join(story_of(waiting.office, "TIS-2026-0001"))
    assert story.count("school day, but the case waited for others") == 5
    assert "Friday 13 November 2026 (10 school days)" in story


def test_nobody_is_chased_for_the_step_and_the_office_is_asked_to_look_again(waiting: SchoolAtWork) -> None:
    for day in range(4, 10):
        waiting.at(f"2026-11-0{day}T08:00:00+00:00")
        waiting.works()
    assert not any("Was due" in said or "Overdue" in said for said in mornings(waiting, "office"))

    waiting.at("2026-11-10T08:00:00+00:00")
    waiting.works()
    assert "Look whether it can go on" in mornings(waiting, "office")[-1]

    waiting.at("2026-11-10T10:00:00+00:00")
    waiting.staff_set(WaitingFor="the police; they rang on 10 November and still look into it")
    waiting.works()
    assert waiting.the_case()["Due"].startswith("2026-11-24"), "ten school days from what was heard"


def test_clocks_of_other_people_run_on(waiting: SchoolAtWork) -> None:
    waiting.staff_set(HostToldOn="2026-10-20T10:00:00Z")
    waiting.works()
    before = waiting.the_case()["Duties"]

    goes_on(waiting)

    assert "By 27 October 2026" in before, "the host's seven days"
    assert waiting.the_case()["Duties"] == before


def test_what_was_late_before_it_waited_stays_late(moments: Moments) -> None:
    school = moments.come_to(serve_the_request)
    school.at("2026-11-09T10:00:00+00:00")
    school.staff_set(**WAITING)

    school.works()

    assert school.the_case()["Due"].startswith("2026-11-06")


def test_a_journal_that_was_rebuilt_knows_how_long_it_waited(waiting: SchoolAtWork) -> None:
    goes_on(waiting)
    waiting.at("2026-11-05T10:00:00+00:00")
    waiting.staff_set(WaitingFor="the parent, who is in hospital")
    waiting.works()
    before = {name: waiting.the_case()[name] for name in ("Due", "NextStep", "Waited")}
    waiting.office.close_journal()
    for name in JOURNAL:
        (waiting.settings.parent / name).unlink(missing_ok=True)
    waiting.restart()

    rebuild(waiting.office, TIMETABLE)
    confirm(waiting.office)
    waiting.works()

    assert {name: waiting.the_case()[name] for name in before} == before


def test_one_line_of_the_office_stops_the_clock_and_lets_it_go_on(moments: Moments) -> None:
    school = moments.come_to(serve_the_request)
    school.at("2026-10-20T10:00:00+01:00")
    school.send_mail("office", school.address("reports"), "About case TIS-2026-0001", "WAIT for the police")
    school.works()
    assert school.the_case()["WaitingFor"] == "the police"
    noted = newest(school, "office", "Noted: case TIS-2026-0001")
    assert '"Waiting for (the clock stands still)": the police.' in words(noted)

    school.at("2026-11-03T10:00:00+00:00")
    school.reply("office", noted, "WAIT over")
    school.works()
    row = school.the_case()
    assert (row["Waited"], row["Due"][:10]) == ("20 October 2026 to 3 November 2026", "2026-11-13")
    assert "its clock runs on" in words(newest(school, "office", "Noted: case TIS-2026-0001"))

    school.reply("office", noted, "WAIT over")
    school.works()
    asked = newest(school, "office", "One more word, please: case TIS-2026-0001")
    assert "The case waits for nobody" in words(asked)


def test_it_is_told_since_when_a_case_has_waited_however_often_staff_write_what_they_heard(
    waiting: SchoolAtWork,
) -> None:
    waiting.at("2026-11-04T10:00:00+00:00")
    waiting.staff_set(WaitingFor="the police; they rang and still look into it")
    waiting.works()

    row = waiting.the_case()
    assert row["NextStep"].startswith(
        "Waiting for others since 20 October 2026 (last noted on 4 November 2026);"
    )
    assert len(row["NextStep"]) <= 255, "a column of SharePoint takes no more"
    assert row["Waited"] == "20 October 2026 to 4 November 2026\nsince 4 November 2026"


def test_explain_says_what_is_to_be_done_when_it_goes_on_and_by_when(waiting: SchoolAtWork) -> None:
    waiting.at("2026-11-03T10:00:00+00:00")

    story = "\n".join(story_of(waiting.office, "TIS-2026-0001"))

    assert "When it goes on: Look whether the post was removed by the date in the letter" in story
    assert "If it went on today, that would be due on Friday 13 November 2026." in story
    screen = "\n".join(
        lines(status_of(waiting.office.settings, journal=waiting.office.journal), "Europe/London")
    )
    assert "1, of which 1 waits for others" in screen
    (head, *_) = story_of_open_cases(waiting.office)
    assert head == "1 case is open, and it waits for others."


def test_the_office_reads_each_week_which_cases_wait(waiting: SchoolAtWork) -> None:
    waiting.at("2026-11-02T08:00:00+00:00")
    waiting.works()

    assert "1 case waits for others: TIS-2026-0001 since 20 October 2026." in mornings(waiting, "office")[-1]


def test_a_letter_that_waits_for_a_decision_says_that_it_is_not_put_off(school: SchoolAtWork) -> None:
    school.at("2026-10-16T09:00:00+01:00")
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(**PARENT, **REFUSED, **WAITING)

    school.works()

    row = school.the_case()
    assert (row["Stage"], row["Due"][:10]) == ("awaiting approval", "2026-10-20")
    assert row["NextStep"].endswith('"Waiting for" does not put this off.')


def test_a_case_in_which_nothing_else_is_due_is_looked_at_again_too(moments: Moments) -> None:
    school = moments.come_to(posted_by_hand)
    assert not school.the_case().get("Due"), "it is due from the day that the office enters"

    school.staff_set(**WAITING)
    school.works()

    assert school.the_case()["NextStep"].startswith("Waiting for others since 16 October 2026")
    assert school.the_case()["Due"].startswith("2026-11-06"), "ten school days, half-term between them"


def test_what_a_closed_case_waited_for_is_over(waiting: SchoolAtWork) -> None:
    waiting.at("2026-10-22T10:00:00+01:00")
    waiting.staff_set(Outcome="The post was removed.")
    waiting.works()
    row = waiting.the_case()
    assert (row["Stage"], row["Waited"]) == ("closed", "20 October 2026 to 22 October 2026")
    assert not row.get("WaitingFor"), "whoever opens it again says anew whether it waits"

    waiting.at("2026-11-04T10:00:00+00:00")
    waiting.staff_set(Outcome="")
    waiting.works()

    assert waiting.the_case()["NextStep"].startswith("Look whether the post was removed")
    assert waiting.the_case()["Due"].startswith("2026-11-18"), "ten school days from when it was opened again"


def test_what_is_written_into_a_closed_case_counts_from_when_it_is_opened_again(
    waiting: SchoolAtWork,
) -> None:
    waiting.staff_set(Outcome="The post was removed.")
    waiting.works()
    waiting.at("2026-10-21T10:00:00+01:00")
    waiting.staff_set(**WAITING)
    waiting.works()
    assert "closed" in waiting.the_case()["CaseworkSays"]

    waiting.at("2026-10-22T10:00:00+01:00")
    waiting.staff_set(Outcome="")
    waiting.works()

    assert waiting.the_case()["NextStep"].startswith("Waiting for others since 22 October 2026;")


def test_a_long_line_of_the_office_fits_the_list(moments: Moments) -> None:
    school = moments.come_to(serve_the_request)
    school.at("2026-10-20T10:00:00+01:00")
    told = "WAIT for the police, " + "who have asked us to wait until they have spoken with everybody, " * 6
    school.send_mail("office", school.address("reports"), "About case TIS-2026-0001", told)

    school.works()

    assert school.the_case()["WaitingFor"].startswith("the police, who have asked us")
    assert school.the_case()["WaitingFor"].endswith("…")
    assert len(school.the_case()["WaitingFor"]) <= 255
    assert "answer WAIT over" in words(newest(school, "office", "Noted: case TIS-2026-0001"))
