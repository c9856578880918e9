"""A list as a table, narrowed to the rows that one wants to see."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.responses import Response

from practice_tenant.errors import GraphError
from practice_tenant.page.graph import Json, PageGraph, at
from practice_tenant.page.lists.columns import ListColumn, columns_of
from practice_tenant.page.visit import Visit
from practice_tenant.sites.provision import HOST, SITE_PATH
from practice_tenant.times import parse_moment

# The columns that tell at a glance how a row stands; a list without them shows its first ones.
_AT_A_GLANCE = (
    *("Reference", "Title", "Stage", "NextStep", "Due", "CaseworkSays"),
    *("Owner", "NextReviewText", "NextReview", "Status", "Findings"),
)
_STANDING = ("Stage", "Status")
_MOST = 6
_OVERDUE = "overdue"


def list_path(name: str) -> str:
    """Graph's path of a list of the Casework site."""
    return f"/sites/{HOST}:{SITE_PATH}:{at('lists', name)}"


async def show_list(visit: Visit) -> Response:
    """GET /lists/{list}: all rows, or those of one standing."""
    name = visit.word("list")
    try:
        columns = await list_columns(visit.graph, name)
    except GraphError as error:
        if error.status != 404:
            raise
        return visit.show("lists/absent.html", status=404, list_name=name)
    rows = await visit.graph.every(f"{list_path(name)}/items", expand="fields")
    standing = next((column for column in columns if column.name in _STANDING), None)
    chosen = visit.asked("show")
    return visit.show(
        "lists/table.html",
        list_name=name,
        columns=at_a_glance(columns),
        rows=[row for row in rows if _is_shown(visit, row, standing, chosen)],
        views=_views(visit, rows, standing),
        chosen=chosen,
        standing=standing,
        total=len(rows),
        address=f"/lists/{quote(name)}",
    )


async def list_columns(graph: PageGraph, name: str) -> tuple[ListColumn, ...]:
    return columns_of(await graph.every(f"{list_path(name)}/columns"))


def at_a_glance(columns: Sequence[ListColumn]) -> list[ListColumn]:
    by_name = {column.name: column for column in columns}
    known = [by_name[name] for name in _AT_A_GLANCE if name in by_name]
    return known if len(known) > 1 else list(columns[:_MOST])


def _views(visit: Visit, rows: Sequence[Json], standing: ListColumn | None) -> list[tuple[str, int]]:
    """Each standing that occurs, with its number of rows, in the order of the column's choices."""
    if standing is None:
        return []
    views = [*standing.choices, *([] if _OVERDUE in standing.choices else [_OVERDUE])]
    counted = [(view, sum(_is_shown(visit, row, standing, view) for row in rows)) for view in views]
    return [(view, count) for view, count in counted if count]


def _is_shown(visit: Visit, row: Json, standing: ListColumn | None, chosen: str) -> bool:
    if not chosen or standing is None:
        return True
    if chosen == _OVERDUE and chosen not in standing.choices:
        return is_late(visit, row)
    return bool(row["fields"].get(standing.name) == chosen)


def is_late(visit: Visit, row: Json) -> bool:
    """Whether a case that is not closed has passed its day."""
    due = row["fields"].get("Due")
    if not due or row["fields"].get("ClosedAt"):
        return False
    return parse_moment(due).date() < visit.now().date()
