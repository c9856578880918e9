"""Message delta of a folder, and folder delta of a mailbox."""

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.mail.access import READ, folder_of, mailbox_of
from practice_tenant.mail.folders import folder_as_graph
from practice_tenant.mail.people_settings import people_settings
from practice_tenant.mail.shapes import full_message, shaped_message
from practice_tenant.mail.store import last_change
from practice_tenant.odata.matching import matches
from practice_tenant.odata.options import parse_query
from practice_tenant.odata.pages import link, open_token, pick, seal_token
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_DEFAULT_PAGE = 10
_SYNC_STATE_LOST = "syncStateNotFound"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Round:
    """One walk through the changes: those after `since`, up to `until`, of which `done` was shown last.

    `kept` is the query of the first request: tokens carry it, later requests need not repeat it.
    """

    since: int
    until: int
    done: int
    kept: str


async def message_delta(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../mailFolders/{folder}/messages/delta."""
    mailbox = mailbox_of(tenant, request, READ)
    folder = folder_of(tenant, request, mailbox)
    folder_id = str(folder["id"]) if folder is not None else ""
    walk = _walk(tenant, request, folder_id, last_change(tenant))
    options = request.options if not walk.kept else parse_query(walk.kept)
    size = request.max_page_size or options.top or _DEFAULT_PAGE
    if people_settings(tenant).delta_quirks and not request.options.skip_token:
        return _page(tenant, request, [], walk, folder_id, more=True, done=_replayed(tenant, folder_id, walk))
    rows = _changes(tenant, folder_id, walk, size + 1)
    page, more = rows[:size], len(rows) > size
    wanted = replace(request, options=options)
    entries = [entry for row in page if (entry := _entry(tenant, row, wanted, walk)) is not None]
    done = page[-1]["number"] if page else walk.until
    return _page(tenant, request, entries, walk, folder_id, more=more, done=done)


def _replayed(tenant: Tenant, folder_id: str, walk: _Round) -> int:
    """Where a round begins that shows the last change of the round before once more."""
    row = tenant.database.one(
        "SELECT MAX(number) AS number FROM message_change WHERE folder_id = ? AND number <= ?",
        (folder_id, walk.done),
    )
    return (row["number"] - 1) if row and row["number"] else walk.done


def _changes(tenant: Tenant, folder_id: str, walk: _Round, limit: int) -> list[sqlite3.Row]:
    return tenant.database.rows(
        "SELECT * FROM message_change WHERE folder_id = ? AND number > ? AND number <= ? ORDER BY number LIMIT ?",
        (folder_id, walk.done, walk.until, limit),
    )


def _entry(tenant: Tenant, change: sqlite3.Row, request: GraphRequest, walk: _Round) -> dict[str, Any] | None:
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
    tenant: Tenant, change: sqlite3.Row, request: GraphRequest, walk: _Round
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


def _is_trapped(tenant: Tenant, change: sqlite3.Row, walk: _Round) -> bool:
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


def _change_type_fits(request: GraphRequest, change: sqlite3.Row, walk: _Round) -> bool:
    wanted = request.options.other.get("changeType")
    return wanted is None or wanted == ("created" if change["arrived"] > walk.since else "updated")


def _walk(tenant: Tenant, request: GraphRequest, place: str, newest: int) -> _Round:
    options = request.options
    place_mark = options.skip_token or options.delta_token
    if not place_mark:
        return _Round(since=0, until=newest, done=0, kept="")
    if place_mark == "latest":
        return _Round(since=newest, until=newest, done=newest, kept="")
    state = _opened(tenant, request, place_mark, place)
    if options.skip_token:
        return _Round(since=state["s"], until=state["u"], done=state["d"], kept=state["q"])
    return _Round(since=state["u"], until=newest, done=state["u"], kept=state["q"])


def _opened(tenant: Tenant, request: GraphRequest, token: str, place: str) -> dict[str, Any]:
    try:
        state = open_token(token)
    except GraphError as error:
        raise bad_request("Badly formed token.", _SYNC_STATE_LOST) from error
    if state.get("p") != place:
        raise bad_request("The token belongs to another folder.", _SYNC_STATE_LOST)
    if state.get("e") != tenant.epoch:
        fresh = link(request.url, [("$deltatoken", "")])
        raise GraphError(
            410,
            _SYNC_STATE_LOST,
            "The sync state generation is not found; continuation token is not valid. Start again.",
            headers={"Location": fresh},
        )
    return state


def _page(
    tenant: Tenant,
    request: GraphRequest,
    entries: list[dict[str, Any]],
    walk: _Round,
    place: str,
    *,
    more: bool,
    done: int,
) -> Answer:
    state = {"e": tenant.epoch, "p": place, "u": walk.until, "q": walk.kept or _query_to_keep(request)}
    if more:
        name, pair = "@odata.nextLink", ("$skiptoken", seal_token({**state, "s": walk.since, "d": done}))
    else:
        name, pair = "@odata.deltaLink", ("$deltatoken", seal_token(state))
    context = f"{tenant.graph_root}v1.0/$metadata#Collection(message)"
    return Answer.json({"@odata.context": context, name: link(request.url, [pair]), "value": entries})


def _query_to_keep(request: GraphRequest) -> str:
    pairs = [pair for pair in request.options.query if pair[0] not in {"$skiptoken", "$deltatoken"}]
    return link("", pairs).removeprefix("?")


async def folder_delta(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../mailFolders/delta: all folders at once, without pages."""
    mailbox = mailbox_of(tenant, request, READ)
    newest = tenant.database.last_number("mail folder")
    walk = _walk(tenant, request, mailbox.id, newest)
    options = request.options if not walk.kept else parse_query(walk.kept)
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
    return _page(tenant, request, entries, walk, mailbox.id, more=False, done=newest)
