"""The vault: who reported a protected case, in the sealed library, which only the safeguarding role may open."""

from __future__ import annotations

from casework.cases import CaseReference
from casework.evidence import vault_path
from casework.intents import KeepInVault
from casework.records import JournalTransaction, PlannedEffect, Sighting
from workflows.carry_out.tools import Tools, first_time, must_look
from workflows.storing import bring_up_to_date

WORDS = """\
Who reported {case}

The reporter of this case is not to be named. Lists, letters and the case's folder say "Reporter A". Whoever opens this
file should have a reason, and note it: casework reporter {case} --why "..." shows the same and keeps a record.

"""


def keep_in_vault(effect: PlannedEffect, intent: KeepInVault, tools: Tools) -> None:
    """Write who reported the case into the vault; the same people give the same file, and nothing is logged.

    Where an earlier attempt was cut short, it may be its writing that lies there and that nobody has logged.
    """

    def content(transaction: JournalTransaction) -> bytes:
        return _content(intent.case, transaction.sightings.of_case(intent.case)).encode()

    with tools.journal.transaction() as transaction:
        wanted = content(transaction)
    earlier = tools.sealed.find(vault_path(intent.case))
    is_new = earlier is None or tools.sealed.read(earlier.file_id) != wanted
    if is_new:
        bring_up_to_date(tools.sealed, vault_path(intent.case), content, journal=tools.journal)
    if is_new or must_look(effect):
        with tools.journal.transaction() as transaction:
            if first_time(effect, transaction):
                transaction.events.append("vault.kept", at=tools.now, case=intent.case)


def _content(case: CaseReference, sightings: tuple[Sighting, ...]) -> str:
    lines = [
        f"{sighting.received_at:%Y-%m-%d %H:%M} UTC  {name} <{address}>  (sealed original: {sighting.sealed_at})"
        for sighting in sightings
        for name, address in sighting.reporters
    ]
    return WORDS.format(case=case) + "\n".join(dict.fromkeys(lines)) + "\n"
