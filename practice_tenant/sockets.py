"""Sockets on loopback and nowhere else: the tenant is for this machine alone."""

import socket
import sys


class PortTakenError(Exception):
    """Somebody else listens on the port that was asked for."""


def listen_on_loopback(port: int, last_port: int) -> list[socket.socket]:
    """Bind 127.0.0.1 and, where the machine has IPv6, ::1: clients try "localhost" on either first.

    Args:
        port: 0 for any free one, preferably that of last time.
        last_port: that of last time, 0 where there was none.

    Raises:
        PortTakenError: the port is taken.
    """
    wishes = [port] if port else [wish for wish in (last_port, 0) if wish or wish == 0]
    for wish in wishes:
        try:
            first = _bind(socket.AF_INET, "127.0.0.1", wish)
        except OSError as error:
            if wish == wishes[-1]:
                raise PortTakenError(
                    f"Port {wish} is taken ({error.strerror}). Give another --port, or none for any free one."
                ) from error
            continue
        return [first, *_sixth(first.getsockname()[1])]
    return []


def _sixth(port: int) -> list[socket.socket]:
    """The same port on ::1, where the machine has IPv6."""
    try:
        return [_bind(socket.AF_INET6, "::1", port)]
    except OSError:
        return []


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # Named as TCP, or asyncio leaves Nagle on and every answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            # On Windows SO_REUSEADDR would let two servers share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener
