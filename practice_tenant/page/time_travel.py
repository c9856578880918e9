"""The practice clock: to the next school morning, a week on, to any moment, or through the whole term."""

from datetime import datetime, time, timedelta

from starlette.responses import Response

from practice_tenant.page.forms import read_form
from practice_tenant.page.playing import Progress, TermPlay, school_mornings
from practice_tenant.page.rendering import moment_in_words
from practice_tenant.page.visit import LONDON, Visit
from practice_tenant.page.work_done import days_of
from practice_tenant.times import parse_moment
from practice_tenant.work_log.store import LogEntry, WorkLog

_NOT_A_MOMENT = "Give a day and a time, such as 1 December 2026 and 08:00. The clock was left as it was."


async def show_clock(visit: Visit) -> Response:
    """GET /clock: the ways to move it, and how far a play has come."""
    play, log = _play(visit), WorkLog(visit.tenant.database)
    mornings = play.mornings()
    return visit.show(
        "clock.html",
        choices={name: leap(log, visit.now()) for name, leap in LEAPS.items()},
        progress=play.progress,
        played=days_of(_told_while_playing(log, play.progress)),
        mornings=mornings,
        is_at_work=log.swept_at is not None,
    )


async def move_clock(visit: Visit) -> Response:
    """POST /clock: one of the leaps, or the moment that was typed; the past may be chosen too."""
    form = await read_form(visit.request)
    leap = LEAPS.get(form.text("to"))
    if leap:
        moment: datetime | None = leap(WorkLog(visit.tenant.database), visit.now())
    else:
        moment = _typed(form.text("day"), form.text("time"))
    if moment is None:
        return visit.go("/clock", _NOT_A_MOMENT)
    await visit.graph.control("PUT", "/clock", {"now": moment.isoformat()})
    return visit.go("/clock", f"It is now {moment_in_words(moment)}.")


async def play_term(visit: Visit) -> Response:
    """POST /clock/play."""
    _play(visit).start()
    return visit.go("/clock")


async def stop_playing(visit: Visit) -> Response:
    """POST /clock/stop."""
    _play(visit).stop()
    return visit.go("/clock", "Stopped. The clock ticks on from here.")


def next_school_morning(log: WorkLog, now: datetime) -> datetime:
    """Eight o'clock on the next school day, as Casework knows them; on the next weekday where it told none."""
    return school_mornings(log, now)[0]


def tomorrow(_log: WorkLog, now: datetime) -> datetime:
    """The same time of day, over clock changes too."""
    return now + timedelta(days=1)


def a_week_on(_log: WorkLog, now: datetime) -> datetime:
    return now + timedelta(weeks=1)


LEAPS = {"school morning": next_school_morning, "tomorrow": tomorrow, "week": a_week_on}


def _play(visit: Visit) -> TermPlay:
    play: TermPlay = visit.request.app.state.term_play
    return play


def _told_while_playing(log: WorkLog, progress: Progress) -> list[LogEntry]:
    if not progress.mornings:
        return []
    began = progress.mornings[0]
    return [entry for entry in log.entries() if parse_moment(entry.at) >= began]


def _typed(day: str, hour: str) -> datetime | None:
    try:
        return datetime.combine(
            datetime.fromisoformat(day).date(), time.fromisoformat(hour or "08:00"), LONDON
        )
    except ValueError:
        return None
