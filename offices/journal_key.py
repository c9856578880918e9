"""The journal's key on paper: shown for the safe, and typed in again on a new machine."""

from __future__ import annotations

import hashlib
import re

from casework.errors import JournalError
from connectors.journal import chain_key_from
from connectors.journal.chain_key import write_key
from connectors.settings_file import Settings

_GROUP = 4
_CHECK = 4
_LENGTH = 64


def existing_key(settings: Settings) -> bytes:
    """The key that is there; a new one would open no backup.

    Raises:
        JournalError: there is none.
    """
    path = settings.path(settings.journal.key)
    if not path.exists():
        raise JournalError(
            f"The key file {path.name} is missing, and without it no backup can be opened. "
            "Type it in from the sheet in the safe: casework restore --key"
        )
    return chain_key_from(path)


def key_for_paper(settings: Settings) -> str:
    """The key in groups of four, the last of which shows whether it was typed in rightly."""
    key = existing_key(settings).hex()
    text = key + _check(key)
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def put_key_back(settings: Settings, typed: str) -> None:
    """Write the key file from what somebody typed.

    Raises:
        JournalError: it is mistyped, or a key file is there.
    """
    write_key(settings.path(settings.journal.key), key_as_typed(typed))


def key_as_typed(typed: str) -> bytes:
    """The key.

    Raises:
        JournalError: it is mistyped.
    """
    text = re.sub(r"[^0-9a-f]", "", typed.casefold())
    key, check = text[:_LENGTH], text[_LENGTH:]
    if len(key) != _LENGTH or check != _check(key):
        raise JournalError(
            "That is not the key on the sheet: a character is wrong or missing. Type it once more."
        )
    return bytes.fromhex(key)


def _check(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:_CHECK]
