"""People play the three journeys by hand: on a phone and on a wide screen, without any script."""

import re
from urllib.parse import quote

from tests.browser.conftest import HEAD, OFFICE, TEACHER, Visitor
from tests.practice import PracticeServer
from tests.practice_page import inbox, row_of

TOKEN = "Re: Please approve: [TIS-2026-0001-k3f9]"


def person(address: str) -> dict[str, dict[str, str]]:
    return {"emailAddress": {"address": address}}


def test_the_office_reads_a_forwarded_mail_with_the_screenshot_in_it(visitor: Visitor) -> None:
    page = visitor.play(OFFICE)
    page.get_by_role("link", name="Outlook").click()
    page.get_by_text("Social Media Reports", exact=True).click()
    page.locator("details[open] >> a", has_text="Inbox").last.click()
    page.get_by_role("link", name=re.compile("FW: Post about the trip")).click()

    frame = page.frame_locator("iframe")
    frame.get_by_text("Please see below, a parent sent me this.").wait_for()
    assert frame.locator("img").evaluate("picture => picture.naturalWidth") == 560
    visitor.picture("reading")


def test_the_teacher_forwards_a_report(visitor: Visitor, school: PracticeServer) -> None:
    page = visitor.play(TEACHER)
    page.get_by_role("listitem").filter(has_text="open “Thought you should see this”").get_by_role(
        "link", name="Go there"
    ).last.click()
    page.get_by_role("link", name=re.compile("Thought you should see this")).click()
    page.get_by_role("link", name="Forward", exact=True).click()
    page.get_by_label("To", exact=True).fill("reports@tillbrook.example")
    page.get_by_label("Message").fill("Please see below.")
    visitor.picture("forwarding")
    page.get_by_role("button", name="Send").click()

    page.get_by_role("status").get_by_text("Sent. A copy lies in Sent Items.").wait_for()
    newest = inbox(school, "reports")[0]
    assert newest["subject"] == "FW: Thought you should see this"
    assert [file["name"] for file in newest["attachments"]] == ["Screenshot 2026-11-22 at 21.15.png"]
    visitor.open()
    assert page.locator(".steps li.done").count() == 1
    visitor.picture("home")


def test_the_office_names_the_parent_in_the_case_list(visitor: Visitor, school: PracticeServer) -> None:
    page = visitor.play(OFFICE)
    page.get_by_role("link", name="Cases", exact=True).click()
    visitor.picture("cases")
    page.get_by_role("link", name="TIS-2026-0001").click()
    page.get_by_label("Parent").fill("Gareth Lomax")
    page.get_by_label("Who it is about").select_option("staff")
    page.get_by_label("complaint in public").check()
    page.get_by_label("Talked on").fill("2026-11-24")
    page.get_by_role("group", name="The posting continues").get_by_label("Yes").check()
    visitor.picture("case")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("status").get_by_text("Saved: Parent,").wait_for()
    fields = row_of(school, "1")["fields"]
    assert fields["Parent"] == "Gareth Lomax"
    assert fields["Categories"] == ["complaint in public"]
    assert fields["Continues"] is True
    assert fields["TalkedOn"].startswith("2026-11-24")


def test_the_headteacher_approves_by_the_button_in_the_request(
    visitor: Visitor, school: PracticeServer
) -> None:
    link = f"mailto:reports@tillbrook.example?subject={quote(TOKEN)}&amp;body=APPROVE"
    request = {
        "subject": TOKEN.removeprefix("Re: "),
        "body": {
            "contentType": "html",
            "content": f'<p>Please decide.</p><p><a href="{link}">APPROVE</a></p>',
        },
        "toRecipients": [person(school.user("headteacher"))],
    }
    school.graph("POST", f"users/{school.user('reports')}/sendMail", json={"message": request}, expect=202)
    page = visitor.play(HEAD)
    page.get_by_role("link", name="Outlook").click()
    page.get_by_role("link", name=re.compile("Please approve")).click()
    page.frame_locator("iframe").get_by_role("link", name="APPROVE").click()
    page.get_by_role("heading", name="New mail").wait_for()
    assert page.get_by_label("Subject").input_value() == TOKEN
    assert page.get_by_label("Message").input_value() == "APPROVE"
    page.get_by_role("button", name="Send").click()

    page.get_by_role("status").get_by_text("Sent.").wait_for()
    answer = inbox(school, "reports")[0]
    assert answer["subject"] == TOKEN
    assert answer["from"]["emailAddress"]["address"] == school.user("headteacher")
    assert answer["bodyPreview"].startswith("APPROVE")


def test_the_headteacher_sends_a_letter_that_waits_in_drafts(
    visitor: Visitor, school: PracticeServer
) -> None:
    letter = {
        "subject": "A letter from Tillbrook Infant School [TIS-2026-0001-k3f9]",
        "body": {"contentType": "html", "content": "<p>Please find attached a letter.</p>"},
        "toRecipients": [person("gareth.lomax@example.net")],
    }
    school.graph("POST", f"users/{school.user('headteacher')}/messages", json=letter, expect=201)
    page = visitor.play(HEAD)
    page.get_by_role("link", name="Outlook").click()
    page.get_by_role("link", name=re.compile("Drafts")).click()
    page.get_by_role("link", name=re.compile("A letter from Tillbrook")).click()
    visitor.picture("draft")
    page.get_by_role("button", name="Send").click()

    page.get_by_role("link", name="Left the school").click()
    page.get_by_role("link", name=re.compile("gareth.lomax@example.net")).click()
    page.frame_locator("iframe").get_by_text("Please find attached a letter.").wait_for()
    visitor.picture("outside")
    assert [entry["to"] for entry in school.outbox()] == [["gareth.lomax@example.net"]]


def test_the_clock_moves_to_the_next_school_morning(visitor: Visitor, school: PracticeServer) -> None:
    page = visitor.open()
    page.get_by_role("link", name=re.compile("Mon 23 Nov")).click()
    page.get_by_role("button", name="Next school morning").click()

    page.get_by_role("status").get_by_text("It is now Tuesday 24 November 2026, 08:00.").wait_for()
    assert school.practice("GET", "clock").json()["now"].startswith("2026-11-24T08:00")
    visitor.picture("clock")


def test_a_policy_document_is_read_on_the_page(visitor: Visitor) -> None:
    page = visitor.play(OFFICE)
    page.get_by_role("link", name="Files").click()
    visitor.picture("drives")
    page.get_by_role("link", name="Tillbrook School Office: OneDrive").click()
    page.get_by_role("link", name="Policies").last.click()
    visitor.picture("folder")
    page.get_by_role("link", name=re.compile("Parental use of social media")).click()

    page.get_by_text("A conversation first").first.wait_for()
    visitor.picture("file")


def test_a_file_is_dropped_into_a_folder(visitor: Visitor, school: PracticeServer) -> None:
    page = visitor.play(OFFICE)
    page.get_by_role("link", name="Files").click()
    page.get_by_role("link", name="Tillbrook School Office: OneDrive").click()
    page.get_by_label("Files", exact=True).last.set_input_files(
        [{"name": "post.txt", "mimeType": "text/plain", "buffer": b"What a shambles."}]
    )
    page.get_by_role("button", name="Upload").click()

    page.get_by_role("link", name="post.txt").wait_for()
    path = f"drives/{school.facts['office_drive_id']}/root:/post.txt:/content"
    assert school.graph("GET", path, allow_redirects=True).content == b"What a shambles."
