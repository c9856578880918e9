"""The sightings of one school in the journal."""

from __future__ import annotations

from sqlalchemy import or_

from casework.cases import CaseReference
from casework.records import Sighting, Sightings, SightingState
from connectors.journal import schema
from connectors.journal.record_table import RecordTable
from connectors.journal.sealing import sealer_for
from connectors.journal.session import Session

# SQLite takes 32,766 values in one statement; a hostile References header may name more.
_IDS_AT_ONCE = 500


class SqlSightings(Sightings):
    def __init__(self, session: Session) -> None:
        self._session = session
        self._table = schema.sightings.c
        self._records = RecordTable(
            session, schema.sightings, Sighting, key="key", sealer=sealer_for(session.chain_key)
        )

    def get(self, key: str) -> Sighting | None:
        return self._records.get(key)

    def find_same(self, *, internet_message_id: str = "", fingerprint: str = "") -> Sighting | None:
        if fingerprint and not internet_message_id:
            return self._records.first_where(fingerprint=fingerprint)
        wanted = [
            column == value
            for column, value in (
                (self._table.internet_message_id, _bare(internet_message_id)),
                (self._table.fingerprint, fingerprint),
            )
            if value
        ]
        return self._records.first(or_(*wanted)) if wanted else None

    def save(self, sighting: Sighting) -> None:
        self._records.save(sighting)
        if sighting.case:
            self._session.written_about.add(sighting.case)

    def waiting(self, kind: str) -> tuple[Sighting, ...]:
        return self._records.where(state=SightingState.WAITING.value, kind=kind, by=("received_at",))

    def of_case(self, case: CaseReference) -> tuple[Sighting, ...]:
        return self._records.where(case=case, by=("received_at",))

    def first_of_case(self, case: CaseReference, kind: str) -> Sighting | None:
        return self._records.first_where(("received_at",), case=case, kind=kind)

    def with_message_ids(self, ids: tuple[str, ...]) -> tuple[Sighting, ...]:
        wanted = list(dict.fromkeys(bare for bare in map(_bare, ids) if bare))
        found = [
            sighting
            for start in range(0, len(wanted), _IDS_AT_ONCE)
            for sighting in self._records.find(
                self._table.internet_message_id.in_(wanted[start : start + _IDS_AT_ONCE])
            )
        ]
        return tuple(sorted(found, key=lambda sighting: sighting.received_at))

    def needing_a_person(self) -> tuple[Sighting, ...]:
        return self._records.where(state=SightingState.NEEDS_A_PERSON.value, by=("received_at",))


def _bare(message_id: str) -> str:
    """A Message-ID as sightings keep it: lower case, without brackets."""
    return message_id.strip().strip("<>").lower()
