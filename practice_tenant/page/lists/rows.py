"""One row: what Casework says, what staff fill in, and who changed what before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from practice_tenant.errors import GraphError
from practice_tenant.page.forms import Form, read_form
from practice_tenant.page.graph import Json, at, who
from practice_tenant.page.guide.seen import note_seen, seen
from practice_tenant.page.lists.columns import ListColumn, changes_between
from practice_tenant.page.lists.tables import list_columns, list_path
from practice_tenant.page.places import places_of
from practice_tenant.page.visit import Visit
from practice_tenant.page.work_done import days_of
from practice_tenant.work_log.store import WorkLog

_CHANGED_MEANWHILE = 412


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One earlier version: who made it, when, and the columns that differ from the one before."""

    by: str
    at: str
    columns: tuple[tuple[str, str], ...]


async def show_row(visit: Visit) -> Response:
    """GET /lists/{list}/{row}."""
    return await _show(visit, typed=None)


async def save_row(visit: Visit) -> Response:
    """POST /lists/{list}/{row}: what staff changed, refused if the row is not the one they looked at."""
    where = _row_path(visit)
    form = await read_form(visit.request)
    columns = await list_columns(visit, visit.word("list"))
    row = await visit.graph.get(where)
    changes = changes_between(columns, row["fields"], form)
    if not changes:
        return visit.go(visit.request.url.path, "Nothing was changed.")
    try:
        await visit.graph.patch(f"{where}/fields", changes, if_match=form.text("version"))
    except GraphError as error:
        return await _show(visit, typed=form, status=error.status, problem=error.message)
    labels = [column.label for column in columns if column.name in changes]
    return visit.go(visit.request.url.path, f"Saved: {', '.join(labels)}.")


async def _show(visit: Visit, *, typed: Form | None, status: int = 200, problem: str = "") -> Response:
    name, where = visit.word("list"), _row_path(visit)
    columns = await list_columns(visit, name)
    row = await visit.graph.get(where)
    versions = await visit.graph.every(f"{where}/versions", expand="fields")
    places = await places_of(visit.graph, visit.person.address)
    staffs = [column for column in columns if column.is_staffs]
    _note_seen(visit, name, row)
    log, reference = WorkLog(visit.tenant.database), str(row["fields"].get("Reference") or "")
    return visit.show(
        "lists/row.html",
        status=status,
        list_name=name,
        list_address=f"/lists/{quote(name)}",
        row=row,
        heading=row["fields"].get("Reference") or row["fields"].get("Title") or f"Row {row['id']}",
        fields=row["fields"],
        caseworks=[column for column in columns if not column.is_staffs],
        staffs=staffs,
        typed={
            column.name: column.sent(typed) if typed else column.typed(row["fields"]) for column in staffs
        },
        was_changed=status == _CHANGED_MEANWHILE,
        problem=problem,
        changes=_changes(columns, versions),
        link=places.on_page,
        document=str(row["fields"].get("Document") or ""),
        reference=reference,
        done=days_of(log.of_case(reference)) if reference else [],
        standing=log.standing(reference) if reference else [],
    )


def _note_seen(visit: Visit, name: str, row: Json) -> None:
    """For the checklist: a case that was opened, a policy that was overdue when last looked at and is no longer."""
    if name == "Cases":
        note_seen(visit, f"case {row['id']}")
    elif f"overdue {row['id']}" in seen(visit) and row["fields"].get("Status") != "overdue":
        note_seen(visit, f"reviewed {row['id']}")


def _row_path(visit: Visit) -> str:
    return f"{list_path(visit.word('list'))}{at('items', visit.word('row'))}"


def _changes(columns: Sequence[ListColumn], versions: Sequence[Json]) -> list[Change]:
    """The newest first, as Graph gives them; each is compared with the one that follows."""
    earlier: list[Mapping[str, object]] = [version["fields"] for version in versions[1:]]
    pairs = zip(versions, [*earlier, {}], strict=True)
    return [
        Change(
            by=who(version["lastModifiedBy"]),
            at=version["lastModifiedDateTime"],
            columns=tuple(
                (column.label, column.in_words(version["fields"]) or "(emptied)")
                for column in columns
                if version["fields"].get(column.name) != before.get(column.name)
            ),
        )
        for version, before in pairs
    ]
