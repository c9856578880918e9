"""A case as a pack for police, solicitor, governors or a subject access request: one archive, checked as it is made."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casework.cases import Case, CaseReference
from casework.custody import EvidenceItem, Shelf
from casework.evidence import sha256_of
from casework.export_packs import SUMMARY, PackReader, manifest_of, name_in_pack, pieces_for, sums_of
from casework.letter_fields import Moment, PaperFacts, paper_fields
from casework.timeline import timeline
from offices.office import Office
from offices.writing_tools import papers

_WHAT_TO_DO = 'List the names in "Names to withhold in copies" first; Casework then makes redacted copies.'


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """A pack as it will be written.

    Attributes:
        path: where.
        pieces: the files of the evidence in it.
    """

    reference: CaseReference
    reader: PackReader
    path: Path
    content: bytes
    pieces: tuple[EvidenceItem, ...]
    originals: bool
    made_at: datetime


def export_case(
    office: Office, reference: CaseReference, reader: PackReader, *, into: Path, originals: bool = False
) -> Path:
    """Write the pack and record that it was made; returns where it lies. Nothing is sent.

    Raises:
        ValueError: as `pack_of`.
    """
    pack = pack_of(office, reference, reader, into=into, originals=originals)
    pack.path.write_bytes(pack.content)
    with office.journal.transaction() as transaction:
        transaction.events.append(
            "case.exported",
            at=pack.made_at,
            case=pack.reference,
            reader=pack.reader.value,
            files=len(pack.pieces),
            originals=pack.originals,
        )
    return pack.path


def pack_of(
    office: Office, reference: CaseReference, reader: PackReader, *, into: Path, originals: bool = False
) -> Pack:
    """Put the pack together, in memory; every file in it is as it was kept.

    Args:
        office: the school.
        reference: of the case.
        reader: for whom.
        into: a folder of this machine.
        originals: with the sealed originals, which name the reporter, in place of the working copies.

    Raises:
        ValueError: there is no such case or folder, the reader may not have that, or a file is not as it was kept.
    """
    with office.journal.transaction() as transaction:
        case = transaction.cases.get(reference)
        items = transaction.evidence.of_case(reference)
    if case is None:
        raise ValueError(f"There is no case {reference}.")
    _refuse(case, reader, into, originals=originals)
    pieces = pieces_for(reader, items, originals=originals)
    if reader.sees_redacted_only and not pieces:
        raise ValueError(f"There are no redacted copies of {reference}. {_WHAT_TO_DO}")
    now = office.clock.now()
    path = into / f"{reference} for {reader.value} {office.school.today(now)}.zip"
    if path.exists():
        raise ValueError(f"{path} is there already; take it away, or write --into another folder.")
    return Pack(
        reference=reference,
        reader=reader,
        path=path,
        content=_packed(office, case, reader, pieces),
        pieces=pieces,
        originals=originals,
        made_at=now,
    )


def _refuse(case: Case, reader: PackReader, into: Path, *, originals: bool) -> None:
    if not into.is_dir():
        raise ValueError(f"There is no folder {into}; make it, or name another with --into.")
    if originals and reader.sees_redacted_only:
        raise ValueError(f"A pack for {reader.value} holds redacted copies only; leave out --originals.")
    if originals and case.staff.reporter_protected:
        raise ValueError('The originals name who reported it, and "Reporter is not to be named" is ticked.')


def _packed(office: Office, case: Case, reader: PackReader, pieces: tuple[EvidenceItem, ...]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(SUMMARY, _summary(office, case, reader))
        package.writestr("manifest.csv", manifest_of(pieces))
        package.writestr("Files/SHA256SUMS", sums_of(pieces))
        for piece in pieces:
            package.writestr(name_in_pack(piece), _content(office, piece))
    return output.getvalue()


def _summary(office: Office, case: Case, reader: PackReader) -> bytes:
    school = office.school
    with office.journal.transaction() as transaction:
        events = transaction.events.of_case(case.reference)
        items = transaction.evidence.of_case(case.reference)
        letters = transaction.letters.of_case(case.reference)
    if reader.summary is None:
        return papers().timeline(case.reference, timeline(events, school.zone), school_name=school.name)
    at = Moment(case=case, school=school, today=school.today(office.clock.now()), letters=letters)
    facts = PaperFacts.of(events, items, school.zone)
    return office.letter_writer.write(reader.summary.value, paper_fields(reader.summary, at, facts))


def _content(office: Office, piece: EvidenceItem) -> bytes:
    library = office.sealed if piece.shelf is Shelf.SEALED else office.casework
    file = library.find(piece.path)
    content = library.read(file.file_id) if file else b""
    if file is None or sha256_of(content) != piece.sha256:
        name = piece.path.rpartition("/")[2]
        raise ValueError(
            f"{name} is not there as it was kept; run casework verify, which says what happened."
        )
    return content
