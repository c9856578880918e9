"""A service of Linux: the unit that systemd reads, and the words that systemd wants to hear from the program."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

WATCHDOG = 600
"""Seconds without a sign of life after which systemd starts the service again."""
STOP_WITHIN = 20

_HARDENED = """\
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectClock=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
LockPersonality=yes
CapabilityBoundingSet=
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceWanted:
    """What is to be run, and how.

    Attributes:
        command: the program with its words.
        folder: where it works, and all that it may write to (with `writable`).
        account: who runs it; empty for a service of the signed-in person.
        stays_down: exit codes after which starting again would only be a loop.
    """

    command: tuple[str, ...]
    folder: Path
    writable: tuple[Path, ...] = ()
    account: str = ""
    stays_down: tuple[int, ...] = ()


def unit_text(wanted: ServiceWanted) -> str:
    """The unit. A system service is shut off from the rest of the machine; a person's own cannot always be."""
    places = dict.fromkeys([wanted.folder, *wanted.writable])
    lines = [
        "[Unit]",
        "Description=Casework: a school's paperwork over email and Microsoft 365",
        "Wants=network-online.target",
        "After=network-online.target time-sync.target",
        "StartLimitIntervalSec=0",
        "",
        "[Service]",
        "Type=notify",
        f"ExecStart={' '.join(_quoted(word) for word in wanted.command)}",
        f"WorkingDirectory={_escaped(str(wanted.folder))}",
        *([f"User={wanted.account}"] if wanted.account else []),
        "Restart=on-failure",
        "RestartSec=30",
        *_stays_down(wanted.stays_down),
        f"WatchdogSec={WATCHDOG}",
        f"TimeoutStopSec={STOP_WITHIN}",
        "UMask=0077",
        "NoNewPrivileges=yes",
    ]
    if wanted.account:
        lines += _HARDENED.splitlines()
        lines.append(f"ReadWritePaths={' '.join(_quoted(str(place)) for place in places)}")
    target = "multi-user.target" if wanted.account else "default.target"
    return "\n".join([*lines, "", "[Install]", f"WantedBy={target}", ""])


def _stays_down(codes: Iterable[int]) -> list[str]:
    words = " ".join(str(code) for code in codes)
    return [f"RestartPreventExitStatus={words}"] if words else []


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """One word as systemd reads it: percent and dollar would be filled in."""
    plain = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{plain}"' if set(plain) & set(" \t\"'\\;") or not plain else plain


def tell_systemd(state: str) -> bool:
    """Say READY=1, WATCHDOG=1 or STOPPING=1 to systemd; False where it did not start this program."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = f"\0{address[1:]}"
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as speaking:
        speaking.sendto(state.encode(), address)
        return True
    return False
