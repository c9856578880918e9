"""What staff enter in the list about a talk, a letter's service, the post and the evidence becomes part of the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.cases import Case, StaffColumns
from casework.custody import CustodyAct
from casework.evidence import sha256_of
from casework.hiding import names_in
from casework.intents import RedactCopies
from casework.records import JournalTransaction
from casework.school import School
from casework.still_up import PostState
from casework.waiting import told_anew
from workflows.custody import CustodyNotes, plan_pages
from workflows.planning import plan, record
from workflows.who_wrote import WhoWrote

STAFF = "a member of staff"


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffEntry:
    """One edit of a row.

    Attributes:
        before: the columns as they were seen last.
        case: with the columns as they are now.
        who_wrote: what stands in them, and when.
    """

    before: StaffColumns
    case: Case
    who_wrote: WhoWrote
    now: datetime


def enter(transaction: JournalTransaction, entry: StaffEntry, school: School) -> Case:
    """Log what happened on the day on which it happened, however late it is entered; returns the case as it then is."""
    entry = _wait(transaction, entry, school)
    _talk(transaction, entry)
    _service(transaction, entry)
    _lock(transaction, entry, school)
    if entry.case.staff.withhold != entry.before.withhold:
        ask_for_redaction(
            transaction,
            entry.case,
            entry.case.staff.withhold,
            asked_by=entry.who_wrote("Withhold").by,
            now=entry.now,
            school=school,
        )
    return _post(transaction, entry, school)


def role_of(address: str, school: School) -> str:
    """Who it was, by role: the log names nobody."""
    found = [
        person.role.words
        for person in school.people.values()
        if person.address.casefold() == address.casefold()
    ]
    return f"the {found[0]}" if found and address else STAFF


def ask_for_redaction(
    transaction: JournalTransaction, case: Case, names: str, *, asked_by: str, now: datetime, school: School
) -> None:
    """Plan redacted copies with these names withheld; an earlier list's copies stay as they are."""
    listed = [part for person in names_in([names]) for part in person if part]
    if not listed:
        return
    mark = sha256_of("\n".join(sorted(name.casefold() for name in listed)).encode())[:6]
    on = school.today(now).isoformat()
    plan(
        transaction,
        RedactCopies(
            key=f"{school.code}/case/{case.reference}/redaction/{on}/{mark}",
            case=case.reference,
            names=listed,
            mark=mark,
            asked_by=asked_by,
            asked_by_role=role_of(asked_by, school),
            asked_on=on,
        ),
    )


def _wait(transaction: JournalTransaction, entry: StaffEntry, school: School) -> StaffEntry:
    """While something stands in "Waiting for", the clock of the case's step stands still."""
    words = entry.case.staff.steps.waiting_for
    still_closed = not entry.case.is_open and bool(entry.case.staff.outcome)
    if words == entry.before.steps.waiting_for or still_closed:
        return entry
    waits = told_anew(entry.case.waits, words, on=school.today(entry.who_wrote("WaitingFor").at))
    waited = replace(entry.case, waits=waits)
    transaction.cases.save(waited)
    record(transaction, "case.waits" if words else "case.goes_on", at=entry.now, case=waited.reference)
    return replace(entry, case=transaction.cases.get(waited.reference) or waited)


def _talk(transaction: JournalTransaction, entry: StaffEntry) -> None:
    before, now = entry.before, entry.case.staff
    if not entry.case.talk_logged or not now.talked_on or not now.talk_outcome:
        return
    if (before.talked_on, before.talk_outcome) == (now.talked_on, now.talk_outcome):
        return
    transaction.events.append(
        "talk.held",
        at=entry.now,
        case=entry.case.reference,
        outcome=now.talk_outcome.value,
        on=now.talked_on.isoformat(),
    )


def _service(transaction: JournalTransaction, entry: StaffEntry) -> None:
    served = entry.case.staff.served_on
    if served and served != entry.before.served_on:
        transaction.events.append(
            "letter.served", at=entry.now, case=entry.case.reference, on=served.isoformat()
        )


def _lock(transaction: JournalTransaction, entry: StaffEntry, school: School) -> None:
    """The reason is a person's own words: it stands in the list and in the custody record, never in the log."""
    before, reason = entry.before.evidence_lock, entry.case.staff.evidence_lock
    if before == reason:
        return
    locked = bool(reason)
    entered_by = entry.who_wrote("EvidenceLock").by
    if bool(before) != locked:
        who = role_of(entered_by, school)
        what = "evidence.locked" if locked else "evidence.unlocked"
        transaction.events.append(what, at=entry.now, case=entry.case.reference, who=who)
    note = CustodyNotes(transaction=transaction, case=entry.case.reference, now=entry.now)
    note.add(
        CustodyAct.LOCKED if locked else CustodyAct.UNLOCKED,
        who=entered_by or STAFF,
        how='in the column "Evidence locked because"',
        on_what=entry.case.reference,
        result=f"reason: {reason[:1000]}" if locked else "the reason was emptied",
        once=f"{entry.now.isoformat()} {sha256_of(reason.encode())[:16]}",
    )
    plan_pages(transaction, entry.case.reference, school.code)


def _post(transaction: JournalTransaction, entry: StaffEntry, school: School) -> Case:
    """Somebody looked whether the post is still up, or found out when it was posted, and entered it in the list."""
    before, now = entry.before, entry.case.staff
    posted_on = now.assessment.posted_on
    if posted_on and posted_on != before.assessment.posted_on:
        transaction.events.append(
            "post.published",
            at=entry.now,
            case=entry.case.reference,
            how="staff say",
            on=posted_on.isoformat(),
        )
    if now.still_up is None or (before.still_up, before.still_up_on) == (now.still_up, now.still_up_on):
        return entry.case
    wrote = entry.who_wrote("StillUp", "StillUpOn")
    return post_was_seen(
        transaction,
        entry.case,
        now.still_up,
        on=now.still_up_on or school.today(wrote.at),
        who=role_of(wrote.by, school),
        how="in the list",
        now=entry.now,
    )


def post_was_seen(
    transaction: JournalTransaction,
    case: Case,
    state: PostState,
    *,
    on: date,
    who: str,
    how: str,
    now: datetime,
) -> Case:
    """Record what a person saw of the post: in the online lane, and on the case if nobody has looked later."""
    transaction.events.append(
        "post.looked_at",
        at=now,
        case=case.reference,
        state=state.value,
        who=who,
        how=how,
        on=on.isoformat(),
    )
    if case.post_seen_on and on < case.post_seen_on:
        return case
    seen = replace(case, post_state=state, post_seen_on=on, post_seen_by=who)
    transaction.cases.save(seen)
    return seen
