"""Letters and papers beyond the first two: staff choose them in the list, and a person sends what leaves the school."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from casework.cases import CaseReference
from casework.export_packs import PackReader
from connectors.documents.letters import read_docx_text
from offices.exports import export_case
from tests.school import SchoolAtWork, words

PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "staff"}
TALKED = {"TalkedOn": "2026-11-23T12:00:00Z", "TalkOutcome": "removed"}
CHOICES = "Collection(Edm.String)"


def ask_for(school: SchoolAtWork, *wanted: str, **more: object) -> None:
    """Somebody of the office ticks letters and papers in the list."""
    school.staff_set(**{"LettersWanted@odata.type": CHOICES, "LettersWanted": list(wanted)}, **more)
    school.works()


def test_papers_lie_in_the_case_folder_and_nothing_leaves_before_a_person_sends_it(
    school: SchoolAtWork, tmp_path: Path
) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    ask_for(school, "summary for the police", "note of the conversation", "notice of a block", **PARENT)

    row = school.the_case()
    police = school.files("casework")["TIS-2026-0001/Letters/police summary, version 1.docx"]
    drafts = school.messages("reports", "drafts")

    assert "Summary for a report to the police" in read_docx_text(police)
    assert [(draft["subject"], draft["toRecipients"]) for draft in drafts] == [("TIS-2026-0001", [])]
    assert school.left_the_school() == []
    assert (
        "The note of the conversation waits: fill in Talked on and Outcome of the talk first."
        in row["CaseworkSays"]
    )

    ask_for(school, "summary for the police", "note of the conversation", **TALKED)
    files = school.files("casework")

    assert "TIS-2026-0001/Letters/conversation note, version 1.docx" in files
    assert "TIS-2026-0001/Letters/police summary, version 2.docx" not in files, (
        "nothing that it says has changed"
    )
    assert len(school.messages("reports", "drafts")) == 1

    pack = export_case(school.office, CaseReference("TIS-2026-0001"), PackReader.POLICE, into=tmp_path)
    with ZipFile(pack) as package:
        names = package.namelist()
        assert "Summary for a report to the police" in read_docx_text(package.read("Summary.docx"))
        assert not any(b"teacher@" in package.read(name) for name in names)
    assert any(name.startswith("Files/TIS-2026-0001/Evidence/") for name in names)
    with pytest.raises(ValueError, match="There are no redacted copies"):
        export_case(school.office, CaseReference("TIS-2026-0001"), PackReader.SAR, into=tmp_path)


def test_the_letter_that_closes_the_matter_is_approved_like_any_other(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(**PARENT, **TALKED)
    ask_for(school, "outcome letter")
    assert school.messages("headteacher", "drafts") == []

    school.staff_set(Outcome="resolved informally", StillUp="gone")
    school.works()
    (note,) = [mail for mail in school.messages("teacher") if mail["subject"].startswith("Your report of")]
    assert "has closed the matter, TIS-2026-0001" in words(note)
    assert not any(word in words(note) for word in ("Oakfield", "Facebook", "informally", "removed"))
    school.press_send()
    school.works()

    (letter,) = school.letters_sent()
    (attached,) = letter.iter_attachments()
    said = read_docx_text(attached.get_payload(decode=True))  # type: ignore[arg-type]  # a decoded part is bytes
    assert "Thank you for taking down the post" in said
    assert school.the_case()["Stage"] == "closed"
    assert "Outcome, version 1: sent" in school.the_case()["Letters"]


def test_words_that_accuse_stop_a_letter_until_staff_say_why_and_the_head_reads_that_reason(
    school: SchoolAtWork,
) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(**PARENT)
    school.works()
    path = next(name for name in school.files("casework") if name.endswith("invitation, version 1.docx"))
    school.put_file(
        "casework", path, with_words(school.files("casework")[path], "You have broken our trust.")
    )
    school.once()

    assert school.messages("headteacher", "drafts") == []
    assert "It accuses" in school.the_case()["CaseworkSays"]

    school.staff_set(LetterOverride="They said so themselves in the talk last week.")
    school.works()

    assert "Staff let it pass although: It accuses" in words(school.the_request())
    assert "They said so themselves in the talk last week." in words(school.the_request())
    assert school.the_draft()["hasAttachments"]


def test_in_september_the_yearly_word_waits_for_the_head_and_goes_to_no_parent(school: SchoolAtWork) -> None:
    school.at("2026-09-03T09:00:00+00:00")
    school.works()
    school.works()

    draft = school.the_draft()
    assert "For all parents: social media and our school, 2026/27" in draft["subject"]
    assert [to["emailAddress"]["address"] for to in draft["toRecipients"]] == [school.address("office")]
    letter = read_docx_text(school.files("casework")["Yearly letters/Social media 2026-27.docx"])
    assert "Dear parents and carers" in letter
    assert "Before you post about school" in letter
    assert school.left_the_school() == []


def with_words(content: bytes, sentence: str) -> bytes:
    """The Word file with one more paragraph."""
    document = Document(BytesIO(content))
    document.add_paragraph(sentence)
    changed = BytesIO()
    document.save(changed)
    return changed.getvalue()
