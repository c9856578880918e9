"""The certificate with which Casework signs in, read from its file."""

from __future__ import annotations

from pathlib import Path

from casework.errors import SettingsError


def pem_of(path: Path, settings: str) -> str:
    """The certificate with its private key, as PEM.

    Args:
        path: of the file.
        settings: the name of the settings file, for the error.

    Raises:
        SettingsError: it is no PEM text with both.
    """
    try:
        pem = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        pem = ""
    if "PRIVATE KEY" not in pem or "ENCRYPTED" in pem:
        problem = (
            f"[microsoft365] certificate: {path.name} is not a PEM text with a certificate and its unencrypted "
            "private key; export it as PEM (in PowerShell, save it as ASCII)."
        )
        raise SettingsError(settings, [problem])
    return pem
