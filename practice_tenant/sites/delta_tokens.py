"""Delta tokens of drives and lists: where a client stands in the order of changes."""

from dataclasses import dataclass

from practice_tenant.errors import GraphError
from practice_tenant.odata.pages import link, open_token, seal_token
from practice_tenant.requests import GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment, stamp

LARGEST_PAGE = 1000
PAGE = 200
RESYNC_CODES = ("resyncChangesApplyDifferences", "resyncChangesUploadDifferences")


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
    """

    since: int
    told: int
    until: int

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
    if token is None:
        return Position(since=-1, told=-1, until=feed.sequence)
    if token.lower() == "latest":
        return Position(since=feed.sequence, told=feed.sequence, until=feed.sequence)
    since = _since_moment(tenant, feed, token, table, key)
    if since is not None:
        return Position(since=since, told=since, until=feed.sequence)
    state = open_token(token)
    if state.get("d") != feed.id:
        raise GraphError(400, "invalidRequest", "The token was given for something else.")
    if state.get("e") != feed.epoch or state.get("l") != tenant.epoch:
        raise _resync(request, feed)
    told = state.get("t", state["s"])
    return Position(since=state["s"], told=told, until=state.get("u", feed.sequence))


def page_size(request: GraphRequest) -> int:
    return min(request.options.top or request.max_page_size or PAGE, LARGEST_PAGE)


def next_link(tenant: Tenant, request: GraphRequest, feed: Feed, position: Position, told: int) -> str:
    """The address of the rest of this round."""
    return _link(request, _seal(tenant, feed, s=position.since, t=told, u=position.until))


def delta_link(tenant: Tenant, request: GraphRequest, feed: Feed, position: Position) -> str:
    """The address of the next round."""
    return _link(request, _seal(tenant, feed, s=position.until))


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
