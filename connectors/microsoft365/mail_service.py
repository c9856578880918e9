"""Mailboxes by address, each looked after by one object for as long as the connection lives."""

from __future__ import annotations

from casework.ports import Outgoing
from casework.returned_mail import Conversations
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.conversations import GraphConversations
from connectors.microsoft365.outgoing import GraphOutgoing


class GraphMailService:
    """Hands out mailboxes; the same address gets the same object, which remembers folder ids."""

    def __init__(self, account: SchoolAccount) -> None:
        self._account = account
        self._mailboxes: dict[str, GraphOutgoing] = {}

    def outgoing(self, address: str) -> Outgoing:
        return self._mailboxes.setdefault(address.lower(), GraphOutgoing(self._account, address))

    def conversations(self, address: str) -> Conversations:
        return GraphConversations(self._account, address)
