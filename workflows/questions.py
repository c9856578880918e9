"""Questions of Casework to staff that are answered by one reply: kept by their token until they are settled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.answers import QuestionKind
from casework.letters import Letter
from casework.records import JournalTransaction, Json

_PLACE = "question/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question.

    Attributes:
        about: what must be known to act on the answer: a sighting's key, or cases.
        settled: what came of it, in words for a later answer; empty while it is open.
    """

    token: str
    kind: QuestionKind
    about: Mapping[str, Json] = field(default_factory=dict)
    settled: str = ""


def change_question(letter: Letter, *, token: str) -> Question:
    """Whether a letter goes to its approver again as it is, or is changed first."""
    return Question(token=token, kind=QuestionKind.LETTER_CHANGE, about={"letter": letter.key})


def ask(transaction: JournalTransaction, question: Question) -> None:
    """Keep the question, or what came of it."""
    kept = {"kind": question.kind.value, "about": dict(question.about), "settled": question.settled}
    transaction.cursors.put(f"{_PLACE}{question.token}", json.dumps(kept))


def question_with(transaction: JournalTransaction, token: str) -> Question | None:
    """The question of that token; None for one that we never asked."""
    kept = transaction.cursors.get(f"{_PLACE}{token}")
    if kept is None:
        return None
    values = json.loads(kept)
    return Question(
        token=token, kind=QuestionKind(values["kind"]), about=values["about"], settled=values["settled"]
    )
