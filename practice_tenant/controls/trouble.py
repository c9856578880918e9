"""Letting a fault happen to a request: before it is handled, or to its answer."""

import asyncio

from practice_tenant.controls.faults import STATUSES, Fault
from practice_tenant.errors import GraphError
from practice_tenant.requests import Answer


class ConnectionBroken(Exception):  # noqa: N818 - an instruction to the server, not an error of the handler
    """The client gets no answer."""


def spoil_request(fault: Fault) -> None:
    """Fail before anything is done.

    Raises:
        ConnectionBroken: for "reset".
        GraphError: for a status.
    """
    if fault.name == "reset":
        raise ConnectionBroken
    if fault.name in STATUSES:
        status, code, sentence = STATUSES[fault.name]
        headers = {} if fault.retry_after is None else {"Retry-After": f"{fault.retry_after:g}"}
        raise GraphError(status, code, sentence, headers=headers)


async def spoil_answer(fault: Fault, answer: Answer) -> Answer:
    """Spoil what is done already; "truncated" is for who sends the bytes.

    Raises:
        ConnectionBroken: for "lost".
    """
    if fault.name == "lost":
        raise ConnectionBroken
    if fault.name == "slow":
        await asyncio.sleep(fault.seconds)
    return answer
