"""Sealing what names people in the journal: its file, or a backup of it, tells nothing without the key file."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from casework.errors import JournalError
from connectors.journal.columns import json_text

_PURPOSE = b"casework: people in the journal"
_SEALED = "sealed"
_SEALED_TEXT = f"{_SEALED}:"


class Sealer:
    """Seals and opens JSON values under one key."""

    def __init__(self, fernet: Fernet) -> None:
        self._fernet = fernet

    def seal(self, value: Any) -> dict[str, str]:  # noqa: ANN401 - JSON is anything
        """The value as one that shows nothing but about how long it is."""
        return {_SEALED: self._fernet.encrypt(json_text(value).encode()).decode("ascii")}

    def seal_once(self, value: Any) -> Any:  # noqa: ANN401 - JSON is anything
        """The value sealed; one that is sealed already, or empty, stays as it is."""
        return value if not value or _is_sealed(value) else self.seal(value)

    def seal_text(self, text: str) -> str:
        """A text that shows nothing but about how long it is; empty stays empty, so that it can be asked for."""
        return f"{_SEALED_TEXT}{self._fernet.encrypt(text.encode()).decode('ascii')}" if text else ""

    def open_text(self, text: str) -> str:
        """The text that was sealed; one that an earlier version left open comes back as it is.

        Raises:
            JournalError: it was changed, or sealed under another key.
        """
        if not self.is_sealed_text(text):
            return text
        return self._decrypted(text.removeprefix(_SEALED_TEXT)).decode()

    def is_sealed_text(self, text: str) -> bool:
        return text.startswith(_SEALED_TEXT)

    def open(self, value: Any) -> Any:  # noqa: ANN401 - JSON is anything
        """The value that was sealed; one that an earlier version left open comes back as it is.

        Raises:
            JournalError: it was changed, or sealed under another key.
        """
        return json.loads(self._decrypted(str(value[_SEALED]))) if _is_sealed(value) else value

    def _decrypted(self, token: str) -> bytes:
        try:
            return self._fernet.decrypt(token.encode())
        except InvalidToken as error:
            raise JournalError(
                "A sealed entry of the journal cannot be opened: it was changed, or the key file is another one. "
                "Put back the key file of this journal, or restore the last backup of the journal."
            ) from error


def _is_sealed(value: Any) -> bool:  # noqa: ANN401 - JSON is anything
    return isinstance(value, dict) and value.keys() == {_SEALED}


@lru_cache(maxsize=8)
def sealer_for(chain_key: bytes) -> Sealer:
    """The sealer of a journal; its key is derived from the chain's and is of no use for the chain."""
    derived = hmac.new(chain_key, _PURPOSE, hashlib.sha256).digest()
    return Sealer(Fernet(base64.urlsafe_b64encode(derived)))
