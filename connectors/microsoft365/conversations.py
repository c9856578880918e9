"""What came back to our letters: one request for each conversation; of people's mail nothing but the sender is seen."""

from __future__ import annotations

from casework.intake import is_system_address
from casework.returned_mail import SystemMail
from connectors.microsoft365 import mail_fields
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.calls import GraphCalls, JsonObject, literal, segment

_SELECT = "id,internetMessageId,receivedDateTime,from"


def conversation_request(address: str, conversation_id: str) -> tuple[str, dict[str, str]]:
    """Path and options of the request for a conversation in this mailbox."""
    # Exchange refuses to sort where it filters by another field, so that is done here
    params = {"$filter": f"conversationId eq {literal(conversation_id)}", "$select": _SELECT, "$top": "50"}
    return f"users/{segment(address)}/messages", params


class GraphConversations:
    """The conversations of one mailbox; `ahead` are answers that the look has in hand already."""

    def __init__(self, account: SchoolAccount, address: str, *, ahead: AskedAhead | None = None) -> None:
        self._calls = GraphCalls(account, ahead=ahead)
        self._address = address
        self._mailbox = f"users/{segment(address)}"

    def from_systems(self, conversation_id: str) -> tuple[SystemMail, ...]:
        path, params = conversation_request(self._address, conversation_id)
        found = self._calls.pages(path, params=params)
        mails = (_system_mail(message) for message in found)
        return tuple(sorted((one for one in mails if one), key=lambda one: one.received_at))

    def raw(self, message_id: str) -> bytes:
        return self._calls.content(f"{self._mailbox}/messages/{segment(message_id)}/$value")


def _system_mail(message: JsonObject) -> SystemMail | None:
    sender = ((message.get("from") or {}).get("emailAddress") or {}).get("address") or ""
    received_at = mail_fields.moment(message.get("receivedDateTime"))
    if received_at is None or not is_system_address(str(sender)):
        return None
    return SystemMail(
        message_id=str(message["id"]),
        internet_message_id=str(message.get("internetMessageId") or ""),
        received_at=received_at,
    )
