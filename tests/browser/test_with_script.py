"""Where script is allowed, a page keeps itself fresh, frames fit their mail, and the term plays before one's eyes."""

import re

from tests.browser.conftest import OFFICE, TEACHER, Visitor
from tests.practice import PracticeServer
from tests.school import SchoolAtWork
from tests.unit.practice_tenant.mail_builders import deliver, raw_mail

LONG = "".join(f"<p>Line {number} of a long mail.</p>" for number in range(60))
LEFT_OVER = """frame => { const inside = frame.contentDocument.documentElement;
    return [frame.clientHeight - inside.getBoundingClientRect().height, inside.scrollWidth - inside.clientWidth] }"""


def html_mail(html: str, subject: str) -> bytes:
    return raw_mail(subject=subject, body=html).replace(b"text/plain", b"text/html")


def test_a_frame_is_as_tall_as_its_mail_at_every_width(scripted: Visitor, school: PracticeServer) -> None:
    deliver(school, html_mail("<p>Short.</p>", "Short one"), to="office")
    deliver(school, html_mail(LONG, "Long one"), to="office")
    page = scripted.play(OFFICE)
    for subject in ("Short one", "Long one"):
        scripted.open("outlook")
        page.get_by_role("link", name=re.compile(subject)).click()
        frame = page.locator("iframe.mail-body")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(300)
            room, sideways = frame.evaluate(LEFT_OVER)
            assert 0 <= room < 10, (subject, width, room)
            assert sideways == 0
        page.set_viewport_size({"width": 1280, "height": 860})


def test_no_script_in_a_mail_runs_though_the_page_has_script(
    scripted: Visitor, school: PracticeServer
) -> None:
    attack = "<p>Words</p><img src=x onerror=\"parent.document.title='won'\"><script>parent.document.title='won'</script>"
    deliver(school, html_mail(attack, "A trap"), to="office")
    page = scripted.play(OFFICE)
    scripted.open("outlook")
    page.get_by_role("link", name=re.compile("A trap")).click()
    page.frame_locator("iframe").get_by_text("Words").wait_for()

    # Even what the cleaning might miss: the frame itself runs nothing.
    page.locator("iframe").evaluate(
        "frame => frame.contentDocument.body.insertAdjacentHTML('beforeend',"
        " '<img src=data:, onerror=\"parent.document.title=1\">')"
    )
    page.wait_for_timeout(300)
    assert page.title() == "A trap · Practice school"


def test_a_mail_that_arrives_shows_without_loading_the_page(
    scripted: Visitor, school: PracticeServer
) -> None:
    page = scripted.play(TEACHER)
    page.get_by_role("link", name="Outlook", exact=True).click()
    page.evaluate("window.stayed = true")
    deliver(school, raw_mail(subject="Only just written"), to="teacher")

    page.get_by_role("link", name=re.compile("Only just written")).wait_for()
    assert page.evaluate("window.stayed") is True


def test_what_casework_does_is_announced(scripted: Visitor, school: PracticeServer) -> None:
    scripted.play(OFFICE)
    page = scripted.open("lists/Cases")
    page.wait_for_timeout(2500)
    entry = {
        "number": 1,
        "at": "2026-11-23T08:41:00Z",
        "words": "Case opened from a mail.",
        "reference": "TIS-2026-0009",
    }
    school.practice("POST", "work-log", json={"entries": [entry]})

    news = page.locator("#news")
    news.get_by_text("Casework: TIS-2026-0009: Case opened from a mail.").wait_for()
    assert news.get_attribute("aria-live") == "polite"
    scripted.picture("news")


def test_the_term_is_played_day_by_day_and_can_be_stopped(scripted: Visitor, school: PracticeServer) -> None:
    days = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"]
    swept = school.practice("GET", "clock").json()["now"]
    school.practice("POST", "work-log", json={"swept": swept, "school_days": days})
    page = scripted.open("clock")
    page.get_by_role("button", name=re.compile("Play 3 school days")).click()
    page.get_by_text("School day 1 of 3").wait_for()

    school.practice("POST", "work-log", json={"swept": "2026-11-24T08:00:00Z"})
    page.get_by_text("School day 2 of 3: 25 November 2026").wait_for()
    scripted.picture("playing")
    page.get_by_role("button", name="Stop").click()

    page.get_by_text("Stopped after 1 school day.").wait_for()
    assert school.practice("GET", "clock").json()["now"].startswith("2026-11-25T08:0")


def test_casework_itself_plays_the_days_up_to_the_next_break(
    at_work: SchoolAtWork, browser_of_work: Visitor
) -> None:
    at_work.at("2026-12-16T09:00:00Z")
    at_work.once()
    page = browser_of_work.open("clock")
    page.get_by_role("button", name=re.compile("Play 2 school days up to 18 December")).click()
    for _ in range(10):
        # The service sweeps whenever the clock was moved.
        at_work.once()
        if browser_of_work.open("clock").get_by_text("Played 2 school days.").count():
            break
        page.wait_for_timeout(500)

    browser_of_work.open("clock")
    page.get_by_text("Played 2 school days.").wait_for()
    page.get_by_role("heading", name="Friday 18 December 2026").wait_for()
    browser_of_work.picture("played")
