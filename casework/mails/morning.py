"""The morning mail: everything that one person should hear of on a school day, in one mail and in the right order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from casework.intents import Remind, SendMail
from casework.mails.facts import from_json, to_json
from casework.records import Json
from casework.school import School


class Section(StrEnum):
    """The parts of a morning mail in order, each with its heading."""

    STEP_IN = "Please step in"
    DECIDE = "Waiting for your decision"
    OVERDUE = "Overdue"
    TO_DO = "To do"
    MOVED = "Moved, because the term calendar changed"
    TO_FILE = "Messages to file"
    POLICIES_OVERDUE = "Policies: the review is overdue"
    POLICIES_COMING = "Policies: the review is coming up"
    POLICIES_TO_ANSWER = "Policies: no date, not readable, or gone"
    POLICIES_TO_LOOK_AT = "Policies: to look at"
    POLICIES_MISSING = "Statutory policies that are not in the folder"


_COUNTED = {
    Section.STEP_IN: "to step in",
    Section.DECIDE: "to decide",
    Section.OVERDUE: "overdue",
    Section.TO_DO: "to do",
    Section.TO_FILE: "to file",
    Section.POLICIES_OVERDUE: "policy reviews overdue",
}
_MOST = 25
"""Lines of one section; nobody reads more, and the list shows them all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A prepared reply: the words on its link, the subject that says what it answers, and its text."""

    label: str
    subject: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of a morning mail, without content.

    Attributes:
        title: the case's number or the policy's title.
        text: a sentence that says what to do, and by when.
        about: what it speaks of, so that an overview does not say it again; the title where nothing is given.
        since: the day that it was due or asked for; within a section the oldest comes first.
    """

    section: Section
    title: str
    text: str
    answers: tuple[Answer, ...] = ()
    about: str = ""
    since: date | None = None

    @property
    def subject(self) -> str:
        return self.about or self.title

    def as_json(self) -> Json:
        answers: list[Json] = [[one.label, one.subject, one.words] for one in self.answers]
        since = self.since.isoformat() if self.since else ""
        return [self.section.name, self.title, self.text, answers, self.subject, since]


def entries_of(remind: Remind) -> tuple[Entry, ...]:
    """The lines of a reminder as it lay in the outbox."""
    return tuple(_entry(row) for row in remind.entries if isinstance(row, list))


def _entry(row: list[Json]) -> Entry:
    section, title, text, answers, about, *since = row  # an earlier version gathered them without a day
    given = answers if isinstance(answers, list) else []
    return Entry(
        section=Section[str(section)],
        title=str(title),
        text=str(text),
        answers=tuple(
            Answer(label=str(one[0]), subject=str(one[1]), words=str(one[2]))
            for one in given
            if isinstance(one, list)
        ),
        about=str(about),
        since=date.fromisoformat(str(since[0])) if since and since[0] else None,
    )


def newest_of_each(reminders: Iterable[Remind]) -> tuple[Remind, ...]:
    """Of several rungs about one matter only the last: nobody reads the same thing twice in one mail."""
    newest: dict[tuple[object, ...], Remind] = {}
    for remind in reminders:
        is_escalation = remind.mail.endswith("escalation")
        matter = (remind.case, remind.holds_while, is_escalation) if remind.holds_while else (remind.key,)
        newest.pop(matter, None)
        newest[matter] = remind
    return tuple(newest.values())


def reminder_of(
    mail: SendMail, entries: Iterable[Entry], *, holds_while: str = "", through_holidays: bool = False
) -> Remind:
    """A mail that says one thing, as a reminder that can also travel in a morning mail."""
    return Remind(
        key=mail.key,
        role=mail.role,
        to=mail.to.casefold(),
        mail=mail.mail,
        entries=[entry.as_json() for entry in entries],
        case=mail.case,
        fields=mail.fields,
        holds_while=holds_while,
        through_holidays=through_holidays,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Whose morning it is.

    Attributes:
        slot: names the person in keys: a role of the school's, or a fingerprint of the address.
    """

    role: str
    address: str
    slot: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Morning:
    """What one person should hear of.

    Attributes:
        reminders: whose time has come.
        overview: what else is open, for those who look after everything; it makes no mail by itself.
        happened, could_not: sentences.
        week: how the service did, in the first mail of a week; it makes a mail by itself.
        log_head: the newest entry of the event log, in the same mail.
        could_not_is_new: False if every line of `could_not` was told before.
        stands_in_for: in office words, whose matters are here because they are away.
    """

    reminders: tuple[Remind, ...] = ()
    overview: tuple[Entry, ...] = ()
    happened: tuple[str, ...] = ()
    could_not: tuple[str, ...] = ()
    week: tuple[str, ...] = ()
    log_head: str = ""
    could_not_is_new: bool = True
    stands_in_for: tuple[str, ...] = field(default=())

    @property
    def has_news(self) -> bool:
        """True if there is something to say that was not said before."""
        return bool(
            self.reminders or self.happened or self.week or (self.could_not and self.could_not_is_new)
        )

    @property
    def says_one_thing(self) -> bool:
        rest = (self.happened, self.could_not, self.week, self.stands_in_for)
        return len(self.reminders) == 1 and not any(rest)


def morning_mail(morning: Morning, *, reader: Reader, school: School, today: date) -> SendMail | None:
    """The one mail of a person and day, or None if there is nothing to say."""
    if not morning.has_news:
        return None
    key = f"{school.code}/digest/{today}/{reader.slot}"
    through = any(remind.through_holidays for remind in morning.reminders)
    if morning.says_one_thing:
        mail = _alone(morning.reminders[0], key=key, today=today)
    else:
        mail = SendMail(
            key=key,
            mail="daily_digest",
            role=reader.role,
            to=reader.address,
            fields=to_json(_fields(morning, school, today)),
        )
    return replace(mail, to=reader.address, in_hours=True, through_holidays=through, urgent=True)


def _alone(remind: Remind, *, key: str, today: date) -> SendMail:
    fields = from_json(remind.fields)
    due = fields.get("due")
    if isinstance(due, date) and "days_overdue" in fields:
        fields["days_overdue"] = max(0, (today - due).days)  # it may have waited since it was gathered
    return SendMail(
        key=key,
        mail=remind.mail,
        role=remind.role,
        to=remind.to,
        case=remind.case,
        fields=to_json(fields),
    )


def _fields(morning: Morning, school: School, today: date) -> dict[str, object]:
    entries = [entry for remind in morning.reminders for entry in entries_of(remind)]
    spoken_of = {entry.subject for entry in entries}
    entries += [entry for entry in morning.overview if entry.subject not in spoken_of]
    in_order = sorted(entries, key=lambda entry: entry.since or date.max)
    parts = [
        [section.value, _rows([entry for entry in in_order if entry.section is section])]
        for section in Section
        if any(entry.section is section for entry in entries)
    ]
    counts = [
        f"{number} {words if number > 1 else words.replace('reviews', 'review')}"
        for section, words in _COUNTED.items()
        if (number := sum(entry.section is section for entry in entries))
    ]
    return {
        "school_name": school.name,
        "day": today,
        "summary": ", ".join(counts),
        "stands_in_for": " and ".join(morning.stands_in_for),
        "parts": parts,
        "happened": list(morning.happened),
        "could_not": list(morning.could_not),
        "week": list(morning.week),
        "log_head": morning.log_head,
        "reporting_mailbox": school.reporting_mailbox,
        "list_link": school.cases_url,
        "policies_link": school.policies_url if any("olic" in str(part[0]) for part in parts) else "",
    }


def _rows(entries: Sequence[Entry]) -> list[list[object]]:
    rows: list[list[object]] = [
        [entry.title, entry.text, [[one.label, one.subject, one.words] for one in entry.answers]]
        for entry in entries[:_MOST]
    ]
    if len(entries) > _MOST:
        rows.append(["More", f"There are {len(entries) - _MOST} more; the list shows them all.", []])
    return rows
