"""What happened at a school right before the sweep that a campaign breaks off: together, every kind of effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tests.policy_files import dated
from tests.scenarios.test_chasing import serve_the_request
from tests.scenarios.test_killed_at_every_effect import JOURNEYS as FROM_REPORT_TO_LETTER
from tests.scenarios.test_killed_at_every_effect import PARENT, PICTURE, staff_name_the_parent
from tests.scenarios.test_redacted_copies import note
from tests.scenarios.test_the_register_of_policies import OVERDUE
from tests.school import SchoolAtWork, mail

Journey: TypeAlias = Callable[[SchoolAtWork], None]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHOICES = "Collection(Edm.String)"


def a_reporter_is_not_to_be_named(school: SchoolAtWork) -> None:
    """The vault, and a folder that few may open."""
    words = "Please don't tell anyone it was me. They say that the headteacher lied. Robin Quillfeather"
    sender = "robin@parents.example"
    report = mail(f"Robin Quillfeather <{sender}>", school.address("reports"), "A post", words)
    school.from_outside(report, sender=sender)


def names_are_withheld(school: SchoolAtWork) -> None:
    school.teacher_forwards(
        "Jo Marsh hit Ellis Marsh, they say.",
        files=(("screenshot.png", "image/png", PICTURE), ("note.docx", WORD, note())),
    )
    school.works()
    school.staff_set(Withhold="Jo Marsh; Ellis")


def staff_ask_for_papers(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    wanted = ["summary for the police", "note of the conversation"]
    talked = {"TalkedOn": "2026-11-23T12:00:00Z", "TalkOutcome": "removed"}
    school.staff_set(**{"LettersWanted@odata.type": CHOICES, "LettersWanted": wanted}, **PARENT, **talked)


def the_letter_is_no_longer_wanted(school: SchoolAtWork) -> None:
    """A draft that waits in the headteacher's Drafts is withdrawn."""
    staff_name_the_parent(school)
    school.works()
    school.staff_set(TalkedOn="2026-11-23T12:00:00Z", TalkOutcome="removed")


def a_deadline_passes(school: SchoolAtWork) -> None:
    """The morning after: reminders, the morning mails, and what is done for the house once a night."""
    serve_the_request(school)
    school.at("2026-11-09T07:31:00+00:00")


def policies_are_read(school: SchoolAtWork) -> None:
    """The register of policies, reminders, and reviews in a calendar."""
    following = {"last": "May 2026", "following": "May 2028"}
    school.put_file(
        "policies", "Policies/Lettings.docx", dated("Lettings policy", owner="Deputy Headteacher", **OVERDUE)
    )
    school.put_file("policies", "Policies/Uniform.docx", dated("Uniform policy", owner="Clerk", **following))


JOURNEYS: Mapping[str, Journey] = {
    journey.__name__: journey
    for journey in (
        *FROM_REPORT_TO_LETTER,
        a_reporter_is_not_to_be_named,
        names_are_withheld,
        staff_ask_for_papers,
        the_letter_is_no_longer_wanted,
        a_deadline_passes,
        policies_are_read,
    )
}
