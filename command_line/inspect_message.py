"""`casework inspect message`: what intake reads in mails, for people and for scripts."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.table import Table
from rich.text import Text

from casework.chats import ReportedChat, chat_table
from casework.errors import SettingsError
from casework.intake import Absence, Platforms, Report, read_report
from casework.intake import as_json as report_as_json
from command_line.terminal import Terminal, json_line
from connectors.documents.messages import MimeMessageReader, load_platforms
from connectors.documents.messages.reader import EMPTY, NOT_A_MAIL

ALL_READ, SOMETHING_UNREAD, WRONG_USE = 0, 1, 2
LONGEST_SHOWN = 500


def inspect_message(files: list[Path], as_json: bool) -> int:
    """Show what intake reads in each file.

    Args:
        files: Mails as .eml, .msg or .txt.
        as_json: True prints one JSON object a line in UTF-8 instead of a view for people.

    Returns:
        0 if all were read, 1 if one could not be (said on standard error), 2 for wrong use.
    """
    if not files:
        _say("Name at least one mail (.eml, .msg or .txt) to inspect.")
        return WRONG_USE
    try:
        platforms = load_platforms()
    except SettingsError as error:
        _say(str(error))
        return SOMETHING_UNREAD
    reader = MimeMessageReader()
    results = [_inspect(file, reader, platforms, in_json=as_json) for file in files]
    return ALL_READ if all(results) else SOMETHING_UNREAD


def _inspect(file: Path, reader: MimeMessageReader, platforms: Platforms, *, in_json: bool) -> bool:
    try:
        raw = file.read_bytes()
    except OSError as error:
        _say(f"{file} could not be read: {error.strerror or error}. Check the name and your rights to it.")
        return False
    message = reader.read(raw, name=file.name)
    report = read_report(message, platforms=platforms)
    if in_json:
        _print_line({"file": str(file), **report_as_json(report)})
    else:
        _show(file, report)
        for chat in report.chats:
            _show_chat(chat)
    unreadable = next((problem for problem in message.problems if problem in {EMPTY, NOT_A_MAIL}), "")
    if unreadable:
        _say(f"{file} could not be read: {unreadable}")
    return not unreadable


def _print_line(data: dict[str, object]) -> None:
    """UTF-8 whatever the terminal's own encoding; half letters of broken mails become question marks."""
    line = json_line(data).encode("utf-8", "replace") + b"\n"
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(line.decode("utf-8"))
        return
    stream.write(line)
    stream.flush()


def _show(file: Path, report: Report) -> None:
    table = Table(title=Text(str(file)), show_header=False, title_justify="left", expand=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in _rows(report):
        if value:
            table.add_row(name, Text(value[:LONGEST_SHOWN]))
    Terminal().print(table)


def _show_chat(chat: ReportedChat) -> None:
    """The part of an exported chat that its working copy would show, with the remarks that stand above it."""
    made = chat_table(chat.file.chat, chat.window, hide=str)
    table = Table("When", "Who", "Message", title=Text(made.title), title_justify="left", expand=False)
    for row in made.rows:
        who = f"{row.who} (third party)" if row.is_third_party else row.who
        style = "bold" if row.is_reported else None
        table.add_row(Text(row.when), Text(who), Text(row.what[:LONGEST_SHOWN]), style=style)
    Terminal().print(table)
    for note in made.notes:
        Terminal(soft_wrap=True, highlight=False, markup=False).print(note)


def _rows(report: Report) -> list[tuple[str, str]]:
    author = report.author
    names = ("categories", "characteristics", "threat")
    suggested = [s for name in names for s in getattr(report.suggested, name)]
    return [
        ("kind", report.kind.value.replace("_", " ")),
        ("sent by", _person(report.sender.name, report.sender.address)),
        ("written by", _person(author.from_name, author.from_address) if report.forwarded else ""),
        ("subject", author.subject),
        ("written on", author.date.isoformat(" ", "minutes") if author.date else ""),
        ("above the forward", report.message if report.forwarded else ""),
        ("text", author.body),
        ("away", _away(report.absence)),
        ("not delivered to", ", ".join(report.bounce.recipients) if report.bounce else ""),
        ("attachments", "\n".join(f"{file.name} ({file.size:,} bytes)" for file in report.attachments)),
        ("addresses", "\n".join(report.urls)),
        ("platforms", ", ".join(report.platforms)),
        ("a person may tick", "\n".join(f"{s.name}: {', '.join(s.words)}" for s in suggested)),
        ("problems", "\n".join(report.problems)),
    ]


def _person(name: str, address: str) -> str:
    return f"{name} <{address}>".strip() if address else name


def _away(absence: Absence | None) -> str:
    """Such as "from 24 October 2026, until 1 November 2026, back on 2 November 2026"."""
    if absence is None:
        return ""
    until = absence.until if absence.until != absence.back_on else None
    days = (("from", absence.since), ("until", until), ("back on", absence.back_on))
    return ", ".join(f"{word} {day:%d %B %Y}".replace(" 0", " ") for word, day in days if day)


def _say(sentence: str) -> None:
    Terminal(stderr=True, soft_wrap=True, highlight=False, markup=False).print(sentence)
