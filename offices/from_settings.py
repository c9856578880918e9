"""From the settings file to the values that rules and connectors work with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import templates
from casework.absences import Away
from casework.letter_rules import LetterRules
from casework.policy_register import DueDay
from casework.policy_register.rules import InCalendar, PolicyRules
from casework.school import Person, Role, School
from casework.school_hours import SendingHours
from casework.term_dates import TermDates
from connectors.calendar_files import read_term_dates
from connectors.documents.host_packs import read_host_packs
from connectors.documents.letter_rules import read_letter_rules
from connectors.microsoft365.provisioning import Wishes
from connectors.policy_files import read_statutory
from connectors.settings_file import Settings
from connectors.settings_file.sections import Role as SettingsRole
from offices.published_bank_holidays import PublishedBankHolidays
from offices.read_once import read_once

TEMPLATES = Path(templates.__file__).parent
STATUTORY_LIST = TEMPLATES / "statutory_policies.toml"


def school_of(settings: Settings, *, calendar: TermDates | None = None) -> School:
    """The school as rules see it; reads its term calendar and the rules of its letters.

    Args:
        settings: of the school.
        calendar: counts in place of the file, which is then not read.

    Raises:
        TermCalendarError: the calendar's file needs mending.
        SettingsError: what is laid down for a kind of letter, needs mending.
    """
    given = settings.school
    people = {
        Role(role): Person(role=Role(role), name=person.name, address=person.address.casefold())
        for role, person in settings.people.items()
    }
    agreed, held = settings.approvals, {role.value: person.address for role, person in people.items()}
    addresses = [*(person.address for person in people.values()), settings.microsoft365.reporting_mailbox]
    head = settings.people["headteacher"]
    return School(
        code=given.code,
        name=given.name,
        zone=ZoneInfo(given.timezone),
        people=people,
        calendar=calendar or calendar_of(settings),
        reporting_mailbox=settings.microsoft365.reporting_mailbox.casefold(),
        own_domains=frozenset(address.rpartition("@")[2].casefold() for address in addresses),
        head_called=(head.name, *head.also_called),
        motto=given.motto,
        address_lines=given.address,
        phone=given.phone,
        email=given.email,
        website=given.website,
        logo=str(settings.path(given.logo)) if given.logo else "",
        hours=SendingHours(opens=settings.hours.opens, closes=settings.hours.closes),
        urgent_hours=settings.hours.urgent_again,
        most_mails_an_hour=settings.hours.most_mails_an_hour,
        removal_days=settings.letters.removal_days,
        post_days=settings.letters.post_days,
        reply_days=settings.letters.reply_days,
        policies=policy_rules_of(settings),
        second_alarm=settings.alarm.in_outlook,
        deadlines_in_outlook=settings.term_dates.in_outlook,
        letters=letter_rules_of(settings),
        outside_addresses=_by_decider(agreed.outside, held),
        delegates=_by_decider(agreed.delegates, held),
        away=tuple(
            (held[days.who], Away(since=days.since, until=days.until))
            for days in agreed.away
            if days.who in held
        ),
        third_person=Role(agreed.third_person),
        hosts=read_once(read_host_packs, TEMPLATES / "platforms.toml"),
    )


def calendar_of(settings: Settings) -> TermDates:
    """The days of the term calendar's file, and of the government's list of bank holidays if there is a copy.

    Raises:
        TermCalendarError: the calendar's file needs mending.
    """
    file, division = settings.path(settings.term_dates.file), settings.school.division
    calendar = read_once(read_term_dates, file, division=division)
    return PublishedBankHolidays(settings).counted_in(calendar)


def _by_decider(
    given: Mapping[SettingsRole, tuple[str, ...]], held: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Addresses in lower case, by that of the person who holds the role."""
    return {
        held[role]: frozenset(address.casefold() for address in addresses)
        for role, addresses in given.items()
        if role in held
    }


def letter_rules_of(settings: Settings) -> LetterRules:
    """What is laid down for each kind of letter, the school's own files before the shipped.

    Raises:
        SettingsError: a file needs mending.
    """
    own = settings.letters.templates
    return read_once(
        read_letter_rules, TEMPLATES / "letters", settings.path(own) / "letters" if own else None
    )


def policy_rules_of(settings: Settings) -> PolicyRules:
    """How the school keeps its policies; reads the statutory list.

    Raises:
        SettingsError: the list needs mending.
    """
    given = settings.policies
    listed = (
        ()
        if given.statutory == "off"
        else read_once(read_statutory, STATUTORY_LIST, kind=given.statutory, phase=given.phase)
    )
    return PolicyRules(
        manager=given.manager,
        due=DueDay(given.due),
        statutory=listed,
        readers=given.readers,
        calendar=InCalendar(given.calendar),
        fetches_published=given.check_website,
    )


def wishes_of(settings: Settings) -> Wishes:
    """Where things should be: names or ids, as the settings have them."""
    graph = settings.microsoft365
    return Wishes(
        site=graph.site,
        reporting_mailbox=graph.reporting_mailbox,
        cases_list=graph.cases_list,
        policies_list=graph.policies_list,
        casework_drive=graph.casework_drive,
        sealed_drive=graph.sealed_drive,
        drop_drive=settings.drop.drive if settings.drop else "",
        drop_folder=settings.drop.folder if settings.drop else "",
        policies_drive=settings.policies.drive,
        policies_folder=settings.policies.folder,
        sealed_readers=tuple(
            person.address for role, person in settings.people.items() if role == "safeguarding_lead"
        ),
    )
