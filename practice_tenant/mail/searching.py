"""$search over mails, and which query options Exchange takes together."""

import json
import sqlite3
from collections.abc import Iterator

from practice_tenant.errors import GraphError
from practice_tenant.mail.text import html_to_text
from practice_tenant.odata.filters import Call, Expression, Lambda, Path
from practice_tenant.odata.keyword_query import Searchable
from practice_tenant.odata.options import QueryOptions
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment

_NOT_WITH_SEARCH = {
    "$filter": "SearchWithFilter",
    "$orderby": "SearchWithOrderBy",
    "$count": "SearchWithCount",
}


def check_combination(options: QueryOptions) -> None:
    """Refuse options that Exchange does not take together.

    Raises:
        GraphError: 400 SearchWith..., or InefficientFilter where $orderby does not lead the $filter.
    """
    asked = {name for name, _ in options.query}
    if options.search:
        for name, code in _NOT_WITH_SEARCH.items():
            if name in asked:
                raise GraphError(400, code, f"The query parameter '{name}' is not supported with '$search'.")
    if options.filter is not None and options.order_by:
        _check_order(options)


def _check_order(options: QueryOptions) -> None:
    """Properties of $orderby must come in $filter too, in the same order and before all others."""
    filtered = list(dict.fromkeys("/".join(path).casefold() for path in _paths(options.filter)))
    ordered = ["/".join(ordering.steps).casefold() for ordering in options.order_by]
    if filtered[: len(ordered)] != ordered:
        raise GraphError(
            400, "InefficientFilter", "The restriction or sort order is too complex for this operation."
        )


def _paths(expression: Expression | None) -> Iterator[tuple[str, ...]]:
    match expression:
        case Path(steps=steps):
            yield steps
        case Call(arguments=arguments):
            for argument in arguments:
                yield from _paths(argument)
        case Lambda(collection=collection):
            yield collection.steps


def searchable(tenant: Tenant, message: sqlite3.Row) -> Searchable:
    """A mail for $search: learn.microsoft.com, "Use the $search query parameter"."""
    people = {name: _people(message, column) for name, column in _PEOPLE.items()}
    body = html_to_text(message["body"]) if message["body_type"] == "html" else message["body"]
    attachments = tenant.database.rows(
        "SELECT name, length(content) AS size FROM message_attachment WHERE message_key = ?",
        (message["key"],),
    )
    recipients = " ; ".join(people[name] for name in ("to", "cc", "bcc"))
    texts = {
        **people,
        "subject": message["subject"],
        "body": body,
        "recipients": recipients,
        "participants": f"{people['from']} ; {recipients}",
        "attachment": " ; ".join(row["name"] for row in attachments),
        "importance": message["importance"],
        "category": " ; ".join(json.loads(message["categories"])),
        "kind": "email",
    }
    has_attachments = bool(message["has_attachments"])
    return Searchable(
        default=(message["subject"], body, people["from"]),
        texts=texts,
        truths={
            "hasattachments": has_attachments,
            "hasattachment": has_attachments,
            "isread": bool(message["is_read"]),
        },
        moments={
            "received": parse_moment(message["received_at"]),
            "sent": parse_moment(message["sent_at"]),
        },
        sizes={"size": len(message["body"]) + sum(row["size"] for row in attachments)},
    )


def _people(message: sqlite3.Row, column: str) -> str:
    return " ; ".join(" ".join(pair) for pair in json.loads(message[column]))


_PEOPLE = {"from": "author", "to": "recipients", "cc": "copied", "bcc": "blind_copied"}
