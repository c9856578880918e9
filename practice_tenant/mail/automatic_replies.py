"""Out-of-office answers, once to each sender and to no robot."""

from datetime import datetime
from typing import Any

from practice_tenant.calendar.zones import zone_of
from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.mail.identifiers import new_internet_message_id
from practice_tenant.mail.mailbox_settings import settings_of
from practice_tenant.mail.mime_writing import write_mime
from practice_tenant.mail.values import MailContent, Person
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment

_OF_LISTS = frozenset({"list-id", "list-unsubscribe", "list-post", "x-autoreply", "x-autorespond"})
_PRECEDENCE = frozenset({"bulk", "list", "junk", "auto_reply"})
_LOOP = "X-MS-Exchange-Inbox-Rules-Loop"


def answer_automatically(
    tenant: Tenant, user: User, content: MailContent, envelope_sender: str
) -> bytes | None:
    """The automatic reply to a delivered mail, None where none is due."""
    setting = settings_of(tenant, user)["automaticRepliesSetting"]
    if not envelope_sender or not _is_on(tenant, setting) or _wants_silence(content, user):
        return None
    words = _words(tenant, setting, envelope_sender)
    if not words or envelope_sender.lower() == user.address.lower():
        return None
    first = tenant.database.execute(
        "INSERT OR IGNORE INTO automatic_reply_sent (mailbox, sender) VALUES (?, ?)",
        (user.id, envelope_sender.lower()),
    )
    return _reply(tenant, user, content, envelope_sender, words) if first.rowcount else None


def _reply(tenant: Tenant, user: User, content: MailContent, sender: str, words: str) -> bytes:
    name = content.author.name if content.author and content.author.address.lower() == sender.lower() else ""
    answered = content.internet_message_id
    reply = MailContent(
        subject=f"Automatic reply: {content.subject}",
        body_type="html",
        body=words,
        author=Person(name=user.display_name, address=user.address),
        recipients=(Person(name=name, address=sender),),
        internet_message_id=new_internet_message_id(),
        in_reply_to=answered,
        references=" ".join([*content.references.split(), answered]).strip(),
        headers=(
            ("X-Auto-Response-Suppress", "All"),
            ("Auto-Submitted", "auto-generated"),
            ("X-MS-Exchange-Generated-Message-Source", "Mailbox Rules Agent"),
            (_LOOP, user.address),
        ),
    )
    return write_mime(reply, date=tenant.clock.now())


def _is_on(tenant: Tenant, setting: dict[str, Any]) -> bool:
    if setting["status"] != "scheduled":
        return bool(setting["status"] == "alwaysEnabled")
    try:
        start, end = (_moment(setting[name]) for name in ("scheduledStartDateTime", "scheduledEndDateTime"))
    except (KeyError, TypeError, ValueError, GraphError):
        return False
    return start <= tenant.clock.now() < end


def _moment(value: dict[str, str]) -> datetime:
    """A wall clock time with the name of its zone."""
    given = parse_moment(value["dateTime"])
    return given.replace(tzinfo=zone_of(value.get("timeZone") or "UTC"))


def _wants_silence(content: MailContent, user: User) -> bool:
    return any(_silences(name.lower(), value.strip().lower(), user) for name, value in content.headers)


def _silences(name: str, said: str, user: User) -> bool:
    if name == "auto-submitted":
        return said != "no"
    if name == "x-auto-response-suppress":
        return bool({"all", "oof"} & {word.strip() for word in said.split(",")})
    if name == "precedence":
        return said in _PRECEDENCE
    return name in _OF_LISTS or (name == _LOOP.lower() and said == user.address.lower())


def _words(tenant: Tenant, setting: dict[str, Any], sender: str) -> str:
    """What this sender is told; contactsOnly tells nobody outside, since these mailboxes keep no contacts."""
    if tenant.directory.is_ours(sender):
        return str(setting["internalReplyMessage"] or "")
    return (
        str(setting["externalReplyMessage"] or "")
        if str(setting["externalAudience"]).lower() == "all"
        else ""
    )
