"""A dry run speaks the office's words: every mail and every kind of effect has some, and none names anybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import templates
from casework.cases import CaseReference
from casework.dry_run.acts import Act, WouldWrite
from casework.dry_run.mail_words import MAIL_WORDS, mail_words
from casework.dry_run.words import words_of
from casework.dry_run.would import would_do, would_write_rows
from casework.intents import FileMessage, Intent, KeepReviewEntry, SendMail, WritePaper, payload_of
from casework.records import OutboxState, PlannedEffect

CASE = CaseReference("TIS-2026-0001")
DRAFTED = frozenset(
    {"governors_paper", "letter_cover", "paper_cover", "policy_copy", "print_and_post", "yearly_reminder"}
)
"""What lies in somebody's Drafts is told as a draft."""


def planned(intent: Intent, *, number: int = 1, state: OutboxState = OutboxState.DONE) -> PlannedEffect:
    return PlannedEffect(
        key=intent.key,
        number=number,
        kind=intent.kind,
        payload=payload_of(intent),
        case=intent.case,
        group="",
        state=state,
    )


def thanks(key: str = "TIS/thanks") -> SendMail:
    return SendMail(key=key, mail="acknowledgement", role="reporter", to="a@parents.example", case=CASE)


def test_every_mail_that_casework_sends_has_words() -> None:
    folder = Path(templates.__file__).parent / "emails"
    mails = {one.name for one in folder.iterdir() if one.is_dir() and (one / "mail.txt").exists()}

    assert mails - DRAFTED == set(MAIL_WORDS)


@pytest.mark.parametrize(
    ("mail", "role", "words"),
    [
        ("acknowledgement", "reporter", "thank the reporter for the report"),
        ("urgent_case", "safeguarding_lead", "tell the safeguarding lead at once of a possible threat"),
        ("answer_taken", "whoever answered", "confirm to whoever answered what was answered"),
        ("of_a_later_version", "office", "send the office the mail of a later version"),
    ],
)
def test_a_mail_is_told_by_what_it_does(mail: str, role: str, words: str) -> None:
    assert mail_words(mail, role) == words


def test_a_paper_is_told_by_its_kind() -> None:
    paper = WritePaper(key="k", letter_kind="meeting_note", version=2, case=CASE)

    assert words_of(paper) == "write the paper meeting note, version 2, into the case's folder"


def test_an_entry_in_a_calendar_is_told_by_what_it_says() -> None:
    subject = "TIS-2026-0001: look whether it can go on"
    entry = KeepReviewEntry(key="k", entry="e", address="office@a.example", day="2026-11-10", subject=subject)

    assert words_of(entry) == f'let the entry "{subject}" stand in a calendar on 10 November 2026'
    assert (
        words_of(replace(entry, day=""))
        == "take an entry out of a calendar, as nothing is due on its day any more"
    )


def test_a_mail_that_went_out_before_is_not_told_again() -> None:
    sent = WouldWrite(act=Act.SENT, place="reports@tillbrook.example", what="TIS/thanks")
    effects = [planned(thanks()), planned(thanks("TIS/sent before"), number=2)]

    told = list(would_do(effects, [sent], letters={}, first_round=2))

    assert [one.key for one in told] == ["TIS/thanks"]


def test_what_follows_from_something_that_is_only_told_is_said_to_follow() -> None:
    filing = FileMessage(key="TIS/file", message_id="1", folder="Casework/Processed", case=CASE)

    (first,) = would_do([planned(filing, number=3)], [], letters={}, first_round=3)
    (then,) = would_do([planned(filing, number=4)], [], letters={}, first_round=3)

    assert (first.follows, then.follows) == (False, True)


def test_a_row_is_told_once_with_the_headings_that_people_see() -> None:
    acts = [
        WouldWrite(act=Act.ROW_CHANGED, place="Cases", what="TIS-2026-0001", fields={name: "x"})
        for name in ("NextStep", "Due", "NextStep")
    ]

    (told,) = would_write_rows(acts)

    assert (told.case, told.words) == (CASE, "write in its row of the list Cases: Next step, Due")
