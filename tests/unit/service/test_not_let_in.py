"""Casework is not let in to Microsoft 365 any more: it stops, leaves a word, and does not knock for ever."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from offices.office import Office
from offices.service import FEW_TRIES, SIGN_IN_TRIES, TROUBLE, Service
from offices.timetable import SweepReport, Timetable

REFUSED = SweepReport(changes=0, failed=("The secret has run out.",), problems=(), refused_sign_in=True)
LET_IN = SweepReport(changes=0, failed=(), problems=())


class Door:
    """Answers as Microsoft 365 would, sweep after sweep."""

    def __init__(self, folder: Path, *answers: SweepReport) -> None:
        self._answers = list(answers)
        settings = SimpleNamespace(
            journal=SimpleNamespace(file=Path("journal.sqlite")),
            path=lambda given: folder / given,
            practice=None,
            school=SimpleNamespace(timezone="Europe/London"),
        )
        office = SimpleNamespace(settings=settings, news=SimpleNamespace(tell=tuple))
        timetable = Timetable(jobs=(), run_once=lambda *_, **__: self._answers.pop(0))
        self.service = Service(cast("Office", office), timetable, told=lambda _: None)

    def knocks(self) -> int:
        """How often it is tried until it stops."""
        number = 0
        while self._answers and not self.service.needs_a_person:
            self.service._sweep(())
            number += 1
        return number


def test_after_several_refusals_in_a_row_it_stops_and_says_why(tmp_path: Path) -> None:
    door = Door(tmp_path, *(20 * [REFUSED]))

    assert door.knocks() == SIGN_IN_TRIES
    assert door.service.needs_a_person == "The secret has run out."


def test_started_again_by_the_machine_it_looks_twice_and_stops(tmp_path: Path) -> None:
    (tmp_path / TROUBLE).write_text("Casework has stopped.")

    assert Door(tmp_path, *(20 * [REFUSED])).knocks() == FEW_TRIES
    assert (tmp_path / TROUBLE).exists()


@pytest.mark.parametrize("before", [0, FEW_TRIES - 1])
def test_let_in_again_it_takes_its_word_back_and_is_patient_as_before(tmp_path: Path, before: int) -> None:
    (tmp_path / TROUBLE).write_text("Casework has stopped.")
    door = Door(tmp_path, *(before * [REFUSED]), LET_IN, *(20 * [REFUSED]))

    assert door.knocks() == before + 1 + SIGN_IN_TRIES
    assert not (tmp_path / TROUBLE).exists()
