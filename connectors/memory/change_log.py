"""What changed since a cursor, for things that are kept in memory."""

from __future__ import annotations

from casework.errors import CursorExpiredError


class ChangeLog:
    """Ids in the order of their changes; a cursor is a place in that order and can be made to expire."""

    def __init__(self) -> None:
        self._changed: list[str] = []
        self._generation = 0

    def note(self, number: str) -> None:
        self._changed.append(number)

    def expire_cursors(self) -> None:
        """Let every cursor given so far run out, as the service may at any time."""
        self._generation += 1

    def cursor(self) -> str:
        return f"{self._generation}:{len(self._changed)}"

    def since(self, cursor: str | None) -> tuple[str, ...]:
        """Return the ids changed since, each once, in the order of their last change.

        Raises:
            CursorExpiredError: the cursor ran out, or is none of ours.
        """
        begin = 0 if cursor is None else self._place(cursor)
        newest_first = dict.fromkeys(reversed(self._changed[begin:]))
        return tuple(reversed(newest_first))

    def _place(self, cursor: str) -> int:
        generation, _, place = cursor.partition(":")
        if generation != str(self._generation) or not place.isdigit():
            raise CursorExpiredError("The change token is no longer valid. Everything is read once more.")
        return int(place)
