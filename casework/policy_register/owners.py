"""Whose policy it is: the role that an owner's words name."""

from __future__ import annotations

import re

# The more particular first: a deputy headteacher is no headteacher, the chair's clerk no chair.
_ROLES = (
    ("deputy", r"\b(?:deputy|assistant|vice)[\s-]+(?:head|principal)|\bd\.?h\.?t\b"),
    ("clerk", r"\bclerk\b|\bgovernance\s+professional\b|\bcompany\s+secretary\b"),
    ("chair", r"\bchair(?:man|woman|person)?\b|\bc\.?o\.?g\b"),
    (
        "safeguarding_lead",
        r"\b(?:designated\s+)?safeguarding\s+lead\b|\bd\.?s\.?l\b|\bdesignated\s+senior\s+person\b",
    ),
    (
        "senco",
        r"\bs\.?e\.?n\.?d?\.?co\b|\bsend?\s+co-?ordinator\b|\bsend?\s+lead(?:er)?\b|\binclusion\s+(?:lead|manager|leader)\b",
    ),
    (
        "business_manager",
        r"\bbusiness\s+manager\b|\bs\.?b\.?m\b|\bbursar\b|\bfinance\s+(?:manager|officer|director)\b",
    ),
    ("office", r"\b(?:school\s+)?office\b|\badministrat(?:or|ion)\b|\bsecretary\b"),
    (
        "headteacher",
        r"\bhead[\s-]*(?:teacher|master|mistress)\b|\bhead\s+of\s+school\b|\bexecutive\s+head\b|\bprincipal\b|\bheads?$|^head\b(?!\s+of)|\bh\.?t\b",
    ),
)
_ROLE_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)


def owner_role(owner_text: str | None) -> str | None:
    """Gives the role that an owner's words name ("Head Teacher", "Chair of Governors"), None for a mere name."""
    for role, pattern in _ROLE_PATTERNS:
        if owner_text and pattern.search(owner_text.strip()):
            return role
    return None
