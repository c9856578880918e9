"""What is new, for the script that keeps an open page fresh; without script one loads the page again."""

from starlette.responses import JSONResponse, Response

from practice_tenant.page.rendering import short_moment
from practice_tenant.page.visit import Visit, mark_of
from practice_tenant.work_log.store import WorkLog

_MOST = 3


async def tell_news(visit: Visit) -> Response:
    """GET /live?after=NUMBER: {"mark", "clock", "clock_iso", "last", "said": [sentence]} since that entry."""
    log, after = WorkLog(visit.tenant.database), visit.asked("after")
    entries = log.entries(after=int(after)) if after.isdigit() else []
    last = log.last()
    now = visit.now()
    return JSONResponse(
        {
            "mark": mark_of(visit.tenant),
            "clock": short_moment(now),
            "clock_iso": now.isoformat(),
            "last": last.number if last else 0,
            "said": [_sentence(entry.reference, entry.words) for entry in entries[-_MOST:]],
            "more": max(len(entries) - _MOST, 0),
        }
    )


def _sentence(reference: str, words: str) -> str:
    return f"{reference}: {words}" if reference else words
