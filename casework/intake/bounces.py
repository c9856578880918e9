"""Mail that says a mail could not be delivered: to whom, why, and which one it was."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework.forwards import SubjectKind, subject_kind
from casework.intake.bounce_words import BOUNCE_HINTS, BOUNCE_SUBJECT, BOUNCE_WORDING, DELAY
from casework.messages import Attachment, ReceivedMessage

_DAEMON = r"(?:mailer|mail|m)[-_.]?daemon"
_SYSTEM_SENDER = re.compile(
    rf"^(?:{_DAEMON}|post[-_]?master|mail[-_.]?delivery|mta|microsoftexchange[0-9a-f]{{20,}})", re.IGNORECASE
)
_DAEMON_SENDER = re.compile(rf"^<?{_DAEMON}", re.IGNORECASE)
_MACHINE_SENDER = re.compile(
    r"(?:^|[-_.])(?:admin(?:istrator)?|system|smtp|ndr|dsn|gateways?|inetgw\d*|imss|anti-?virus|mail-?(?:service|system)|root"
    r"|no-?reply)(?:$|[-_.])",
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
LONGEST_REPORT = 8_000
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


def is_system_address(address: str) -> bool:
    """True for an address from which mail systems send their own reports, and for none at all."""
    return not address or bool(_SYSTEM_SENDER.match(address))


def read_bounce(message: ReceivedMessage) -> Bounce | None:
    """The failed delivery that this mail reports, or None: delays, receipts and mails about bounces are none."""
    reports = [part for part in message.attachments if part.content_type in DELIVERY_STATUS]
    fields = _fields(reports)
    if fields and is_from_system(message, structure=True):
        return _structured(message, fields)
    if reports_delivery(message):
        return _worded(message)
    return None


def reports_delivery(message: ReceivedMessage) -> bool:
    """True if a mail system speaks, in words, of mail that did not arrive or has not arrived yet."""
    if message.header("X-Failed-Recipients"):
        return True
    subject = bool(BOUNCE_SUBJECT.match(message.subject.strip()))
    body = message.text[:LONGEST_REPORT]
    if _names_a_system(message):
        return subject or _is_from_daemon(message) or _is_worded(body)
    if is_from_system(message):
        return subject or bool(BOUNCE_WORDING.search(body))
    machine = not message.sender.address or _MACHINE_SENDER.search(message.sender.address.partition("@")[0])
    if not (subject and machine) or subject_kind(message.subject) is not SubjectKind.PLAIN:
        return False
    return _is_worded(body)


def _is_worded(body: str) -> bool:
    return bool(BOUNCE_WORDING.search(body) or BOUNCE_HINTS.search(body))


def is_from_system(message: ReceivedMessage, *, structure: bool = False) -> bool:
    """True for the senders that mail systems use for their own reports, and for an empty return path."""
    reports_itself = structure and message.content_type == "multipart/report"
    nobody = message.header("Return-Path").strip() == "<>"
    return nobody or reports_itself or _names_a_system(message)


def _names_a_system(message: ReceivedMessage) -> bool:
    local = message.sender.address.partition("@")[0]
    return bool(_SYSTEM_SENDER.match(local)) or _is_from_daemon(message)


def _is_from_daemon(message: ReceivedMessage) -> bool:
    """A daemon writes of nothing but delivery; a postmaster may be a person."""
    written = (message.sender.address, message.header("Return-Path").strip())
    return any(_DAEMON_SENDER.match(address) for address in written)


def _fields(reports: list[Attachment]) -> list[tuple[str, str]]:
    """The fields of delivery reports that say what became of a mail; none where they say nothing."""
    fields = [
        (name.casefold(), " ".join(value.split()))
        for report in reports
        for name, value in _FIELD.findall(report.content.decode("utf-8", "replace").replace("\r\n", "\n"))
    ]
    return fields if {"action", "status"} & {name for name, _ in fields} else []


def _structured(message: ReceivedMessage, fields: list[tuple[str, str]]) -> Bounce | None:
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


def _worded(message: ReceivedMessage) -> Bounce | None:
    body = message.text[:LONGEST_REPORT]
    match = _STATUS.search(body)
    gave_up = bool(match and match[1] == "5")
    if DELAY.search(message.subject + body[:600]) and not gave_up:
        return None
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
