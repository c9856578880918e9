"""What the sign-in service keeps."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS application (
    client_id TEXT PRIMARY KEY, name TEXT NOT NULL, secret TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS certificate (
    client_id TEXT NOT NULL REFERENCES application, sha256 TEXT NOT NULL, sha1 TEXT NOT NULL, pem TEXT NOT NULL,
    PRIMARY KEY (client_id, sha256));
CREATE TABLE IF NOT EXISTS device_code (
    device_code TEXT PRIMARY KEY, user_code TEXT NOT NULL UNIQUE, client_id TEXT NOT NULL, scope TEXT NOT NULL,
    expires_at REAL NOT NULL, state TEXT NOT NULL, user_id TEXT);
CREATE TABLE IF NOT EXISTS refresh_token (
    token TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id TEXT NOT NULL, scope TEXT NOT NULL,
    expires_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS authorization_code (
    code TEXT PRIMARY KEY, client_id TEXT NOT NULL, user_id TEXT NOT NULL, scope TEXT NOT NULL,
    redirect_uri TEXT NOT NULL, nonce TEXT NOT NULL, challenge TEXT NOT NULL, challenge_method TEXT NOT NULL,
    expires_at REAL NOT NULL, used INTEGER NOT NULL DEFAULT 0);
"""
