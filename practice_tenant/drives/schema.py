"""How the practice tenant keeps drives: items, the versions of their content, permissions and locks."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS drives (
    id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    list_id TEXT NOT NULL,
    kind TEXT NOT NULL,             -- business (a OneDrive) or documentLibrary
    owner_id TEXT,                  -- the user whose OneDrive it is
    name TEXT NOT NULL,
    web_url TEXT NOT NULL,
    created_at TEXT NOT NULL,
    is_default INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL DEFAULT 0,    -- counts changes: the order of delta
    epoch INTEGER NOT NULL DEFAULT 0,       -- raised when clients are told to read everything again
    resync_code TEXT
);
CREATE TABLE IF NOT EXISTS drive_items (
    id TEXT PRIMARY KEY,
    drive_id TEXT NOT NULL REFERENCES drives (id) ON DELETE CASCADE,
    parent_id TEXT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,             -- root, folder or file
    guid TEXT NOT NULL,
    number INTEGER NOT NULL,        -- the item's id in the library's list
    version INTEGER NOT NULL,       -- counts every change: the eTag
    content_version INTEGER NOT NULL,   -- counts changes of content: the cTag
    size INTEGER NOT NULL DEFAULT 0,
    mime_type TEXT,
    quick_xor_hash TEXT,
    description TEXT,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    modified_at TEXT NOT NULL,
    modified_by TEXT NOT NULL,
    file_created_at TEXT NOT NULL,
    file_modified_at TEXT NOT NULL,
    fields TEXT NOT NULL DEFAULT '{}',
    own_permissions INTEGER NOT NULL DEFAULT 0,     -- 1: nothing is inherited from above
    deleted INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    noted_at REAL NOT NULL          -- the same moment by the machine's clock
);
CREATE UNIQUE INDEX IF NOT EXISTS drive_items_by_name
    ON drive_items (drive_id, parent_id, name_key) WHERE deleted = 0;
CREATE INDEX IF NOT EXISTS drive_items_by_change ON drive_items (drive_id, sequence);
CREATE INDEX IF NOT EXISTS drive_items_by_parent ON drive_items (parent_id);
CREATE TABLE IF NOT EXISTS drive_versions (
    item_id TEXT NOT NULL REFERENCES drive_items (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    modified_at TEXT NOT NULL,
    modified_by TEXT NOT NULL,
    PRIMARY KEY (item_id, number)
);
CREATE TABLE IF NOT EXISTS drive_permissions (
    id TEXT PRIMARY KEY,
    item_id TEXT NOT NULL REFERENCES drive_items (id) ON DELETE CASCADE,
    roles TEXT NOT NULL,
    user_id TEXT,                   -- a person of the school
    email TEXT,                     -- an invited address
    link_type TEXT,                 -- view, edit or embed: a sharing link
    link_scope TEXT,
    link_url TEXT,
    UNIQUE (item_id, user_id),
    UNIQUE (item_id, link_type, link_scope)
);
CREATE TABLE IF NOT EXISTS drive_uploads (
    token TEXT PRIMARY KEY,
    drive_id TEXT NOT NULL REFERENCES drives (id) ON DELETE CASCADE,
    parent_id TEXT NOT NULL,
    name TEXT NOT NULL,
    item_id TEXT,
    behaviour TEXT NOT NULL,
    properties TEXT NOT NULL,
    author TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    total INTEGER,
    received INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS drive_uploads_deferred (
    token TEXT PRIMARY KEY REFERENCES drive_uploads (token) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS drive_upload_parts (
    token TEXT NOT NULL REFERENCES drive_uploads (token) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (token, start)
);
CREATE TABLE IF NOT EXISTS drive_copies (
    token TEXT PRIMARY KEY,
    drive_id TEXT NOT NULL,
    item_id TEXT,
    error TEXT
);
CREATE TABLE IF NOT EXISTS drive_recycle_bin (
    item_id TEXT PRIMARY KEY REFERENCES drive_items (id) ON DELETE CASCADE,
    top_id TEXT NOT NULL            -- what was deleted, with this in it
);
CREATE INDEX IF NOT EXISTS drive_recycle_bin_by_top ON drive_recycle_bin (top_id);
CREATE TABLE IF NOT EXISTS drive_locks (
    item_id TEXT PRIMARY KEY REFERENCES drive_items (id) ON DELETE CASCADE,
    held_by TEXT NOT NULL
);
"""
