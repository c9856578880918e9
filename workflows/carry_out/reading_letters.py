"""Reading a written letter for faults, with all that the journal knows of who must not be shown."""

from __future__ import annotations

from casework.cases import Case
from casework.errors import PermanentConnectorError
from casework.letter_faults import ReadLetter, read_letter
from casework.letters import Letter
from workflows.carry_out.tools import Tools
from workflows.letters_as_read import as_read


def read_for_faults(letter: Letter, case: Case, word: bytes, tools: Tools) -> tuple[str, ...]:
    """What the approver should weigh before deciding; a reason with which staff let a fault pass is recorded.

    Raises:
        PermanentConnectorError: it has a fault that must not leave the school; names each and what to do.
    """
    reading = read_letter(_as_read(letter, case, word, tools))
    override = case.staff.papers.override
    if stopping := reading.stopping(override):
        way = ' If that is right as it is, say why in "Send in spite of a fault, because".'
        raise PermanentConnectorError(
            f"The letter was not drafted: {' '.join(stopping)} "
            f"Correct the columns of the case or the Word file; Casework then drafts it again."
            f"{way if reading.overridable and not reading.faults else ''}"
        )
    if reading.overridable:
        with tools.journal.transaction() as transaction:
            transaction.events.append(
                "letter.fault_let_pass",
                at=tools.now,
                case=letter.case,
                kind=letter.kind.value,
                version=letter.version,
                faults=len(reading.overridable),
            )
    return reading.to_weigh(override)


def _as_read(letter: Letter, case: Case, word: bytes, tools: Tools) -> ReadLetter:
    text = tools.letter_writer.text(word)
    with tools.journal.transaction() as transaction:
        return as_read(transaction, letter, case, text, school=tools.school)
