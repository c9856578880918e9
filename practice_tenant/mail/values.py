"""What a mail consists of, whether it came as MIME, as JSON or out of the store."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from practice_tenant.errors import GraphError
from practice_tenant.json_values import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A name and an address; the name may be empty."""

    name: str
    address: str

    def as_graph(self) -> dict[str, dict[str, str]]:
        return {"emailAddress": {"name": self.name or self.address, "address": self.address}}


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file, or an attached mail (kind "item", content its MIME)."""

    name: str
    content_type: str
    content: bytes
    kind: str = "file"
    is_inline: bool = False
    content_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MailContent:
    """A mail without its place: no mailbox, folder or ids of the store.

    Attributes:
        author: the From; sender is the Sender where another person sent on the author's behalf.
        headers: what internetMessageHeaders shows: all of a received mail, the x- ones of a draft.
        date: the Date header; None where there is none that can be read.
    """

    subject: str = ""
    body_type: str = "text"
    body: str = ""
    author: Person | None = None
    sender: Person | None = None
    recipients: tuple[Person, ...] = ()
    copied: tuple[Person, ...] = ()
    blind_copied: tuple[Person, ...] = ()
    reply_to: tuple[Person, ...] = ()
    internet_message_id: str = ""
    in_reply_to: str = ""
    references: str = ""
    thread_index: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    importance: str = "normal"
    wants_delivery_receipt: bool = False
    wants_read_receipt: bool = False
    date: datetime | None = None
    attachments: tuple[Attachment, ...] = ()

    def everybody(self) -> tuple[Person, ...]:
        """All recipients, each address once."""
        unique = {each.address.lower(): each for each in self._all()}
        return tuple(unique.values())

    def _all(self) -> Iterable[Person]:
        return reversed((*self.recipients, *self.copied, *self.blind_copied))


def read_person(value: Json) -> Person | None:
    """A Graph recipient, {"emailAddress": {"name", "address"}}.

    Raises:
        GraphError: 400 where the value has another form.
    """
    if value is None:
        return None
    try:
        address = value["emailAddress"]
        where = str(address.get("address") or "").strip()
        return Person(name=str(address.get("name") or "").strip(), address=where)
    except (KeyError, TypeError, AttributeError) as error:
        raise GraphError(
            400, "RequestBodyRead", "A recipient must have the form {'emailAddress': {'address': ...}}."
        ) from error


def read_people(value: Json) -> tuple[Person, ...]:
    """A list of Graph recipients; those without any address are dropped, as Outlook drops them."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise GraphError(400, "RequestBodyRead", "Recipients must be a list.")
    people = (read_person(each) for each in value)
    return tuple(person for person in people if person is not None and (person.address or person.name))
