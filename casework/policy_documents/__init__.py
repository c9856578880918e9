"""Reading a policy document: its title, owner, last update, next review and cycle, from its own words."""

from casework.policy_documents.reading import read_policy
from casework.policy_documents.terms import TermSpan
from casework.policy_documents.values import (
    LARGEST_DOCUMENT,
    TOO_LARGE,
    Block,
    DocumentText,
    Look,
    PolicyFacts,
    Precision,
    ReviewCycle,
    StatedDate,
    Where,
)

__all__ = [
    "LARGEST_DOCUMENT",
    "TOO_LARGE",
    "Block",
    "DocumentText",
    "Look",
    "PolicyFacts",
    "Precision",
    "ReviewCycle",
    "StatedDate",
    "TermSpan",
    "Where",
    "read_policy",
]
