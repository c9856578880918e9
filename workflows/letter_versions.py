"""Versions of a letter as the journal has them: a new one with its draft planned, and one that is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.approvals import DraftWanted, Withdrawal
from casework.cases import CaseReference
from casework.governors.versions import paper_key, term_end_of
from casework.intents import PrepareDraft, WithdrawDraft
from casework.letter_kinds import LetterKind
from casework.letters import Letter, LetterState, letter_key
from casework.ports import LibraryFile
from casework.records import JournalTransaction
from casework.school import School
from casework.tags import TokenMaker
from workflows.planning import plan, record_letter


def draft_version(
    transaction: JournalTransaction,
    reference: CaseReference,
    wanted: DraftWanted,
    *,
    school: School,
    tokens: TokenMaker,
    edited: LibraryFile | None = None,
) -> Letter:
    """Record a new version and plan its draft.

    Args:
        transaction: that it is recorded in.
        reference: of the case, or of the governors' paper.
        wanted: what the version is to be.
        school: the school.
        tokens: for the approver's and the subject's.
        edited: the Word file that it is made from, if staff edited one.
    """
    key = _key(school.code, reference, wanted)
    letter = Letter(
        key=key,
        case=reference,
        kind=wanted.kind,
        version=wanted.version,
        state=LetterState.CHANGING if wanted.to_be_changed else LetterState.DRAFTING,
        token=tokens.approver(key),
        subject_token=tokens.subject(reference),
        approver=wanted.approver,
        recipient=wanted.recipient,
        delivery=wanted.delivery,
        facts=wanted.facts,
        comments=wanted.comments,
        addressee=wanted.addressee,
        standing_in=wanted.standing_in,
        word_path=edited.path if edited else wanted.from_path or _word_path(reference, wanted),
        edited_by=edited.modified_by.casefold() if edited else "",
        edited_at=edited.modified_at if edited else None,
    )
    transaction.letters.save(letter)
    plan(transaction, PrepareDraft(key=f"{key}/draft", letter=key, case=letter.own_case))
    return letter


def withdraw_version(transaction: JournalTransaction, withdrawal: Withdrawal, *, now: datetime) -> None:
    """Take a letter back; its request says so."""
    letter = withdrawal.letter
    withdrawn = replace(letter, state=withdrawal.state, reason=withdrawal.reason)
    transaction.letters.save(withdrawn)
    record_letter(transaction, "letter.withdrawn", letter, at=now, why=withdrawal.state.value)
    take_back_draft(transaction, letter)


def take_back_draft(transaction: JournalTransaction, letter: Letter) -> None:
    """Plan to take its draft out of the approver's Drafts, if it has one."""
    if letter.draft_id:
        key = f"{letter.key}/withdraw"
        plan(transaction, WithdrawDraft(key=key, letter=letter.key, case=letter.own_case))


def _key(school: str, reference: CaseReference, wanted: DraftWanted) -> str:
    if wanted.kind is LetterKind.GOVERNORS_PAPER:
        return paper_key(school, term_end_of(reference), wanted.version)
    return letter_key(school, reference, wanted.kind, wanted.version, wanted.addressee)


def _word_path(reference: CaseReference, wanted: DraftWanted) -> str:
    whom = "" if wanted.addressee == 1 else ", second parent"
    return f"{reference}/Letters/{wanted.kind.value.replace('_', ' ')}{whom}, version {wanted.version}.docx"
