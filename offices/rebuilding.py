"""What `casework rebuild` does: put a lost journal together again, look at everything once, and hold all mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from casework.errors import JournalError
from casework.intents import SendMail
from offices.office import Office
from offices.timetable import Timetable
from workflows.awaiting_word import HELD, finish, is_held, let_go, settle_what_was_said
from workflows.rebuild import Rebuilder, Regained
from workflows.regain_calendars import CalendarRegainer
from workflows.regain_reports import ReportRegainer
from workflows.regain_words import WordFiles
from workflows.review_policies.edits import LIST_CURSOR


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilt:
    """What was regained, and what waits for a person's word.

    Attributes:
        waiting: what would be sent, in words, with how often.
        failed: jobs that could not look.
    """

    regained: Regained
    waiting: tuple[tuple[str, int], ...]
    failed: tuple[str, ...] = ()


def rebuild(
    office: Office, timetable: Timetable, *, head: str = "", told: Callable[[int, int], None] | None = None
) -> Rebuilt:
    """Fill an empty journal from the list, the folders and the mailboxes.

    Args:
        office: the school.
        timetable: the jobs that look afterwards.
        head: the newest entry of the lost log.
        told: called with (done, of) while sealed originals are read.

    Raises:
        JournalError: the journal has cases, so it is not lost.
    """
    office.may_begin = True
    with office.sweep():
        with office.journal.transaction() as transaction:
            cases = transaction.cases.all()
        if cases and not is_held(office.journal):
            raise JournalError(
                f"The journal is not lost: it holds {len(cases)} case(s). "
                "If it is damaged, stop Casework, move its file away, and run casework rebuild again."
            )
        regained = rebuilder(office, office.clock.now(), told=told).regain(head=head)
    return look_once(office, timetable, regained)


def is_lost(office: Office) -> bool:
    """Whether the journal knows no case, and was not rebuilt already."""
    with office.journal.transaction() as transaction:
        return not transaction.cases.all() and not transaction.cursors.get(HELD)


def look_once(office: Office, timetable: Timetable, regained: Regained) -> Rebuilt:
    """Let every job look at what was regained while all mail is held, and show what would be sent."""
    failed = timetable.run_once(office, timetable.jobs).failed
    with office.journal.transaction() as transaction:
        # what staff wrote beside the policies is read once the rows are known again
        transaction.cursors.forget(LIST_CURSOR)
    failed += timetable.run_once(office, timetable.jobs).failed
    settle_what_was_said(office.journal)
    finish(office.journal)
    return Rebuilt(regained=regained, waiting=what_waits(office), failed=tuple(dict.fromkeys(failed)))


def rebuilder(office: Office, now: datetime, *, told: Callable[[int, int], None] | None = None) -> Rebuilder:
    """What regains facts for this school."""
    return Rebuilder(
        register=office.cases,
        mail=office.mail,
        words=WordFiles(casework=office.casework, text=office.letter_writer.text),
        journal=office.journal,
        school=office.school,
        tokens=office.tokens,
        now=now,
        reports=ReportRegainer(
            sealed=office.sealed,
            reader=office.intake_desk(now).reader,
            journal=office.journal,
            school=office.school,
            now=now,
            told=told,
        ),
        calendars=CalendarRegainer(calendars=office.calendars, journal=office.journal, school=office.school),
    )


def what_waits(office: Office) -> tuple[tuple[str, int], ...]:
    """What the outbox would do next, in words and without a name, with how often."""
    with office.journal.transaction() as transaction:
        effects = transaction.outbox_view.unfinished()
    counted: Counter[str] = Counter()
    for effect in effects:
        if effect.kind == SendMail.kind:
            mail, role = (str(effect.payload.get(name, "")) for name in ("mail", "role"))
            counted[f"mail to the {role}: {mail.replace('_', ' ')}"] += 1
        else:
            counted[effect.kind] += 1
    return tuple(sorted(counted.items()))


def confirm(office: Office) -> bool:
    """Let what waits go out at the next sweep; False if nothing was held.

    Raises:
        JournalError: the rebuild was broken off.
    """
    with office.sweep():
        return let_go(office.journal, now=office.clock.now())
