"""How the practice tenant keeps To Do."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS todo_lists (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    well_known TEXT NOT NULL,       -- none, defaultList or flaggedEmails
    change_key TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS todo_tasks (
    id TEXT PRIMARY KEY,
    list_id TEXT NOT NULL REFERENCES todo_lists (id) ON DELETE CASCADE,
    content TEXT NOT NULL,          -- the task as JSON, its times in UTC
    change_key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    body_modified_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS todo_tasks_by_list ON todo_tasks (list_id);
CREATE TABLE IF NOT EXISTS todo_parts (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES todo_tasks (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,             -- checklistItems or linkedResources
    content TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS todo_parts_by_task ON todo_parts (task_id, kind);
"""
