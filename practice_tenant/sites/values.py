"""Sites, lists and list items as the rest of the package sees them."""

import json
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

Identity = dict[str, dict[str, str]]
Fields = dict[str, Any]
# The ids of SharePoint's own content types; those of a list lie below them.
CONTENT_TYPES = {"Item": "0x01", "Document": "0x0101", "Folder": "0x0120"}


def content_type_info(list_id: str, name: str) -> dict[str, str]:
    """The contentType of a row: the list's own, below the site's of that name."""
    return {"id": f"{CONTENT_TYPES[name]}00{uuid5(NAMESPACE_URL, list_id).hex.upper()}", "name": name}


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A site; `id` is Graph's triple "host,site collection,site"."""

    id: str
    host: str
    path: str
    name: str
    display_name: str
    time_zone: str
    owner_id: str | None
    created_at: str

    @classmethod
    def from_row(cls, row: Row) -> "Site":
        return cls(**dict(row))

    @property
    def web_url(self) -> str:
        return f"https://{self.host}{quote(self.path)}"

    @property
    def collection_id(self) -> str:
        return self.id.split(",")[1]

    @property
    def web_id(self) -> str:
        return self.id.split(",")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class SharePointList:
    id: str
    site_id: str
    name: str
    display_name: str
    description: str
    kind: str
    hidden: bool
    version: int
    created_at: str
    created_by: Identity
    modified_at: str
    last_number: int
    sequence: int
    epoch: int
    resync_code: str | None

    @classmethod
    def from_row(cls, row: Row) -> "SharePointList":
        values = dict(row)
        return cls(
            **{**values, "hidden": bool(values["hidden"]), "created_by": json.loads(values["created_by"])}
        )

    @property
    def is_library(self) -> bool:
        return self.kind == "documentLibrary"

    @property
    def e_tag(self) -> str:
        return f'"{self.id},{self.version}"'


@dataclass(frozen=True, kw_only=True, slots=True)
class ListItem:
    """One row. `fields` holds what was set, by the columns' internal names."""

    list_id: str
    number: int
    guid: str
    version: int
    fields: Fields
    created_at: str
    created_by: Identity
    modified_at: str
    modified_by: Identity
    deleted: bool
    sequence: int
    changed_at: str

    @classmethod
    def from_row(cls, row: Row) -> "ListItem":
        values = dict(row)
        del values["noted_at"]
        for name in ("fields", "created_by", "modified_by"):
            values[name] = json.loads(values[name])
        return cls(**{**values, "deleted": bool(values["deleted"])})

    @property
    def e_tag(self) -> str:
        return f'"{self.guid},{self.version}"'


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemVersion:
    version: int
    fields: Fields
    modified_at: str
    modified_by: Identity

    @classmethod
    def from_row(cls, row: Row) -> "ItemVersion":
        values = dict(row)
        for name in ("fields", "modified_by"):
            values[name] = json.loads(values[name])
        return cls(**values)

    @property
    def label(self) -> str:
        return f"{self.version}.0"
