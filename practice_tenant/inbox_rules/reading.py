"""A rule out of a request's JSON: every word known, every value of its kind, or Microsoft's refusal."""

from collections.abc import Mapping
from typing import Any

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.inbox_rules.words import (
    ACTIONS,
    FLAG,
    FOLDER,
    PEOPLE,
    PREDICATES,
    RANGE,
    TEXTS,
    Kind,
)
from practice_tenant.json_values import Json
from practice_tenant.mail.folders import find_folder
from practice_tenant.mail.values import read_people
from practice_tenant.tenant import Tenant

_WHOLE = {"displayName", "sequence", "isEnabled", "conditions", "actions", "exceptions"}
_READ_ONLY = {"id", "hasError", "isReadOnly"}


def read_rule(tenant: Tenant, mailbox: User, body: Mapping[str, Any]) -> dict[str, Any]:
    """What a request says of a rule; what it does not name is not in the answer.

    Raises:
        GraphError: 400 for an unknown word or a value of another kind, 404 for a folder that is not there.
    """
    given = {name: value for name, value in body.items() if "@odata" not in name}
    unknown = sorted(set(given) - _WHOLE - _READ_ONLY)
    if unknown:
        raise _refused(f"The property '{unknown[0]}' does not exist on type 'microsoft.graph.messageRule'.")
    rule = {name: value for name, value in given.items() if name in _WHOLE}
    for name in ("conditions", "exceptions"):
        if rule.get(name) is not None:
            rule[name] = _read_words(rule[name], PREDICATES, "messageRulePredicates")
    if rule.get("actions") is not None:
        rule["actions"] = _read_words(rule["actions"], ACTIONS, "messageRuleActions")
        _check_folders(tenant, mailbox, rule["actions"])
    _check_simple(rule)
    return rule


def check_complete(rule: Mapping[str, Any]) -> None:
    """A new rule has a name, and does something.

    Raises:
        GraphError: 400.
    """
    if not str(rule.get("displayName") or "").strip():
        raise _refused("The rule's displayName is missing.")
    if not rule.get("actions"):
        raise _refused("The rule has no action.")


def _read_words(value: Json, known: Mapping[str, Kind], type_name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _refused(f"An object of type 'microsoft.graph.{type_name}' is expected.")
    words = {name: each for name, each in value.items() if "@odata" not in name and each is not None}
    for name, each in words.items():
        if name not in known:
            raise _refused(f"The property '{name}' does not exist on type 'microsoft.graph.{type_name}'.")
        if not _fits(known[name], each):
            kind = known[name]
            wanted = kind if isinstance(kind, str) else f"one of {', '.join(kind)}"
            raise _refused(f"The value of '{name}' must be {wanted}.")
    return words


def _fits(kind: Kind, value: Json) -> bool:
    if isinstance(kind, tuple):
        return value in kind
    if kind == FLAG:
        return isinstance(value, bool)
    if kind == TEXTS:
        return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
    if kind == PEOPLE:
        return bool(value) and all("@" in person.address for person in read_people(value))
    if kind == RANGE:
        return isinstance(value, dict) and all(
            _is_size(value.get(name)) for name in ("minimumSize", "maximumSize")
        )
    return isinstance(value, str)


def _is_size(value: Json) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def _check_folders(tenant: Tenant, mailbox: User, actions: dict[str, Any]) -> None:
    for name, kind in ACTIONS.items():
        if kind == FOLDER and name in actions:
            # A well-known name is kept as the folder's id, as Exchange gives it back.
            actions[name] = str(find_folder(tenant, mailbox.id, actions[name])["id"])


def _check_simple(rule: Mapping[str, Any]) -> None:
    sequence = rule.get("sequence", 1)
    if isinstance(sequence, bool) or not isinstance(sequence, int) or sequence < 1:
        raise _refused("The sequence is a whole number from 1.")
    if not isinstance(rule.get("isEnabled", True), bool):
        raise _refused("isEnabled is true or false.")


def _refused(message: str) -> GraphError:
    return GraphError(400, "ErrorInvalidRequest", message)
