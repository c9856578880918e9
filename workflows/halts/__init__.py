"""Halts in the journal: which side was found suddenly empty, whether the office was told, and what a person said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from casework.answers import QuestionKind
from casework.halts import Halt, How, Side, Word
from casework.mails import side_halted
from casework.records import JournalTransaction, Json
from casework.school import School
from casework.tags import TokenMaker
from workflows.planning import plan
from workflows.questions import Question, ask

PLACE = "halted sides"
ACCEPTED = "loss accepted at: "
SURE_AFTER = timedelta(minutes=1)
"""What cannot be found may be a hiccup: the office is told when it is still so after a while."""


def halts_now(transaction: JournalTransaction) -> dict[Side, Halt]:
    """Every side that is halted."""
    kept = transaction.cursors.get(PLACE)
    return {Side(name): _halt(Side(name), facts) for name, facts in json.loads(kept).items()} if kept else {}


def halt(transaction: JournalTransaction, found: Halt, *, now: datetime) -> Halt:
    """Halt a side; found again, it is still the same halt, with the word that was given."""
    halts = halts_now(transaction)
    earlier = halts.get(found.side)
    if earlier and earlier.how is found.how:
        found = replace(
            found, since=earlier.since, word=earlier.word, told=earlier.told, before=earlier.before
        )
    else:
        transaction.events.append("side.halted", at=now, side=found.side.value, how=found.how.value)
    _keep(transaction, {**halts, found.side: found})
    return found


def lift(transaction: JournalTransaction, side: Side, *, now: datetime) -> None:
    """Let things go on; what was handed to a person meanwhile is tried again."""
    halts = halts_now(transaction)
    if halts.pop(side, None) is None:
        return
    _keep(transaction, halts)
    transaction.events.append("side.lifted", at=now, side=side.value)
    for effect in transaction.outbox_view.needing_a_person():
        transaction.outbox_view.retry(effect.key)


def say(transaction: JournalTransaction, side: Side, word: Word, *, now: datetime) -> str:
    """A person has spoken; returns what comes of it, in a sentence."""
    halts = halts_now(transaction)
    found = halts.get(side)
    if found is None:
        return f"The {side} is as it should be; nothing was waiting for a word."
    if not found.can_go_on or (word is Word.PUT_BACK and not found.can_put_back):
        return f"Casework cannot do that for the {side}. {found.first_step}"
    transaction.events.append("side.word_given", at=now, side=side.value, word=word.value)
    if side is Side.CASES:
        _keep(transaction, {**halts, side: replace(found, word=word)})
        return _LIST_WILL[word]
    transaction.cursors.put(f"{ACCEPTED}{side}", now.isoformat())
    if found.how is How.ANOTHER:
        for name in READ_UP_TO[side]:
            transaction.cursors.forget(name)
    lift(transaction, side, now=now)
    return f"Casework goes on with the {side} as it is."


READ_UP_TO = {
    Side.CASE_FOLDERS: ("casework library", "evidence watch: case folder"),
    Side.SEALED: ("evidence watch: sealed library",),
}
"""Where the journal keeps how far a library was read: of no use for another one."""
_LIST_WILL = {
    Word.PUT_BACK: "Casework puts all rows back at its next sweep, with what staff had entered, and goes on.",
    Word.GO_ON: "Casework goes on at its next sweep: rows of closed cases stay away, those of open cases come back.",
}


def tell_once(
    transaction: JournalTransaction, found: Halt, *, school: School, tokens: TokenMaker, now: datetime
) -> None:
    """Tell the office, once for each halt; of what cannot be found only when that lasts."""
    if found.told or (found.how is How.GONE and now - found.since < SURE_AFTER):
        return
    token = tokens.question(f"{found.side}/{found.since.isoformat()}")
    about: dict[str, Json] = {"side": found.side.value, "since": found.since.isoformat()}
    ask(transaction, Question(token=token, kind=QuestionKind.HALTED_SIDE, about=about))
    plan(transaction, side_halted(found, token=token, school=school))
    _keep(transaction, {**halts_now(transaction), found.side: replace(found, told=True)})


def accepted_at(transaction: JournalTransaction, side: Side) -> datetime | None:
    """When a person said that what was lost until then shall not be looked for."""
    kept = transaction.cursors.get(f"{ACCEPTED}{side}")
    return datetime.fromisoformat(kept) if kept else None


def _keep(transaction: JournalTransaction, halts: dict[Side, Halt]) -> None:
    if not halts:
        transaction.cursors.forget(PLACE)
        return
    facts = {
        one.side.value: {
            "how": one.how.value,
            "since": one.since.isoformat(),
            "known": one.known,
            "gone": one.gone,
            "before": one.before,
            "word": one.word.value if one.word else "",
            "told": one.told,
        }
        for one in halts.values()
    }
    transaction.cursors.put(PLACE, json.dumps(facts))


def _halt(side: Side, facts: dict[str, Json]) -> Halt:
    return Halt(
        side=side,
        how=How(str(facts["how"])),
        since=datetime.fromisoformat(str(facts["since"])),
        known=int(str(facts["known"])),
        gone=int(str(facts["gone"])),
        before=str(facts["before"]),
        word=Word(str(facts["word"])) if facts["word"] else None,
        told=bool(facts["told"]),
    )
