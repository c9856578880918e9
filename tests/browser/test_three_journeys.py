"""A newcomer plays the three journeys click by click, with Casework at work, and the checklist ticks itself."""

import re

from tests.browser.conftest import Visitor
from tests.school import SchoolAtWork

PARENT = "g.lomax@parents.example"


def ticked(player: Visitor) -> int:
    player.open()
    return player.page.locator(".steps li.done").count()


def take_next_step(player: Visitor) -> None:
    """Press what the first page offers for the first open step."""
    player.open()
    player.page.locator(".steps li.next").get_by_text(re.compile("Go there")).click()
    player.page.get_by_role("complementary", name="What to do next").wait_for()


def test_a_teacher_forwards_a_report_and_sees_it_thanked(player: Visitor, at_work: SchoolAtWork) -> None:
    page = player.page
    take_next_step(player)
    page.get_by_role("link", name=re.compile("Thought you should see this")).click()
    page.get_by_role("link", name="Forward", exact=True).click()
    page.get_by_label("To", exact=True).fill(at_work.address("reports"))
    page.get_by_label("Message").fill("Please see below, I thought you should know.")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Sent. A copy lies in Sent Items.").wait_for()
    assert ticked(player) == 1
    at_work.works()

    take_next_step(player)
    page.get_by_role("heading", name=re.compile("TIS-2026-")).wait_for()
    page.get_by_text("Each report that reaches the reporting mailbox").wait_for()
    player.picture("journey-1-case")
    take_next_step(player)
    page.get_by_role("link", name=re.compile("We have your report")).first.click()
    page.frame_locator("iframe").get_by_text("Thank you").first.wait_for()
    player.picture("journey-1-thanks")

    assert ticked(player) == 3
    assert page.locator(".journey.done").count() == 1
    player.picture("journey-1-done")


def test_the_headteacher_approves_a_letter_and_it_is_read_as_the_parent_receives_it(
    player: Visitor, at_work: SchoolAtWork
) -> None:
    page = player.page
    player.play("School office")
    page.get_by_role("link", name="Cases", exact=True).click()
    page.get_by_role("link", name=re.compile("TIS-2026-")).last.click()
    page.get_by_label("Parent", exact=True).fill("Mr G Lomax")
    page.get_by_label("Parent's e-mail address", exact=True).fill(PARENT)
    page.get_by_label("Who it is about").select_option("staff")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved: Parent,").wait_for()
    at_work.works()

    player.play("Headteacher: Marion Aldwick")
    page.get_by_role("link", name="Outlook", exact=True).click()
    page.locator("details[open]").get_by_role("link", name=re.compile("Drafts")).click()
    page.locator(".mails a").first.click()
    page.get_by_text("Dear Mr Lomax").first.wait_for()
    player.picture("journey-2-draft")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Sent. A copy lies in Sent Items.").wait_for()
    at_work.works()

    page.get_by_role("link", name="Left the school").click()
    page.get_by_role("link", name=re.compile(PARENT)).click()
    page.get_by_text("Dear Mr Lomax").first.wait_for()
    player.picture("journey-2-letter")
    page.get_by_role("link", name="What Casework did").click()
    page.get_by_text("What was approved is what left, byte for byte.").first.wait_for()
    player.picture("journey-2-log")
    player.open()
    assert page.locator(".journey").nth(1).locator("li.done").count() == 4


def test_the_deputy_is_reminded_of_a_review_and_a_newer_document_ends_it(
    player: Visitor, at_work: SchoolAtWork
) -> None:
    page = player.page
    player.play("School office")
    page.get_by_role("link", name="Policies", exact=True).click()
    page.get_by_role("link", name=re.compile("Overdue")).click()
    player.picture("journey-3-overdue")
    player.open("clock")
    page.get_by_role("button", name=re.compile("Next school morning")).click()
    page.get_by_text("It is now Tuesday 24 November 2026, 08:00.").wait_for()
    at_work.works()

    player.play("Deputy headteacher: Tobias Renfield")
    page.get_by_role("link", name="Outlook", exact=True).click()
    page.get_by_role("link", name=re.compile("Review overdue: Attendance")).first.click()
    player.picture("journey-3-reminder")
    page.frame_locator("iframe").get_by_role("link", name="Open the document").click()
    page.get_by_role("heading", name="Attendance and punctuality.docx").wait_for()
    player.picture("journey-3-document")
    page.get_by_label("It says").fill("Next review: March 2026")
    page.get_by_label("It shall say").fill("Next review: March 2028")
    page.get_by_role("button", name="Save a new version").click()
    page.get_by_text("was changed to “Next review: March 2028” once.").wait_for()
    at_work.works()

    player.open()
    page.locator(".journey").nth(2).get_by_text("Go there").last.click()
    page.get_by_role("heading", name="Attendance and punctuality policy").wait_for()
    page.get_by_text("March 2028").first.wait_for()
    player.picture("journey-3-closed")
    player.open()
    assert page.locator(".journey").nth(2).locator("li.done").count() == 5
