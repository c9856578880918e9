"""Exported chats, as the telephones of parents write them."""

# ruff: noqa: DTZ001 - a telephone's clock has no zone

from datetime import datetime

import pytest

from casework.chats import Chat, ChatMessageKind, read_chat

IPHONE = """\
[21/11/2026, 19:40:02] Year 2 parents: \u200eMessages and calls are end-to-end encrypted.
[21/11/2026, 19:41:10] Amy Birch: Has anybody seen the letter?
[21/11/2026, 19:42:33] ~\u202fDan Oak: Yes.
It is on the website,
at the bottom.
\u200e[21/11/2026, 19:43:00] Amy Birch: \u200e<attached: 00000012-PHOTO-2026-11-21-19-43-00.jpg>
[21/11/2026, 19:44:00] +44 7700 900123: \u200eThis message was deleted.
[21/11/2026, 19:45:00] Dan Oak: Better now \u200e<This message was edited>
[21/11/2026, 19:46:00] Dan Oak: \u200eimage omitted
"""
ANDROID = """\
21/11/2026, 19:40 - Messages and calls are end-to-end encrypted. Only people in this chat can read them.
21/11/2026, 19:40 - Amy Birch created group "Year 2 parents"
21/11/2026, 19:41 - Amy Birch: Look: a colon, and 10:30 in it
21/11/2026, 19:42 - Dan Oak: IMG-20261121-WA0004.jpg (file attached)
the one from the gate
21/11/2026, 19:43 - Dan Oak: <Media omitted>
21/11/2026, 19:44 - Dan Oak left
"""


def _chat(text: str, **more: object) -> Chat:
    chat = read_chat(text, **more)  # type: ignore[arg-type]  # the names are those of the rule
    assert chat is not None
    return chat


def test_an_iphone_export_is_a_table_of_messages() -> None:
    chat = _chat(IPHONE, file_name="WhatsApp Chat - Year 2 parents.zip")
    assert chat.name == "Year 2 parents"
    assert chat.senders == ("Amy Birch", "Dan Oak", "+44 7700 900123")
    first, question, answer, picture, gone, edited, left_out = chat.messages
    assert first.kind is ChatMessageKind.SYSTEM
    assert question.at == datetime(2026, 11, 21, 19, 41, 10)
    assert answer.text == "Yes.\nIt is on the website,\nat the bottom."
    assert (picture.media, picture.text) == ("00000012-PHOTO-2026-11-21-19-43-00.jpg", "")
    assert (gone.kind, gone.text) == (ChatMessageKind.DELETED, "")
    assert (edited.text, edited.edited) == ("Better now", True)
    assert left_out.media_left_out


def test_an_android_export_is_a_table_of_messages() -> None:
    chat = _chat(ANDROID, file_name="WhatsApp Chat with Year 2.txt", media=["IMG-20261121-WA0004.jpg"])
    assert chat.name == "Year 2 parents"
    assert [message.kind.value for message in chat.messages] == [
        "system", "system", "message", "message", "message", "system",
    ]  # fmt: skip
    assert chat.messages[2].text == "Look: a colon, and 10:30 in it"
    assert (chat.messages[3].media, chat.messages[3].text) == (
        "IMG-20261121-WA0004.jpg",
        "the one from the gate",
    )
    assert chat.messages[4].media_left_out


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("21/11/2026, 19:40 - A: x", datetime(2026, 11, 21, 19, 40)),
        ("11/21/26, 7:40 PM - A: x", datetime(2026, 11, 21, 19, 40)),
        ("11/21/26, 7:40\u202fPM - A: x", datetime(2026, 11, 21, 19, 40)),
        ("[21/11/2026, 7:40:05 pm] A: x", datetime(2026, 11, 21, 19, 40, 5)),
        ("[21.11.26, 19:40:05] A: x", datetime(2026, 11, 21, 19, 40, 5)),
        ("21.11.26, 19:40 - A: x", datetime(2026, 11, 21, 19, 40)),
        ("21-11-2026 19:40 - A: x", datetime(2026, 11, 21, 19, 40)),
        ("2026-11-21, 19:40 - A: x", datetime(2026, 11, 21, 19, 40)),
        ("[2026/11/21, 19:40:05] A: x", datetime(2026, 11, 21, 19, 40, 5)),
        ("21/11/2026, 12:05 am - A: x", datetime(2026, 11, 21, 0, 5)),
        ("21/11/2026 à 19:40 - A: x", datetime(2026, 11, 21, 19, 40)),
        ("21. 11. 2026, 19:40 - A: x", datetime(2026, 11, 21, 19, 40)),
    ],
)
def test_every_telephones_way_of_writing_a_moment_is_read(line: str, moment: datetime) -> None:
    message = _chat(line).messages[0]
    assert (message.at, message.sender, message.text) == (moment, "A", "x")


def test_the_order_of_day_and_month_is_worked_out_from_the_whole_chat() -> None:
    american = "3/4/26, 9:00 AM - A: x\n3/5/26, 9:00 AM - A: y\n3/25/26, 9:00 AM - A: z"
    assert _chat(american).messages[0].at == datetime(2026, 3, 4, 9)
    forward = "3/4/26, 9:00 AM - A: x\n4/4/26, 9:00 AM - A: y\n2/5/26, 9:00 AM - A: z"
    assert _chat(forward).messages[2].at == datetime(2026, 5, 2, 9)
    assert not _chat(forward).doubtful_dates


def test_an_order_that_nothing_tells_is_the_british_one_and_is_said_to_be_doubtful() -> None:
    chat = _chat("3/4/26, 9:00 AM - A: x")
    assert chat.messages[0].at == datetime(2026, 4, 3, 9)
    assert chat.doubtful_dates


def test_a_date_that_no_calendar_has_loses_nothing() -> None:
    chat = _chat("31/02/2026, 19:40 - A: x\n25/03/2026, 19:40 - A: y")
    assert [(message.at is None, message.text) for message in chat.messages] == [(True, "x"), (False, "y")]


@pytest.mark.parametrize(
    "text", ["", "Dear office,\n21/11/2026, 19:40 - A: x", "no chat at all", "21/11/2026 - a list"]
)
def test_another_text_is_no_chat(text: str) -> None:
    assert read_chat(text) is None
