"""Letters as PDF: by Microsoft's conversion; where there is none, one run makes those of all letters that wait."""

from __future__ import annotations

from casework.evidence import sha256_of
from casework.intents import PrepareDraft, intent_from
from casework.letters import Letter, LetterState
from casework.records import PlannedEffect
from workflows.carry_out.found_letters import letter_and_case
from workflows.carry_out.tools import Tools
from workflows.carry_out.writing import WrittenLetter, word_ahead

MOST_AT_ONCE = 20
"""Letters in one run, which has to end well within the lease of the first of them."""


def letter_as_pdf(letter: Letter, written: WrittenLetter, tools: Tools) -> bytes | None:
    """The letter as PDF, or None where none can be made."""
    # the folder's file may carry marks that must not leave: Microsoft would convert them, too
    if sha256_of(written.word) == written.word_sha256 and (
        pdf := tools.casework.as_pdf(written.file.file_id)
    ):
        return pdf
    digest = sha256_of(written.word)
    if digest not in tools.pdfs_ahead:
        _make_ahead(letter, written.word, tools)
    # where the common run made none, one of its letters may have been the reason: now each has a run of its own
    return tools.pdfs_ahead.pop(digest, None) or tools.pdf.convert(written.word)


def _make_ahead(letter: Letter, word: bytes, tools: Tools) -> None:
    """Convert this letter together with those whose drafts this sweep makes next; kept by SHA-256 of the Word file."""
    words = {sha256_of(word): word}
    for waiting in _waiting(letter, tools):
        if ahead := _word_of(waiting, tools):
            words.setdefault(sha256_of(ahead), ahead)
    if len(words) > 1:
        made = tools.pdf.convert_all(list(words.values()))
        tools.pdfs_ahead.update(zip(words, made, strict=True))


def _waiting(letter: Letter, tools: Tools) -> list[str]:
    """Keys of the letters that nobody tried to draft yet and that nothing of their case stands before."""
    with tools.journal.transaction() as transaction:
        effects = transaction.outbox_view.unfinished()
    first: dict[str, PlannedEffect] = {}
    for effect in effects:
        first.setdefault(effect.group, effect)
    wanted = (intent_from(effect) for effect in first.values() if effect.attempts == 0)
    keys = [want.letter for want in wanted if isinstance(want, PrepareDraft) and want.letter != letter.key]
    return keys[: MOST_AT_ONCE - 1]


def _word_of(key: str, tools: Tools) -> bytes | None:
    """Its Word file; None where it cannot be made ready now, which its own turn says."""
    try:
        letter, case = letter_and_case(key, tools)
        if case is None or letter.state is not LetterState.DRAFTING or letter.draft_id:
            return None
        return word_ahead(letter, case, tools)
    except Exception:  # noqa: BLE001 - whatever is wrong with another letter must not stop this one
        return None
