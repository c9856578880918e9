"""Draft letters: each case has the one letter open that the procedure asks for, written from today's columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.absences import AutomaticReplies
from casework.approvals import DraftWanted, LetterPlan, Withdrawal, decide_letters
from casework.cases import Case, CaseReference
from casework.deciders import Deciding
from casework.errors import CursorExpiredError
from casework.evidence import sha256_of
from casework.intents import PrepareDraft
from casework.letter_kinds import LetterKind
from casework.letters import Letter, LetterState, version_before
from casework.looks import Look, Looked, world_of
from casework.marks import MarkKind
from casework.ports import Journal, Library, LibraryFile
from casework.procedures import Procedures
from casework.records import JournalTransaction
from casework.school import School
from casework.tags import TokenMaker
from workflows.deciding import away_in_words, deciding_now, look_who_is_away
from workflows.governors_paper import keep_papers_right
from workflows.job_report import JobReport
from workflows.letter_versions import draft_version, withdraw_version
from workflows.looking import Round
from workflows.planning import plan, record_letter
from workflows.redacted_by_hand import take_in_redacted_by_hand
from workflows.set_aside import Guard, handle_each, or_at_once

CURSOR = "casework library"


def draft_letters(
    *,
    library: Library,
    journal: Journal,
    school: School,
    procedures: Procedures,
    tokens: TokenMaker,
    now: datetime,
    replies: AutomaticReplies | None = None,
) -> JobReport:
    """Plan what is missing, withdraw what is no longer right, and follow edits of the Word files."""
    desk = _Desk(school=school, procedures=procedures, tokens=tokens, now=now)
    changed = _follow_word_edits(library, journal, desk)
    world = world_of(school, procedures)
    if replies is not None and _may_have_letters(journal, world, school, now):
        look_who_is_away(replies, journal, school, now)
    with journal.transaction() as transaction:
        look = Round(look=Look.LETTERS, world=world, now=now, away=away_in_words(transaction, school, now))
        cases = sorted(look.cases(transaction), key=lambda one: one.reference)
        deciding = deciding_now(transaction, school, now)
        waiting = _with_letters(transaction) if cases else frozenset()
    planned = handle_each(
        cases,
        lambda transaction, case: desk.look_at(transaction, case, look, deciding, waiting),
        journal=journal,
        guard=Guard(journal, what="the letters of the case", now=now),
        key=lambda case: case.reference,
        case=lambda case: case.reference,
    )
    with journal.transaction() as transaction:
        look.look_over(transaction, school, or_at_once(lambda case: desk.soonest(transaction, case), now=now))
    papers = keep_papers_right(journal=journal, school=school, tokens=tokens, now=now)
    return JobReport.joined((JobReport(changes=changed), planned.report, papers))


def _may_have_letters(journal: Journal, world: str, school: School, now: datetime) -> bool:
    """True where a letter waits or one may be wanted: only then it matters who is away."""
    with journal.transaction() as transaction:
        look = Round(look=Look.LETTERS, world=world, now=now, away=away_in_words(transaction, school, now))
        return bool(transaction.letters.cases_with_open() or look.cases(transaction))


def _with_letters(transaction: JournalTransaction) -> frozenset[CaseReference]:
    """The cases whose letters are looked at even when they are closed, or name no parent any more.

    Those of a closed case were settled when it closed; only one for which staff ask the letter that closes the matter
    has another.
    """
    asked_for = transaction.marks.shared(MarkKind.LETTER, [LetterKind.OUTCOME.value])
    return transaction.letters.cases_with_open() | asked_for.keys()


class _Desk:
    def __init__(self, *, school: School, procedures: Procedures, tokens: TokenMaker, now: datetime) -> None:
        self.school = school
        self._procedures = procedures
        self.tokens = tokens
        self.now = now

    def look_at(
        self,
        transaction: JournalTransaction,
        case: Case,
        look: Round,
        deciding: Deciding,
        waiting: frozenset[CaseReference],
    ) -> int:
        """Bring the letters of a case up to date; returns how many changed."""
        wanted = case.reference in waiting or (case.is_open and case.staff.parent)
        changes = self._bring_up_to_date(transaction, case, deciding) if wanted else 0
        return look.note(transaction, case, Looked(changes=changes))

    def soonest(self, transaction: JournalTransaction, case: Case) -> datetime | None:
        """Now if a letter of an open case is missing or no longer right: no letter waits for a day."""
        decided = self._decided(transaction, case, deciding_now(transaction, self.school, self.now))
        return self.now if decided.drafts or decided.withdraw else None

    def _decided(self, transaction: JournalTransaction, case: Case, deciding: Deciding) -> LetterPlan:
        letters = transaction.letters.of_case(case.reference)
        if not letters and not case.staff.parent:
            return LetterPlan()
        procedure = self._procedures.of(case)
        return decide_letters(case, letters, school=self.school, procedure=procedure, deciding=deciding)

    def _bring_up_to_date(self, transaction: JournalTransaction, case: Case, deciding: Deciding) -> int:
        """Carry out the letter plan of one case; returns how many letters changed."""
        letters = transaction.letters.of_case(case.reference)
        decided = self._decided(transaction, case, deciding)
        if not case.is_open and not decided.drafts and not any(letter.is_open for letter in letters):
            transaction.marks.replace(case.reference, MarkKind.LETTER, ())  # that letter has gone, too
        for withdrawal in decided.withdraw:
            withdraw_version(transaction, withdrawal, now=self.now)
        for wanted in decided.drafts:
            self.draft(transaction, case.reference, wanted)
        return len(decided.withdraw) + len(decided.drafts)

    def draft(
        self,
        transaction: JournalTransaction,
        reference: CaseReference,
        wanted: DraftWanted,
        *,
        edited: LibraryFile | None = None,
    ) -> None:
        draft_version(transaction, reference, wanted, school=self.school, tokens=self.tokens, edited=edited)


def _follow_word_edits(library: Library, journal: Journal, desk: _Desk) -> int:
    """If a Word file changed, its draft is replaced by one made from the file, and the old one withdrawn."""
    with journal.transaction() as transaction:
        cursor = transaction.cursors.get(CURSOR)
    try:
        changes = library.changes(cursor)
    except CursorExpiredError:
        changes = library.changes(None)
    if not changes.files:
        with journal.transaction() as transaction:
            _keep_cursor(transaction, changes.cursor)
        return 0
    with journal.transaction() as transaction:
        watched = _watched_files(transaction)
    redacted = take_in_redacted_by_hand(
        changes.files, library=library, journal=journal, school=desk.school, now=desk.now
    )
    edited = [
        (watched[file.file_id], file)
        for file in changes.files
        if file.file_id in watched and _is_edited(watched[file.file_id], file, library)
    ]
    with journal.transaction() as transaction:
        for letter, file in edited:
            if letter.state is LetterState.CHANGING:
                _draft_the_change(transaction, letter, file, desk)
            else:
                _replace_draft(transaction, letter, file, desk)
        _try_corrected_again(transaction, changes.files)
        _keep_cursor(transaction, changes.cursor)
    return len(edited) + redacted


def _keep_cursor(transaction: JournalTransaction, cursor: str) -> None:
    if transaction.cursors.get(CURSOR) != cursor:
        transaction.cursors.put(CURSOR, cursor)


def _watched_files(transaction: JournalTransaction) -> dict[str, Letter]:
    """The Word files whose edits count, each with the letter as it was made from that file.

    The office may make a change in the file of the version that was sent back as well as in that of the next one.
    """
    watched: dict[str, Letter] = {}
    for letter in transaction.letters.open():
        if letter.state is LetterState.CHANGING and letter.word_file_id:
            before = version_before(letter, transaction.letters.of_case(letter.case))
            if before and before.word_file_id:
                watched[before.word_file_id] = replace(
                    letter, word_etag=before.word_etag, word_sha256=before.word_sha256
                )
        if letter.state in {LetterState.CHANGING, LetterState.WAITING} and letter.word_file_id:
            watched[letter.word_file_id] = letter
    return watched


def _draft_the_change(
    transaction: JournalTransaction, letter: Letter, file: LibraryFile, desk: _Desk
) -> None:
    """The office has made the change: now the approver is asked about the file as it stands."""
    current = transaction.letters.get(letter.key)
    if current is None or current.state is not LetterState.CHANGING:
        return
    changed = replace(
        current,
        state=LetterState.DRAFTING,
        word_path=file.path,
        edited_by=file.modified_by.casefold(),
        edited_at=file.modified_at,
    )
    transaction.letters.save(changed)
    record_letter(transaction, "letter.changed", letter, at=desk.now)
    key = f"{letter.key}/draft/changed"
    plan(transaction, PrepareDraft(key=key, letter=letter.key, case=letter.own_case))


def _try_corrected_again(transaction: JournalTransaction, files: tuple[LibraryFile, ...]) -> None:
    """A letter whose Word file had a fault was given to a person; once that file is saved anew it is tried again."""
    paths = {file.path for file in files}
    for letter in transaction.letters.open():
        if letter.state in {LetterState.DRAFTING, LetterState.CHANGING} and letter.word_path in paths:
            for key in transaction.outbox_view.keys_starting(f"{letter.key}/draft"):
                transaction.outbox_view.retry(key)


def _is_edited(letter: Letter, file: LibraryFile, library: Library) -> bool:
    if file.etag == letter.word_etag:
        return False
    return sha256_of(library.read(file.file_id)) != letter.word_sha256


def _replace_draft(transaction: JournalTransaction, letter: Letter, file: LibraryFile, desk: _Desk) -> None:
    """The next version is made from the file as it stands."""
    reason = "The Word file was edited."
    withdrawal = Withdrawal(letter=letter, state=LetterState.SUPERSEDED, reason=reason)
    withdraw_version(transaction, withdrawal, now=desk.now)
    version = 1 + max(
        other.version
        for other in transaction.letters.of_case(letter.case)
        if (other.kind, other.addressee) == (letter.kind, letter.addressee)
    )
    wanted = DraftWanted(
        kind=letter.kind,
        version=version,
        approver=letter.approver,
        recipient=letter.recipient,
        delivery=letter.delivery,
        facts=letter.facts,
        comments=letter.comments,
        addressee=letter.addressee,
        standing_in=letter.standing_in,
    )
    desk.draft(transaction, letter.case, wanted, edited=file)
