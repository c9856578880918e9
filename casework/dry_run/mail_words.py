"""What each mail does, in a few words that stand behind "Would"; `{role}` is whom it is for."""

from __future__ import annotations

from collections.abc import Mapping

MAIL_WORDS: Mapping[str, str] = {
    "acknowledgement": "thank {role} for the report",
    "already_decided": "tell {role} that this letter was decided before",
    "answer_refused": "tell {role} that an answer in their name was not taken",
    "answer_taken": "confirm to {role} what was answered",
    "answer_unclear": "ask {role} to answer a question once more",
    "approval_reminder": "remind {role} of a letter that waits for a decision",
    "approval_request": "ask {role} to approve the letter",
    "case_opened": "tell {role} that there is a new case, without what it is about",
    "change_wanted": "ask {role} to change the letter in Word",
    "closing_note": "tell {role} that the case is closed",
    "daily_digest": "send {role} the morning mail",
    "deadline_moved": "tell {role} that something is due on another day",
    "decided_by_other": "tell {role} that somebody else has decided",
    "decision_refused_proof": "tell {role} that an answer in their name was not accepted",
    "decision_unclear": "ask {role} what was decided",
    "deputy_asked": "tell {role} that the deputy has been asked to decide",
    "deputy_offered": "ask {role} to approve the letter as well",
    "draft_missing": "ask {role} where the letter's draft is",
    "duty_escalation": "ask {role} to step in, because something is overdue",
    "duty_reminder": "remind {role} of what is due or overdue",
    "evidence_ask": "ask {role} for what is missing of the post",
    "evidence_missing": "tell {role} that something is missing in a report",
    "evidence_wrong": "tell {role} that evidence is not as it was kept",
    "file_open": "ask {role} to close the letter's Word file",
    "governors_paper_waiting": "ask {role} to approve the governors' paper",
    "governors_paper_rejected": "tell {role} that the governors' paper was rejected",
    "governors_paper_returned": "tell {role} that the governors' paper came back undelivered",
    "letter_returned": "tell {role} that a letter came back undelivered",
    "letter_withdrawn": "tell {role} that a letter was withdrawn",
    "order_taken": "confirm to {role} what was noted",
    "order_unclear": "ask {role} about a line that was not clear",
    "policy_answer_unclear": "tell {role} that an answer about a policy was not understood",
    "policy_change_document": "ask {role} to change a policy's document, too",
    "policy_copy_waiting": "tell {role} that somebody asks for a copy of a policy",
    "policy_digest": "send {role} the reviews of policies that are due",
    "policy_escalation": "tell {role} that a policy's review is still overdue",
    "policy_library_empty": "tell {role} that the policies folder is empty",
    "policy_reminder": "remind {role} of a policy",
    "request_superseded": "tell {role} that an answer came to an earlier request",
    "row_deleted": "ask {role} about a row that was deleted",
    "same_post": "ask {role} whether cases are about the same post",
    "sent_before_withdrawn": "tell {role} that a letter was sent before it could be withdrawn",
    "sent_with_faults": "tell {role} what is wrong in a letter that was sent",
    "side_halted": "ask {role} about something that is suddenly empty",
    "sign_in_expires": "tell {role} until when Casework can sign in",
    "still_up": "ask {role} whether the post is still up",
    "subject_wrote": "tell {role} that the subject of the case has written",
    "to_file": "ask {role} where a message belongs",
    "urgent_case": "tell {role} at once of a possible threat",
    "yearly_reminder_waiting": "tell {role} that the yearly word to parents waits in Drafts",
}

_ANYBODY = "whoever"


def mail_words(mail: str, role: str) -> str:
    """What the mail does, for whom."""
    who = role.replace("_", " ")
    named = who if who.startswith(("the ", _ANYBODY)) else f"the {who}"
    return MAIL_WORDS.get(mail, f"send {{role}} the mail {mail.replace('_', ' ')}").format(role=named)
