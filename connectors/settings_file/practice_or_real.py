"""Telling the practice school's settings from a real school's, so that neither is taken for the other."""

from __future__ import annotations

import ipaddress
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

_NAMES = frozenset({"localhost", "localhost.localdomain"})


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, as the practice tenant always is and Microsoft never."""
    name = host.strip("[]").rstrip(".").casefold()
    if name in _NAMES or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def host_of(url: str) -> str:
    """The host of an address; "" where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def may_be_a_real_schools(path: Path) -> bool:
    """True for a settings file that does not say that it is for practice, or that cannot be read at all."""
    if not path.exists():
        return False
    try:
        return "practice" not in tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return True
