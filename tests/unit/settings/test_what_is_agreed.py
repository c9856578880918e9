"""What the settings file says of deciding and of being away reaches the rules, and is told where it would not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import connectors.calendar_files
from casework.absences import Away
from casework.errors import SettingsError
from casework.school import Role
from connectors.settings_file import Settings, read_settings
from offices.from_settings import school_of
from tests.architecture.source_code import ROOT

Entries = dict[str, dict[str, Any]]
CALENDAR = Path(connectors.calendar_files.__file__).with_name("practice-term-dates.toml")
HEAD, DEPUTY, CHAIR = (f"{who}@tillbrook.example" for who in ("head", "deputy", "chair"))


def agreed(entries: Entries) -> None:
    entries["people"]["deputy"] = {"name": "Ms D. Hart", "address": DEPUTY}
    entries["approvals"] = {
        "third_person": "deputy",
        "outside": {"chair": ["Moss@governors.example"]},
        "delegates": {"headteacher": ["office@tillbrook.example"]},
        "away": [
            {"who": "headteacher", "since": date(2026, 12, 7), "until": date(2026, 12, 11)},
            {"who": "office", "since": date(2026, 11, 2), "until": date(2026, 11, 6)},
        ],
    }


def test_everything_that_is_agreed_for_decisions_reaches_the_rules(
    written: Callable[..., Path], folder: Path
) -> None:
    (folder / "term-dates.toml").write_bytes(CALENDAR.read_bytes())

    school = school_of(read_settings(written(agreed)))

    assert school.third_person is Role.DEPUTY
    assert school.outside_addresses == {CHAIR: frozenset({"moss@governors.example"})}
    assert school.delegates == {HEAD: frozenset({"office@tillbrook.example"})}
    assert school.away == (
        (HEAD, Away(since=date(2026, 12, 7), until=date(2026, 12, 11))),
        ("office@tillbrook.example", Away(since=date(2026, 11, 2), until=date(2026, 11, 6))),
    )


@pytest.mark.parametrize(
    "approvals",
    [
        {"third_person": "clerk"},
        {"outside": {"clerk": ["c@governors.example"]}},
        {"delegates": {"clerk": ["office@tillbrook.example"]}},
        {"away": [{"who": "clerk", "since": date(2026, 12, 7), "until": date(2026, 12, 11)}]},
    ],
    ids=lambda approvals: next(iter(approvals)),
)
def test_what_is_agreed_for_a_role_that_nobody_holds_is_told(
    written: Callable[..., Path], approvals: dict[str, Any]
) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(written(lambda entries: entries.update(approvals=approvals)))

    [problem] = caught.value.problems
    assert "speaks of the clerk, but there is no [people.clerk]; add that person." in problem


def entries_of(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Every entry that a settings file may have, such as "approvals.third_person"."""
    for name, field in model.model_fields.items():
        kinds = (field.annotation, *getattr(field.annotation, "__args__", ()))
        sections = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not sections:
            yield f"{path}{name}"
        for section in sections:
            yield from entries_of(section, f"{path}{name}.")


def test_no_entry_of_a_settings_file_is_read_by_nobody() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("offices", "connectors", "command_line")
        for file in (ROOT / folder).rglob("*.py")
    )

    assert not [
        entry for entry in entries_of(Settings) if not re.search(rf"\.{entry.rpartition('.')[2]}\b", code)
    ]
