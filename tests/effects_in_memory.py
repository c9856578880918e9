"""One effect of each kind, about to be carried out in memory, and all that is to be seen of it afterwards."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from casework.cases import CaseReference, Decision, Target
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
    SendLetter,
    SendMail,
    StoreCopies,
    StorePaper,
    WithdrawDraft,
    WritePaper,
    WriteTimeline,
)
from casework.letters import DecidedHow, Letter, LetterKind, LetterState
from casework.mails import acknowledgement
from casework.mails.policies import draft_of_copy
from casework.mails.yearly import draft_of_reminder
from casework.school import Role
from casework.sending_cap import MOST_ANSWERS
from connectors.journal import open_journal
from connectors.memory import (
    MemoryInbox,
    MemoryLibrary,
    MemoryMailService,
)
from tests.account import OFTEN
from tests.invented import a_letter
from tests.journals import CASE, CHAIN_KEY, MONDAY, case, sighting
from workflows.carry_out import Tools, carry_out
from workflows.custody import register_sealed
from workflows.open_cases.sealing import seal_message
from workflows.planning import plan
from workflows.sent_mails import note_sending

RAW = (
    b"From: Robin Witness <robin@parents.example>\r\nTo: reports@tillbrook.example\r\nSubject: A post\r\n"
    b"Message-ID: <one@parents.example>\r\n\r\nJo Marsh wrote this, see for yourselves.\r\n"
)
HEAD = "headteacher@tillbrook.example"
PAPER = a_letter(
    key="TIS/governors/2026-12-18/version/1",
    case=CaseReference("TIS-GOV-20261218"),
    kind=LetterKind.GOVERNORS_PAPER,
    state=LetterState.DRAFTING,
    approver=HEAD,
    recipient="clerk@tillbrook.example",
    word_path="Governors/Governors' paper Autumn term 2026.docx",
    requested_at=None,
)
LETTER = a_letter(approver=HEAD, word_path=f"{CASE}/Letters/invitation, version 1.docx")


def a_report(tools: Tools) -> None:
    """A report lies sealed, and its case is open."""
    assert isinstance(tools.inbox, MemoryInbox)
    number = tools.inbox.receive(RAW)
    sealed = seal_message(RAW, received_at=MONDAY, sealed=tools.sealed, reader=tools.reader).sealed
    seen = sighting(
        f"mail/{number}",
        source_id=number,
        sha256=sealed.sha256,
        sealed_at=sealed.folder,
        case=CASE,
        facts={"people": [["Robin Witness", "robin@parents.example"]]},
    )
    with tools.journal.transaction() as transaction:
        transaction.cases.save(case())
        transaction.sightings.save(seen)
        register_sealed(transaction, seen, sealed.kept, now=tools.now)


def copies_of_it(tools: Tools) -> None:
    a_report(tools)
    with tools.journal.transaction() as transaction:
        plan(transaction, StoreCopies(key="copies", sighting="mail/message-1", case=CASE))
    carry_out(tools)


def a_dropped_file(tools: Tools) -> None:
    a_report(tools)
    assert isinstance(tools.drop, MemoryLibrary)
    for path in ("Report drop/first.png", "Report drop/Taken in/first.png"):
        tools.drop.put(path, path.encode())


def a_letter_to_draft(tools: Tools) -> None:
    a_report(tools)
    with tools.journal.transaction() as transaction:
        transaction.letters.save(replace(LETTER, state=LetterState.DRAFTING, requested_at=None))


def a_letter_that_waits(tools: Tools) -> None:
    a_letter_to_draft(tools)
    with tools.journal.transaction() as transaction:
        plan(transaction, PrepareDraft(key="draft", letter=LETTER.key, case=CASE))
    carry_out(tools)


def a_letter_approved(tools: Tools) -> None:
    a_letter_that_waits(tools)
    _is_now(
        tools, LETTER, state=LetterState.APPROVED, decision=Decision.APPROVE, decided_how=DecidedHow.REPLY
    )


def a_letter_taken_back(tools: Tools) -> None:
    a_letter_that_waits(tools)
    _is_now(tools, LETTER, state=LetterState.WITHDRAWN, reason="The parent took it down.")


def _is_now(tools: Tools, letter: Letter, **facts: Any) -> None:
    with tools.journal.transaction() as transaction:
        current = transaction.letters.get(letter.key)
        assert current
        transaction.letters.save(replace(current, **facts))


def a_paper_to_draft(tools: Tools) -> None:
    """The governors' paper of a term in which a post was reported."""
    a_report(tools)
    with tools.journal.transaction() as transaction:
        transaction.letters.save(PAPER)


def a_paper_that_waits(tools: Tools) -> None:
    a_paper_to_draft(tools)
    with tools.journal.transaction() as transaction:
        plan(transaction, PrepareDraft(key="draft", letter=PAPER.key))
    carry_out(tools)


def a_paper_approved(tools: Tools) -> None:
    a_paper_that_waits(tools)
    _is_now(tools, PAPER, state=LetterState.APPROVED, decision=Decision.APPROVE, decided_how=DecidedHow.REPLY)


def a_paper_rejected(tools: Tools) -> None:
    a_paper_that_waits(tools)
    _is_now(tools, PAPER, state=LetterState.WITHDRAWN, decision=Decision.REJECT, reason="It was rejected.")


def a_paper_to_be_changed(tools: Tools) -> None:
    a_paper_to_draft(tools)
    _is_now(tools, PAPER, state=LetterState.CHANGING, comments="Say more about the policies.")


def nothing(tools: Tools) -> None:
    pass


def a_report_about_the_head(tools: Tools) -> None:
    a_report(tools)
    with tools.journal.transaction() as transaction:
        found = transaction.cases.get(CASE)
        assert found
        transaction.cases.save(replace(found, staff=replace(found.staff, target=Target.HEADTEACHER)))


def an_eager_correspondent(tools: Tools) -> None:
    """Somebody has had as many answers lately as a person may have."""
    a_report(tools)
    with tools.journal.transaction() as transaction:
        for number in range(MOST_ANSWERS):
            note_sending(transaction, f"answer/{number}", at=tools.now, answers="robin@parents.example")


def _thanks(tools: Tools) -> SendMail:
    to = "teacher@tillbrook.example"
    return acknowledgement(CASE, to=to, key="thanks", school=tools.school, tokens=tools.tokens, now=tools.now)


def _note_to_head(tools: Tools) -> SendMail:
    return replace(_thanks(tools), to=tools.school.person(Role.HEADTEACHER).address)


def _answer(tools: Tools) -> SendMail:
    return replace(_thanks(tools), to="robin@parents.example", answers=True)


def _copy(tools: Tools) -> DraftPolicyCopy:
    titles = ("Behaviour policy",)
    return draft_of_copy(None, titles, school=tools.school, sighting="mail/1", to="robin@parents.example")


def _yearly(tools: Tools) -> DraftYearlyReminder:
    return draft_of_reminder("2026/27", school=tools.school, today=date(2026, 9, 3))


def _redaction(tools: Tools) -> RedactCopies:
    return RedactCopies(
        key="redaction",
        case=CASE,
        names=["Jo Marsh"],
        mark="a1b2c3",
        asked_by="office@tillbrook.example",
        asked_by_role="the office",
        asked_on="2026-11-23",
    )


EFFECTS: dict[str, tuple[Callable[[Tools], None], Callable[[Tools], Intent]]] = {
    "a mail": (a_report, _thanks),
    "a mail to the headteacher of a case about the headteacher": (a_report_about_the_head, _note_to_head),
    "an answer to somebody who may be a machine": (an_eager_correspondent, _answer),
    "filing a message": (
        a_report,
        lambda _: FileMessage(key="file", message_id="message-1", folder="Filed", case=CASE),
    ),
    "filing what was dropped": (
        a_dropped_file,
        lambda _: FileDropped(key="file", file_id="file-1", path="Report drop/Taken in/first.png", case=CASE),
    ),
    "copies": (a_report, lambda _: StoreCopies(key="copies", sighting="mail/message-1", case=CASE)),
    "the record": (a_report, lambda _: KeepRecord(key="record", case=CASE)),
    "redacted copies": (copies_of_it, _redaction),
    "the timeline": (a_report, lambda _: WriteTimeline(key="timeline", case=CASE)),
    "a paper": (
        copies_of_it,
        lambda _: WritePaper(key="paper", letter_kind="police_summary", version=1, case=CASE),
    ),
    "the vault": (a_report, lambda _: KeepInVault(key="vault", case=CASE)),
    "closing a folder": (copies_of_it, lambda _: LimitFolder(key="limit", people=(HEAD,), case=CASE)),
    "a letter's draft": (
        a_letter_to_draft,
        lambda _: PrepareDraft(key="draft", letter=LETTER.key, case=CASE),
    ),
    "a letter": (a_letter_approved, lambda _: SendLetter(key="send", letter=LETTER.key, case=CASE)),
    "taking a letter back": (
        a_letter_taken_back,
        lambda _: WithdrawDraft(key="back", letter=LETTER.key, case=CASE),
    ),
    "the calendar feed": (nothing, lambda _: StorePaper(key="feed", path="Reviews.ics", text="BEGIN")),
    "a copy of a policy": (nothing, _copy),
    "a review in a calendar": (
        nothing,
        lambda _: KeepReviewEntry(
            key="entry/1", entry="entry", address=HEAD, day="2026-12-01", subject="Review", text="Please."
        ),
    ),
    "the governors' paper": (a_paper_to_draft, lambda _: PrepareDraft(key="draft", letter=PAPER.key)),
    "the governors' paper, approved": (a_paper_approved, lambda _: SendLetter(key="send", letter=PAPER.key)),
    "the governors' paper, rejected": (
        a_paper_rejected,
        lambda _: WithdrawDraft(key="back", letter=PAPER.key),
    ),
    "the governors' paper, to be changed": (
        a_paper_to_be_changed,
        lambda _: PrepareDraft(key="draft", letter=PAPER.key),
    ),
    "the yearly letter": (nothing, _yearly),
}


def arranged(effect: str, mail_room: Tools, new_journal: Path, file: Path) -> tuple[Tools, Path]:
    """Where this effect is to be carried out: everything outside, and the journal's file."""
    arrange, intent = EFFECTS[effect]
    shutil.copy(new_journal, file)
    with open_journal(file, school="TIS", chain_key=CHAIN_KEY) as journal:
        tools = replace(mail_room, journal=journal, **outside(mail_room))
        arrange(tools)
        with journal.transaction() as transaction:
            plan(transaction, intent(tools))
    return tools, file


def outside(tools: Tools) -> dict[str, Any]:
    """A copy of it, which has a future of its own."""
    names = ("mail", "inbox", "casework", "folders", "sealed", "drop", "calendars")
    return copy.deepcopy({name: getattr(tools, name) for name in names})


def seen(tools: Tools) -> dict[str, Any]:
    with tools.journal.transaction() as transaction:
        waiting = [*transaction.outbox_view.unfinished(), *transaction.outbox_view.needing_a_person()]
        events = [event for event in transaction.events.after(0) if event.what != OFTEN]
        case_now = transaction.cases.get(CASE)
    assert not waiting, [(effect.kind, effect.problem) for effect in waiting]
    mail = tools.mail
    assert isinstance(mail, MemoryMailService)
    return {
        "mails": sorted(
            (address, kept.key, kept.is_draft, kept.mail.to, kept.mail.subject, kept.mail.attachments)
            for address, box in mail._mailboxes.items()
            for kept in box._mails.values()
            if not kept.discarded
        ),
        "files": {
            name: {file.path: library.read(file.file_id) for file in library.changes(None).files}
            for name, library in (
                ("casework", tools.casework),
                ("sealed", tools.sealed),
                ("drop", tools.drop),
            )
        },
        "inbox": {number: kept.folder for number, kept in tools.inbox._messages.items()},
        "folders": tools.folders._people,
        "calendars": {who: [*one._entries.values()] for who, one in tools.calendars._calendars.items()},
        "log": sorted((event.what, str(event.fields)) for event in events),
        "case": case_now,
    }
