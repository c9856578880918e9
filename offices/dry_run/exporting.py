"""What `casework export` would write: the pack is put together in memory, so that every file in it has been read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casework.cases import CaseReference
from casework.export_packs import PackReader, name_in_pack
from connectors.settings_file import Settings
from offices.dry_run.office import dry_office
from offices.exports import Pack, pack_of


def would_export(
    settings: Settings, reference: CaseReference, reader: PackReader, *, into: Path, originals: bool
) -> tuple[str, ...]:
    """Each thing in words that stand behind "would".

    Raises:
        ValueError: as for an export in earnest.
    """
    with dry_office(settings) as office:
        return tuple(_would(pack_of(office, reference, reader, into=into, originals=originals)))


def _would(pack: Pack) -> Iterator[str]:
    yield f"write {pack.path} ({len(pack.content) / 1_000_000:,.1f} MB), for {pack.reader.value}"
    yield from (f"put {name_in_pack(piece)} into it" for piece in pack.pieces)
    yield "note in the log of the case that the pack was made"
