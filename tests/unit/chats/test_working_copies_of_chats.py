"""What may lie in the case's folder of an exported chat: the reported message, and nobody else's name."""

import io
import zipfile
from email.message import EmailMessage

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.chats import chat_table, read_chat, remarks_on_media, reported_window, shown_media
from casework.intake import read_report
from connectors.documents.chat_tables import DocxChatExports
from connectors.documents.messages import MimeMessageReader, load_platforms

CHAT = """\
21/11/2026, 19:41 - Amy Birch: Did Rosa Vale say anything at the gate?
21/11/2026, 19:42 - Dan Oak: the new teacher is a complete waste of space
21/11/2026, 19:43 - Dan Oak: IMG-20261121-WA0004.jpg (file attached)
21/11/2026, 19:44 - Rosa Vale: please stop, all of you
21/11/2026, 19:45 - Amy Birch: IMG-20261121-WA0005.jpg (file attached)
"""
TOLD = 'He wrote "the new teacher is a complete waste of space" at 19:42 and put a picture there at 19:43.'


def _hide(text: str) -> str:
    return text.replace("Rosa Vale", "[Reporter A]")


def _made(told: str = TOLD) -> tuple[str, list[list[str]]]:
    chat = read_chat(CHAT)
    assert chat is not None
    table = chat_table(chat, reported_window(chat, told=told, stands_out=lambda _: False), hide=_hide)
    document = docx.Document(io.BytesIO(DocxChatExports().table(table)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return text, [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_the_reported_message_stands_out_with_its_author_and_the_others_have_no_names() -> None:
    notes, rows = _made()
    assert rows[2] == [
        "21 November 2026, 19:42",
        "Dan Oak",
        "REPORTED: the new teacher is a complete waste of space",
    ]
    assert rows[1][1] == "Person 1 (third party)"
    everything = notes + str(rows)
    assert "Amy Birch" not in everything
    assert "Rosa" not in everything
    assert "can change before sending" in notes


def test_a_third_party_is_not_named_by_the_first_name_alone_in_what_others_wrote() -> None:
    chat = read_chat(CHAT.replace("Did Rosa Vale", "Amy here. Did Rosa"))
    assert chat is not None
    table = chat_table(chat, reported_window(chat, told=TOLD, stands_out=lambda _: False), hide=str)

    assert table.rows[0].what == "[Person 1] here. Did [Person 2] say anything at the gate?"


def test_the_picture_that_was_sent_with_the_reported_words_goes_with_them_and_what_is_missing_is_said() -> (
    None
):
    chat = read_chat(CHAT)
    assert chat is not None
    window = reported_window(
        chat, told='"the new teacher is a complete waste of space"', stands_out=lambda _: False
    )

    assert shown_media(chat, window) == ("IMG-20261121-WA0004.jpg",)
    assert remarks_on_media(chat, window, copied=1) == ()
    assert (
        "1 file(s) of the reported messages could not be copied"
        in remarks_on_media(chat, window, copied=0)[0]
    )


def test_only_pictures_of_reported_messages_are_for_the_case() -> None:
    chat = read_chat(CHAT)
    assert chat is not None
    window = reported_window(chat, told="see 19:43 in the group", stands_out=lambda _: False)
    assert shown_media(chat, window) == ("IMG-20261121-WA0004.jpg",)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_no_words_of_a_chat_break_its_table(words: str, sender: str) -> None:
    chat = read_chat(f"21/11/2026, 19:41 - {sender}: {words}\n21/11/2026, 19:42 - B: x")
    if chat is None:
        return
    table = chat_table(chat, reported_window(chat, told=words, stands_out=lambda _: True), hide=_hide)
    docx.Document(io.BytesIO(DocxChatExports().table(table)))


def test_the_same_table_gives_the_same_bytes() -> None:
    chat = read_chat(CHAT)
    assert chat is not None
    table = chat_table(chat, reported_window(chat, told=TOLD, stands_out=lambda _: False), hide=_hide)
    assert DocxChatExports().table(table) == DocxChatExports().table(table)


def _mail(name: str, content: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@parents.example", "reports@school.example", "The group"
    mail.set_content(TOLD)
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def test_a_chat_that_comes_by_mail_is_read_with_the_part_that_the_mail_speaks_of() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("WhatsApp Chat with Year 2.txt", CHAT)
        archive.writestr("IMG-20261121-WA0004.jpg", b"picture")
    for name, content in (
        ("WhatsApp Chat with Year 2.zip", packed.getvalue()),
        ("WhatsApp Chat with Year 2.txt", CHAT.encode()),
    ):
        message = MimeMessageReader().read(_mail(name, content))
        report = read_report(message, platforms=load_platforms())
        (chat,) = report.chats
        assert chat.file.chat.name == "Year 2"
        assert 1 in chat.window.reported
        assert report.platforms == ("WhatsApp",)
        assert report.attachments[0].content == content


def test_a_chat_that_was_refused_says_why_in_the_report() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_chat.txt", b"0" * 20_000_000)
    message = MimeMessageReader().read(_mail("WhatsApp Chat - Year 2.zip", packed.getvalue()))
    report = read_report(message, platforms=load_platforms())
    assert "zip bomb" in " ".join(report.problems)
    assert len(report.attachments) == 1
