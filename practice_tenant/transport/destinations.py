"""Addresses of the world that refuse mail, or take it late: PUT /practice/destinations."""

import json
import re
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.json_values import Json
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_FACT = "destinations"
_STATUS = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")
_EXAMPLE = '[{"address": "gone@parents.example", "status": "5.1.1"}]'
_SAID = {
    "5.1.1": "550 5.1.1 The email account that you tried to reach does not exist.",
    "5.1.10": "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "5.2.2": "552 5.2.2 The recipient's mailbox is full.",
    "5.7.1": "550 5.7.1 Message rejected by the recipient's mail system.",
    "4.2.2": "452 4.2.2 The recipient's mailbox is over its quota, please try again later.",
    "4.4.7": "421 4.4.7 The server did not answer in time.",
}
THEN = ("failed", "delivered")


@dataclass(frozen=True, kw_only=True, slots=True)
class Destination:
    """How mail to some addresses fares.

    Attributes:
        address: a pattern such as "*@gone.example".
        status: 5.x.x refuses it for good, 4.x.x keeps it waiting.
        said: the refusing server's whole line; the usual one for the code where empty.
        server: the refusing server's name; "mx." before the domain where empty.
        notice_after: minutes by the practice clock until a waiting mail's sender is told of the delay.
        gives_up_after: minutes until it is given up, or delivered.
        then: how the waiting ends, "failed" or "delivered".
    """

    address: str
    status: str
    said: str = ""
    server: str = ""
    notice_after: float = 0
    gives_up_after: float = 24 * 60
    then: str = "failed"

    def words(self) -> str:
        general = f"{'451' if self.status.startswith('4') else '550'} {self.status} The mail system refused the message."
        return self.said or _SAID.get(self.status, general)

    def server_for(self, recipient: str) -> str:
        return self.server or f"mx.{recipient.rpartition('@')[2]}"


def destination_of(tenant: Tenant, recipient: str) -> Destination | None:
    """What was set for an address, None where it takes its mail."""
    for destination in destinations(tenant):
        if fnmatchcase(recipient.lower(), destination.address.lower()):
            return destination
    return None


def destinations(tenant: Tenant) -> list[Destination]:
    return [Destination(**each) for each in json.loads(tenant.database.fact(_FACT) or "[]")]


async def get_destinations(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json([asdict(each) for each in destinations(tenant)])


async def set_destinations(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT /practice/destinations: a list; the first whose address fits, counts. [] ends all trouble."""
    try:
        given = json.loads(request.body or b"[]")
    except ValueError as error:
        raise bad_request(f"The destinations are a JSON list such as {_EXAMPLE}.") from error
    if not isinstance(given, list):
        raise bad_request(f"The destinations are a JSON list such as {_EXAMPLE}.")
    read = [_read(each) for each in given]
    tenant.database.set_fact(_FACT, json.dumps([asdict(each) for each in read]))
    return await get_destinations(tenant, request)


def _read(given: Json) -> Destination:
    try:
        made = Destination(**given)
    except TypeError as error:
        names = ", ".join(Destination.__dataclass_fields__)
        raise bad_request(f"An entry is an object such as {_EXAMPLE}; known: {names}.") from error
    _check(made)
    return made


def _check(made: Destination) -> None:
    texts: tuple[Any, ...] = (made.address, made.status, made.said, made.server)
    if not all(isinstance(text, str) and text.isprintable() for text in texts) or "@" not in made.address:
        raise bad_request(f"address, status, said and server are words, such as {_EXAMPLE}.")
    if not _STATUS.fullmatch(made.status):
        raise bad_request(f"status is a code such as 5.1.1 or 4.4.7, not '{made.status}'.")
    numbers: tuple[Any, ...] = (made.notice_after, made.gives_up_after)
    if any(isinstance(each, bool) or not isinstance(each, int | float) or each < 0 for each in numbers):
        raise bad_request("notice_after and gives_up_after are minutes.")
    if made.then not in THEN:
        raise bad_request(f"then is one of {', '.join(THEN)}.")
