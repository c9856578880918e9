"""How the practice tenant keeps sites, their lists, columns and items."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS sites (
    id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    path TEXT NOT NULL,             -- '' for the host's own site
    name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    owner_id TEXT,                  -- the user whose personal site it is
    created_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS lists (
    id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    name TEXT NOT NULL,             -- as in the address; never changes
    display_name TEXT NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,             -- genericList, documentLibrary, ...
    hidden INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    last_number INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL DEFAULT 0,
    epoch INTEGER NOT NULL DEFAULT 0,
    resync_code TEXT
);
CREATE TABLE IF NOT EXISTS list_columns (
    id TEXT NOT NULL,               -- the base columns have the same in every list
    list_id TEXT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (list_id, id),
    UNIQUE (list_id, name)
);
CREATE TABLE IF NOT EXISTS list_items (
    list_id TEXT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    guid TEXT NOT NULL,
    version INTEGER NOT NULL,
    fields TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    modified_by TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    noted_at REAL NOT NULL,         -- the same moment by the machine's clock
    PRIMARY KEY (list_id, number)
);
CREATE INDEX IF NOT EXISTS list_items_by_change ON list_items (list_id, sequence);
CREATE TABLE IF NOT EXISTS list_item_versions (
    list_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    fields TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    modified_by TEXT NOT NULL,
    PRIMARY KEY (list_id, number, version),
    FOREIGN KEY (list_id, number) REFERENCES list_items (list_id, number) ON DELETE CASCADE
);
"""
