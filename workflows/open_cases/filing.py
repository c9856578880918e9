"""Filing a message of the holding tray as the office has said: to a case, as a new one, or not ours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.answers import ReadReply, Said
from casework.cases import CaseReference
from casework.errors import PermanentConnectorError
from casework.intake import read_report
from casework.placing import Place, Placement
from casework.records import JournalTransaction, Sighting, SightingState
from workflows.custody import plan_pages, take_into_case
from workflows.open_cases.carrying import FOLDERS, PROCESSED, carry, file_away
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.joining import Read
from workflows.planning import plan

FILED = "filed by the office"
NOT_OURS = "Casework/Not ours"


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedAgain:
    """A message of the holding tray, read once more from its sealed original."""

    key: str
    read: Read


def read_again(key: str, desk: IntakeDesk) -> SealedAgain | None:
    """Read a sealed message of the tray; None if it was filed already.

    Raises:
        PermanentConnectorError: the sealed original is not where it was put.
        TemporaryConnectorError: the library cannot be read now.
    """
    with desk.journal.transaction() as transaction:
        sighting = transaction.sightings.get(key)
    if sighting is None or sighting.state is not SightingState.WAITING:
        return None
    original = desk.sealed.find(f"{sighting.sealed_at}/message.eml")
    if original is None:
        raise PermanentConnectorError(
            "The sealed original is not where it was put. Look in the sealed library's recycle bin and restore it."
        )
    message = desk.reader.read(desk.sealed.read(original.file_id), name="message.eml")
    report = read_report(message, own_addresses=desk.school.own_addresses, platforms=desk.platforms)
    return SealedAgain(key=key, read=Read(message=message, report=report))


def file_message_as(
    transaction: JournalTransaction, message: SealedAgain | None, said: ReadReply, desk: IntakeDesk
) -> str:
    """Take the sealed message out of the tray; returns what was done. Twice does it once."""
    sighting = transaction.sightings.get(message.key) if message else None
    if message is None or sighting is None or sighting.state is not SightingState.WAITING:
        return "The message was filed already."
    return _file(transaction, sighting, _placement(transaction, sighting, said), message.read, desk)


def _placement(transaction: JournalTransaction, sighting: Sighting, said: ReadReply) -> Placement | None:
    if said.said is Said.NEW:
        return Placement(place=Place.NEW_CASE, why=FILED)
    if said.said is not Said.FILE or said.case is None:
        return None
    case = transaction.cases.get(said.case)
    from_subject = case is not None and sighting.sender in case.staff.subject_addresses
    place = Place.FROM_THE_SUBJECT if from_subject else Place.FOLLOW_UP
    return Placement(place=place, why=FILED, case=said.case)


def _file(
    transaction: JournalTransaction,
    sighting: Sighting,
    placement: Placement | None,
    read: Read,
    desk: IntakeDesk,
) -> str:
    if placement is None:
        filed = replace(sighting, state=SightingState.DONE, kind="not ours")
        transaction.events.append("message.not_ours", at=desk.now)
        folder, what = NOT_OURS, f'The message is not ours; it lies in the folder "{NOT_OURS}".'
    else:
        placed = replace(sighting, state=SightingState.DONE, kind=placement.place.value, case=placement.case)
        filed = carry(transaction, placed, placement, read, desk)
        folder = FOLDERS.get(placement.place, PROCESSED)
        what = _told(placement, filed.case)
    transaction.sightings.save(filed)
    if filed.case:
        take_into_case(transaction, filed, case=filed.case, now=desk.now)
        plan_pages(transaction, filed.case, desk.school.code)
    plan(transaction, file_away(filed, folder, desk))
    return what


def _told(placement: Placement, case: CaseReference | None) -> str:
    if placement.place is Place.NEW_CASE:
        return f"A new case was opened for the message: {case}."
    return f"The message was filed under {case}."
