"""Message delta of a folder, and folder delta of a mailbox."""

import sqlite3
from dataclasses import replace
from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.mail.access import READ, folder_of, mailbox_of
from practice_tenant.mail.folders import folder_as_graph
from practice_tenant.mail.people_settings import people_settings
from practice_tenant.mail.shapes import full_message, shaped_message
from practice_tenant.mail.store import last_change
from practice_tenant.odata.filters import Call, Expression, Literal, Path
from practice_tenant.odata.matching import matches
from practice_tenant.odata.model import check_query
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import pick
from practice_tenant.odata.rounds import Round, open_round, round_answer
from practice_tenant.odata.types import MAIL_FOLDER, MESSAGE
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_DEFAULT_PAGE = 10
_RECEIVED = "receivedDateTime"


async def message_delta(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../mailFolders/{folder}/messages/delta."""
    mailbox = mailbox_of(tenant, request, READ)
    folder = folder_of(tenant, request, mailbox)
    folder_id = str(folder["id"]) if folder is not None else ""
    newest = tenant.replication.settled(last_change(tenant))
    walk = open_round(tenant, request, folder_id, newest)
    _check_options(walk.options(request))
    context = f"{tenant.graph_root}v1.0/$metadata#Collection(message)"
    if people_settings(tenant).delta_quirks and not request.options.skip_token:
        begin = _replayed(tenant, folder_id, walk)
        return round_answer(tenant, request, walk, [], context=context, next_after=begin)
    options = walk.options(request)
    size = request.max_page_size or options.top or _DEFAULT_PAGE
    rows = _changes(tenant, folder_id, walk, size + 1)
    page, more = rows[:size], len(rows) > size
    wanted = replace(request, options=options)
    entries = [entry for row in page if (entry := _entry(tenant, row, wanted, walk)) is not None]
    if people_settings(tenant).delta_unordered:
        entries.reverse()
    after = page[-1]["number"] if more else None
    return round_answer(tenant, request, walk, entries, context=context, next_after=after)


async def refuse_whole_mailbox(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../messages/delta: mail is watched folder by folder.

    Raises:
        GraphError: 400, always.
    """
    mailbox_of(tenant, request, READ)
    raise GraphError(
        400, "ErrorInvalidUrlQuery", "Change tracking is not supported against 'microsoft.graph.message'."
    )


def _check_options(options: QueryOptions) -> None:
    """Delta takes little: $filter by receivedDateTime ge or gt alone, $orderby receivedDateTime desc, no $search.

    Raises:
        GraphError: 400.
    """
    check_query(MESSAGE, options)
    asked = {name for name, _ in options.query}
    refused = sorted(asked & {"$search", "$skip", "$count"})
    condition, order = options.filter, options.order_by
    if condition is not None and not _is_by_reception(condition):
        refused.append("$filter")
    if order and [(each.steps, each.descending) for each in order] != [((_RECEIVED,), True)]:
        refused.append("$orderby")
    if refused:
        raise GraphError(
            400,
            "ErrorInvalidUrlQuery",
            "The following parameters are not supported with change tracking over the 'Messages' resource: "
            f"'{', '.join(refused)}'.",
        )


def _is_by_reception(condition: Expression) -> bool:
    match condition:
        case Call(name="ge" | "gt", arguments=(Path(steps=(name,)), Literal())):
            return name.casefold() == _RECEIVED.casefold()
    return False


def _replayed(tenant: Tenant, folder_id: str, walk: Round) -> int:
    """Where a round begins that shows the last change of the round before once more."""
    row = tenant.database.one(
        "SELECT MAX(number) AS number FROM message_change WHERE folder_id = ? AND number <= ?",
        (folder_id, walk.done),
    )
    return (row["number"] - 1) if row and row["number"] else walk.done


def _changes(tenant: Tenant, folder_id: str, walk: Round, limit: int) -> list[sqlite3.Row]:
    return tenant.database.rows(
        "SELECT * FROM message_change WHERE folder_id = ? AND number > ? AND number <= ? ORDER BY number LIMIT ?",
        (folder_id, walk.done, walk.until, limit),
    )


def _entry(tenant: Tenant, change: sqlite3.Row, request: GraphRequest, walk: Round) -> dict[str, Any] | None:
    if change["removed"]:
        return _removal(tenant, change, request, walk)
    message = tenant.database.one("SELECT * FROM message WHERE default_id = ?", (change["default_id"],))
    if message is None or (request.immutable_ids and _is_trapped(tenant, change, walk)):
        return None
    condition = request.options.filter
    if condition is not None and not matches(condition, full_message(message, immutable=True)):
        return None
    if not _change_type_fits(request, change, walk):
        return None
    return shaped_message(tenant, message, request)


def _removal(
    tenant: Tenant, change: sqlite3.Row, request: GraphRequest, walk: Round
) -> dict[str, Any] | None:
    if walk.since == 0:
        # Somebody who never saw the mail need not hear that it went.
        return None
    if request.immutable_ids and not _trap_is_set(tenant) and _is_back(tenant, change):
        return None
    if request.options.other.get("changeType", "deleted") != "deleted":
        return None
    message_id = change["immutable_id"] if request.immutable_ids else change["default_id"]
    kind = f"{tenant.graph_root}v1.0/$metadata#message"
    return {
        "@odata.type": "#microsoft.graph.message",
        "@odata.context": f"{kind}/$deletedEntity",
        "id": message_id,
        "@removed": {"reason": change["removed"]},
    }


def _is_back(tenant: Tenant, change: sqlite3.Row) -> bool:
    """Whether the mail lies in this folder again, under another default id."""
    row = tenant.database.one(
        "SELECT 1 FROM message WHERE folder_id = ? AND immutable_id = ?",
        (change["folder_id"], change["immutable_id"]),
    )
    return row is not None


def _is_trapped(tenant: Tenant, change: sqlite3.Row, walk: Round) -> bool:
    """The known fault with immutable ids: moved away and back between two rounds, a mail shows as removed only.

    Source: microsoft-graph-docs-contrib issue 72.
    """
    if not _trap_is_set(tenant) or walk.since == 0:
        return False
    row = tenant.database.one(
        "SELECT 1 FROM message_change WHERE folder_id = ? AND immutable_id = ? AND removed IS NOT NULL AND number > ?",
        (change["folder_id"], change["immutable_id"], walk.since),
    )
    return row is not None


def _trap_is_set(tenant: Tenant) -> bool:
    return people_settings(tenant).delta_trap


def _change_type_fits(request: GraphRequest, change: sqlite3.Row, walk: Round) -> bool:
    wanted = request.options.other.get("changeType")
    return wanted is None or wanted == ("created" if change["arrived"] > walk.since else "updated")


async def folder_delta(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../mailFolders/delta: all folders at once, without pages."""
    mailbox = mailbox_of(tenant, request, READ)
    walk = open_round(tenant, request, mailbox.id, tenant.database.last_number("mail folder"))
    options = walk.options(request)
    check_query(MAIL_FOLDER, options)
    rows = tenant.database.rows(
        "SELECT * FROM mail_folder WHERE mailbox = ? AND number > ? AND parent_id IS NOT NULL ORDER BY number",
        (mailbox.id, walk.done),
    )
    entries = [pick(folder_as_graph(tenant, row), options) for row in rows]
    gone = tenant.database.rows(
        "SELECT id FROM mail_folder_removed WHERE mailbox = ? AND number > ?", (mailbox.id, walk.done)
    )
    if walk.since:
        entries += [{"id": row["id"], "@removed": {"reason": "deleted"}} for row in gone]
    context = f"{tenant.graph_root}v1.0/$metadata#Collection(mailFolder)"
    return round_answer(tenant, request, walk, entries, context=context)
