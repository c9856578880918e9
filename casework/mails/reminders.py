"""Reminders and escalations: each as a line of a morning mail, and as the mail that says it alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from casework.calendar_changes import MovedDeadline
from casework.cases import Case
from casework.intents import Remind, SendMail
from casework.letters import Letter
from casework.mails.duties import Late, duty_mail
from casework.mails.evidence import still_up
from casework.mails.facts import from_json, to_json
from casework.mails.letter_facts import name_of
from casework.mails.letters import approval_escalation, approval_reminder
from casework.mails.morning import Answer, Entry, Section, reminder_of
from casework.mails.questions import to_file
from casework.procedures import Standing
from casework.records import Sighting
from casework.school import School
from casework.tags import TokenMaker
from casework.who_acts import who_acts


def duty_entry(case: Case, standing: Standing, *, today: date) -> Entry:
    """A duty as a line."""
    due = standing.due or today
    overdue = due < today
    when = f"Was due on {day_in_words(due)}." if overdue else f"Due on {day_in_words(due)}."
    return Entry(
        section=Section.OVERDUE if overdue else Section.TO_DO,
        title=case.reference,
        text=f"{standing.next_step} {when}",
        about=f"{case.reference}/{standing.matter}",
        since=due,
    )


def remind_of_duty(
    case: Case, standing: Standing, *, rung: str, role: str, to: str, school: School, today: date
) -> Remind:
    """Reminds whoever must act."""
    mail = duty_mail(case, standing, school=school, rung=rung, role=role, to=to, today=today)
    return reminder_of(mail, [duty_entry(case, standing, today=today)], holds_while=standing_mark(standing))


def remind_to_look(
    case: Case,
    standing: Standing,
    *,
    rung: str,
    role: str,
    to: str,
    school: School,
    tokens: TokenMaker,
    today: date,
) -> Remind:
    """Asks whether the post is still up, with the answers at hand."""
    due = standing.due or today
    key = f"{school.code}/case/{case.reference}/reminder/{standing.matter}/{rung}"
    mail = still_up(case, key=key, role=role, to=to, due=due, today=today, school=school, tokens=tokens)
    subject = f"Re: Is the post still up? [{from_json(mail.fields)['tag']}]"
    entry = Entry(
        section=Section.OVERDUE if due < today else Section.TO_DO,
        title=case.reference,
        text="Please look whether the post is still up, and press what you saw. "
        f"{'Was due' if due < today else 'Due'} on {day_in_words(due)}.",
        answers=(
            Answer(label="It is gone", subject=subject, words="GONE"),
            Answer(label="It is still up", subject=subject, words="STILL UP"),
        ),
        about=f"{case.reference}/{standing.matter}",
        since=due,
    )
    return reminder_of(mail, [entry], holds_while=standing_mark(standing))


def escalate_duty(
    case: Case,
    standing: Standing,
    late: Late,
    *,
    rung: str,
    role: str,
    to: str,
    school: School,
    today: date,
) -> Remind:
    """Tells the next person that a duty was not done in time; without having reminded anybody it does not say so."""
    mail = duty_mail(case, standing, school=school, rung=rung, role=role, to=to, late=late, today=today)
    due = standing.due or today
    is_own = late.address.casefold() == to.casefold()
    so_far = (
        "is not done"
        if is_own or not late.was_reminded
        else f"reminders to {late.words} have not been enough"
    )
    speak = "Please see to it" if is_own else f"Please speak with {late.words}"
    entry = Entry(
        section=Section.STEP_IN,
        title=case.reference,
        text=f"{standing.next_step} This was due on {day_in_words(due)}, and {so_far}. {speak}, or name somebody else "
        "in the column Handler.",
        about=f"{case.reference}/{standing.matter}",
        since=due,
    )
    return reminder_of(mail, [entry], holds_while=standing_mark(standing))


def tell_of_move(
    case: Case, *, name: str, what: str, owner: str, moved: MovedDeadline, school: School, today: date
) -> Remind:
    """Tells whoever must act that a changed calendar moved the day."""
    role, to = who_acts(case, owner, school=school)
    old = day_in_words(moved.old) if moved.old else "a day beyond the calendar"
    new = day_in_words(moved.new) if moved.new else "a day beyond the calendar"
    fields = {
        "school_name": school.name,
        "case_reference": case.reference,
        "duty": what.rstrip("."),
        "old": old,
        "new": new,
        "held": moved.held,
        "told_on": today,
        "list_link": school.cases_url,
    }
    mail = SendMail(
        key=f"{school.code}/case/{case.reference}/moved/{name}/{moved.old}/{moved.new}/{today}",
        mail="deadline_moved",
        role=role,
        to=to,
        case=case.reference,
        fields=to_json(fields),
    )
    entry = Entry(
        section=Section.MOVED,
        title=case.reference,
        text=f"{what} The term calendar has changed: due on {new}, no longer on {old}.",
        about=f"{case.reference}/moved/{name}",
    )
    return reminder_of(mail, [entry])


def decision_entry(letter: Letter, *, school: School) -> Entry:
    """A letter that waits, as a line with the three answers."""
    asked = school.today(letter.requested_at) if letter.requested_at else None
    since = f"has waited since {day_in_words(asked)}" if asked else "waits"
    subject = f"Re: Please approve: [{letter.case}-{letter.token}]"
    return Entry(
        section=Section.DECIDE,
        title=_title(letter),
        text=f"{_capital(name_of(letter, school))}, version {letter.version}, {since}. It lies in your Drafts: "
        "press Send there, or answer here.",
        answers=(
            Answer(label="APPROVE", subject=subject, words="APPROVE"),
            Answer(label="CHANGE", subject=subject, words="CHANGE (write here what to change)"),
            Answer(label="REJECT", subject=subject, words="REJECT (write here why)"),
        ),
        about=letter.key,
        since=asked,
    )


def remind_of_decision(letter: Letter, *, rung: str, school: School, asked_on: date, waiting: int) -> Remind:
    """Reminds the approver of a letter that waits."""
    mail = approval_reminder(letter, school=school, rung=rung, asked_on=asked_on, waiting=waiting)
    return reminder_of(mail, [decision_entry(letter, school=school)], holds_while=letter_mark(letter))


def escalate_decision(letter: Letter, *, rung: str, school: School, asked_on: date, today: date) -> Remind:
    """Tells the third person, who is the office unless the settings say another, that a letter has waited long."""
    who = school.role_words(letter.approver)
    mail = approval_escalation(letter, school=school, rung=rung, asked_on=asked_on, today=today)
    entry = Entry(
        section=Section.STEP_IN,
        title=_title(letter),
        text=f"{_capital(name_of(letter, school))}, version {letter.version}, has waited "
        f"for {who}'s decision since {day_in_words(asked_on)}. Please speak with {who}.",
        about=letter.key,
        since=asked_on,
    )
    return reminder_of(mail, [entry], holds_while=letter_mark(letter))


def _title(letter: Letter) -> str:
    return "Governors' paper" if letter.is_paper else letter.case


def remind_to_file(sighting: Sighting, *, school: School, today: date) -> Remind:
    """Asks the office again where a message of the holding tray belongs."""
    mail = to_file(sighting, school=school, today=today, again=True)
    fields = from_json(mail.fields)
    subject = f"Re: Please file a message [Question {fields['token']}]"
    likeliest = str(fields.get("likeliest", ""))
    ways = [f"FILE {likeliest}"] if likeliest else []
    entry = Entry(
        section=Section.TO_FILE,
        title=f"Question {fields['token']}",
        text=f"A message of {day_in_words(school.today(sighting.received_at))} waits in the folder Casework/Holding "
        "tray. Read it there, then answer.",
        answers=tuple(Answer(label=way, subject=subject, words=way) for way in (*ways, "NEW", "NOT OURS")),
    )
    return reminder_of(mail, [entry])


def policy_reminder_of(mail: SendMail) -> Remind:
    """A mail about policies, one or a week's worth, as lines."""
    entries = _of_many(mail.fields) if mail.mail == "policy_digest" else _of_one(mail)
    return reminder_of(mail, entries)


_OF_MANY = {
    "overdue": Section.POLICIES_OVERDUE,
    "coming": Section.POLICIES_COMING,
    "to_answer": Section.POLICIES_TO_ANSWER,
    "findings": Section.POLICIES_TO_LOOK_AT,
}


def _of_many(fields: object) -> Iterator[Entry]:
    given = fields if isinstance(fields, dict) else {}
    for name, section in _OF_MANY.items():
        for line in _strings(given.get(name)):
            title, _, text = line.partition(": ")
            yield Entry(section=section, title=title, text=_capital(text), about=f"{name}/{line}")
    for title in _strings(given.get("missing")):
        yield Entry(section=Section.POLICIES_MISSING, title=title, text="", about=f"missing/{title}")
    if advice := str(given.get("advice", "")):
        yield Entry(section=Section.POLICIES_TO_LOOK_AT, title="Reviews by term", text=advice)


def _of_one(mail: SendMail) -> Iterator[Entry]:
    fields = from_json(mail.fields)
    title, tag, due = str(fields["policy_title"]), str(fields["policy_tag"]), fields.get("review_due")
    overdue = fields.get("days_overdue")
    answers: tuple[Answer, ...] = ()
    if fields.get("is_lost"):
        section, text = Section.POLICIES_TO_ANSWER, "The document is no longer in the policies folder."
        answers = (Answer(label="It is RETIRED", subject=f"Re: {title} {tag}", words="RETIRED"),)
    elif fields.get("problem"):
        section, text = Section.POLICIES_TO_ANSWER, f"The document could not be read: {fields['problem']}."
    elif isinstance(due, date):
        section = Section.POLICIES_OVERDUE if overdue else Section.POLICIES_COMING
        text = f"{'Was due' if overdue else 'Due'} by {day_in_words(due)}. Owner: {fields.get('owner')}."
        answers = (Answer(label="It has been REVIEWED", subject=f"Re: {title} {tag}", words="REVIEWED"),)
    else:
        section, text = Section.POLICIES_TO_ANSWER, "The document gives no review date."
    yield Entry(section=section, title=title, text=f"{text} {tag}", answers=answers)
    for finding in _strings(fields.get("findings")):
        yield Entry(
            section=Section.POLICIES_TO_LOOK_AT, title=title, text=finding, about=f"{title}/{finding}"
        )


def standing_mark(standing: Standing) -> str:
    """What a reminder of a duty holds while: the stage and the day of its deadline."""
    return f"standing/{standing.matter}/{standing.due.isoformat() if standing.due else ''}"


def letter_mark(letter: Letter) -> str:
    """What a reminder of a decision holds while: this letter still waits."""
    return f"letter/{letter.key}"


def day_in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _strings(value: object) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
