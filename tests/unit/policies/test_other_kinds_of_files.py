"""Policies are kept as PDF, OpenDocument, web pages and text too; all are read the same way."""

import shutil
import subprocess
from pathlib import Path

import pytest

from casework.policy_documents import PolicyFacts, Where, read_policy
from connectors.documents.policies import PolicyDocumentReader, pdf
from connectors.documents.policies.old_word import find_libre_office
from connectors.documents.policies.pdf_pages import PdfNotOpenedError
from tests.unit.policies.pdf_files import lines_pdf, pdf_file, turned_pdf
from tests.unit.policies.word_files import paragraph, table, word_file, zipped

HEADER = ("Behaviour Policy", "Policy owner: Mrs A. Vale", "Last review: May 2025", "Next review: May 2027")
needs_libre_office = pytest.mark.skipif(find_libre_office() is None, reason="LibreOffice is not installed")


def read(content: bytes, name: str) -> PolicyFacts:
    return read_policy(PolicyDocumentReader().read(content, name=name))


def open_document(body: str, *, footer: str = "") -> bytes:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:'
        'xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:'
        'opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {spaces}><style:master-page><style:footer>{footer}</style:footer>"
            "</style:master-page></office:document-styles>",
        }
    )


FILES = {
    "policy.txt": "\n".join(HEADER).encode(),
    "windows.txt": "\r\n".join((*HEADER, "We pay £5, “fairly”.")).encode("cp1252"),
    "wide.txt": "\r\n".join(HEADER).encode("utf-16"),
    "policy.md": b"# Behaviour Policy\n\n| Policy owner | Mrs A. Vale |\n|---|---|\n| Last review | May 2025 |\n"
    b"| Next review | **May 2027** |\n",
    "policy.html": b"<html><body><h1>Behaviour\n Policy</h1><p>Policy owner: Mrs A. Vale<br>Last review: May 2025</p>"
    b"<table><tr><td>Next\n review</td><td><b>May</b>\n 2027</td></tr></table></body></html>",
    "policy.htm": b"<div>Behaviour Policy</div><div>Policy owner: Mrs A. Vale</div><ul><li>Last review: May 2025</li>"
    b"<li>Next review: May 2027</li></ul>",
    "policy.pdf": lines_pdf(*HEADER),
    "policy.odt": open_document("".join(f"<text:p>{line}</text:p>" for line in HEADER)),
    "Policy.DOCX": word_file("".join(paragraph(line) for line in HEADER)),
    "policy.dotx": word_file(
        paragraph(HEADER[0]) + table(*(tuple(line.split(": ")) for line in HEADER[1:])) + paragraph("Aims")
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_the_facts_are_the_same_in(name: str) -> None:
    facts = read(FILES[name], name)
    assert (facts.title, facts.owner) == ("Behaviour Policy", "Mrs A. Vale")
    assert facts.last_update is not None
    assert facts.next_review is not None
    assert (facts.last_update.value, facts.next_review.value) == ("2025-05", "2027-05")


def next_review(content: bytes, name: str) -> tuple[str | None, str] | None:
    found = read(content, name).next_review
    return (found.value, found.where) if found else None


def test_the_columns_of_a_pdf_table_belong_to_their_headings() -> None:
    rows = [("Version", "Approved", "Next review"), ("3", "May 2025", "May 2027")]
    page = [
        (72 + 160 * column, 700 - 20 * line, words)
        for line, row in enumerate(rows)
        for column, words in enumerate(row)
    ]
    facts = read(pdf_file(page), "policy.pdf")
    assert facts.last_update is not None
    assert facts.last_update.value == "2025-05"
    assert next_review(pdf_file(page), "policy.pdf") == ("2027-05", "body")


def test_a_pdf_set_letter_by_letter_is_read() -> None:
    assert next_review(lines_pdf("N e x t  r e v i e w :  M a y  2 0 2 7"), "policy.pdf") == (
        "2027-05",
        "body",
    )


def test_words_that_run_up_a_pdf_page_are_read() -> None:
    assert next_review(turned_pdf("Next review: May 2027"), "policy.pdf") == ("2027-05", "body")


def test_the_entries_of_a_pdf_form_are_read() -> None:
    form = pdf_file(
        [(72, 700, "Behaviour Policy")], fields={"NextReviewDate": "May 2027", "Owner": "Headteacher"}
    )
    assert next_review(form, "policy.pdf") == ("2027-05", "form field")


def test_a_footer_on_every_page_is_no_contradiction() -> None:
    pages = [[(72, 700, f"Part {number}"), (72, 40, "Next review: May 2027")] for number in range(4)]
    facts = read(pdf_file(*pages), "policy.pdf")
    assert facts.next_review is not None
    assert (facts.next_review.value, facts.findings) == ("2027-05", ())


def test_the_title_of_a_pdf_is_what_is_set_largest_even_over_two_lines() -> None:
    small = [(72, 600 - 15 * line, f"We look after each other, part {line}.") for line in range(9)]
    page = pdf_file(small, large=[(72, 780, "Parents and Friends on Social"), (72, 750, "Networks Policy")])
    assert read(page, "policy.pdf").title == "Parents and Friends on Social Networks Policy"


def test_an_open_document_is_read_in_all_its_places() -> None:
    label, day = "Next review:", "May 2027"
    bodies = {
        Where.BODY: f"<text:p>{label}<text:tab/>{day}</text:p>",
        Where.TABLE: f"<table:table><table:table-row><table:table-cell><text:p>{label}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{day}</text:p></table:table-cell></table:table-row></table:table>",
        Where.TEXT_BOX: f"<text:p><draw:frame><draw:text-box><text:p>{label} {day}</text:p></draw:text-box>"
        "</draw:frame></text:p>",
        Where.FOOTNOTE: f"<text:p>Aims<text:note><text:note-body><text:p>{label} {day}</text:p></text:note-body>"
        "</text:note></text:p>",
    }
    for where, body in bodies.items():
        assert next_review(open_document(body), "policy.odt") == ("2027-05", where.value)
    footer = f"<text:p>{label} {day}</text:p>"
    assert next_review(open_document("<text:p>Aims</text:p>", footer=footer), "policy.odt") == (
        "2027-05",
        "footer",
    )


def test_what_was_deleted_from_an_open_document_is_not_read() -> None:
    deleted = "<text:tracked-changes><text:p>Next review: May 2031</text:p></text:tracked-changes>"
    assert next_review(open_document(deleted), "policy.odt") is None


def test_scripts_and_menus_of_a_web_page_are_not_read() -> None:
    page = b"<nav>Next review: May 2031</nav><script>'Next review: May 2032'</script><p>Next review: May 2027</p>"
    assert next_review(page, "policy.html") == ("2027-05", "body")


@needs_libre_office
def test_an_old_word_document_is_read_through_libre_office(tmp_path: Path) -> None:
    program = find_libre_office()
    assert program is not None
    source = tmp_path / "policy.docx"
    source.write_bytes(FILES["policy.dotx"])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    old = (tmp_path / "policy.doc").read_bytes()
    shutil.rmtree(tmp_path / "profile")
    assert next_review(old, "policy.doc") == ("2027-05", "table")


WRAPPED = {
    "a sentence broken before the date": (
        "The governing body agreed these rules and this policy will be reviewed in",
        "May 2027 or sooner if the law changes.",
    ),
    "a sentence broken within the verb": (
        "These rules were agreed by all of our staff and the whole policy will be",
        "reviewed by the governing body in May 2027.",
    ),
    "a sentence broken within the date": (
        "After long talks with the parents' forum this policy is to be reviewed in May",
        "2027 by the headteacher.",
    ),
}


@pytest.mark.parametrize("kind", ["policy.pdf", "policy.txt"])
@pytest.mark.parametrize("lines", WRAPPED)
def test_lines_that_a_narrow_page_broke_are_read_whole(lines: str, kind: str) -> None:
    content = lines_pdf(*WRAPPED[lines]) if kind.endswith("pdf") else "\n".join(WRAPPED[lines]).encode()
    assert next_review(content, kind) == ("2027-05", "body")


def test_a_label_broken_within_its_cell_of_a_pdf_is_read_whole() -> None:
    page = [(72, 700, "Date of next"), (250, 700, "May 2027"), (72, 686, "review"), (72, 660, "Aims")]
    assert next_review(pdf_file(page), "policy.pdf") == ("2027-05", "body")


def test_cells_of_a_pdf_table_that_run_over_several_lines_stay_in_their_rows() -> None:
    page = [
        *((72, 700, "Person"), (220, 700, "Mr T. Oak")),
        *((72, 686, "responsible"), (220, 686, "(Deputy")),
        (220, 672, "Headteacher)"),
        *((72, 658, "Date of"), (220, 658, "the 9th of")),
        *((72, 644, "approval"), (220, 644, "December,")),
        (220, 630, "2025"),
        *((72, 616, "Next review due by"), (220, 616, "Spring Term")),
        (220, 602, "2028"),
        (72, 570, "We look after each other and our things, in May 2026 and always."),
    ]
    facts = read(pdf_file(page), "policy.pdf")
    assert facts.next_review is not None
    assert facts.last_update is not None
    assert facts.owner == "Mr T. Oak (Deputy Headteacher)"
    assert (facts.last_update.value, facts.next_review.value) == ("2025-12-09", "2028-spring")


def test_a_file_that_pdfium_does_not_open_is_read_by_pypdf(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PdfNotOpenedError

    monkeypatch.setattr(pdf, "_read_by_pdfium", refuse)
    assert next_review(lines_pdf("Behaviour Policy", "Next review: May 2027"), "policy.pdf") == (
        "2027-05",
        "body",
    )
