"""What there is to choose from when people act, so that a state machine and a random walk choose alike."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from schedule import JOBS
from tests.never.people import NEIGHBOUR, PARENTS

_Act = TypeVar("_Act", bound=Callable[..., None])

NAMED = {"Parent": "Mrs R Oakfield", "ParentEmail": PARENTS[0], "Target": "school"}
EDITS: tuple[dict[str, Any], ...] = (
    NAMED,
    {"Parent": "Mr B Thornley", "ParentEmail": PARENTS[1]},
    {"Parent": "Mrs R Oakfield & <b>{{7*7}}</b>", "ParentEmail": PARENTS[0]},
    {"Parent": ""},
    {"ParentEmail": ""},
    {"ParentEmail": "reports@tillbrook.example"},
    {"ParentEmail": "office@tillbrook.example"},
    {"ParentEmail": NEIGHBOUR[1]},
    {"ParentEmail": f"{PARENTS[0]}; {PARENTS[1]}"},
    {"ParentEmail": f"Mrs Oakfield <{PARENTS[0]}>"},
    {"ParentEmail": "", "ParentAddress": "14 Weir Street\nTillbrook"},
    {"Target": "headteacher"},
    {"Target": "staff"},
    {"Target": None},
    {"TalkedOn": "2026-11-23T12:00:00Z", "TalkOutcome": "refused", "Continues": True},
    {"TalkedOn": "2026-11-23T12:00:00Z", "TalkOutcome": "removed"},
    {"TalkedOn": None, "TalkOutcome": None},
    {"Categories@odata.type": "Collection(Edm.String)", "Categories": ["other"]},
    {"Handler": "head@tillbrook.example"},
    {"Handler": "not an address"},
    {"Outcome": "The post was removed."},
    {"Outcome": ""},
    {"ServedOn": "2026-11-24T12:00:00Z"},
    {"Reference": "TIS-2026-0099"},
    {"Title": "Something else"},
    {"Notes": "Spoken to the class teacher."},
)
CHOSEN = "Collection(Edm.String)"
CARES: tuple[dict[str, Any], ...] = (
    {"Withhold": "Jo Marsh; Oakfield"},
    {"Withhold": "Thornley"},
    {"EvidenceLock": "The police asked."},
    {"EvidenceLock": ""},
    {"ReporterProtected": True},
    {"ReporterProtected": False},
    {"StillUp": "gone"},
    {"StillUp": "still up"},
    {"LinkedCases": "TIS-2026-0001"},
    {"LettersWanted@odata.type": CHOSEN, "LettersWanted": ["summary for the police"]},
    {"LettersWanted@odata.type": CHOSEN, "LettersWanted": ["outcome letter", "note of the conversation"]},
    {"LettersWanted@odata.type": CHOSEN, "LettersWanted": []},
)
"""What staff enter about the evidence, the post and the papers of a case."""
ANSWERS = (
    "APPROVE",
    "Approved, thank you.",
    "Happy with this, please send",
    "Happy with this, but not before Friday",
    "CHANGE please say the office hours",
    "REJECT too formal",
    "Hmm, what did they say before?",
    "Approve? I am not sure.",
    "On Monday you wrote:\n> APPROVE",
    "",
)
APPROVALS = frozenset({"APPROVE", "Approved, thank you.", "Happy with this, please send"})
_BOTH = (False, True)

CHOICES: Mapping[str, Sequence[Any]] = {
    # what Casework does after people did something
    "then": ("all jobs", "all jobs", "all jobs", "nothing", *(job.name for job in JOBS[:5])),
    "letters": (0, 1, 1, 1, 2),
    "which": range(12),
    "about_head": _BOTH,
    "filed": _BOTH,
    "by_aunt": _BOTH,
    "genuine": _BOTH,
    "word_file": _BOTH,
    "as_mail": _BOTH,
    "right": _BOTH,
    "edits": _BOTH,
    "adds": _BOTH,
    "is_there": _BOTH,
    "who": ("the subject of a case", "a robot", "the teacher again"),
    "words": (*ANSWERS, "APPROVE", "APPROVE", "CHANGE be kinder"),
    "answers_by": (*["the approver"] * 5, "deputy", "teacher"),
    "by": ("headteacher", "office", "chair", "deputy"),
    "absent": ("headteacher", "headteacher", "deputy"),
    "days": (0, 2, 9),
    "handles": ("graph", "desktop", "phone", "graph", "delete", "only edit"),
    "decision": ("approve", "approve", "change", "reject"),
    "also": ({}, NAMED, EDITS[14]),
    "columns": EDITS,
    "cares": CARES,
    "step": (timedelta(hours=2), timedelta(days=1), timedelta(days=3), timedelta(weeks=2)),
}
"""For each argument of an act, by its name."""


def act(function: _Act) -> _Act:
    """Mark something that people do."""
    function.takes = tuple(inspect.signature(function).parameters)[1:]  # type: ignore[attr-defined]  # our own mark
    return function


def only_if(possible: Callable[[Any], bool]) -> Callable[[_Act], _Act]:
    """Mark when it can be done at all."""

    def mark(function: _Act) -> _Act:
        function.possible = possible  # type: ignore[attr-defined]  # our own mark
        return function

    return mark


def acts_of(kind: type) -> tuple[Callable[..., None], ...]:
    """Everything in a class that people do, in the order in which it is written."""
    return tuple(function for function in vars(kind).values() if hasattr(function, "takes"))
