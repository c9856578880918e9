"""Drives, items and versions as the rest of the package sees them."""

import json
from dataclasses import dataclass
from functools import lru_cache
from sqlite3 import Row
from typing import Any

Identity = dict[str, dict[str, str]]


@lru_cache(maxsize=256)
def read_identity(text: str) -> Identity:
    """Who did something: few people and programs do all, so each is read once. Change nothing in what you get."""
    identity: Identity = json.loads(text)
    return identity


@dataclass(frozen=True, kw_only=True, slots=True)
class Drive:
    id: str
    site_id: str
    list_id: str
    kind: str
    owner_id: str | None
    name: str
    web_url: str
    created_at: str
    is_default: bool
    sequence: int
    epoch: int
    resync_code: str | None

    @classmethod
    def from_row(cls, row: Row) -> "Drive":
        return cls(**{**dict(row), "is_default": bool(row["is_default"])})


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A file or folder. `version` counts every change (eTag), `content_version` those of content (cTag)."""

    id: str
    drive_id: str
    parent_id: str | None
    name: str
    kind: str
    guid: str
    number: int
    version: int
    content_version: int
    size: int
    mime_type: str | None
    quick_xor_hash: str | None
    description: str | None
    created_at: str
    created_by: Identity
    modified_at: str
    modified_by: Identity
    file_created_at: str
    file_modified_at: str
    fields: dict[str, Any]
    own_permissions: bool
    deleted: bool
    sequence: int
    changed_at: str

    @classmethod
    def from_row(cls, row: Row) -> "Item":
        return _read_item(tuple(row.keys()), tuple(row))

    @property
    def is_file(self) -> bool:
        return self.kind == "file"

    @property
    def is_root(self) -> bool:
        return self.kind == "root"

    @property
    def e_tag(self) -> str:
        return f'"{{{self.guid}}},{self.version}"'

    @property
    def c_tag(self) -> str:
        return f'"c:{{{self.guid}}},{self.content_version}"'


@lru_cache(maxsize=4_096)
def _read_item(names: tuple[str, ...], row: tuple[Any, ...]) -> Item:
    """A row that is what it was is read once, whatever else changed in its table."""
    values = dict(zip(names, row, strict=True))
    del values["name_key"], values["noted_at"]
    for name in ("created_by", "modified_by"):
        values[name] = read_identity(values[name])
    values["fields"] = json.loads(values["fields"])
    for name in ("own_permissions", "deleted"):
        values[name] = bool(values[name])
    return Item(**values)


@dataclass(frozen=True, kw_only=True, slots=True)
class FileTimes:
    """fileSystemInfo as a client gave it: the times that the file had where it came from."""

    created_at: str | None = None
    modified_at: str | None = None

    @classmethod
    def from_graph(cls, properties: dict[str, Any]) -> "FileTimes":
        given = properties.get("fileSystemInfo") or {}
        return cls(created_at=given.get("createdDateTime"), modified_at=given.get("lastModifiedDateTime"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    number: int
    size: int
    modified_at: str
    modified_by: Identity

    @property
    def label(self) -> str:
        return f"{self.number}.0"
