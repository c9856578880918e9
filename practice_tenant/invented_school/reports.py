"""What lies in the reporting mailbox on the first Monday, and the report that waits for the teacher to forward."""

from datetime import UTC, datetime
from email.message import EmailMessage

from practice_tenant.directory import Directory
from practice_tenant.invented_school.mail_programs import (
    Envelope,
    Original,
    Picture,
    forward_as_attachment,
    gmail_forward,
    outlook_forward,
    phone_forward,
    plain_mail,
    with_file,
)
from practice_tenant.invented_school.people_outside import (
    BRYONY,
    DELPHINE,
    INES,
    MAUD,
    OSWIN,
    ROWAN,
    SEFTON,
    WILLOW_CLUB,
)
from practice_tenant.invented_school.pictures import Post, screenshot
from practice_tenant.mail.values import Person

_LINK = "https://www.facebook.com/groups/100200300400500/posts/600700800900100/"


class Reports:
    """The reports, each as a mail that its program would write."""

    def __init__(self, directory: Directory) -> None:
        self._mailbox = _own(directory, "reports")
        self._teacher = _own(directory, "teacher")
        self._deputy = _own(directory, "deputy")

    def in_the_reporting_mailbox(self) -> tuple[EmailMessage, ...]:
        """Oldest first; the automatic reply among them opens no case."""
        return (
            self._by_the_teacher(),
            self._from_a_phone(),
            self._from_a_browser(),
            self._as_an_attachment(),
            self._automatic_reply(),
            self._about_the_head(),
        )

    def for_the_teacher(self) -> EmailMessage:
        """The report with which a visitor begins: a parent writes to the class teacher."""
        post = Post(
            place="Tillbrook Families",
            author="Gareth Lomax",
            when="22 November at 21:07",
            words="Third week without a reading book for my lad. Asked twice, got a shrug. That teacher in Hazel "
            "class could not care less. Do not send your kids there!",
            comments=(("Petra W.", "Shocking."), ("Gareth Lomax", "Told you. Share this please.")),
            colour="rose",
        )
        envelope = Envelope(
            author=BRYONY,
            to=self._teacher,
            sent_at=_at(23, 8, 31),
            subject="Thought you should see this",
            identifier="a1-tillbrook-families",
        )
        message = plain_mail(
            envelope,
            "Good morning Ms Calloway,",
            "this went up in the Tillbrook Families group on Facebook last night and people are sharing it. I do "
            "not think it is fair on you, so I took a picture before it disappears.",
            f"It is here: {_LINK}",
            "Best wishes\nBryony (Wilf's mum)",
        )
        return with_file(message, "Screenshot 2026-11-22 at 21.15.png", screenshot(post), "image/png")

    def _by_the_teacher(self) -> EmailMessage:
        post = Post(
            place="Tillbrook Mums, Dads & Carers",
            author="Kes Vantry",
            when="18 November at 20:14",
            words="What a shambles that school is. Rang three times about the trip money, nobody there cares.",
            comments=(("Jo P.", "Same here. Useless."),),
        )
        original = Original(
            author=DELPHINE,
            to=self._teacher,
            sent_at=_at(19, 15, 48),
            subject="Post about the trip",
            lines=(
                "Hello Ms Calloway,",
                "I saw this on the parents' page on Facebook and thought the school should know.",
                "Delphine Arkwell",
            ),
        )
        envelope = self._to_reports(self._teacher, _at(19, 16, 12), "FW: Post about the trip", "b2-trip")
        picture = Picture(
            name="image001.png", content=screenshot(post), content_id="image001.png@01DC5977.8A2E4F10"
        )
        return outlook_forward(envelope, "Please see below, a parent sent me this.", original, picture)

    def _from_a_phone(self) -> EmailMessage:
        post = Post(
            place="What's on in Tillbrook",
            author="Lorna Tibbs",
            when="20 November at 17:02",
            words="Car park at the infants again, I have photos of every car on the zigzags and I will post the "
            "number plates until the school does something.",
            colour="moss",
        )
        original = Original(
            author=MAUD,
            to=ROWAN,
            sent_at=_at(20, 18, 20),
            subject="Have you seen this one",
            lines=("Rowan, you know people at the school. Can you pass it on?", "Maud"),
        )
        envelope = self._to_reports(ROWAN, _at(20, 18, 47), "Fwd: Have you seen this one", "c3-phone")
        picture = Picture(name="IMG_4417.png", content=screenshot(post), content_id="7C1B2D44-0A5E-4B1F")
        note = "For whoever looks after this at school. It is on Instagram as well."
        return phone_forward(envelope, note, original, picture)

    def _from_a_browser(self) -> EmailMessage:
        original = Original(
            author=OSWIN,
            to=INES,
            sent_at=_at(21, 8, 55),
            subject="that group again",
            lines=(
                (
                    "They are calling the lunch supervisors lazy and worse, by name. I have asked them to stop and was "
                    "thrown out of the group."
                ),
            ),
        )
        envelope = self._to_reports(INES, _at(21, 9, 30), "Fwd: that group again", "d4-browser")
        return gmail_forward(envelope, "Hi, is this the right address for such things? Ines", original, _LINK)

    def _as_an_attachment(self) -> EmailMessage:
        inner = plain_mail(
            Envelope(
                author=SEFTON,
                to=self._deputy,
                sent_at=_at(22, 19, 40),
                subject="Video of the sports day",
                identifier="e5-inner",
            ),
            "Dear Mr Renfield,",
            "somebody has put a video of the sports day on TikTok. My niece can be seen in it and her family never "
            "agreed to that: https://www.tiktok.com/@tillbrook.example/video/7000000000000000001",
            "Sefton Marsh",
        )
        envelope = self._to_reports(self._deputy, _at(22, 20, 5), "FW: Video of the sports day", "e5-outer")
        return forward_as_attachment(envelope, "Attached as it came to me. Tobias", inner)

    def _automatic_reply(self) -> EmailMessage:
        envelope = self._to_reports(
            WILLOW_CLUB, _at(23, 7, 58), "Automatic reply: Change of pick-up times", "f6-away"
        )
        message = plain_mail(
            envelope, "Thank you for your mail. The club's office is open again on Tuesday 24 November."
        )
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
        return message

    def _about_the_head(self) -> EmailMessage:
        envelope = self._to_reports(OSWIN, _at(23, 8, 21), "A post about the headteacher", "g7-head")
        return plain_mail(
            envelope,
            "To whom it may concern,",
            "on the Tillbrook noticeboard on Facebook somebody writes that the headteacher hides behind her door "
            "and never answers parents. I know that this is not so and find it unpleasant to read.",
            "Please do not tell anybody that it was me who wrote to you.",
            "Oswin Pell",
        )

    def _to_reports(self, author: Person, sent_at: datetime, subject: str, identifier: str) -> Envelope:
        return Envelope(
            author=author, to=self._mailbox, sent_at=sent_at, subject=subject, identifier=identifier
        )


def _at(day: int, hour: int, minute: int) -> datetime:
    """A moment of November 2026, when London's time is UTC."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def _own(directory: Directory, role: str) -> Person:
    user = directory.by_role(role)
    return Person(name=user.display_name, address=user.address)
