"""Looking things up in the drives' rows."""

import json
from collections.abc import Hashable, Iterator

from practice_tenant.clock import PracticeClock
from practice_tenant.database import Database
from practice_tenant.drives.names import key_of
from practice_tenant.drives.values import Drive, Item, Version


class DriveReader:
    """Finds drives, items, versions and what was shared; what is deleted is not found."""

    def __init__(self, database: Database, clock: PracticeClock) -> None:
        self.database = database
        self.clock = clock

    def drive(self, drive_id: str) -> Drive | None:
        return next((drive for drive in self.drives() if drive.id == drive_id), None)

    def drives(self) -> tuple[Drive, ...]:
        return self.database.kept("drives", "drives", self._read_drives)

    def drives_of_site(self, site_id: str) -> list[Drive]:
        return [drive for drive in self.drives() if drive.site_id == site_id]

    def drive_of_user(self, user_id: str) -> Drive | None:
        return next((drive for drive in self.drives() if drive.owner_id == user_id), None)

    def drive_of_list(self, list_id: str) -> Drive | None:
        return next((drive for drive in self.drives() if drive.list_id == list_id), None)

    def root(self, drive: Drive) -> Item:
        # nobody ever gives a drive another root
        root_id = self._kept_id("drive_id = ? AND kind = 'root'", drive.id, part="roots")
        root = self._row(root_id) if root_id else None
        if root is None:
            raise LookupError(f"drive {drive.id} has no root")
        return root

    def item(self, drive_id: str, item_id: str) -> Item | None:
        item = self._row(item_id)
        return item if item is not None and item.drive_id == drive_id and not item.deleted else None

    def noted_at(self, item: Item) -> float:
        """The second of the machine's clock at which an item last changed."""
        row = self.database.one("SELECT noted_at FROM drive_items WHERE id = ?", (item.id,))
        return float(row["noted_at"]) if row else 0.0

    def numbered_item(self, drive_id: str, number: int) -> Item | None:
        sql = "SELECT * FROM drive_items WHERE drive_id = ? AND number = ? AND deleted = 0"
        row = self.database.one(sql, (drive_id, number))
        return Item.from_row(row) if row else None

    def child_named(self, parent: Item, name: str) -> Item | None:
        condition = "drive_id = ? AND parent_id = ? AND name_key = ? AND deleted = 0"
        values = (parent.drive_id, parent.id, key_of(name))
        child_id = self._kept_id(condition, *values, part=names_in(parent.id))
        return self._row(child_id) if child_id else None

    def children(self, parent: Item) -> list[Item]:
        rows = self.database.rows(
            "SELECT * FROM drive_items WHERE parent_id = ? AND deleted = 0 ORDER BY name_key", (parent.id,)
        )
        return [Item.from_row(row) for row in rows]

    def child_count(self, parent: Item) -> int:
        row = self.database.one(
            "SELECT count(*) AS number FROM drive_items WHERE parent_id = ? AND deleted = 0", (parent.id,)
        )
        return int(row["number"]) if row else 0

    def last_change(self, drive: Drive) -> str:
        row = self.database.one(
            "SELECT max(changed_at) AS moment FROM drive_items WHERE drive_id = ?", (drive.id,)
        )
        return str(row["moment"]) if row else drive.created_at

    def shared_scope(self, item: Item) -> str | None:
        """The widest scope of what was shared on this very item: a link's, or "users" by invitation."""
        rows = self.database.rows(
            "SELECT coalesce(link_scope, 'users') AS scope FROM drive_permissions WHERE item_id = ?",
            (item.id,),
        )
        scopes = {str(row["scope"]) for row in rows}
        return next((scope for scope in ("anonymous", "organization", "users") if scope in scopes), None)

    def items(self, drive_id: str) -> list[Item]:
        """All files and folders but the root, in the order of their numbers."""
        rows = self.database.rows(
            "SELECT * FROM drive_items WHERE drive_id = ? AND deleted = 0 AND kind <> 'root' ORDER BY number",
            (drive_id,),
        )
        return [Item.from_row(row) for row in rows]

    def ancestors(self, item: Item) -> list[Item]:
        """From the parent up to the root."""
        found: list[Item] = []
        parent_id = item.parent_id
        while parent_id is not None:
            parent = self._row(parent_id)
            if parent is None:
                break
            found.append(parent)
            parent_id = parent.parent_id
        return found

    def size(self, folder: Item) -> int:
        """Of all that lies in a folder, at any depth; added up again only where something in it was written."""

        def add_up() -> int:
            rows = self.database.rows(
                "SELECT id, kind, size FROM drive_items WHERE parent_id = ? AND deleted = 0", (folder.id,)
            )
            inner = (self._row(row["id"]) for row in rows if row["kind"] != "file")
            return sum(int(row["size"]) for row in rows) + sum(self.size(each) for each in inner if each)

        return self.database.kept("drive_items", ("size", folder.id), add_up, part=size_of(folder.id))

    def below(self, item: Item) -> list[Item]:
        """Everything under a folder, the folder itself left out, parents before their children."""
        return list(self._walk(item))

    def content(self, item: Item, number: int | None = None) -> bytes | None:
        row = self.database.one(
            "SELECT content FROM drive_versions WHERE item_id = ? AND number = ?",
            (item.id, item.content_version if number is None else number),
        )
        return bytes(row["content"]) if row else None

    def versions(self, item: Item) -> list[Version]:
        """The newest first."""
        rows = self.database.rows(
            "SELECT number, length(content) AS size, modified_at, modified_by FROM drive_versions "
            "WHERE item_id = ? ORDER BY number DESC",
            (item.id,),
        )
        return [Version(**{**dict(row), "modified_by": json.loads(row["modified_by"])}) for row in rows]

    def _read_drives(self) -> tuple[Drive, ...]:
        return tuple(Drive.from_row(row) for row in self.database.rows("SELECT * FROM drives ORDER BY rowid"))

    def _row(self, item_id: str) -> Item | None:
        """The item of a row, deleted or not, read again only after that very row changed."""

        def read() -> Item | None:
            row = self.database.one("SELECT * FROM drive_items WHERE id = ?", (item_id,))
            return Item.from_row(row) if row else None

        return self.database.kept("drive_items", ("item", item_id), read, part=item_id)

    def _kept_id(self, condition: str, *values: object, part: Hashable) -> str | None:
        """The id of the one item of which a condition holds, looked up again only after a write to that part."""
        sql = f"SELECT id FROM drive_items WHERE {condition}"  # noqa: S608 - our own words

        def read() -> str | None:
            row = self.database.one(sql, values)
            return str(row["id"]) if row else None

        return self.database.kept("drive_items", (condition, *values), read, part=part)

    def _walk(self, folder: Item) -> Iterator[Item]:
        for child in self.children(folder):
            yield child
            yield from self._walk(child)


def size_of(folder_id: str) -> Hashable:
    """The part of the items' table that says how much lies in a folder, at any depth."""
    return ("size", folder_id)


def names_in(folder_id: str | None) -> Hashable:
    """The part of the items' table that says which names a folder holds."""
    return ("names", folder_id)
