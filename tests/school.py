"""A practice school for scenario tests: its people act through Graph, and Casework works by its own jobs."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable
from datetime import datetime
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import requests

import schedule
from connectors.settings_file import read_settings
from offices.office import Office
from tests.practice import PracticeServer

MONDAY = "2026-11-23T09:00:00+00:00"


class SchoolAtWork:
    """One provisioned practice school.

    Args:
        server: the running tenant.
        settings: its settings file.
        places: `lists` and `drives` of tenant.json, and `site_id`.
    """

    def __init__(self, server: PracticeServer, settings: Path, places: dict[str, Any]) -> None:
        self.server = server
        self.settings = settings
        self.places = places
        self.office = Office(read_settings(settings))

    def restart(self) -> None:
        """A new process would know no more than settings file and journal."""
        self.office.close_journal()
        self.office = Office(read_settings(self.settings))

    # --- time and Casework -----------------------------------------------------------------------

    def at(self, moment: str | datetime) -> None:
        self.server.set_clock(moment)

    def once(self, *jobs: str) -> schedule.SweepReport:
        """What `casework once` does."""
        return schedule.run_once(self.office, schedule.jobs_named(jobs))

    def until_settled(self, seconds: float = 20) -> None:
        """Sweeps until nothing is left to be tried again."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            self.once()
            with self.office.journal.transaction() as transaction:
                if not transaction.outbox_view.unfinished():
                    return
            time.sleep(0.5)
        raise AssertionError("some effects are still tried again")

    def works(self) -> None:
        """A sweep in which nothing went wrong."""
        report = self.once()
        assert not report.failed, report.failed
        assert not report.problems, report.problems

    # --- mail ------------------------------------------------------------------------------------

    def address(self, role: str) -> str:
        return self.server.user(role)

    def as_person(self, role: str, method: str, path: str, **more: Any) -> requests.Response:
        answer = self.server.graph(method, path, token=self.server.user_token(role), **more)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer

    def send_mail(
        self, role: str, to: str, subject: str, text: str, *, files: tuple[tuple[str, str, bytes], ...] = ()
    ) -> None:
        """A member of staff writes a mail in Outlook."""
        attachments = [
            {
                "@odata.type": "#microsoft.graph.fileAttachment",
                "name": name,
                "contentType": kind,
                "contentBytes": base64.b64encode(content).decode(),
            }
            for name, kind, content in files
        ]
        message = {
            "subject": subject,
            "body": {"contentType": "text", "content": text},
            "toRecipients": [{"emailAddress": {"address": to}}],
            "attachments": attachments,
        }
        self.as_person(role, "POST", f"users/{self.address(role)}/sendMail", json={"message": message})

    def teacher_forwards(self, text: str, **more: Any) -> None:
        """The teacher forwards a report to the reporting mailbox."""
        self.send_mail("teacher", self.address("reports"), "FW: look at this", forwarded(text), **more)

    def from_outside(self, mail: EmailMessage | bytes, *, sender: str, to: str = "reports") -> None:
        raw = mail if isinstance(mail, bytes) else mail.as_bytes(policy=policy.SMTP)
        self.server.deliver(raw, sender=sender, to=self.address(to))

    def messages(self, role: str, folder: str = "inbox") -> list[dict[str, Any]]:
        """The messages of a folder, oldest first."""
        path = f"users/{self.address(role)}/mailFolders/{folder}/messages?$top=100&$orderby=receivedDateTime"
        found: list[dict[str, Any]] = self.as_visitor("GET", path).json()["value"]
        return found

    def subjects(self, role: str, folder: str = "inbox") -> list[str]:
        return [str(message["subject"]) for message in self.messages(role, folder)]

    def as_visitor(self, method: str, path: str, **more: Any) -> requests.Response:
        answer = self.server.graph(method, path, **more)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer

    def the_request(self, role: str = "headteacher") -> dict[str, Any]:
        """The newest request for approval."""
        asked = [m for m in self.messages(role) if m["subject"].startswith("Please approve:")]
        assert asked, "no request for approval has come"
        return max(
            asked, key=lambda request: (request["receivedDateTime"], _version(request), asked.index(request))
        )

    def the_draft(self, role: str = "headteacher") -> dict[str, Any]:
        """The one letter that waits in somebody's Drafts."""
        drafts = self.messages(role, "drafts")
        assert len(drafts) == 1, [draft["subject"] for draft in drafts]
        return drafts[0]

    def press_send(self, role: str = "headteacher", *, on: str = "graph") -> None:
        """The person opens Drafts and presses Send, on the desktop, on a phone or as Graph does."""
        self.server.practice("PUT", "clients", json={"sends_as": on})
        draft = self.the_draft(role)
        self.as_person(role, "POST", f"users/{self.address(role)}/messages/{draft['id']}/send")
        self.server.practice("PUT", "clients", json={"sends_as": "graph"})

    def reply(self, role: str, message: dict[str, Any], words: str) -> None:
        self.as_person(
            role,
            "POST",
            f"users/{self.address(role)}/messages/{message['id']}/reply",
            json={"comment": words},
        )

    def left_the_school(self) -> list[EmailMessage]:
        """Mail that left the tenant, oldest first."""
        outbox = self.server.outbox()
        return [message_from_string(entry["raw"], policy=policy.default) for entry in outbox]  # type: ignore[misc]  # policy.default makes EmailMessages

    def letters_sent(self) -> list[EmailMessage]:
        """Mail to parents: everything with an attachment that left the school."""
        return [mail for mail in self.left_the_school() if list(mail.iter_attachments())]

    # --- the register ----------------------------------------------------------------------------

    def rows(self, which: str = "cases") -> list[dict[str, Any]]:
        path = f"{self._list(which)}/items?$expand=fields&$top=200"
        return [
            {"item": item["id"], **item["fields"]} for item in self.as_visitor("GET", path).json()["value"]
        ]

    def the_case(self) -> dict[str, Any]:
        """The only case, with every column."""
        rows = self.rows()
        assert len(rows) == 1, [row.get("Reference") for row in rows]
        return rows[0]

    def staff_set(self, *, by: str = "office", item: str | None = None, **columns: Any) -> None:
        """Somebody edits a row of the Cases list."""
        item = item or self.the_case()["item"]
        self.as_person(by, "PATCH", f"{self._list('cases')}/items/{item}/fields", json=columns)

    def _list(self, which: str) -> str:
        return f"sites/{self.places['site_id']}/lists/{self.places['lists'][which]}"

    # --- files -----------------------------------------------------------------------------------

    def put_file(self, drive: str, path: str, content: bytes, *, by: str = "office") -> None:
        token = None if by == "visitor" else self.server.user_token(by)
        answer = self.server.graph(
            "PUT", f"drives/{self.places['drives'][drive]}/root:/{path}:/content", data=content, token=token
        )
        assert answer.ok, answer.text[:300]

    def files(
        self, drive: str, folder: str = "", *, wanted: Callable[[str], bool] = lambda path: True
    ) -> dict[str, bytes]:
        """Every file below a folder of a drive, by path; `wanted` says of a path whether it is fetched."""
        found: dict[str, bytes] = {}
        place = f"root:/{folder}:/children" if folder else "root/children"
        for item in self.as_visitor("GET", f"drives/{self.places['drives'][drive]}/{place}?$top=200").json()[
            "value"
        ]:
            path = f"{folder}/{item['name']}".strip("/")
            if "folder" in item:
                found |= self.files(drive, path, wanted=wanted)
            elif wanted(path):
                content = self.server.graph(
                    "GET",
                    f"drives/{self.places['drives'][drive]}/items/{item['id']}/content",
                    allow_redirects=False,
                )
                found[path] = self.server.fetch(content.headers["Location"])
        return found


def _version(request: dict[str, Any]) -> int:
    """The letter's version; two requests may have come within one second."""
    return int(re.findall(r"version (\d+)", words(request))[0])


def words(message: dict[str, Any]) -> str:
    """The words of a message as a reader sees them, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", message["body"]["content"]).split())


def forwarded(text: str) -> str:
    """A mail as Outlook forwards it: what the forwarder says, then the original with its heading."""
    return (
        "Please look at this.\n\n"
        "________________________________\n"
        "From: Robin Witness <robin@parents.example>\n"
        "Sent: 22 November 2026 20:15\n"
        "To: Terry Teacher <teacher@tillbrook.example>\n"
        "Subject: look at this\n\n"
        f"{text}\n"
    )


def mail(sender: str, to: str, subject: str, text: str, **headers: str) -> EmailMessage:
    """A mail from the internet."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<{abs(hash((sender, subject, text)))}@{sender.rpartition('@')[2].strip('> ')}>"
    message["Date"] = "Mon, 23 Nov 2026 08:30:00 +0000"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def tenant_facts(state: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((state / "tenant.json").read_text(encoding="utf-8"))
    return facts
