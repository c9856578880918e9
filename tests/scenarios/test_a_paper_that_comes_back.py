"""The governors' clerk has a new address that nobody entered: the paper bounces, and is spoken of until it is seen to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from offices.governors import draft_governors_paper
from offices.seeing import leave_things, stuck_things
from offices.status import status_of
from tests.scenarios.test_approving_the_governors_paper import LAST_DAY, told, with_the_clerk
from tests.school import SchoolAtWork

WRONG = "d.okoro@governors.example"


@pytest.fixture
def returned(school: SchoolAtWork) -> Iterator[SchoolAtWork]:
    """The paper was approved, and the clerk's mail system does not know the address."""
    text = school.settings.read_text(encoding="utf-8")
    school.settings.write_text(text.replace(school.address("clerk"), WRONG), encoding="utf-8")
    school.restart()
    school.server.practice("PUT", "destinations", json=[{"address": WRONG, "status": "5.1.1"}])
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.at(LAST_DAY)
    school.works()
    school.reply("headteacher", school.the_request(), "APPROVE")
    school.works()
    school.works()
    yield school
    school.settings.write_text(text, encoding="utf-8")
    school.restart()


def troubles(school: SchoolAtWork) -> str:
    status = status_of(school.office.settings, journal=school.office.journal)
    return f"{status['needs_a_person']} {status['troubles']}"


def test_the_office_hears_once_and_every_morning_mail_and_the_status_say_it_until_it_is_drafted_anew(
    returned: SchoolAtWork,
) -> None:
    (mail,) = told(returned, "office", "The governors' paper came back")
    assert "correct the address of the governors' clerk" in mail
    assert WRONG not in mail
    assert "came back undelivered on 18 December 2026" in troubles(returned)
    assert troubles(returned).startswith("1 ")
    returned.at("2027-01-05T07:40:00+00:00")
    returned.works()
    assert "came back undelivered on 18 December 2026" in told(returned, "office", "Casework on")[-1]

    text = returned.settings.read_text(encoding="utf-8")
    returned.settings.write_text(text.replace(WRONG, returned.address("clerk")), encoding="utf-8")
    returned.restart()
    draft_governors_paper(returned.office, term="Autumn term")
    returned.works()
    assert "came back" not in troubles(returned)
    returned.reply("headteacher", returned.the_request(), "APPROVE")
    returned.works()
    assert len(with_the_clerk(returned)) == 1
    assert len(told(returned, "office", "The governors' paper came back")) == 1


def test_a_paper_that_the_office_handed_over_is_spoken_of_no_more(returned: SchoolAtWork) -> None:
    (stuck,) = stuck_things(returned.office)
    assert stuck.what.startswith("the governors' paper for the Autumn term 2026, which came back")
    assert "the governors' clerk" in stuck.problem

    leave_things(returned.office, {stuck.mark})

    assert troubles(returned) == "0 []"
    returned.at("2027-01-05T07:40:00+00:00")
    returned.works()
    assert "came back undelivered" not in told(returned, "office", "Casework on")[-1]
