"""Somebody edits the Word file of a letter: the approver is asked about the letter as it stands, whenever that was."""

from __future__ import annotations

import pytest

from connectors.documents.letters import read_docx_text
from tests.remembering import Moments
from tests.scenarios.test_approving_a_letter import approved_bytes, draft, edited
from tests.school import SchoolAtWork
from tests.struck import fault


@pytest.fixture
def drafted(moments: Moments) -> SchoolAtWork:
    return moments.come_to(draft)


def test_an_edited_word_file_replaces_the_draft(drafted: SchoolAtWork) -> None:
    path, content = next((p, c) for p, c in drafted.files("casework").items() if p.endswith(".docx"))
    first = approved_bytes(drafted)
    drafted.put_file("casework", path, edited(content), by="office")

    drafted.works()

    assert approved_bytes(drafted) != first
    assert "version 2: waiting for approval" in drafted.the_case()["Letters"]


def test_approve_after_the_heads_own_edit_sends_the_edited_letter(drafted: SchoolAtWork) -> None:
    path, content = next((p, c) for p, c in drafted.files("casework").items() if p.endswith(".docx"))
    drafted.put_file("casework", path, edited(content), by="headteacher")
    drafted.reply("headteacher", drafted.the_request(), "APPROVE")

    drafted.works()

    letter = next(drafted.letters_sent()[0].iter_attachments())
    assert "With best wishes for the week." in read_docx_text(letter.get_content())


def test_a_word_file_that_is_edited_while_the_approved_letter_waits_to_be_sent_stops_it(
    drafted: SchoolAtWork,
) -> None:
    path, content = next((p, c) for p, c in drafted.files("casework").items() if p.endswith(".docx"))
    drafted.server.set_faults(fault("503", "POST", "*/send", times=3))
    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.once()

    drafted.put_file("casework", path, edited(content), by="office")
    drafted.until_settled()
    drafted.works()

    assert drafted.left_the_school() == []
    assert "version 2: waiting for approval" in drafted.the_case()["Letters"]
