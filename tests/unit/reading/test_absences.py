"""When an approver is away: the days that an automatic reply names, and no other."""

# ruff: noqa: E501 - notices stand here as people write them

from datetime import date

import pytest

from casework.intake import Absence, as_json
from tests.unit.reading.test_automatic_mail import mail, read

# The notice is sent on Friday 23 October 2026.
NOTICES = [
    ("I am away until 2 November 2026.", None, date(2026, 11, 2), None),
    ("I am out of the office and back on Monday 2 November.", None, date(2026, 11, 2), date(2026, 11, 2)),
    ("I am on leave from 24/10 until 02/11/2026, ring the office.", date(2026, 10, 24), date(2026, 11, 2), None),
    ("I am away from 24 October to 1 November, returning on 2 November.", date(2026, 10, 24), date(2026, 11, 1), date(2026, 11, 2)),
    ("I am on annual leave 26-30 October 2026.", date(2026, 10, 26), date(2026, 10, 30), None),
    ("I am on annual leave between 28 December and 4 January.", date(2026, 12, 28), date(2027, 1, 4), None),
    ("I am out of the office from Monday 26th October until Friday 30th October.", date(2026, 10, 26), date(2026, 10, 30), None),
    ("Ich bin vom 24.10. bis zum 02.11.2026 nicht im Büro.", date(2026, 10, 24), date(2026, 11, 2), None),
    ("Je suis absente du 24 octobre au 2 novembre 2026.", date(2026, 10, 24), date(2026, 11, 2), None),
    ("I am on leave, returning on 4 January.", None, date(2027, 1, 4), date(2027, 1, 4)),
    ("I am out of the office until further notice.", None, None, None),
    ("I am out of the office. Ring 01632 960123 or 2 other people.", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "since", "until", "back_on"), NOTICES)
def test_an_absence_has_the_days_that_it_plainly_names_and_no_day_is_invented(
    text: str, since: date | None, until: date | None, back_on: date | None
) -> None:
    absence = read(mail(text, "Automatic reply: x")).absence
    assert absence == Absence(since=since, until=until, back_on=back_on)


def test_an_iphone_says_the_days_in_its_header() -> None:
    made = mail("On holiday.", "Auto reply: x", X_Apple_Action="VACATION",
                X_Apple_Criteria="{kind=VACATION,startDate=2026-10-24T15:00:00Z,endDate=2026-11-01T14:59:59Z}")  # fmt: skip
    assert read(made).absence == Absence(since=date(2026, 10, 24), until=date(2026, 11, 1))


def test_scripts_find_the_days_in_the_json() -> None:
    away = as_json(read(mail("I am away from 24 October until 2 November 2026.", "Automatic reply: x")))
    assert away["absence"] == {"from": "2026-10-24", "until": "2026-11-02", "back_on": None}
    assert "absence" not in as_json(read(mail()))
