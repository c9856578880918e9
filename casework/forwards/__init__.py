"""Mails forwarded inside other mails: who wrote them, when, to whom and what, from every program and language."""

from casework.forwards.find import Forward, find_forwards
from casework.forwards.subjects import SubjectKind, bare_subject, subject_kind

__all__ = ["Forward", "SubjectKind", "bare_subject", "find_forwards", "subject_kind"]
