"""The governors' paper as a Word file in the casework library, and the mail that carries it to the clerk."""

from __future__ import annotations

from casework.errors import PermanentConnectorError
from casework.evidence import sha256_of
from casework.governors.terms import term_that_ends
from casework.governors.versions import NAMES_SOMEBODY, names_somebody, term_end_of
from casework.letters import Letter
from casework.mails.governors import cover_of_paper
from casework.ports import MailAttachment, NewMail
from workflows.carry_out.tools import Tools
from workflows.carry_out.writing import WORD, WrittenLetter, office_says, word_at
from workflows.governors_paper import written_paper


def paper_file(letter: Letter, tools: Tools) -> WrittenLetter:
    """The paper's Word file: the one that stands there already, or one with today's figures. It is never replaced.

    Raises:
        PermanentConnectorError: the term is no longer in the calendar.
    """
    there = word_at(letter.word_path, lambda: _figures(letter, tools), tools)
    word = tools.letter_writer.clean(there.content)
    warnings = [*office_says(letter)]
    if letter.edited_by and _names_somebody(word, tools):
        warnings.append(NAMES_SOMEBODY)
    sha256 = sha256_of(there.content)
    return WrittenLetter(file=there.file, word=word, word_sha256=sha256, warnings=tuple(warnings))


def _figures(letter: Letter, tools: Tools) -> bytes:
    ends = term_end_of(letter.case)
    term = term_that_ends(ends, tools.school.calendar)
    if term is None:
        raise PermanentConnectorError(
            f"The governors' paper was not written: no term of the calendar ends on {ends.day} {ends:%B %Y} any more. "
            "casework governors-paper --draft drafts one of a term that the calendar has."
        )
    with tools.journal.transaction() as transaction:
        today = tools.school.today(tools.now)
        paper = written_paper(transaction, school=tools.school, term=term, today=today)
    return tools.papers.governors_paper(paper)


def _names_somebody(word: bytes, tools: Tools) -> bool:
    with tools.journal.transaction() as transaction:
        return names_somebody(tools.letter_writer.text(word), transaction.cases.all())


def paper_mail(letter: Letter, written: WrittenLetter, tools: Tools) -> NewMail:
    """The mail to the clerk. What the clerk answers goes to whoever approved it."""
    fields = cover_of_paper(letter, school=tools.school, today=tools.school.today(tools.now))
    mail = tools.mail_writer.write("governors_paper", fields)
    attached = MailAttachment(name=written.file.name, content_type=WORD, content=written.word)
    return NewMail(
        key=letter.key,
        to=(letter.recipient,),
        subject=mail.subject,
        html=mail.html,
        attachments=(attached,),
        robot=False,
    )
