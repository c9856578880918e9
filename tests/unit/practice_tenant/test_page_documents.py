"""Documents on the page: shown as they look, changed into new versions, and found by the links of mails."""

from io import BytesIO
from urllib.parse import quote

import docx
import pytest

from practice_tenant.invented_school.policies import POLICIES
from practice_tenant.invented_school.portable_document import plain_pdf
from practice_tenant.page.library.word_words import replace_words
from practice_tenant.page.word_preview import word_as_html
from tests.practice import PracticeServer
from tests.practice_page import Page
from tests.unit.practice_tenant.mail_builders import deliver, raw_mail

HOME = "https://tillbrook-my.sharepoint.example/personal/office_tillbrook_example/Documents"


@pytest.fixture
def page(practice: PracticeServer) -> Page:
    return Page(practice).play("office")


def word(*paragraphs: str, bold: str = "") -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if bold:
        document.add_paragraph("Next review: ").add_run(bold).bold = True
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def put(practice: PracticeServer, path: str, content: bytes) -> str:
    """A file in the office's OneDrive; gives the page's query of it."""
    drive = practice.facts["office_drive_id"]
    practice.graph("PUT", f"drives/{drive}/root:/{path}:/content", data=content, expect=201)
    return f"{drive}%s?path={quote(path, safe='')}"


def content(practice: PracticeServer, path: str) -> bytes:
    drive = practice.facts["office_drive_id"]
    return practice.graph("GET", f"drives/{drive}/root:/{path}:/content", allow_redirects=True).content


def versions(practice: PracticeServer, path: str) -> list[str]:
    drive = practice.facts["office_drive_id"]
    answer = practice.graph("GET", f"drives/{drive}/root:/{path}:/versions", expect=200).json()
    return [version["id"] for version in answer["value"]]


def test_changed_words_are_a_new_version_by_the_person_played(practice: PracticeServer, page: Page) -> None:
    where = put(practice, "Trips.docx", word("About trips", bold="March 2026"))

    page.post(
        f"library/{where.replace('%s', '/words')}", {"old": "review: March 2026", "new": "review: May 2028"}
    )

    assert "“review: March 2026” was changed to “review: May 2028” once." in page.words
    text = [
        paragraph.text for paragraph in docx.Document(BytesIO(content(practice, "Trips.docx"))).paragraphs
    ]
    assert text == ["About trips", "Next review: May 2028"]
    assert versions(practice, "Trips.docx") == ["2.0", "1.0"]


def test_words_that_stand_nowhere_change_nothing(practice: PracticeServer, page: Page) -> None:
    where = put(practice, "Trips.docx", word("About trips"))

    page.post(f"library/{where.replace('%s', '/words')}", {"old": "March 2026", "new": "May 2028"})

    assert "stands nowhere in the document" in page.words
    assert versions(practice, "Trips.docx") == ["1.0"]


def test_a_document_is_replaced_under_its_own_name_and_the_old_one_can_be_brought_back(
    practice: PracticeServer, page: Page
) -> None:
    where = put(practice, "Trips.docx", word("Old words"))
    page.post(
        f"library/{where.replace('%s', '/replace')}",
        files={"file": ("final (2).docx", word("New words"), "x/y")},
    )
    assert "New words" in page.words
    assert "Trips.docx has a new version." in page.words

    page.post(f"library/{where.replace('%s', '/restore')}", {"version": "1.0"})
    assert "Old words" in page.words
    assert len(versions(practice, "Trips.docx")) == 3


def test_a_file_of_another_kind_replaces_no_document(practice: PracticeServer, page: Page) -> None:
    where = put(practice, "Trips.docx", word("Old words"))

    page.post(f"library/{where.replace('%s', '/replace')}", files={"file": ("scan.pdf", b"%PDF-1.4", "x/y")})

    assert "scan.pdf is another kind of file" in page.words
    assert versions(practice, "Trips.docx") == ["1.0"]


def test_a_pdf_is_shown_page_by_page_and_as_words(practice: PracticeServer, page: Page) -> None:
    where = put(practice, "Complaints.pdf", plain_pdf("Complaints procedure", ["Next review: July 2028"]))

    page.get(f"library/{where.replace('%s', '')}")

    assert 'alt="Page 1 of 1 of Complaints.pdf"' in page.text
    assert 'src="data:image/png;base64,' in page.text
    assert "Next review: July 2028" in page.words


def test_a_pdf_that_harms_its_reader_harms_no_page(practice: PracticeServer, page: Page) -> None:
    where = put(practice, "Broken.pdf", b"%PDF-1.7\n" + b"\x00\xff<<" * 2000)

    page.get(f"library/{where.replace('%s', '')}")

    assert "cannot be read: it is damaged" in page.words


def test_a_word_document_keeps_its_headings_and_no_markup_of_its_words_acts() -> None:
    document = docx.Document()
    document.add_heading("Trips & <b>outings</b>", 1)
    document.add_paragraph("first", style="List Bullet")
    document.add_paragraph("second", style="List Bullet")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "<script>steal()</script>"
    saved = BytesIO()
    document.save(saved)

    html = word_as_html(saved.getvalue())

    assert "<h4>Trips &amp; &lt;b&gt;outings&lt;/b&gt;</h4>" in html
    assert "<ul><li>first</li><li>second</li></ul>" in html
    assert "<td><p>&lt;script&gt;steal()&lt;/script&gt;</p></td>" in html


@pytest.mark.parametrize("policy", [policy for policy in POLICIES if policy.name.endswith(".docx")])
def test_the_words_of_a_box_are_shown_and_changed_once(policy: object) -> None:
    file = policy.content()  # type: ignore[attr-defined]
    html = word_as_html(file)
    dates = [words for words in ("March 2026", "September 2023", "11 December 2026") if words in html]
    for words in dates:
        changed, places = replace_words(file, words, "1 May 2030")
        assert places >= 1
        assert words not in word_as_html(changed)
        assert html.count(words) == word_as_html(changed).count("1 May 2030")


def link_of(page: Page, practice: PracticeServer, role: str, url: str) -> Page:
    """Follow the one link of a mail to somebody."""
    html = f'<p><a href="{url}">Open the document</a></p>'
    raw = raw_mail(subject="Review overdue", body=html).replace(b"text/plain", b"text/html")
    deliver(practice, raw, to=role)
    page.play(role).get(f"outlook/{practice.user(role)}/inbox")
    page.follow("Review overdue")
    found = page.frame().partition('href="/')[2].partition('"')[0]
    assert found, page.frame()
    page.get(found.replace("&amp;", "&"))
    return page


def test_a_link_to_a_document_opens_it_on_the_page(practice: PracticeServer, page: Page) -> None:
    put(practice, "Policies/Trips.docx", word("About trips"))

    assert "About trips" in link_of(page, practice, "office", f"{HOME}/Policies/Trips.docx").words


def test_a_link_to_what_one_may_not_open_says_who_may(practice: PracticeServer, page: Page) -> None:
    put(practice, "Policies/Trips.docx", word("About trips"))

    link_of(page, practice, "deputy", f"{HOME}/Policies/Trips.docx")

    assert page.answer.status_code in {403, 404}
    assert "About trips" not in page.words


def test_a_policy_that_names_no_owner_and_no_date_is_shown_as_such(
    practice: PracticeServer, page: Page
) -> None:
    put(practice, "Policies/Visitors.docx", word("Visitors sign in at the office."))
    columns = [{"name": name, "text": {}} for name in ("Document", "Owner", "NextReviewText", "Status")]
    site = f"sites/{practice.facts['site_id']}/lists"
    wanted = {"displayName": "Policies", "list": {"template": "genericList"}, "columns": columns}
    practice.graph("POST", site, json=wanted, expect=201)
    row = {"Document": "Policies/Visitors.docx", "Status": "no date"}
    practice.graph("POST", f"{site}/Policies/items", json={"fields": row}, expect=201)

    link_of(page, practice, "office", f"{HOME}/Policies/Visitors.docx")

    assert "nobody named" in page.words
    assert "no date found" in page.words


def test_a_link_to_nothing_says_so(practice: PracticeServer, page: Page) -> None:
    link_of(page, practice, "office", f"{HOME}/Policies/Gone.docx")

    assert page.answer.status_code == 404
    assert "Nothing is here" in page.words


def test_a_link_out_of_the_school_goes_nowhere(practice: PracticeServer, page: Page) -> None:
    page.get("open?address=https%3A%2F%2Fevil.example%2Fx", allow_redirects=False)

    assert page.answer.status_code == 404
    assert "Location" not in page.answer.headers
