"""Records survive the way into JSON and back, and what another version wrote is read with care."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases import Case, CaseReference
from casework.errors import JournalError
from casework.letters import Letter
from casework.records import Json, PolicyRecord, Sighting
from connectors.journal.columns import json_text, moment_text
from connectors.journal.encoding import from_json, to_json
from tests.journals import case, letter, policy, sighting

plain_json: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


def records_of(kind: type) -> st.SearchStrategy[object]:
    by_name = {"facts": plain_json} if kind is Sighting else {}
    mapping = {name: st.dictionaries(st.text(), values, max_size=3) for name, values in by_name.items()}
    return st.builds(kind, **mapping)


class Mood(StrEnum):
    CALM = "calm"


@dataclass(frozen=True, kw_only=True, slots=True)
class Inner:
    day: date
    pairs: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    name: str
    mood: Mood = Mood.CALM
    inner: Inner | None = None
    marks: frozenset[str] = frozenset()
    facts: Mapping[str, Json] = field(default_factory=dict)
    case: CaseReference | None = None


@pytest.mark.parametrize("kind", [Sighting, Case, Letter, PolicyRecord])
@given(data=st.data())
def test_every_record_comes_back_as_it_went(kind: type, data: st.DataObject) -> None:
    record = data.draw(records_of(kind))
    assert from_json(kind, json.loads(json_text(to_json(record)))) == record


@pytest.mark.parametrize("record", [sighting(), case(), letter(), policy()])
def test_the_builders_records_come_back_too(record: object) -> None:
    assert from_json(type(record), json.loads(json_text(to_json(record)))) == record


def test_a_field_that_an_older_version_did_not_write_takes_its_default() -> None:
    assert from_json(Note, {"name": "a"}) == Note(name="a")
    nested = from_json(Note, {"name": "a", "inner": {"day": "2026-11-23"}})
    assert nested.inner == Inner(day=date(2026, 11, 23))


def test_a_field_that_we_do_not_know_is_left() -> None:
    assert from_json(Note, {"name": "a", "since_next_year": 7}) == Note(name="a")


def test_collections_and_pairs_keep_their_types() -> None:
    note = Note(name="a", marks=frozenset({"y", "x"}), inner=Inner(day=date(2026, 1, 2), pairs=(("a", 1),)))
    assert to_json(note)["marks"] == ["x", "y"]  # type: ignore[call-overload, index]  # it is an object
    assert from_json(Note, json.loads(json_text(to_json(note)))) == note


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({}, "name is missing"),
        ({"name": "a", "mood": "furious"}, "mood"),
        ({"name": "a", "inner": {"day": "soon"}}, "day"),
        ({"name": "a", "inner": {"day": "2026-01-01", "pairs": [["a", 1, 2]]}}, "pairs"),
    ],
)
def test_an_unreadable_record_names_the_field_and_the_next_step_but_not_its_content(
    data: Mapping[str, Json], named: str
) -> None:
    with pytest.raises(JournalError, match=named) as error:
        from_json(Note, data)
    assert "restore the last backup" in str(error.value)
    assert "furious" not in str(error.value)


def test_what_json_cannot_hold_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="bytes"):
        to_json({"raw": b"x"})


def test_moments_sort_as_text() -> None:
    moments = [
        datetime(2026, 11, 23, 9, tzinfo=UTC),
        datetime(2026, 11, 23, 9, 0, 0, 5, tzinfo=UTC),
        datetime.fromisoformat("2026-11-23T10:30:00+01:00"),
    ]
    assert sorted(moments) == sorted(moments, key=moment_text)
