"""Each thing that Casework would do in a few words that stand behind "Would": in the office's words, naming nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.dry_run.mail_words import mail_words
from casework.intents import (
    DraftPolicyCopy,
    DraftYearlyReminder,
    FileDropped,
    FileMessage,
    Intent,
    KeepInVault,
    KeepRecord,
    KeepReviewEntry,
    LimitFolder,
    PrepareDraft,
    RedactCopies,
    Remind,
    SendLetter,
    SendMail,
    StoreCopies,
    StorePaper,
    WithdrawDraft,
    WritePaper,
    WriteTimeline,
    payload_of,
)
from casework.letters import Delivery, Letter

_SENTENCES: Mapping[type[Intent], str] = {
    FileMessage: "file the message in the mailbox's folder {folder}",
    FileDropped: "move what was dropped out of the drop folder",
    StoreCopies: "store working copies without the reporter in the case's folder, under {folder}",
    KeepRecord: "bring the list and the custody record of the evidence up to date",
    RedactCopies: "make redacted copies of the evidence",
    WriteTimeline: "write the timeline into the case's folder",
    WritePaper: "write the paper {letter_kind}, version {version}, into the case's folder",
    KeepInVault: "keep who reported the case in the vault, apart from the case",
    LimitFolder: "let only the people of the case open its folder",
    StorePaper: "write {path}",
    DraftPolicyCopy: "put a reply to a request for a policy into the reporting mailbox's Drafts",
    KeepReviewEntry: 'let the entry "{subject}" stand in a calendar on {day}',
    DraftYearlyReminder: "write the yearly word to parents, and put it into the headteacher's Drafts",
    PrepareDraft: "draft the {letter}",
    SendLetter: "send the approved {letter}",
    WithdrawDraft: "withdraw the {letter} from its approver's Drafts",
}
"""All kinds but mails; in braces a field of the intent, or the letter that it is about."""


def words_of(intent: Intent, letter: Letter | None = None) -> str:
    """What the intent does.

    Args:
        intent: what would be carried out.
        letter: the one that it is about, where the journal knows it.
    """
    if isinstance(intent, SendMail):
        return mail_words(intent.mail, intent.role)
    if isinstance(intent, Remind):
        return f"keep a reminder for the next morning mail: {mail_words(intent.mail, intent.role)}"
    fields: dict[str, object] = {**payload_of(intent), "letter": _named(letter)}
    if isinstance(intent, KeepReviewEntry):
        if not intent.day:
            return "take an entry out of a calendar, as nothing is due on its day any more"
        day = date.fromisoformat(intent.day)
        fields["day"] = f"{day.day} {day:%B %Y}"
    if isinstance(intent, WritePaper):
        fields["letter_kind"] = intent.letter_kind.replace("_", " ")
    return _SENTENCES[type(intent)].format_map(fields)


def _named(letter: Letter | None) -> str:
    if letter is None:
        return "letter"
    if letter.is_paper:
        return f"{letter.kind.value}, version {letter.version}"
    by_hand = "" if letter.delivery is Delivery.EMAIL else ", to be printed"
    return f"letter ({letter.kind.value.replace('_', ' ')}, version {letter.version}{by_hand})"
