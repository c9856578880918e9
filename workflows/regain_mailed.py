"""What a mailbox tells of a letter whose journal was lost: its draft waits, was thrown away, or was sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from casework.cases import CaseReference, Decision
from casework.errors import NotThereError
from casework.governors.versions import FOLDER, PaperVersion, paper_of_key
from casework.letter_kinds import LetterKind
from casework.letters import DecidedHow, Letter, LetterState
from casework.own_mails import own_sighting
from casework.ports import FoundMail, Journal, MailContent, Outgoing
from casework.records import JournalTransaction
from casework.school import School
from casework.tags import TokenMaker
from workflows.regain_requests import Requests
from workflows.regain_shown_letters import GONE
from workflows.regain_words import WordFiles
from workflows.sent_letters import fingerprint_of


def as_mailed(
    blank: Letter,
    mail: FoundMail,
    content: MailContent,
    *,
    address: str,
    words: WordFiles,
    requests: Requests,
) -> Letter:
    """The version as its mail shows it, with its Word file as that lies in the casework library today."""
    fingerprint = fingerprint_of(content)
    name, sha256 = content.attachments[0] if content.attachments else ("", "")
    letter = replace(
        words.beside(blank),
        state=LetterState.WAITING,
        approver=address,
        recipient=fingerprint.recipients[0] if fingerprint.recipients else "",
        attachment_name=name,
        attachment_sha256=sha256,
        draft_id=mail.message_id,
        internet_message_id=mail.internet_message_id,
        conversation_id=mail.conversation_id,
        fingerprint=fingerprint,
    )
    letter = requests.about(letter)
    if mail.is_draft and mail.discarded:
        return replace(letter, state=LetterState.SUPERSEDED)
    if mail.is_draft:
        return requests.offered(replace(letter, reason=""))
    return replace(
        letter,
        state=LetterState.SENT,
        decision=Decision.APPROVE,
        decided_how=DecidedHow.SENT_THE_DRAFT,
        decided_by=address,
        decided_at=mail.sent_at or requests.now,
        sent_at=mail.sent_at or requests.now,
        reason="Regained from Sent Items.",
    )


def keep_mailed(journal: Journal, letter: Letter, *, earlier: Iterable[Letter] = ()) -> int | None:
    """Keep it unless the journal knows it better; 1 if the journal did not know it at all, None if it knew this draft.

    Args:
        journal: it may have been killed at any point of an earlier rebuild.
        letter: as its mail shows it.
        earlier: those that were made before it; where the journal does not know them yet, they have their places first.
    """
    with journal.transaction() as transaction:
        before = transaction.letters.get(letter.key)
        if before and before.draft_id == letter.draft_id:
            return None  # the next sweep finds the draft, and records what became of it
        newly_sent = letter.state is LetterState.SENT and before and before.state is not LetterState.SENT
        for one in earlier:
            if transaction.letters.get(one.key) is None:
                transaction.letters.save(one)
        only_listed = before is None or (before.reason == GONE and not before.draft_id)
        if only_listed or newly_sent:
            transaction.letters.save(letter)
        return int(only_listed)


def regain_papers(
    found: Iterable[FoundMail],
    outgoing: Outgoing,
    *,
    address: str,
    words: WordFiles,
    requests: Requests,
    journal: Journal,
    school: School,
    tokens: TokenMaker,
) -> int:
    """The governors' papers among the mails of one mailbox; one whose draft was thrown away is drafted by no sweep."""
    regained = 0
    for mail in found:
        named = paper_of_key(mail.key, school=school.code)
        if named is None:
            continue
        try:
            content = outgoing.read_back(mail.message_id)
        except NotThereError:
            continue
        blank = _blank(named, mail.key, content, tokens)
        paper = as_mailed(blank, mail, content, address=address, words=words, requests=requests)
        if paper.state is LetterState.SUPERSEDED:
            paper = replace(paper, state=LetterState.WITHDRAWN)
        regained += keep_mailed(journal, paper) or 0
    return regained


def _blank(named: PaperVersion, key: str, content: MailContent, tokens: TokenMaker) -> Letter:
    attached = content.attachments[0][0] if content.attachments else ""
    return Letter(
        key=key,
        case=named.reference,
        kind=LetterKind.GOVERNORS_PAPER,
        version=named.version,
        state=LetterState.WITHDRAWN,
        token=tokens.approver(key),
        subject_token=tokens.subject(named.reference),
        approver="",
        recipient="",
        word_path=f"{FOLDER}/{attached}",
    )


def remember_mail(
    transaction: JournalTransaction, mail: FoundMail, case: CaseReference | None, *, role: str, now: datetime
) -> None:
    """Remember its Message-ID, so that an answer to it is joined by References."""
    if mail.is_draft or not mail.internet_message_id:
        return
    transaction.sightings.save(
        own_sighting(
            mail.key,
            message_id=mail.message_id,
            internet_message_id=mail.internet_message_id,
            sent_at=mail.sent_at or now,
            now=now,
            case=case,
            role=role,
        )
    )
