"""Mail that says a mail could not be delivered: to whom, why, and which one it was."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.intake.bounce_words import BOUNCE_SUBJECT, BOUNCE_WORDING
from casework.messages import Attachment, ReceivedMessage

_SYSTEM_SENDER = re.compile(
    r"^(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|maildelivery|mail\.delivery|mta|microsoftexchange[0-9a-f]{20,})",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+\w")
_FIELD = re.compile(r"^([A-Za-z-]{3,40}):[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_COPY_BEGINS = re.compile(
    r"(?im)^[> ]*(?:message-id|received|return-path|dkim-signature|mime-version)\s*:"
    r"|original message headers|copy of the message|^-{3,}.{0,40}(?:original|returned) message"
)
_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
DELIVERY_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounce:
    """A failed delivery.

    Attributes:
        recipients: who was not reached.
        status: the code, such as 5.1.1; empty where none is given.
        message_id: of the mail that failed, with its angle brackets; empty where the report does not name it.
        permanent: False where the system only gives up for now.
    """

    recipients: tuple[str, ...] = ()
    status: str = ""
    message_id: str = ""
    permanent: bool = True


def read_bounce(message: ReceivedMessage) -> Bounce | None:
    """The failed delivery that this mail reports, or None: delays, receipts and mails about bounces are none."""
    reports = [part for part in message.attachments if part.content_type in DELIVERY_STATUS]
    if reports and is_from_system(message, structure=True):
        return _structured(message, reports)
    if _is_worded_bounce(message):
        return _worded(message)
    return None


def is_from_system(message: ReceivedMessage, *, structure: bool = False) -> bool:
    """True for the senders that mail systems use for their own reports, and for an empty return path."""
    local = message.sender.address.partition("@")[0]
    null_path = message.header("Return-Path").strip() == "<>"
    reports_itself = structure and message.content_type == "multipart/report"
    return bool(_SYSTEM_SENDER.match(local)) or null_path or reports_itself


def _structured(message: ReceivedMessage, reports: list[Attachment]) -> Bounce | None:
    fields = [
        (name.casefold(), " ".join(value.split()))
        for report in reports
        for name, value in _FIELD.findall(report.content.decode("utf-8", "replace").replace("\r\n", "\n"))
    ]
    failed = [value for name, value in fields if name == "action" and value.casefold().startswith("fail")]
    actions = [value for name, value in fields if name == "action"]
    statuses = [match[0] for name, value in fields if name == "status" and (match := _STATUS.search(value))]
    if actions and not failed:
        return None
    if not actions and not any(status.startswith("5") for status in statuses):
        return None
    worst = next((status for status in statuses if status.startswith("5")), next(iter(statuses), ""))
    diagnosed = next((value for name, value in fields if name == "diagnostic-code"), "")
    match = _STATUS.search(diagnosed)
    return Bounce(
        recipients=_recipients(
            [value for name, value in fields if name in {"final-recipient", "original-recipient"}]
        ),
        status=match[0] if match and worst in {"", "5.0.0"} else worst,
        message_id=returned_message_id(message),
        permanent=not worst.startswith("4"),
    )


def _is_worded_bounce(message: ReceivedMessage) -> bool:
    failed_header = bool(message.header("X-Failed-Recipients"))
    if not (is_from_system(message) or failed_header):
        return False
    body = message.text[:8_000]
    return (
        failed_header
        or bool(BOUNCE_SUBJECT.match(message.subject.strip()))
        or bool(BOUNCE_WORDING.search(body))
    )


def _worded(message: ReceivedMessage) -> Bounce | None:
    body = message.text[:8_000]
    if re.search(
        r"(?i)delay|still being retried|will (?:continue|keep|be retried)|temporar",
        message.subject + body[:600],
    ) and not (
        _STATUS.search(body) and _STATUS.search(body)[0].startswith("5")  # type: ignore[index]  # it was found just now
    ):
        return None
    match = _STATUS.search(body)
    named = message.header("X-Failed-Recipients")
    return Bounce(
        recipients=_recipients([named] if named else [_above_the_copy(body)]),
        status=match[0] if match else "",
        message_id=returned_message_id(message),
        permanent=not (match and match[1] == "4"),
    )


def returned_message_id(message: ReceivedMessage) -> str:
    """The id of the mail that came back: in the copy attached, else quoted in the text, else what this mail answers."""
    for part in message.attachments:
        if part.content_type in RETURNED:
            match = _MESSAGE_ID.search(part.content[:200_000].decode("latin-1").replace("\r\n", "\n"))
            if match:
                return match[1]
    quoted = _MESSAGE_ID.search(re.sub(r"(?m)^[> ]+", "", message.text[:200_000]))
    if quoted:
        return quoted[1]
    return next(iter((*message.in_reply_to, *reversed(message.references))), "")


def _above_the_copy(body: str) -> str:
    """The report's own words: below them stands the mail that came back, which names other people too."""
    return _COPY_BEGINS.split(body, maxsplit=1)[0]


def _recipients(values: list[str]) -> tuple[str, ...]:
    found = (address for value in values for address in _ADDRESS.findall(value)[:20])
    return tuple(dict.fromkeys(address.casefold() for address in found if not _SYSTEM_SENDER.match(address)))[
        :20
    ]
