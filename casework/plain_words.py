"""Events of the log in plain words, for the story of a case and for the terminal."""

from __future__ import annotations

from casework.records import Event
from casework.register_lists import CASES_LIST

_SENTENCES = {
    "journal.rebuilt": "The journal was lost and rebuilt: {cases} case(s) were regained. Last head mailed: {head}.",
    "journal.restored": "A backup was put in the place of the journal: the list shows {cases} case(s).",
    "sending.confirmed": "A person has confirmed what the rebuilt journal sends.",
    "case.opened": "Case opened from a {source}.",
    "case.edited": "Staff set {columns}.",
    "chat.read": "Exported chat read: the copy shows {shown} of {messages} messages, {marked} of them marked. {why}",
    "case.closed": "Case closed: staff set Outcome.",
    "case.closed_unseen": 'Case closed: staff set Outcome. Please look once more and set "Is the post still up".',
    "case.assessed": "Staff have assessed the post.",
    "case.assessment_refused": '"Assessed" was taken back: {why}',
    "case.link_unread": 'Nothing was linked: "Linked cases" holds no whole number of a case.',
    "case.link_unknown": "Nothing was linked with {cases}: there is no such case.",
    "case.waits": "The case waits for others: its clock stands still.",
    "case.goes_on": "The case goes on: its clock runs again.",
    "case.reopened": "Case reopened: Outcome was emptied.",
    "case.looked_over": "Nobody had looked at the case in time ({look}); found while all were looked over, and mended.",
    "case.row_deleted": "The row was deleted by hand; it is put back.",
    "side.halted": "The {side} was found {how}; nothing more is changed until a person says so.",
    "side.word_given": "A person has spoken about the {side}: {word}.",
    "side.lifted": "Casework goes on with the {side}.",
    "message.joined": "A message was added to the case ({why}).",
    "item.set_aside": "Could not be handled in three tries, and is left for a person: {item}.",
    "item.left": "A person has seen what could not be done, and leaves it: {item}.",
    "message.set_aside": "A message could not be read and was set aside for a person.",
    "case.reopened_by_answer": "Case reopened: an answer came within 30 school days of its closing; a new clock runs.",
    "case.closed_by_reply": "Case closed: the office answered CLOSE after its row was deleted.",
    "case.looks_like": "The case may be about the same post as others ({others}); a person is asked.",
    "case.linked": "Linked with {cases}, as a person has said.",
    "case.unlinked": "No longer linked, as a person has said.",
    "case.kept_apart": "Kept apart from cases that look alike, as a person has said.",
    "case.folder_closed": "The case's folder opens to {people} people and nobody else.",
    "case.folder_open": "The case's folder could not be closed: Microsoft 365 does not let Casework; a person must.",
    "vault.kept": "Who reported the case is kept in the vault, apart from the case.",
    "vault.opened": "The vault was opened: somebody looked who reported the case.",
    "message.in_tray": "A message waits in the holding tray ({why}); the office is asked.",
    "message.not_ours": "A message of the holding tray was set down as not ours, as the office has said.",
    "answer.refused": "An answer to a question was not proven to come from staff; nothing was done.",
    "message.set_down": "A message was set down as {kind}: it opens no case and is not answered.",
    "evidence.sealed": "Sealed with SHA-256; files: {files}.",
    "evidence.regained": "Found in the sealed library after the journal was lost; files: {files}.",
    "evidence.copied": "Working copies were stored in the case's folder.",
    "evidence.listed": "The list of the evidence was brought up to date.",
    "evidence.verified": "The evidence was verified: {files} file(s), {wrong} thing(s) wrong.",
    "evidence.changed": "Evidence was found changed: {kind}.",
    "evidence.missing": "Evidence was not found where it was put: {kind}.",
    "evidence.restored": "Evidence is as it was kept again: {kind}.",
    "evidence.locked": "The evidence was locked by {who}.",
    "evidence.unlocked": "The lock of the evidence was taken off by {who}.",
    "evidence.redacted": "Redacted copies were made: {how}, in {places} place(s); {by_hand} file(s) left for a person.",
    "evidence.placed": "{who} put in a copy redacted by hand.",
    "post.reported": "The post was to be seen: somebody reported it.",
    "post.published": "Posted, as {how}.",
    "post.looked_at": "{who} looked: {state} (entered {how}).",
    "talk.held": "Talk with the parent; outcome: {outcome}.",
    "letter.served": "The letter was served by post or by hand.",
    "case.completed": "A message told what was missing of the post: {facts}.",
    "custody.written": "Page {page} of the custody record was written.",
    "mail.sent": "Mail sent to {addressee}: {mail}.",
    "service.was_away": "Casework is at work again, after {hours} hours in which nothing was done.",
    "mails.held_back": "Mails are held back: more than {most} would have gone in an hour. They go later, in their order.",
    "mail.not_answered": "Not answered: an address has had so many answers that it may be a machine ({mail}).",
    "mail.held": "A mail to the headteacher was not sent, because the case concerns the headteacher: {mail}.",
    "letter.drafted": "Letter drafted: {kind}, version {version}; it waits in the approver's Drafts.",
    "letter.fault_let_pass": "Staff let {faults} fault(s) pass, with a reason: {kind}, version {version}.",
    "case.exported": "A pack for {reader} was written; files: {files}.",
    "letter.yearly_drafted": "The yearly word to parents for {year} waits in the headteacher's Drafts.",
    "letter.approved": "Letter approved {how}: {kind}, version {version}.",
    "letter.sent_back": "A change was asked for {how}: {kind}, version {version}.",
    "letter.rejected": "Letter rejected {how}: {kind}, version {version}.",
    "letter.sent": "Letter sent (approved {how}): {kind}, version {version}.",
    "letter.sent_with_faults": "The mail was changed before it was sent; wrong in it: {faults} thing(s), told by mail.",
    "letter.returned": "Letter came back undelivered, so it is not served: {kind}, version {version}.",
    "letter.withdrawn": "Letter withdrawn: {kind}, version {version}.",
    "letter.asked_again": "The draft had changed, so the approver is asked again: version {version}.",
    "letter.offered": "The deputy was asked to decide as well, because the decision has waited: version {version}.",
    "letter.change_wanted": "The office changes version {version} in Word as its approver asked, or answers AS IT IS.",
    "letter.changed": "The office changed the Word file as its approver asked: version {version}; the approver is asked.",
    "letter.as_it_is": "The office asks the approver to look at the letter again as it is: version {version}.",
    "letter.not_found": "The draft was not found on two sweeps; the approver is asked.",
    "paper.asked_for": "Staff ask for a paper: {kind}, version {version}.",
    "paper.written": "Paper written into the case's folder: {kind}, version {version}.",
    "paper.drafted": "Paper written: {kind}, version {version}; a draft in the reporting mailbox waits for a person.",
    "decision.settled": "An answer by {how}: {outcome}.",
    "governors.paper_drafted": "The governors' paper was drafted ({term}); it waits in the headteacher's Drafts.",
    "deadline.moved": "The term calendar changed, so this is now due on {new}, no longer on {old}.",
    "calendar.changed": "The term calendar changed; every open deadline was counted anew.",
    "effect.given_up": "Needs a person: {kind} could not be done.",
    "case.told": "Told by reply, by {who}: {columns}.",
    "order.unclear": "A line from staff about {about} was asked back; nothing was done.",
    "action.decided": "({letter}) {action}: {answer}, decided by {who} ({how}); open because {because}.",
    "action.refused": 'The decision "{answer}" on ({letter}) {action} does not count: {why}.',
    "procedure.changed": "The case goes on by the newest procedure, as a person wants it: {version}.",
    "policy.read": "A policy document was read; next review: {next_review}.",
    "policy.review_closed": "A newer version of a policy shows a later review; its reminders end.",
    "policy.removed": "A policy document is no longer in the library.",
    "policy.retired": "A policy was retired, by {how}.",
    "policy.reviewed_by_answer": "The {role} answered that a policy has been reviewed; its document must still say so.",
    "policy.answer_settled": "An answer about policies: {outcome}.",
    "policy.copy_asked_for": "A copy of a policy was asked for; a draft reply waits for the office.",
    "policy.calendar_changed": "The calendar entry of a policy's review is brought up to date.",
    "policy.folder_empty": "The policies folder is empty, {documents} documents before; a person must say why.",
    "policy.folder_back": "The policies folder is no longer found empty, or was emptied on purpose.",
}


_MAILS = {
    "answer_refused": "an answer does not count",
    "answer_taken": "an answer was carried out",
    "answer_unclear": "an answer was not clear",
    "approval_request": "please approve a letter",
    "daily_digest": "the morning mail",
    "decided_by_other": "somebody else has decided",
    "duty_escalation": "please step in",
    "duty_reminder": "something is due or overdue",
    "evidence_ask": "what is missing of the post, please",
    "evidence_missing": "something is missing in a report",
    "evidence_wrong": "evidence needs to be put right",
    "file_open": "please close a file",
    "governors_paper_waiting": "please approve the governors' paper",
    "order_taken": "what was told stands in the list",
    "order_unclear": "one more word, please",
    "policy_digest": "the policies",
    "row_deleted": "a row was deleted",
    "same_post": "the same post?",
    "side_halted": "something is suddenly empty",
    "still_up": "is the post still up?",
    "subject_wrote": "the parent of the case has written",
    "to_file": "please file a message",
}
"""Mails whose folders have names that say little to a person."""


def in_plain_words(event: Event) -> str:
    """One sentence; an event that an older or newer version wrote is shown by its own name."""
    sentence = _SENTENCES.get(event.what)
    if sentence is None:
        return event.what
    fields = {name: _words(value) for name, value in event.fields.items()}
    if event.what == "mail.sent":
        mail, role = str(event.fields.get("mail")), fields.get("role", "")
        fields |= {"mail": _MAILS.get(mail, _words(mail)), "addressee": _addressee(role)}
    if isinstance(columns := event.fields.get("columns"), list):
        fields["columns"] = _words([_heading(str(name)) for name in columns])
    try:
        told = sentence.format_map(fields)
        return told[:1].upper() + told[1:]
    except KeyError:
        return event.what


def _addressee(role: str) -> str:
    return role if role.startswith("whoever") else f"the {role}"


def _heading(name: str) -> str:
    """A column by the heading that people see."""
    column = CASES_LIST.column(name)
    return f'"{column.display_name}"' if column else name


def _words(value: object) -> str:
    if isinstance(value, list | tuple):
        *most, last = [str(entry) for entry in value] or [""]
        return f"{', '.join(most)} and {last}" if most else last
    return "not stated" if value is None else str(value).replace("_", " ")
