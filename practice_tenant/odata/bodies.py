"""Bodies of requests: entities with the properties of their type, and actions with their parameters."""

from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.odata.model import EntityType, check_body_names
from practice_tenant.requests import GraphRequest

Json = dict[str, Any]


def entity_body(request: GraphRequest, kind: EntityType) -> Json:
    """The body as an entity of that type.

    Raises:
        GraphError: 400 for a property that the type does not have.
    """
    body = request.json()
    check_body_names(kind, body, "BadRequest")
    return body


def action_body(request: GraphRequest, operation: str, parameters: str) -> Json:
    """The body as an action's parameters, whose first letter may be a capital.

    Args:
        request: the request.
        operation: the action's name, for the refusal.
        parameters: the names of its parameters, with spaces between.

    Raises:
        GraphError: 400 for any other parameter.
    """
    known = set(parameters.split())
    body: Json = {}
    for name, value in request.json().items():
        plain = name[:1].lower() + name[1:]
        if plain not in known and "@" not in name:
            raise bad_request(
                f"The parameter '{name}' in the request payload is not a valid parameter for the operation "
                f"'{operation}'."
            )
        body[plain] = value
    return body
