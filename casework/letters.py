"""A letter: its kind, its versions, its state, and exactly what was approved."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.cases import CaseReference, Decision
from casework.letter_kinds import LetterKind as LetterKind  # noqa: PLC0414 - a letter's own word


class LetterState(StrEnum):
    DRAFTING = "drafting"
    CHANGING = "being changed by the office"
    WAITING = "waiting for approval"
    APPROVED = "approved, being sent"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    MISSING = "draft not found"
    RETURNED = "came back undelivered"


OPEN_STATES = frozenset(
    {
        LetterState.DRAFTING,
        LetterState.CHANGING,
        LetterState.WAITING,
        LetterState.APPROVED,
        LetterState.MISSING,
    }
)


SENT_BACK_REASONS = {Decision.CHANGE: "A change was asked for.", Decision.REJECT: "It was rejected."}
"""The reason of a version that its approver sent back, as the row shows it."""


class Delivery(StrEnum):
    EMAIL = "e-mail"
    POST = "post or hand"


class DecidedHow(StrEnum):
    SENT_THE_DRAFT = "by pressing Send"
    REPLY = "by reply"
    COLUMN = "in the Decision column"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fingerprint:
    """What approval is bound to, read back from the saved draft and never from what we posted.

    MIME is not compared: Exchange rewrites it.

    Attributes:
        recipients: addresses in lower case, sorted, To and Cc and Bcc together.
        body: SHA-256 of the body as text with white space folded.
        attachments: (name, SHA-256) of each, sorted.
    """

    recipients: tuple[str, ...]
    subject: str
    body: str
    attachments: tuple[tuple[str, str], ...]

    def differences(self, other: Fingerprint) -> tuple[str, ...]:
        """Name the parts that differ, in words for a mail."""
        parts = {
            "the recipients": self.recipients != other.recipients,
            "the subject": self.subject != other.subject,
            "the text of the mail": self.body != other.body,
            "the attached letter": self.attachments != other.attachments,
        }
        return tuple(name for name, differs in parts.items() if differs)


def folded_body(text: str) -> str:
    """SHA-256 of a body text with all white space (non-breaking too) folded to single spaces."""
    folded = re.sub(r"[\s\u00a0\u200b\u200e\u200f\ufeff]+", " ", text).strip()
    return hashlib.sha256(folded.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One version of one letter of a case, or of the governors' paper, which is of none.

    Attributes:
        case: of the governors' paper its reference, such as "TIS-GOV-20261218".
        key: deterministic, such as "TIS/case/TIS-2026-0007/letter/invitation/1"; stamped on the draft.
        token: of the approver's role, in the request's subject.
        subject_token: of the subject's role, in the letter's own subject.
        approver: address of the mailbox in whose Drafts it waits.
        recipient: the parent's address, or the office's where delivery is by post or hand.
        word_path: of the Word file in the casework library; word_sha256 of what was rendered from it.
        attachment_sha256: of the file that the draft carries (a PDF where conversion works, else the Word file).
        fingerprint: of the draft as saved; None until it has been read back.
        missing_sweeps: on how many sweeps running the draft could not be found anywhere.
        comments: what the approver wrote when asking for this version.
        facts: fingerprint of the columns that the letter was written from.
        addressee: 1 for the parent, 2 for the second parent, each of whom gets a letter of their own.
        edited_by, edited_at: who edited the Word file from which this version was made; empty for a first writing.
        reason: why it was withdrawn or superseded, or what differed when it was sent.
        words: the letter's text as the approver was asked about it, so that the next version can show what differs.
        earlier_tokens: of requests about this version that no longer count, because the draft changed after them.
        change_wanted_at: when the office was asked to make the approver's change; None where none was asked for.
        office_says: why the office sends it to the approver unchanged after a change was asked for.
        deputy, deputy_token, offered_at: who may decide as well, because the approver has not for days.
        standing_in: how long the approver is away for whom this approver decides, in words; empty for nobody.
    """

    key: str
    case: CaseReference
    kind: LetterKind
    version: int
    state: LetterState
    token: str
    subject_token: str
    approver: str
    recipient: str
    delivery: Delivery = Delivery.EMAIL
    facts: str = ""
    word_path: str = ""
    word_file_id: str = ""
    word_etag: str = ""
    word_sha256: str = ""
    attachment_name: str = ""
    attachment_sha256: str = ""
    draft_id: str = ""
    internet_message_id: str = ""
    conversation_id: str = ""
    fingerprint: Fingerprint | None = None
    requested_at: datetime | None = None
    missing_sweeps: int = 0
    decision: Decision | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    decided_how: DecidedHow | None = None
    comments: str = ""
    reason: str = ""
    edited_by: str = ""
    edited_at: datetime | None = None
    sent_at: datetime | None = None
    addressee: int = 1
    words: str = ""
    earlier_tokens: tuple[str, ...] = ()
    change_wanted_at: datetime | None = None
    office_says: str = ""
    deputy: str = ""
    deputy_token: str = ""
    offered_at: datetime | None = None
    standing_in: str = ""

    def answers_to(self, token: str) -> bool:
        """True if the token is of a request about this version: the newest, an earlier one, or the deputy's."""
        return bool(token) and token in {self.token, self.deputy_token, *self.earlier_tokens}

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_paper(self) -> bool:
        """True for the governors' paper, which belongs to no case and has no row."""
        return self.kind is LetterKind.GOVERNORS_PAPER

    @property
    def own_case(self) -> CaseReference | None:
        """The case, for the log, the outbox and mails; None for the governors' paper."""
        return None if self.is_paper else self.case


def newest_version(letter: Letter, letters: Iterable[Letter]) -> Letter:
    """Of the versions of the same letter to the same addressee, the newest."""
    same = [one for one in letters if (one.kind, one.addressee) == (letter.kind, letter.addressee)]
    return max(same, key=lambda one: one.version, default=letter)


def version_before(letter: Letter, letters: Iterable[Letter]) -> Letter | None:
    """The newest earlier version of the same letter about which an approver was asked."""
    same = [one for one in letters if (one.kind, one.addressee) == (letter.kind, letter.addressee)]
    asked = [one for one in same if one.version < letter.version and one.requested_at]
    return max(asked, key=lambda one: one.version, default=None)


def letter_key(school: str, case: CaseReference, kind: LetterKind, version: int, addressee: int = 1) -> str:
    """Stable for ever: of one version, of one kind, to one addressee."""
    whom = "" if addressee == 1 else f"to {addressee}/"
    return f"{school}/case/{case}/letter/{kind}/{whom}{version}"
