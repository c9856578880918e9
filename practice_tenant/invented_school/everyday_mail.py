"""The ordinary mail of a school, so that no mailbox is empty."""

from datetime import UTC, datetime
from email.message import EmailMessage

from practice_tenant.directory import Directory
from practice_tenant.invented_school.mail_programs import Envelope, plain_mail
from practice_tenant.invented_school.people_outside import BRYONY, DELPHINE, PHOTOGRAPHER, WILLOW_CLUB
from practice_tenant.mail.values import Person

# from (a role, or a person outside), to (a role), day, hour, minute, subject, lines
_MAILS: tuple[tuple[str | Person, str, int, int, int, str, tuple[str, ...]], ...] = (
    (
        PHOTOGRAPHER, "office", 17, 10, 4, "Class photographs in January",
        ("Dear office,", "we have you down for Tuesday 19 January, from 9.15. Is the hall free that morning?",
         "Kind regards\nLarkfield Photography"),
    ),
    (
        "headteacher", "deputy", 18, 16, 20, "Nativity costumes",
        ("Tobias,", "could you ask who still has last year's sheep? We need seven.", "Marion"),
    ),
    (
        "deputy", "headteacher", 18, 17, 2, "RE: Nativity costumes",
        ("Five are in the loft above the hall. I will look for the other two.", "Tobias"),
    ),
    (
        "clerk", "chair", 19, 11, 30, "Agenda for 3 December",
        ("Dear Percival,", "the agenda is nearly done. Is there anything else you would like on it?", "Ottilie"),
    ),
    (
        "chair", "clerk", 19, 19, 45, "RE: Agenda for 3 December",
        ("Only the review of policies, please. I have lost count of which are due.", "Percival"),
    ),
    (
        "office", "teacher", 20, 8, 15, "Milk money",
        ("Good morning Noor,", "three envelopes from Hazel class are still missing. Could you remind them?",
         "The office"),
    ),
    (
        WILLOW_CLUB, "office", 20, 14, 10, "Change of pick-up times",
        ("Hello,", "from next week we collect the children at 3.20 at the side gate.", "Your Willow Club"),
    ),
    (
        DELPHINE, "teacher", 20, 16, 30, "Reading at home",
        ("Dear Ms Calloway,", "thank you for the list. We have started with the one about the lighthouse.",
         "Delphine Arkwell"),
    ),
    (
        "headteacher", "safeguarding_lead", 20, 16, 50, "Training on 4 January",
        ("Greta,", "the morning is yours. Shall I tell the staff half past eight?", "Marion"),
    ),
    (
        "safeguarding_lead", "headteacher", 20, 17, 25, "RE: Training on 4 January",
        ("Half past eight is fine. I will bring the new form for worries.", "Greta"),
    ),
    (
        BRYONY, "office", 22, 18, 12, "Dinner on Wednesday",
        ("Hello,", "could Wilf have a packed lunch on Wednesday, please? We forgot to tick it.", "Bryony Hale"),
    ),
)  # fmt: skip


def everyday_mails(directory: Directory) -> list[EmailMessage]:
    """The mails, oldest first."""
    mails = []
    for number, (author, to, day, hour, minute, subject, lines) in enumerate(_MAILS, 1):
        envelope = Envelope(
            author=author if isinstance(author, Person) else _person(directory, author),
            to=_person(directory, to),
            sent_at=datetime(2026, 11, day, hour, minute, tzinfo=UTC),
            subject=subject,
            identifier=f"every-day-{number}",
        )
        mails.append(plain_mail(envelope, *lines))
    return mails


def _person(directory: Directory, role: str) -> Person:
    user = directory.by_role(role)
    return Person(name=user.display_name, address=user.address)
