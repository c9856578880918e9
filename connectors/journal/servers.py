"""One pool of connections per server and process: a trust opens a thousand schools' journals on one server."""

from __future__ import annotations

import select
import threading
import time
from collections import Counter
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

HANGS_MS = 45_000
"""A host that stands still inside a transaction holds its school up: then the server ends the transaction, well before
the school's turn runs out and another host comes to do the work."""

QUIET = 5.0
"""Seconds after which a connection is asked whether it still lives, before it is used. Within a sweep it is used every
few milliseconds: asked each time, that question would be one in six of all that the server answers. A server that ends
connections says so, and what it says lies at this end already."""

_turn = threading.Lock()
_engines: dict[str, Engine] = {}
_users: Counter[str] = Counter()


def engine_of(url: URL) -> Engine:
    """The server's engine; each call wants a `let_go` afterwards, and the last one closes the connections."""
    name = url.render_as_string(hide_password=False)
    with _turn:
        if name not in _engines:
            # Parameters hold names and texts: they must never appear in an error or a log.
            # A server that is set to another isolation would send transactions back that the school's row lock orders.
            _engines[name] = engine = create_engine(
                url,
                hide_parameters=True,
                pool_use_lifo=True,
                isolation_level="READ COMMITTED",
                connect_args={"options": f"-c idle_in_transaction_session_timeout={HANGS_MS}"},
            )
            event.listen(engine, "checkin", _note_use)
            event.listen(engine, "checkout", _ask_if_in_doubt)
        _users[name] += 1
        return _engines[name]


def let_go(url: URL) -> None:
    name = url.render_as_string(hide_password=False)
    with _turn:
        _users[name] -= 1
        if _users[name] > 0:
            return
        del _users[name]
        engine = _engines.pop(name, None)
    if engine is not None:
        engine.dispose()


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used_at"] = time.monotonic()


def _ask_if_in_doubt(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - the driver's own
    """Let the pool take another connection for one that died while nobody used it."""
    if time.monotonic() - record.info.get("used_at", 0.0) < QUIET and not _has_news(connection.fileno()):
        return
    try:
        connection.execute("")
        connection.rollback()
    except connection.Error as error:
        raise DisconnectionError from error


def _has_news(socket: int) -> bool:
    """True if something lies there that nobody asked for, such as the end of the connection."""
    if not hasattr(select, "poll"):  # Windows: in doubt
        return True
    looking = select.poll()
    looking.register(socket, select.POLLIN)
    return bool(looking.poll(0))
