"""Why Casework did what an event of the log says, in a sentence for those who learn how it works."""

from __future__ import annotations

from casework.records import Event

_REASONS = {
    "case.opened": "Each report that reaches the reporting mailbox or the drop folder gets a case, so that none is lost.",
    "case.edited": "Staff's columns are read at each sweep; what they say decides the next step.",
    "case.closed": "A case is over when staff say how it ended; nothing is chased any more.",
    "case.reopened": "Without an outcome the case is open again.",
    "case.row_deleted": "A case never vanishes; to end one, fill in its outcome.",
    "message.joined": "It belongs to a case that is there already, so no second one was opened.",
    "message.set_aside": "One message that cannot be read never stops the others.",
    "message.set_down": "Robots and bounces report nothing, and answering them would begin a ring of mails.",
    "evidence.copied": "Staff work with copies; the sealed originals stay as they came.",
    "mail.held": "Nobody is told of a case about themselves until a person has looked.",
    "letter.drafted": "The row says all that the school's policy needs for this letter. Nothing leaves without approval.",
    "letter.approved": "The approver decided on exactly this letter.",
    "letter.sent_back": "The approver wants other words, so a new version is written.",
    "letter.rejected": "The approver decided against it, so it does not leave.",
    "letter.sent": "What was approved is what left, byte for byte.",
    "letter.withdrawn": "The row no longer asks for it, or a newer version took its place.",
    "letter.asked_again": "Only what the approver saw may leave; it had changed since.",
    "letter.not_found": "A draft that is gone is no refusal: people delete by mistake, so they are asked.",
    "decision.settled": "Answers count once and only from the approver.",
    "effect.given_up": "It was tried several times; a person has to look.",
    "policy.read": "The document itself says who owns it and when it is reviewed; no date is typed by hand.",
    "policy.review_closed": "The newer document shows a later date, so there is nothing left to remind of.",
    "policy.removed": "What is gone is reviewed by nobody.",
}
_REASONS_FOR_MAIL = {
    "acknowledgement": "Whoever reports is thanked once, so that they know it arrived.",
    "case_opened": "The headteacher hears of each case without its content; the chair, where it may be about the head.",
    "urgent_case": "A possible threat is told at any hour.",
    "approval_request": "A letter waits in the approver's Drafts and needs a decision.",
    "approval_reminder": "A letter has waited for some school days without a decision.",
    "duty_reminder": "A step is due today or late; each rung of the ladder is said once, inside school hours.",
    "duty_escalation": "A step is late although it was reminded, so the next person up is told.",
    "policy_reminder": "The document's own text says that its review is due or overdue.",
    "policy_escalation": "The review is overdue although its owner was reminded.",
    "daily_digest": "Each school morning says in one mail what is due, what waits and what happened.",
    "print_and_post": "This letter goes by post, so the office prints it.",
    "letter_withdrawn": "A draft was taken back, so that nobody looks for it.",
}


def reason_for(event: Event) -> str:
    """One sentence, "" where the event explains itself."""
    if event.what == "mail.sent":
        return _REASONS_FOR_MAIL.get(str(event.fields.get("mail", "")), "")
    return _REASONS.get(event.what, "")
