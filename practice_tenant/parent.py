"""Noticing that the process which started the tenant has gone."""

import asyncio
import os
import stat
import sys
import threading

_INTERVAL = 0.5


async def parent_gone(parent: int) -> None:
    """Return once the parent is no more.

    On Windows a process cannot be asked for by number without further rights; there the end of a piped
    standard input tells. A starter that wants this gives a pipe.
    """
    if sys.platform == "win32":
        await _input_ended()
        return
    was_child = os.getppid() == parent
    while _runs(parent) and not (was_child and os.getppid() != parent):  # noqa: ASYNC110 - a process gives no event
        await asyncio.sleep(_INTERVAL)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def _input_ended() -> None:
    if sys.stdin is None or not stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        await asyncio.Event().wait()
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            """What the parent writes is of no interest."""
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=watch, daemon=True).start()
    await ended.wait()
