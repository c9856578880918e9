"""What the jobs want done outside: each intent has a key, and doing it twice does it once.

An intent becomes a row of the outbox (`kind` and `payload`) and comes back as the same value (`intent_from`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from casework.cases import CaseReference
from casework.records import Json, PlannedEffect


@dataclass(frozen=True, kw_only=True, slots=True)
class SendMail:
    """Send one of templates/emails from the reporting mailbox to one role.

    Attributes:
        key: the idempotency key.
        mail: name of the template.
        role: whom it is for, in office words; what logs and events say instead of the address.
        to: the address.
        fields: what the template asks for.
        in_hours: True for reminders and digests, which go out between 07:30 and 17:30 on school days only.
        through_holidays: True if what it speaks of does not wait for the end of the holidays: working days do.
        urgent: True for what is never held back because too many mails would go in an hour.
        answers: True if it answers a message of whom it goes to: a machine that answers back must not go on for ever.
    """

    kind: ClassVar[str] = "send mail"
    key: str
    mail: str
    role: str
    to: str
    case: CaseReference | None = None
    fields: Mapping[str, Json] = field(default_factory=dict)
    in_hours: bool = False
    through_holidays: bool = False
    urgent: bool = False
    answers: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Remind:
    """Say something in one person's next morning mail: a reminder or an escalation, each key once ever.

    It lies in the outbox before any mail is made of it, so that no rung is climbed twice.

    Attributes:
        role, to: whom it is for; where they are away, the morning mail goes to who stands in for them.
        entries: its lines among others, as `casework.mails.morning.Entry` gives them.
        mail, fields: the mail that says it alone, if nothing else is to be said to this person that day.
        holds_while: what must still be so when the mail is made; what was done meanwhile is not spoken of.
        through_holidays: True for duties that no holiday stops.
    """

    kind: ClassVar[str] = "remind"
    key: str
    role: str
    to: str
    mail: str
    entries: list[Json]
    case: CaseReference | None = None
    fields: Mapping[str, Json] = field(default_factory=dict)
    holds_while: str = ""
    through_holidays: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FileMessage:
    """Move a message of the reporting mailbox to a folder once its case is saved."""

    kind: ClassVar[str] = "file message"
    key: str
    message_id: str
    folder: str
    case: CaseReference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FileDropped:
    """Move what was dropped out of the drop folder once its case is saved."""

    kind: ClassVar[str] = "file dropped"
    key: str
    file_id: str
    path: str
    case: CaseReference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreCopies:
    """Write working copies without the reporter into the case's folder, and the pointer beside the sealed original.

    Attributes:
        folder: below the case's own; what the subject wrote lies apart from the evidence.
    """

    kind: ClassVar[str] = "store copies"
    key: str
    sighting: str
    case: CaseReference
    folder: str = "Evidence"


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepRecord:
    """Write down for people what the journal holds of a case's evidence: custody pages, manifest, SHA256SUMS."""

    kind: ClassVar[str] = "keep record"
    key: str
    case: CaseReference


@dataclass(frozen=True, kw_only=True, slots=True)
class RedactCopies:
    """Make redacted copies beside the working copies, with these names withheld.

    Attributes:
        names: as staff listed them.
        mark: of these names, so that each list has a folder of its own.
        asked_by: an address, for the custody record; `asked_by_role` for the folder, which names nobody.
        asked_on: YYYY-MM-DD.
    """

    kind: ClassVar[str] = "redact copies"
    key: str
    case: CaseReference
    names: list[str]
    mark: str
    asked_by: str
    asked_by_role: str
    asked_on: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteTimeline:
    """Write the two lanes of a case (online, at the school) as a document into its folder."""

    kind: ClassVar[str] = "write timeline"
    key: str
    case: CaseReference


@dataclass(frozen=True, kw_only=True, slots=True)
class PrepareDraft:
    """Write the Word letter into the case's folder and put the mail that carries it into the approver's Drafts."""

    kind: ClassVar[str] = "prepare draft"
    key: str
    letter: str
    case: CaseReference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WritePaper:
    """Write a paper of a case (a note, a brief, a pack) into its folder, and draft the mail for a person to send.

    Attributes:
        letter_kind: a folder of templates/letters.
        version: from 1; a later one is written beside it, since staff may have filled the earlier in.
    """

    kind: ClassVar[str] = "write paper"
    key: str
    letter_kind: str
    version: int
    case: CaseReference


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepInVault:
    """Keep who reported the case in the vault, apart from the case."""

    kind: ClassVar[str] = "keep in vault"
    key: str
    case: CaseReference


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitFolder:
    """Let only these people open the case's folder.

    Attributes:
        people: addresses; those that the case has when it is carried out count.
    """

    kind: ClassVar[str] = "limit folder"
    key: str
    people: tuple[str, ...]
    case: CaseReference


@dataclass(frozen=True, kw_only=True, slots=True)
class SendLetter:
    """Send the approver's draft: approved by reply or by the Decision column."""

    kind: ClassVar[str] = "send letter"
    key: str
    letter: str
    case: CaseReference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawDraft:
    """Take a draft out of the approver's Drafts; if it was sent meanwhile, that letter is what was sent."""

    kind: ClassVar[str] = "withdraw draft"
    key: str
    letter: str
    case: CaseReference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StorePaper:
    """Write a paper about the school's policies into the casework library, over its last version."""

    kind: ClassVar[str] = "store paper"
    key: str
    path: str
    text: str
    case: CaseReference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepReviewEntry:
    """Bring the entry of a policy's review in somebody's Outlook calendar to where it should be.

    Attributes:
        entry: the entry's own key; the same for one policy whatever its day.
        address: whose calendar.
        day: of the review, in ISO form; empty to take the entry away.
        subject, text: what it says.
    """

    kind: ClassVar[str] = "keep review entry"
    key: str
    entry: str
    address: str
    day: str = ""
    subject: str = ""
    text: str = ""
    case: CaseReference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPolicyCopy:
    """Put a reply to a request for a policy into the reporting mailbox's Drafts, for the office to send.

    Attributes:
        to: who asked.
        file_id, name: of the policy's document; empty where it is not clear which one is meant.
        fields: what the template asks for.
    """

    kind: ClassVar[str] = "draft policy copy"
    key: str
    to: str
    file_id: str = ""
    name: str = ""
    fields: Mapping[str, Json] = field(default_factory=dict)
    case: CaseReference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftYearlyReminder:
    """Write the yearly word to parents, and put it into the headteacher's Drafts, addressed to the office.

    Attributes:
        year: the school year, such as "2026/27".
        fields: what the template of the draft asks for.
    """

    kind: ClassVar[str] = "draft yearly reminder"
    key: str
    approver: str
    to: str
    year: str
    fields: Mapping[str, Json] = field(default_factory=dict)
    case: CaseReference | None = None


Intent: TypeAlias = (
    SendMail
    | Remind
    | FileMessage
    | FileDropped
    | StoreCopies
    | KeepRecord
    | RedactCopies
    | WriteTimeline
    | WritePaper
    | KeepInVault
    | LimitFolder
    | PrepareDraft
    | SendLetter
    | WithdrawDraft
    | StorePaper
    | DraftPolicyCopy
    | KeepReviewEntry
    | DraftYearlyReminder
)

_KINDS: Mapping[str, type[Intent]] = {
    intent.kind: intent
    for intent in (
        SendMail,
        Remind,
        FileMessage,
        FileDropped,
        StoreCopies,
        KeepRecord,
        RedactCopies,
        WriteTimeline,
        WritePaper,
        KeepInVault,
        LimitFolder,
        PrepareDraft,
        SendLetter,
        WithdrawDraft,
        StorePaper,
        DraftPolicyCopy,
        KeepReviewEntry,
        DraftYearlyReminder,
    )
}


def payload_of(intent: Intent) -> dict[str, Json]:
    """The intent's fields as the outbox keeps them."""
    return {item.name: getattr(intent, item.name) for item in dataclasses.fields(intent)}


def intent_from(effect: PlannedEffect) -> Intent:
    """The intent that this row of the outbox was made from.

    Raises:
        KeyError: the kind is not known to this version.
    """
    kind = _KINDS[effect.kind]
    known = {item.name for item in dataclasses.fields(kind)}
    given: dict[str, object] = {name: value for name, value in effect.payload.items() if name in known}
    return kind(**given)  # type: ignore[arg-type]  # the outbox gives back what payload_of put in


def group_of(intent: Intent) -> str:
    """Effects of one group keep their order: those of a letter, a calendar entry, a file that is written anew."""
    if isinstance(intent, PrepareDraft | SendLetter | WithdrawDraft):
        return intent.letter
    if isinstance(intent, LimitFolder | StoreCopies):
        return f"{intent.case}/folder"  # nothing is copied into a folder before it is closed
    if isinstance(intent, StorePaper):
        return f"paper {intent.path}"
    return intent.entry if isinstance(intent, KeepReviewEntry) else intent.key
