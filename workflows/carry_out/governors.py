"""The governors' paper: written into the casework library, and into the headteacher's Drafts on its way to the clerk."""

from __future__ import annotations

from datetime import date

from casework.errors import PermanentConnectorError
from casework.intents import DraftGovernorsPaper
from casework.mails.facts import from_json
from casework.ports import MailAttachment, NewMail
from casework.records import PlannedEffect
from workflows.carry_out.one_draft import make_draft
from workflows.carry_out.tools import Tools, first_time, must_look
from workflows.governors_paper import written_paper

FOLDER = "Governors"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draft_governors_paper(effect: PlannedEffect, intent: DraftGovernorsPaper, tools: Tools) -> None:
    """Make file and draft, once: a draft that was sent or deleted meanwhile is not made again.

    Raises:
        PermanentConnectorError: the term is no longer in the calendar.
    """
    ends = date.fromisoformat(intent.term_ends)
    term = next((one for one in tools.school.calendar.terms if one.ends == ends), None)
    if term is None:
        raise PermanentConnectorError(
            "The term whose paper was to be written is no longer in the calendar; "
            "casework governors-paper writes one by hand."
        )
    outgoing = tools.mail.outgoing(intent.approver)
    if must_look(effect) and outgoing.find(intent.key):
        _log(effect, term.name, tools)
        return
    with tools.journal.transaction() as transaction:
        paper = written_paper(
            transaction, school=tools.school, term=term, today=tools.school.today(tools.now)
        )
    content = tools.papers.governors_paper(paper)
    name = f"Governors' paper {term.name} {term.ends.year}.docx"
    tools.casework.write(f"{FOLDER}/{name}", content, replace=True)
    written = tools.mail_writer.write("governors_paper", from_json(intent.fields))
    mail = NewMail(
        key=intent.key,
        to=(intent.to,),
        subject=written.subject,
        html=written.html,
        attachments=(MailAttachment(name=name, content_type=DOCX, content=content),),
        robot=False,
    )
    make_draft(effect, mail, outgoing, tools)
    _log(effect, term.name, tools)


def _log(effect: PlannedEffect, term: str, tools: Tools) -> None:
    with tools.journal.transaction() as transaction:
        if first_time(effect, transaction):
            transaction.events.append("governors.paper_drafted", at=tools.now, term=term)
