"""Recording one sealed message: where it belongs, and everything that follows from it, in one transaction."""

from __future__ import annotations

from dataclasses import replace

from casework.evidence import sha256_of
from casework.forwards.subjects import bare_subject
from casework.intake import read_report
from casework.messages import content_fingerprint
from casework.placing import Place, place_message
from casework.records import Sighting, SightingState
from workflows.custody import plan_pages, register_sealed
from workflows.open_cases.carrying import FOLDERS, PROCESSED, carry, file_away, free_key
from workflows.open_cases.clues import clues_of, guesses_of
from workflows.open_cases.desk import IntakeDesk
from workflows.open_cases.joining import Read
from workflows.open_cases.sealing import SealedMessage
from workflows.open_cases.tray import put_into_tray
from workflows.planning import plan


def record_message(sighting: Sighting, *, raw: bytes, read: SealedMessage, desk: IntakeDesk) -> None:
    """Place the message and record it with its case, evidence, events and intents: all of it or nothing."""
    message = read.message
    report = read_report(message, own_addresses=desk.school.own_addresses, platforms=desk.platforms)
    facts = {**sighting.facts, "subject": sha256_of(bare_subject(message.subject).casefold().encode())[:16]}
    sighting = replace(sighting, fingerprint=content_fingerprint(raw), facts=facts)
    with desk.journal.transaction() as transaction:
        known = transaction.sightings.get(sighting.key)
        if known and known.state is not SightingState.SEALED:
            return
        clues = clues_of(transaction, sighting, message, report, desk)
        placement = place_message(report, clues)
        placed = replace(sighting, kind=placement.place.value, case=placement.case)
        if placement.place is Place.TRAY:
            guesses = clues.guesses or guesses_of(transaction, sighting, message, report, desk)
            placed = put_into_tray(transaction, placed, placement, guesses, desk)
        else:
            placed = carry(transaction, placed, placement, Read(message=message, report=report), desk)
        transaction.sightings.save(placed)
        register_sealed(transaction, placed, read.sealed.kept, now=desk.now)
        filing = file_away(placed, FOLDERS.get(placement.place, PROCESSED), desk)
        plan(transaction, replace(filing, key=free_key(transaction, filing.key, desk)))
        plan_pages(transaction, placed.case, desk.school.code)
