"""What rows of the journal hold belongs to its version, by which a host with an older program knows that it must end."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from casework.cases import Case
from casework.custody import CustodyEntry, EvidenceItem
from casework.intents import Intent
from casework.letters import Letter
from casework.records import PolicyRecord, Sighting
from connectors.journal.versions import VERSIONS
from tests.architecture.source_code import ROOT

GOLDEN = ROOT / "tests" / "golden" / "rows_of_the_journal.txt"
KEPT = (Case, Letter, Sighting, PolicyRecord, EvidenceItem, CustodyEntry)
FORGOTTEN = (
    "What rows of the journal hold has changed. A host that still runs the program of before would drop it, so this is a "
    "new version of the journal: add one behind the last in connectors/journal/migrations/versions (an empty migration "
    "will do) and in VERSIONS, unless the last one was not released yet, and write into {file}:\n\n{text}"
)


def rows() -> str:
    """The version, and the fields of every record and effect."""
    kinds = dict.fromkeys((*_reached(*KEPT), *get_args(Intent)))
    lines = sorted(f"{_name(kind)}: {', '.join(_fields(kind))}" for kind in kinds)
    return "\n".join([f"version {VERSIONS[-1]}", *lines, ""])


def _reached(*kinds: Any) -> Iterator[Any]:
    """These records and all that lie in their fields."""
    for kind in kinds:
        if dataclasses.is_dataclass(kind):
            yield kind
            yield from _reached(
                *(hint for name, hint in get_type_hints(kind).items() if name in _fields(kind))
            )
        else:
            yield from _reached(*get_args(kind))


def _fields(kind: Any) -> list[str]:
    return sorted(field.name for field in dataclasses.fields(kind))


def _name(kind: Any) -> str:
    return f'effect "{kind.kind}"' if kind in get_args(Intent) else str(kind.__name__)


def test_what_rows_hold_is_that_of_the_version() -> None:
    known = GOLDEN.read_text(encoding="utf-8")
    assert rows() == known, FORGOTTEN.format(file=GOLDEN.relative_to(ROOT), text=rows())
