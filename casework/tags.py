"""Tokens and tags: who may speak for which role on a case, provable from a subject line alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from casework.cases import CaseReference


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenMaker:
    """Makes tokens that nobody can guess; `secret` is the journal's chain key.

    A token differs per role, so a reply shows which role it came from even from a new address (and a tag with a
    wrong token is no tag).
    """

    secret: bytes

    def token(self, *parts: str) -> str:
        """Four characters of base 32, lower case, over the parts."""
        digest = hmac.new(self.secret, "\x1f".join(parts).encode(), hashlib.sha256).digest()
        return base64.b32encode(digest).decode().lower()[:4]

    def reporter(self, case: CaseReference) -> str:
        return self.token("reporter", case)

    def subject(self, case: CaseReference) -> str:
        return self.token("subject", case)

    def staff(self, case: CaseReference) -> str:
        return self.token("staff", case)

    def approver(self, letter_key: str) -> str:
        """One token a letter version, so that an older version can no longer be approved."""
        return self.token("approver", letter_key)


def tag(case: CaseReference, token: str) -> str:
    return f"[{case}-{token}]"
