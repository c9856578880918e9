"""Every minute of some days: does anything happen before the moment that the look before it has said?

A busy school, its people's deeds, a snow day and whatever the clock brings, by day and by night. Run it with
`scripts/campaign minutes --from 2026-11-23 --days 7`; a day takes about a minute.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console

from tests.campaigns.schools import provisioned_school
from tests.minutes import a_real_clock, busy, happened_too_early, minutes, with_hours_of_its_own
from tests.school import SchoolAtWork

CONSOLE = Console()
LONGEST = 600
CALENDAR = "term-dates.toml"
LAST_WEEKS = 24
"""Later days of a month are of its last weeks."""


def main() -> int:
    asked = _asked()
    with (
        tempfile.TemporaryDirectory() as folder,
        provisioned_school(Path(folder)) as (server, settings, facts),
    ):
        school = SchoolAtWork(server, settings, facts)
        busy(school)
        with_hours_of_its_own(school)
        found = 0
        with a_real_clock(school) as clock:
            for passed in range(asked.days):
                day = getattr(asked, "from") + timedelta(days=passed)
                every = minutes(f"{day}T00:00+00:00", f"{day}T23:59+00:00")
                wrong, early = happened_too_early(school, every, clock=clock, deeds=deeds_of(day))
                CONSOLE.print(f"{day:%a %d %b %Y}: {early} looks would have ended early; wrong: {len(wrong)}")
                for sentence in wrong:
                    CONSOLE.print(f"  {sentence[:LONGEST]}", markup=False)
                found += len(wrong)
        school.office.journal.close()
    return int(bool(found))


def deeds_of(day: date) -> dict[str, Callable[[SchoolAtWork], None]]:
    """On Tuesdays a report and a policy come, on Wednesdays the head presses Send, some Thursdays it snows."""
    tuesday, wednesday, thursday = (day.weekday() == number for number in (1, 2, 3))
    return {
        **({f"{day}T10:03": _reports, f"{day}T11:21": _saves_a_policy} if tuesday else {}),
        **({f"{day}T09:07": _presses_send} if wednesday else {}),
        **(
            {f"{day}T06:52": lambda school: _it_snows(school, day)}
            if thursday and day.day > LAST_WEEKS
            else {}
        ),
    }


def _reports(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/16")


def _saves_a_policy(school: SchoolAtWork) -> None:
    words = b"Lone Working Policy\nOwner: Headteacher\nNext review: December 2026\n"
    school.put_file("policies", "Lone Working Policy.txt", words)


def _presses_send(school: SchoolAtWork) -> None:
    if school.messages("headteacher", "drafts"):
        school.press_send()


def _it_snows(school: SchoolAtWork, day: date) -> None:
    with (school.settings.parent / CALENDAR).open("a", encoding="utf-8") as file:
        file.write(f'\n[[closures]]\nday = {day}\nreason = "snow"\n')


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="scripts/campaign minutes")
    parser.add_argument("--from", type=date.fromisoformat, default=date(2026, 11, 23), metavar="DAY")
    parser.add_argument("--days", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
