"""Extended properties, which clients name by type, set and name."""

import re
from collections.abc import Mapping
from typing import Any

from practice_tenant.errors import GraphError

_PROPERTY_ID = re.compile(
    r"(?P<type>\w+)\s+(?P<set>\{[0-9a-fA-F-]{36}\})\s+(?P<kind>Name|Id)\s+(?P<name>.+)"
    r"|(?P<tagged>\w+)\s+(?P<tag>0x[0-9a-fA-F]+)",
)


def read_properties(body: Mapping[str, Any]) -> dict[str, str]:
    """Extended properties by their id in one spelling.

    Raises:
        GraphError: 400 where an id is none.
    """
    values = body.get("singleValueExtendedProperties") or ()
    return {property_id(str(each.get("id", ""))): str(each.get("value") or "") for each in values}


def property_id(text: str) -> str:
    """An extended property's id as Graph gives it back: single spaces, the set in small letters."""
    match = _PROPERTY_ID.fullmatch(text.strip())
    if match is None:
        raise GraphError(
            400, "ErrorInvalidProperty", f"PropertyId values may only be in one of the forms: '{text}'."
        )
    if match["tag"]:
        return f"{match['tagged'].capitalize()} {match['tag'].lower()}"
    return f"{match['type'].capitalize()} {match['set'].lower()} {match['kind']} {match['name']}"
