"""Whatever people do, in whatever order: no letter unapproved or twice, no reporter named, no head told of the head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import policy
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typer.testing import CliRunner

from command_line import app
from schedule import JOBS
from tests.never.examiner import Examiner
from tests.never.people import (
    ABOUT_THE_HEAD,
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
from tests.remembering import remembered
from tests.school import SchoolAtWork, mail

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
THEN = st.sampled_from(["all jobs", "all jobs", "all jobs", "nothing", *(job.name for job in JOBS[:5])])
"""What Casework does after people did something."""
WHICH = st.integers(min_value=0, max_value=50)

EDITS: tuple[dict[str, Any], ...] = (
    {"Parent": "Mrs R Oakfield", "ParentEmail": PARENTS[0], "Target": "school"},
    {"Parent": "Mr B Thornley", "ParentEmail": PARENTS[1]},
    {"Parent": "Mrs R Oakfield & <b>{{7*7}}</b>", "ParentEmail": PARENTS[0]},
    {"Parent": ""},
    {"ParentEmail": ""},
    {"ParentEmail": "reports@tillbrook.example"},
    {"ParentEmail": "office@tillbrook.example"},
    {"ParentEmail": NEIGHBOUR[1]},
    {"ParentEmail": f"{PARENTS[0]}; {PARENTS[1]}"},
    {"ParentEmail": f"Mrs Oakfield <{PARENTS[0]}>"},
    {"ParentEmail": "", "ParentAddress": "14 Weir Street\nTillbrook"},
    {"Target": "headteacher"},
    {"Target": "staff"},
    {"Target": None},
    {"TalkedOn": "2026-11-23T12:00:00Z", "TalkOutcome": "refused", "Continues": True},
    {"TalkedOn": "2026-11-23T12:00:00Z", "TalkOutcome": "removed"},
    {"TalkedOn": None, "TalkOutcome": None},
    {"Categories@odata.type": "Collection(Edm.String)", "Categories": ["other"]},
    {"Handler": "head@tillbrook.example"},
    {"Handler": "not an address"},
    {"Outcome": "The post was removed."},
    {"Outcome": ""},
    {"ServedOn": "2026-11-24T12:00:00Z"},
    {"Reference": "TIS-2026-0099"},
    {"Title": "Something else"},
    {"Notes": "Spoken to the class teacher."},
)
ANSWERS = (
    "APPROVE",
    "Approved, thank you.",
    "CHANGE please say the office hours",
    "REJECT too formal",
    "Hmm, what did they say before?",
    "Approve? I am not sure.",
    "On Monday you wrote:\n> APPROVE",
    "",
)
APPROVALS = frozenset({"APPROVE", "Approved, thank you."})


class SchoolLife(RuleBasedStateMachine):
    """What people do, in any order; after each sweep the examiner looks at everything."""

    school: SchoolAtWork
    again: Callable[[], None]

    @initialize()
    def the_first_morning(self) -> None:
        self.again()
        self.examiner = Examiner(self.school)
        self.now = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
        self.reports = 0
        self.sound = True

    # --- what arrives --------------------------------------------------------------------------------

    @rule(then=THEN, about_head=st.booleans(), filed=st.booleans(), by_aunt=st.booleans())
    def the_teacher_forwards_a_report(self, then: str, about_head: bool, filed: bool, by_aunt: bool) -> None:
        words = f"{ABOUT_THE_HEAD if about_head else POST} {self._marker()}"
        text = printed(WITNESS, printed(AUNT, words, above="See below.") if by_aunt else words)
        files = (("Robin_Quillfeather_screenshot.png", "image/png", PICTURE),) if filed else ()
        self.school.send_mail("teacher", self.school.address("reports"), "FW: look", text, files=files)
        self._casework(then)

    @rule(then=THEN, genuine=st.booleans(), about_head=st.booleans(), word_file=st.booleans())
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

    @rule(then=THEN)
    def the_subject_of_a_case_writes(self, then: str) -> None:
        words = f"I hear that you keep a file about me. {self._marker()}"
        note = mail(f"R Oakfield <{PARENTS[0]}>", self.school.address("reports"), "Complaint", words)
        self.school.from_outside(note, sender=PARENTS[0])
        self._casework(then)

    @rule(then=THEN)
    def a_robot_writes(self, then: str) -> None:
        self.reports += 1
        note = mail(
            ROBOT,
            self.school.address("reports"),
            "Automatic reply: Re: post",
            f"Away {self.reports}",
            Auto_Submitted="auto-replied",
        )
        self.school.from_outside(note, sender=ROBOT)
        self._casework(then)

    @rule(then=THEN)
    def the_teacher_answers_the_thanks(self, then: str) -> None:
        thanks = self.school.messages("teacher")
        if thanks:
            self.school.reply("teacher", thanks[-1], printed(AUNT, f"One thing more. {self._marker()}"))
        self._casework(then)

    @rule(then=THEN, as_mail=st.booleans())
    def the_office_drops_a_file(self, then: str, as_mail: bool) -> None:
        marker = self._marker()
        saved = from_person(AUNT, WITNESS[1], "post", f"{POST} {marker}").as_bytes(policy=policy.SMTP)
        name, content = ("saved mail.eml", saved) if as_mail else ("screen.png", PICTURE + marker.encode())
        self.school.put_file("drop", f"Report drop/{self.reports} {name}", content)
        self._casework(then)

    # --- what the approvers do -----------------------------------------------------------------------

    @precondition(lambda self: self.examiner.proofs.requests)
    @rule(
        then=THEN,
        which=WHICH,
        words=st.sampled_from(ANSWERS),
        by=st.sampled_from(["the approver", "deputy", "teacher"]),
    )
    def somebody_answers_a_request(self, then: str, which: int, words: str, by: str) -> None:
        request = self._request(which)
        if by == "the approver":
            self.school.reply(request.approver, {"id": request.mail_id}, words)
            if words in APPROVALS:
                self.examiner.proofs.approves(request)
        else:
            self.school.send_mail(by, self.school.address("reports"), f"Re: {request.subject}", words)
        self._casework(then)

    @precondition(lambda self: self.examiner.proofs.requests)
    @rule(then=THEN, which=WHICH, right=st.booleans())
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

    @precondition(lambda self: self._drafts("headteacher") or self._drafts("chair"))
    @rule(
        then=THEN,
        which=WHICH,
        edits=st.booleans(),
        act=st.sampled_from(["graph", "desktop", "phone", "delete", "only edit"]),
    )
    def an_approver_handles_a_draft(self, then: str, which: int, edits: bool, act: str) -> None:
        role, draft = self._draft(which)
        place = f"users/{self.school.address(role)}/messages/{draft['id']}"
        if edits or act == "only edit":
            self.school.as_person(
                role, "PATCH", place, json={"subject": f"{draft['subject']} ({self._count()})"}
            )
        if act == "delete":
            self.school.as_person(role, "DELETE", place)
        elif act != "only edit":
            self._press(role, place, draft["id"], act)
        self._casework(then)

    @precondition(lambda self: self.examiner.proofs.requests)
    @rule(then=THEN, which=WHICH, by=st.sampled_from(["headteacher", "office", "chair"]))
    def somebody_edits_the_word_file(self, then: str, which: int, by: str) -> None:
        request = self._request(which)
        _, kind, version = request.letter.rsplit("/", 2)
        path = f"{request.case}/Letters/{kind.replace('_', ' ')}, version {version}.docx"
        content = self.school.files("casework", f"{request.case}/Letters").get(path)
        if content:
            self.school.put_file("casework", path, edited(content, self._count()), by=by)
            after = self.school.files("casework", f"{request.case}/Letters")[path]
            self.examiner.proofs.edited(request, after, own=by == request.approver)
        self._casework(then)

    @precondition(lambda self: self.school.rows())
    @rule(
        then=THEN,
        which=WHICH,
        by=st.sampled_from(["headteacher", "office", "chair"]),
        decision=st.sampled_from(["approve", "approve", "change", "reject"]),
        also=st.sampled_from([{}, EDITS[0], EDITS[14]]),
    )
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

    @precondition(lambda self: self.school.rows())
    @rule(then=THEN, which=WHICH, columns=st.sampled_from(EDITS))
    def staff_edit_a_row(self, then: str, which: int, columns: dict[str, Any]) -> None:
        self.school.staff_set(item=self._row(which)["item"], **columns)
        self._casework(then)

    @precondition(lambda self: self.school.rows())
    @rule(then=THEN, which=WHICH)
    def staff_delete_a_row(self, then: str, which: int) -> None:
        self.school.as_person(
            "office", "DELETE", f"{self.school._list('cases')}/items/{self._row(which)['item']}"
        )
        self._casework(then)

    @rule(then=THEN)
    def staff_add_a_row(self, then: str) -> None:
        number = f"TIS-2026-{self._count() + 1:04}"
        fields = {
            "Title": "By hand",
            "Reference": number,
            "Parent": "Mr B Thornley",
            "ParentEmail": PARENTS[1],
        }
        token = self.school.server.user_token("office")
        self.school.server.graph(
            "POST", f"{self.school._list('cases')}/items", json={"fields": fields}, token=token
        )  # refused where the number is taken
        self._casework(then)

    # --- time and the machine ------------------------------------------------------------------------

    @rule(
        then=THEN,
        step=st.sampled_from([timedelta(hours=2), timedelta(days=1), timedelta(days=3), timedelta(weeks=2)]),
    )
    def time_passes(self, then: str, step: timedelta) -> None:
        self.now += step
        self.school.at(self.now)
        self._casework(then)

    @rule(then=THEN)
    def casework_is_started_again(self, then: str) -> None:
        self.school.restart()
        self._casework(then)

    def teardown(self) -> None:
        if not getattr(self, "sound", False):
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
        found = [(role, draft) for role in ("headteacher", "chair") for draft in self._drafts(role)]
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


SHORT = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=60, stateful_step_count=28, derandomize=False)


@pytest.fixture
def life(school: SchoolAtWork) -> Iterator[type[SchoolLife]]:
    with remembered(school) as again:
        yield type("SchoolLifeHere", (SchoolLife,), {"school": school, "again": staticmethod(again)})


@pytest.mark.timeout(600)
def test_whatever_people_do_what_must_never_happen_does_not(life: type[SchoolLife]) -> None:
    run_state_machine_as_test(life, settings=SHORT)


@pytest.mark.soak
@pytest.mark.timeout(14_400)
def test_whatever_people_do_for_months_what_must_never_happen_does_not(life: type[SchoolLife]) -> None:
    run_state_machine_as_test(life, settings=LONG)
