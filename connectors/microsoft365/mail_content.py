"""A mail read back as it stands: what approval is bound to."""

from __future__ import annotations

import base64
import hashlib

import inscriptis

from casework.ports import FoundMail, MailContent
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment
from connectors.microsoft365.mail_fields import FOUND_EXPAND, FOUND_SELECT, recipients

_SELECT = f"{FOUND_SELECT},lastModifiedDateTime,subject,body,toRecipients,ccRecipients,bccRecipients"


class MailContents:
    """Reads mails of one mailbox, which `mailbox` names as a path."""

    def __init__(self, calls: GraphCalls, mailbox: str) -> None:
        self._calls = calls
        self._mailbox = mailbox

    def message(self, message_id: str) -> JsonObject:
        """Return the mail with its attachments, in one request."""
        return self._calls.get(
            f"{self._mailbox}/messages/{segment(message_id)}",
            params={"$select": _SELECT, "$expand": f"attachments,{FOUND_EXPAND}"},
            prefer='outlook.body-content-type="text"',
        )

    def content(self, message: JsonObject, found: FoundMail) -> MailContent:
        """Return a mail that `message` read, with the hashes of its attachments."""
        return MailContent(
            found=found,
            recipients=recipients(message),
            subject=str(message.get("subject") or ""),
            text=_text(message.get("body") or {}),
            attachments=self._hashes(str(message["id"]), message.get("attachments") or []),
        )

    def attachments(self, message_id: str) -> tuple[tuple[str, str], ...]:
        """Return name and SHA-256 of each attachment; nothing else of the mail is read."""
        listed = list(self._calls.pages(f"{self._mailbox}/messages/{segment(message_id)}/attachments"))
        return self._hashes(message_id, listed)

    def _hashes(self, message_id: str, attachments: list[JsonObject]) -> tuple[tuple[str, str], ...]:
        return tuple((str(one.get("name") or ""), self._sha256(message_id, one)) for one in attachments)

    def _sha256(self, message_id: str, attachment: JsonObject) -> str:
        encoded = attachment.get("contentBytes")
        if encoded is not None:
            content = base64.b64decode(encoded)
        elif str(attachment.get("@odata.type", "")).endswith("referenceAttachment"):
            # a link to a file: it has no content of its own, so its address stands for it
            content = str(attachment.get("sourceUrl") or attachment.get("id") or "").encode()
        else:
            number = segment(str(attachment["id"]))
            path = f"{self._mailbox}/messages/{segment(message_id)}/attachments/{number}/$value"
            content = self._calls.content(path)
        return hashlib.sha256(content).hexdigest()


def _text(body: JsonObject) -> str:
    """Return the body as text; asked for as text, but a service may answer with HTML all the same."""
    content = str(body.get("content") or "")
    if str(body.get("contentType") or "").lower() != "html":
        return content
    return str(inscriptis.get_text(content))
