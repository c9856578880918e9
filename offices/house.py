"""Setup's advice on permissions, and the doctor's examination of everything that Casework needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casework.errors import CaseworkError, JournalError, NotPermittedError, NotThereError
from casework.policy_people import manager_of
from casework.policy_register.rules import InCalendar
from casework.school import Role
from casework.term_dates import DayKind, TermDates
from connectors.calendar_files import PassedOver, entries_passed_over
from connectors.journal import can_be_listened_to
from connectors.microsoft365.checks import Check, Patients, run_checks
from connectors.microsoft365.checks.mailboxes import REPORTING
from connectors.microsoft365.permissions import PermissionAdvice, permission_advice
from offices.calendar_file import settle_calendar
from offices.machine_clock import machine_now
from offices.office import Office
from offices.private_files import how_to_close, open_files

DECIDERS = ("headteacher", "deputy", "chair")
"""In whose Drafts a letter may lie."""
_MOST_PASSED_OVER = 10
_TLS = "sslmode=verify-full&sslrootcert=FILE"


def advice_for(office: Office) -> PermissionAdvice:
    """Which permissions to grant for this school, what power they give, and the lines that narrow them."""
    people = office.settings.people
    calendars = tuple(calendar_owners(office).values())
    approvers = [people[role].address for role in DECIDERS if role in people]
    drop = [office.settings.drop.drive] if office.settings.drop else []
    owners = tuple(drive for drive in (*drop, office.settings.policies.drive) if "@" in drive)
    return permission_advice(
        client_id=office.settings.microsoft365.client_id,
        mailboxes=(office.school.reporting_mailbox, *approvers),
        site=office.settings.microsoft365.site,
        drive_owners=tuple(dict.fromkeys(owners)),
        calendars=calendars,
        absences=_looked_at(office),
        directory=office.settings.policies.check_directory,
    )


def _looked_at(office: Office) -> tuple[str, ...]:
    """Of whom Casework sees when they are away; nobody where the school does not want that."""
    if not office.settings.approvals.look_at_automatic_replies:
        return ()
    return tuple(person.address for person in office.settings.people.values())


def calendar_owners(office: Office) -> dict[str, str]:
    """Address by role of everybody in whose calendar something may stand: a review, a deadline, the second alarm."""
    school = office.school
    wanted = school.policies.calendar
    if wanted is InCalendar.OWNER or school.deadlines_in_outlook:
        return {role.words: person.address for role, person in school.people.items()}
    owners: dict[str, str] = {}
    if school.second_alarm:
        owners[Role.OFFICE.words] = school.person(Role.OFFICE).address
    if wanted is not InCalendar.NOBODY:
        manager = manager_of(school)
        owners[manager.words.removeprefix("the ")] = manager.address
    return owners


def examine(office: Office, *, tries_out: bool = True) -> Iterator[Check]:
    """Look at the school's own files first, then at the tenant; try out what may be written there, or not."""
    yield _calendar(office)
    yield _journal(office)
    yield from _line_to_the_journal(office)
    yield _private(office)
    yield from _procedure(office)
    yield _templates(office)
    people = office.settings.people
    mailboxes = {REPORTING: office.school.reporting_mailbox}
    mailboxes |= {role: people[role].address for role in DECIDERS if role in people}
    outsiders = tuple(
        person.address for role, person in people.items() if role in {"clerk", "safeguarding_lead"}
    )
    calendars = calendar_owners(office)
    yield from _automatic_replies(office)
    yield from run_checks(
        office.account,
        Patients(
            wishes=office.wishes,
            mailboxes=mailboxes,
            outsiders=tuple(address for address in outsiders if address not in calendars.values()),
            calendars=calendars,
            directory=office.settings.policies.check_directory,
            tries_out=tries_out,
        ),
        now=machine_now,
    )


def _automatic_replies(office: Office) -> Iterator[Check]:
    """Whether Casework sees who is away; a school that does not want that is asked nothing."""
    name, replies = "Automatic replies", office.automatic_replies
    if replies is None:
        return
    unseen: list[str] = []
    for person in office.school.people.values():
        try:
            replies.away(person.address, now=machine_now())
        except NotPermittedError:
            unseen.append(f"the {person.role.words}")
        except NotThereError:
            continue  # somebody with a mailbox elsewhere, as many a clerk has
        except CaseworkError as error:
            yield Check(name=name, ok=False, finding=str(error), next_step="Run casework doctor again later.")
            return
    if unseen:
        step = (
            "Run the lines for Exchange that casework setup --permissions prints, or write "
            "look_at_automatic_replies = false into [approvals]."
        )
        finding = f"Casework may not see whether these are away: {', '.join(unseen)}."
        yield Check(name=name, ok=False, finding=finding, next_step=step)
    else:
        yield Check(name=name, ok=True, finding="Casework sees when somebody is away.")


def _calendar(office: Office) -> Check:
    problem = office.calendar_problem or _settled(office)
    if problem:
        step = "Mend the file; Casework takes it up by itself."
        return Check(name="term calendar", ok=False, finding=problem, next_step=step)
    warning = office.school.calendar.runs_short(office.school.today(machine_now()))
    step = "Add the next term's dates to the calendar file." if warning else ""
    if not warning and (old := office.bank_holidays.trouble(office.school.calendar)):
        step = "The bank holidays that were known before go on counting."
        return Check(name="term calendar", ok=False, finding=old, next_step=step)
    told = f"{_taken_as_off(office.school.calendar)}{_passed_over(office)}"
    finding = f"{warning or 'It reaches far enough.'}{told}"
    return Check(name="term calendar", ok=not warning, finding=finding, next_step=step)


def _settled(office: Office) -> str:
    try:
        return settle_calendar(office, machine_now())
    except CaseworkError:
        return ""  # no journal or no tenant to hold it against, which the checks below say


def _taken_as_off(calendar: TermDates) -> str:
    """In Scotland, where many a school is open on them: the bank holidays inside the terms."""
    if calendar.division != "Scotland":
        return ""
    span = range(calendar.first_day.toordinal(), calendar.last_day.toordinal() + 1)
    days = [
        f"{day.day} {day:%B %Y}"
        for day in map(date.fromordinal, span)
        if calendar.kind_of(day) is DayKind.BANK_HOLIDAY
        and any(term.starts <= day <= term.ends for term in calendar.terms)
    ]
    if not days:
        return ""
    return f" Bank holidays inside the terms: {', '.join(days)}. If pupils are in school then, name them as open_days."


def _passed_over(office: Office) -> str:
    """Of a feed: how many entries do not count, and those to come that speak of a day off all the same."""
    settings = office.settings
    entries = entries_passed_over(settings.path(settings.term_dates.file))
    if not entries:
        return ""
    today = office.school.today(machine_now())
    doubtful = [entry for entry in entries if entry.mentions and entry.ends >= today]
    said = f" Entries of the feed that are about something else: {len(entries)}."
    if not doubtful:
        return said
    names = [f'"{one.says}" ({_span(one)})' for one in doubtful[:_MOST_PASSED_OVER]]
    more = f", and {len(doubtful) - len(names)} more" if len(doubtful) > len(names) else ""
    return (
        f"{said} These are taken for school days although their words speak of a day off: {', '.join(names)}{more}. "
        'If one is a day off, name it "Half term", "INSET day" or "School closed".'
    )


def _span(entry: PassedOver) -> str:
    first, last = (f"{day.day} {day:%B %Y}" for day in (entry.starts, entry.ends))
    return first if entry.starts == entry.ends else f"{first} to {last}"


def _journal(office: Office) -> Check:
    try:
        holds = office.journal.verify().holds
    except CaseworkError as error:
        return Check(name="journal", ok=False, finding=str(error), next_step="Mend that first.")
    finding = "It opens, and its log holds." if holds else "Its log is not as it was written."
    return Check(name="journal", ok=holds, finding=finding, next_step="" if holds else "Run: casework verify")


def _line_to_the_journal(office: Office) -> Iterator[Check]:
    """Whether somebody on the network could read what goes to the database; a file has no such line."""
    url = office.settings.journal.url
    if not url:
        return
    bare = can_be_listened_to(url)
    yield Check(
        name="line to the journal",
        ok=not bare,
        finding=(
            "What goes to the database may cross the network in the clear."
            if bare
            else "Nobody on the network can read what goes to the database."
        ),
        next_step=f"Add ?{_TLS} to [journal] url and to --engine; see docs/how-to/set-up-a-trust.md"
        if bare
        else "",
    )


def _private(office: Office) -> Check:
    """Whether only the account that runs Casework can open what holds secrets and people."""
    bare = open_files(office.earnest)
    names = ", ".join(file.name for file in bare)
    finding = (
        f"Other accounts of this machine can open {names}." if bare else "Other accounts cannot open them."
    )
    return Check(
        name="private files",
        ok=not bare,
        finding=finding,
        next_step=f"Run: {how_to_close(bare)}" if bare else "",
    )


def _templates(office: Office) -> Check:
    letters, mails = office.letter_writer, office.mail_writer
    problems = [problem for kind in letters.kinds() for problem in letters.check(kind) if problem.stops]
    problems += [problem for name in mails.names() for problem in mails.check(name) if problem.stops]
    if problems:
        finding = f"{problems[0].template}: {problems[0].reason}"
        return Check(name="templates", ok=False, finding=finding, next_step="Run: casework check-templates")
    return Check(name="templates", ok=True, finding="Every letter and mail can be written.")


def _procedure(office: Office) -> Iterator[Check]:
    try:
        name = " and ".join(one.name for one in office.procedures.current)
    except JournalError:
        return  # told already, and running cases keep their versions there
    except CaseworkError as error:
        step = "Mend the file in templates/procedures."
        yield Check(name="procedure", ok=False, finding=str(error), next_step=step)
    else:
        yield Check(name="procedure", ok=True, finding=f"Complete: {name}.")
