"""Each effect is cut short after each thing of it that lasts; tried again, it ends as if nothing had been."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import workflows.carry_out
from casework.errors import TurnLostError
from casework.ports import FoundMail, NewMail
from connectors.journal import SqlJournal, open_journal
from connectors.memory import (
    MemoryCalendars,
    MemoryClock,
    MemoryLibrary,
    MemoryOutgoing,
)
from tests.effects_in_memory import EFFECTS, arranged, outside, seen
from tests.journals import CHAIN_KEY, MONDAY
from tests.mail_room import tools_in_memory
from tests.power_cuts import Power, PowerCutError, cut_by
from workflows.carry_out import Tools, carry_out


@pytest.fixture
def power(monkeypatch: pytest.MonkeyPatch) -> Power:
    return cut_by(monkeypatch)


DRAFTS = (
    "a mail",
    "a letter's draft",
    "a paper",
    "a copy of a policy",
    "the governors' paper",
    "the yearly letter",
)


@pytest.fixture(scope="module")
def new_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("new") / "journal.sqlite"
    with open_journal(file, school="TIS", chain_key=CHAIN_KEY):
        return file


@pytest.fixture(scope="module")
def mail_room() -> Tools:
    clock = MemoryClock(MONDAY)
    no_journal: Any = None
    tools = tools_in_memory(no_journal, clock)
    school = replace(tools.school, address_lines=("Mill Lane", "Tillbrook"))
    return replace(tools, calendars=MemoryCalendars(), drop=MemoryLibrary(clock), school=school)


def test_every_kind_of_effect_is_tried_here(mail_room: Tools) -> None:
    assert {type(intent(mail_room)) for _, intent in EFFECTS.values()} == set(workflows.carry_out._EXECUTORS)


@pytest.mark.parametrize("effect", EFFECTS)
def test_cut_short_anywhere_it_ends_as_if_nothing_had_been(
    effect: str, mail_room: Tools, new_journal: Path, power: Power, tmp_path: Path
) -> None:
    before, journal = arranged(effect, mail_room, new_journal, tmp_path / "arranged.sqlite")
    undisturbed = _ends(before, journal, power, cut_after=0)
    points = power.lasting

    assert points
    for point in range(1, points + 1):
        assert _ends(before, journal, power, cut_after=point) == undisturbed, f"cut after {point} of {points}"


@pytest.mark.parametrize("effect", DRAFTS)
def test_a_host_that_wakes_up_right_before_it_makes_a_draft_makes_no_second_one(
    effect: str,
    mail_room: Tools,
    new_journal: Path,
    power: Power,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It stands still for longer than its turn lasts; another host does all; then it goes on."""
    before, file = arranged(effect, mail_room, new_journal, tmp_path / "arranged.sqlite")
    undisturbed = _ends(before, file, power, cut_after=0)
    with (
        open_journal(file, school="TIS", chain_key=CHAIN_KEY) as late,
        open_journal(file, school="TIS", chain_key=CHAIN_KEY) as other,
    ):
        tools = replace(before, journal=late, **outside(before))

        def the_other_host_does_all() -> None:
            _take_turn(other, "the other host")
            with other.transaction() as transaction:
                transaction.outbox_view.release_claims()
            carry_out(replace(tools, journal=other))

        _take_turn(late, "the late host")
        monkeypatch.setattr(MemoryOutgoing, "save", _after(the_other_host_does_all, MemoryOutgoing.save))
        with pytest.raises(TurnLostError):
            carry_out(tools)

        assert seen(replace(tools, journal=other)) == undisturbed


def _take_turn(journal: SqlJournal, holder: str) -> None:
    """A turn that is over at once, so that another may take it."""
    assert journal.turns.take("TIS", holder=holder, seconds=-1)
    journal.holder = holder


def _after(meanwhile: Callable[[], None], save: Callable[..., FoundMail]) -> Callable[..., FoundMail]:
    """Saving, before which something else happens the first time."""
    awaited = [meanwhile]

    def save_late(mailbox: MemoryOutgoing, mail: NewMail, **more: Any) -> FoundMail:
        if awaited:
            awaited.pop()()
        return save(mailbox, mail, **more)

    return save_late


def _ends(before: Tools, file: Path, power: Power, *, cut_after: int) -> dict[str, Any]:
    """What there is to be seen in the end."""
    here = shutil.copy(file, file.with_name("here.sqlite"))
    with open_journal(here, school="TIS", chain_key=CHAIN_KEY) as journal:
        tools = replace(before, journal=journal, **outside(before))
        power.lasting, power.cut_after = 0, cut_after
        try:
            carry_out(tools)
        except PowerCutError:
            with journal.transaction() as transaction:
                transaction.outbox_view.release_claims()
            carry_out(tools)
        return seen(tools)
