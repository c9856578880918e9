"""`casework inspect policy`: what the policy reader finds in files, for people and for scripts."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from casework.errors import UnreadableDocumentError
from command_line.terminal import Terminal, json_line

if TYPE_CHECKING:
    from casework.policy_documents import PolicyFacts, StatedDate
    from connectors.documents.policies import ApartDocumentReader

_ALL_READ = 0
_SOME_UNREAD = 1
_WRONG_USE = 2


def inspect_policy(files: list[Path], as_json: bool) -> int:
    """Shows what the policy reader finds in files.

    Args:
        files: The documents.
        as_json: One JSON object a line instead of a table.

    Returns:
        0 if all were read, 1 if some could not be (standard error says why), 2 if no file was named.
    """
    if not files:
        print("Name at least one document, such as: casework inspect policy behaviour.docx", file=sys.stderr)  # noqa: T201 - a command speaks
        return _WRONG_USE
    # Imported here because the readers are costly to load, and every other command would wait for them.
    from connectors.documents.policies import ApartDocumentReader  # noqa: PLC0415

    reader = ApartDocumentReader()
    found: list[tuple[Path, PolicyFacts | None]] = []
    try:
        for file in files:
            facts = _read(reader, file)
            found.append((file, facts))
            if as_json:
                print(json_line(as_record(file, facts)), flush=True)  # noqa: T201 - a command speaks
    finally:
        reader.close()
    if not as_json:
        _show(found)
    return _ALL_READ if all(facts for _, facts in found) else _SOME_UNREAD


def as_record(file: Path, facts: "PolicyFacts | None") -> dict[str, object]:
    """Gives the JSON object of one document, in the shape that scripts rely on."""
    return {
        "file": str(file),
        "readable": facts is not None,
        "title": facts.title if facts else None,
        "owner": facts.owner if facts else None,
        "last_update": _last_update(facts.last_update if facts else None),
        "next_review": _next_review(facts.next_review if facts else None),
        "cycle": facts.cycle.text if facts and facts.cycle else None,
        "findings": list(facts.findings) if facts else [],
    }


def _read(reader: "ApartDocumentReader", file: Path) -> "PolicyFacts | None":
    from casework.policy_documents import read_policy  # noqa: PLC0415 - as in inspect_policy

    try:
        return read_policy(reader.read(file.read_bytes(), name=file.name))
    except UnreadableDocumentError as error:
        reason = error.reason
    except OSError as error:
        reason = f"{error.strerror or 'it cannot be opened'}; check the path and the rights to it"
    print(f"{file} could not be read: {reason}.", file=sys.stderr)  # noqa: T201 - a command speaks
    return None


def _last_update(stated: "StatedDate | None") -> dict[str, object]:
    return {
        "text": stated.text if stated else None,
        "value": stated.value if stated else None,
        "precision": stated.precision.value if stated else "none",
    }


def _next_review(stated: "StatedDate | None") -> dict[str, object]:
    return {
        **_last_update(stated),
        "from": _day(stated.from_ if stated else None),
        "to": _day(stated.to if stated else None),
        "derived": bool(stated and stated.derived),
        "where": stated.where if stated else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _show(found: list[tuple[Path, "PolicyFacts | None"]]) -> None:
    from rich.table import Table  # noqa: PLC0415 - as in inspect_policy
    from rich.text import Text  # noqa: PLC0415 - as in inspect_policy

    console = Terminal()
    for file, facts in found:
        # As Text, because a document's own brackets are no markup.
        table = Table(title=Text(file.name), show_header=False, title_justify="left")
        table.add_column(style="bold")
        table.add_column(overflow="fold")
        for heading, words in _rows(facts):
            table.add_row(heading, Text(words))
        console.print(table)


def _rows(facts: "PolicyFacts | None") -> tuple[tuple[str, str], ...]:
    if facts is None:
        return (("Title", "could not be read"),)
    return (
        ("Title", facts.title),
        ("Owner", facts.owner or "-"),
        ("Last update", facts.last_update.text if facts.last_update else "-"),
        ("Next review", _words(facts.next_review)),
        ("Cycle", facts.cycle.text if facts.cycle else "-"),
        ("To look at", "\n".join(facts.findings) or "-"),
    )


def _words(stated: "StatedDate | None") -> str:
    if stated is None:
        return "-"
    return f"{stated.value} (worked out from {stated.text})" if stated.derived else stated.text
