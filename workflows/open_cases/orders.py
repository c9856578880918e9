"""One line from a person of a case, that answers a mail of ours or names the case: recognised, then carried out."""

from __future__ import annotations

from casework.cases import CaseReference
from casework.intake import SenderProof, reply_text, sender_proof
from casework.messages import ReceivedMessage
from casework.orders import Order, read_order
from casework.records import JournalTransaction, Sighting
from workflows.open_cases.desk import IntakeDesk
from workflows.staff_orders import OrderDesk, may_order, take_order


def case_told_of(
    transaction: JournalTransaction,
    sighting: Sighting,
    message: ReceivedMessage,
    named: tuple[CaseReference, ...],
    desk: IntakeDesk,
) -> CaseReference | None:
    """The case of which the message tells something; None unless it is one case, and one of its people proven.

    `named` are the cases that the subject names, by a tag or by number.
    """
    if not _is_proven(sighting, message, desk):
        return None
    order = _order_in(message, sighting, desk)
    if order is None:
        return None
    cases = (order.case,) if order.case else named
    case = transaction.cases.get(cases[0]) if len(cases) == 1 else None
    if case is None or not may_order(case, sighting.sender, school=desk.school):
        return None
    return case.reference


def carry_out_order(
    transaction: JournalTransaction,
    sighting: Sighting,
    message: ReceivedMessage,
    case: CaseReference,
    desk: IntakeDesk,
) -> None:
    """Do what the line says, and echo it."""
    order = _order_in(message, sighting, desk)
    if order:
        at = OrderDesk(school=desk.school, procedures=desk.procedures, now=desk.now)
        take_order(transaction, case, order, sighting, at)


def _order_in(message: ReceivedMessage, sighting: Sighting, desk: IntakeDesk) -> Order | None:
    said_on = desk.school.today(sighting.received_at)
    return read_order(reply_text(message.text), said_on=said_on, school=desk.school.code)


def _is_proven(sighting: Sighting, message: ReceivedMessage, desk: IntakeDesk) -> bool:
    """From inside the school's own mail system: a number, or a token that was passed on, proves nobody."""
    own = sighting.sender.rpartition("@")[2] in desk.school.own_domains
    return own and sender_proof(message, own_domains=desk.school.own_domains) is SenderProof.INTERNAL
