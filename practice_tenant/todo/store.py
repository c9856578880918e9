"""The rows of To Do: every change is noted for delta."""

import json
import secrets
from base64 import urlsafe_b64encode
from uuid import uuid4

from practice_tenant.changes import note_change, note_removal
from practice_tenant.clock import PracticeClock
from practice_tenant.database import Database
from practice_tenant.directory import User
from practice_tenant.todo.values import Json, Part, Task, TaskList

_OWN_LISTS = (("Tasks", "defaultList"), ("Flagged Emails", "flaggedEmails"))


class TodoStore:
    """The lists and tasks of one person, whose own two lists are there from the first look on."""

    def __init__(self, database: Database, clock: PracticeClock, user: User) -> None:
        self.database = database
        self.clock = clock
        self.user = user
        if not self._rows_of_lists():
            with database.transaction():
                for name, well_known in _OWN_LISTS:
                    self.add_list(name, well_known)

    @property
    def place(self) -> str:
        """Where changes of the lists themselves are noted."""
        return f"task lists of {self.user.id}"

    def lists(self) -> list[TaskList]:
        return self._rows_of_lists()

    def list_by_id(self, list_id: str) -> TaskList | None:
        """By id, or by a well-known name such as "tasks" for the default list."""
        word = "defaultlist" if list_id.lower() == "tasks" else list_id.lower()
        for one in self._rows_of_lists():
            if one.id == list_id or (one.well_known != "none" and one.well_known.lower() == word):
                return one
        return None

    def add_list(self, name: str, well_known: str = "none") -> TaskList:
        list_id = "AQMk" + _opaque(45)
        self.database.execute(
            "INSERT INTO todo_lists (id, user_id, name, well_known, change_key) VALUES (?, ?, ?, ?, ?)",
            (list_id, self.user.id, name, well_known, _opaque(16)),
        )
        return self._list_again(list_id)

    def rename_list(self, one: TaskList, name: str) -> TaskList:
        self.database.execute(
            "UPDATE todo_lists SET name = ?, change_key = ? WHERE id = ?", (name, _opaque(16), one.id)
        )
        return self._list_again(one.id)

    def delete_list(self, one: TaskList) -> None:
        self.database.execute("DELETE FROM todo_lists WHERE id = ?", (one.id,))
        note_removal(self.database, self.place, one.id)

    def tasks(self, one: TaskList) -> list[Task]:
        """The newest first."""
        rows = self.database.rows(
            "SELECT * FROM todo_tasks WHERE list_id = ? ORDER BY created_at DESC, rowid DESC", (one.id,)
        )
        return [Task.from_row(row) for row in rows]

    def task(self, one: TaskList, task_id: str) -> Task | None:
        row = self.database.one("SELECT * FROM todo_tasks WHERE list_id = ? AND id = ?", (one.id, task_id))
        return Task.from_row(row) if row else None

    def add_task(self, one: TaskList, content: Json) -> Task:
        now, task_id = self.clock.stamp(), "AAMk" + _opaque(65)
        self.database.execute(
            "INSERT INTO todo_tasks (id, list_id, content, change_key, created_at, modified_at, body_modified_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (task_id, one.id, json.dumps(content), _opaque(16), now, now, now),
        )
        return self._task_again(one, task_id)

    def change_task(self, one: TaskList, task: Task, content: Json) -> Task:
        now = self.clock.stamp()
        body_at = task.body_modified_at if content["body"] == task.content["body"] else now
        self.database.execute(
            "UPDATE todo_tasks SET content = ?, change_key = ?, modified_at = ?, body_modified_at = ? "
            "WHERE id = ?",
            (json.dumps(content), _opaque(16), now, body_at, task.id),
        )
        return self._task_again(one, task.id)

    def delete_task(self, one: TaskList, task: Task) -> None:
        self.database.execute("DELETE FROM todo_tasks WHERE id = ?", (task.id,))
        note_removal(self.database, one.place, task.id)

    def parts(self, task: Task, kind: str) -> list[Part]:
        rows = self.database.rows(
            "SELECT * FROM todo_parts WHERE task_id = ? AND kind = ? ORDER BY rowid", (task.id, kind)
        )
        return [Part.from_row(row) for row in rows]

    def keep_part(self, one: TaskList, part: Part) -> Part:
        """Add a part, or write it anew; its task counts as changed."""
        self.database.execute(
            "INSERT INTO todo_parts (id, task_id, kind, content) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET content = excluded.content",
            (part.id, part.task_id, part.kind, json.dumps(part.content)),
        )
        note_change(self.database, one.place, part.task_id)
        return part

    def delete_part(self, one: TaskList, part: Part) -> None:
        self.database.execute("DELETE FROM todo_parts WHERE id = ?", (part.id,))
        note_change(self.database, one.place, part.task_id)

    def _rows_of_lists(self) -> list[TaskList]:
        rows = self.database.rows(
            "SELECT * FROM todo_lists WHERE user_id = ? ORDER BY rowid", (self.user.id,)
        )
        return [TaskList(**dict(row)) for row in rows]

    def _list_again(self, list_id: str) -> TaskList:
        note_change(self.database, self.place, list_id)
        return next(one for one in self._rows_of_lists() if one.id == list_id)

    def _task_again(self, one: TaskList, task_id: str) -> Task:
        note_change(self.database, one.place, task_id)
        task = self.task(one, task_id)
        if task is None:
            raise LookupError(f"no task {task_id}")
        return task


def new_part_id() -> str:
    return str(uuid4())


def _opaque(size: int) -> str:
    return urlsafe_b64encode(secrets.token_bytes(size)).decode()
