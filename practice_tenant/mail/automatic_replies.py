"""Out-of-office answers, once to each sender."""

import sqlite3
from typing import Any

from practice_tenant.directory import User
from practice_tenant.mail.identifiers import new_internet_message_id
from practice_tenant.mail.mailbox_settings import settings_of
from practice_tenant.mail.mime_writing import write_mime
from practice_tenant.mail.values import MailContent, Person
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment

_SILENCERS = frozenset({"list-id", "list-unsubscribe", "x-autoreply", "precedence"})


def answer_automatically(
    tenant: Tenant, user: User, message: sqlite3.Row, content: MailContent, envelope_sender: str
) -> bytes | None:
    """The automatic reply to a delivered mail, None where none is due."""
    setting = settings_of(tenant, user)["automaticRepliesSetting"]
    if not envelope_sender or not _is_on(tenant, setting) or _wants_silence(content):
        return None
    words = _words(tenant, setting, envelope_sender)
    if not words or envelope_sender.lower() == user.address.lower():
        return None
    first = tenant.database.execute(
        "INSERT OR IGNORE INTO automatic_reply_sent (mailbox, sender) VALUES (?, ?)",
        (user.id, envelope_sender.lower()),
    )
    if first.rowcount == 0:
        return None
    reply = MailContent(
        subject=f"Automatic reply: {message['subject']}",
        body_type="html",
        body=words,
        author=Person(name=user.display_name, address=user.address),
        recipients=(Person(name="", address=envelope_sender),),
        internet_message_id=new_internet_message_id(),
        in_reply_to=message["internet_message_id"],
        references=message["internet_message_id"],
        headers=(("X-Auto-Response-Suppress", "All"), ("Auto-Submitted", "auto-generated")),
    )
    return write_mime(reply, date=tenant.clock.now())


def _is_on(tenant: Tenant, setting: dict[str, Any]) -> bool:
    if setting["status"] != "scheduled":
        return bool(setting["status"] == "alwaysEnabled")
    try:
        start = parse_moment(setting["scheduledStartDateTime"]["dateTime"])
        end = parse_moment(setting["scheduledEndDateTime"]["dateTime"])
    except (KeyError, TypeError, ValueError):
        return False
    return start <= tenant.clock.now() < end


def _wants_silence(content: MailContent) -> bool:
    for name, value in content.headers:
        word, said = name.lower(), value.strip().lower()
        if word in _SILENCERS or (word == "auto-submitted" and said != "no"):
            return True
        if word == "x-auto-response-suppress" and ("all" in said or "oof" in said):
            return True
    return False


def _words(tenant: Tenant, setting: dict[str, Any], sender: str) -> str:
    if tenant.directory.is_ours(sender):
        return str(setting["internalReplyMessage"] or "")
    return "" if setting["externalAudience"] == "none" else str(setting["externalReplyMessage"] or "")
