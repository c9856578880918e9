"""Delta tokens of drives and lists: where a client stands in the order of changes."""

import time
from dataclasses import dataclass
from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.mail.people_settings import people_settings
from practice_tenant.odata.pages import link, open_token, seal_token
from practice_tenant.requests import GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment, stamp

LARGEST_PAGE = 1000
PAGE = 200
RESYNC_CODES = ("resyncChangesApplyDifferences", "resyncChangesUploadDifferences")


_DELAY = "seconds until delta tells of a change"


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """One drive or list: its changes in order. An `epoch` that was raised makes older tokens invalid."""

    id: str
    sequence: int
    epoch: int
    resync_code: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """How far a client has read.

    Attributes:
        since: the changes up to here were told in an earlier round; -1 is a first reading of everything.
        told: within this round, the changes up to here have been told.
        until: where this round ends.
        is_continued: whether this round has begun on an earlier page.
    """

    since: int
    told: int
    until: int
    is_continued: bool = False

    @property
    def is_first_round(self) -> bool:
        return self.since < 0


def token_of(request: GraphRequest) -> str | None:
    """delta?token=..., delta(token='...') or the $deltatoken that mail uses; an empty one starts anew."""
    options = request.options
    token = request.parameters.get("token") or options.other.get("token")
    return token or options.delta_token or options.skip_token or None


def read_position(tenant: Tenant, request: GraphRequest, feed: Feed, *, table: str, key: str) -> Position:
    """Where the request's token stands.

    Args:
        tenant: the tenant.
        request: the request, whose token is read.
        feed: what is read.
        table: the table of its items, with the columns sequence and changed_at.
        key: that table's column for the feed's id.

    Raises:
        GraphError: 410 where the client must read everything again, 400 for no token of ours.
    """
    token = token_of(request)
    until = _settled(tenant, feed, table, key)
    if token is None:
        return Position(since=-1, told=-1, until=until)
    if token.lower() == "latest":
        return Position(since=until, told=until, until=until)
    since = _since_moment(tenant, feed, token, table, key)
    if since is not None:
        return Position(since=since, told=since, until=max(since, until))
    state = open_token(token)
    if state.get("d") != feed.id:
        raise GraphError(400, "invalidRequest", "The token was given for something else.")
    if state.get("e") != feed.epoch or not tenant.has_lived(state.get("l")):
        raise _resync(request, feed)
    told = state.get("t", state["s"])
    end = state.get("u", max(state["s"], until))
    return Position(since=state["s"], told=told, until=end, is_continued="t" in state)


def replay_from(tenant: Tenant, feed: Feed, position: Position, *, table: str, key: str) -> int | None:
    """Where a round begins that shows its first page empty and the last change once more; None without quirks."""
    if position.is_continued or not people_settings(tenant).delta_quirks:
        return None
    row = tenant.database.one(
        f"SELECT max(sequence) AS last FROM {table} WHERE {key} = ? AND sequence <= ?",  # noqa: S608 - our two tables
        (feed.id, position.told),
    )
    return int(row["last"]) - 1 if row and row["last"] else position.told


def in_told_order(tenant: Tenant, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A page of delta as it is told: by its changes, or the newest first where that is switched on."""
    return shown[::-1] if people_settings(tenant).delta_unordered else shown


def page_size(request: GraphRequest) -> int:
    return min(request.options.top or request.max_page_size or PAGE, LARGEST_PAGE)


def next_link(tenant: Tenant, request: GraphRequest, feed: Feed, position: Position, told: int) -> str:
    """The address of the rest of this round."""
    return _link(request, _seal(tenant, feed, s=position.since, t=told, u=position.until))


def delta_link(tenant: Tenant, request: GraphRequest, feed: Feed, position: Position) -> str:
    """The address of the next round."""
    return _link(request, _seal(tenant, feed, s=position.until))


def delta_delay(tenant: Tenant) -> float:
    """Seconds by the machine's clock that a change takes until delta tells of it; 0 unless asked for."""
    return float(tenant.database.fact(_DELAY) or 0)


def set_delta_delay(tenant: Tenant, seconds: float) -> None:
    tenant.database.set_fact(_DELAY, repr(float(seconds)))


def _settled(tenant: Tenant, feed: Feed, table: str, key: str) -> int:
    """The last change that delta tells of by now."""
    delay = delta_delay(tenant)
    if delay == 0:
        return feed.sequence
    row = tenant.database.one(
        f"SELECT min(sequence) AS first FROM {table} WHERE {key} = ? AND noted_at > ?",  # noqa: S608 - our two tables
        (feed.id, time.time() - delay),
    )
    return feed.sequence if row is None or row["first"] is None else int(row["first"]) - 1


def _since_moment(tenant: Tenant, feed: Feed, token: str, table: str, key: str) -> int | None:
    """OneDrive for Business and SharePoint also take a moment as the token."""
    try:
        moment = parse_moment(token)
    except ValueError:
        return None
    row = tenant.database.one(
        f"SELECT max(sequence) AS last FROM {table} WHERE {key} = ? AND changed_at <= ?",  # noqa: S608 - our two tables
        (feed.id, stamp(moment)),
    )
    return int(row["last"] or 0) if row else 0


def _seal(tenant: Tenant, feed: Feed, **place: int) -> str:
    return seal_token({"d": feed.id, "e": feed.epoch, "l": tenant.epoch, **place})


def _link(request: GraphRequest, token: str) -> str:
    url = request.url.partition("(")[0]
    kept = [
        (name, value)
        for name, value in request.options.query
        if name not in {"token", "$deltatoken", "$skiptoken"}
    ]
    return link(url, [*kept, ("token", token)])


def _resync(request: GraphRequest, feed: Feed) -> GraphError:
    return GraphError(
        410,
        feed.resync_code or RESYNC_CODES[0],
        "Resync required. Read everything again from the address in Location.",
        headers={"Location": _link(request, "")},
    )
