"""The rows of sites, lists and items: every change counts the item's version and the list's sequence."""

import json
import time
from typing import Any
from uuid import uuid4

from practice_tenant.clock import PracticeClock
from practice_tenant.database import Database
from practice_tenant.sites.values import Fields, Identity, ItemVersion, ListItem, SharePointList, Site


class SiteStore:
    """Finds sites and lists and keeps lists; callers have checked rights and values."""

    def __init__(self, database: Database, clock: PracticeClock) -> None:
        self.database = database
        self.clock = clock

    def site(self, site_id: str) -> Site | None:
        """By Graph's triple, by either GUID in it, or by the bare host."""
        return self.database.kept("sites", ("site", site_id), lambda: self._site_named(site_id.casefold()))

    def site_at(self, host: str, path: str) -> Site | None:
        wanted = "/" + path.strip("/").casefold() if path.strip("/") else ""
        for site in self.sites():
            if (site.host, site.path.casefold()) == (host.casefold(), wanted):
                return site
        return None

    def sites(self) -> tuple[Site, ...]:
        return self.database.kept("sites", "sites", self._read_sites)

    def lists(self, site_id: str) -> tuple[SharePointList, ...]:
        return self.database.kept("lists", ("lists of", site_id), lambda: self._read_lists(site_id))

    def list_named(self, site_id: str, id_or_title: str) -> SharePointList | None:
        """By id, or by display name as Graph also allows."""
        wanted = id_or_title.strip("{}").casefold()
        found = [each for each in self.lists(site_id) if wanted in {each.id, each.display_name.casefold()}]
        return found[0] if found else None

    def add_list(self, site: Site, author: Identity, **columns: object) -> SharePointList:
        """A new list; give the columns name, display_name, description, kind and hidden."""
        now = self.clock.stamp()
        list_id = str(uuid4())
        values = {"id": list_id, "site_id": site.id, "created_at": now, "modified_at": now}
        insert(self.database, "lists", {**values, **columns, "created_by": json.dumps(author)})
        return self.list_again(list_id)

    def change_list(self, one: SharePointList, **columns: object) -> SharePointList:
        values = {**columns, "version": one.version + 1, "modified_at": self.clock.stamp()}
        assignments = ", ".join(f"{name} = :{name}" for name in values)
        self.database.execute(
            f"UPDATE lists SET {assignments} WHERE id = :id",  # noqa: S608 - our own column names
            {**values, "id": one.id},
        )
        return self.list_again(one.id)

    def delete_list(self, one: SharePointList) -> None:
        self.database.execute("DELETE FROM lists WHERE id = ?", (one.id,))

    def list_again(self, list_id: str) -> SharePointList:
        row = self.database.one("SELECT * FROM lists WHERE id = ?", (list_id,))
        if row is None:
            raise LookupError(f"no list {list_id}")
        return SharePointList.from_row(row)

    def _site_named(self, name: str) -> Site | None:
        return next((site for site in self.sites() if name in _names_of(site)), None)

    def _read_sites(self) -> tuple[Site, ...]:
        return tuple(Site.from_row(row) for row in self.database.rows("SELECT * FROM sites ORDER BY rowid"))

    def _read_lists(self, site_id: str) -> tuple[SharePointList, ...]:
        rows = self.database.rows("SELECT * FROM lists WHERE site_id = ? ORDER BY rowid", (site_id,))
        return tuple(SharePointList.from_row(row) for row in rows)


class ItemStore:
    """The items of one list and their versions."""

    def __init__(self, store: SiteStore, one: SharePointList) -> None:
        self.database = store.database
        self.clock = store.clock
        self.list_id = one.id

    def item(self, number: int) -> ListItem | None:
        row = self.database.one(
            "SELECT * FROM list_items WHERE list_id = ? AND number = ? AND deleted = 0",
            (self.list_id, number),
        )
        return ListItem.from_row(row) if row else None

    def items(self, *, holding: str = "") -> list[ListItem]:
        """The items of the list, or those whose fields hold a text, given in lower case."""
        rows = self.database.rows(
            "SELECT * FROM list_items WHERE list_id = ? AND deleted = 0 "
            "AND (? = '' OR instr(lower(fields), ?)) ORDER BY number",
            (self.list_id, holding, holding),
        )
        return [ListItem.from_row(row) for row in rows]

    def count(self) -> int:
        row = self.database.one(
            "SELECT COUNT(*) AS items FROM list_items WHERE list_id = ? AND deleted = 0", (self.list_id,)
        )
        return int(row["items"]) if row else 0

    def noted_at(self, item: ListItem) -> float:
        """The second of the machine's clock at which an item last changed."""
        row = self.database.one(
            "SELECT noted_at FROM list_items WHERE list_id = ? AND number = ?", (self.list_id, item.number)
        )
        return float(row["noted_at"]) if row else 0.0

    def versions(self, item: ListItem) -> list[ItemVersion]:
        """The newest first."""
        rows = self.database.rows(
            "SELECT version, fields, modified_at, modified_by FROM list_item_versions "
            "WHERE list_id = ? AND number = ? ORDER BY version DESC",
            (self.list_id, item.number),
        )
        return [ItemVersion.from_row(row) for row in rows]

    def add(self, fields: Fields, author: Identity) -> ListItem:
        now = self.clock.stamp()
        row = self.database.one(
            "UPDATE lists SET last_number = last_number + 1 WHERE id = ? RETURNING last_number",
            (self.list_id,),
        )
        number = int(row["last_number"]) if row else 1
        columns = {
            "list_id": self.list_id,
            "number": number,
            "guid": str(uuid4()),
            "version": 1,
            "fields": json.dumps(fields),
            "created_at": now,
            "created_by": json.dumps(author),
            "modified_at": now,
            "modified_by": json.dumps(author),
            "sequence": self._next_sequence(),
            "changed_at": now,
            "noted_at": time.time(),
        }
        insert(self.database, "list_items", columns)
        return self._remember(number)

    def change(self, item: ListItem, fields: Fields, author: Identity) -> ListItem:
        now = self.clock.stamp()
        self.database.execute(
            "UPDATE list_items SET fields = ?, version = version + 1, modified_at = ?, modified_by = ?, "
            "sequence = ?, changed_at = ?, noted_at = ? WHERE list_id = ? AND number = ?",
            (
                json.dumps(fields),
                now,
                json.dumps(author),
                self._next_sequence(),
                now,
                time.time(),
                self.list_id,
                item.number,
            ),
        )
        return self._remember(item.number)

    def delete(self, item: ListItem) -> None:
        self.database.execute(
            "UPDATE list_items SET deleted = 1, sequence = ?, changed_at = ?, noted_at = ? "
            "WHERE list_id = ? AND number = ?",
            (self._next_sequence(), self.clock.stamp(), time.time(), self.list_id, item.number),
        )
        self.database.execute(
            "DELETE FROM list_item_versions WHERE list_id = ? AND number = ?", (self.list_id, item.number)
        )

    def _remember(self, number: int) -> ListItem:
        self.database.execute(
            "INSERT INTO list_item_versions (list_id, number, version, fields, modified_at, modified_by) "
            "SELECT list_id, number, version, fields, modified_at, modified_by FROM list_items "
            "WHERE list_id = ? AND number = ?",
            (self.list_id, number),
        )
        item = self.item(number)
        if item is None:
            raise LookupError(f"no item {number} in list {self.list_id}")
        return item

    def _next_sequence(self) -> int:
        row = self.database.one(
            "UPDATE lists SET sequence = sequence + 1, modified_at = ? WHERE id = ? RETURNING sequence",
            (self.clock.stamp(), self.list_id),
        )
        if row is None:
            raise LookupError(f"no list {self.list_id}")
        return int(row["sequence"])


def insert(database: Database, table: str, columns: dict[str, Any]) -> None:
    names = ", ".join(columns)
    places = ", ".join(f":{name}" for name in columns)
    database.execute(
        f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 - our own column names
        columns,
    )


def _names_of(site: Site) -> set[str]:
    names = {site.id, site.web_id}
    if not site.path:
        names |= {site.host, "root", site.collection_id}
    return {name.casefold() for name in names}
