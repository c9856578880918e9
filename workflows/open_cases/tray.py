"""The holding tray: what nothing proves where it belongs waits there until somebody at the office files it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casework.answers import QuestionKind
from casework.guesses import Guess
from casework.mails import to_file
from casework.placing import Placement
from casework.records import JournalTransaction, Json, Sighting, SightingState
from workflows.open_cases.desk import IntakeDesk
from workflows.planning import plan
from workflows.questions import Question, ask


def put_into_tray(
    transaction: JournalTransaction,
    sighting: Sighting,
    placement: Placement,
    guesses: Iterable[Guess],
    desk: IntakeDesk,
) -> Sighting:
    """Keep the message with its scored guesses, and ask the office once; every school day it is asked again."""
    token = desk.tokens.question(f"tray/{sighting.key}")
    ask(transaction, Question(token=token, kind=QuestionKind.FILING, about={"sighting": sighting.key}))
    rows: list[Json] = [[guess.case, guess.points, guess.words] for guess in guesses]
    facts: dict[str, Json] = {
        **sighting.facts,
        "tray": token,
        "why": placement.why,
        "guesses": rows,
    }
    waiting = replace(sighting, state=SightingState.WAITING, facts=facts)
    transaction.events.append("message.in_tray", at=desk.now, why=placement.why, guesses=len(rows))
    plan(transaction, to_file(waiting, school=desk.school, today=desk.school.today(desk.now)))
    return waiting
