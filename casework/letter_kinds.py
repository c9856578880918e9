"""The kinds of letters and papers that the school's policy asks for, and the paper for its governors."""

from __future__ import annotations

from enum import StrEnum


class LetterKind(StrEnum):
    """The folder in templates/letters; of the letters to a parent, the furthest stage comes last.

    Who gets it, who approves it and how it travels stand in that folder's fields.toml (casework.letter_rules).
    """

    INVITATION = "invitation"
    CHILD_POST = "child_post"
    COMPLAINT_INSIDE = "complaint_inside"
    REMOVAL_REQUEST = "removal_request"
    SECOND_REQUEST = "second_request"
    BLOCK_NOTICE = "block_notice"
    OUTCOME = "outcome"
    CONVERSATION_NOTE = "conversation_note"
    SUPPORT_NOTE = "support_note"
    SOLICITOR_BRIEF = "solicitor_brief"
    POLICE_SUMMARY = "police_summary"
    HOST_REPORT = "host_report"
    OPERATOR_NOTICE = "operator_notice"
    BLOCK_RECORD = "block_record"
    YEARLY_REMINDER = "yearly_reminder"
    GOVERNORS_PAPER = "governors' paper"


FROM_TEMPLATES: tuple[LetterKind, ...] = tuple(
    kind for kind in LetterKind if kind is not LetterKind.GOVERNORS_PAPER
)
"""Those that have a folder in templates/letters; the governors' paper is written from figures."""
