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


class Sealer:
    """Seals and opens JSON values under one key."""

    def __init__(self, fernet: Fernet) -> None:
        self._fernet = fernet

    def seal(self, value: Any) -> dict[str, str]:  # noqa: ANN401 - JSON is anything
        """The value as one that shows nothing but about how long it is."""
        return {_SEALED: self._fernet.encrypt(json_text(value).encode()).decode("ascii")}

    def open(self, value: Any) -> Any:  # noqa: ANN401 - JSON is anything
        """The value that was sealed; one that an earlier version left open comes back as it is.

        Raises:
            JournalError: it was changed, or sealed under another key.
        """
        if not isinstance(value, dict) or value.keys() != {_SEALED}:
            return value
        try:
            return json.loads(self._fernet.decrypt(str(value[_SEALED]).encode()))
        except InvalidToken as error:
            raise JournalError(
                "A sealed entry of the journal cannot be opened: it was changed, or the key file is another one. "
                "Put back the key file of this journal, or restore the last backup of the journal."
            ) from error


@lru_cache(maxsize=8)
def sealer_for(chain_key: bytes) -> Sealer:
    """The sealer of a journal; its key is derived from the chain's and is of no use for the chain."""
    derived = hmac.new(chain_key, _PURPOSE, hashlib.sha256).digest()
    return Sealer(Fernet(base64.urlsafe_b64encode(derived)))
