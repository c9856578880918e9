"""What people write within one minute, or while the PC is off, counts as each of them meant it, and as of its day."""

from __future__ import annotations

import pytest

from offices.story import story_of
from tests.remembering import Moments
from tests.scenarios.test_chasing import serve_the_request
from tests.scenarios.test_what_staff_tell_in_one_line import newest
from tests.school import SchoolAtWork

CASE = "TIS-2026-0001"


@pytest.fixture
def served(moments: Moments) -> SchoolAtWork:
    """The request was served on Friday 16 October; it is the Tuesday after."""
    school = moments.come_to(serve_the_request)
    school.at("2026-10-20T10:00:00+01:00")
    return school


def a_line(school: SchoolAtWork, line: str, *, by: str = "office") -> None:
    school.send_mail(by, school.address("reports"), f"About case {CASE}", line)


def happened(school: SchoolAtWork) -> list[str]:
    with school.office.journal.transaction() as transaction:
        return [event.what for event in transaction.events.after(0)]


def test_a_line_counts_though_somebody_edits_the_row_in_the_same_minute(served: SchoolAtWork) -> None:
    a_line(served, "WAIT for the police")
    served.staff_set(Notes="Rang the station.")

    served.works()

    row = served.the_case()
    assert (row["WaitingFor"], row["Waited"]) == ("the police", "since 20 October 2026")
    assert "case.goes_on" not in happened(served), "nobody has emptied the column"


def test_a_case_that_is_closed_by_a_line_is_closed_once_whoever_edits_its_row(served: SchoolAtWork) -> None:
    a_line(served, "CLOSE resolved informally")
    served.staff_set(Notes="All is well.")

    served.works()
    served.works()

    row = served.the_case()
    assert (row["Outcome"], row["ClosedBy"]) == ("resolved informally", served.address("office"))
    assert not row.get("LastOutcome"), "it was never opened again"
    assert "case.reopened" not in happened(served)


def test_who_closes_a_case_by_a_line_lets_its_reporter_know_as_in_the_list(served: SchoolAtWork) -> None:
    a_line(served, "CLOSE resolved informally")

    served.works()

    newest(served, "teacher", "Your report of 16 October 2026")
    assert 'Please look once more and set "Is the post still up".' in served.the_case()["CaseworkSays"]


def test_a_decision_is_that_of_who_made_it_though_another_saved_the_row_after(served: SchoolAtWork) -> None:
    served.staff_set(by="headteacher", HostDecision="yes", HostWhy="it names one of our children")
    served.staff_set(Notes="Mrs Holt was here.")

    served.works()

    story = "\n".join(story_of(served.office, CASE))
    assert "(e) host: yes, decided by the headteacher (in the list)" in story


def test_whom_a_case_is_about_decides_nothing_though_another_saved_the_row_after(
    served: SchoolAtWork,
) -> None:
    served.staff_set(TargetAddress=served.address("deputy"))
    served.works()
    served.staff_set(by="deputy", HostDecision="yes", HostWhy="it names one of our children")
    served.staff_set(Notes="Mrs Holt was here.")

    served.works()

    assert "(e) Host: to be decided" in served.the_case()["Options"]


def test_what_was_decided_while_the_pc_was_off_stands_under_its_day(served: SchoolAtWork) -> None:
    served.staff_set(by="headteacher", HostDecision="yes", HostWhy="it names one of our children")
    served.at("2026-10-22T08:00:00+01:00")
    served.staff_set(Outcome="resolved informally")
    served.at("2026-11-03T08:00:00+00:00")

    served.works()

    row = served.the_case()
    assert "(e) Host: yes on 20 October 2026." in row["Options"]
    assert row["ClosedAt"].startswith("2026-10-22")


@pytest.mark.parametrize("how", ["in the list", "by mail"])
def test_the_clock_stands_still_from_the_day_on_which_it_was_said_though_the_pc_was_off(
    served: SchoolAtWork, how: str
) -> None:
    served.at("2026-11-06T10:00:00+00:00")  # the day by whose end it is due
    if how == "in the list":
        served.staff_set(WaitingFor="the police")
    else:
        a_line(served, "WAIT for the police")
    served.at("2026-11-09T08:00:00+00:00")
    served.staff_set(Notes="Nothing new.")

    served.works()

    row = served.the_case()
    assert row["Waited"] == "since 6 November 2026"
    assert row["Due"].startswith("2026-11-20"), "ten school days from then; nothing is late"


def test_what_a_reporter_adds_after_the_closing_opens_the_case_again_though_the_pc_was_off(
    served: SchoolAtWork,
) -> None:
    """The mailbox is read before the list."""
    served.staff_set(Outcome="resolved informally")
    served.at("2026-10-21T08:00:00+01:00")
    served.reply("teacher", newest(served, "teacher", "We have your report"), "He has posted it once more.")
    served.at("2026-10-22T08:00:00+01:00")

    served.works()

    row = served.the_case()
    assert not row.get("Outcome")
    assert row["LastOutcome"] == (
        "Closed on 20 October 2026: resolved informally Opened again on 22 October 2026."
    )


def test_what_a_reporter_added_before_the_closing_leaves_the_case_closed(served: SchoolAtWork) -> None:
    served.reply("teacher", newest(served, "teacher", "We have your report"), "He has taken it down.")
    served.at("2026-10-21T08:00:00+01:00")
    served.staff_set(Outcome="resolved informally")
    served.at("2026-10-22T08:00:00+01:00")

    served.works()

    assert served.the_case()["ClosedAt"].startswith("2026-10-21")
