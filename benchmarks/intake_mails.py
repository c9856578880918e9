"""Invented reports as schools get them, with what should become of each: the mails of benchmarks/intake.py."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

REPORTS_TO = "reports@tillbrook.example"
SEED = 20261123
PICTURE = 126_000
"""Bytes of a picture on average: a thousand mails then come to about 285 MB."""
_FIRST = (
    "Alex",
    "Zoë",
    "Siân",
    "Robin",
    "Jürgen",
    "Łucja",
    "Priya",
    "Chidi",
    "Noor",
    "Eilidh",
    "Marek",
    "Aoife",
)
_LAST = ("Moss", "Ó Briain", "Müller", "Hartigan", "Żak", "Okafor", "Penhaligon", "Rees", "Fenwick", "Dell")
_TEXT = (
    "The post was put up last night and is still there. Several parents have seen it and some have answered. "
    "It names a member of staff and says things about the school that are not true. Could somebody look at it? "
    "I have attached what I could save from my telephone before it is changed or taken down."
)
_WORDS = _TEXT.split(" ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """One mail of the benchmark.

    Attributes:
        becomes: "case", "joins" (another mail's case), "same" (as another mail) or "set down".
        of: the number of the mail that it joins or repeats.
        files: SHA-256 of every file that it carries.
        eight_bit: it has bytes above 127 in its lines, as servers with 8BITMIME let through.
    """

    number: int
    kind: str
    raw: bytes
    becomes: str
    of: int = 0
    files: tuple[str, ...] = ()
    eight_bit: bool = False


@dataclass(slots=True)
class Maker:
    """Makes the mails one by one; the same count gives the same mails."""

    count: int
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - invented mails
    reports: list[tuple[int, str, str]] = field(default_factory=list)
    large: list[Made] = field(default_factory=list)

    def mails(self) -> Iterator[Made]:
        kinds: tuple[tuple[int, Callable[[int], Made]], ...] = (
            (20, self._outlook),
            (14, self._gmail),
            (14, self._iphone),
            (6, self._windows),
            (6, self._eight_bit),
            (10, self._as_attachment),
            (6, self._redelivered),
            (6, self._forwarded_again),
            (6, self._reply),
            (6, self._out_of_office),
            (6, self._bounce),
        )
        makers = [maker for _, maker in kinds]
        weights = [weight for weight, _ in kinds]
        for number in range(self.count):
            first = number < 12  # nothing can be answered or repeated before something came
            maker = makers[number % 6] if first else self.dice.choices(makers, weights)[0]
            made = maker(number)
            if made.becomes == "case" and made.kind != "forwarded again":
                self.large.append(made)
            yield made

    def _outlook(self, number: int) -> Made:
        who, when = self._person(), f"22 November 2026 {number % 24:02}:15"
        body = (
            f"Please see below.\n\nRegards\n\n________________________________\nFrom: {who[0]} <{who[1]}>\n"
            f"Sent: {when}\nTo: Office <office@tillbrook.example>\nSubject: a post about the school {number}\n\n"
            f"{self._text()}\n{self._address(number)}\n"
        )
        return self._report(number, "outlook", body, names=("image001.png", "screenshot.jpeg"), prefix="FW: ")

    def _gmail(self, number: int) -> Made:
        who = self._person()
        body = (
            f"fyi\n\n---------- Forwarded message ---------\nFrom: {who[0]} <{who[1]}>\n"
            f"Date: Sun, 22 Nov 2026 at {number % 24:02}:15\nSubject: a post about the school {number}\n"
            f"To: Office <office@tillbrook.example>\n\n\n{self._text()}\n{self._address(number)}\n"
        )
        return self._report(
            number, "gmail", body, names=("Screenshot_1.png", "Screenshot_2.jpg"), prefix="Fwd: "
        )

    def _iphone(self, number: int) -> Made:
        who = self._person()
        body = (
            f"Sent from my iPhone\n\nBegin forwarded message:\n\n> From: {who[0]} <{who[1]}>\n"
            f"> Date: 22 November 2026 at {number % 24:02}:15:00 GMT\n> To: Office <office@tillbrook.example>\n"
            f"> Subject: a post about the school {number}\n> \n> {self._text()}\n> {self._address(number)}\n"
        )
        return self._report(number, "iphone", body, names=("IMG_1.HEIC", "IMG_2.heic"), prefix="Fwd: ")

    def _windows(self, number: int) -> Made:
        said = f"{self._text()}\n{self._address(number)}\n"
        body = f"Dear office \N{EN DASH} I am worried about this, it costs £{number}.\n\n{said}"
        return self._report(
            number, "windows-1252", body, names=("résumé.pdf", "photo.jpeg"), charset="cp1252"
        )

    def _eight_bit(self, number: int) -> Made:
        """Bytes as they are, with and without a word on which character set they are in."""
        body = f"Zoë: she wrote this, £{number}.\n\n{self._text()}\n{self._address(number)}\n"
        made = self._report(
            number, "8-bit", body, names=("bild.jpeg", "ton.ogg"), charset="utf-8", cte="8bit"
        )
        raw = made.raw.replace("Zoë:".encode(), "Zoë:".encode("cp1252"))
        return Made(number=number, kind="8-bit", raw=raw, becomes="case", files=made.files, eight_bit=True)

    def _as_attachment(self, number: int) -> Made:
        inner = EmailMessage(policy=SMTP)
        who = self._person()
        inner["From"], inner["To"] = f"{who[0]} <{who[1]}>", "office@tillbrook.example"
        inner["Subject"], inner["Date"] = (
            f"a post about the school {number}",
            "Sun, 22 Nov 2026 20:15:00 +0000",
        )
        inner["Message-ID"] = f"<inner-{number}@parents.example>"
        inner.set_content(f"{self._text()}\n{self._address(number)}\n")
        files = self._attach(inner, ("post.png", "answers.jpeg"))
        mail, sender = self._mail(number, "FW: as an attachment")
        mail.set_content("The mail is attached.\n")
        mail.add_attachment(inner)
        whole = inner.as_bytes()
        self.reports.append((number, str(mail["Message-ID"]), sender))
        return Made(
            number=number,
            kind="as attachment",
            raw=mail.as_bytes(),
            becomes="case",
            files=(*files, _inner_hash(mail.as_bytes(), whole)),
        )

    def _redelivered(self, number: int) -> Made:
        first = self.dice.choice(self.large[-40:])
        raw = f"Received: from relay{number}.example by mx.example; Mon, 23 Nov 2026 08:30:00 +0000\r\n".encode()
        return Made(
            number=number,
            kind="redelivered",
            raw=raw + first.raw,
            becomes="same",
            of=first.number,
            files=first.files,
            eight_bit=first.eight_bit,
        )

    def _forwarded_again(self, number: int) -> Made:
        """A colleague forwards a mail about a post that somebody else has reported already."""
        who, post = self._person(), self.dice.choice(self.reports[-60:])[0]
        body = (
            f"Has anybody seen this?\n\n-----Original Message-----\nFrom: {who[0]} [mailto:{who[1]}]\n"
            f"Sent: Sunday, November 22, 2026 8:15 PM\nTo: A Colleague\nSubject: FW: a post about the school {post}\n\n"
            f"-----Original Message-----\nFrom: Somebody Else [mailto:somebody{number}@parents.example]\n"
            f"Sent: Saturday, November 21, 2026 7:15 PM\nTo: {who[0]}\nSubject: a post about the school {post}\n\n"
            f"{self._text()}\n{self._address(post)}\n"
        )
        return self._report(
            number, "forwarded again", body, names=("image.png", "page.pdf"), prefix="FW: FW: "
        )

    def _reply(self, number: int) -> Made:
        first, message_id, sender = self.dice.choice(self.reports[-60:])
        mail, _ = self._mail(number, f"Re: report {first}", sender=sender)
        mail["In-Reply-To"] = mail["References"] = message_id
        mail.set_content(
            "One thing more: it is still up this morning.\n\nOn Monday I wrote:\n> Please see below.\n"
        )
        return Made(number=number, kind="reply", raw=mail.as_bytes(), becomes="joins", of=first)

    def _out_of_office(self, number: int) -> Made:
        mail, _ = self._mail(number, "Automatic reply: Your report")
        mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"] = "auto-replied", "All"
        mail.set_content("I am out of the office until Monday 7 December 2026 and will answer then.\n")
        return Made(number=number, kind="out of office", raw=mail.as_bytes(), becomes="set down")

    def _bounce(self, number: int) -> Made:
        boundary = f"report{number}"
        raw = (
            "Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@mx.example>\n"
            f"To: {REPORTS_TO}\nSubject: Undeliverable: Thank you for your report\n"
            f"Message-ID: <bounce-{number}@mx.example>\nDate: Mon, 23 Nov 2026 08:30:00 +0000\n"
            f'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\n\n'
            f"--{boundary}\nContent-Type: text/plain\n\nYour message could not be delivered.\n"
            f"--{boundary}\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
            f"Final-Recipient: rfc822; gone{number}@parents.example\nAction: failed\nStatus: 5.1.1\n\n"
            f"--{boundary}--\n"
        )
        return Made(number=number, kind="bounce", raw=raw.replace("\n", "\r\n").encode(), becomes="set down")

    def _report(
        self,
        number: int,
        kind: str,
        body: str,
        *,
        names: tuple[str, ...],
        prefix: str = "",
        charset: str = "utf-8",
        cte: str = "",
    ) -> Made:
        mail, sender = self._mail(number, f"{prefix}a post about the school {number}")
        mail.set_content(body, charset=charset, **({"cte": cte} if cte else {}))
        files = self._attach(mail, names)
        self.reports.append((number, str(mail["Message-ID"]), sender))
        return Made(number=number, kind=kind, raw=mail.as_bytes(), becomes="case", files=files)

    def _mail(self, number: int, subject: str, *, sender: str = "") -> tuple[EmailMessage, str]:
        name, address = self._person()
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = f"{name} <{sender or address}>", REPORTS_TO
        mail["Subject"], mail["Date"] = subject, "Mon, 23 Nov 2026 08:30:00 +0000"
        mail["Message-ID"] = f"<mail-{number}@{address.rpartition('@')[2]}>"
        return mail, sender or address

    def _attach(self, mail: EmailMessage, names: tuple[str, ...]) -> tuple[str, ...]:
        kinds = {"pdf": ("application", "pdf"), "ogg": ("audio", "ogg"), "png": ("image", "png")}
        kinds |= {"heic": ("image", "heic"), "jpg": ("image", "jpeg"), "jpeg": ("image", "jpeg")}
        hashes = []
        for name in names:
            content = self.dice.randbytes(self.dice.randint(PICTURE // 2, PICTURE * 3 // 2))
            major, minor = kinds[name.rpartition(".")[2].casefold()]
            mail.add_attachment(content, maintype=major, subtype=minor, filename=name)
            hashes.append(hashlib.sha256(content).hexdigest())
        return tuple(hashes)

    def _person(self) -> tuple[str, str]:
        number = self.dice.randrange(100_000)
        name = f"{self.dice.choice(_FIRST)} {self.dice.choice(_LAST)}"
        return name, f"person{number}@parents.example"

    def _text(self) -> str:
        return " ".join(self.dice.choice(_WORDS) for _ in range(self.dice.randint(40, 200)))

    def _address(self, number: int) -> str:
        return f"https://www.facebook.com/groups/tillbrook-parents/posts/{1_000_000 + number}/?fbclid=abc{number}"


def _inner_hash(raw: bytes, inner: bytes) -> str:
    """The mail inside as it lies in the outer one: a library may have ended its last line otherwise."""
    for whole in (inner, inner.rstrip(b"\r\n"), inner + b"\r\n"):
        start = raw.find(whole)
        if start >= 0:
            end = raw.find(b"\r\n--", start + len(whole))
            return hashlib.sha256(raw[start:end]).hexdigest()
    raise ValueError("The inner mail does not lie in the outer one.")
