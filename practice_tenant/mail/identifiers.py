"""Ids as Exchange makes them: long, opaque, case-sensitive, with an equals sign at the end."""

import secrets
from base64 import urlsafe_b64encode

from practice_tenant.transport.hosts import MAILBOX, MAILBOX_NAME


def new_folder_id() -> str:
    return "AQMk" + _opaque(46)


def new_default_id() -> str:
    return "AAMk" + _opaque(55)


def new_immutable_id() -> str:
    return "AAkA" + _opaque(43)


def new_attachment_id() -> str:
    return "AAMk" + _opaque(70)


def new_internet_message_id() -> str:
    """As Outlook makes it: the mailbox server's short name and a number, at that server."""
    return f"<{MAILBOX_NAME}{secrets.token_hex(13).upper()[:25]}@{MAILBOX}>"


def change_key(number: int) -> str:
    """The changeKey of a version; it differs after every change."""
    return "CQAAABYAAA" + urlsafe_b64encode(number.to_bytes(11, "big")).decode()


def etag(number: int) -> str:
    return f'W/"{change_key(number)}"'


def _opaque(size: int) -> str:
    return urlsafe_b64encode(secrets.token_bytes(size)).decode()
