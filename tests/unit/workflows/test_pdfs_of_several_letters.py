"""Several letters wait: LibreOffice is started once for all of them, and one that spoils the run harms no other."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from pypdf import PdfReader

from casework.cases import CaseReference, StaffColumns
from casework.intents import PrepareDraft
from casework.letters import Letter, LetterKind, LetterState, letter_key
from connectors.documents.letters import LibreOfficePdf
from connectors.memory.mail import MemoryOutgoing
from tests.journals import case
from workflows.carry_out import Tools, carry_out
from workflows.planning import plan

HEAD = "headteacher@tillbrook.example"
FAMILIES = ("Oakfield", "Fernley", "Marlow")
CASES = tuple(CaseReference(f"TIS-2026-000{number}") for number in (1, 2, 3))
KEYS = tuple(letter_key("TIS", reference, LetterKind.INVITATION, 1) for reference in CASES)


class CountedPdf:
    """A converter that says how it was asked; without the real one, whatever it is given becomes a small PDF."""

    def __init__(self, real: LibreOfficePdf | None = None, *, spoilt: bool = False) -> None:
        self.real, self.spoilt = real, spoilt
        self.alone, self.together = 0, list[int]()

    def convert(self, docx: bytes) -> bytes | None:
        self.alone += 1
        return self.real.convert(docx) if self.real else b"%PDF by itself " + docx[:9]

    def convert_all(self, letters: Sequence[bytes]) -> list[bytes | None]:
        self.together.append(len(letters))
        if self.real:
            return self.real.convert_all(letters)
        return [None if self.spoilt else b"%PDF together" for _ in letters]


def three_letters_wait(tools: Tools) -> Tools:
    school = replace(tools.school, address_lines=("Mill Lane", "Tillbrook"))
    with tools.journal.transaction() as transaction:
        for reference, key, family in zip(CASES, KEYS, FAMILIES, strict=True):
            address = f"{family.lower()}@homes.example"
            staff = StaffColumns(parent=f"Mrs R {family}", parent_email=address)
            transaction.cases.save(replace(case(), reference=reference, staff=staff))
            letter = Letter(
                key=key,
                case=reference,
                kind=LetterKind.INVITATION,
                version=1,
                state=LetterState.DRAFTING,
                token=f"k3f{family[0].lower()}",
                subject_token=f"m2a{family[0].lower()}",
                approver=HEAD,
                recipient=address,
                word_path=f"{reference}/Letters/invitation, version 1.docx",
            )
            transaction.letters.save(letter)
            plan(transaction, PrepareDraft(key=f"{key}/draft", letter=key, case=reference))
    return replace(tools, school=school, attach_pdf=True)


def attachments(tools: Tools) -> dict[str, tuple[str, bytes]]:
    """What each case's draft carries: name and content."""
    outgoing = tools.mail.outgoing(HEAD)
    assert isinstance(outgoing, MemoryOutgoing)
    for draft in outgoing.ours():
        outgoing.press_send(draft.message_id)
    mails = {mail.key: mail.attachments[0] for mail in outgoing.sent_mails()}
    return {
        reference: (mails[key].name, mails[key].content) for reference, key in zip(CASES, KEYS, strict=True)
    }


@pytest.mark.skipif(not LibreOfficePdf().installed, reason="LibreOffice is not installed on this machine")
def test_one_run_of_libreoffice_makes_each_family_its_own_letter(tools: Tools) -> None:
    pdf = CountedPdf(LibreOfficePdf())
    tools = replace(three_letters_wait(tools), pdf=pdf)

    carry_out(tools)

    assert (pdf.together, pdf.alone) == ([3], 0)
    for family, (name, content) in zip(FAMILIES, attachments(tools).values(), strict=True):
        words = PdfReader(io.BytesIO(content)).pages[0].extract_text()
        assert name.endswith(".pdf")
        assert family in words
        assert not any(other in words for other in FAMILIES if other != family)
    assert not tools.pdfs_ahead


def test_where_the_common_run_fails_each_letter_has_a_run_of_its_own(tools: Tools) -> None:
    pdf = CountedPdf(spoilt=True)
    tools = replace(three_letters_wait(tools), pdf=pdf)

    carry_out(tools)

    assert (pdf.together, pdf.alone) == ([3], 3)
    assert all(content.startswith(b"%PDF by itself") for _, content in attachments(tools).values())


def test_a_letter_that_cannot_be_made_ready_is_left_out_and_holds_up_no_other(tools: Tools) -> None:
    pdf = CountedPdf()
    tools = replace(three_letters_wait(tools), pdf=pdf)
    tools.casework.write(f"{CASES[1]}/Letters/invitation, version 1.docx", b"no Word file")

    report = carry_out(tools)

    assert pdf.together == [2]
    outgoing = tools.mail.outgoing(HEAD)
    assert [bool(outgoing.find(key)) for key in KEYS] == [True, False, True]
    assert any(CASES[1] in problem for problem in report.problems)


def test_one_letter_alone_is_converted_by_itself(tools: Tools) -> None:
    pdf = CountedPdf()
    tools = replace(three_letters_wait(tools), pdf=pdf)
    with tools.journal.transaction() as transaction:
        for key in KEYS[1:]:
            transaction.outbox_view.cancel(f"{key}/draft")

    carry_out(tools)

    assert (pdf.together, pdf.alone) == ([], 1)
