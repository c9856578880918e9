"""What people do at the practice school over a year: each deed names its case, and finds what it needs as they would."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from tests.never.looking import KEY_HEADER
from tests.school import SchoolAtWork, mail

NEWEST = "$top=60&$orderby=receivedDateTime desc&$select=id,subject"


class Hands:
    """Everybody's hands at one school."""

    def __init__(self, school: SchoolAtWork) -> None:
        self.school = school

    # --- reports ---------------------------------------------------------------------------------------

    def report_by_mail(self, words: str) -> None:
        self.school.teacher_forwards(words)

    def report_by_file(self, number: int) -> None:
        picture = b"\x89PNG\r\n\x1a\n" + number.to_bytes(4, "big") * 64
        self.school.put_file("drop", f"Report drop/screenshot {number}.png", picture)

    def report_from_outside(self, number: int, words: str) -> None:
        address = f"neighbour{number}@neighbours.example"
        note = mail(f"A Neighbour <{address}>", self.school.address("reports"), f"Post {number}", words)
        del note["Message-ID"], note["Date"]
        note["Message-ID"] = f"<post-{number}@neighbours.example>"
        self.school.from_outside(note, sender=address)

    # --- rows ------------------------------------------------------------------------------------------

    def sets(self, item: str, **columns: Any) -> None:
        self.school.staff_set(item=item, **columns)

    # --- approvers -------------------------------------------------------------------------------------

    def request(self, role: str, case: str) -> dict[str, Any] | None:
        """The newest request for approval of that case in somebody's Inbox."""
        path = f"users/{self.school.address(role)}/mailFolders/inbox/messages?{NEWEST}"
        found = self.school.as_visitor("GET", path).json()["value"]
        asked = [one for one in found if re.match(rf"Please approve: \[{case}-", one["subject"])]
        return asked[0] if asked else None

    def answers(self, role: str, case: str, words: str) -> bool:
        """Reply to the newest request; False if this person was not asked."""
        request = self.request(role, case)
        if request:
            self.school.reply(role, request, words)
        return bool(request)

    def presses_send(self, role: str, case: str) -> bool:
        """Send the case's letter from Drafts; False if none lies there."""
        mailbox = f"users/{self.school.address(role)}"
        path = f"{mailbox}/mailFolders/drafts/messages?$top=100&$select=id,internetMessageHeaders"
        for draft in self.school.as_visitor("GET", path).json()["value"]:
            if f"/{case}/" in key_of(draft):
                self.school.as_person(role, "POST", f"{mailbox}/messages/{draft['id']}/send")
                return True
        return False

    def answers_about_paper(self, role: str, words: str) -> None:
        """Reply to the newest request for approval of a governors' paper."""
        request = self.request(role, "TIS-GOV-\\d{8}")
        assert request, f"the {role} was asked about no governors' paper"
        self.school.reply(role, request, words)

    def sends_paper(self, role: str) -> None:
        """Send the governors' paper from Drafts."""
        assert self.presses_send(role, "governors"), "no governors' paper lies in Drafts"

    def answers_wish(self, case: str, words: str) -> None:
        """The office answers what the headteacher wants changed in a letter."""
        path = f"users/{self.school.address('office')}/mailFolders/inbox/messages?{NEWEST}"
        for task in self.school.as_visitor("GET", path).json()["value"]:
            if task["subject"].startswith("Please change ") and case in task["subject"]:
                self.school.reply("office", task, words)
                return

    def is_away(self, role: str, first: date, until: date) -> None:
        """Automatic replies from that day to the day of return."""
        setting = {
            "status": "scheduled",
            "internalReplyMessage": f"I am back on {until.day} {until:%B}.",
            "scheduledStartDateTime": {"dateTime": f"{first}T00:00:00", "timeZone": "UTC"},
            "scheduledEndDateTime": {"dateTime": f"{until}T07:00:00", "timeZone": "UTC"},
        }
        path = f"users/{self.school.address(role)}/mailboxSettings"
        self.school.as_person(role, "PATCH", path, json={"automaticRepliesSetting": setting})

    # --- the calendar and the policies -----------------------------------------------------------------

    def snows(self, day: date) -> None:
        """Somebody enters the closure in the term calendar's file; the service reads it again by itself."""
        file = self.school.settings.parent / "term-dates.toml"
        file.write_text(f'{file.read_text()}\n[[closures]]\nday = {day}\nreason = "snow"\n')

    def saves_policy(self, name: str, content: bytes) -> None:
        self.school.put_file("policies", f"Policies/{name}.docx", content)


def key_of(message: dict[str, Any]) -> str:
    """What a mail says of itself; empty for mail that is not Casework's."""
    headers = message.get("internetMessageHeaders") or []
    return next((str(one["value"]) for one in headers if one["name"].casefold() == KEY_HEADER.casefold()), "")


def at(day: date, hour: int, minute: int, school: SchoolAtWork) -> datetime:
    """That time by the school's own clocks, summer time or not."""
    zone = school.office.school.zone
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
