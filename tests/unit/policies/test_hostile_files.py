"""Files that were damaged, or made to do harm, are read or named; nothing else ever comes of them."""

import io
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import UnreadableDocumentError
from casework.policy_documents import read_policy
from connectors.documents.policies import PolicyDocumentReader
from connectors.documents.policies.limits import ReadingLimits
from tests.unit.policies.pdf_files import lines_pdf, pdf_file
from tests.unit.policies.word_files import SPACES, paragraph, table, word_file, zipped

WORD = word_file(paragraph("Behaviour Policy") + table(("Next review", "May 2027")))
ODT = zipped(
    {
        "content.xml": '<o:d xmlns:o="urn:o" xmlns:text="urn:t"><text:text><text:p>Next review: May 2027'
        "</text:p></text:text></o:d>",
    }
)
PDF = lines_pdf("Behaviour Policy", "Next review: May 2027")
FORM = pdf_file(
    [(72, 700, "Behaviour Policy, as the governors agreed it")], fields={"NextReview": "May 2027"}
)
WHOLE = {
    "a.docx": WORD,
    "a.dotx": WORD,
    "a.odt": ODT,
    "a.pdf": PDF,
    "form.pdf": FORM,
    "a.html": b"<h1>Behaviour Policy</h1><table><tr><td>Next review<td>May 2027</table>",
    "a.md": b"# Behaviour Policy\n\n| Next review | May 2027 |\n|---|---|\n",
    "a.txt": b"Behaviour Policy\r\nNext review: May 2027",
}
READER = PolicyDocumentReader(ReadingLimits(part_bytes=4_000_000, seconds=20))


def read_or_name(content: bytes, name: str) -> None:
    """Reads a file to the end, rules and all; whatever is raised but the one error fails the test."""
    try:
        document = READER.read(content, name=name)
    except UnreadableDocumentError as error:
        assert error.reason  # noqa: PT017 - either is fine, and each is looked at
        return
    read_policy(document)


@settings(max_examples=120, deadline=None)
@given(
    name=st.sampled_from(sorted(WHOLE)),
    cut=st.integers(0, 400),
    changes=st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6)), max_size=8),
)
def test_a_file_cut_off_and_written_over_is_read_or_named(
    name: str, cut: int, changes: list[tuple[int, bytes]]
) -> None:
    content = bytearray(WHOLE[name])
    for place, words in changes:
        at = place % len(content)
        content[at : at + len(words)] = words
    read_or_name(bytes(content[: len(content) - cut] if cut < len(content) else content), name)


@settings(max_examples=80, deadline=None)
@given(name=st.sampled_from(sorted(WHOLE)), content=st.binary(max_size=400), keep=st.integers(0, 12))
def test_any_bytes_under_any_name_are_read_or_named(name: str, content: bytes, keep: int) -> None:
    read_or_name(WHOLE[name][:keep] + content, name)


TAGS = (
    "w:p",
    "w:r",
    "w:t",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:sdt",
    "w:sdtContent",
    "w:del",
    "w:ins",
    "w:fldSimple",
)
TREES = st.recursive(
    st.sampled_from(
        ("Next review: ", "May 2027", "<w:tab/>", "<w:br/>", '<w:fldChar w:fldCharType="end"/>', "")
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=120, deadline=None)
@given(TREES)
def test_parts_of_word_in_any_disorder_are_read_or_named(body: str) -> None:
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    read_or_name(zipped({"word/document.xml": document}), "a.docx")


def nested(depth: int) -> str:
    cells = (
        "<w:tbl><w:tr><w:tc>" * depth + paragraph("Next review: May 2027") + "</w:tc></w:tr></w:tbl>" * depth
    )
    return f"<w:document {SPACES}><w:body>{cells}</w:body></w:document>"


def laughing() -> str:
    """The words that unfold a billion times if a parser lets them."""
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 9))
    body = "<w:body><w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:body>"
    return f'<!DOCTYPE d [<!ENTITY e0 "review">{entities}]><w:document {SPACES}>{body}</w:document>'


def repeated(name: str) -> bytes:
    """An archive that has the same part many times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for _ in range(40):
            with warnings.catch_warnings(action="ignore"):
                archive.writestr(name, " " * 100_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tables within tables.docx", zipped({"word/document.xml": nested(60)})),
        ("tables without end.docx", zipped({"word/document.xml": nested(4000)})),
        ("a billion laughs.docx", zipped({"word/document.xml": laughing()})),
        ("one part many times.docx", repeated("word/document.xml")),
        ("elements without end.html", b"<div>" * 100_000 + b"Next review: May 2027"),
        ("tables without end.html", b"<table><tr><td>" * 3000 + b"Next review: May 2027"),
        ("bars without end.md", b"|" * 200_000),
        ("marks without end.md", b"**_`" * 50_000),
        ("one line.txt", b"Next review: " * 20_000 + b"May 2027"),
        ("spaces.txt", b"Review date:" + b" " * 300_000 + b"May 2027"),
        ("digits.txt", b"Next review: " + b"01/" * 60_000),
        ("dots.txt", b"Next review " + b". " * 100_000 + b"May 2027"),
        ("words.txt", b"review of the policy and " * 10_000 + b"2027"),
        ("pages within pages.pdf", PDF.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]")),
        ("a part that links to itself.docx", zipped({"_rels/.rels": "<a/>", "word/document.xml": "<a/>"})),
    ],
)
def test_it_is_read_or_named_in_good_time(name: str, content: bytes) -> None:
    read_or_name(content, name)
