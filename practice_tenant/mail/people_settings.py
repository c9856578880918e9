"""How the practice school's people and their programs behave: PUT /practice/clients."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.json_values import Json
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_FACT = "clients"
# graph: the draft moves, its immutable id stays. desktop: a new mail in Sent Items with the properties.
# phone: a new mail without them. rewritten: a new mail with a new Message-ID, too.
SENDS_AS = ("graph", "desktop", "phone", "rewritten")


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleSettings:
    """Quirks to switch on.

    Attributes:
        sends_as: how a draft that a person sends reaches Sent Items, one of SENDS_AS. Casework's own
            application always sends as Graph does.
        properties_travel: whether extended properties reach internal recipients.
        delta_trap: whether immutable ids show the known fault of message delta.
        external_forwarding: whether inbox rules may send mail out of the school.
        delta_quirks: whether delta begins with an empty page and shows the last round's end again.
        delta_unordered: whether a page of delta tells the newest change first.
        send_delay: seconds by the machine's clock that a sent draft lies in the Outbox before it goes.
    """

    sends_as: str = "graph"
    properties_travel: bool = False
    delta_trap: bool = False
    delta_quirks: bool = False
    external_forwarding: bool = True
    delta_unordered: bool = False
    send_delay: float = 0


def people_settings(tenant: Tenant) -> PeopleSettings:
    return _read(tenant.database.fact(_FACT) or "{}")


@lru_cache(maxsize=16)
def _read(text: str) -> PeopleSettings:
    return PeopleSettings(**json.loads(text))


def check_sends_as(value: str) -> str:
    if value not in SENDS_AS:
        raise bad_request(f"sends_as is one of {', '.join(SENDS_AS)}, not '{value}'.")
    return value


async def get_clients(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json(asdict(people_settings(tenant)))


async def set_clients(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT /practice/clients: what is not named stays."""
    body = request.json()
    unknown = sorted(set(body) - set(asdict(PeopleSettings())))
    if unknown:
        raise bad_request(f"Unknown setting: {', '.join(unknown)}.")
    changes: dict[str, Any] = {name: _READERS.get(name, bool)(value) for name, value in body.items()}
    changed = replace(people_settings(tenant), **changes)
    tenant.database.set_fact(_FACT, json.dumps(asdict(changed)))
    return Answer.json(asdict(changed))


def _seconds(value: Json) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise bad_request("send_delay is a number of seconds, 0 for at once.")
    return float(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "sends_as": lambda value: check_sends_as(str(value)),
    "send_delay": _seconds,
}
