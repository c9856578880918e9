"""Ids as Exchange makes them: long, opaque, case-sensitive, with an equals sign at the end."""

import secrets
from base64 import urlsafe_b64encode

from practice_tenant.directory import DOMAIN


def new_folder_id() -> str:
    return "AQMk" + _opaque(46)


def new_default_id() -> str:
    return "AAMk" + _opaque(55)


def new_immutable_id() -> str:
    return "AAkA" + _opaque(43)


def new_attachment_id() -> str:
    return "AAMk" + _opaque(70)


def new_internet_message_id() -> str:
    return f"<{secrets.token_hex(16).upper()}@mail.{DOMAIN}>"


def change_key(number: int) -> str:
    """The changeKey of a version; it differs after every change."""
    return "CQAAABYAAA" + urlsafe_b64encode(number.to_bytes(11, "big")).decode()


def etag(number: int) -> str:
    return f'W/"{change_key(number)}"'


def _opaque(size: int) -> str:
    return urlsafe_b64encode(secrets.token_bytes(size)).decode()
