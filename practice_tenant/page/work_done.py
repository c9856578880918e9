"""What Casework did and why, in its own words, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from starlette.responses import Response

from practice_tenant.errors import GraphError
from practice_tenant.page.lists.tables import list_path
from practice_tenant.page.visit import LONDON, Visit
from practice_tenant.times import parse_moment
from practice_tenant.work_log.store import LogEntry, WorkLog

_MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """The entries of a day, the newest first."""

    on: date
    entries: tuple[LogEntry, ...]


async def show_work(visit: Visit) -> Response:
    """GET /casework[?case=REFERENCE][&all]: the newest first."""
    log, reference = WorkLog(visit.tenant.database), visit.asked("case")
    entries = log.of_case(reference) if reference else log.entries()
    shown = entries if "all" in visit.request.query_params else entries[-_MOST:]
    return visit.show(
        "work_done.html",
        days=days_of(shown),
        reference=reference,
        standing=log.standing(reference) if reference else [],
        rows=await rows_by_reference(visit),
        hidden=len(entries) - len(shown),
        has_been_told=log.last() is not None,
        has_procedures=bool(log.procedures),
    )


async def show_procedures(visit: Visit) -> Response:
    """GET /casework/procedures: how a case goes, as the school's policy says."""
    return visit.show("procedures.html", procedures=WorkLog(visit.tenant.database).procedures)


async def send_picture(visit: Visit) -> Response:
    """GET /casework/procedures/NUMBER.svg: the picture of one, from 1."""
    drawn = WorkLog(visit.tenant.database).procedures
    number = visit.word("number")
    if not number.isdecimal() or not 0 < int(number) <= len(drawn):
        raise GraphError(404, "itemNotFound", "There is no such procedure.")
    return Response(drawn[int(number) - 1].svg, media_type="image/svg+xml")


def days_of(entries: Iterable[LogEntry]) -> list[Day]:
    """Entries by their day in London, the newest day and the newest entry first."""
    newest_first = _without_repeats(sorted(entries, key=lambda entry: -entry.number))
    return [Day(on=day, entries=tuple(found)) for day, found in groupby(newest_first, _day)]


async def rows_by_reference(visit: Visit) -> dict[str, str]:
    """The page's address of each case's row; none where there is no list yet."""
    try:
        rows = await visit.as_role("office").every(f"{list_path('Cases')}/items", expand="fields")
    except GraphError:
        return {}
    return {str(row["fields"].get("Reference") or ""): f"/lists/Cases/{row['id']}" for row in rows}


def _without_repeats(entries: Iterable[LogEntry]) -> Iterable[LogEntry]:
    """The same words about the same case in the same minute are told once, as by the newest entry."""
    for _, alike in groupby(entries, lambda entry: (entry.reference, entry.words, entry.at[:16])):
        yield next(alike)


def _day(entry: LogEntry) -> date:
    return parse_moment(entry.at).astimezone(LONDON).date()
