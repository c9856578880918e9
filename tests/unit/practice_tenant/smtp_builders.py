"""An ordinary mail program at the SMTP door."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Any

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import listed

PASSWORD = "practice"


def mail_program(practice: PracticeServer, user: str = "") -> smtplib.SMTP:
    """A connection, signed in as the person of a role where one is named; use it with `with`."""
    program = smtplib.SMTP("127.0.0.1", practice.facts["smtp_port"], timeout=60)
    if user:
        program.login(practice.user(user), PASSWORD)
    return program


def letter(sender: str, to: str, subject: str = "A post", text: str = "See this.") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message.set_content(text)
    return message


def headers_of(
    practice: PracticeServer, role: str, folder: str = "inbox", place: int = 0
) -> list[tuple[str, str]]:
    """The headers of a mail in a folder, the newest unless another place is given."""
    found = listed(practice, role, folder, "?$select=internetMessageHeaders")[place]
    return [(each["name"], each["value"]) for each in found["internetMessageHeaders"]]


def raw_of(practice: PracticeServer, role: str, folder: str = "inbox", place: int = 0) -> bytes:
    message: dict[str, Any] = listed(practice, role, folder)[place]
    return practice.graph("GET", f"users/{practice.user(role)}/messages/{message['id']}/$value").content
