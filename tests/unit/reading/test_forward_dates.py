"""Days and times in printed headers, in every order and language; a day that cannot be known is not invented."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from datetime import datetime

import pytest

from casework.forwards.dates import parse_moment

WRITTEN = {
    "Monday, October 25, 2021 11:17 AM": "2021-10-25T11:17:00",
    "25 October 2021 at 11:17:21 EEST": "2021-10-25T11:17:21+03:00",
    "Mon, Oct 25, 2021 at 11:17 PM": "2021-10-25T23:17:00",
    "Mon, 25 Oct 2021 11:17:21 +0300": "2021-10-25T11:17:21+03:00",
    "25/10/2021 11:17 (GMT+02:00)": "2021-10-25T11:17:00+02:00",
    "10/25/2021 11:17 AM CEST": "2021-10-25T11:17:00+02:00",
    "10/9/2021 11:17 AM": "2021-10-09T11:17:00",
    "09/10/2021 11:17": "2021-10-09T11:17:00",
    "09/10/21 11:17 (GMT+00:00)": "2021-10-09T11:17:00+00:00",
    "Sat 10/09/2021 11:17": "2021-10-09T11:17:00",
    "2021-10-25 11:17": "2021-10-25T11:17:00",
    "2021-10-25T11:17:21Z": "2021-10-25T11:17:21+00:00",
    "25.10.2021 klo 11.17": "2021-10-25T11:17:00",
    "On Monday, October 25th, 2021 at 9am": "2021-10-25T09:00:00",
    "12:05 AM, 25 Oct 2021": "2021-10-25T00:05:00",
    "25 Oct 2021, at 11:17": "2021-10-25T11:17:00",
    "Mon Oct 25 2021 11:17:21 GMT+0200 (Central European Summer Time)": "2021-10-25T11:17:21+02:00",
    "mar. 26 oct. 2021 à 11:17": "2021-10-26T11:17:00",
    "mar. 26 mars 2021 à 11h17": "2021-03-26T11:17:00",
    "lunes, 25 de octubre de 2021 11:17 p. m.": "2021-10-25T23:17:00",
    "Montag, 25. Oktober 2021 um 11:17 Uhr MESZ": "2021-10-25T11:17:00+02:00",
    "2021. okt. 25. du. 1:17": "2021-10-25T13:17:00",
    "2021 m. spalio 25 d., pirmadienis 11:17": "2021-10-25T11:17:00",
    "pirmdiena, 2021. gada 25. oktobris 11:17": "2021-10-25T11:17:00",
    "Δευτέρα, 25 Οκτωβρίου 2021 11:17 μ.μ.": "2021-10-25T23:17:00",
    "25 жовтня 2021 р. о 11:17": "2021-10-25T11:17:00",
    "2021年10月25日 星期一 下午 1:17": "2021-10-25T13:17:00",
    "2021년 10월 25일 오후 1:17": "2021-10-25T13:17:00",
    "\u200eMonday\u200e, \u200e25\u200e \u200eOctober\u200e \u200e2021 11:17": "2021-10-25T11:17:00",
    "25 October 2021": "2021-10-25T00:00:00",
}
LANGUAGE_DECIDES = {
    ("hr", "25. listopada 2021. 11:17"): 10,
    ("cs", "25. listopadu 2021 11:17"): 11,
    ("pl", "25 listopada 2021 11:17"): 11,
    ("hr", "5. lipnja 2021. 11:17"): 6,
    ("pl", "5 lipca 2021 11:17"): 7,
    ("cs", "5. srpna 2021 11:17"): 8,
    ("hr", "5. srpnja 2021. 11:17"): 7,
    ("cs", "5. června 2021 11:17"): 6,
    ("cs", "5. července 2021 11:17"): 7,
    ("fi", "5. maaliskuuta 2021 11.17"): 3,
    ("fi", "5. marraskuuta 2021 11.17"): 11,
    ("tr", "5 Mart 2021 Cuma 11:17"): 3,
    ("uk", "5 лютого 2021 11:17"): 2,
}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_day_is_read_to_the_minute_with_its_offset_where_it_has_one(written: str) -> None:
    moment = parse_moment(written)
    assert moment is not None
    assert moment.isoformat() == WRITTEN[written]


@pytest.mark.parametrize(("language", "written"), LANGUAGE_DECIDES)
def test_a_month_that_means_different_things_is_settled_by_the_headers_language(
    language: str, written: str
) -> None:
    moment = parse_moment(written, languages=frozenset({language}))
    assert moment is not None
    assert moment.month == LANGUAGE_DECIDES[language, written]


@pytest.mark.parametrize(
    "written",
    ["", "yesterday at noon", "Monday", "11:17", "31 February 2021 11:17", "Octobre 2021", "99/99/2021"],
)
def test_no_day_is_invented(written: str) -> None:
    assert parse_moment(written) is None


def test_a_forwarded_mail_is_not_younger_than_the_mail_that_holds_it() -> None:
    outer = datetime.fromisoformat("2021-10-30T08:00:00+00:00")
    moment = parse_moment("10/11/2021 09:00", not_after=outer)
    assert moment is not None
    assert (moment.month, moment.day) == (10, 11)
