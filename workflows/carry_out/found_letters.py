"""A letter and its case as the journal has them, and what lies of it in its approver's mailbox."""

from __future__ import annotations

from casework.addressees import as_addressed
from casework.cases import Case
from casework.errors import NotThereError, PermanentConnectorError, TemporaryConnectorError
from casework.letters import Letter
from casework.ports import MailContent, Outgoing
from workflows.carry_out.tools import Tools


def letter_and_case(key: str, tools: Tools) -> tuple[Letter, Case | None]:
    """The letter, and its case as the letter's addressee may see it; no case with the governors' paper.

    Raises:
        PermanentConnectorError: the journal knows no such letter.
    """
    with tools.journal.transaction() as transaction:
        letter = transaction.letters.get(key)
        case = transaction.cases.get(letter.case) if letter else None
    if letter and letter.is_paper:
        return letter, None
    if letter is None or case is None:
        raise PermanentConnectorError("The journal does not know this letter; run casework verify.")
    return letter, as_addressed(case, letter.addressee)


def found_draft(letter: Letter, outgoing: Outgoing) -> MailContent | None:
    """The draft that an earlier attempt made; one without its attachment was cut short and is made anew."""
    found = outgoing.find(letter.key)
    if found is None or found.discarded:
        return None
    content = outgoing.read_back(found.message_id)
    if content.attachments or not found.is_draft:
        return content
    outgoing.discard(found.message_id)
    return None


def draft_now(letter: Letter, outgoing: Outgoing) -> MailContent:
    """The draft or its sent copy, by immutable id, else by its key.

    Raises:
        TemporaryConnectorError: it is not to be seen now (the copy in Sent Items may come later).
    """
    try:
        return outgoing.read_back(letter.draft_id)
    except NotThereError:
        found = outgoing.find(letter.key)
    if found is None:
        raise TemporaryConnectorError("The letter's draft is not to be seen in the mailbox at this moment.")
    return outgoing.read_back(found.message_id)
