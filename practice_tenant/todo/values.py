"""Lists, tasks and their parts as the rest of the package sees them."""

import json
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any

Json = dict[str, Any]
CHECKLIST, LINKS = "checklistItems", "linkedResources"


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskList:
    """A list; `well_known` is defaultList or flaggedEmails for those that cannot be deleted, else none."""

    id: str
    user_id: str
    name: str
    well_known: str
    change_key: str

    @property
    def place(self) -> str:
        """Where changes of its tasks are noted."""
        return f"tasks of {self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One task; `content` is what clients set, with moments kept in UTC."""

    id: str
    list_id: str
    content: Json
    change_key: str
    created_at: str
    modified_at: str
    body_modified_at: str

    @classmethod
    def from_row(cls, row: Row) -> "Task":
        return cls(**{**dict(row), "content": json.loads(row["content"])})


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A step of a task, or something that it is linked with."""

    id: str
    task_id: str
    kind: str
    content: Json

    @classmethod
    def from_row(cls, row: Row) -> "Part":
        return cls(**{**dict(row), "content": json.loads(row["content"])})
