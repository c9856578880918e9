"""How long Microsoft's servers take to agree: what is new cannot be found at once, and delta tells of it later."""

import time
from collections import deque
from typing import Any

from practice_tenant.errors import bad_request

NEW_ITEMS, MAIL_DELTA = "new_items", "mail_delta"
_LONGEST_MEMORY = 100_000


class Replication:
    """Delays by the machine's clock, none until asked for; a restart or a reset of the tenant ends them.

    `new_items`: seconds in which asking for a mail, file or row that was just made answers 404.
    `mail_delta`: seconds until the delta of a mail folder tells of a change.
    """

    def __init__(self) -> None:
        self._delays = {NEW_ITEMS: 0.0, MAIL_DELTA: 0.0}
        self._born: dict[str, float] = {}
        self._changes: deque[tuple[float, int]] = deque(maxlen=_LONGEST_MEMORY)

    def as_json(self) -> dict[str, float]:
        return dict(self._delays)

    def set(self, given: dict[str, Any]) -> None:
        """Change what is named.

        Raises:
            GraphError: 400 for other names and for what is no number of seconds.
        """
        for name, seconds in given.items():
            if name not in self._delays:
                raise bad_request(f"Unknown delay '{name}'. Known are delta, {NEW_ITEMS} and {MAIL_DELTA}.")
            if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
                raise bad_request(f"{name} is a number of seconds; 0 ends the delay.")
            self._delays[name] = float(seconds)

    def forget(self) -> None:
        self.set({NEW_ITEMS: 0, MAIL_DELTA: 0})
        self._born.clear()
        self._changes.clear()

    def born(self, entity_id: str) -> None:
        """An entity was made just now."""
        if self._delays[NEW_ITEMS]:
            self._born[entity_id] = time.time()

    def hides(self, entity_id: str) -> bool:
        return self.hides_since(self._born.get(entity_id, 0.0))

    def hides_since(self, made_at: float) -> bool:
        """Whether what was made at that second of the machine's clock cannot be found yet."""
        delay = self._delays[NEW_ITEMS]
        return bool(delay) and time.time() - made_at < delay

    def changed(self, number: int) -> None:
        """A mail got this change number just now."""
        if self._delays[MAIL_DELTA]:
            self._changes.append((time.time(), number))

    def settled(self, newest: int) -> int:
        """The last change number that mail delta tells of by now."""
        limit = time.time() - self._delays[MAIL_DELTA]
        while self._changes and self._changes[0][0] <= limit:
            self._changes.popleft()
        return self._changes[0][1] - 1 if self._changes else newest
