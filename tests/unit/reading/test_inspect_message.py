"""`casework inspect message`: what scripts rely on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from command_line.inspect_message import inspect_message

MAIL = """From: Ann Quill <ann@example.org>
To: reports@tillbrook.example
Subject: Fwd: Harvest
Date: Mon, 23 Nov 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

Grüße

---------- Forwarded message ---------
From: Rosa Vale <rosa@tillbrook.example>
Date: Mon, 25 Oct 2021 11:17:21 +0100
Subject: Harvest
To: Ann Quill <ann@example.org>

On Facebook: https://m.facebook.com/groups/1/posts/2?fbclid=x
"""
KEYS = {
    "file",
    "kind",
    "forwarded",
    "original",
    "chain",
    "message",
    "attachments",
    "urls",
    "platforms",
    "suggested",
    "problems",
}


def test_each_file_is_one_line_of_json_in_the_promised_shape(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one.eml", tmp_path / "two.txt"
    one.write_text(MAIL, "utf-8")
    two.write_text("Just a note about Instagram", "utf-8")
    assert inspect_message([one, two], as_json=True) == 0
    first, second = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert set(first) == set(second) == KEYS
    assert (first["file"], first["kind"], first["forwarded"], first["message"]) == (
        str(one),
        "report",
        True,
        "Grüße",
    )
    assert first["original"] == {
        "from_name": "Rosa Vale",
        "from_address": "rosa@tillbrook.example",
        "to": [{"name": "Ann Quill", "address": "ann@example.org"}],
        "cc": [],
        "subject": "Harvest",
        "date": "2021-10-25T11:17:21+01:00",
        "body": "On Facebook: https://m.facebook.com/groups/1/posts/2?fbclid=x",
    }
    assert first["chain"] == [first["original"]]
    assert first["urls"] == ["https://m.facebook.com/groups/1/posts/2"]
    assert first["platforms"] == ["Facebook"]
    assert set(first["suggested"]) == {"categories", "characteristics", "threat"}
    assert (second["forwarded"], second["chain"], second["platforms"]) == (False, [], ["Instagram"])


def test_what_cannot_be_read_is_said_and_the_others_go_on(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good, empty = tmp_path / "good.eml", tmp_path / "empty.eml"
    good.write_text(MAIL, "utf-8")
    empty.write_bytes(b"")
    assert inspect_message([tmp_path / "missing.eml", empty, good], as_json=True) == 1
    captured = capfd.readouterr()
    assert [json.loads(line)["file"] for line in captured.out.splitlines()] == [str(empty), str(good)]
    assert "missing.eml could not be read" in captured.err
    assert "empty.eml could not be read" in captured.err


def test_no_file_at_all_is_wrong_use(capfd: pytest.CaptureFixture[str]) -> None:
    assert inspect_message([], as_json=True) == 2
    assert "Name at least one mail" in capfd.readouterr().err


def test_a_person_reads_who_wrote_it_and_where(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mail = tmp_path / "one.eml"
    mail.write_text(MAIL, "utf-8")
    assert inspect_message([mail], as_json=False) == 0
    shown = capfd.readouterr().out
    assert "Rosa Vale" in shown
    assert "Facebook" in shown


def test_a_person_reads_when_somebody_is_away_and_whom_a_letter_missed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    away, bounce = tmp_path / "away.eml", tmp_path / "bounce.eml"
    away.write_text(
        "From: ann@example.org\nSubject: Automatic reply: x\nDate: Fri, 23 Oct 2026 15:00:00 +0100\n\n"
        "I am away from 24 October, back on 2 November.\n",
        "utf-8",
    )
    bounce.write_text(
        "From: MAILER-DAEMON@mx.example.net\nSubject: Undeliverable: x\n\n550 5.1.1 <kit@example.net> unknown\n",
        "utf-8",
    )
    assert inspect_message([away, bounce], as_json=False) == 0
    shown = " ".join(capfd.readouterr().out.split())
    assert "from 24 October 2026, back on 2 November 2026" in shown
    assert "not delivered to │ kit@example.net" in shown


def test_the_command_loads_neither_the_mailbox_nor_the_journal() -> None:
    names = "('O365', 'sqlalchemy', 'extract_msg', 'msal')"
    code = (
        f"import sys, command_line.inspect_message; print([name for name in {names} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
