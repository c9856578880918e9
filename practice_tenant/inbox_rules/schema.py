"""What is kept of inbox rules."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS inbox_rule (
    id TEXT PRIMARY KEY, mailbox TEXT NOT NULL, sequence INTEGER NOT NULL, is_enabled INTEGER NOT NULL,
    has_error INTEGER NOT NULL DEFAULT 0, definition TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS inbox_rule_by_mailbox ON inbox_rule (mailbox, sequence);
"""
