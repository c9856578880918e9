"""What the office hears of letters whose approver is away while nobody stands in: they would wait unseen for days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime

from casework.cases import CaseReference
from casework.records import JournalTransaction
from casework.school import School
from workflows.deciding import deciding_now
from workflows.report_day.gathered import WAITING


def nobody_decides_lines(
    transaction: JournalTransaction, school: School, *, shown: Collection[CaseReference], now: datetime
) -> Iterator[str]:
    """A sentence for each person who is away and is asked all the same, since there is no deputy who is there."""
    deciding = deciding_now(transaction, school, now)
    waiting = Counter(
        letter.approver
        for letter in transaction.letters.open()
        if letter.state in WAITING and (letter.is_paper or letter.case in shown)
    )
    for approver, count in sorted(waiting.items()):
        if how_long := deciding.away_in_words(approver):
            letters = "1 letter waits" if count == 1 else f"{count} letters wait"
            who = school.role_words(approver)
            yield (
                f"{who[:1].upper()}{who[1:]} is away {how_long}, and nobody is there to stand in: {letters} for a "
                "decision. An answer from a phone counts; or have somebody who is there named as deputy in the settings."
            )
