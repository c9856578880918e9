"""Which mail goes to whom, with which facts: the intents behind templates/emails."""

from casework.mails.cases import (
    acknowledgement,
    case_notes,
    closing_note,
    note_to_chair,
    note_to_head,
    subject_wrote,
)
from casework.mails.evidence import ask_office, ask_office_key, ask_reporter, evidence_wrong
from casework.mails.letters import (
    already_decided,
    approval_request,
    asked_again,
    change_wanted,
    decision_refused_proof,
    decision_unclear,
    draft_missing,
    letter_returned,
    letter_withdrawn,
)
from casework.mails.policies import (
    library_is_empty,
    policy_answer_unclear,
    policy_change_document,
    policy_digest,
    policy_mail,
)
from casework.mails.questions import (
    answer_refused,
    answer_taken,
    answer_unclear,
    order_taken,
    order_unclear,
    row_deleted,
    same_post,
    to_file,
)

__all__ = [
    "acknowledgement",
    "already_decided",
    "answer_refused",
    "answer_taken",
    "answer_unclear",
    "approval_request",
    "ask_office",
    "ask_office_key",
    "ask_reporter",
    "asked_again",
    "case_notes",
    "change_wanted",
    "closing_note",
    "decision_refused_proof",
    "decision_unclear",
    "draft_missing",
    "evidence_wrong",
    "letter_returned",
    "letter_withdrawn",
    "library_is_empty",
    "note_to_chair",
    "note_to_head",
    "order_taken",
    "order_unclear",
    "policy_answer_unclear",
    "policy_change_document",
    "policy_digest",
    "policy_mail",
    "row_deleted",
    "same_post",
    "subject_wrote",
    "to_file",
]
