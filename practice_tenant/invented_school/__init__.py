"""Tillbrook Infant School, which nobody ever attended: its policies, and the mail of a few November days."""

from practice_tenant.invented_school.filling import FILLED, fill

__all__ = ["FILLED", "fill"]
