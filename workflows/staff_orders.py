"""What staff tell of a case in one line: proven to come from a person of the case, carried out, echoed, or asked back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.actions import ActionDecision
from casework.case_access import people_of
from casework.cases import Case, CaseReference, TalkOutcome
from casework.mails import order_taken, order_unclear
from casework.orders import Order, OrderKind
from casework.procedures import Procedures
from casework.records import JournalTransaction, Sighting
from casework.register_columns import STAFF_COLUMNS, changed_columns
from casework.register_lists import CASES_LIST
from casework.school import School
from casework.staff_writes import filled_in
from casework.values import FieldValue
from workflows.closing_notes import close
from workflows.planning import plan, record
from workflows.staff_entries import StaffEntry, enter, role_of
from workflows.sync_register.beginning import move_to_newest
from workflows.sync_register.deciding import Decider
from workflows.who_wrote import Wrote

WHILE_IT_WAITS = (
    "School days of waiting are not counted for the step of the case. What was late before, a letter that waits for a "
    "decision, and the clocks of safeguarding, of the law and of others run on. After ten school days you are asked to "
    "look again; when it goes on, answer WAIT over."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderDesk:
    """What carrying out an order needs."""

    school: School
    procedures: Procedures
    now: datetime


def may_order(case: Case, address: str, *, school: School) -> bool:
    """Only the people of a case speak for it: those who may open its folder, and its handler."""
    return address.casefold() in people_of(case, school)


def take_order(
    transaction: JournalTransaction,
    reference: CaseReference,
    order: Order,
    sighting: Sighting,
    desk: OrderDesk,
) -> None:
    """Carry out what was told and echo it; what is unclear, or cannot be, is asked back and changes nothing."""
    case = transaction.cases.get(reference)
    if case is None:
        return
    problem = order.missing or _hindrance(case, order)
    if not problem:
        problem = _carry_out(transaction, case, order, sighting, desk)
    if problem:
        transaction.events.append("order.unclear", at=desk.now, case=reference, about=order.kind.value)
        plan(transaction, order_unclear(case, sighting, question=problem, school=desk.school))
        return
    done = _sentence(order)
    plan(transaction, order_taken(case, sighting, what=done, school=desk.school))


def _hindrance(case: Case, order: Order) -> str:
    """Why an order makes no sense on this row, as a question back."""
    if not case.is_open and order.kind is not OrderKind.CLOSE:
        return "The case is closed. Empty Outcome in the list first if it is to go on."
    if order.kind is OrderKind.TALK and "TalkedOn" not in order.columns and case.staff.talked_on is None:
        outcome = order.columns.get("TalkOutcome")
        return f"On which day was the talk? Write it like TALKED 12 Nov {outcome}."
    if order.columns.get("WaitingFor") == "" and not case.staff.steps.waiting_for:
        return "The case waits for nobody. Write WAIT and for what, like WAIT for the police, if it should."
    if order.kind is OrderKind.CLOSE and not case.is_open:
        return "The case is closed already."
    return ""


def _carry_out(
    transaction: JournalTransaction, case: Case, order: Order, sighting: Sighting, desk: OrderDesk
) -> str:
    """Do it; returns why it cannot be done, or nothing."""
    if order.kind is OrderKind.DECISION and order.action and order.answer:
        entered = ActionDecision(
            action=order.action,
            answer=order.answer,
            why=order.why,
            on=desk.school.today(sighting.received_at),
            by=sighting.sender,
            how="by reply",
        )
        decider = Decider(school=desk.school, procedures=desk.procedures, now=desk.now, how="by reply")
        refused = decider.take(transaction, case.reference, entered)
        if refused:
            return f"That decision does not count: {refused}."
        _fill(transaction, case.reference, _columns_of(order), sighting, desk)
        return ""
    if order.kind is OrderKind.PROCEDURE:
        moved = move_to_newest(transaction, case, desk.procedures, now=desk.now)
        return "" if moved else "The case goes on by the newest procedure already."
    _fill(transaction, case.reference, dict(order.columns), sighting, desk)
    return ""


def _columns_of(order: Order) -> dict[str, FieldValue]:
    """A decision by reply stands in the list like one that was made there."""
    if order.action is None or order.answer is None:
        return {}
    return {f"{order.action.column}Decision": order.answer.value, f"{order.action.column}Why": order.why}


def _fill(
    transaction: JournalTransaction,
    reference: CaseReference,
    columns: dict[str, FieldValue],
    sighting: Sighting,
    desk: OrderDesk,
) -> None:
    """Fill staff's columns as if staff had, with all that follows from it."""
    case = transaction.cases.get(reference)
    if case is None:
        return
    before = case.staff
    filled = filled_in(case, columns)
    changed = changed_columns(before, filled.staff)
    if not changed:
        return
    transaction.cases.save(filled)
    wrote = Wrote(by=sighting.sender, at=min(sighting.received_at, desk.now))
    entry = StaffEntry(before=before, case=filled, who_wrote=lambda *_: wrote, now=desk.now)
    enter(transaction, entry, desk.school)
    record(
        transaction,
        "case.told",
        at=desk.now,
        case=reference,
        columns=[name for name in changed if name in STAFF_COLUMNS],
        who=role_of(sighting.sender, desk.school),
    )
    if "Outcome" in changed:
        current = transaction.cases.get(reference) or filled
        close(transaction, current, by=wrote.by, at=wrote.at, now=desk.now, school=desk.school)


def _sentence(order: Order) -> str:
    """What was done, column by column, so that a misunderstanding is seen at once."""
    if order.action and order.answer:
        return f"({order.action.letter}) {order.action.value.capitalize()}: {order.answer.value}. Why: {order.why}"
    if order.kind is OrderKind.PROCEDURE:
        return "The case goes on by the newest procedure."
    if order.columns.get("WaitingFor") == "":
        return "The case waits no longer: its clock runs on."
    said = [f"{_heading(name)}: {_shown(value)}" for name, value in order.columns.items() if value != ""]
    what = "; ".join(said) + "."
    return f"{what} {WHILE_IT_WAITS}" if order.kind is OrderKind.WAIT else what


def _heading(name: str) -> str:
    column = CASES_LIST.column(name)
    return f'"{column.display_name}"' if column else name


def _shown(value: FieldValue) -> str:
    if isinstance(value, date):
        return f"{value:%A} {value.day} {value:%B %Y}"
    if isinstance(value, TalkOutcome):
        return value.value
    return "yes" if value is True else str(value)
