"""How much of one mail is read: beyond this the raw mail, which is sealed anyway, is the only record."""

from __future__ import annotations

MOST_BYTES = 200_000_000
"""Exchange's own ceiling is 150 MB."""
MOST_PARTS = 2_000
DEEPEST_NESTING = 60
"""Of MIME parts inside each other."""
DEEPEST_EMBEDDING = 5
"""Of mails forwarded inside each other."""
MOST_HEADERS = 2_000
MOST_HEADER_BYTES = 1_000_000
MOST_HTML = 5_000_000
MOST_TEXT = 5_000_000
