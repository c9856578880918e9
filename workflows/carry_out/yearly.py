"""The yearly word to parents: written into the casework library, and into the headteacher's Drafts for the office."""

from __future__ import annotations

from casework.intents import DraftYearlyReminder
from casework.letter_fields import yearly_fields
from casework.letter_kinds import LetterKind
from casework.mails.facts import from_json
from casework.ports import MailAttachment, NewMail
from casework.records import PlannedEffect
from workflows.carry_out.one_draft import make_draft
from workflows.carry_out.tools import Tools, first_time, must_look
from workflows.carry_out.writing import WORD, policy_extract, word_at

FOLDER = "Yearly letters"


def draft_yearly_reminder(effect: PlannedEffect, intent: DraftYearlyReminder, tools: Tools) -> None:
    """Make file and draft, once: a draft that was sent or deleted meanwhile is not made again."""
    outgoing = tools.mail.outgoing(intent.approver)
    if must_look(effect) and outgoing.find(intent.key):
        _log(effect, intent, tools)
        return
    fields = yearly_fields(
        intent.year, school=tools.school, extract=policy_extract(tools), today=tools.school.today(tools.now)
    )
    path = f"{FOLDER}/Social media {intent.year.replace('/', '-')}.docx"
    there = word_at(path, lambda: tools.letter_writer.write(LetterKind.YEARLY_REMINDER.value, fields), tools)
    written = tools.mail_writer.write("yearly_reminder", from_json(intent.fields))
    content = tools.letter_writer.clean(there.content)
    mail = NewMail(
        key=intent.key,
        to=(intent.to,),
        subject=written.subject,
        html=written.html,
        attachments=(MailAttachment(name=there.file.name, content_type=WORD, content=content),),
        robot=False,
    )
    make_draft(effect, mail, outgoing, tools)
    _log(effect, intent, tools)


def _log(effect: PlannedEffect, intent: DraftYearlyReminder, tools: Tools) -> None:
    with tools.journal.transaction() as transaction:
        if first_time(effect, transaction):
            transaction.events.append("letter.yearly_drafted", at=tools.now, year=intent.year)
