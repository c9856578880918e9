"""One pool of connections per server and process: a trust opens a thousand schools' journals on one server."""

from __future__ import annotations

import threading
from collections import Counter

from sqlalchemy import URL, Engine, create_engine

HANGS_MS = 45_000
"""A host that stands still inside a transaction holds its school up: then the server ends the transaction, well before
the school's turn runs out and another host comes to do the work."""

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
            _engines[name] = create_engine(
                url,
                hide_parameters=True,
                pool_pre_ping=True,
                isolation_level="READ COMMITTED",
                connect_args={"options": f"-c idle_in_transaction_session_timeout={HANGS_MS}"},
            )
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
