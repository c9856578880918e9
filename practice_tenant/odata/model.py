"""Which properties Graph's types have, so that a query naming any other is refused as Graph refuses it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from practice_tenant.errors import GraphError
from practice_tenant.odata.filters import Call, Expression, Lambda, Literal, Path
from practice_tenant.odata.options import QueryOptions

_OUTLOOK_URI_ERROR = "RequestBroker--ParseUri"
_COMPARISONS = frozenset({"eq", "ne", "gt", "ge", "lt", "le"})
# Annotations may be selected by name; the second is OneDrive's older word for the first.
_ALWAYS_KNOWN = ("@", "content.downloadurl")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntityType:
    """A type of Graph.

    Attributes:
        name: without the namespace.
        truths, texts: its properties that hold true or false, and those that hold text.
        others: all its further properties.
        navigations: what can be expanded.
        is_outlook: whether the mailbox service answers, which has a code of its own for bad addresses.
        largest_top: more than that in $top is refused; 0 where it is cut down silently.
    """

    name: str
    truths: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    navigations: frozenset[str] = frozenset()
    is_outlook: bool = False
    largest_top: int = 0

    def spelled(self) -> frozenset[str]:
        """All names, in the letter case that bodies must use."""
        return self.truths | self.texts | self.others | self.navigations

    def knows(self, name: str) -> bool:
        return name.casefold() in _folded(self.truths, self.texts, self.others, self.navigations)


def check_query(kind: EntityType, options: QueryOptions) -> None:
    """Refuse $select, $expand, $filter and $orderby that name what the type does not have.

    Raises:
        GraphError: 400 in the words of Microsoft's OData library.
    """
    for name in options.select:
        if name != "*" and not name.casefold().startswith(_ALWAYS_KNOWN):
            _check_selected(kind, name.split("/")[0])
    for each in options.expand:
        _check_expanded(kind, each.name)
    for ordering in options.order_by:
        _check_named(kind, ordering.steps[0])
    if options.filter is not None:
        for path in _paths(options.filter, frozenset()):
            _check_named(kind, path.steps[0])
        _check_types(kind, options.filter)
    if kind.largest_top and (options.top or 0) > kind.largest_top:
        raise GraphError(
            400,
            "BadRequest",
            f"The limit of '{kind.largest_top}' for Top query has been exceeded. The value from the incoming "
            f"request is '{options.top}'.",
        )


def check_body_names(kind: EntityType, body: Mapping[str, object], code: str) -> None:
    """Refuse properties in a body that the type does not have; annotations pass.

    Raises:
        GraphError: 400 in the words of Microsoft's OData library.
    """
    for name in body:
        if "@" not in name and name not in kind.spelled():
            raise GraphError(
                400,
                code,
                f"The property '{name}' does not exist on type 'microsoft.graph.{kind.name}'. Make sure to only use "
                "property names that are defined by the type.",
            )


def _check_selected(kind: EntityType, name: str) -> None:
    if not kind.knows(name):
        raise GraphError(
            400, "BadRequest", f"Parsing OData Select and Expand failed: {_no_property(kind, name)}"
        )


def _check_expanded(kind: EntityType, name: str) -> None:
    first = name.split("/", maxsplit=1)[0]
    # A type's own navigation: microsoft.graph.itemattachment/item.
    if first.casefold().startswith("microsoft.graph.") or first.casefold() in _folded(kind.navigations):
        return
    _check_selected(kind, first)
    raise GraphError(
        400,
        "BadRequest",
        f"Parsing OData Select and Expand failed: Property '{first}' on type 'microsoft.graph.{kind.name}' is not a "
        "navigation property or complex property. Only navigation properties can be expanded.",
    )


def _check_named(kind: EntityType, name: str) -> None:
    if not kind.knows(name):
        code = _OUTLOOK_URI_ERROR if kind.is_outlook else "BadRequest"
        raise GraphError(400, code, _no_property(kind, name))


def _check_types(kind: EntityType, expression: Expression) -> None:
    if not isinstance(expression, Call):
        return
    for argument in expression.arguments:
        _check_types(kind, argument)
    if expression.name not in _COMPARISONS:
        return
    left, right = expression.arguments[:2]
    if isinstance(left, Path) and isinstance(right, Literal) and len(left.steps) == 1:
        _check_compared(kind, left.steps[0], right)


def _check_compared(kind: EntityType, name: str, literal: Literal) -> None:
    is_truth = name.casefold() in _folded(kind.truths)
    is_text = name.casefold() in _folded(kind.texts)
    fits = literal.value is None or isinstance(literal.value, bool) == is_truth
    if is_text:
        fits = literal.value is None or isinstance(literal.value, str)
    if (is_truth or is_text) and not fits:
        expected, found = ("Edm.Boolean" if is_truth else "Edm.String"), _edm(literal)
        raise GraphError(
            400,
            _OUTLOOK_URI_ERROR if kind.is_outlook else "BadRequest",
            "A binary operator with incompatible types was detected. Found operand types "
            f"'{expected}' and '{found}' for operator kind 'Equal'.",
        )


def _edm(literal: Literal) -> str:
    names = {bool: "Edm.Boolean", str: "Edm.String", int: "Edm.Int32", float: "Edm.Double"}
    return names.get(type(literal.value), "Edm.DateTimeOffset")


def _paths(expression: Expression, variables: frozenset[str]) -> Iterator[Path]:
    """Every property that is named; a lambda's own variable is none."""
    match expression:
        case Path(steps=steps):
            if steps[0] not in variables:
                yield expression
        case Call(arguments=arguments):
            for argument in arguments:
                yield from _paths(argument, variables)
        case Lambda(collection=collection, variable=variable, condition=condition):
            yield collection
            if condition is not None:
                yield from _paths(condition, variables | {variable})


def _no_property(kind: EntityType, name: str) -> str:
    return f"Could not find a property named '{name}' on type 'microsoft.graph.{kind.name}'."


def _folded(*names: frozenset[str]) -> frozenset[str]:
    key = tuple(names)
    if key not in _KNOWN:
        _KNOWN[key] = frozenset(name.casefold() for each in names for name in each)
    return _KNOWN[key]


_KNOWN: dict[tuple[frozenset[str], ...], frozenset[str]] = {}
