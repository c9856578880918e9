"""Who reported stays with the people of the case, and the headteacher hears of no case about the headteacher."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from io import BytesIO

import pytest
from docx import Document

from tests.never.looking import everything_in
from tests.never.people import AUNT, NEIGHBOUR, SECRETS, WITNESS, from_person, printed
from tests.remembering import Moments
from tests.school import SchoolAtWork, mail, words

POST = "Seen on https://www.facebook.com/groups/tillbrook/posts/12"
PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@homes.example"}
ABOUT_HEAD = {"Target": "headteacher"}


def seen_in_the_case(school: SchoolAtWork) -> set[str]:
    """Secrets that the case's folder and its row show."""
    texts = [
        f"{path.casefold()} {everything_in(content)}" for path, content in school.files("casework").items()
    ]
    texts += [str(row).casefold() for row in school.rows()]
    return {secret for secret in SECRETS for text in texts if secret in text}


def evidence(school: SchoolAtWork) -> list[str]:
    """Names of the working copies, without the lists of them."""
    copies = (path.rpartition("/")[2] for path in school.files("casework") if "/Evidence/" in path)
    return sorted(name for name in copies if name != "SHA256SUMS")


# --- who reported ------------------------------------------------------------------------------------


def test_everybody_in_a_chain_of_forwards_is_hidden(school: SchoolAtWork) -> None:
    text = printed(WITNESS, printed(AUNT, POST, above="See what my sister sent me."))
    school.send_mail("teacher", school.address("reports"), "FW: look", text)

    school.works()

    assert seen_in_the_case(school) == set()


def test_somebody_named_in_a_later_message_is_hidden_too(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.works()
    school.reply("teacher", school.messages("teacher")[0], printed(AUNT, "There is one more."))

    school.works()

    assert len(evidence(school)) == 2
    assert "greystoke" not in seen_in_the_case(school)


def test_a_mail_dropped_as_a_file_hides_who_sent_it_and_keeps_its_pictures(school: SchoolAtWork) -> None:
    dropped = from_person(AUNT, WITNESS[1], "look", f"{POST}\n\nOttoline")
    dropped.add_attachment(b"\x89PNG 1", maintype="image", subtype="png", filename="Ottoline_Greystoke 1.png")
    school.put_file("drop", "Report drop/Ottoline Greystoke.eml", dropped.as_bytes(policy=policy.SMTP))

    school.works()

    assert seen_in_the_case(school) == set()
    assert any(name.endswith(".png") for name in evidence(school))
    assert "report.txt" in evidence(school)


def test_the_author_of_a_document_is_taken_out_of_its_copy(school: SchoolAtWork) -> None:
    document = Document()
    document.core_properties.author = NEIGHBOUR[0]
    saved = BytesIO()
    document.save(saved)
    report = from_person(NEIGHBOUR, school.address("reports"), "A post", POST)
    report.add_attachment(saved.getvalue(), maintype="application", subtype="msword", filename="post.docx")
    school.from_outside(report, sender=NEIGHBOUR[1])

    school.works()

    assert evidence(school) == ["01-post.docx", "report.txt"]
    assert seen_in_the_case(school) == set()


def test_a_document_that_names_the_reporter_stays_in_the_sealed_library(school: SchoolAtWork) -> None:
    document = Document()
    document.add_paragraph(f"Signed: {NEIGHBOUR[0]}")
    saved = BytesIO()
    document.save(saved)
    report = from_person(NEIGHBOUR, school.address("reports"), "A post", POST)
    report.add_attachment(saved.getvalue(), maintype="application", subtype="msword", filename="post.docx")
    school.from_outside(report, sender=NEIGHBOUR[1])

    school.works()

    assert evidence(school) == ["report.txt"]
    assert saved.getvalue() in school.files("sealed").values()
    told = next(content for path, content in school.files("casework").items() if path.endswith("report.txt"))
    assert b"safeguarding lead" in told


def test_a_link_that_carries_the_reporters_address_is_not_shown(school: SchoolAtWork) -> None:
    report = from_person(
        NEIGHBOUR, school.address("reports"), "A post", f"https://alerts.example/p?to={NEIGHBOUR[1]}"
    )
    school.from_outside(report, sender=NEIGHBOUR[1])

    school.works()

    assert seen_in_the_case(school) == set()


@pytest.mark.parametrize(
    "name", ["_vti_pvt.png", "a\u202egnp.exe", "../../x.png", "CON.png", "x" * 300 + ".png"]
)
def test_no_name_of_a_file_keeps_a_report_out(school: SchoolAtWork, name: str) -> None:
    report = from_person(NEIGHBOUR, school.address("reports"), "A post", POST)
    report.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename=name)
    school.from_outside(report, sender=NEIGHBOUR[1])

    school.works()

    assert school.the_case()["Reference"] == "TIS-2026-0001"
    assert len(evidence(school)) == 2


# --- the headteacher ---------------------------------------------------------------------------------


def find_it_is_about_the_head(school: SchoolAtWork) -> None:
    """A report that did not name the headteacher; a person then found that it is about the headteacher."""
    school.teacher_forwards(POST)
    school.works()
    school.staff_set(**ABOUT_HEAD)
    school.works()


@pytest.fixture
def about_head(moments: Moments) -> SchoolAtWork:
    return moments.come_to(find_it_is_about_the_head)


def told(school: SchoolAtWork, role: str) -> Iterator[str]:
    return (message["subject"] for message in school.messages(role) if "TIS-2026-0001" in words(message))


def test_the_chair_is_told_once_a_case_turns_out_to_be_about_the_head(about_head: SchoolAtWork) -> None:
    assert len(list(told(about_head, "chair"))) == 1


def test_a_row_deleted_by_hand_comes_back_with_what_staff_wrote(about_head: SchoolAtWork) -> None:
    about_head.staff_set(**PARENT)
    about_head.works()
    before = list(told(about_head, "headteacher"))
    item = about_head.the_case()["item"]
    about_head.as_person("office", "DELETE", f"{about_head._list('cases')}/items/{item}")

    about_head.works()
    about_head.works()

    row = about_head.the_case()
    assert (row["Target"], row["Parent"]) == ("headteacher", "Mrs R Oakfield")
    assert list(told(about_head, "headteacher")) == before
    assert len(about_head.messages("chair", "drafts")) == 1


def test_a_note_that_could_not_go_at_once_does_not_go_after_target_was_set(school: SchoolAtWork) -> None:
    school.server.set_faults({"method": "POST", "path": "*/send", "fault": "503", "times": 50})
    school.teacher_forwards(POST)
    school.once()
    school.server.set_faults()
    school.staff_set(**ABOUT_HEAD)

    school.until_settled()

    assert list(told(school, "headteacher")) == []


def test_naming_the_head_as_handler_does_not_tell_the_head(about_head: SchoolAtWork) -> None:
    before = list(told(about_head, "headteacher"))
    about_head.staff_set(Handler=about_head.address("headteacher"))

    for day in ("2026-11-25", "2026-11-27", "2026-12-01"):
        about_head.at(f"{day}T09:00:00+00:00")
        about_head.works()

    assert list(told(about_head, "headteacher")) == before
    assert len(list(told(about_head, "chair"))) > 1


def test_a_later_message_that_names_the_head_moves_the_case_to_the_chair(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.works()
    before = list(told(school, "headteacher"))
    thanks = school.messages("teacher")[0]
    school.reply("teacher", thanks, "I now see that it says the headteacher lied to the parents.")

    school.works()
    school.at("2026-11-25T09:00:00+00:00")
    school.works()

    assert list(told(school, "headteacher")) == before
    assert list(told(school, "chair")) != []


# --- the register ------------------------------------------------------------------------------------


def test_a_row_added_by_hand_is_never_taken_for_a_case(school: SchoolAtWork) -> None:
    fields = {"Title": "By hand", "Reference": "TIS-2026-0001", **PARENT}
    token = school.server.user_token("office")
    added = school.server.graph(
        "POST", f"{school._list('cases')}/items", json={"fields": fields}, token=token
    )
    school.works()

    school.teacher_forwards(POST)
    school.works()

    assert added.ok
    assert [row["Reference"] for row in school.rows()] == ["TIS-2026-0001", "TIS-2026-0002"]
    assert school.messages("headteacher", "drafts") == []


def test_the_subject_of_a_case_gets_no_thanks_for_a_report(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.works()
    school.staff_set(**{**PARENT, "ParentEmail": "Mrs Oakfield <r.oakfield@homes.example>"})
    school.works()

    school.from_outside(
        mail("r.oakfield@homes.example", school.address("reports"), "Why?", "What is this?"),
        sender="r.oakfield@homes.example",
    )
    school.works()

    assert school.left_the_school() == []
