"""Mailboxes by address, each looked after by one object for as long as the connection lives."""

from __future__ import annotations

from casework.ports import Outgoing
from casework.returned_mail import Conversations
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.conversations import GraphConversations
from connectors.microsoft365.outgoing import GraphOutgoing


class GraphMailService:
    """Hands out mailboxes; the same address gets the same object, which remembers folder ids."""

    def __init__(self, account: SchoolAccount, *, ahead: AskedAhead | None = None) -> None:
        self._account = account
        self._ahead = ahead
        self._mailboxes: dict[str, GraphOutgoing] = {}

    def outgoing(self, address: str) -> Outgoing:
        found = self._mailboxes.get(address.lower())
        if found is None:
            found = GraphOutgoing(self._account, address, ahead=self._ahead)
            found = self._mailboxes.setdefault(address.lower(), found)
        return found

    def conversations(self, address: str) -> Conversations:
        return GraphConversations(self._account, address, ahead=self._ahead)
