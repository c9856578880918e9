"""Days as programs all over Europe write them, short and long, with and without a hint of the language."""

# ruff: noqa: DTZ001 - the headers give no zone

from datetime import datetime

import pytest

from casework.forwards.dates import parse_moment

DAYS = [
    # The same word is another month next door; the day of the week tells which.
    ("čet, 3 lip 2021 08:05", (2021, 6, 3, 8, 5)),
    ("sob., 3 lip 2021, 08:05", (2021, 7, 3, 8, 5)),
    ("ponedjeljak, 25. listopada 2021. 11:17", (2021, 10, 25, 11, 17)),
    ("čtvrtek 25. listopadu 2021 11:17", (2021, 11, 25, 11, 17)),
    ("utorak, 3. kolovoza 2021. 8:05", (2021, 8, 3, 8, 5)),
    ("sobota, 3. srpna 2019 8:05", (2019, 8, 3, 8, 5)),
    # The day of the week looks like a month.
    ("mar. 3 août 2021 à 08:05", (2021, 8, 3, 8, 5)),
    ("2021. január 3., vasárnap 8:05", (2021, 1, 3, 8, 5)),
    ("Dydd Mawrth, 3 Awst 2021 08:05", (2021, 8, 3, 8, 5)),
    ("lun, 25 oct 2021 a las 11:17", (2021, 10, 25, 11, 17)),
    ("dom, 3 mar 2019 alle ore 08:05", (2019, 3, 3, 8, 5)),
    # A time with dots is no day.
    ("3. januar 2021 08.05.21", (2021, 1, 3, 8, 5, 21)),
    ("3.1.2021 8.05.21", (2021, 1, 3, 8, 5, 21)),
    ("3. marraskuuta 2021 klo 8.05", (2021, 11, 3, 8, 5)),
    # Short names that only their country uses.
    ("нд, 3 сту 2021 08:05", (2021, 1, 3, 8, 5)),
    ("tr, 3 vas. 2021 08:05", (2021, 2, 3, 8, 5)),
    ("3 de xul. de 2021, 08:05", (2021, 7, 3, 8, 5)),
    ("hën, 25 jan 2021 2:17 m.d.", (2021, 1, 25, 14, 17)),
    ("2021년 1월 3일 오전 8시 5분", (2021, 1, 3, 8, 5)),
    ("יום ראשון, 3 בינואר 2021 8:05", (2021, 1, 3, 8, 5)),
]


@pytest.mark.parametrize(("written", "moment"), DAYS)
def test_a_day_is_read_as_its_writer_meant_it(written: str, moment: tuple[int, ...]) -> None:
    assert parse_moment(written) == datetime(*moment)  # type: ignore[arg-type, misc]  # five or six figures


@pytest.mark.parametrize(
    "written", ["on Monday", "3 lip", "08.05", "May I ask", "2021", "31 February 2021 8:05"]
)
def test_no_day_is_made_up(written: str) -> None:
    assert parse_moment(written) is None
