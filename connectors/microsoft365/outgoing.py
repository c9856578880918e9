"""Our mails in one mailbox: made as drafts, read back, sent, and found again wherever they went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from casework.errors import ChangedMeanwhileError, ConnectorError, NotThereError, TemporaryConnectorError
from casework.ports import FoundMail, MailContent, NewMail
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.calls import GraphCalls, JsonObject, literal, segment
from connectors.microsoft365.mail_content import MailContents
from connectors.microsoft365.mail_fields import (
    COMMON_PROPERTY,
    COMMON_VALUE,
    FOUND_EXPAND,
    FOUND_SELECT,
    KEY_HEADER,
    KEY_PROPERTY,
    ROBOT_HEADER,
    carrying,
    found_mail,
    is_finished,
    marks,
    recipients,
    unfinished,
)
from connectors.microsoft365.mail_folders import MailFolders

_PAGE = "500"
_DISCARD_ATTEMPTS = 3


class GraphOutgoing:
    """The mail that we make in one mailbox; `ahead` are answers that the look has in hand already."""

    def __init__(self, account: SchoolAccount, address: str, *, ahead: AskedAhead | None = None) -> None:
        self._account = account
        self._address = address
        self._calls = GraphCalls(account, ahead=ahead)
        self._mailbox = mailbox_path(address)
        self._contents = MailContents(self._calls, self._mailbox)
        self._folders = MailFolders(account, address)

    def ours(self, *, only_drafts: bool = False) -> tuple[FoundMail, ...]:
        if only_drafts:
            path, params = drafts_request(self._address)
            found = tuple(self._found(message) for message in list(self._calls.pages(path, params=params)))
        else:
            found = self._marked(COMMON_PROPERTY, COMMON_VALUE)
        return tuple(mail for mail in found if is_finished(mail))

    def find(self, key: str) -> FoundMail | None:
        found = self._marked(KEY_PROPERTY, key)
        # a mail that was sent outweighs a draft, and a draft one in Deleted Items
        return min(found, key=lambda mail: (mail.is_draft, mail.discarded), default=None)

    def save(
        self, mail: NewMail, *, settled: Callable[[str], None] = lambda _: None, again: bool = False
    ) -> FoundMail:
        """Make a draft: bare, then its attachments, then its addressees and its key in one request.

        Until then the draft carries another key, so that `find` never takes a half-made one for the whole, and goes to
        nobody, so that Exchange refuses to send it; a half-made one from an attempt that broke is removed first.
        """
        if mail.attachments or again:
            self._remove_unfinished(mail.key)
        draft = self._bare_draft(mail)
        draft.save_draft()
        try:
            if mail.attachments:
                # O365 posts attachments twice unless they are added to a saved draft, and saved once
                draft.attachments.add([(BytesIO(one.content), one.name) for one in mail.attachments])
                draft.save_draft()
            self._settle(str(draft.object_id), settled)
            return self._completed(str(draft.object_id), mail)
        except NotThereError as error:
            # Exchange may know a new mail on one server and not yet on the next
            raise TemporaryConnectorError(
                "A draft could not be found right after it was made. Casework looks for it and tries again.",
                outcome_unknown=True,
            ) from error

    def _settle(self, message_id: str, settled: Callable[[str], None]) -> None:
        try:
            settled(message_id)
        except Exception:
            with suppress(ConnectorError):
                self.discard(message_id)
            raise

    def read_back(self, message_id: str) -> MailContent:
        message = self._contents.message(message_id)
        return self._contents.content(message, self._found(message))

    def send(self, message_id: str) -> None:
        mailbox = self._account.mailbox(resource=self._address)
        draft = mailbox.message_constructor(parent=mailbox, object_id=message_id, is_draft=True)
        draft.send()

    def discard(self, message_id: str) -> None:
        for _ in range(_DISCARD_ATTEMPTS):
            try:
                self._discard_as_read(message_id)
            except NotThereError:
                return
            except ChangedMeanwhileError:
                continue  # perhaps sent this moment: look again
            else:
                return
        raise TemporaryConnectorError("A draft is being changed right now. Casework withdraws it later.")

    def find_sent(
        self, *, since: datetime, recipient: str, internet_message_id: str, attachment_sha256: str
    ) -> MailContent | None:
        if internet_message_id:
            for message in self._sent(f"internetMessageId eq {literal(internet_message_id)}"):
                return self.read_back(str(message["id"]))
        moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for message in self._sent(f"sentDateTime ge {moment}"):
            if recipient.lower() not in recipients(message):
                continue
            # the owner's other mail to the same person is not read, only compared
            hashes = {sha256 for _, sha256 in self._contents.attachments(str(message["id"]))}
            if attachment_sha256 in hashes:
                return self.read_back(str(message["id"]))
        return None

    def _bare_draft(self, mail: NewMail) -> Any:  # noqa: ANN401 - O365 carries no types
        draft = self._account.new_message(resource=self._address)
        draft.subject = mail.subject
        draft.body_type = "html"  # O365 writes "HTML", which Graph's own description does not know
        draft.body = mail.html
        if mail.reply_to:
            draft.reply_to.add(mail.reply_to)
        draft.add_message_header(KEY_HEADER, mail.key)
        if mail.robot:
            draft.add_message_header(*ROBOT_HEADER)
        draft.single_value_extended_properties.extend(marks(unfinished(mail.key)))
        return draft

    def _completed(self, message_id: str, mail: NewMail) -> FoundMail:
        whole: JsonObject = {"singleValueExtendedProperties": marks(mail.key)}
        if mail.to:
            whole["toRecipients"] = [{"emailAddress": {"address": address}} for address in mail.to]
        message = self._calls.patch(self._message(message_id), whole, repeatable=True)
        return replace(self._found(message), key=mail.key)

    def _discard_as_read(self, message_id: str) -> None:
        path = self._message(message_id)
        message = self._calls.get(path, params={"$select": "id,isDraft,parentFolderId"})
        discarded = message.get("parentFolderId") == self._folders.well_known("deleteditems")
        if message.get("isDraft") and not discarded:
            # the etag: should it be sent at this moment, the sent mail must stay
            self._calls.delete(path, etag=str(message.get("@odata.etag") or ""))

    def _marked(self, name: str, value: str) -> tuple[FoundMail, ...]:
        """Find by an extended property: one request over all folders, and no other mail is read."""
        path, params = marked_request(self._address, name, value)
        return tuple(self._found(message) for message in list(self._calls.pages(path, params=params)))

    def _sent(self, condition: str) -> Iterator[JsonObject]:
        return self._calls.pages(
            f"{self._mailbox}/mailFolders/sentitems/messages",
            params={
                "$filter": condition,
                "$select": "id,toRecipients,ccRecipients,bccRecipients",
                "$top": "50",
            },
        )

    def _found(self, message: JsonObject) -> FoundMail:
        # only a draft can be discarded; without one there is no need to ask for the folder's id
        deleted = self._folders.well_known("deleteditems") if message.get("isDraft") else None
        return found_mail(message, deleted_items=deleted)

    def _remove_unfinished(self, key: str) -> None:
        for leftover in self._marked(KEY_PROPERTY, unfinished(key)):
            if leftover.is_draft and not leftover.discarded:
                self.discard(leftover.message_id)

    def _message(self, message_id: str) -> str:
        return f"{self._mailbox}/messages/{segment(message_id)}"


def mailbox_path(address: str) -> str:
    return f"users/{segment(address)}"


def marked_request(address: str, name: str, value: str) -> tuple[str, dict[str, str]]:
    """The request for what carries this mark, in any folder of a mailbox."""
    params = {
        "$filter": carrying(name, value),
        "$select": FOUND_SELECT,
        "$expand": FOUND_EXPAND,
        "$top": _PAGE,
    }
    return f"{mailbox_path(address)}/messages", params


def drafts_request(address: str) -> tuple[str, dict[str, str]]:
    """The request for our drafts in any folder of a mailbox: however much was sent before, the answer stays small."""
    params = {
        "$filter": f"isDraft eq true and {carrying(COMMON_PROPERTY, COMMON_VALUE)}",
        "$select": "id,isDraft,parentFolderId",
        "$expand": FOUND_EXPAND,
        "$top": _PAGE,
    }
    return f"{mailbox_path(address)}/messages", params
