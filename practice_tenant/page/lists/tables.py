"""A list as a table, narrowed to the rows that one wants to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from practice_tenant.errors import GraphError
from practice_tenant.page.graph import Json, at
from practice_tenant.page.guide.seen import note_seen
from practice_tenant.page.lists.columns import ListColumn, columns_of
from practice_tenant.page.visit import Visit
from practice_tenant.sites.provision import HOST, SITE_PATH
from practice_tenant.times import parse_moment
from practice_tenant.work_log.store import WorkLog

# The columns that tell at a glance how a row stands; a list without them shows its first ones.
_AT_A_GLANCE = (
    *("Reference", "Title", "Stage", "NextStep", "Due", "CaseworkSays"),
    *("Owner", "NextReviewText", "NextReview", "Status", "Findings"),
)
_STANDING = ("Stage", "Status")
_MOST = 6
_OVERDUE, _OPEN = "overdue", "open"
_CASE_VIEWS = ("", _OPEN, _OVERDUE, "awaiting approval")
_LABELS = {"": "All"}


def list_path(name: str) -> str:
    """Graph's path of a list of the Casework site."""
    return f"/sites/{HOST}:{SITE_PATH}:{at('lists', name)}"


async def show_list(visit: Visit) -> Response:
    """GET /lists/{list}: all rows, or those of one standing."""
    name = visit.word("list")
    try:
        columns = await list_columns(visit, name)
    except GraphError as error:
        if error.status != 404:
            raise
        return visit.show("lists/absent.html", status=404, list_name=name)
    rows = await visit.graph.every(f"{list_path(name)}/items", expand="fields")
    standing = next((column for column in columns if column.name in _STANDING), None)
    chosen = visit.asked("show")
    shown = [row for row in rows if _is_shown(visit, row, standing, chosen)]
    for row in shown:
        if standing and row["fields"].get(standing.name) == _OVERDUE:
            note_seen(visit, f"{_OVERDUE} {row['id']}")
    return visit.show(
        "lists/table.html",
        list_name=name,
        columns=at_a_glance(columns),
        rows=shown,
        late={row["id"] for row in shown if is_late(visit, row)},
        views=_views(visit, rows, standing),
        chosen=chosen,
        standing=standing,
        total=len(rows),
        address=f"/lists/{quote(name)}",
    )


async def list_columns(visit: Visit, name: str) -> tuple[ListColumn, ...]:
    staffs = WorkLog(visit.tenant.database).staff_columns(name)
    return columns_of(await visit.graph.every(f"{list_path(name)}/columns"), staffs)


def at_a_glance(columns: Sequence[ListColumn]) -> list[ListColumn]:
    by_name = {column.name: column for column in columns}
    known = [by_name[name] for name in _AT_A_GLANCE if name in by_name]
    return known if len(known) > 1 else list(columns[:_MOST])


@dataclass(frozen=True, kw_only=True, slots=True)
class ListView:
    """A choice of rows; `key` is what the address asks for, "" for all."""

    key: str
    label: str
    count: int


def _views(visit: Visit, rows: Sequence[Json], standing: ListColumn | None) -> list[ListView]:
    """All, then the views of the office (a case list has them even where they are empty), then what else occurs."""
    if standing is None:
        return []
    fixed = _CASE_VIEWS if standing.name == "Stage" else ("",)
    others = [choice for choice in standing.choices if choice not in fixed]
    counted = [
        ListView(
            key=key,
            label=_LABELS.get(key, key.capitalize()),
            count=sum(_is_shown(visit, row, standing, key) for row in rows),
        )
        for key in (*fixed, *others)
    ]
    return [view for view in counted if view.count or view.key in fixed]


def _is_shown(visit: Visit, row: Json, standing: ListColumn | None, chosen: str) -> bool:
    if not chosen or standing is None:
        return True
    if standing.name == "Stage" and chosen == _OPEN:
        return not _is_closed(row)
    if chosen == _OVERDUE and chosen not in standing.choices:
        return is_late(visit, row)
    return bool(row["fields"].get(standing.name) == chosen)


def _is_closed(row: Json) -> bool:
    return bool(row["fields"].get("ClosedAt")) or row["fields"].get("Stage") == "closed"


def is_late(visit: Visit, row: Json) -> bool:
    """Whether a case that is not closed has passed its day."""
    due = row["fields"].get("Due")
    if not due or _is_closed(row):
        return False
    return parse_moment(due).date() < visit.now().date()
