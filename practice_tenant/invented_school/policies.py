"""Six policy documents: two overdue for review, one due soon, one without any date, two current."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from practice_tenant.invented_school.portable_document import plain_pdf
from practice_tenant.invented_school.social_media_policy import TITLE as SOCIAL_MEDIA
from practice_tenant.invented_school.social_media_policy import social_media_policy
from practice_tenant.invented_school.word_documents import (
    add_dated_control,
    add_header,
    add_sections,
    add_table,
    add_text_box,
    new_document,
    saved,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyFile:
    """A file of the folder Policies; `saved_at` is when somebody last put it there."""

    name: str
    saved_at: str
    content: Callable[[], bytes]


def _attendance() -> bytes:
    """Overdue; the dates stand in a box beside the text."""
    document = new_document("Attendance and punctuality policy", author="Deputy headteacher")
    add_text_box(
        document,
        ("Policy owner: Deputy headteacher", "Agreed by governors: March 2024", "Next review: March 2026"),
    )
    add_sections(
        document,
        (
            (
                "Coming to school",
                (
                    (
                        "The gate opens at 8.40 and the register is taken at 8.55. A child who comes later is signed in "
                        "at the office, so that we know who is in the building."
                    ),
                    "Please ring before 9.15 if your child is ill. If we hear nothing, we ring you.",
                ),
            ),
            (
                "Leave in term time",
                (
                    "The headteacher can allow leave only for exceptional reasons. Please ask two weeks ahead.",
                ),
            ),
        ),
    )
    return saved(document)


def _behaviour() -> bytes:
    """Due soon; the dates are content controls."""
    document = new_document("Behaviour policy", author="Headteacher")
    add_table(document, (("Responsible", "Headteacher"), ("Review cycle", "Every year")))
    add_dated_control(document, "Last reviewed", datetime(2025, 12, 12, tzinfo=UTC), "12 December 2025")
    add_dated_control(document, "Next review date", datetime(2026, 12, 11, tzinfo=UTC), "11 December 2026")
    add_sections(
        document,
        (
            (
                "Three rules",
                ("- We are kind.", "- We listen.", "- We look after our things and our school."),
            ),
            (
                "When something goes wrong",
                (
                    (
                        "An adult talks it through with the children on the same day: what happened, who was hurt and "
                        "what will put it right. Families hear about it from the class teacher."
                    ),
                ),
            ),
        ),
    )
    return saved(document)


def _safeguarding() -> bytes:
    """Current; the dates stand in the header of every page."""
    document = new_document("Safeguarding and child protection policy", author="Safeguarding lead")
    add_header(
        document,
        "Owner: Designated safeguarding lead | Last update: 7 September 2026 | Next review: September 2027",
    )
    add_sections(
        document,
        (
            (
                "Everybody's duty",
                (
                    (
                        "Whoever works here and worries about a child tells the designated safeguarding lead on the "
                        "same day, in person and in writing. If a child is in danger at once, ring 999 first."
                    ),
                ),
            ),
            (
                "Who to ask",
                ("The safeguarding lead's name and number hang in the staff room and at the front desk.",),
            ),
        ),
    )
    return saved(document)


def _visitors() -> bytes:
    """No date anywhere: somebody forgot."""
    document = new_document("Visitors and volunteers", author="School office")
    add_sections(
        document,
        (
            (
                "Arriving",
                (
                    "Visitors sign in at the office, wear a badge and are met by the person they have come to see.",
                    "Volunteers who help in class are checked and briefed before their first morning.",
                ),
            ),
            ("Leaving", ("Badges come back to the office, and visitors sign out.",)),
        ),
    )
    return saved(document)


def _complaints() -> bytes:
    """Current; a PDF, as it was put on the website."""
    return plain_pdf(
        "Complaints procedure",
        (
            "Tillbrook Infant School",
            "Policy owner: Clerk to the governors",
            "Last update: July 2026",
            "Next review: July 2028",
            "Stage 1. Please talk to the class teacher first. Most worries are settled within a few days.",
            (
                "Stage 2. If you are not content, write to the headteacher. You will have an answer within ten school "
                "days, or hear why it takes longer."
            ),
            (
                "Stage 3. If you are still not content, write to the clerk to the governors. A panel of three "
                "governors who know nothing of the matter will hear it."
            ),
            "A complaint about the headteacher goes to the chair of governors by way of the clerk.",
        ),
    )


POLICIES = (
    PolicyFile(name=f"{SOCIAL_MEDIA}.docx", saved_at="2021-09-14T10:12:00Z", content=social_media_policy),
    PolicyFile(name="Attendance and punctuality.docx", saved_at="2024-03-20T15:40:00Z", content=_attendance),
    PolicyFile(name="Behaviour.docx", saved_at="2025-12-12T13:05:00Z", content=_behaviour),
    PolicyFile(
        name="Safeguarding and child protection.docx", saved_at="2026-09-07T16:30:00Z", content=_safeguarding
    ),
    PolicyFile(name="Visitors and volunteers.docx", saved_at="2023-02-01T09:25:00Z", content=_visitors),
    PolicyFile(name="Complaints procedure.pdf", saved_at="2026-07-10T11:00:00Z", content=_complaints),
)
