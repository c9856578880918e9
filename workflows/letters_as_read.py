"""A letter, or the mail that carried it, beside all that the journal knows of who must not be shown in it."""

from __future__ import annotations

from casework.cases import Case
from casework.hiding import names_in
from casework.letter_faults import OtherPerson, ReadLetter
from casework.letters import Delivery, Letter
from casework.policy_versions import policy_on_posts
from casework.records import JournalTransaction
from casework.school import School


def as_read(
    transaction: JournalTransaction,
    letter: Letter,
    case: Case,
    text: str,
    *,
    school: School,
) -> ReadLetter:
    """What is read for faults; the policy's own words, quoted, accuse nobody."""
    policy = policy_on_posts(transaction.policies.all())
    sightings = transaction.sightings.of_case(letter.case)
    return ReadLetter(
        text=text,
        case=case,
        recipient=letter.recipient,
        by_mail=letter.delivery is Delivery.EMAIL,
        quoted=(*policy.extract, *(words for _, words in policy.sentences)) if policy else (),
        contacts=(school.phone, school.reporting_mailbox, school.email),
        # the office and the head may report too, but stand on every letter
        reporters=tuple(
            person
            for sighting in sightings
            for person in sighting.reporters
            if person[1].casefold() not in school.own_addresses
        ),
        others=tuple(
            _other(other) for other in transaction.cases.open() if other.reference != case.reference
        ),
        withheld=tuple(name for name, _ in names_in([case.staff.withhold]) if name),
    )


def _other(case: Case) -> OtherPerson:
    staff = case.staff
    return OtherPerson(case=case.reference, name=staff.parent, address=staff.parent_email, child=staff.child)
