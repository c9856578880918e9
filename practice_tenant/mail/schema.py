"""What the mailboxes keep; whole mails and attachments lie apart, so that lists stay quick to read."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS mail_folder (
    id TEXT PRIMARY KEY, mailbox TEXT NOT NULL, parent_id TEXT, name TEXT NOT NULL, well_known TEXT,
    number INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS mail_folder_by_mailbox ON mail_folder (mailbox, well_known);
CREATE TABLE IF NOT EXISTS mail_folder_hidden (id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS mail_folder_removed (
    id TEXT PRIMARY KEY, mailbox TEXT NOT NULL, number INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS message (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    mailbox TEXT NOT NULL, folder_id TEXT NOT NULL,
    immutable_id TEXT NOT NULL UNIQUE, default_id TEXT NOT NULL UNIQUE, number INTEGER NOT NULL,
    is_draft INTEGER NOT NULL, is_read INTEGER NOT NULL,
    subject TEXT NOT NULL, body_type TEXT NOT NULL, body TEXT NOT NULL,
    sender TEXT NOT NULL, author TEXT NOT NULL, recipients TEXT NOT NULL, copied TEXT NOT NULL,
    blind_copied TEXT NOT NULL, reply_to TEXT NOT NULL,
    internet_message_id TEXT NOT NULL, in_reply_to TEXT NOT NULL, message_references TEXT NOT NULL,
    conversation_id TEXT NOT NULL, conversation_index TEXT NOT NULL, headers TEXT NOT NULL,
    importance TEXT NOT NULL, categories TEXT NOT NULL, flag TEXT NOT NULL, inference TEXT NOT NULL,
    wants_delivery_receipt INTEGER NOT NULL, wants_read_receipt INTEGER NOT NULL,
    has_attachments INTEGER NOT NULL,
    created_at TEXT NOT NULL, modified_at TEXT NOT NULL, received_at TEXT NOT NULL, sent_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS message_by_folder ON message (folder_id, received_at);
CREATE INDEX IF NOT EXISTS message_by_mailbox ON message (mailbox, received_at);
CREATE INDEX IF NOT EXISTS message_by_internet_id ON message (mailbox, internet_message_id);
CREATE INDEX IF NOT EXISTS message_by_conversation ON message (mailbox, conversation_id COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS message_conversation_id_beyond_ascii ON message (mailbox)
    WHERE conversation_id GLOB '*[^ -~]*';
CREATE INDEX IF NOT EXISTS message_internet_message_id_beyond_ascii ON message (mailbox)
    WHERE internet_message_id GLOB '*[^ -~]*';
CREATE INDEX IF NOT EXISTS message_drafts ON message (mailbox) WHERE is_draft = 1;

CREATE TABLE IF NOT EXISTS message_mime (
    message_key INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE, raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS message_property (
    message_key INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, id TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (message_key, id));
CREATE INDEX IF NOT EXISTS message_property_by_value ON message_property (value COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS message_property_beyond_ascii ON message_property (message_key)
    WHERE value GLOB '*[^ -~]*';
CREATE TABLE IF NOT EXISTS message_attachment (
    id TEXT PRIMARY KEY, message_key INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    position INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, content_type TEXT NOT NULL,
    is_inline INTEGER NOT NULL, content_id TEXT, content BLOB NOT NULL, modified_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS message_attachment_by_message ON message_attachment (message_key, position);

CREATE TABLE IF NOT EXISTS message_change (
    folder_id TEXT NOT NULL, default_id TEXT NOT NULL, immutable_id TEXT NOT NULL, number INTEGER NOT NULL,
    arrived INTEGER NOT NULL, removed TEXT, PRIMARY KEY (folder_id, default_id));
CREATE INDEX IF NOT EXISTS message_change_by_number ON message_change (folder_id, number);

CREATE TABLE IF NOT EXISTS attachment_upload (
    id TEXT PRIMARY KEY, message_key INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
    item TEXT NOT NULL, size INTEGER NOT NULL, received INTEGER NOT NULL, expires_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS attachment_upload_part (
    upload_id TEXT NOT NULL REFERENCES attachment_upload ON DELETE CASCADE, start INTEGER NOT NULL,
    content BLOB NOT NULL, PRIMARY KEY (upload_id, start));

CREATE TABLE IF NOT EXISTS mailbox_setting (mailbox TEXT PRIMARY KEY, settings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS automatic_reply_sent (
    mailbox TEXT NOT NULL, sender TEXT NOT NULL, PRIMARY KEY (mailbox, sender));
CREATE TABLE IF NOT EXISTS master_category (
    id TEXT PRIMARY KEY, mailbox TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, color TEXT NOT NULL,
    UNIQUE (mailbox, name));
CREATE TABLE IF NOT EXISTS pending_send (
    message_key INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE, way TEXT NOT NULL, due_at REAL NOT NULL);
"""
