"""Noticing that the process which started the tenant has gone."""

import os
import stat
import sys
import threading
import time
from collections.abc import Callable

_INTERVAL = 0.5
_GRACE = 5.0


def end_with_parent(parent: int, stop: Callable[[], None]) -> None:
    """Watch the parent from a thread of its own: call `stop` once it has gone, and leave if that does not help.

    A thread, because an event loop that hangs would never look. Leaving at once loses nothing that was committed.
    """
    threading.Thread(target=_watch, args=(parent, stop), daemon=True).start()


def _watch(parent: int, stop: Callable[[], None]) -> None:
    if sys.platform == "win32":
        _wait_for_end_of_input()
    else:
        _wait_for_end_of_process(parent)
    stop()
    time.sleep(_GRACE)
    os._exit(1)


def _wait_for_end_of_process(parent: int) -> None:
    was_child = os.getppid() == parent
    while _runs(parent) and not (was_child and os.getppid() != parent):
        time.sleep(_INTERVAL)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _wait_for_end_of_input() -> None:
    """Wait for the end of a piped standard input.

    Windows gives no process by its number without further rights, so a starter that wants this gives a pipe.
    """
    if sys.stdin is None or not stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        threading.Event().wait()
        return
    while os.read(sys.stdin.fileno(), 4096):
        """What the parent writes is of no interest."""
