"""What a lost journal is regained from: rows of the list, and the keys that our mails carry."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casework.actions import YesNo
from casework.cases import Decision
from casework.letter_kinds import LetterKind
from casework.letters import LetterState
from casework.regaining import case_of_key, case_of_row, letter_of_key, shown_letters
from tests.journals import MONDAY


@pytest.mark.parametrize(
    ("key", "kind", "version", "addressee"),
    [
        ("TIS/case/TIS-2026-0007/letter/invitation/1", LetterKind.INVITATION, 1, 1),
        ("TIS/case/TIS-2026-0007/letter/removal_request/to 2/3", LetterKind.REMOVAL_REQUEST, 3, 2),
    ],
)
def test_a_letter_is_known_again_by_its_key(key: str, kind: LetterKind, version: int, addressee: int) -> None:
    named = letter_of_key(key, school="TIS")
    assert named is not None
    assert (named.case, named.kind, named.version, named.addressee) == (
        "TIS-2026-0007",
        kind,
        version,
        addressee,
    )


@pytest.mark.parametrize(
    "key",
    [
        "TIS/case/TIS-2026-0007/letter/invitation/1/reminder/2",
        "TIS/case/TIS-2026-0007/note/headteacher",
        "ABC/case/ABC-2026-0007/letter/invitation/1",
        "TIS/case/TIS-2026-0007/letter/something new/1",
        "",
    ],
)
def test_no_other_mail_is_taken_for_a_letter(key: str) -> None:
    assert letter_of_key(key, school="TIS") is None


def test_a_mail_names_its_case_and_a_digest_names_none() -> None:
    assert case_of_key("TIS/case/TIS-2026-0007/note/headteacher", school="TIS") == "TIS-2026-0007"
    assert case_of_key("TIS/digest/2026-11-23", school="TIS") is None


def test_a_row_gives_back_what_staff_and_casework_wrote() -> None:
    fields = {
        "Reference": "TIS-2026-0007",
        "Title": "Facebook post, reported 23 November 2026",
        "ReportedAt": datetime(2026, 11, 23, 9, tzinfo=UTC),
        "Platform": "Facebook",
        "Parent": "Robin Ashdown",
        "TalkOutcome": "refused",
        "Continues": True,
    }
    case = case_of_row(fields, item_id="7", school="TIS", now=MONDAY)
    assert case is not None
    assert (case.reference, case.item_id, case.platform) == ("TIS-2026-0007", "7", "Facebook")
    assert case.staff.parent == "Robin Ashdown"
    assert case.staff.continues
    assert case.is_open
    assert not case.concerns_head


@pytest.mark.parametrize("closed_at", [None, MONDAY])
def test_only_of_an_open_case_is_a_decision_taken_that_the_row_shows_as_open(
    closed_at: datetime | None,
) -> None:
    """Of a closed one it was refused, or was never to be made: nothing follows from it any more."""
    fields = {
        "Reference": "TIS-2026-0007",
        "ClosedAt": closed_at,
        "Outcome": "Removed." if closed_at else "",
        "HostDecision": "yes",
        "HostWhy": "It names a child of ours.",
    }

    case = case_of_row(fields, item_id="7", school="TIS", now=MONDAY)

    assert case
    is_as_it_stands = case.staff.steps.host.answer is YesNo.YES
    assert is_as_it_stands is (closed_at is not None)


def test_a_row_that_tells_nothing_is_kept_from_the_headteacher() -> None:
    fields = {"Reference": "TIS-2026-0008", "ReportedAt": datetime(2026, 11, 23, 9, tzinfo=UTC)}
    case = case_of_row(fields, item_id="8", school="TIS", now=MONDAY)
    assert case is not None
    assert case.concerns_head


@pytest.mark.parametrize("reference", ["", "my own note", "ABC-2026-0001"])
def test_a_row_of_the_schools_own_is_no_case(reference: str) -> None:
    assert case_of_row({"Reference": reference}, item_id="1", school="TIS", now=MONDAY) is None


def test_the_row_shows_which_letters_were_sent_back_withdrawn_or_are_being_changed() -> None:
    shown = shown_letters(
        "Invitation, version 1: superseded. It was rejected.\n"
        "Invitation, version 2: being changed by the office\n"
        "Removal request, version 1: withdrawn. The case has moved on.\n"
        "Removal request, version 2: sent 24 November 2026 (approved by reply)\n"
        "a note that somebody typed"
    )

    assert [(one.kind, one.version, one.state, one.decision) for one in shown] == [
        (LetterKind.INVITATION, 1, LetterState.SUPERSEDED, Decision.REJECT),
        (LetterKind.INVITATION, 2, LetterState.CHANGING, None),
        (LetterKind.REMOVAL_REQUEST, 1, LetterState.WITHDRAWN, None),
    ]


def test_a_version_that_is_shown_for_two_parents_is_nobodys() -> None:
    line = "Removal request, version 1: superseded. It was rejected."

    assert shown_letters(f"{line}\n{line}") == ()
