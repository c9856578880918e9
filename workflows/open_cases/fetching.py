"""Fetching and sealing, a few messages at a time; they are handed on in the order in which they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from casework.errors import NotPermittedError, NotThereError, PermanentConnectorError
from casework.ports import Inbox, SeenMessage
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.sealing import SealedMessage, seal_message

AHEAD = 2
"""Messages that wait, sealed, while one is recorded: more would only fill the memory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A mail that is safe, and its bytes."""

    raw: bytes
    read: SealedMessage


Outcome: TypeAlias = Callable[[], Fetched | None]
"""Gives what was fetched, None if somebody moved or deleted it meanwhile, or raises what went wrong with it."""


def fetched_in_order(
    messages: Iterable[SeenMessage], *, inbox: Inbox, desk: IntakeDesk
) -> Generator[tuple[SeenMessage, Outcome], None, None]:
    """Fetch and seal `desk.at_once` messages at the same time. Close it to begin no more of them.

    What was sealed and never recorded, because the power failed, is sealed once more at the next sweep: the same
    bytes lie in the same place.
    """
    if desk.at_once == 1:
        yield from ((message, partial(_fetch, message, inbox, desk)) for message in messages)
        return
    pool = ThreadPoolExecutor(desk.at_once, thread_name_prefix="fetching")
    under_way: deque[tuple[SeenMessage, Outcome]] = deque()
    try:
        for message in messages:
            under_way.append((message, pool.submit(_fetch, message, inbox, desk).result))
            if len(under_way) == desk.at_once + AHEAD:
                yield under_way.popleft()
        while under_way:
            yield under_way.popleft()
    finally:
        pool.shutdown(cancel_futures=True)


def _fetch(message: SeenMessage, inbox: Inbox, desk: IntakeDesk) -> Fetched | None:
    raw = _raw(message, inbox)
    if raw is None:
        return None
    read = seal_message(raw, received_at=message.received_at, sealed=desk.sealed, reader=desk.reader)
    return Fetched(raw=raw, read=read)


def _raw(message: SeenMessage, inbox: Inbox) -> bytes | None:
    """The mail itself; None if somebody moved or deleted it since it was listed: the next sweep tells."""
    try:
        return inbox.raw(message.message_id)
    except NotThereError:
        return None
    except NotPermittedError as error:
        # the mailbox was listed this moment, so it is this mail alone that is locked
        raise PermanentConnectorError(str(error), status=error.status, code=error.code) from error
