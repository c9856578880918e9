"""The practice clock: to the next school morning, to tomorrow, a week on, or to any moment."""

from datetime import datetime, time, timedelta

from starlette.responses import Response

from practice_tenant.page.forms import read_form
from practice_tenant.page.rendering import moment_in_words
from practice_tenant.page.visit import LONDON, Visit

_MORNING = time(8, 0)
_SATURDAY = 5
_NOT_A_MOMENT = "Give a day and a time, such as 1 December 2026 and 08:00. The clock was left as it was."


async def show_clock(visit: Visit) -> Response:
    """GET /clock."""
    now = visit.now()
    return visit.show("clock.html", choices={name: leap(now) for name, leap in LEAPS.items()})


async def move_clock(visit: Visit) -> Response:
    """POST /clock: one of the leaps, or the moment that was typed; the past may be chosen too."""
    form = await read_form(visit.request)
    leap = LEAPS.get(form.text("to"))
    moment = leap(visit.now()) if leap else _typed(form.text("day"), form.text("time"))
    if moment is None:
        return visit.go("/clock", _NOT_A_MOMENT)
    await visit.graph.control("PUT", "/clock", {"now": moment.isoformat()})
    return visit.go("/clock", f"It is now {moment_in_words(moment)}.")


def next_school_morning(now: datetime) -> datetime:
    """Eight o'clock on the next weekday; holidays are not looked at, Casework does that."""
    day = now.date() + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, _MORNING, LONDON)


def tomorrow(now: datetime) -> datetime:
    """The same time of day, over clock changes too."""
    return now + timedelta(days=1)


def a_week_on(now: datetime) -> datetime:
    return now + timedelta(weeks=1)


LEAPS = {"school morning": next_school_morning, "tomorrow": tomorrow, "week": a_week_on}


def _typed(day: str, hour: str) -> datetime | None:
    try:
        return datetime.combine(
            datetime.fromisoformat(day).date(), time.fromisoformat(hour or "08:00"), LONDON
        )
    except ValueError:
        return None
