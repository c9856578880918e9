"""Stopping when the machine asks for it, however often it asks."""

from __future__ import annotations

import atexit
import signal
import threading
from queue import SimpleQueue

_ASKING = (signal.SIGINT, signal.SIGTERM)


def set_when_asked(stop: threading.Event) -> None:
    """Set `stop` on Ctrl-C and on the signal that ends a service. Only the main thread can listen to signals.

    A signal comes in the middle of whatever the main thread does. An event must not be set there: if it comes while that
    thread waits for the same event, or sets it because of the signal before, it would wait for itself for ever. Several
    come at once where a service manager asks the whole group and uv hands on what it was asked. A queue of this kind may
    be filled in the middle of anything (https://docs.python.org/3/library/queue.html#simplequeue-objects).
    """
    asked: SimpleQueue[int] = SimpleQueue()
    for number in _ASKING:
        signal.signal(number, lambda which, _: asked.put(which))

    def hand_on() -> None:
        asked.get()
        stop.set()

    threading.Thread(target=hand_on, name="asked to stop", daemon=True).start()
    atexit.register(_hear_no_more)


def _hear_no_more() -> None:
    """Nothing is left to stop: Python takes its handlers away as it ends, and a signal would then end it as killed."""
    for number in _ASKING:
        signal.signal(number, signal.SIG_IGN)
