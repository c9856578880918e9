"""What the office hears of mails that were held back, and of machines that are answered no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from casework.records import JournalTransaction
from casework.school import School
from casework.sending_cap import MOST_ANSWERS, held_back_words
from workflows.sent_mails import sent_lately


def held_back_lines(transaction: JournalTransaction, school: School, *, since: datetime) -> Iterator[str]:
    """What waits now; or that mails had to wait since the last morning; and who is answered no more since then."""
    events = [event.what for event in transaction.events.since(since)]
    most = school.most_mails_an_hour
    if waiting := len(transaction.outbox_view.held_back()):
        until = sent_lately(transaction.cursors).full_until(most)
        yield held_back_words(waiting, until=until, most=most, zone=school.zone)
    elif "mails.held_back" in events:
        yield (
            f"Mails had to wait since the last of these mails, because more than {most} would have gone in an hour. "
            "All have gone. If the school did not expect so many, please see in the case list where they came from."
        )
    if "mail.not_answered" in events:
        yield (
            f"Somebody had {MOST_ANSWERS} answers from Casework within three hours, so what came after was not "
            "answered: perhaps a machine at the other end. What came is kept; please look in the reporting mailbox, in "
            "the folder Casework/Processed, and switch that machine's replies off."
        )
