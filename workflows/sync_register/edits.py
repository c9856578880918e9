"""Edits of the list: what staff changed in a row becomes facts, and what follows from them at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.assessment import faults_of
from casework.cases import Case
from casework.letters import LetterState
from casework.letters_asked_for import kinds_asked_for
from casework.linked_cases import read_links
from casework.mails import note_to_chair, note_to_head
from casework.marks import MarkKind, subject_marks
from casework.ports import Register, RegisterRow
from casework.procedures import Procedures
from casework.records import JournalTransaction, Sighting, SightingState
from casework.register_columns import changed_columns, staff_columns
from casework.reopening import reopened
from casework.school import School
from casework.staff_writes import with_planned, with_text, without_assessed
from workflows.closing_notes import close
from workflows.links_by_hand import keep_cases_apart, link_cases, unlink_case
from workflows.list_columns import KeptColumns
from workflows.papers_asked_for import note_letters_asked_for, plan_papers
from workflows.planning import plan, record
from workflows.staff_entries import StaffEntry, enter
from workflows.sync_register.deciding import Decider
from workflows.vault import keep_apart_if_wished
from workflows.who_wrote import RowVersions

_READ_BY_LETTERS = frozenset(
    {"LetterOverride", "Withhold", "Categories", "Child", "Knowingly", "KnowinglyWhy", "ParentEmail"}
)
_PARTS = 3
"""Of a reference: school, year, number."""


class Edits:
    """Compares rows with what was last seen of them."""

    def __init__(self, *, register: Register, school: School, procedures: Procedures, now: datetime) -> None:
        self._register = register
        self._school = school
        self._now = now
        self._columns = KeptColumns(register)
        self._decider = Decider(school=school, procedures=procedures, now=now)

    def take_in(self, transaction: JournalTransaction, row: RegisterRow) -> bool:
        """Record what staff changed in one row; True if something did."""
        case = transaction.cases.by_item(row.item_id)
        if case is None:
            self._keep_number_free(transaction, row)
            return False
        seen = staff_columns(with_planned(case, self._columns.fields(case, row)))
        changed = changed_columns(case.staff, seen)
        updated = replace(case, staff=seen, written=case.written if self._ours_stand(case, row) else "")
        if updated == case:
            return False
        transaction.cases.save(updated)
        if not changed:
            return True
        transaction.events.append("case.edited", at=self._now, case=case.reference, columns=list(changed))
        versions = RowVersions(self._register, row, now=self._now)
        entry = StaffEntry(before=case.staff, case=updated, who_wrote=versions.who_wrote, now=self._now)
        enter(transaction, entry, self._school)
        self._decider.take_columns(transaction, case.reference, case.staff, who_wrote=versions.who_wrote)
        updated = transaction.cases.get(case.reference) or updated
        if "Decision" in changed and seen.decision:
            self._record_decision(transaction, updated, row, versions)
        if case.concerns_head and not updated.concerns_head:
            plan(transaction, note_to_head(updated, school=self._school))
        elif updated.concerns_head and not case.concerns_head:
            plan(transaction, note_to_chair(updated, school=self._school))
        self._close_if_done(transaction, updated, versions)
        self._follow(transaction, updated, changed)
        return True

    def _follow(self, transaction: JournalTransaction, case: Case, changed: tuple[str, ...]) -> None:
        """What else follows from a changed column: who the parent is, what is linked, what is assessed."""
        if {"Parent", "ParentEmail"} & set(changed):
            note_earlier(transaction, case)
        if kinds_asked_for(case):
            plan_papers(transaction, case, self._school, self._now)
            note_letters_asked_for(transaction, case, self._school)
        if _READ_BY_LETTERS & set(changed):
            self._read_letters_again(transaction, case)
        if "ReporterProtected" in changed:
            cause = f"{self._now:%Y%m%dT%H%M%S}"
            keep_apart_if_wished(transaction, case.reference, wished=False, cause=cause, school=self._school)
        if "LinkedCases" in changed:
            self._link(transaction, case)
        if "Assessed" in changed and case.staff.assessment.done:
            self._assess(transaction, case)

    def _read_letters_again(self, transaction: JournalTransaction, case: Case) -> None:
        """A letter that was stopped by a fault is tried again once a column that decides on it was changed."""
        for letter in transaction.letters.of_case(case.reference):
            if letter.state is LetterState.DRAFTING:
                transaction.outbox_view.retry(f"{letter.key}/draft")

    def _assess(self, transaction: JournalTransaction, case: Case) -> None:
        """An assessment without any answer is refused: the tick is taken back, and the row says why."""
        faults = faults_of(case.staff.assessment, case.staff.categories)
        if not faults:
            record(transaction, "case.assessed", at=self._now, case=case.reference)
            return
        current = transaction.cases.get(case.reference) or case
        transaction.cases.save(without_assessed(current))
        record(
            transaction, "case.assessment_refused", at=self._now, case=case.reference, why=" ".join(faults)
        )

    def _link(self, transaction: JournalTransaction, case: Case) -> None:
        """Numbers in the Linked cases column link both ways; taking one out lets it go; "none" declines the offer."""
        current = transaction.cases.get(case.reference) or case
        wanted = read_links(case.staff.linked_cases, school=self._school.code)
        if case.staff.linked_cases.strip() and not (wanted.cases or wanted.apart):
            self._show_links_as_they_are(transaction, current)
            record(transaction, "case.link_unread", at=self._now, case=current.reference)
            return
        if wanted.apart:
            keep_cases_apart(
                transaction, (current.reference, *(other for other, _ in current.alike)), now=self._now
            )
        names = set(wanted.cases) - {current.reference}
        unknown = sorted(name for name in names if transaction.cases.get(name) is None)
        if set(current.linked) - names and current.linked:
            unlink_case(transaction, current, current.linked, now=self._now)
        if names - set(unknown):
            link_cases(transaction, (current.reference, *(names - set(unknown))), now=self._now)
        elif wanted.apart or unknown:
            self._show_links_as_they_are(transaction, current)
        if unknown:
            record(
                transaction, "case.link_unknown", at=self._now, case=current.reference, cases=list(unknown)
            )

    def _show_links_as_they_are(self, transaction: JournalTransaction, case: Case) -> None:
        current = transaction.cases.get(case.reference)
        if current:
            transaction.cases.save(with_text(current, "LinkedCases", ", ".join(current.linked)))

    def _keep_number_free(self, transaction: JournalTransaction, row: RegisterRow) -> None:
        """A row that somebody added by hand is theirs; its number is never given to a case."""
        parts = str(row.fields.get("Reference") or "").split("-")
        if (
            len(parts) == _PARTS
            and parts[0] == self._school.code
            and parts[1].isdigit()
            and parts[2].isdigit()
        ):
            transaction.cases.reserve(parts[0], int(parts[1]), int(parts[2]))

    def _ours_stand(self, case: Case, row: RegisterRow) -> bool:
        """False if somebody wrote into a column of Casework's: it is then written again."""
        if row.fields.get("Title") != case.title:
            return False
        shown = row.fields.get("Reference")
        return shown == case.reference or (not shown and "Reference" in self._columns.missing)

    def _record_decision(
        self, transaction: JournalTransaction, case: Case, row: RegisterRow, versions: RowVersions
    ) -> None:
        """A decision waits with the proof of who set it: the list version that brought it."""
        setter = versions.set_by("Decision")
        sighting = Sighting(
            key=f"decision/{row.item_id}/{row.etag}",
            source_id=row.item_id,
            seen_at=self._now,
            received_at=setter.modified_at or self._now,
            state=SightingState.WAITING,
            kind="decision",
            sender=setter.modified_by.casefold(),
            case=case.reference,
            facts={
                "how": "column",
                "answer": case.staff.decision.value if case.staff.decision else "",
                "why": case.staff.decision_note,
            },
        )
        transaction.sightings.save(sighting)

    def _close_if_done(self, transaction: JournalTransaction, case: Case, versions: RowVersions) -> None:
        """Outcome closes a case, and who set it is kept beside it; emptying it opens the case again."""
        if case.staff.outcome and case.is_open:
            wrote = versions.who_wrote("Outcome")
            close(transaction, case, by=wrote.by, at=wrote.at, now=self._now, school=self._school)
        elif not case.staff.outcome and case.closed_at:
            closed_on, today = self._school.today(case.closed_at), self._school.today(self._now)
            transaction.cases.save(reopened(case, now=self._now, closed_on=closed_on, on=today))
            record(transaction, "case.reopened", at=self._now, case=case.reference)


def note_earlier(transaction: JournalTransaction, case: Case) -> None:
    """Name the earlier cases of the same parent on the case: that the posting continues is weighed by them."""
    shared = transaction.marks.shared(MarkKind.SUBJECT, subject_marks(case.staff))
    earlier = tuple(sorted(other for other in shared if other < case.reference))
    current = transaction.cases.get(case.reference)
    if current and current.earlier != earlier:
        transaction.cases.save(replace(current, earlier=earlier))
