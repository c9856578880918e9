"""The invented people who report, answer and edit, and the words that must never be seen of those who report."""

from __future__ import annotations

from email.message import EmailMessage

from tests.school import mail

TEACHER = ("Noor Calloway", "teacher@tillbrook.example")
WITNESS = ("Robin Quillfeather", "robin.quillfeather@parents.example")
NEIGHBOUR = ("Sasha Marrowby", "sasha.marrowby@neighbours.example")
AUNT = ("Ottoline Greystoke", "o.greystoke@relatives.example")
REPORTERS = (TEACHER, WITNESS, NEIGHBOUR, AUNT)
SECRETS = ("calloway", "teacher@tillbrook", "quillfeather", "marrowby", "greystoke")
"""In small letters: what must be seen nowhere but with the people of the case."""

APPROVERS = ("headteacher", "deputy", "chair")
"""In whose Drafts a letter may lie."""

ROBOT = "watchman@alarms.example"
FORGER = "somebody@elsewhere.example"
PARENTS = ("r.oakfield@homes.example", "b.thornley@homes.example")

POST = "It is on https://www.facebook.com/groups/tillbrook/posts/12 and everybody can read it."
ABOUT_THE_HEAD = "They say that the headteacher lied to them about the trip."


def printed(person: tuple[str, str], words: str, *, above: str = "Please look at this.") -> str:
    """A mail of that person as Outlook prints it below what the forwarder says."""
    return (
        f"{above}\n\n"
        "________________________________\n"
        f"From: {person[0]} <{person[1]}>\n"
        "Sent: 22 November 2026 20:15\n"
        f"To: {TEACHER[0]} <{TEACHER[1]}>\n"
        "Subject: look at this\n\n"
        f"{words}\n\n{person[0].split()[0]} {person[0].split()[1]}\n"
    )


def from_person(person: tuple[str, str], to: str, subject: str, text: str, **headers: str) -> EmailMessage:
    """A mail of that person from the internet."""
    return mail(f"{person[0]} <{person[1]}>", to, subject, text, **headers)
