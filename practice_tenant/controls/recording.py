"""A recording of what was asked and answered, without bodies, for counting requests."""

from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

_LONGEST = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordedRequest:
    """One request; status is 0 where the connection was broken before an answer."""

    at: str
    method: str
    path: str
    query: str
    status: int
    application: str
    user: str


class Recording:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self._requests: deque[RecordedRequest] = deque(maxlen=_LONGEST)

    def add(self, request: RecordedRequest) -> None:
        self._requests.append(request)

    def clear(self) -> None:
        self._requests.clear()

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(request) for request in self._requests]
