"""Closing a case's folder to all but its people."""

from __future__ import annotations

from dataclasses import replace

from casework.errors import NotPermittedError
from casework.intents import LimitFolder
from casework.records import JournalTransaction, PlannedEffect
from workflows.carry_out.tools import Tools, first_time, must_look

BY_HAND = (
    "The folder of this case could not be closed to other people, because Microsoft 365 does not let Casework. In the "
    'library, open the folder\'s "Manage access", stop inheriting, and leave only the people of the case.'
)


def limit_folder(effect: PlannedEffect, intent: LimitFolder, tools: Tools) -> None:
    """Let only these people open it; a newer wish replaces an older one that was not carried out yet.

    Where the tenant does not allow it, a person is told on the case and the copies are stored all the same.

    Raises:
        TurnLostError: another host has taken the school over; its people have the folder, and not those of before.
    """
    with tools.journal.transaction() as transaction:
        people = _people(intent, transaction)
    try:
        address = _let_in(people, intent, tools) or _made_before(effect, intent, tools)
    except NotPermittedError:
        with tools.journal.transaction() as transaction:
            if not first_time(effect, transaction):
                return
            current = transaction.cases.get(intent.case)
            if current:
                transaction.cases.save(replace(current, problem=BY_HAND))
            transaction.events.append("case.folder_open", at=tools.now, case=intent.case)
        return
    with tools.journal.transaction() as transaction:
        if not first_time(effect, transaction):
            return
        transaction.events.append("case.folder_closed", at=tools.now, case=intent.case, people=len(people))
        current = transaction.cases.get(intent.case)
        if current:
            problem = "" if current.problem == BY_HAND else current.problem
            known = replace(current, problem=problem, evidence_folder=current.evidence_folder or address)
            if known != current:
                transaction.cases.save(known)


def _let_in(people: tuple[str, ...], intent: LimitFolder, tools: Tools) -> str:
    """Microsoft has no If-Match for permissions: a host that was late makes good by itself what it has undone.

    Returns the address of the folder, if it was made.
    """
    made = ""
    while True:
        made = tools.folders.let_only(intent.case, people) or made
        with tools.journal.glimpse() as now:
            of_now = _people(intent, now)
        if of_now == people:
            return made
        people = of_now


def _made_before(effect: PlannedEffect, intent: LimitFolder, tools: Tools) -> str:
    """The address of a folder that an attempt made which was cut short."""
    folder = tools.casework.find(intent.case) if must_look(effect) else None
    return folder.web_url if folder else ""


def _people(intent: LimitFolder, transaction: JournalTransaction) -> tuple[str, ...]:
    case = transaction.cases.get(intent.case)
    return case.access if case else tuple(intent.people)
