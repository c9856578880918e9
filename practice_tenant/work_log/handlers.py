"""GET and POST /practice/work-log: Casework tells what it did, and the page shows it."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, route
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment
from practice_tenant.work_log.store import DrawnProcedure, LogEntry, WorkLog

_LONGEST = 2000


async def get_log(tenant: Tenant, _request: GraphRequest) -> Answer:
    """GET: where the log ends, and its entries, oldest first."""
    log = WorkLog(tenant.database)
    return Answer.json({**_end(log), "entries": [asdict(entry) for entry in log.entries()]})


async def get_end(tenant: Tenant, _request: GraphRequest) -> Answer:
    """GET .../end: {"last": number of the newest entry or 0, "mark": its mark}."""
    return Answer.json(_end(WorkLog(tenant.database)))


async def add_to_log(tenant: Tenant, request: GraphRequest) -> Answer:
    """POST what was done, as a JSON object; each part may be left out.

    It has "entries" ({"number", "at", "words", "reference", "why", "mark"}, which go on where the log ends, unless
    "replace" is true; otherwise 409, and nothing is kept), "standings" ({case: [line]}), "swept" (a moment),
    "school_days" ([day]), "staff_columns" ({list: [column]}) and "procedures" ([{"name", "svg", "text"}]).
    """
    told, log = request.json(), WorkLog(tenant.database)
    try:
        with tenant.database.transaction():
            _keep(log, told)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise bad_request(
            'Give {"entries": [{"number", "at", "words"}], "standings": {}, "swept": TIME}.'
        ) from error
    return Answer.json(_end(log))


def _keep(log: WorkLog, told: dict[str, Any]) -> None:
    if told.get("replace"):
        log.forget()
    entries = list(_read_entries(told.get("entries") or []))
    last = log.last()
    expected = last.number + 1 if last else 1
    if [entry.number for entry in entries] != list(range(expected, expected + len(entries))):
        raise GraphError(409, "conflict", f"The log goes on with number {expected}.")
    log.add(entries)
    for reference, lines in (told.get("standings") or {}).items():
        log.set_standing(str(reference), [str(line)[:_LONGEST] for line in lines])
    if told.get("swept"):
        log.set_swept(parse_moment(str(told["swept"])))
    if "school_days" in told:
        log.set_school_days(date.fromisoformat(day) for day in told["school_days"])
    if "staff_columns" in told:
        log.set_staff_columns({str(name): list(columns) for name, columns in told["staff_columns"].items()})
    if "procedures" in told:
        log.set_procedures(_read_procedure(each) for each in told["procedures"])


def _read_procedure(told: dict[str, Any]) -> DrawnProcedure:
    svg = str(told["svg"])
    if not svg.startswith("<svg"):
        raise ValueError("a procedure's picture begins with <svg")
    return DrawnProcedure(name=str(told["name"]), svg=svg, text=str(told["text"]))


def _read_entries(told: list[dict[str, Any]]) -> Iterator[LogEntry]:
    for each in told:
        yield LogEntry(
            number=int(each["number"]),
            at=parse_moment(str(each["at"])).isoformat(),
            words=str(each["words"])[:_LONGEST],
            reference=str(each.get("reference") or ""),
            why=str(each.get("why") or "")[:_LONGEST],
            mark=str(each.get("mark") or ""),
        )


def _end(log: WorkLog) -> dict[str, object]:
    last = log.last()
    return {"last": last.number if last else 0, "mark": last.mark if last else ""}


PRACTICE_ROUTES: tuple[Route, ...] = (
    route("GET", "/work-log", get_log),
    route("GET", "/work-log/end", get_end),
    route("POST", "/work-log", add_to_log),
)
