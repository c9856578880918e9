"""Tillbrook Infant School, which nobody ever attended: its policies, and the mail of a few November days."""
