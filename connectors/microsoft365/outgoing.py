"""Our mails in one mailbox: made as drafts, read back, sent, and found again wherever they went."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

import inscriptis

from casework.errors import ChangedMeanwhileError, NotThereError
from casework.ports import FoundMail, MailContent, NewMail
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, JsonObject, literal, segment
from connectors.microsoft365.mail_fields import (
    COMMON_PROPERTY,
    COMMON_VALUE,
    FOUND_EXPAND,
    FOUND_SELECT,
    KEY_HEADER,
    KEY_PROPERTY,
    ROBOT_HEADER,
    found_mail,
    is_finished,
    marks,
    recipients,
    unfinished,
)
from connectors.microsoft365.mail_folders import MailFolders

_PAGE = "500"
_CONTENT_SELECT = f"{FOUND_SELECT},subject,body,toRecipients,ccRecipients,bccRecipients"


class GraphOutgoing:
    """The mail that we make in one mailbox."""

    def __init__(self, account: SchoolAccount, address: str) -> None:
        self._account = account
        self._address = address
        self._calls = GraphCalls(account)
        self._mailbox = f"users/{segment(address)}"
        self._folders = MailFolders(account, address)

    def ours(self) -> tuple[FoundMail, ...]:
        return tuple(mail for mail in self._marked(COMMON_PROPERTY, COMMON_VALUE) if is_finished(mail))

    def find(self, key: str) -> FoundMail | None:
        found = self._marked(KEY_PROPERTY, key)
        # a mail that was sent outweighs a draft, and a draft one in Deleted Items
        return min(found, key=lambda mail: (mail.is_draft, mail.discarded), default=None)

    def save(self, mail: NewMail) -> FoundMail:
        """Make a draft: bare, then its attachments, then its key.

        Until the attachments are there the draft carries another key, so that `find` never takes a half-made
        one for the whole; a half-made one from an attempt that broke is removed first.
        """
        draft = self._account.new_message(resource=self._address)
        draft.to.add(list(mail.to))
        draft.subject = mail.subject
        draft.body = mail.html
        if mail.reply_to:
            draft.reply_to.add(mail.reply_to)
        draft.add_message_header(KEY_HEADER, mail.key)
        if mail.robot:
            draft.add_message_header(*ROBOT_HEADER)
        if mail.attachments:
            self._remove_unfinished(mail.key)
        draft.single_value_extended_properties.extend(
            marks(unfinished(mail.key) if mail.attachments else mail.key)
        )
        draft.save_draft()
        if mail.attachments:
            # O365 posts attachments twice unless they are added to a saved draft, and saved once
            draft.attachments.add([(BytesIO(one.content), one.name) for one in mail.attachments])
            draft.save_draft()
            self._calls.patch(
                self._message(draft.object_id),
                {"singleValueExtendedProperties": marks(mail.key)},
                repeatable=True,
            )
        return self._found(self._read(draft.object_id))

    def read_back(self, message_id: str) -> MailContent:
        message = self._calls.get(
            self._message(message_id),
            params={"$select": _CONTENT_SELECT, "$expand": f"attachments,{FOUND_EXPAND}"},
            prefer='outlook.body-content-type="text"',
        )
        return MailContent(
            found=self._found(message),
            recipients=recipients(message),
            subject=str(message.get("subject") or ""),
            text=_text(message.get("body") or {}),
            attachments=tuple(
                (str(attachment.get("name") or ""), self._sha256(message_id, attachment))
                for attachment in message.get("attachments") or []
            ),
        )

    def send(self, message_id: str) -> None:
        mailbox = self._account.mailbox(resource=self._address)
        draft = mailbox.message_constructor(parent=mailbox, object_id=message_id, is_draft=True)
        draft.send()

    def discard(self, message_id: str) -> None:
        try:
            message = self._calls.get(
                self._message(message_id), params={"$select": "id,isDraft,parentFolderId"}
            )
            if not message.get("isDraft"):
                return
            if message.get("parentFolderId") == self._folders.well_known("deleteditems"):
                return
            # the etag: should it be sent at this moment, the sent mail must stay
            self._calls.delete(self._message(message_id), etag=str(message.get("@odata.etag") or ""))
        except NotThereError:
            return
        except ChangedMeanwhileError:
            self.discard(message_id)

    def find_sent(
        self, *, since: datetime, recipient: str, internet_message_id: str, attachment_sha256: str
    ) -> MailContent | None:
        if internet_message_id:
            same = self._sent(f"internetMessageId eq {literal(internet_message_id)}")
            for message in same:
                return self.read_back(str(message["id"]))
        moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for message in self._sent(f"sentDateTime ge {moment}"):
            if recipient.lower() not in recipients(message):
                continue
            content = self.read_back(str(message["id"]))
            if any(sha256 == attachment_sha256 for _, sha256 in content.attachments):
                return content
        return None

    def _marked(self, name: str, value: str) -> tuple[FoundMail, ...]:
        """Find by an extended property: one request over all folders, and no other mail is read."""
        mark = f"ep/id eq {literal(name)} and ep/value eq {literal(value)}"
        messages = tuple(
            self._calls.pages(
                f"{self._mailbox}/messages",
                params={
                    "$filter": f"singleValueExtendedProperties/any(ep:{mark})",
                    "$select": FOUND_SELECT,
                    "$expand": FOUND_EXPAND,
                    "$top": _PAGE,
                },
            )
        )
        # only a draft can be discarded; without one there is no need to know the folder's id
        deleted = (
            self._folders.well_known("deleteditems") if any(m.get("isDraft") for m in messages) else None
        )
        return tuple(found_mail(message, deleted_items=deleted) for message in messages)

    def _sent(self, condition: str) -> Iterator[JsonObject]:
        return self._calls.pages(
            f"{self._mailbox}/mailFolders/sentitems/messages",
            params={
                "$filter": condition,
                "$select": "id,toRecipients,ccRecipients,bccRecipients",
                "$top": "50",
            },
        )

    def _read(self, message_id: str) -> JsonObject:
        return self._calls.get(
            self._message(message_id), params={"$select": FOUND_SELECT, "$expand": FOUND_EXPAND}
        )

    def _found(self, message: JsonObject) -> FoundMail:
        deleted = self._folders.well_known("deleteditems") if message.get("isDraft") else None
        return found_mail(message, deleted_items=deleted)

    def _remove_unfinished(self, key: str) -> None:
        for leftover in self._marked(KEY_PROPERTY, unfinished(key)):
            if leftover.is_draft and not leftover.discarded:
                self.discard(leftover.message_id)

    def _sha256(self, message_id: str, attachment: JsonObject) -> str:
        encoded = attachment.get("contentBytes")
        if encoded is not None:
            content = base64.b64decode(encoded)
        elif str(attachment.get("@odata.type", "")).endswith("referenceAttachment"):
            # a link to a file: it has no content of its own, so its address stands for it
            content = str(attachment.get("sourceUrl") or attachment.get("id") or "").encode()
        else:
            number = segment(str(attachment["id"]))
            content = self._calls.content(f"{self._message(message_id)}/attachments/{number}/$value")
        return hashlib.sha256(content).hexdigest()

    def _message(self, message_id: str) -> str:
        return f"{self._mailbox}/messages/{segment(message_id)}"


def _text(body: JsonObject) -> str:
    """Return the body as text; asked for as text, but a service may answer with HTML all the same."""
    content = str(body.get("content") or "")
    if str(body.get("contentType") or "").lower() != "html":
        return content
    return str(inscriptis.get_text(content))
