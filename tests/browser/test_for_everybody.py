"""The page serves people with a keyboard, a screen reader or a narrow screen, and no other site."""

from typing import Literal

from tests.browser.conftest import OFFICE, Visitor
from tests.practice import PracticeServer

PAGES = (
    "",
    "outlook",
    "outlook/office@tillbrook.example/compose",
    "lists/Cases",
    "lists/Cases/1",
    "library",
    "outside",
    "clock",
    "nowhere",
)
LANDMARKS: tuple[Literal["banner", "main", "navigation", "contentinfo"], ...] = (
    "banner",
    "main",
    "navigation",
    "contentinfo",
)
UNNAMED = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea, a, button, iframe, img")]
    .filter(each => !(each.labels?.length || each.textContent.trim() || each.title || each.alt
                      || each.getAttribute("aria-label")))
    .map(each => each.outerHTML)"""
DOUBLE = """() => { const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
    return ids.filter((id, place) => ids.indexOf(id) !== place) }"""
# WCAG 2.2, 1.4.3: the least contrast of each text with what lies behind it.
FAINTEST = """() => {
    const light = colour => { const parts = colour.match(/[\\d.]+/g).map(Number);
        const [r, g, b] = parts.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b };
    const ground = node => { for (; node; node = node.parentElement) {
        const colour = getComputedStyle(node).backgroundColor;
        if (!/, 0\\)$|transparent/.test(colour)) return colour } return "rgb(255, 255, 255)" };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; text = walker.nextNode();) {
        const node = text.parentElement;
        if (!text.data.trim() || node.closest(".hidden, .skip, option, style")) continue;
        const pair = [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => b - a);
        const contrast = (pair[0] + .05) / (pair[1] + .05);
        if (contrast < 4.5) found.push(`${contrast.toFixed(2)} ${text.data.trim().slice(0, 40)}`) }
    return found }"""


def test_a_screen_reader_finds_its_way_on_every_page(visitor: Visitor) -> None:
    visitor.play(OFFICE)
    faults: dict[str, object] = {}
    for address in PAGES:
        page = visitor.open(address)
        missing = [role for role in LANDMARKS if page.get_by_role(role).count() == 0]
        found = (missing, page.locator("h1").count(), page.evaluate(UNNAMED), page.evaluate(DOUBLE))
        if page.locator("html").get_attribute("lang") != "en-GB" or found != ([], 1, [], []):
            faults[address] = found

    assert not faults


def test_no_page_is_wider_than_the_screen_or_too_faint_to_read(visitor: Visitor) -> None:
    visitor.play(OFFICE)
    faults: dict[str, object] = {}
    for address in PAGES:
        page = visitor.open(address)
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faint = page.evaluate(FAINTEST)
        if wider > 0 or faint:
            faults[address] = (wider, faint)

    assert not faults


def test_the_first_tab_reaches_a_link_past_the_navigation(visitor: Visitor) -> None:
    visitor.play(OFFICE)
    page = visitor.open("lists/Cases")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")

    assert skip.evaluate("link => link === document.activeElement")
    assert (skip.bounding_box() or {})["x"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/lists/Cases#main")


def test_the_whole_way_from_home_to_another_person_goes_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open()
    page.get_by_label("You are playing").focus()
    page.keyboard.type("Headteacher")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")

    page.get_by_text("You are now Marion Aldwick, headteacher.").wait_for()


def test_a_form_on_another_site_cannot_move_the_clock(visitor: Visitor, school: PracticeServer) -> None:
    before = school.practice("GET", "clock").json()["now"][:10]
    page = visitor.page
    page.goto("data:text/html,<p>Another site</p>")
    page.set_content(
        f'<form method="post" action="{visitor.root}clock"><button name="to" value="week">Win</button></form>'
    )

    with page.expect_navigation() as arrived:
        page.get_by_role("button", name="Win").click()

    answer = arrived.value
    assert answer is not None
    assert answer.status == 403
    assert school.practice("GET", "clock").json()["now"][:10] == before
