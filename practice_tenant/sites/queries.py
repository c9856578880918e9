"""Which columns a $filter or $orderby over list items may name."""

from collections.abc import Iterator, Sequence

from practice_tenant.errors import GraphError
from practice_tenant.odata.filters import Call, Expression, Lambda, Path
from practice_tenant.odata.options import QueryOptions
from practice_tenant.requests import GraphRequest
from practice_tenant.sites.columns import Column
from practice_tenant.sites.field_values import field_key

_ALLOWING = "honornonindexedquerieswarningmayfailrandomly"
_ALWAYS_INDEXED = frozenset({"id"})


def check_indexed(request: GraphRequest, columns: Sequence[Column]) -> None:
    """Raise Microsoft's 400 for unknown columns, and for those without an index unless Prefer allows them."""
    by_key = {column.name: column for column in columns} | {field_key(column): column for column in columns}
    for steps in _paths(request.options):
        if steps[0] != "fields" or len(steps) < 2 or steps[1] in _ALWAYS_INDEXED:
            continue
        column = by_key.get(steps[1])
        if column is None:
            raise GraphError(400, "invalidRequest", f"Field '{steps[1]}' is not recognized")
        if not column.is_indexed and _ALLOWING not in request.preferences:
            raise GraphError(
                400, "invalidRequest", f"Field '{steps[1]}' cannot be referenced in filter or orderby as it is "
                "not indexed. Provide the 'Prefer: HonorNonIndexedQueriesWarningMayFailRandomly' header to "
                "allow this, but be warned that such queries may fail on large lists.",
            )  # fmt: skip


def unindexed_columns(options: QueryOptions, columns: Sequence[Column]) -> list[str]:
    """The columns without an index that $filter or $orderby name."""
    indexed = {field_key(column) for column in columns if column.is_indexed} | _ALWAYS_INDEXED
    return [
        steps[1]
        for steps in _paths(options)
        if steps[0] == "fields" and len(steps) > 1 and steps[1] not in indexed
    ]


def _paths(options: QueryOptions) -> Iterator[tuple[str, ...]]:
    for ordering in options.order_by:
        yield ordering.steps
    if options.filter is not None:
        yield from _paths_in(options.filter)


def _paths_in(expression: Expression) -> Iterator[tuple[str, ...]]:
    match expression:
        case Path(steps=steps):
            yield steps
        case Call(arguments=arguments):
            for argument in arguments:
                yield from _paths_in(argument)
        case Lambda(collection=collection):
            yield collection.steps
