"""The register of policies: how each stands, what is one policy, who is reminded when, and what closes a review."""

from casework.policy_register.closing import closes, intended_next, shows_no_later_date
from casework.policy_register.columns import register_fields
from casework.policy_register.identity import Copy, is_marked_draft, name_of_policy, same_policies, sketch_of
from casework.policy_register.ladder import (
    DaysInTerm,
    Rung,
    days_in_term,
    due_questions,
    due_rungs,
    review_rungs,
)
from casework.policy_register.owners import owner_role
from casework.policy_register.school_terms import term_spans
from casework.policy_register.standing import DueDay, PolicyStatus, days_overdue, review_day, review_status

__all__ = [
    "Copy",
    "DaysInTerm",
    "DueDay",
    "PolicyStatus",
    "Rung",
    "closes",
    "days_in_term",
    "days_overdue",
    "due_questions",
    "due_rungs",
    "intended_next",
    "is_marked_draft",
    "name_of_policy",
    "owner_role",
    "register_fields",
    "review_day",
    "review_rungs",
    "review_status",
    "same_policies",
    "shows_no_later_date",
    "sketch_of",
    "term_spans",
]
