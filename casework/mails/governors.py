"""The governors' paper on its way: a draft that the headteacher sends, and the word that it waits."""

from __future__ import annotations

from datetime import date

from casework.intents import DraftGovernorsPaper, Remind, SendMail
from casework.mails.facts import to_json
from casework.mails.morning import Entry, Section, reminder_of
from casework.school import Role, School
from casework.term_dates import Term


def term_in_words(term: Term) -> str:
    return f"{term.name} {term.ends.year}"


def draft_of_paper(term: Term, *, school: School, today: date) -> DraftGovernorsPaper:
    """The paper as a draft of the headteacher's, to the clerk; to the chair where there is no clerk."""
    head = school.person(Role.HEADTEACHER)
    to = school.people.get(Role.CLERK) or school.person(Role.CHAIR)
    fields = {
        "school_name": school.name,
        "term_name": term_in_words(term),
        "approver_name": head.name,
        "written_on": today,
    }
    return DraftGovernorsPaper(
        key=f"{school.code}/governors/{term.ends}",
        approver=head.address,
        to=to.address,
        term_ends=term.ends.isoformat(),
        fields=to_json(fields),
    )


def paper_waits(term: Term, *, school: School, today: date) -> Remind:
    """Tells the headteacher in the next morning mail."""
    act_by = school.working_day_after(today, 5)
    fields = {"school_name": school.name, "term_name": term_in_words(term), "act_by": act_by}
    mail = SendMail(
        key=f"{school.code}/governors/{term.ends}/waits",
        mail="governors_paper_waiting",
        role=Role.HEADTEACHER.value,
        to=school.person(Role.HEADTEACHER).address,
        fields=to_json(fields),
    )
    entry = Entry(
        section=Section.DECIDE,
        title="Governors' paper",
        text=f"The paper for the {term_in_words(term)} lies in your Drafts. Please read it by {act_by.day} "
        f"{act_by:%B %Y}, and press Send if it may go to the clerk.",
        about=mail.key,
    )
    return reminder_of(mail, [entry])
