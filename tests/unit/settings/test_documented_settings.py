"""What docs/how-to/set-up-a-school.md shows as settings and term dates is read as it stands there."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.errors import SettingsError
from connectors.calendar_files import read_term_dates
from connectors.settings_file import Settings, read_settings
from connectors.settings_file.describing import section_model

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "set-up-a-school.md"
SIGNS_IN = re.compile(r"^certificate = .*$", re.MULTILINE)
SELDOM = {"graph_root", "login_root", "ca_file", "url", "secret_expires", "sharepoint_units"}
"""Entries that a school with the usual Microsoft 365 and a journal in a file never writes."""
NEEDED_PEOPLE = ("headteacher", "office", "chair")


def shown(language: str) -> list[str]:
    """The blocks of one language on the page, in their order."""
    fenced = rf"^```{language}\n(.*?)^```$"
    return re.findall(fenced, PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def the_settings() -> str:
    return next(block for block in shown("toml") if block.startswith("[school]"))


def the_sources() -> list[str]:
    return [block.strip() for block in shown("toml") if block.startswith("secret = ")]


def files_named(entries: dict[str, Any]) -> Iterator[str]:
    for section, name in (
        ("school", "logo"),
        ("microsoft365", "certificate"),
        ("term_dates", "file"),
        ("letters", "templates"),
    ):
        if name in entries[section]:
            yield entries[section][name]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The school's folder with everything in it that the page says should be there."""
    for name in files_named(tomllib.loads(the_settings())):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def read(text: str, folder: Path) -> Settings:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_the_settings_on_the_page_are_read(folder: Path) -> None:
    settings = read(the_settings(), folder)

    assert settings.school.code == "TIS"
    assert set(settings.people) == {"headteacher", "deputy", "office", "clerk", "chair", "safeguarding_lead"}
    assert settings.microsoft365.certificate is not None
    assert settings.drop is not None
    assert settings.practice is None


def test_they_show_every_entry_that_a_school_can_write() -> None:
    entries = tomllib.loads(the_settings())
    entries["people"] = {
        name: value for person in entries["people"].values() for name, value in person.items()
    }
    silent = {
        f"[{section}] {name}"
        for section, given in entries.items()
        for name in getattr(section_model(section), "model_fields", {})
        if name not in {*given, *SELDOM}
    }

    assert set(Settings.model_fields) - set(entries) == {"file", "practice"}
    assert silent == {"[microsoft365] secret"}, "The page shows the certificate, and the secret after it."


def test_the_page_names_a_missing_file_in_the_words_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(the_settings(), tmp_path)

    assert len(caught.value.problems) == len(list(files_named(tomllib.loads(the_settings()))))


@pytest.mark.parametrize("source", the_sources())
def test_each_source_of_a_secret_can_stand_in_place_of_the_certificate(source: str, folder: Path) -> None:
    text, replaced = SIGNS_IN.subn(source, the_settings())
    settings = read(text, folder)

    assert replaced == 1
    assert settings.microsoft365.secret is not None
    assert settings.microsoft365.certificate is None


def test_all_three_sources_of_a_secret_are_shown() -> None:
    kinds = {next(iter(tomllib.loads(source)["secret"])) for source in the_sources()}

    assert kinds == {"env", "command", "file"}


def test_what_the_page_calls_needed_is_enough(folder: Path) -> None:
    everything = tomllib.loads(the_settings())
    kept = {
        "school": ("code", "name", "address", "phone", "email"),
        "microsoft365": ("tenant_id", "client_id", "certificate", "reporting_mailbox", "site"),
        "policies": ("drive",),
        "term_dates": ("file",),
    }
    lines = [f"[people.{role}]\nname = 'A'\naddress = '{role}@tillbrook.example'" for role in NEEDED_PEOPLE]
    for section, names in kept.items():
        lines += [f"[{section}]", *(f"{name} = {json.dumps(everything[section][name])}" for name in names)]
    settings = read("\n".join(lines), folder)

    shown_in_full = read(the_settings(), folder)
    for section in ("hours", "journal", "letters"):
        said, usual = (getattr(each, section).model_dump() for each in (shown_in_full, settings))
        assert {name for name in said if said[name] != usual[name]} <= {"templates"}, section
    assert settings.microsoft365.site_zone == "UTC"


def test_the_three_term_calendars_on_the_page_say_the_same(tmp_path: Path) -> None:
    written = {
        "term-dates.toml": next(block for block in shown("toml") if "[[terms]]" in block),
        "term-dates.csv": shown("csv")[0],
        "term-dates.ics": shown("ics")[0],
    }
    calendars = []
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        calendars.append(read_term_dates(tmp_path / name))
    first, last = date(2026, 9, 1), date(2027, 3, 25)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    of_each = [[day for day in days if calendar.is_school_day(day)] for calendar in calendars]

    assert of_each[0] == of_each[1] == of_each[2]
    assert date(2026, 9, 2) in of_each[0]
    assert not {date(2026, 9, 1), date(2026, 10, 26), date(2026, 11, 26), date(2027, 1, 4)} & set(of_each[0])
    assert {calendar.last_day for calendar in calendars} == {last}
