"""The yearly word to parents on its way: a draft that the headteacher sends to the office, and the word that it waits."""

from __future__ import annotations

from datetime import date

from casework.intents import DraftYearlyReminder, Remind, SendMail
from casework.mails.facts import to_json
from casework.mails.morning import Entry, Section, reminder_of
from casework.school import Role, School


def draft_of_reminder(year: str, *, school: School, today: date) -> DraftYearlyReminder:
    """The letter as a draft of the headteacher's to the office, which gives it out; nothing goes to a parent."""
    head = school.person(Role.HEADTEACHER)
    fields = {
        "school_name": school.name,
        "year": year,
        "written_on": today,
        "approver_name": head.name,
    }
    return DraftYearlyReminder(
        key=f"{school.code}/yearly reminder/{year}",
        approver=head.address,
        to=school.person(Role.OFFICE).address,
        year=year,
        fields=to_json(fields),
    )


def reminder_waits(year: str, *, school: School, today: date) -> Remind:
    """Tells the headteacher in the next morning mail."""
    act_by = school.working_day_after(today, 5)
    mail = SendMail(
        key=f"{school.code}/yearly reminder/{year}/waits",
        mail="yearly_reminder_waiting",
        role=Role.HEADTEACHER.value,
        to=school.person(Role.HEADTEACHER).address,
        fields=to_json({"school_name": school.name, "year": year, "act_by": act_by}),
    )
    entry = Entry(
        section=Section.DECIDE,
        title="The yearly word to parents",
        text=f"The letter on social media for {year} lies in your Drafts. Please read it by {act_by.day} "
        f"{act_by:%B %Y}, and press Send if the office may give it out.",
        about=mail.key,
    )
    return reminder_of(mail, [entry])
