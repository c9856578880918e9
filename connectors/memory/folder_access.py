"""Who may open a folder, in memory."""

from __future__ import annotations

from collections.abc import Iterable


class MemoryFolderAccess:
    """Folders that nobody has closed are open to everybody of the site."""

    def __init__(self) -> None:
        self._people: dict[str, frozenset[str]] = {}

    def people(self, path: str) -> frozenset[str] | None:
        return self._people.get(path)

    def let_only(self, path: str, people: Iterable[str]) -> str:
        self._people[path] = frozenset(address.lower() for address in people)
        return ""  # a folder in memory opens in no browser
