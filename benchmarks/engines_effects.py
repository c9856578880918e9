"""The outside world of benchmarks/engines.py: a service that does effects, counts them, and fails by a seed.

A process of its own: `python engines_effects.py SEED REFUSED LOST MARKS DELAY` prints its port. `POST /KEY` does an
effect, `GET /KEY` looks whether it was done, `GET /` tells how often each was. Nothing but the standard library,
because the engines' hosts import the caller from here.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from subprocess import PIPE, Popen

ANSWERS = {200: "OK", 201: "Created", 404: "Not Found", 409: "Conflict", 503: "Service Unavailable"}


class Outcome(Enum):
    DONE = "done"
    ALREADY = "done before, by its mark"
    REFUSED = "refused, not done"
    UNKNOWN = "no answer came"


class Effects:
    """One thread's line to the service."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def do(self, key: str) -> Outcome:
        status = self._ask("POST", key)
        return {201: Outcome.DONE, 409: Outcome.ALREADY, 503: Outcome.REFUSED}.get(status, Outcome.UNKNOWN)

    def is_done(self, key: str) -> bool:
        """Look for the effect's mark.

        Raises:
            ConnectionError: nobody answered, so nothing is known.
        """
        status = self._ask("GET", key)
        if status == 0:
            raise ConnectionError("The service of effects did not answer.")
        return status == 200

    def _ask(self, method: str, key: str) -> int:
        try:
            self._line.request(method, f"/{key}")
            with self._line.getresponse() as answer:
                answer.read()
                return answer.status
        except (http.client.HTTPException, OSError):
            self._line.close()
            return 0


@contextmanager
def service(*, seed: int, refused: float, lost: float, marks: bool, delay: float) -> Iterator[int]:
    """Run the service; yields its port.

    Args:
        seed: which effects, and at which try, are refused or lose their answer.
        refused: share of the calls that are not done, and say so.
        lost: share of the calls that are done and never answered.
        marks: whether a key that was done is refused.
        delay: seconds that each call takes.
    """
    given = [str(one) for one in (seed, refused, lost, int(marks), delay)]
    with Popen([sys.executable, str(Path(__file__)), *given], stdout=PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def times_done(port: int) -> Counter[str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", "/")
    with line.getresponse() as answer:
        return Counter(json.loads(answer.read()))


class Service:
    def __init__(self, seed: int, refused: float, lost: float, *, marks: bool, delay: float) -> None:
        self._seed, self._refused, self._lost, self._marks, self._delay = seed, refused, lost, marks, delay
        self._asked: Counter[str] = Counter()
        self._done: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := (await reader.readuntil(b"\r\n\r\n")).decode("ascii"):
                method, path, _ = request.split(" ", 2)
                status, body = await self._answer(method, path.strip("/"))
                if status == 0:
                    break
                head = f"HTTP/1.1 {status} {ANSWERS[status]}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode("ascii") + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the caller was killed
        writer.transport.abort()

    async def _answer(self, method: str, key: str) -> tuple[int, bytes]:
        """Give the status and body; status 0 is an answer that gets lost on its way."""
        if not key:
            return 200, json.dumps(self._done).encode()
        await asyncio.sleep(self._delay)
        if method == "GET":
            return (200 if self._done[key] else 404), b""
        if self._marks and self._done[key]:
            return 409, b""
        self._asked[key] += 1
        # by key and try, so that the order in which workers come changes nothing
        chance = random.Random(f"{self._seed}/{key}/{self._asked[key]}").random()  # noqa: S311
        if chance < self._refused:
            return 503, b""
        self._done[key] += 1
        return (0 if chance < self._refused + self._lost else 201), b""


async def main() -> None:
    seed, refused, lost, marks, delay = sys.argv[1:]
    world = Service(int(seed), float(refused), float(lost), marks=marks == "1", delay=float(delay))
    server = await asyncio.start_server(world.serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
