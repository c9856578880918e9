"""Base64url as JSON Web Tokens write it: without padding, and read with or without."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    bare = text.rstrip("=")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
