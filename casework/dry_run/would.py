"""What a sweep would do, put together from what it planned, logged and would have written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.cases import CaseReference, case_reference
from casework.dry_run.acts import Act, WouldWrite
from casework.dry_run.words import words_of
from casework.intents import (
    FileDropped,
    FileMessage,
    Intent,
    Remind,
    SendLetter,
    SendMail,
    WithdrawDraft,
    intent_from,
)
from casework.letters import Letter
from casework.plain_words import in_plain_words
from casework.records import Event, OutboxState, PlannedEffect
from casework.register_lists import CASES_LIST, POLICIES_LIST


class Kind(StrEnum):
    """What kind of thing would be done, for scripts."""

    MAIL = "mail"
    DRAFT = "draft"
    FILE = "file"
    ROW = "row"
    OTHER = "other"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True, slots=True)
class WouldBeMail:
    """A mail or draft in full; it holds names and addresses."""

    lies_in: str
    to: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Would:
    """One thing that would be done.

    Attributes:
        words: stand behind "Would" and name nobody.
        follows: from something that this dry run itself would only do.
        mail: what would be sent or drafted.
    """

    kind: Kind
    words: str
    case: CaseReference | None = None
    key: str = ""
    follows: bool = False
    mail: WouldBeMail | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Waits:
    """What is planned and would not be done now, and why."""

    words: str
    why: str
    case: CaseReference | None = None


BY_EFFECTS = frozenset(
    {
        "mail.sent",
        "letter.drafted",
        "letter.withdrawn",
        "letter.sent",
        "paper.written",
        "paper.drafted",
        "evidence.copied",
        "evidence.listed",
        "evidence.redacted",
        "custody.written",
        "case.folder_closed",
        "vault.kept",
        "governors.paper_drafted",
        "letter.yearly_drafted",
        "effect.given_up",
    }
)
"""Entries of the log that say again what an effect did."""

_DRAFTS = frozenset({"prepare draft", "write paper", "draft policy copy", "draft yearly reminder"})
_SPECIAL: Mapping[type[Intent], Kind] = {
    SendMail: Kind.MAIL,
    SendLetter: Kind.MAIL,
    WithdrawDraft: Kind.OTHER,
    FileMessage: Kind.OTHER,
    FileDropped: Kind.OTHER,
    Remind: Kind.NOTE,
}
_HELD = "more mails than may go in an hour; it goes later"


def would_do(
    effects: Iterable[PlannedEffect],
    acts: Sequence[WouldWrite],
    *,
    letters: Mapping[str, Letter],
    first_round: int,
) -> Iterator[Would]:
    """What would be carried out, in order of planning.

    Args:
        effects: what was unfinished before, or planned since.
        acts: what would have been written outside.
        letters: by key, those that effects are about.
        first_round: the number of the last effect that was planned before anything was carried out.
    """
    drafts = {act.what: act for act in reversed(acts) if act.act in (Act.SENT, Act.DRAFTED)}
    sent = {act.what for act in acts if act.act is Act.SENT}
    for effect in effects:
        intent = intent_from(effect)
        letter_key = str(effect.payload.get("letter", ""))
        gathered = effect.state is OutboxState.GATHERED
        if effect.state is not OutboxState.DONE and not gathered:
            continue
        if isinstance(intent, Remind) and not gathered:
            continue  # the morning mail that took it along is told
        if isinstance(intent, SendMail) and intent.key not in sent:
            continue  # it was sent before and is only entered, or is left out, which the log says
        draft = drafts.get(letter_key or effect.key)
        yield Would(
            kind=Kind.DRAFT if effect.kind in _DRAFTS else _SPECIAL.get(type(intent), Kind.FILE),
            words=words_of(intent, letters.get(letter_key)),
            case=effect.case,
            key=effect.key,
            follows=effect.number > first_round,
            mail=_in_full(draft) if draft else None,
        )


def would_wait(effects: Iterable[PlannedEffect], letters: Mapping[str, Letter]) -> Iterator[Waits]:
    """What stays unfinished, and why: held back, put off, or for a person."""
    whys = {
        OutboxState.PLANNED: "it is tried later",
        OutboxState.HELD_BACK: _HELD,
        OutboxState.NEEDS_A_PERSON: "it needs a person",
    }
    for effect in effects:
        if effect.state in whys:
            letter = letters.get(str(effect.payload.get("letter", "")))
            yield Waits(
                words=words_of(intent_from(effect), letter),
                why=effect.problem or whys[effect.state],
                case=effect.case,
            )


def would_note(events: Iterable[Event]) -> Iterator[Would]:
    """What would stand in the log beside the effects: what was seen and decided."""
    for event in events:
        if event.what not in BY_EFFECTS:
            yield Would(kind=Kind.NOTE, words=f"note: {in_plain_words(event)}", case=event.case)


def would_write_rows(acts: Iterable[WouldWrite]) -> Iterator[Would]:
    """Each row once, with the headings of what would change in it."""
    added: dict[tuple[str, str], bool] = {}
    columns: dict[tuple[str, str], dict[str, None]] = {}
    for act in acts:
        if act.act in (Act.ROW_ADDED, Act.ROW_CHANGED):
            row = (act.place, act.what)
            added[row] = added.get(row, False) or act.act is Act.ROW_ADDED
            columns.setdefault(row, {}).update(dict.fromkeys(act.fields))
    for (place, name), is_new in added.items():
        case = _case_of(name)
        about = "its row" if case else f'the row "{name}"'
        headings = ", ".join(_heading(place, column) for column in columns[place, name])
        if is_new or headings:
            yield Would(
                kind=Kind.ROW,
                words=f"add {about} to the list {place}"
                if is_new
                else f"write in {about} of the list {place}: {headings}",
                case=case,
                key=f"{place}/{name}",
            )


def would_set_alarm(acts: Iterable[WouldWrite]) -> Iterator[Would]:
    if any(act.act is Act.ALARM_SET for act in acts):
        yield Would(kind=Kind.OTHER, words="push the second alarm in the office's calendar ahead")


def would_store(acts: Iterable[WouldWrite], path: str) -> Iterator[Would]:
    """A file that no effect stands for."""
    if any(act.act is Act.STORED and act.what == path for act in acts):
        yield Would(kind=Kind.FILE, words=f'write the file "{path}"')


def _in_full(draft: WouldWrite) -> WouldBeMail | None:
    mail = draft.mail
    if mail is None:
        return None
    names = tuple(one.name for one in mail.attachments)
    return WouldBeMail(
        lies_in=draft.place, to=mail.to, subject=mail.subject, text=draft.text.strip(), attachments=names
    )


def _case_of(name: str) -> CaseReference | None:
    try:
        return case_reference(name)
    except ValueError:
        return None


def _heading(place: str, column: str) -> str:
    for one in (CASES_LIST, POLICIES_LIST):
        if one.name == place and (found := one.column(column)):
            return found.display_name
    return column
