"""The reporting mailbox by message delta, with a full list as backstop."""

from __future__ import annotations

from datetime import UTC, datetime

from casework.errors import NotThereError
from casework.ports import INBOX, InboxChanges, SeenMessage
from connectors.microsoft365 import mail_fields
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment
from connectors.microsoft365.mail_folders import MailFolders

_SELECT = "internetMessageId,receivedDateTime,conversationId"
_PAGE = 100
PREFERS = f"odata.maxpagesize={_PAGE}"


class GraphInbox:
    """The inbox of one mailbox; `ahead` are answers that the look has in hand already."""

    def __init__(self, account: SchoolAccount, address: str, *, ahead: AskedAhead | None = None) -> None:
        self._calls = GraphCalls(account, ahead=ahead)
        self._mailbox = f"users/{segment(address)}"
        self._folders = MailFolders(account, address)

    def changes(self, cursor: str | None) -> InboxChanges:
        """Messages new or changed since the cursor. An idle sweep is one request.

        "@removed" is ignored: with immutable ids a message moved out and back is reported so for good
        (microsoft-graph-docs-contrib#72), and whoever wants a message asks for it by id.
        """
        answered = self._calls.delta(
            f"{self._mailbox}/mailFolders/inbox/messages/delta",
            cursor,
            params={"$select": _SELECT},
            prefer=PREFERS,
        )
        latest = {item["id"]: item for item in answered.items if "@removed" not in item}
        seen = (self._seen(item) for item in latest.values())
        return InboxChanges(messages=tuple(one for one in seen if one), cursor=answered.cursor)

    def everything_since(self, moment: datetime) -> tuple[SeenMessage, ...]:
        since = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        found = self._calls.pages(
            f"{self._mailbox}/mailFolders/inbox/messages",
            params={
                "$select": _SELECT,
                "$filter": f"receivedDateTime ge {since}",
                "$orderby": "receivedDateTime",
                "$top": str(_PAGE),
            },
        )
        # a mail that arrives while the pages are read can push another onto the next page
        seen = (self._seen(item) for item in {item["id"]: item for item in found}.values())
        return tuple(one for one in seen if one)

    def raw(self, message_id: str) -> bytes:
        return self._calls.content(f"{self._message(message_id)}/$value")

    def file_under(self, message_id: str, folder: str) -> None:
        """Move the message; a folder that somebody deleted is made again."""
        lies_in = self._calls.get(self._message(message_id), params={"$select": "parentFolderId"})
        target = self._folders.well_known(folder) if folder == INBOX else self._folders.ensure(folder)[0]
        if lies_in.get("parentFolderId") == target:
            return
        try:
            self._move(message_id, target)
        except NotThereError:
            # either the message went this moment, which the second attempt says, or the folder did
            self._folders.forget()
            self._move(message_id, self._folders.ensure(folder)[0])

    def _seen(self, item: JsonObject) -> SeenMessage | None:
        """Return the message of a delta or list; a change may come with the changed fields only."""
        if not item.get("receivedDateTime"):
            try:
                item = self._calls.get(self._message(item["id"]), params={"$select": _SELECT})
            except NotThereError:
                return None
        received_at = mail_fields.moment(item.get("receivedDateTime"))
        if received_at is None:
            return None  # a draft that somebody put into the inbox
        return SeenMessage(
            message_id=str(item["id"]),
            internet_message_id=str(item.get("internetMessageId") or ""),
            received_at=received_at,
            conversation_id=str(item.get("conversationId") or ""),
        )

    def _move(self, message_id: str, folder_id: str) -> None:
        # with immutable ids a second move finds the message where it should be
        self._calls.post(f"{self._message(message_id)}/move", {"destinationId": folder_id}, repeatable=True)

    def _message(self, message_id: str) -> str:
        return f"{self._mailbox}/messages/{segment(message_id)}"
