"""Work that goes on between requests, one task of each name."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Background:
    """Tasks of the running event loop; they end with it."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def keep(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start the work unless it is under way; call it from the event loop only."""
        running = self._tasks.get(name)
        if running is None or running.done():
            self._tasks[name] = asyncio.get_running_loop().create_task(work())
