"""What the school's policy demands of a case: its steps, its letters, its actions and its duties, read as data."""

from __future__ import annotations

from casework.procedures.duties import OpenDuty, duties_of
from casework.procedures.options import Option, OptionState, decide, decisions_shown, options_of
from casework.procedures.reading import ProcedureReading, read_by
from casework.procedures.standing import Standing, standing_of
from casework.procedures.values import (
    ActionRule,
    Due,
    DutyRule,
    Fits,
    LetterWish,
    Procedure,
    Procedures,
    Since,
    StepRule,
)
from casework.procedures.wanted import came_back, missing_for_letter, missing_for_letters, wanted_letters

__all__ = [
    "ActionRule",
    "Due",
    "DutyRule",
    "Fits",
    "LetterWish",
    "OpenDuty",
    "Option",
    "OptionState",
    "Procedure",
    "ProcedureReading",
    "Procedures",
    "Since",
    "Standing",
    "StepRule",
    "came_back",
    "decide",
    "decisions_shown",
    "duties_of",
    "missing_for_letter",
    "missing_for_letters",
    "options_of",
    "read_by",
    "standing_of",
    "wanted_letters",
]
