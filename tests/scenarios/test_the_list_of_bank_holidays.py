"""The government's list of bank holidays: fetched once a month, kept beside the settings, and told where it grows old."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest

from casework.bank_holidays import bank_holidays, is_weekend
from casework.errors import TemporaryConnectorError
from casework.policy_ports import PublishedCopy
from connectors.website import PublicWebsite
from offices.house import examine
from offices.machine_clock import machine_now
from offices.published_bank_holidays import PublishedBankHolidays, tried
from offices.status import status_of
from offices.story import story_of
from tests.remembering import Moments
from tests.scenarios.test_chasing import serve_the_request
from tests.school import SchoolAtWork, words

ADDRESS = "https://localhost/bank-holidays.json"
ANNOUNCED = {date(2026, 11, 5): "Coronation"}


def the_list(more: dict[date, str] | None = None) -> bytes:
    """What gov.uk publishes, as far as Casework looks at it."""
    years = (bank_holidays("England", year) for year in (2026, 2027))
    days = {day: name for year in years for day, name in year.items() if not is_weekend(day)} | (more or {})
    events = [
        {"title": name, "date": day.isoformat(), "notes": "", "bunting": True}
        for day, name in sorted(days.items())
    ]
    return json.dumps({"england-and-wales": {"division": "england-and-wales", "events": events}}).encode()


class Website:
    """Answers with the list, or not at all."""

    def __init__(self, content: bytes | None) -> None:
        self.content = content
        self.asked = 0

    def fetch(self, address: str) -> PublishedCopy:
        assert address == ADDRESS
        self.asked += 1
        if self.content is None:
            raise TemporaryConnectorError("It did not answer.")
        return PublishedCopy(content=self.content, name="bank-holidays.json")


@pytest.fixture
def served(moments: Moments) -> Iterator[SchoolAtWork]:
    """What was asked for is due on Friday 6 November 2026, and there is no list yet."""
    school = moments.come_to(serve_the_request)
    yield school
    copy_of(school).unlink(missing_ok=True)


def wants_the_list(school: SchoolAtWork, content: bytes | None) -> Website:
    settings = school.office.settings
    term_dates = settings.term_dates.model_copy(update={"bank_holidays": ADDRESS})
    website = Website(content)
    tried.clear()
    school.office.bank_holidays = PublishedBankHolidays(
        settings.model_copy(update={"term_dates": term_dates})
    )
    school.office.__dict__["website"] = website
    return website


def copy_of(school: SchoolAtWork) -> Path:
    return school.settings.parent / "bank-holidays.json"


def grown_old(file: Path, days: int) -> None:
    at = (machine_now() - timedelta(days=days)).timestamp()
    os.utime(file, (at, at))


def troubles(school: SchoolAtWork) -> str:
    return "\n".join(status_of(school.office.settings, journal=school.office.journal)["troubles"])


def test_a_bank_holiday_announced_meanwhile_moves_every_deadline_and_is_explained(
    served: SchoolAtWork,
) -> None:
    served.at("2026-11-02T07:40:00+00:00")
    served.works()

    wants_the_list(served, the_list(ANNOUNCED))
    served.at("2026-11-03T07:40:00+00:00")
    served.works()

    assert str(served.the_case()["Due"])[:10] == "2026-11-09"
    assert "not counted: bank holiday (Coronation)" in "\n".join(story_of(served.office, "TIS-2026-0001"))
    told = " ".join(" ".join(words(one).split()) for one in served.messages("office"))
    assert "due on Monday 9 November 2026, no longer on Friday 6 November 2026" in told


def test_the_list_is_fetched_once_a_month_and_nothing_else_replaces_a_good_one(served: SchoolAtWork) -> None:
    website = wants_the_list(served, the_list())
    for moment in ("2026-11-02T09:00:00+00:00", "2026-11-03T09:00:00+00:00"):
        served.at(moment)
        served.works()
    assert website.asked == 1

    grown_old(copy_of(served), 31)
    website = wants_the_list(served, b"<html>Please sign in to the network</html>")
    for moment in ("2026-11-04T09:00:00+00:00", "2026-11-04T10:00:00+00:00"):
        served.at(moment)
        served.works()

    assert website.asked == 1
    assert copy_of(served).read_bytes() == the_list()
    assert troubles(served) == ""


def test_a_list_that_does_not_come_is_asked_for_once_a_day_by_all_schools_of_a_folder(
    served: SchoolAtWork,
) -> None:
    """A host opens its schools again and again; each would wait for an answer that does not come."""
    website = wants_the_list(served, None)
    served.at("2026-11-02T09:00:00+00:00")
    served.works()
    known = served.office.bank_holidays

    term_dates = served.office.settings.term_dates.model_copy(update={"bank_holidays": ADDRESS})
    settings = served.office.settings.model_copy(update={"term_dates": term_dates})
    another = PublishedBankHolidays(settings)
    another.fetch_if_due(cast("PublicWebsite", website))

    assert website.asked == 1
    told = "The government's list of bank holidays was never fetched"
    assert told in known.trouble(served.office.school.calendar)
    assert told in another.trouble(served.office.school.calendar)


def test_an_old_list_is_told_by_status_doctor_and_morning_mail_and_goes_on_counting(
    served: SchoolAtWork,
) -> None:
    copy_of(served).write_bytes(the_list(ANNOUNCED))
    grown_old(copy_of(served), 100)
    wants_the_list(served, None)

    served.at("2026-11-04T07:40:00+00:00")
    served.works()

    told = "The government's list of bank holidays is 100 days old"
    assert told in troubles(served)
    assert told in next(check for check in examine(served.office) if check.name == "term calendar").finding
    morning = [words(one) for one in served.messages("office") if one["subject"].startswith("Casework on")]
    assert told in morning[-1]
    assert str(served.the_case()["Due"])[:10] == "2026-11-09"


def test_a_copy_that_somebody_put_there_by_hand_counts_and_one_that_is_no_list_is_told(
    served: SchoolAtWork,
) -> None:
    copy_of(served).write_bytes(the_list(ANNOUNCED))
    served.at("2026-11-03T07:40:00+00:00")
    served.works()
    assert str(served.the_case()["Due"])[:10] == "2026-11-09"

    for number, none in enumerate((b"[]", b"[" * 200_000, b"\xff\xfe")):
        copy_of(served).write_bytes(none)
        served.at(f"2026-11-03T09:4{number}:00+00:00")
        served.works()

        assert "It is not the government's list of bank holidays." in troubles(served)
