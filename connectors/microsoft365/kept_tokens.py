"""Where the right to renew a person's sign-in is kept: the operating system's key store, or a sealed file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol

from cryptography.fernet import Fernet, InvalidToken
from msal_extensions.persistence import (
    FilePersistenceWithDataProtection,
    KeychainPersistence,
    LibsecretPersistence,
    PersistenceDecryptionError,
    PersistenceEncryptionError,
    PersistenceNotFound,
)
from O365.utils.token import BaseTokenBackend

_SERVICE = "Casework"


class Keeping(Protocol):
    """Keeps one text; msal-extensions' stores have these two methods."""

    def save(self, content: str) -> None: ...

    def load(self) -> str: ...


class SealedFile:
    """A text in a file that nobody reads without the key, replaced as a whole.

    Args:
        file: where; readable by its owner alone.
        key: url-safe base64 of 32 bytes, as Fernet takes it; kept in another file than this one.
    """

    def __init__(self, file: Path, *, key: bytes) -> None:
        self._file = file
        self._fernet = Fernet(key)

    def save(self, content: str) -> None:
        draft = self._file.with_name(f"{self._file.name}.new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
            opened.write(self._fernet.encrypt(content.encode()))
        draft.replace(self._file)

    def load(self) -> str:
        """Return what was saved.

        Raises:
            FileNotFoundError: nothing was.
            ValueError: the file is damaged, or was sealed under another key.
        """
        try:
            return self._fernet.decrypt(self._file.read_bytes()).decode()
        except InvalidToken:
            raise ValueError("The file was not sealed under this key.") from None


def keeping_of_this_machine(file: Path, *, key: bytes) -> Keeping:
    """The key store of Windows, macOS or the Linux desktop; where there is none, a sealed file.

    A server without a desktop has no secret service, and MSAL's extensions then refuse on purpose.

    Args:
        file: names the entry, or holds it.
        key: for the sealed file.
    """
    try:
        if sys.platform == "win32":
            return FilePersistenceWithDataProtection(str(file))  # type: ignore[no-any-return]
        if sys.platform == "darwin":
            return KeychainPersistence(str(file), _SERVICE, file.name)  # type: ignore[no-any-return]
        return LibsecretPersistence(str(file), _SERVICE, {"file": str(file.absolute())})  # type: ignore[no-any-return]
    except (PersistenceEncryptionError, ImportError, OSError, ValueError, RuntimeError):
        return SealedFile(file, key=key)


class KeptTokens(BaseTokenBackend):  # type: ignore[misc]  # O365 carries no types
    """MSAL's cache of a person's sign-in, kept encrypted. What cannot be read means asking for the code again."""

    def __init__(self, keeping: Keeping) -> None:
        super().__init__()
        self._keeping = keeping

    def load_token(self) -> bool:
        try:
            self._cache = self.deserialize(self._keeping.load())
        except (FileNotFoundError, PersistenceNotFound, PersistenceDecryptionError, ValueError):
            return False
        return True

    def save_token(self, force: bool = False) -> bool:
        if force or self._has_state_changed:
            self._keeping.save(self.serialize())
        return True
