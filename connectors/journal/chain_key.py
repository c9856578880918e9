"""The key of the event log's chain, kept in a file beside the journal and never inside it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from casework.errors import JournalError

_LENGTH = 32


def chain_key_from(path: Path) -> bytes:
    """Read the key; a random one is made at the first use, for this user alone (Windows: as the folder).

    Raises:
        JournalError: the file cannot be read or made, or holds no key.
    """
    try:
        if not path.exists():
            _make(path, secrets.token_bytes(_LENGTH))
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise JournalError(
            f"The key file {path} cannot be used ({error.strerror}). "
            "Let the account that runs Casework read it and write to its folder."
        ) from error
    except ValueError:
        key = b""
    if len(key) != _LENGTH:
        raise JournalError(
            f"The key file {path} holds no key. Put back the file from the backup; "
            "a new key would not fit the event log that exists."
        )
    return key


def write_key(path: Path, key: bytes) -> None:
    """Write a key that is known already.

    Raises:
        JournalError: there is a key file, which is never replaced, or it cannot be written.
    """
    if path.exists():
        raise JournalError(
            f"There is a key file {path.name} already. Move it away first if it is not the right one."
        )
    try:
        _make(path, key)
    except OSError as error:
        raise JournalError(
            f"The key file {path} cannot be written ({error.strerror}). Check the right to write to its folder."
        ) from error


def _make(path: Path, key: bytes) -> None:
    """Write a key at once and whole, so that two processes starting together agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(
        os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(f"{key.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    _publish(draft, path)


def _publish(draft: Path, path: Path) -> None:
    """Give the key its name, unless another process was first: that key stays."""
    try:
        # A hard link, unlike a rename, never replaces what is there.
        os.link(draft, path)
    except FileExistsError:
        draft.unlink()
    except OSError:
        # A file system without hard links (a stick, some network shares). On Windows a rename replaces nothing.
        with contextlib.suppress(FileExistsError):
            draft.rename(path)
        draft.unlink(missing_ok=True)
    else:
        draft.unlink()
