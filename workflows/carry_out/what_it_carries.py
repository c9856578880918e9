"""What a letter's draft carries, by what it is: the Word letter of a case, or the governors' paper."""

from __future__ import annotations

from casework.cases import Case
from casework.letters import Letter
from casework.ports import NewMail
from workflows.carry_out.attaching import draft_mail
from workflows.carry_out.governors import paper_file, paper_mail
from workflows.carry_out.tools import Tools
from workflows.carry_out.writing import WrittenLetter, word_file


def written_file(letter: Letter, case: Case | None, tools: Tools) -> WrittenLetter:
    """The Word file, written if it is not there yet; `case` is None for the governors' paper."""
    return word_file(letter, case, tools) if case else paper_file(letter, tools)


def carrying_mail(letter: Letter, case: Case | None, written: WrittenLetter, tools: Tools) -> NewMail:
    """The mail with that file attached, as it is to lie in the approver's Drafts."""
    return draft_mail(letter, case, written, tools) if case else paper_mail(letter, written, tools)
