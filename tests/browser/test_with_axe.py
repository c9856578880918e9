"""axe-core finds nothing that people with a keyboard, a screen reader or weak eyes would stumble over."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SIZES, Visitor
from tests.school import SchoolAtWork

SERIOUS = {"serious", "critical", "moderate"}
PAGES = (
    ("teacher", ""),
    ("teacher", "outlook"),
    ("teacher", "outlook/teacher@tillbrook.example/compose"),
    ("teacher", "outlook/teacher@tillbrook.example/automatic-replies"),
    ("teacher", "outlook/head@tillbrook.example/inbox"),
    ("office", "lists/Cases"),
    ("office", "lists/Cases/1"),
    ("office", "lists/Policies"),
    ("office", "library"),
    ("office", "open?policy=Policies"),
    ("office", "open?policy=Policies/Attendance%20and%20punctuality.docx"),
    ("office", "open?policy=Policies/Complaints%20procedure.pdf"),
    ("office", "outside"),
    ("office", "outside/0"),
    ("office", "casework"),
    ("office", "casework/procedures"),
    ("office", "casework?case=TIS-2026-0001"),
    ("office", "clock"),
    ("office", "nowhere"),
)


@pytest.fixture(params=[("wide", "light"), ("phone", "dark")], ids=["wide and light", "phone and dark"])
def looker(browser: Browser, at_work: SchoolAtWork, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    size, scheme = request.param
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", color_scheme=scheme
    )
    somebody = Visitor(context, at_work.server, f"{size}-{scheme}")
    yield somebody
    assert somebody.strays == []
    context.close()


def serious(page: Page) -> list[tuple[str, list[str]]]:
    """The rules that are broken, each with the first elements that break it."""
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in SERIOUS
    ]


def test_axe_finds_nothing_serious_on_any_page(looker: Visitor) -> None:
    faults: dict[str, object] = {}
    page, played = looker.page, "teacher"
    for role, address in PAGES:
        if role != played:
            looker.open()
            page.get_by_label("You are playing").select_option(value=role)
            page.get_by_role("button", name="Switch").click()
            played = role
        looker.open(address)
        faults[address] = serious(page)
        looker.picture("".join(sign if sign.isalnum() else "-" for sign in address) or "home")
    looker.open("outlook")
    page.locator(".mails a").first.click()
    faults["a mail"] = serious(page)
    looker.picture("mail")

    assert {address: found for address, found in faults.items() if found} == {}
