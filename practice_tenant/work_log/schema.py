"""How the practice tenant keeps what it was told."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS work_log_entries (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    reference TEXT NOT NULL,        -- the case, "" where it concerns none
    words TEXT NOT NULL,
    why TEXT NOT NULL,
    mark TEXT NOT NULL              -- tells this log from another one with the same numbers
);
CREATE INDEX IF NOT EXISTS work_log_entries_by_case ON work_log_entries (reference);
CREATE TABLE IF NOT EXISTS work_log_standings (
    reference TEXT PRIMARY KEY,
    lines TEXT NOT NULL
);
"""
