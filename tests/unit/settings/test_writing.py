"""Setup writes a file that reads back as it was meant, and that the office can understand."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.settings_file import Settings, read_settings, write_settings
from connectors.settings_file.describing import section_model
from connectors.settings_file.toml_writing import toml_key, toml_value

Write = Callable[..., Path]

words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    words | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@given(entries=st.dictionaries(words, values, max_size=4))
def test_whatever_is_written_reads_back_the_same(entries: dict[str, object]) -> None:
    text = "\n".join(f"{toml_key(name)} = {toml_value(value)}" for name, value in entries.items())
    assert tomllib.loads(text) == entries


def test_times_days_and_paths_have_their_forms() -> None:
    assert toml_value(time(7, 30)) == '"07:30"'
    assert toml_value(date(2026, 11, 23)) == "2026-11-23"
    assert tomllib.loads(f"a = {toml_value(Path('C:/x') / 'y')}") == {"a": str(Path("C:/x/y"))}
    with pytest.raises(TypeError, match="bytes"):
        toml_value(b"x")


def test_the_file_explains_every_section_and_shows_what_could_be_set(written: Write) -> None:
    text = written().read_text(encoding="utf-8")
    assert "# The school's face on letters, and its time.\n[school]\n" in text
    assert 'code = "TIS"  # Two to six capitals' in text
    assert '# timezone = "Europe/London"  # The school\'s time zone.' in text
    assert '# logo = "logo.png"' in text
    assert "One of: England, Wales, Scotland, Northern Ireland." in text


def test_every_entry_of_every_section_is_explained() -> None:
    for name in Settings.model_fields:
        model = section_model(name)
        if model is None:
            continue
        assert model.__doc__, name
        assert all(field.description for field in model.model_fields.values()), name


def test_nothing_is_written_for_what_is_not_given(folder: Path, written: Write) -> None:
    path = written(lambda entries: entries["school"].update(motto=None))
    assert read_settings(path).school.motto == ""


def test_an_older_file_is_replaced_whole_and_a_failure_leaves_it(written: Write) -> None:
    path = written()
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_settings(path, {"school": {"code": b"TIS"}})
    assert path.read_bytes() == before
    write_settings(path, {"school": {"code": "ABC"}})
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"school": {"code": "ABC"}}
    assert [kept.name for kept in path.parent.iterdir() if kept.name.startswith("settings")] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in the folder")
def test_the_file_is_for_this_account_alone(written: Write) -> None:
    assert written().stat().st_mode & 0o077 == 0
