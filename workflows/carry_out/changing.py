"""A version that the office changes first: its Word file lies ready, and the office hears what its approver wants."""

from __future__ import annotations

from dataclasses import replace

from casework.cases import Case
from casework.letters import Letter, LetterState
from casework.mails import change_wanted
from casework.records import PlannedEffect
from workflows.carry_out.tools import Tools, first_time
from workflows.carry_out.what_it_carries import written_file
from workflows.planning import plan, record_letter
from workflows.questions import ask, change_question


def prepare_change(effect: PlannedEffect, letter: Letter, case: Case | None, tools: Tools) -> None:
    """Put the Word file where the office edits it, and ask for the change. Nobody is asked to approve it yet."""
    written = written_file(letter, case, tools)
    token = tools.tokens.question(letter.key)
    with tools.journal.transaction() as transaction:
        current = transaction.letters.get(letter.key) or letter
        if current.state is not LetterState.CHANGING or not first_time(effect, transaction):
            return
        waits = replace(
            current,
            word_file_id=written.file.file_id,
            word_etag=written.file.etag,
            word_sha256=written.word_sha256,
            change_wanted_at=current.change_wanted_at or tools.now,
        )
        transaction.letters.save(waits)
        ask(transaction, change_question(letter, token=token))
        record_letter(transaction, "letter.change_wanted", letter, at=tools.now)
        plan(transaction, change_wanted(waits, school=tools.school, token=token, now=tools.now))
