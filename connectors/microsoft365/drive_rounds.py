"""A drive's delta as paths below one folder: delta names an item's parent by id only."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from casework.errors import CursorExpiredError, NotThereError
from connectors.microsoft365.calls import JsonObject


@dataclass(frozen=True, kw_only=True, slots=True)
class DriveCursor:
    """Where the last round ended, with the folders as they were then.

    When a folder is renamed, delta reports nothing of the files in it.

    Attributes:
        link: Graph's deltaLink.
        watched: id of the watched folder.
        folders: path from the drive's root, by id, of the watched folder and those below it.
    """

    link: str
    watched: str
    folders: Mapping[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        return json.dumps({"link": self.link, "watched": self.watched, "folders": dict(self.folders)})

    @classmethod
    def from_text(cls, text: str) -> DriveCursor:
        """Read a cursor.

        Raises:
            CursorExpiredError: it is none of ours.
        """
        try:
            facts = json.loads(text)
            return cls(link=facts["link"], watched=facts["watched"], folders=facts["folders"])
        except (ValueError, KeyError, TypeError):
            raise CursorExpiredError(
                "The change token cannot be read. Everything is read once more."
            ) from None


class DriveRound:
    """The items of one round of delta, and the paths that they have now."""

    def __init__(
        self,
        items: Iterable[JsonObject],
        *,
        folder: str,
        before: DriveCursor | None,
        look_up: Callable[[str], JsonObject],
    ) -> None:
        """Take in a round.

        Args:
            items: as delta gave them; the last word on an item counts.
            folder: path of the watched folder; "" for the whole drive.
            before: the cursor of the round before; None for the first.
            look_up: reads an item by id, for parents that the round does not hold.
        """
        self._items = {str(item["id"]): item for item in items}
        self._folder = folder
        self._known = dict(before.folders) if before else {}
        self._before = before
        self._look_up = look_up
        self._paths: dict[str, str] = {}
        self._children = Counter(
            str((item.get("parentReference") or {}).get("id") or "") for item in self.present()
        )

    def present(self) -> tuple[JsonObject, ...]:
        return tuple(item for item in self._items.values() if "deleted" not in item)

    def deleted(self) -> tuple[str, ...]:
        return tuple(number for number, item in self._items.items() if "deleted" in item)

    def path(self, item: JsonObject) -> str:
        """Return the item's path from the drive's root."""
        number = str(item["id"])
        if number not in self._paths:
            self._paths[number] = "" if "root" in item else self._path_below_parent(item)
        return self._paths[number]

    def is_watched(self, path: str) -> bool:
        """True for the watched folder and whatever lies in it."""
        return within(path, self._folder) is not None

    def moved_folders(self) -> tuple[JsonObject, ...]:
        """Folders that are new, renamed, moved in or out: delta may report nothing of the files in them.

        A new one of which the round holds as many children as it says to have needs no look; one that was put back from
        the recycle bin says to have more.
        """
        if self._before is None:
            return ()
        return tuple(
            item
            for item in self.present()
            if "folder" in item and self._has_moved(item) and not self._is_told_whole(item)
        )

    def cursor(self, link: str) -> DriveCursor:
        """Return what the next round needs to know.

        Raises:
            NotThereError: the watched folder is no longer where the settings say.
        """
        folders = {
            number: path
            for number, path in self._known.items()
            if number not in self._items and self.is_watched(path)
        }
        for item in self.present():
            if ("folder" in item or "root" in item) and self.is_watched(self.path(item)):
                folders[str(item["id"])] = self.path(item)
        watched = [number for number, path in folders.items() if path.lower() == self._folder.lower()]
        if not watched:
            raise NotThereError(
                f'The folder "{self._folder}" is missing from its drive. Give it back its name, '
                "or name another folder in the settings, or run casework setup to make it."
            )
        return DriveCursor(link=link, watched=watched[0], folders=self._renamed(folders))

    def _has_moved(self, item: JsonObject) -> bool:
        path, before = self.path(item), self._known.get(str(item["id"]))
        if before is None:
            return self.is_watched(path) and path.lower() != self._folder.lower()
        return path != before

    def _is_told_whole(self, folder: JsonObject) -> bool:
        number = str(folder["id"])
        has = (folder.get("folder") or {}).get("childCount")
        return number not in self._known and isinstance(has, int) and has <= self._children[number]

    def _path_below_parent(self, item: JsonObject) -> str:
        parent = self._parent_path(str((item.get("parentReference") or {}).get("id") or ""))
        name = str(item.get("name") or "")
        return f"{parent}/{name}" if parent else name

    def _parent_path(self, number: str) -> str:
        if number in self._items and "deleted" not in self._items[number]:
            return self.path(self._items[number])
        if number in self._known:
            return self._known[number]
        if not number:
            return ""
        parent = self._look_up(number)
        self._items_seen_aside(parent)
        return self._paths[str(parent["id"])]

    def _items_seen_aside(self, item: JsonObject) -> None:
        self._paths[str(item["id"])] = "" if "root" in item else self._path_below_parent(item)
        self._known[str(item["id"])] = self._paths[str(item["id"])]

    def _renamed(self, folders: dict[str, str]) -> dict[str, str]:
        """Carry a folder's new path down to the folders in it, of which delta says nothing."""
        moves = {
            self._known[number]: path
            for number, path in folders.items()
            if number in self._known and self._known[number] != path
        }
        for number, path in folders.items():
            for old, new in moves.items():
                if number not in self._items and path.startswith(old + "/"):
                    folders[number] = new + path[len(old) :]
        return folders


def within(path: str, folder: str) -> str | None:
    """Return the path below the folder, or None if it lies elsewhere; case is ignored, as OneDrive does."""
    if not folder:
        return path
    if path.lower() == folder.lower():
        return ""
    return path[len(folder) + 1 :] if path.lower().startswith(folder.lower() + "/") else None
