"""How the practice tenant keeps calendars and their events."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS calendars (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    is_default INTEGER NOT NULL DEFAULT 0,
    change_key TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY,
    calendar_id TEXT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    transaction_id TEXT,
    starts_at TEXT NOT NULL,        -- UTC, for calendarView
    ends_at TEXT NOT NULL,
    body TEXT NOT NULL,             -- the event as JSON, its times in UTC
    change_key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    modified_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS event_exceptions (
    master_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    day TEXT NOT NULL,              -- of the series, on which it would have been
    event_id TEXT UNIQUE,           -- the occurrence's id
    is_cancelled INTEGER NOT NULL,
    body TEXT NOT NULL,
    change_key TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    PRIMARY KEY (master_id, day)
);
CREATE UNIQUE INDEX IF NOT EXISTS events_by_transaction
    ON events (user_id, transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS events_by_time ON events (calendar_id, starts_at);
"""
