"""Selection, order and pages of a collection, as every area answers them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from practice_tenant.errors import bad_request
from practice_tenant.odata.matching import Entity, matches, order_key
from practice_tenant.odata.options import Ordering, QueryOptions


def pick(entity: Entity, options: QueryOptions, *, always: Sequence[str] = ("id",)) -> dict[str, Any]:
    """Keep what $select names, what $expand brought, annotations and `always`; all of it without $select."""
    if not options.select or "*" in options.select:
        return dict(entity)
    expanded = frozenset(each.name for each in options.expand)
    return {name: entity[name] for name in _picked(tuple(entity), options.select, expanded, tuple(always))}


@lru_cache(maxsize=1_024)
def _picked(
    names: tuple[str, ...], select: tuple[str, ...], expanded: frozenset[str], always: tuple[str, ...]
) -> tuple[str, ...]:
    wanted = {name.split("/")[0].lower() for name in select}
    wanted |= {name.lower() for name in (*expanded, *always)}
    return tuple(
        name
        for name in names
        if name.lower() in wanted or name.startswith("@") or name.partition("@")[0].lower() in wanted
    )


def sort_entities(entities: Iterable[Entity], orderings: Sequence[Ordering]) -> list[Entity]:
    ordered = list(entities)
    for ordering in reversed(orderings):
        ordered.sort(
            key=lambda entity, steps=ordering.steps: order_key(entity, steps),  # type: ignore[misc]  # mypy does not infer a lambda's default
            reverse=ordering.descending,
        )
    return ordered


def collection_page(
    *,
    url: str,
    options: QueryOptions,
    entities: Iterable[Entity],
    default_size: int,
    largest: int = 1000,
    max_page_size: int | None = None,
    shape: Callable[[Entity], Entity] | None = None,
    context: str = "",
) -> dict[str, Any]:
    """Filter, sort, cut a page and shape it.

    Args:
        url: the collection's own address, for the next link.
        options: the request's options.
        entities: the whole collection, each as Graph shows it in full.
        default_size: the page size where none was asked for.
        largest: what $top is cut down to.
        max_page_size: what the Prefer header asked for.
        shape: makes the answer's form of an entity; `pick` with the options where absent.
        context: the @odata.context, left out where empty.
    """
    chosen = [each for each in entities if options.filter is None or matches(options.filter, each)]
    ordered = sort_entities(chosen, options.order_by)
    start = _start(options)
    size = min(options.top or max_page_size or default_size, largest)
    if options.top == 0:
        size = 0
    answer: dict[str, Any] = {"@odata.context": context} if context else {}
    if options.count:
        answer["@odata.count"] = len(ordered)
    shaped = shape or (lambda entity: pick(entity, options))
    answer["value"] = [shaped(entity) for entity in ordered[start : start + size]]
    if size and start + size < len(ordered):
        answer["@odata.nextLink"] = next_link(url, options, {"start": start + size})
    return answer


def next_link(url: str, options: QueryOptions, state: dict[str, Any]) -> str:
    """The address of the next page: the query as asked, with an opaque token for the place."""
    kept = [(name, value) for name, value in options.query if name not in {"$skip", "$skiptoken"}]
    return link(url, [*kept, ("$skiptoken", seal_token(state))])


def link(url: str, pairs: Sequence[tuple[str, str]]) -> str:
    query = urlencode(pairs, quote_via=quote, safe="$,/()'")
    return f"{url}?{query}" if query else url


def seal_token(state: dict[str, Any]) -> str:
    """Make a token of a place: clients must not read it, and it needs no quoting in an address."""
    return urlsafe_b64encode(json.dumps(state, separators=(",", ":")).encode()).decode().rstrip("=")


def open_token(token: str) -> dict[str, Any]:
    """Read what seal_token made.

    Raises:
        GraphError: 400 for any other text.
    """
    try:
        state = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError as error:
        raise bad_request("The skip token or delta token is invalid.") from error
    if not isinstance(state, dict):
        raise bad_request("The skip token or delta token is invalid.")
    return state


def _start(options: QueryOptions) -> int:
    if not options.skip_token:
        return options.skip
    start = open_token(options.skip_token).get("start")
    if not isinstance(start, int):
        raise bad_request("The skip token is invalid.")
    return start
