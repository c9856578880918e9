"""What `casework verify` does: the journal and its log, the register, all evidence, every letter and paper sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from casework.cases import CaseReference
from casework.custody import CustodyAct, CustodyEntry, EvidenceItem
from casework.errors import JournalError
from casework.evidence_words import Wrong
from casework.governors.versions import is_paper
from casework.letters import Letter, LetterState
from casework.records import Event, Json, head_in_words
from connectors.journal.verification import Verification
from offices.office import Office
from offices.typed_cases import case_typed, paper_typed
from workflows.check_evidence import Checked, check_all, record_checks
from workflows.custody import CustodyNotes, plan_pages
from workflows.verifying import (
    letters_as_items,
    wrong_files,
    wrong_head,
    wrong_in_custody,
    wrong_in_register,
)

FEWEST_DIGITS = 16
_HEAD = re.compile(rf"^\s*(\d{{1,12}})\s*:\s*([0-9a-f]{{{FEWEST_DIGITS},64}})\s*$", re.IGNORECASE)
_EVER = datetime.min.replace(tzinfo=UTC)
_ALWAYS = datetime.max.replace(tzinfo=UTC)
_DAMAGED = "Keep this journal as it is, and restore the newest backup that holds beside it"

Told = Callable[[int, int], None]
"""Is told how many files of how many have been looked at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What was found; the first thing that is wrong comes first.

    Attributes:
        entries: of the event log; `head` is its newest, as the weekly digest names it.
        files: of the evidence and of letters sent that were read and hashed again; None if only the log was checked.
    """

    entries: int
    head: str
    files: int | None
    wrong: tuple[Wrong, ...]

    def as_json(self) -> dict[str, Json]:
        found: dict[str, Json] = asdict(self)
        return {"holds": not self.wrong, **found, "wrong": [asdict(one) for one in self.wrong]}


def mailed_head(text: str) -> tuple[int, str]:
    """The head of the log as a mail names it, such as "1204:9f2c...".

    Raises:
        ValueError: it is not of that form.
    """
    match = _HEAD.match(text)
    if match is None:
        raise ValueError(
            "Give --head as the weekly digest writes it: a number, a colon, and at least 16 characters."
        )
    return int(match[1]), match[2].lower()


def verify(
    office: Office, *, case: str = "", head: str = "", log_only: bool = False, told: Told | None = None
) -> Verified:
    """Check everything, or one case.

    Raises:
        ValueError: the case or the head is not of its form, or there is no such case.
        CaseworkError: journal or libraries cannot be reached now.
    """
    compared = mailed_head(head) if head else None
    journal = office.journal.verify()
    wrong = _wrong_journal(journal)
    if journal.damages:
        return _report(journal, None, wrong)
    try:
        wanted = _reference(office, case) if case else None
        seen = _gather(office, wanted)
    except JournalError:
        if not wrong:
            raise
        return _report(journal, None, wrong)  # so damaged that the rest cannot be read
    if compared:
        wrong += wrong_head(compared, seen.events)
    if not wanted:
        wrong += wrong_in_register(seen.items, seen.events)
    for reference, entries in seen.custody.items():
        wrong += wrong_in_custody(reference, entries, seen.items)
    if log_only:
        return _report(journal, None, wrong)
    checks = _look(office, seen, told)
    wrong += wrong_files(checks)
    _remember(office, checks, wanted, wrong)
    return _report(journal, len(checks), wrong)


def _reference(office: Office, typed: str) -> CaseReference:
    """Of a case, or of a governors' paper that was sent."""
    with office.journal.transaction() as transaction:
        paper = paper_typed(typed)
        if paper is None:
            return case_typed(transaction, typed, office.school).reference
        if not any(letter.state is LetterState.SENT for letter in transaction.letters.of_case(paper)):
            raise ValueError(f"No paper {paper} has been sent. How it stands: casework explain {paper}")
    return paper


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    events: tuple[Event, ...]
    items: tuple[EvidenceItem, ...]
    letters: tuple[Letter, ...]
    custody: dict[CaseReference, tuple[CustodyEntry, ...]]


def _gather(office: Office, wanted: CaseReference | None) -> _Seen:
    with office.journal.transaction() as transaction:
        sent_papers = {one.case for one in transaction.letters.sent_since(_EVER) if one.is_paper}
        known = [*(case.reference for case in transaction.cases.all()), *sorted(sent_papers)]
        cases = [reference for reference in known if wanted in {None, reference}]
        evidence = transaction.evidence
        return _Seen(
            events=transaction.events.after(0),
            items=evidence.of_case(wanted) if wanted else evidence.not_checked_since(_ALWAYS),
            letters=tuple(letter for case in cases for letter in transaction.letters.of_case(case)),
            custody={case: transaction.custody.of_case(case) for case in cases},
        )


def _look(office: Office, seen: _Seen, told: Told | None) -> tuple[Checked, ...]:
    items = sorted(seen.items, key=lambda item: (item.kept_at, item.path))
    files = (*items, *letters_as_items(seen.letters))
    done = 0

    def one_more(_: EvidenceItem) -> None:
        nonlocal done
        done += 1
        if told:
            told(done, len(files))

    if told:
        told(0, len(files))
    checks = check_all(files, office.evidence_libraries, told=one_more)
    return _without_written_anew(office, checks)


def _without_written_anew(office: Office, checks: tuple[Checked, ...]) -> tuple[Checked, ...]:
    """A list that the service brought up to date while it was being read is read again."""
    with office.journal.transaction() as transaction:
        now = {check.item.key: transaction.evidence.get(check.item.key) for check in checks if check.finding}
    anew = {
        check.item.key: item
        for check in checks
        if (item := now.get(check.item.key)) and item.sha256 != check.item.sha256
    }
    again = {check.item.key: check for check in check_all(anew.values(), office.evidence_libraries)}
    return tuple(again.get(check.item.key, check) for check in checks)


def _remember(
    office: Office, checks: tuple[Checked, ...], wanted: CaseReference | None, wrong: list[Wrong]
) -> None:
    """Note when each file was checked, and that a person had it checked: in the custody of the case if it was one."""
    with office.sweep():
        now = office.clock.now()
        record_checks(checks, journal=office.journal, school=office.school, now=now)
        with office.journal.transaction() as transaction:
            transaction.events.append(
                "evidence.verified", at=now, case=wanted, files=len(checks), wrong=len(wrong)
            )
            if wanted and checks and not is_paper(wanted):
                found = f"{len(wrong)} thing(s) not as kept" if wrong else "all as kept"
                CustodyNotes(transaction=transaction, case=wanted, now=now).add(
                    CustodyAct.VERIFIED,
                    who="the office, by casework verify",
                    how="every file read and hashed again",
                    on_what=wanted,
                    result=f"{len(checks)} file(s), {found}",
                    once=now.isoformat(),
                )
                plan_pages(transaction, wanted, office.school.code)


def _wrong_journal(journal: Verification) -> list[Wrong]:
    wrong = [Wrong(where="journal", what=damage, next_step=_DAMAGED) for damage in journal.damages]
    if journal.broken_link:
        broken = journal.broken_link
        where = f"event log, entry {broken.number}"
        wrong.append(Wrong(where=where, what=f"{broken.reason}.", next_step=_DAMAGED))
    return wrong


def _report(journal: Verification, files: int | None, wrong: list[Wrong]) -> Verified:
    return Verified(
        entries=journal.head.number if journal.head else 0,
        head=head_in_words(journal.head),
        files=files,
        wrong=tuple(wrong),
    )
