"""The mail that carries a letter: its attachment is a PDF where one can be made, else the Word file."""

from __future__ import annotations

from casework.cases import Case
from casework.letter_fields import cover_fields, post_fields
from casework.letters import Delivery, Letter
from casework.ports import MailAttachment, NewMail
from workflows.carry_out.pdfs import letter_as_pdf
from workflows.carry_out.tools import Tools
from workflows.carry_out.writing import WORD, WrittenLetter


def draft_mail(letter: Letter, case: Case, written: WrittenLetter, tools: Tools) -> NewMail:
    """The mail that carries the letter; its attachment is fixed here."""
    name = f"Letter {letter.case}"
    pdf = letter_as_pdf(letter, written, tools) if tools.attach_pdf else None
    if pdf:
        attachment = MailAttachment(name=f"{name}.pdf", content_type="application/pdf", content=pdf)
    else:
        attachment = MailAttachment(name=f"{name}.docx", content_type=WORD, content=written.word)
    if letter.delivery is Delivery.EMAIL:
        mail = tools.mail_writer.write("letter_cover", cover_fields(letter, case, school=tools.school))
    else:
        mail = tools.mail_writer.write(
            "print_and_post", post_fields(letter, school=tools.school, now=tools.now)
        )
    return NewMail(
        key=letter.key,
        to=(letter.recipient,),
        subject=mail.subject,
        html=mail.html,
        reply_to=tools.school.reporting_mailbox,
        attachments=(attachment,),
        robot=False,
    )
