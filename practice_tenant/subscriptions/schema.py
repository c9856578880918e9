"""How the practice tenant keeps subscriptions and the notifications that are still to be sent."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS subscription (
    id TEXT PRIMARY KEY,
    application_id TEXT NOT NULL,
    holder TEXT NOT NULL,           -- the user's id, or the application's
    resource TEXT NOT NULL,         -- as the client wrote it
    watch TEXT NOT NULL,            -- what that means here, as JSON
    change_types TEXT NOT NULL,
    notification_url TEXT NOT NULL,
    lifecycle_url TEXT,
    client_state TEXT,
    tls_version TEXT,
    expires_at REAL NOT NULL,       -- by the machine's clock
    seen INTEGER NOT NULL           -- changes up to here were told
);
CREATE TABLE IF NOT EXISTS notification (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    subscription_id TEXT NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    made_at REAL NOT NULL,
    due_at REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
);
"""
