"""Two posts that are not answered as a parent's attack: a child's own, and one that holds a complaint."""

from __future__ import annotations

from connectors.documents.letters import read_docx_text
from tests.school import SchoolAtWork

CHOICES = "Collection(Edm.String)"
PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}
POST = "Seen on https://www.tiktok.com/@somebody/video/7300000000000000000"


def letter_sent(school: SchoolAtWork) -> tuple[str, str]:
    """To whom the one letter went, and its words on one line."""
    (mail,) = school.letters_sent()
    (attached,) = mail.iter_attachments()
    return str(mail["To"]), " ".join(read_docx_text(attached.get_content()).split())


def test_a_childs_own_post_is_its_parents_matter_and_a_complaint_is_heard_first(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.works()
    school.staff_set(**PARENT, Child="Wilfred", PostedBy="child")
    school.works()
    school.press_send()
    school.works()

    to, words = letter_sent(school)
    assert "r.oakfield@parents.example" in to
    assert "younger than 13" in words
    assert "breach" not in words
    assert [school.the_case()["Stage"], school.left_the_school()[0]["To"]] == ["conversation", to]

    school.teacher_forwards("On Facebook: nobody at this school listens when a child is bullied")
    school.works()
    second = next(row for row in school.rows() if row["Reference"].endswith("2"))
    categories = {"Categories@odata.type": CHOICES, "Categories": ["complaint in public"]}
    school.staff_set(item=second["item"], **PARENT, **categories)
    school.works()
    row = next(row for row in school.rows() if row["Reference"].endswith("2"))
    assert "complaint" in row["Duties"].casefold()
    assert row["Due"]
    school.press_send()
    school.works()
    words = " ".join(read_docx_text(next(school.letters_sent()[-1].iter_attachments()).get_content()).split())
    assert "complaints procedure" in words
    assert "not a condition" in words
