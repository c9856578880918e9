"""When the invented school begins, and the fact by which the tenant remembers it."""

FIRST_MOMENT = "2026-11-23T08:40:00Z"
"""A Monday morning in term."""
FILLED = "invented school"
"""The fact that holds the practice moment at which the school was added."""
