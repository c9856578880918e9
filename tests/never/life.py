"""What people do at a school: reports, answers, edits, decisions, time; and Casework between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import policy
from io import BytesIO
from typing import Any

from docx import Document
from typer.testing import CliRunner

from command_line.app import app
from connectors.documents.letters import clean_docx
from tests.never.choices import APPROVALS, NAMED, act, only_if
from tests.never.examiner import Examiner
from tests.never.people import (
    ABOUT_THE_HEAD,
    APPROVERS,
    AUNT,
    FORGER,
    NEIGHBOUR,
    PARENTS,
    POST,
    ROBOT,
    SECRETS,
    WITNESS,
    from_person,
    printed,
)
from tests.never.proofs import Request
from tests.policy_files import dated
from tests.school import SchoolAtWork, mail

GOVERNORS = "Governors"
LAST_DAY = datetime.fromisoformat("2026-12-18T09:00:00+00:00")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


class SchoolLife:
    """What people do, in any order; after each sweep the examiner looks at everything."""

    school: SchoolAtWork
    again: Callable[[], None]
    sound = False
    """False while something is found wrong: then nothing more is looked at."""

    def begin(self, letters: int) -> None:
        """So many letters wait for approval already when people begin."""
        self.again()
        self.examiner = Examiner(self.school)
        self.now = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
        self.reports = 0
        self.sound = True
        for _ in range(letters):
            self.the_teacher_forwards_a_report("all jobs", about_head=False, filed=False, by_aunt=False)
            self.staff_edit_a_row("all jobs", 0, NAMED)

    # --- what arrives --------------------------------------------------------------------------------

    @act
    def the_teacher_forwards_a_report(self, then: str, about_head: bool, filed: bool, by_aunt: bool) -> None:
        words = f"{ABOUT_THE_HEAD if about_head else POST} {self._marker()}"
        text = printed(WITNESS, printed(AUNT, words, above="See below.") if by_aunt else words)
        files = (("Robin_Quillfeather_screenshot.png", "image/png", PICTURE),) if filed else ()
        self.school.send_mail("teacher", self.school.address("reports"), "FW: look", text, files=files)
        self._casework(then)

    @act
    def somebody_outside_reports(self, then: str, genuine: bool, about_head: bool, word_file: bool) -> None:
        words = f"{ABOUT_THE_HEAD if about_head else POST} {self._marker()}\n\nSasha"
        note = from_person(NEIGHBOUR, self.school.address("reports"), "A post", words)
        if word_file:
            note.add_attachment(
                word_file_by(NEIGHBOUR[0]), maintype="application", subtype="msword", filename="post.docx"
            )
        sender = NEIGHBOUR[1] if genuine else FORGER
        self.school.from_outside(note, sender=sender)
        self._casework(then)

    @act
    def other_mail_comes(self, then: str, who: str) -> None:
        reports, marker = self.school.address("reports"), self._marker()
        thanks = self.school.messages("teacher")
        if who == "the subject of a case":
            note = mail(
                f"R Oakfield <{PARENTS[0]}>", reports, "Complaint", f"You keep a file about me. {marker}"
            )
            self.school.from_outside(note, sender=PARENTS[0])
        elif who == "a robot":
            note = mail(
                ROBOT, reports, "Automatic reply: Re: post", f"Away {marker}", Auto_Submitted="auto-replied"
            )
            self.school.from_outside(note, sender=ROBOT)
        elif thanks:
            self.school.reply("teacher", thanks[-1], printed(AUNT, f"One thing more. {marker}"))
        else:
            self.examiner.markers.discard(marker)
        self._casework(then)

    @act
    def somebody_outside_asks_for_a_policy(self, then: str, is_there: bool) -> None:
        if is_there:
            social = dated("Parental use of social media", last="November 2026", following="November 2028")
            self.school.put_file("policies", "Policies/Social.docx", social)
        words = f"Please may I have your social media policy? {self._count()}"
        note = from_person(NEIGHBOUR, self.school.address("reports"), "A question", words)
        self.school.from_outside(note, sender=NEIGHBOUR[1])
        self._casework(then)

    @act
    def the_office_drops_a_file(self, then: str, as_mail: bool) -> None:
        marker = self._marker()
        saved = from_person(AUNT, WITNESS[1], "post", f"{POST} {marker}").as_bytes(policy=policy.SMTP)
        name, content = ("saved mail.eml", saved) if as_mail else ("screen.png", PICTURE + marker.encode())
        self.school.put_file("drop", f"Report drop/{self.reports} {name}", content)
        self._casework(then)

    # --- what the approvers do -----------------------------------------------------------------------

    @only_if(lambda self: bool(self.examiner.proofs.requests))
    @act
    def somebody_answers_a_request(self, then: str, which: int, words: str, answers_by: str) -> None:
        request = self._request(which)
        if answers_by == "the approver":
            self.school.reply(request.approver, {"id": request.mail_id}, words)
            if words in APPROVALS:
                self.examiner.proofs.approves(request)
        else:
            self.school.send_mail(answers_by, self.school.address("reports"), f"Re: {request.subject}", words)
        self._casework(then)

    @only_if(lambda self: bool(self.examiner.proofs.requests))
    @act
    def somebody_outside_approves(self, then: str, which: int, right: bool) -> None:
        request = self._request(which)
        self.reports += 1
        subject = request.subject if right else f"Please approve: [{request.case}-aaaa]"
        forged = mail(
            f"{request.approver} <{self.school.address(request.approver)}>",
            self.school.address("reports"),
            f"Re: {subject}",
            f"APPROVE\n\n{self.reports}",
        )
        self.school.from_outside(forged, sender=FORGER)
        self._casework(then)

    @only_if(lambda self: any(self._drafts(role) for role in APPROVERS))
    @act
    def an_approver_handles_a_draft(self, then: str, which: int, edits: bool, handles: str) -> None:
        role, draft = self._draft(which)
        place = f"users/{self.school.address(role)}/messages/{draft['id']}"
        if edits or handles == "only edit":
            self.school.as_person(
                role, "PATCH", place, json={"subject": f"{draft['subject']} ({self._count()})"}
            )
        if handles == "delete":
            self.school.as_person(role, "DELETE", place)
        elif handles != "only edit":
            self._press(role, place, draft["id"], handles)
        self._casework(then)

    @only_if(lambda self: bool(self.examiner.proofs.requests))
    @act
    def somebody_edits_the_word_file(self, then: str, which: int, by: str) -> None:
        request = self._request(which)
        if "/governors/" in request.letter:
            self._edit_the_paper(request, by)
            self._casework(then)
            return
        _, kind, version = request.letter.rsplit("/", 2)
        path = f"{request.case}/Letters/{kind.replace('_', ' ')}, version {version}.docx"
        content = self.school.files("casework", f"{request.case}/Letters").get(path)
        if content and self._may_open(by, path):
            self.school.put_file("casework", path, edited(content, self._count()), by=by)
            after = self.school.files("casework", f"{request.case}/Letters")[path]
            self.examiner.proofs.edited(request, after, own=by == request.approver)
        self._casework(then)

    def _edit_the_paper(self, request: Request, by: str) -> None:
        """The governors' paper travels as a Word file, without what shows who edited it."""
        for path, content in self.school.files("casework", GOVERNORS).items():
            if not self._may_open(by, path):
                continue
            self.school.put_file("casework", path, edited(content, self._count()), by=by)
            after = clean_docx(self.school.files("casework", GOVERNORS)[path])
            self.examiner.proofs.edited(request, after, own=by == request.approver)

    @only_if(lambda self: bool(self._changes_wanted()))
    @act
    def the_office_answers_a_wish_for_a_change(self, then: str, which: int, edits: bool) -> None:
        wanted = self._changes_wanted()
        task = wanted[-1 - which % len(wanted)]
        named = re.search(r"TIS-\d{4}-\d{4}", task["subject"])
        file = re.search(r"(\w[\w ]*, version \d+\.docx)", task["body"]["content"])
        path = f"{named[0]}/Letters/{file[1]}" if named and file else ""
        if "governors" in task["subject"]:
            path = next(iter(self.school.files("casework", GOVERNORS)), "")
        content = self.school.files("casework", path.rpartition("/")[0]).get(path) if path else None
        if not edits:
            self.school.reply("office", task, "AS IT IS, because it is our policy's wording")
        elif content and self._may_open("office", path):
            self.school.put_file("casework", path, edited(content, self._count()), by="office")
            for request in self.examiner.proofs.requests.values():
                place = GOVERNORS if "/governors/" in request.letter else request.case
                if place == path.partition("/")[0]:
                    self.examiner.proofs.own_edits.pop(request.letter, None)
        self._casework(then)

    def _changes_wanted(self) -> list[dict[str, Any]]:
        return [
            task for task in self.school.messages("office") if task["subject"].startswith("Please change ")
        ]

    @act
    def somebody_goes_away_or_comes_back(self, then: str, absent: str, days: int) -> None:
        until = self.now + timedelta(days=days)
        setting = {
            "status": "scheduled" if days else "disabled",
            "internalReplyMessage": "APPROVE whatever comes",
            "scheduledStartDateTime": {"dateTime": "2026-11-01T00:00:00", "timeZone": "UTC"},
            "scheduledEndDateTime": {"dateTime": f"{until:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"},
        }
        mailbox = f"users/{self.school.address(absent)}/mailboxSettings"
        self.school.as_person(absent, "PATCH", mailbox, json={"automaticRepliesSetting": setting})
        self._casework(then)

    def _may_open(self, role: str, path: str) -> bool:
        """A case's folder opens to its own people alone."""
        drive = self.school.places["drives"]["casework"]
        token = self.school.server.user_token(role)
        return self.school.server.graph("GET", f"drives/{drive}/root:/{path}", token=token).ok

    @only_if(lambda self: bool(self.school.rows()))
    @act
    def somebody_sets_decision(
        self, then: str, which: int, by: str, decision: str, also: dict[str, Any]
    ) -> None:
        row = self._row(which)
        note = {"DecisionNote": "please be kinder"} if decision != "approve" else {}
        self.school.staff_set(by=by, item=row["item"], Decision=decision, **note, **also)
        if decision == "approve" and not row.get("Decision"):
            self.examiner.proofs.decides(row.get("Reference"), by, self._letters_in_drafts())
        self._casework(then)

    # --- what the office does ------------------------------------------------------------------------

    @only_if(lambda self: bool(self.school.rows()))
    @act
    def staff_edit_a_row(self, then: str, which: int, columns: dict[str, Any]) -> None:
        row = f"{self.school._list('cases')}/items/{self._row(which)['item']}/fields"
        token = self.school.server.user_token("office")
        self.school.server.graph("PATCH", row, json=columns, token=token)  # refused where a number is taken
        self._casework(then)

    @only_if(lambda self: bool(self.school.rows()))
    @act
    def staff_care_for_a_case(self, then: str, which: int, cares: dict[str, Any]) -> None:
        self.staff_edit_a_row(then, which, cares)

    @only_if(lambda self: bool(self.school.rows()))
    @act
    def staff_name_the_parent(self, then: str, which: int) -> None:
        self.staff_edit_a_row(then, which, NAMED)

    @only_if(lambda self: bool(self.school.rows()))
    @act
    def staff_add_or_delete_a_row(self, then: str, which: int, adds: bool) -> None:
        rows = f"{self.school._list('cases')}/items"
        if adds:
            number = f"TIS-2026-{self._count() + 1:04}"
            fields = {
                "Title": "By hand",
                "Reference": number,
                "Parent": "Mr B Thornley",
                "ParentEmail": PARENTS[1],
            }
            token = self.school.server.user_token("office")
            self.school.server.graph(
                "POST", rows, json={"fields": fields}, token=token
            )  # refused if it is taken
        else:
            self.school.as_person("office", "DELETE", f"{rows}/{self._row(which)['item']}")
        self._casework(then)

    # --- time and the machine ------------------------------------------------------------------------

    @act
    def time_passes(self, then: str, step: timedelta) -> None:
        self.now += step
        self.school.at(self.now)
        self._casework(then)

    @only_if(lambda self: self.now < LAST_DAY)
    @act
    def the_last_day_of_term_comes(self, then: str) -> None:
        """The governors' paper is drafted, if anything was reported."""
        self.now = LAST_DAY
        self.school.at(self.now)
        self._casework(then)

    @act
    def casework_is_started_again(self, then: str) -> None:
        self.school.restart()
        self._casework(then)

    def end(self) -> None:
        """One more sweep, and what the command line shows of it all."""
        if not self.sound:
            return
        self._casework("all jobs")
        references = [row["Reference"] for row in self.school.rows() if row.get("Reference")]
        for command in (
            ["once"],
            ["status"],
            ["verify"],
            *(["explain", reference] for reference in references),
        ):
            shown = CliRunner().invoke(app, ["--settings", str(self.school.settings), *command])
            told = [secret for secret in SECRETS if secret in shown.output.casefold()]
            assert not told, f"casework {command[0]} shows {told}"
        self.school.office.journal.close()

    # --- helpers -------------------------------------------------------------------------------------

    def _casework(self, then: str) -> None:
        if then == "nothing":
            return
        self.sound = False
        self.examiner.before()
        report = self.school.once(*([] if then == "all jobs" else [then]))
        assert not report.failed, report.failed
        shown = [secret for secret in SECRETS for problem in report.problems if secret in problem.casefold()]
        assert not shown, report.problems
        self.examiner.after(whole=then == "all jobs")
        self.sound = True

    def _count(self) -> int:
        self.reports += 1
        return self.reports

    def _marker(self) -> str:
        marker = f"matter-{self._count():03}-x"
        self.examiner.markers.add(marker)
        return marker

    def _request(self, which: int) -> Request:
        requests = list(self.examiner.proofs.requests.values())
        return requests[-1 - which % len(requests)]

    def _row(self, which: int) -> dict[str, Any]:
        rows = self.school.rows()
        return rows[-1 - which % len(rows)]

    def _drafts(self, role: str) -> list[dict[str, Any]]:
        return self.school.messages(role, "drafts")

    def _draft(self, which: int) -> tuple[str, dict[str, Any]]:
        found = [(role, draft) for role in APPROVERS for draft in self._drafts(role)]
        return found[which % len(found)]

    def _letters_in_drafts(self) -> set[str]:
        return {mail.key for mail in self.examiner.drafts()}

    def _press(self, role: str, place: str, draft_id: str, client: str) -> None:
        sheet = next(mail.sheet for mail in self.examiner.drafts() if mail.mail_id == draft_id)
        self.examiner.proofs.pressed.append(sheet)
        self.school.server.practice("PUT", "clients", json={"sends_as": client})
        self.school.as_person(role, "POST", f"{place}/send")
        self.school.server.practice("PUT", "clients", json={"sends_as": "graph"})


def word_file_by(author: str) -> bytes:
    document = Document()
    document.core_properties.author = author
    document.add_paragraph("This is what the post says.")
    return saved(document)


def edited(content: bytes, number: int) -> bytes:
    document = Document(BytesIO(content))
    document.add_paragraph(f"With best wishes for week {number}.")
    return saved(document)


def saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
