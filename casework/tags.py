"""Tokens and tags: who may speak for which role on a case, provable from a subject line alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from casework.cases import CaseReference


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenMaker:
    """Makes tokens that nobody can guess; `secret` is the journal's chain key.

    A token differs per role, so a reply shows which role it came from even from a new address (and a tag with a
    wrong token is no tag).
    """

    secret: bytes

    def token(self, *parts: str, length: int = 4) -> str:
        """Four characters of base 32, lower case, over the parts; more where more must be told apart."""
        digest = hmac.new(self.secret, "\x1f".join(parts).encode(), hashlib.sha256).digest()
        return base64.b32encode(digest).decode().lower()[:length]

    def reporter(self, case: CaseReference) -> str:
        return self.token("reporter", case)

    def subject(self, case: CaseReference) -> str:
        return self.token("subject", case)

    def staff(self, case: CaseReference) -> str:
        return self.token("staff", case)

    def approver(self, letter_key: str) -> str:
        """One token a letter version, so that an older version can no longer be approved."""
        return self.token("approver", letter_key)

    def question(self, key: str) -> str:
        """Eight characters, one question each: no case's number stands before them to be found by."""
        return self.token("question", key, length=8)

    def policy(self, identity: str, version: str) -> str:
        """Of one policy with one review date: an answer to an older reminder is none to the next review."""
        return self.token("policy", identity, version, length=8)


def policy_tag(school: str, token: str) -> str:
    """Such as [TIS-P-k3f9x2ab]: stands in reminders of a policy, so that an answer says which one it means."""
    return f"[{school}-P-{token}]"


_POLICY_TAG = re.compile(r"\[\s*([A-Z]{2,6})\s?-\s?P\s?-\s?([a-z2-7]{8})\s*\]", re.IGNORECASE)


def find_policy_tokens(text: str, school: str) -> tuple[str, ...]:
    """The tokens of this school's policy tags in a text, each once, in order."""
    found = (match[2].lower() for match in _POLICY_TAG.finditer(text[:200_000]) if match[1].upper() == school)
    return tuple(dict.fromkeys(found))


def tag(case: CaseReference, token: str) -> str:
    return f"[{case}-{token}]"


_QUESTION = re.compile(r"\[\s*question\s{1,3}([a-z2-7]{8})\s*\]", re.IGNORECASE)


def question_tag(token: str) -> str:
    return f"[Question {token}]"


def find_questions(text: str) -> tuple[str, ...]:
    """The token of every tag such as [Question k3f9m2ab], each once, in order."""
    return tuple(dict.fromkeys(match[1].lower() for match in _QUESTION.finditer(text[:200_000])))
