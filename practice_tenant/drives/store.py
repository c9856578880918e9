"""The drives' rows: every change passes here, counts the item's version and the drive's sequence."""

import json
import secrets
import time
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from practice_tenant.drives.media_types import media_type_of
from practice_tenant.drives.names import key_of
from practice_tenant.drives.quick_xor_hash import quick_xor_hash
from practice_tenant.drives.reader import DriveReader, names_in, size_of
from practice_tenant.drives.values import Drive, FileTimes, Identity, Item

_PLACES: Final = frozenset({"parent_id", "name", "name_key", "deleted"})
_AMOUNTS: Final = frozenset({"parent_id", "size", "deleted"})


class DriveStore(DriveReader):
    """Reads and changes drives; callers have checked names, rights, locks and conflicts."""

    def add_drive(self, author: Identity, **values: object) -> Drive:
        """A new drive with an empty root; give the columns of `drives` but id and created_at."""
        drive_id = "b!" + urlsafe_b64encode(secrets.token_bytes(48)).decode()
        columns = {"id": drive_id, "created_at": self.clock.stamp(), **values}
        self._insert("drives", columns)
        self._add(drive_id, None, name="root", kind="root", author=author)
        drive = self.drive(drive_id)
        if drive is None:
            raise LookupError(f"drive {drive_id} was not kept")
        return drive

    def add_folder(self, parent: Item, name: str, author: Identity) -> Item:
        return self._add(parent.drive_id, parent.id, name=name, kind="folder", author=author)

    def add_file(
        self, parent: Item, name: str, content: bytes, author: Identity, times: FileTimes | None = None
    ) -> Item:
        item = self._add(
            parent.drive_id, parent.id, name=name, kind="file", author=author, times=times or FileTimes()
        )
        return self._write(item, content, author, number=1)

    def replace_content(
        self, item: Item, content: bytes, author: Identity, times: FileTimes | None = None
    ) -> Item:
        written = self._write(item, content, author, number=item.content_version + 1)
        modified_at = (times.modified_at if times else None) or written.modified_at
        return self._update(written, {"file_modified_at": modified_at, "version": written.version})

    def change(self, item: Item, author: Identity, **columns: object) -> Item:
        """Rename, move or describe: the columns named, and a new version."""
        name = columns.get("name")
        if isinstance(name, str):
            columns["name_key"] = key_of(name)
            columns["mime_type"] = media_type_of(name) if item.is_file else None
        return self._update(
            item, {**columns, "modified_at": self.clock.stamp(), "modified_by": json.dumps(author)}
        )

    def set_own_permissions(self, item: Item) -> None:
        self.database.execute(
            "UPDATE drive_items SET own_permissions = 1 WHERE id = ?", (item.id,), parts=(item.id,)
        )

    def share(self, item: Item, user_id: str, address: str, roles: list[str]) -> None:
        """Give a person a role on an item and all below it, as an invitation does."""
        self._insert(
            "drive_permissions",
            {
                "id": secrets.token_urlsafe(16),
                "item_id": item.id,
                "roles": json.dumps(roles),
                "user_id": user_id,
                "email": address,
            },
        )

    def delete(self, item: Item) -> None:
        """Put an item and all below it into the recycle bin; delta tells of each."""
        for gone in (*reversed(self.below(item)), item):
            self._update(gone, {"deleted": 1, "own_permissions": gone.own_permissions})
            self.database.execute(
                "INSERT OR REPLACE INTO drive_recycle_bin (item_id, top_id) VALUES (?, ?)", (gone.id, item.id)
            )
            self.database.execute("DELETE FROM drive_locks WHERE item_id = ?", (gone.id,))
            self.database.execute("DELETE FROM drive_permissions WHERE item_id = ?", (gone.id,))

    def delete_version(self, item: Item, number: int) -> None:
        self.database.execute(
            "DELETE FROM drive_versions WHERE item_id = ? AND number = ?", (item.id, number)
        )

    def recycled_item(self, drive_id: str, item_id: str) -> Item | None:
        """What lies in the recycle bin by itself, not with the folder that it was deleted in."""
        row = self.database.one(
            "SELECT drive_items.* FROM drive_items JOIN drive_recycle_bin ON item_id = id "
            "WHERE drive_id = ? AND id = ? AND top_id = id",
            (drive_id, item_id),
        )
        return Item.from_row(row) if row else None

    def restore(self, item: Item, parent: Item, name: str, author: Identity) -> Item:
        """Bring an item back, with all that was deleted with it."""
        rows = self.database.rows(
            "SELECT drive_items.* FROM drive_items JOIN drive_recycle_bin ON item_id = id WHERE top_id = ?",
            (item.id,),
        )
        self.database.execute("DELETE FROM drive_recycle_bin WHERE top_id = ?", (item.id,))
        for row in rows:
            if row["id"] != item.id:
                self._update(Item.from_row(row), {"deleted": 0})
        return self.change(item, author, parent_id=parent.id, name=name, deleted=0)

    def empty_from_bin(self, item: Item) -> None:
        """Let what was deleted with an item be gone for good."""
        bin_of_item = "SELECT item_id FROM drive_recycle_bin WHERE top_id = ?"
        self.database.execute(f"DELETE FROM drive_versions WHERE item_id IN ({bin_of_item})", (item.id,))  # noqa: S608 - our own words
        self.database.execute("DELETE FROM drive_recycle_bin WHERE top_id = ?", (item.id,))

    def _add(
        self,
        drive_id: str,
        parent_id: str | None,
        *,
        name: str,
        kind: str,
        author: Identity,
        times: FileTimes | None = None,
    ) -> Item:
        now = self.clock.stamp()
        sequence = self._next_sequence(drive_id)
        item_id = "01" + b32encode(secrets.token_bytes(20)).decode()
        columns = {
            "id": item_id,
            "drive_id": drive_id,
            "parent_id": parent_id,
            "name": name,
            "name_key": key_of(name),
            "kind": kind,
            "guid": str(uuid4()).upper(),
            "number": self.database.next_number(f"items of {drive_id}"),
            "version": 1,
            "content_version": 0,
            "mime_type": media_type_of(name) if kind == "file" else None,
            "created_at": now,
            "created_by": json.dumps(author),
            "modified_at": now,
            "modified_by": json.dumps(author),
            "file_created_at": (times and times.created_at) or now,
            "file_modified_at": (times and times.modified_at) or now,
            "sequence": sequence,
            "changed_at": now,
            "noted_at": time.time(),
        }
        # it is empty as yet, so that no folder's size is touched
        self._insert("drive_items", columns, parts=(item_id, names_in(parent_id) if parent_id else "roots"))
        return self._again(item_id)

    def _write(self, item: Item, content: bytes, author: Identity, *, number: int) -> Item:
        now = self.clock.stamp()
        self._insert(
            "drive_versions",
            {
                "item_id": item.id,
                "number": number,
                "content": content,
                "modified_at": now,
                "modified_by": json.dumps(author),
            },
        )
        columns = {
            "content_version": number,
            "size": len(content),
            "quick_xor_hash": quick_xor_hash(content),
            "modified_at": now,
            "modified_by": json.dumps(author),
        }
        # A new file's first content belongs to the change that made it.
        return self._update(item, {**columns, "version": 1} if number == 1 else columns)

    def _update(self, item: Item, columns: dict[str, Any]) -> Item:
        values = {
            "version": item.version + 1,
            **columns,
            "sequence": self._next_sequence(item.drive_id),
            "changed_at": self.clock.stamp(),
            "noted_at": time.time(),
        }
        assignments = ", ".join(f"{name} = :{name}" for name in values)
        self.database.execute(
            f"UPDATE drive_items SET {assignments} WHERE id = :id",  # noqa: S608 - our own column names
            {**values, "id": item.id},
            parts=(item.id, *_names_touched(item, columns), *self._sizes_touched(item, columns)),
        )
        return self._again(item.id)

    def _sizes_touched(self, item: Item, columns: Mapping[str, Any]) -> Iterator[Hashable]:
        """The folders of which a change of columns touches the size: all above where the item lies, or comes to lie."""
        if not _AMOUNTS.isdisjoint(columns):
            yield from self._sizes_from(item.parent_id)
            yield from self._sizes_from(columns.get("parent_id"))

    def _sizes_from(self, folder_id: str | None) -> Iterator[Hashable]:
        folder = self._row(folder_id) if folder_id else None
        if folder is not None:
            yield from (size_of(each.id) for each in (folder, *self.ancestors(folder)))

    def _next_sequence(self, drive_id: str) -> int:
        row = self.database.one(
            "UPDATE drives SET sequence = sequence + 1 WHERE id = ? RETURNING sequence", (drive_id,)
        )
        if row is None:
            raise LookupError(f"no drive {drive_id}")
        return int(row["sequence"])

    def _insert(
        self, table: str, columns: dict[str, Any], *, parts: Sequence[Hashable] | None = None
    ) -> None:
        names = ", ".join(columns)
        places = ", ".join(f":{name}" for name in columns)
        self.database.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 - our own column names
            columns,
            parts=parts,
        )

    def _again(self, item_id: str) -> Item:
        item = self._row(item_id)
        if item is None:
            raise LookupError(f"no item {item_id}")
        return item


def _names_touched(item: Item, columns: Mapping[str, Any]) -> tuple[Hashable, ...]:
    """The folders of which a change of columns touches the names: where the item lies, and where it comes to lie."""
    if _PLACES.isdisjoint(columns):
        return ()
    return names_in(item.parent_id), names_in(columns.get("parent_id", item.parent_id))
