"""Everything that one person should hear of comes in one mail a day, each rung once, and stops when it is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from casework.absences import Away, away_from_notice
from casework.cases import Case, CaseReference, StaffColumns, TalkOutcome, Target
from casework.mails.facts import from_json
from casework.mails.morning import Entry, Morning, Reader, Section, morning_mail
from casework.school import Role
from connectors.memory import MemoryCalendars, MemoryClock
from tests.invented import tillbrook
from tests.mornings import Mornings, said
from workflows.carry_out import Tools
from workflows.deciding import note_absence
from workflows.keep_house import BACKUP_TROUBLE

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
NAMED = StaffColumns(parent="Robin Ashdown", parent_email="r.ashdown@parents.example", target=Target.SCHOOL)
TALKED = replace(NAMED, talked_on=date(2026, 11, 3), talk_outcome=TalkOutcome.REMOVED)


@pytest.fixture
def mornings(tools: Tools, clock: MemoryClock) -> Mornings:
    return Mornings(tools=tools, clock=clock)


def many(mornings: Mornings, how_many: int) -> list[Case]:
    return [mornings.opens(number, MONDAY, NAMED) for number in range(1, how_many + 1)]


def test_thirty_cases_left_alone_for_a_month_make_one_mail_a_person_a_day(mornings: Mornings) -> None:
    many(mornings, 30)

    sent = mornings.through(date(2026, 11, 3), date(2026, 12, 4))

    a_day = Counter((day, to) for day, to, _ in sent)
    assert max(a_day.values()) == 1
    assert {to for _, to in a_day} == {"office", "headteacher"}
    # 24 school days: the ladder speaks on nine of them, and once a week; nobody hears the same every morning
    assert sum(to == "office" for _, to in a_day) <= 14
    assert sum(to == "headteacher" for _, to in a_day) <= 6


def test_after_a_weekend_and_more_of_darkness_there_is_one_mail_and_then_silence(mornings: Mornings) -> None:
    many(mornings, 30)
    mornings.at(date(2026, 11, 5))

    first = mornings.at(date(2026, 11, 23))
    again = [*mornings.at(date(2026, 11, 23), 9), *mornings.at(date(2026, 11, 23), 16)]

    assert sorted(to for to, _ in first) == ["headteacher", "office"]
    assert again == []
    office = next(mail for to, mail in first if to == "office")
    assert "30 overdue" in office.subject
    assert "There are 5 more; the list shows them all." in said(office)


def test_the_next_person_is_told_on_the_days_of_the_ladder_and_on_no_other(mornings: Mornings) -> None:
    many(mornings, 3)  # due on Monday 9 November

    sent = mornings.through(date(2026, 11, 3), date(2026, 12, 18))

    told = [f"{day:%a %d %b}" for day, to, mail in sent if to == "headteacher" and "step in" in said(mail)]
    assert told == ["Thu 12 Nov", "Mon 23 Nov", "Mon 30 Nov", "Mon 07 Dec", "Mon 14 Dec"]
    with mornings.tools.journal.transaction() as transaction:
        assert transaction.outbox_view.gathered() == ()


def test_one_thing_alone_is_a_mail_about_that_thing(mornings: Mornings) -> None:
    mornings.opens(1, MONDAY, TALKED)
    mornings.at(date(2026, 11, 16))

    [(to, mail)] = mornings.at(date(2026, 11, 17))

    assert (to, mail.subject.split("[")[0].strip()) == ("office", "Is the post still up?")


def test_it_stops_at_once_when_it_is_done_even_if_the_reminder_was_gathered(mornings: Mornings) -> None:
    case = mornings.opens(1, MONDAY, NAMED)
    mornings.at(date(2026, 11, 5))
    mornings.opens(2, MONDAY, NAMED)
    mornings.at(date(2026, 11, 5), 11)  # the second one's reminder waits for tomorrow

    for number in (case, replace(case, reference=CaseReference("TIS-2026-0002"))):
        mornings.keeps(replace(number, staff=replace(NAMED, outcome="Removed."), closed_at=MONDAY))
    sent = mornings.through(date(2026, 11, 6), date(2026, 11, 13))

    assert not [mail for _, _, mail in sent if "TIS-2026" in said(mail)]
    with mornings.tools.journal.transaction() as transaction:
        assert transaction.outbox_view.gathered() == ()


def test_a_case_opened_again_is_chased_anew_and_not_overdue_at_once(mornings: Mornings) -> None:
    case = mornings.opens(1, MONDAY, NAMED)
    mornings.through(date(2026, 11, 9), date(2026, 11, 12))
    mornings.keeps(replace(case, closed_at=MONDAY, staff=replace(NAMED, outcome="Removed.")))
    mornings.at(date(2026, 11, 20))
    mornings.keeps(replace(case, reopened_at=datetime(2026, 11, 30, 9, tzinfo=UTC)))

    sent = mornings.through(date(2026, 11, 30), date(2026, 12, 8))

    about = [
        (day.day, said(mail)) for day, to, mail in sent if to == "office" and "TIS-2026-0001" in said(mail)
    ]
    assert about
    assert "Overdue" not in about[0][1]
    assert any(day == 8 and "ago" in text for day, text in about)  # due on 7 December, five school days on


def test_nobody_hears_of_a_case_about_the_head_who_must_not(mornings: Mornings) -> None:
    about_head = replace(NAMED, target=Target.HEADTEACHER)
    mornings.opens(1, MONDAY, about_head)
    mornings.opens(2, MONDAY, NAMED)

    sent = mornings.through(date(2026, 11, 3), date(2026, 12, 4))

    to_head = [said(mail) for _, to, mail in sent if to == "headteacher"]
    assert to_head
    assert not [text for text in to_head if "TIS-2026-0001" in text]
    assert [to for _, to, mail in sent if "TIS-2026-0001" in said(mail) and to == "chair"]


def test_a_handler_gets_their_own_cases_and_the_office_the_rest(mornings: Mornings) -> None:
    mornings.opens(1, MONDAY, replace(NAMED, handler="pat@tillbrook.example"))
    mornings.opens(2, MONDAY, NAMED)

    sent = mornings.at(date(2026, 11, 10))

    by_person = {to: said(mail) for to, mail in sent}
    assert "TIS-2026-0001" in by_person["pat"]
    assert "TIS-2026-0002" not in by_person["pat"]
    assert "TIS-2026-0002" in by_person["office"]


def test_the_first_mail_of_a_week_says_how_the_service_did_even_if_nothing_else_is_to_be_said(
    mornings: Mornings,
) -> None:
    mornings.at(date(2026, 11, 2))

    sent = mornings.through(date(2026, 11, 3), date(2026, 11, 20))

    assert [(day.isoformat(), to) for day, to, _ in sent] == [
        ("2026-11-09", "office"),
        ("2026-11-16", "office"),
    ]
    assert "Casework is at work. No case is open." in said(sent[0][2])
    assert "Log entry" in said(sent[0][2])


def test_a_snow_day_moves_every_open_deadline_and_the_owner_is_told_once(mornings: Mornings) -> None:
    mornings.opens(1, MONDAY, TALKED)  # due on Tuesday 17 November
    mornings.at(date(2026, 11, 9))
    calendar = mornings.tools.school.calendar
    mornings.snows(date(2026, 11, 12))

    [(to, mail)] = mornings.at(date(2026, 11, 10))
    again = mornings.at(date(2026, 11, 11))

    assert to == "office"
    assert "Wednesday 18 November 2026" in said(mail)
    assert "Tuesday 17 November 2026" in said(mail)
    assert again == []
    assert mornings.tools.school.calendar != calendar
    with mornings.tools.journal.transaction() as transaction:
        [event] = [one for one in transaction.events.of_case("TIS-2026-0001") if one.what == "deadline.moved"]  # type: ignore[arg-type]
    assert (event.fields["old"], event.fields["new"]) == ("17 November 2026", "18 November 2026")


def test_the_local_authority_is_not_forgotten_in_half_term(mornings: Mornings) -> None:
    reported = datetime(2026, 10, 23, 17, 40, tzinfo=UTC)
    mornings.opens(1, reported, replace(NAMED, target=Target.STAFF, categories=("allegation about staff",)))

    sent = mornings.through(date(2026, 10, 24), date(2026, 10, 30))

    days = {f"{day:%a %d %b}" for day, _, mail in sent if "TIS-2026-0001" in said(mail)}
    assert days
    assert days <= {"Mon 26 Oct", "Tue 27 Oct", "Wed 28 Oct", "Thu 29 Oct", "Fri 30 Oct"}


def test_a_deadline_stands_in_the_calendar_of_whoever_acts_moves_and_goes(mornings: Mornings) -> None:
    calendars = MemoryCalendars()
    school = replace(mornings.tools.school, deadlines_in_outlook=True)
    mornings.tools = replace(mornings.tools, calendars=calendars, school=school)
    case = mornings.opens(1, MONDAY, TALKED)
    key = "TIS/case/TIS-2026-0001/day/watching"
    office = calendars.of("office@tillbrook.example")

    mornings.at(date(2026, 11, 9))
    (entry,) = office.find(key)
    assert (entry.day, entry.subject) == (date(2026, 11, 17), "TIS-2026-0001: watching")
    feed = mornings.file("Calendar/Deadlines.ics")
    assert "SUMMARY:TIS-2026-0001: watching" in feed
    assert "Ashdown" not in feed

    mornings.snows(date(2026, 11, 12))
    mornings.at(date(2026, 11, 10))
    (moved,) = office.find(key)
    assert (moved.entry_id, moved.day) == (entry.entry_id, date(2026, 11, 18))
    assert "SEQUENCE:0" in feed
    assert "SEQUENCE:1" in mornings.file("Calendar/Deadlines.ics")
    assert "DTSTAMP:20261110T" in mornings.file("Calendar/Deadlines.ics")

    mornings.keeps(
        replace(mornings.case(case.reference), staff=replace(TALKED, handler="pat@tillbrook.example"))
    )
    mornings.at(date(2026, 11, 10), 10)
    assert office.find(key) == ()
    assert calendars.of("pat@tillbrook.example").find(key)

    closed = replace(
        mornings.case(case.reference), closed_at=MONDAY, staff=replace(TALKED, outcome="Removed.")
    )
    mornings.keeps(closed)
    mornings.at(date(2026, 11, 11))
    assert calendars.of("pat@tillbrook.example").find(key) == ()
    assert "TIS-2026-0001" not in mornings.file("Calendar/Deadlines.ics")


def test_while_the_head_is_away_the_deputy_is_asked_to_step_in_and_told_why(mornings: Mornings) -> None:
    away = Away(until=date(2026, 11, 13))
    school = replace(mornings.tools.school, away=(("headteacher@tillbrook.example", away),))
    mornings.tools = replace(mornings.tools, school=school)
    many(mornings, 2)  # due on Monday 9 November, so that Thursday 12 November escalates

    sent = mornings.through(date(2026, 11, 10), date(2026, 11, 23))

    stepping_in = [(f"{day:%d %b}", to) for day, to, mail in sent if "step in" in said(mail)]
    assert stepping_in == [("12 Nov", "deputy"), ("23 Nov", "headteacher")]
    deputys = next(said(mail) for _, to, mail in sent if to == "deputy")
    assert "You have this because the headteacher is away." in deputys


def is_away(mornings: Mornings, *roles: str, until: date) -> None:
    away = tuple((f"{role}@tillbrook.example", Away(until=until)) for role in roles)
    mornings.tools = replace(mornings.tools, school=replace(mornings.tools.school, away=away))


def test_while_the_office_is_away_the_deputy_has_its_reminders_and_is_told_why(mornings: Mornings) -> None:
    is_away(mornings, "office", until=date(2026, 11, 13))
    many(mornings, 2)  # due on Monday 9 November

    sent = mornings.through(date(2026, 11, 3), date(2026, 11, 18))

    days = {who: [f"{day:%d %b}" for day, to, _ in sent if to == who] for who in ("deputy", "office")}
    assert days["deputy"] == ["05 Nov", "06 Nov", "09 Nov", "10 Nov", "12 Nov"]
    assert days["office"][-2:] == ["16 Nov", "18 Nov"]
    first = next(said(mail) for _, to, mail in sent if to == "deputy")
    assert "You have this because the office is away." in first


def test_while_office_and_deputy_are_away_the_headteacher_has_their_reminders(mornings: Mornings) -> None:
    is_away(mornings, "office", "deputy", until=date(2026, 11, 13))
    many(mornings, 1)

    sent = mornings.through(date(2026, 11, 3), date(2026, 11, 9))

    assert [to for day, to, _ in sent if day < date(2026, 11, 9)] == ["headteacher", "headteacher"]
    assert "the office is away" in said(sent[0][2])


def test_what_concerns_the_headteacher_goes_to_the_chair_while_the_office_is_away(mornings: Mornings) -> None:
    is_away(mornings, "office", until=date(2026, 11, 13))
    mornings.opens(1, MONDAY, replace(NAMED, target=Target.HEADTEACHER))

    sent = mornings.through(date(2026, 11, 3), date(2026, 11, 11))

    told = {to for _, to, mail in sent if "TIS-2026-0001" in said(mail)}
    assert "chair" in told
    assert not told & {"deputy", "headteacher"}


def test_trouble_does_not_lie_unread_while_the_office_is_away(mornings: Mornings) -> None:
    is_away(mornings, "office", until=date(2026, 11, 13))
    with mornings.tools.journal.transaction() as transaction:
        transaction.cursors.put(BACKUP_TROUBLE, "The disk is full. Free some space.")

    sent = mornings.through(date(2026, 11, 3), date(2026, 11, 6))

    read = [(f"{day:%d %b}", to) for day, to, mail in sent if "The disk is full" in said(mail)]
    assert read == [("03 Nov", "office"), ("03 Nov", "deputy")]


def test_an_offices_mailbox_that_thanks_for_every_mail_is_not_away(mornings: Mornings) -> None:
    office = mornings.tools.school.person(Role.OFFICE).address
    with mornings.tools.journal.transaction() as transaction:
        note_absence(transaction, office, away_from_notice(None, None, None, told_on=date(2026, 11, 5)))
    many(mornings, 1)

    sent = mornings.through(date(2026, 11, 5), date(2026, 11, 9))

    assert {to for _, to, _ in sent} == {"office"}


def test_the_week_is_told_since_the_last_such_mail_and_the_holidays_with_it(mornings: Mornings) -> None:
    def happens(on: datetime) -> None:
        with mornings.tools.journal.transaction() as transaction:
            transaction.events.append("case.opened", at=on, case=CaseReference("TIS-2026-0001"))

    happens(datetime(2026, 10, 9, 12, tzinfo=UTC))
    mornings.at(date(2026, 10, 12))
    mornings.at(date(2026, 10, 19))
    happens(datetime(2026, 10, 19, 7, 45, tzinfo=UTC))  # after that Monday's mail
    happens(datetime(2026, 10, 28, 12, tzinfo=UTC))  # in half-term

    sent = mornings.through(date(2026, 10, 20), date(2026, 11, 3))

    weeks = [(day, said(mail)) for day, to, mail in sent if to == "office" and "The week" in said(mail)]
    assert [day for day, _ in weeks] == [date(2026, 11, 2)]
    assert "Since Monday 19 October 2026 2 cases were opened." in weeks[0][1]


def test_one_policy_that_is_overdue_is_counted_as_one() -> None:
    overdue = Entry(
        section=Section.POLICIES_OVERDUE, title="The school's policies", text="1 policy is overdue."
    )
    reader = Reader(role="office", address="office@tillbrook.example", slot="office")
    morning = Morning(overview=(overdue,), happened=("TIS-2026-0001: a case was opened.",))

    mail = morning_mail(morning, reader=reader, school=tillbrook(), today=date(2026, 11, 2))

    assert mail
    assert from_json(mail.fields)["summary"] == "1 policy review overdue"
