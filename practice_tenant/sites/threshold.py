"""The list view threshold: a long list is searched by its indexes only, and not for too much at once."""

from collections.abc import Sequence

from practice_tenant.errors import GraphError
from practice_tenant.odata.filters import Call, Expression
from practice_tenant.odata.matching import Entity, matches
from practice_tenant.odata.options import QueryOptions
from practice_tenant.sites.columns import Column
from practice_tenant.sites.queries import unindexed_columns


def check_threshold(
    options: QueryOptions, columns: Sequence[Column], entities: Sequence[Entity], longest: int
) -> None:
    """Refuse a query that SharePoint does not run on a list longer than the threshold, whatever Prefer says.

    Raises:
        GraphError: 429 where a column without index is named, or the first condition alone finds too much.
    """
    if not longest or len(entities) <= longest or (options.filter is None and not options.order_by):
        return
    first = _first_condition(options.filter)
    found = len(entities) if first is None else sum(matches(first, entity) for entity in entities)
    if unindexed_columns(options, columns) or (first is not None and found > longest):
        raise GraphError(
            429,
            "activityLimitReached",
            "The attempted operation is prohibited because it exceeds the list view threshold.",
        )


def _first_condition(expression: Expression | None) -> Expression | None:
    while isinstance(expression, Call) and expression.name == "and":
        expression = expression.arguments[0]
    return expression
