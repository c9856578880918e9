"""What is made of the school's policies: papers about them, and drafts that carry a copy to who asked."""

from __future__ import annotations

import mimetypes

from casework.errors import NotThereError
from casework.intents import DraftPolicyCopy, StorePaper
from casework.mails.facts import from_json
from casework.ports import MailAttachment, NewMail
from casework.records import PlannedEffect
from workflows.carry_out.one_draft import make_draft
from workflows.carry_out.tools import Tools, must_look
from workflows.storing import bring_up_to_date

_WORD = (".docx", ".docm", ".dotx", ".doc", ".odt")


def store_paper(effect: PlannedEffect, intent: StorePaper, tools: Tools) -> None:
    """Write it over its last version, unless a newer one was asked for since; twice does it once.

    Raises:
        TurnLostError: another host has taken the school over, and may have written a newer one.
    """
    with tools.journal.transaction() as transaction:
        if transaction.outbox_view.later_ones(effect):
            return
    text = intent.text.encode()
    bring_up_to_date(tools.casework, intent.path, lambda _: text, journal=tools.journal, seen=tools.seen)


def draft_policy_copy(effect: PlannedEffect, intent: DraftPolicyCopy, tools: Tools) -> None:
    """Make the draft, once: one that the office sent or deleted meanwhile is not made again."""
    outgoing = tools.mail.outgoing(tools.school.reporting_mailbox)
    if must_look(effect) and outgoing.find(intent.key):
        return
    written = tools.mail_writer.write("policy_copy", from_json(intent.fields))
    mail = NewMail(
        key=intent.key,
        to=(intent.to,),
        subject=written.subject,
        html=written.html,
        attachments=_document(intent, tools),
        robot=False,
    )
    make_draft(effect, mail, outgoing, tools)


def _document(intent: DraftPolicyCopy, tools: Tools) -> tuple[MailAttachment, ...]:
    """The document as it stands now: as PDF where the service converts it, else the file itself."""
    if not intent.file_id or tools.policies is None:
        return ()
    stem, dot, ending = intent.name.rpartition(".")
    try:
        pdf = tools.policies.as_pdf(intent.file_id) if f"{dot}{ending}".casefold() in _WORD else None
        content = pdf or tools.policies.read(intent.file_id)
    except NotThereError:
        return ()  # gone since: the office sees a draft without it, and asks its owner
    name = f"{stem}.pdf" if pdf else intent.name
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return (MailAttachment(name=name, content_type=kind, content=content),)
