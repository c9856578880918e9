"""Rounds of delta: tokens that say which changes a client has seen, and the pages in between."""

from dataclasses import dataclass
from typing import Any

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.odata.options import QueryOptions, parse_query
from practice_tenant.odata.pages import link, open_token, seal_token
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

SYNC_STATE_LOST = "syncStateNotFound"
_ON_FIRST_REQUEST_ONLY = frozenset({"$skiptoken", "$deltatoken"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One walk through the changes: those after `since`, up to `until`, of which `done` was shown last.

    `kept` is the query of the first request: tokens carry it, later requests need not repeat it.
    """

    place: str
    since: int
    until: int
    done: int
    kept: str

    def options(self, request: GraphRequest) -> QueryOptions:
        """The options of the first request, which hold for the whole chain of rounds."""
        return parse_query(self.kept) if self.kept else request.options


def open_round(tenant: Tenant, request: GraphRequest, place: str, newest: int) -> Round:
    """Where the request's token stands in the changes of a place; everything where it has none.

    Args:
        tenant: the tenant.
        request: the request, whose $deltatoken or $skiptoken is read.
        place: what is watched, such as a folder's id; a token of another place is refused.
        newest: the number of the last change by now.

    Raises:
        GraphError: 400 or 410 syncStateNotFound, the latter with a Location to begin again.
    """
    options = request.options
    token = options.skip_token or options.delta_token
    if not token:
        return Round(place=place, since=0, until=newest, done=0, kept="")
    if token == "latest":  # noqa: S105 - Graph's word for "from now on"
        return Round(place=place, since=newest, until=newest, done=newest, kept="")
    state = _opened(tenant, request, token, place)
    if options.skip_token:
        return Round(place=place, since=state["s"], until=state["u"], done=state["d"], kept=state["q"])
    return Round(place=place, since=state["u"], until=newest, done=state["u"], kept=state["q"])


def round_answer(
    tenant: Tenant,
    request: GraphRequest,
    walk: Round,
    entries: list[dict[str, Any]],
    *,
    context: str,
    next_after: int | None = None,
) -> Answer:
    """A page of a round: with the nextLink after a change number, or with the deltaLink where the round ends."""
    state = {"e": tenant.epoch, "p": walk.place, "u": walk.until, "q": walk.kept or _query_to_keep(request)}
    if next_after is not None:
        token = seal_token({**state, "s": walk.since, "d": next_after})
        name, pair = "@odata.nextLink", ("$skiptoken", token)
    else:
        name, pair = "@odata.deltaLink", ("$deltatoken", seal_token(state))
    return Answer.json({"@odata.context": context, name: link(request.url, [pair]), "value": entries})


def _opened(tenant: Tenant, request: GraphRequest, token: str, place: str) -> dict[str, Any]:
    try:
        state = open_token(token)
    except GraphError as error:
        raise bad_request("Badly formed token.", SYNC_STATE_LOST) from error
    if state.get("p") != place:
        raise bad_request("The token belongs to another folder.", SYNC_STATE_LOST)
    if not tenant.has_lived(state.get("e")):
        fresh = link(request.url, [("$deltatoken", "")])
        raise GraphError(
            410,
            SYNC_STATE_LOST,
            "The sync state generation is not found; continuation token is not valid. Start again.",
            headers={"Location": fresh},
        )
    return state


def _query_to_keep(request: GraphRequest) -> str:
    pairs = [pair for pair in request.options.query if pair[0] not in _ON_FIRST_REQUEST_ONLY]
    return link("", pairs).removeprefix("?")
