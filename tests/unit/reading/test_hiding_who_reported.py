"""Who reported is hidden however a name is written, and files that show it are kept apart."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.addresses import addresses_in, is_one_address
from casework.hiding import shows_address, without_people
from casework.intake import people_in
from connectors.documents.messages import MimeMessageReader
from workflows.carry_out.shown_files import shows_people

ROSA = ("Rosa Greystoke", "rosa.greystoke@homes.example")
JO = ("Jo Li", "jl@homes.example")
LABEL = "Reporter A"


def hidden(text: str, *people: tuple[str, str]) -> str:
    return without_people(text, people or (ROSA,), label=LABEL)


@pytest.mark.parametrize(
    "written",
    [
        "Rosa Greystoke",
        "GREYSTOKE, Rosa",
        "Greystoke_2026.png",
        "img-rosa-3.jpg",
        "RosaGreystoke.docx",
        "rosa.greystoke@homes.example",
        "rosa.greystoke",
        "love, Rosa",
        "(Rosa)",
    ],
)
def test_a_name_is_hidden_however_it_is_written(written: str) -> None:
    shown = hidden(written).casefold()

    assert "rosa" not in shown
    assert "greystoke" not in shown


def test_words_that_only_hold_a_name_inside_them_are_left_alone() -> None:
    assert hidden("Rosamund met the Greystokes") == "Rosamund met the Greystokes"


def test_a_name_that_only_its_address_tells_is_hidden_too() -> None:
    assert "Greystoke" not in hidden("Kind regards, Rosa Greystoke", ("", ROSA[1]))


def test_the_name_of_a_shared_mailbox_hides_no_words() -> None:
    shown = hidden("Ask the teacher: teacher@s.example", ("Noor Vale", "teacher@s.example"))

    assert shown == f"Ask the teacher: [{LABEL}]"


def test_a_name_written_with_loose_accents_is_hidden() -> None:
    assert "Zo" not in hidden("from Zoe\u0308 to all", ("Zo\u00eb Vale", ""))


def test_a_short_name_is_hidden_where_it_is_written_as_a_name_and_no_word_is_lost() -> None:
    assert hidden("Jo and Li were there, jo!", JO) == f"[{LABEL}] and [{LABEL}] were there, jo!"
    assert hidden("So it is, no?", ("So No", "")) == "So it is, no?"


@given(st.text(max_size=200))
def test_no_text_lets_a_whole_name_through(text: str) -> None:
    shown = hidden(f"{text} Rosa Greystoke {text}")

    assert "Rosa Greystoke" not in shown


def in_a_zip(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"<dc:creator>Rosa Greystoke</dc:creator>",
        "Rosa Greystoke".encode("utf-16-le"),
        in_a_zip("docProps/core.xml", b"<dc:creator>Rosa Greystoke</dc:creator>"),
        in_a_zip("word/document.xml", b"<w:t>Grey</w:t></w:r><w:r><w:t>stoke</w:t>"),
        in_a_zip("Rosa Greystoke.txt", b"-"),
        b"%PDF-1.7\nstream\n" + zlib.compress(b"(Rosa Greystoke) Tj") + b"\nendstream",
        b"\x89PNG" + bytes(9_000_000) + b"tEXtAuthor\x00Rosa Greystoke",
        in_a_zip("bomb", bytes(90_000_000)),
    ],
    ids=["text", "16 bits", "author", "parted", "entry", "PDF", "end of a picture", "bomb"],
)
def test_a_file_that_shows_the_reporter_is_known(content: bytes) -> None:
    assert shows_people(content, (ROSA,))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\x89PNG" + bytes(100), b"%PDF-1.7 stream\nxx"]
)
def test_any_other_file_is_copied(content: bytes) -> None:
    assert not shows_people(content, (ROSA,))


def test_a_link_shows_an_address_however_it_is_encoded() -> None:
    assert shows_address("https://a.example/?u=rosa.greystoke%2540homes.example", (ROSA,))
    assert not shows_address("https://www.facebook.com/posts/9", (ROSA, ("", "")))


def test_everybody_in_the_history_of_an_answer_is_known_but_the_reporting_mailbox() -> None:
    raw = (
        b"From: T Vale <t@s.example>\nSubject: Re: Thank you\n\nOne more.\n\n"
        b"On Monday, Reports <reports@s.example> wrote:\n> thanks\n\n"
        b"From: Rosa Greystoke <rosa.greystoke@homes.example>\nSent: Monday\nTo: T Vale <t@s.example>\n"
        b"Subject: look\n\nthis\n"
    )

    people = people_in(MimeMessageReader().read(raw), apart_from="reports@s.example")

    assert ROSA in people
    assert not any(address == "reports@s.example" for _, address in people)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ('"head@s.example" <evil@x.example>', "evil@x.example"),
        ("Terry on behalf of head@s.example <terry@x.example>", "terry@x.example"),
        ("=?utf-8?q?Head_=3Chead=40s.example=3E?= <evil@x.example>", "evil@x.example"),
        ("head@s.example <evil@x.example>", "evil@x.example"),
        ("(head@s.example) evil@x.example", "evil@x.example"),
        ('"Vale, Rosa" <rosa@x.example>', "rosa@x.example"),
        ("rosa@x.example", "rosa@x.example"),
    ],
)
def test_a_name_that_looks_like_an_address_makes_nobody_the_headteacher(written: str, address: str) -> None:
    message = MimeMessageReader().read(f"From: {written}\nSubject: x\n\nAPPROVE".encode())

    assert message.sender.address == address


@pytest.mark.parametrize(
    "text",
    [
        "a@b.example; c@d.example",
        "A <a@b.example>",
        "a@b.example\nc@d.example",
        "a@b",
        "a b@c.example",
        "a..b@c.example",
    ],
)
def test_only_a_bare_address_is_one_address(text: str) -> None:
    assert not is_one_address(text)
    assert is_one_address("o'brien+school@mail.homes.example")


def test_every_address_is_found_however_it_is_written_around() -> None:
    assert addresses_in("Mrs O <A@B.example>; c@d.example.") == {"a@b.example", "c@d.example"}


ALIKE = "iIsSßkKé\u0130\u0131\u017f\u1e9e\u212aÉ"
"""Letters that are the same to somebody: with and without a dot, sharp, and the sign for kelvin."""


@given(st.text(alphabet=ALIKE, max_size=8), st.text(alphabet=ALIKE, min_size=3, max_size=4))
@settings(max_examples=60)
def test_a_name_is_hidden_in_whatever_letters_a_language_counts_as_the_same(before: str, name: str) -> None:
    for written in (name, name.swapcase(), name.casefold()):
        text = f"{before} {written}, and more"
        if re.search(rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])", text, re.IGNORECASE):
            assert written not in without_people(text, [(name, "")], label="A").split(" ")


def test_the_words_above_an_address_are_nobodys_name() -> None:
    raw = b"From: a@homes.example\r\nSubject: x\r\n\r\nIt could not be sent.\r\n<rosa@homes.example>:\r\n> no room\r\n"
    assert ("", "rosa@homes.example") in people_in(MimeMessageReader().read(raw))
