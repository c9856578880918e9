"""Which job runs when, and in which order: `uv run schedule.py` runs everything."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from casework.errors import (
    CaseworkError,
    JournalBusyError,
    JournalError,
    NewerJournalError,
    SignInError,
    TurnLostError,
    WrongClockError,
)
from casework.halts import goes_on
from offices.asking_ahead import ask_ahead
from offices.backups import back_up, copy_away
from offices.calendar_file import follow_calendar_file
from offices.expiring import sign_in_until
from offices.halted import FINDING_HALTS, at_rest, halted_sentences, whole_libraries
from offices.office import Office
from offices.practice_log import tell_practice
from offices.timetable import SweepReport, Timetable
from offices.timetable import TimetableJob as Job
from workflows.asking_for_evidence import ask_for_evidence
from workflows.awaiting_word import awaits_word, is_held
from workflows.calendar_changes import follow_calendar
from workflows.carry_out import carry_out
from workflows.case_calendar import keep_case_calendar
from workflows.chase_follow_ups import chase_follow_ups
from workflows.collect_approvals import collect_approvals
from workflows.draft_letters import draft_letters
from workflows.governors_paper import draft_governors_paper
from workflows.halts.looking import look_at_sides
from workflows.heartbeat import show_heartbeat
from workflows.job_report import JobReport
from workflows.keep_house import keep_house
from workflows.open_cases import open_cases
from workflows.report_day import report_day
from workflows.review_policies import review_policies, write_policy_register
from workflows.second_alarm import push_alarm
from workflows.sync_register import sync_register, write_register
from workflows.urgent_again import tell_again
from workflows.yearly_reminder import draft_yearly_reminder


def _open_cases(office: Office, now: datetime) -> JobReport:
    return open_cases(inbox=office.inbox, drop=office.drop, desk=office.intake_desk(now))


def _sync_register(office: Office, now: datetime) -> JobReport:
    return sync_register(
        register=office.cases,
        journal=office.journal,
        school=office.school,
        procedures=office.procedures,
        tokens=office.tokens,
        now=now,
        seen=office.seen,
    )


def _draft_letters(office: Office, now: datetime) -> JobReport:
    return draft_letters(
        library=office.casework,
        journal=office.journal,
        school=office.school,
        procedures=office.procedures,
        tokens=office.tokens,
        now=now,
        replies=office.automatic_replies,
    )


def _collect_approvals(office: Office, now: datetime) -> JobReport:
    return collect_approvals(
        mail=office.mail,
        reader=office.intake_desk(now).reader,
        journal=office.journal,
        school=office.school,
        tokens=office.tokens,
        now=now,
    )


def _chase_follow_ups(office: Office, now: datetime) -> JobReport:
    moved = follow_calendar(
        journal=office.journal, school=office.school, procedures=office.procedures, now=now
    )
    chased = chase_follow_ups(
        journal=office.journal,
        school=office.school,
        procedures=office.procedures,
        tokens=office.tokens,
        now=now,
        ladders=office.ladders,
    )
    asked = ask_for_evidence(journal=office.journal, school=office.school, tokens=office.tokens, now=now)
    entered = keep_case_calendar(
        journal=office.journal, school=office.school, procedures=office.procedures, now=now
    )
    urgent = tell_again(journal=office.journal, school=office.school, now=now)
    return JobReport.joined((JobReport(changes=moved), chased, asked, urgent, entered))


def _review_policies(office: Office, now: datetime) -> JobReport:
    return review_policies(office.policy_desk(now))


def _report_day(office: Office, now: datetime) -> JobReport:
    paper = draft_governors_paper(journal=office.journal, school=office.school, tokens=office.tokens, now=now)
    yearly = draft_yearly_reminder(journal=office.journal, school=office.school, now=now)
    if awaits_word(office.journal):  # a morning mail for each day of waiting would be a storm
        return JobReport.joined((paper, yearly))
    reported = report_day(
        journal=office.journal,
        school=office.school,
        procedures=office.procedures,
        lists=office.list_shapes,
        now=now,
    )
    return JobReport.joined((paper, yearly, reported))


def _keep_house(office: Office, now: datetime) -> JobReport:
    looked = look_at_sides(
        outgoing=office.mail.outgoing(office.school.reporting_mailbox),
        libraries=office.evidence_libraries,
        journal=office.journal,
        school=office.school,
        tokens=office.tokens,
        now=now,
    )
    alarm = JobReport()
    if not is_held(office.journal):  # nothing is sent: should nobody confirm for hours, it rings
        alarm = push_alarm(calendars=office.alarms, journal=office.journal, school=office.school, now=now)
    shown = show_heartbeat(
        library=office.casework,
        journal=office.journal,
        school=office.school,
        now=now,
        tell_silence=office.settings.practice is None,
        seen=office.seen,
    )
    kept = keep_house(
        journal=office.journal,
        libraries=whole_libraries(office),
        school=office.school,
        back_up=partial(back_up, office),
        now=now,
        sign_in=sign_in_until(office.settings),
    )
    return JobReport.joined((looked, alarm, shown, kept, copy_away(office, now)))


JOBS: tuple[Job, ...] = (
    Job(name="open_cases", every=timedelta(minutes=1), sweep=_open_cases),
    Job(name="sync_register", every=timedelta(minutes=1), sweep=_sync_register),
    Job(name="draft_letters", every=timedelta(minutes=2), sweep=_draft_letters),
    Job(name="collect_approvals", every=timedelta(minutes=1), sweep=_collect_approvals),
    Job(name="chase_follow_ups", every=timedelta(minutes=5), sweep=_chase_follow_ups),
    Job(name="review_policies", every=timedelta(minutes=5), sweep=_review_policies),
    Job(name="report_day", every=timedelta(minutes=5), sweep=_report_day, tells=True),
    Job(name="keep_house", every=timedelta(minutes=15), sweep=_keep_house),
)
"""Every job, in the order in which `casework once` runs them. Names are those of the modules in workflows/."""

SENT_BACK_AT_MOST = 3
MOST_ROUNDS = 6
"""A sweep goes round again while one job's work gives another something to do; more would be a loop."""

HELD_TO_BE_CONFIRMED = (
    "Nothing is sent, because the journal was rebuilt and nobody has confirmed yet what it would send. "
    "See it with: casework rebuild --dry-run. Then run: casework rebuild --confirm"
)


def jobs_named(names: Iterable[str]) -> tuple[Job, ...]:
    """The jobs of these names (hyphens accepted), in the table's order; all of them for none.

    Raises:
        ValueError: names the one that is not known, and those that are.
    """
    wanted = [name.strip().replace("-", "_") for name in names]
    known = [job.name for job in JOBS]
    for name in wanted:
        if name not in known:
            raise ValueError(f"There is no job called {name}. The jobs are: {', '.join(known)}.")
    return tuple(job for job in JOBS if not wanted or job.name in wanted)


def run_once(
    office: Office, jobs: tuple[Job, ...] = JOBS, *, told: Callable[[str], None] | None = None
) -> SweepReport:
    """Run the jobs, the outbox and the registers' own columns with one `now`, until nothing due is left."""
    if office.clock_watch and (wrong := office.clock_watch.trouble()):
        return SweepReport(changes=0, failed=(wrong,), problems=())
    with office.sweep():
        try:
            now = office.sure_clock.now()
        except WrongClockError as error:
            return SweepReport(changes=0, failed=(str(error),), problems=())
        office.know_places()
        names = [job.name for job in jobs]
        ask_ahead(office, names, now)
        problems = follow_calendar_file(office, now)
        if not problems and office.nothing_new.is_so(office, names, now):
            report = SweepReport(changes=0, failed=(), problems=())
            wrote = _note(office, jobs, report, now, nothing_new=True)
            office.nothing_new.passed_over(office, names, wrote=wrote)
        else:
            begun = office.nothing_new.begin(office)
            report = _whole(office, jobs, now, told, problems)
            _note(office, jobs, report, now)
            office.nothing_new.ended(office, names, report, begun=begun, now=now)
    tell_practice(office, swept=now if jobs == JOBS else None)
    return report


def _whole(
    office: Office,
    jobs: tuple[Job, ...],
    now: datetime,
    told: Callable[[str], None] | None,
    known: tuple[str, ...],
) -> SweepReport:
    """A look in which every job is swept; `known` are troubles that were found before."""
    problems = [*known]
    changes = 0
    office.know_versions()
    for number in range(MOST_ROUNDS):
        if number:
            ask_ahead(office, [job.name for job in jobs], now)
        failed, report, refused = _one_round(office, jobs, now, told)
        changes += report.changes
        problems += report.problems
        if failed or not report.goes_on:
            break
    return SweepReport(
        changes=changes,
        failed=failed,
        problems=tuple(dict.fromkeys(problems)),
        refused_sign_in=refused,
    )


def _note(
    office: Office, jobs: tuple[Job, ...], report: SweepReport, now: datetime, *, nothing_new: bool = False
) -> bool:
    """Remember for `casework status` how each job went; refused sign-in means that none could do its work.

    Returns:
        True if anything may have been written.
    """
    every = {job.name: int(job.every.total_seconds()) for job in jobs}
    names = {failure.partition(":")[0] for failure in report.failed}
    with suppress(JournalError):  # a full disk was told by the jobs themselves
        return office.notes.note(
            office.journal,
            jobs={**every, **dict.fromkeys(STEPS, 0)},
            failed=frozenset((*every, *STEPS) if report.refused_sign_in else names),
            changes=report.changes,
            now=now,
            nothing_new=nothing_new,
        )
    return True


TIMETABLE = Timetable(jobs=JOBS, run_once=run_once)


def _one_round(
    office: Office, jobs: tuple[Job, ...], now: datetime, told: Callable[[str], None] | None
) -> tuple[tuple[str, ...], JobReport, bool]:
    failed: list[str] = []
    refused = False
    reports: list[JobReport] = []
    steps = [(job.name, job.sweep) for job in jobs]
    resting = at_rest(office)
    for name, step in (*steps, *STEPS.items()):
        if name in resting:
            continue
        if told:
            told(name)
        try:
            reports.append(_done(step, office, now))
        except SignInError as error:
            failed.append(f"{name}: {error}")
            refused = True
            break  # nothing else can be asked of the tenant either
        except (TurnLostError, NewerJournalError):
            raise  # somebody else is at work on the school
        except CaseworkError as error:
            failed.append(f"{name}: {error}")
        if name in FINDING_HALTS:
            resting = at_rest(office)
    return tuple(failed), JobReport.joined(reports), refused


def _done(step: Callable[[Office, datetime], JobReport], office: Office, now: datetime) -> JobReport:
    """Do a step; where the database sent it back, the same once more: a step done twice is done once."""
    for _ in range(SENT_BACK_AT_MOST):
        with suppress(JournalBusyError):
            return step(office, now)
    return step(office, now)


def _carry_out(office: Office, now: datetime) -> JobReport:
    if is_held(office.journal):
        return JobReport(problems=(HELD_TO_BE_CONFIRMED,))
    halted = halted_sentences(office)
    report = carry_out(office.tools(now), only=goes_on if halted else None)
    return JobReport.joined((report, JobReport(problems=halted)))


def _write_registers(office: Office, now: datetime) -> JobReport:
    cases = write_register(
        register=office.cases,
        journal=office.journal,
        school=office.school,
        procedures=office.procedures,
        now=now,
        seen=office.seen,
    )
    policies = write_policy_register(office.policy_desk(now))
    # what was written is our own: it gives no other job anything to do
    return JobReport(changes=0, problems=(*cases.problems, *policies.problems))


STEPS: Mapping[str, Callable[[Office, datetime], JobReport]] = {
    "outbox": _carry_out,
    "registers": _write_registers,
}
"""What follows the jobs in every round."""


if __name__ == "__main__":
    from offices.first_run import first_run

    sys.exit(first_run(sys.argv[1:], TIMETABLE))
