"""Outlook's own files: .msg, winmail.dat and the rich text inside them."""

# ruff: noqa: E501 - mails stand here as programs write them

import struct
from pathlib import Path

import pytest
from extract_msg.ole_writer import OleWriter

from casework.intake import read_report
from casework.messages import ReceivedMessage
from connectors.documents.messages import MimeMessageReader, load_platforms
from connectors.documents.messages.rich_text import rich_text

PICTURE = bytes(range(256)) * 20
UNICODE, BINARY, NUMBER = 0x001F, 0x0102, 0x0003


def _entries(values: dict[tuple[int, int], bytes | str | int]) -> tuple[bytes, dict[str, bytes]]:
    """The property table of a storage, and its streams by name."""
    table, streams = b"", {}
    for (number, kind), value in values.items():
        if isinstance(value, int):
            table += struct.pack("<HHII", kind, number, 6, value) + b"\x00" * 4
            continue
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        table += (
            struct.pack("<HHII", kind, number, 6, len(data) + (2 if kind == UNICODE else 0)) + b"\x00" * 4
        )
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
    return table, streams


def _msg(
    tmp_path: Path, message: dict[tuple[int, int], bytes | str | int], files: list[tuple[str, bytes]]
) -> bytes:
    writer = OleWriter()
    table, streams = _entries({(0x001A, UNICODE): "IPM.Note", (0x340D, NUMBER): 0x40000, **message})
    header = b"\x00" * 8 + struct.pack("<IIII", 1, len(files), 1, len(files)) + b"\x00" * 8
    writer.addEntry("__properties_version1.0", header + table)
    for name, data in streams.items():
        writer.addEntry(name, data)
    _storage(
        writer,
        "__nameid_version1.0",
        {"__substg1.0_00020102": b"", "__substg1.0_00030102": b"", "__substg1.0_00040102": b""},
    )
    people = {(0x3001, UNICODE): "Ann Quill", (0x39FE, UNICODE): "ann@example.org", (0x0C15, NUMBER): 1}
    table, streams = _entries(people)
    _storage(
        writer, "__recip_version1.0_#00000000", {"__properties_version1.0": b"\x00" * 8 + table, **streams}
    )
    for number, (name, content) in enumerate(files):
        table, streams = _entries({(0x3707, UNICODE): name, (0x3701, BINARY): content, (0x3705, NUMBER): 1})
        _storage(
            writer,
            f"__attach_version1.0_#{number:08X}",
            {"__properties_version1.0": b"\x00" * 8 + table, **streams},
        )
    target = tmp_path / "made.msg"
    writer.write(str(target))
    return target.read_bytes()


def _storage(writer: OleWriter, name: str, streams: dict[str, bytes]) -> None:
    writer.addEntry(name, storage=True)
    for stream, data in streams.items():
        writer.addEntry(f"{name}/{stream}", data)


ROSA: dict[tuple[int, int], bytes | str | int] = {
    (0x0037, UNICODE): "Harvest",
    (0x0C1A, UNICODE): "Rosa Vale",
    (0x5D01, UNICODE): "rosa@tillbrook.example",
    (0x0C1F, UNICODE): "/O=EXCHANGE/CN=RECIPIENTS/CN=ROSA",
    (0x1000, UNICODE): "Please look.",
}


def read(raw: bytes, name: str = "a.msg") -> ReceivedMessage:
    return MimeMessageReader().read(raw, name=name)


def test_a_saved_outlook_mail_keeps_sender_text_and_files(tmp_path: Path) -> None:
    message = read(_msg(tmp_path, ROSA, [("post.png", PICTURE), ("IMG.HEIC", PICTURE[::-1])]))
    assert (message.sender.name, message.sender.address) == ("Rosa Vale", "rosa@tillbrook.example")
    assert [(person.name, person.address) for person in message.to] == [("Ann Quill", "ann@example.org")]
    assert (message.subject, message.text) == ("Harvest", "Please look.")
    assert [(a.name, a.content) for a in message.attachments] == [
        ("post.png", PICTURE),
        ("IMG.HEIC", PICTURE[::-1]),
    ]
    assert message.problems == ()


def test_an_outlook_mail_inside_a_mail_is_a_forward(tmp_path: Path) -> None:
    inner = _msg(tmp_path, ROSA, [("post.png", PICTURE)])
    outer = read(_msg(tmp_path, {**ROSA, (0x0037, UNICODE): "FW: Harvest"}, [("Harvest.msg", inner)]))
    report = read_report(outer, platforms=load_platforms())
    assert report.forwarded
    assert (report.original.from_address, report.original.body) == ("rosa@tillbrook.example", "Please look.")
    assert [(a.name, a.depth) for a in report.attachments] == [("Harvest.msg", 0), ("post.png", 1)]


def test_an_outlook_mail_that_has_only_rich_text_is_read(tmp_path: Path) -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}Caf\'e9 look{\*\htmltag72 </p>}\htmlrtf hidden\htmlrtf0 }"
    packed = struct.pack("<III", len(rtf) + 12, len(rtf), 0x414C454D) + b"\x00" * 4 + rtf
    values = {key: value for key, value in ROSA.items() if key != (0x1000, UNICODE)}
    message = read(_msg(tmp_path, {**values, (0x1009, BINARY): packed}, []))
    assert message.text == "Café look"


@pytest.mark.parametrize(
    ("kind", "subject", "text", "read_as"),
    [
        ("REPORT.IPM.Note.IPNRN", "Read: Harvest", "Your message was read.", "auto_reply"),
        (
            "REPORT.IPM.Note.NDR",
            "Undeliverable: Harvest",
            "Your message did not reach the recipient.",
            "bounce",
        ),
        ("IPM.Note.Rules.OofTemplate.Microsoft", "Harvest", "I am in Wales.", "auto_reply"),
        ("IPM.Note", "Harvest", "I am in Wales.", "report"),
    ],
)
def test_an_outlook_file_of_a_robot_is_known_by_its_class(
    tmp_path: Path, kind: str, subject: str, text: str, read_as: str
) -> None:
    sender = {} if kind.endswith("NDR") else ROSA
    values: dict[tuple[int, int], bytes | str | int] = {
        **sender, (0x001A, UNICODE): kind, (0x0037, UNICODE): subject, (0x1000, UNICODE): text,
    }  # fmt: skip
    assert read_report(read(_msg(tmp_path, values, [])), platforms=load_platforms()).kind == read_as


@pytest.mark.parametrize("cut", [9, 600, 2_000])
def test_a_damaged_outlook_file_says_so_and_does_not_raise(tmp_path: Path, cut: int) -> None:
    raw = _msg(tmp_path, ROSA, [("post.png", PICTURE)])
    message = read(raw[:cut] + bytes(len(raw) - cut if cut > 600 else 0))
    assert message.problems


def test_rich_text_becomes_plain_lines() -> None:
    rtf = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator Riched20;}\f0 One\par Two \u8211? three\tab\{x\}\par}"
    assert rich_text(rtf) == ("One\nTwo \u2013 three\t{x}", "")


def test_packed_rich_text_is_unpacked() -> None:
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert rich_text(packed) == ("hello world", "")


def _tnef(attributes: list[tuple[int, int, bytes]]) -> bytes:
    """A winmail.dat: level, name with type, data and checksum, one after the other."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    for level, name, data in attributes:
        out += struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return out


WINMAIL = _tnef([
    (1, 0x00089006, struct.pack("<I", 0x10000)),
    (1, 0x00069007, struct.pack("<II", 1252, 0)),
    (1, 0x0002800C, b"Please look.\x00"),
    (2, 0x00069002, b"\x01\x00" + b"\xff" * 12),
    (2, 0x00018010, b"post.png\x00"),
    (2, 0x0006800F, PICTURE),
])  # fmt: skip


def test_files_and_text_come_out_of_winmail_dat() -> None:
    head = b"From: rosa@tillbrook.example\r\nSubject: Harvest\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\n"
    message = read(head + WINMAIL, "a.eml")
    assert message.text == "Please look."
    assert ("post.png", PICTURE) in [(a.name, a.content) for a in message.attachments]
    assert read(WINMAIL, "winmail.dat").text == "Please look."


def test_a_damaged_winmail_dat_is_kept_and_said_so() -> None:
    message = read(
        b"From: a@example.org\r\nContent-Type: application/ms-tnef\r\n\r\n" + WINMAIL[:40] + b"\xff" * 9,
        "a.eml",
    )
    assert message.attachments


def _property(number: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<HHII", kind, number, 1, len(value)) + value + b"\x00" * (-len(value) % 4)


def test_a_count_that_damage_made_huge_keeps_nobody_waiting() -> None:
    """Found by fuzzing: four thousand million values that are not there."""
    endless = struct.pack("<IHHI", 1, 0x1003, 0x8001, 0) + b"\x00" * 16 + struct.pack("<I", 0xFFFFFFFF) * 3
    raw = b"From: a@example.org\r\nContent-Type: application/ms-tnef\r\n\r\n" + _tnef(
        [(1, 0x00069003, endless)]
    )
    assert MimeMessageReader().read(raw).sender.address == "a@example.org"


def test_a_mail_inside_a_winmail_dat_is_a_forward() -> None:
    inner = _tnef([
        (1, 0x00069003, struct.pack("<I", 4)
         + _property(0x0037, UNICODE, "Harvest".encode("utf-16-le"))
         + _property(0x0042, UNICODE, "Rosa Vale".encode("utf-16-le"))
         + _property(0x5D02, UNICODE, "rosa@tillbrook.example".encode("utf-16-le"))
         + _property(0x1000, UNICODE, "She wrote this.".encode("utf-16-le"))),
    ])  # fmt: skip
    rendering = (2, 0x00069002, b"\x01\x00" + b"\xff" * 12)
    held = struct.pack("<I", 1) + _property(0x3701, 0x000D, b"\x07" * 16 + inner)
    outer = _tnef([rendering, (2, 0x00018010, b"Harvest\x00"), (2, 0x00069005, held)])
    report = read_report(MimeMessageReader().read(outer), platforms=load_platforms())
    assert report.forwarded
    assert (report.original.from_name, report.original.from_address) == (
        "Rosa Vale",
        "rosa@tillbrook.example",
    )
    assert (report.original.subject, report.original.body) == ("Harvest", "She wrote this.")
    assert [(file.name, file.content) for file in report.attachments] == [("Harvest.dat", inner)]
