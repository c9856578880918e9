"""Which letters may leave: what an approver pressed, or approved by an answer that proves it was theirs."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from tests.never.looking import SeenMail, Sheet

_REQUEST = re.compile(r"\[(?P<case>[A-Z]+-(?:\d{4}|GOV)-\d{4,})-(?P<token>[a-z0-9]+)\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request for approval that reached an approver, and the draft as it lay there then."""

    letter: str
    approver: str
    mail_id: str
    subject: str
    case: str
    sheet: Sheet


@dataclass(kw_only=True, slots=True)
class Proofs:
    """The examiner's own book-keeping; it asks Casework nothing.

    Attributes:
        pressed: sheets whose Send was pressed, each for one letter.
        approved: letter and sheet, each approved at most once.
        own_edits: by letter, the hash of the Word file as its approver last left it.
    """

    requests: dict[str, Request] = field(default_factory=dict)
    pressed: list[Sheet] = field(default_factory=list)
    approved: dict[str, set[Sheet]] = field(default_factory=dict)
    own_edits: dict[str, str] = field(default_factory=dict)
    _mails: set[str] = field(default_factory=set)

    def note_requests(self, mails: list[SeenMail]) -> None:
        """Remember what each new request asked about: the draft that waits at this moment."""
        drafts = {mail.key: mail for mail in mails if mail.is_draft}
        for mail in mails:
            if mail.is_draft or mail.mail_id in self._mails or not mail.subject.startswith("Please approve:"):
                continue
            self._mails.add(mail.mail_id)
            letter = re.split("/request|/reminder/", mail.key)[0]
            key = letter if "/request" in mail.key else mail.key
            tagged = _REQUEST.search(mail.subject)
            if letter in drafts and tagged:
                self.requests[key] = Request(
                    letter=letter,
                    approver=mail.mailbox,
                    mail_id=mail.mail_id,
                    subject=mail.subject,
                    case=tagged["case"],
                    sheet=drafts[letter].sheet,
                )

    def approves(self, request: Request) -> None:
        """The approver said so: about that sheet, or about the approver's own last edit of the Word file."""
        sheets = self.approved.setdefault(request.letter, set())
        sheets.add(request.sheet)
        if request.letter in self.own_edits:
            own = self.own_edits[request.letter]
            sheets.add(
                Sheet(
                    recipients=request.sheet.recipients,
                    subject=request.sheet.subject,
                    words=request.sheet.words,
                    files=(own,),
                )
            )

    def decides(self, case: str | None, by: str, drafts: set[str]) -> None:
        """Decision was set to approve: it counts for the one letter of the case that waits, from its approver."""
        waiting = [one for one in self.requests.values() if one.case == case and one.letter in drafts]
        asked = [one for one in waiting if one.approver == by]
        if len({one.letter for one in waiting}) == 1 and asked:
            self.approved.setdefault(asked[0].letter, set()).update(one.sheet for one in asked)

    def edited(self, request: Request, content: bytes, *, own: bool) -> None:
        """Somebody saved the Word file: the approver's own last edit may be approved unseen, nobody else's."""
        if own:
            self.own_edits[request.letter] = hashlib.sha256(content).hexdigest()
        else:
            self.own_edits.pop(request.letter, None)

    def may_leave(self, sheet: Sheet) -> bool:
        """True if somebody who may had decided on exactly this; the proof is used up by it."""
        if sheet in self.pressed:
            self.pressed.remove(sheet)
            return True
        for letter, sheets in self.approved.items():
            if sheet in sheets:
                del self.approved[letter]
                return True
        return False
