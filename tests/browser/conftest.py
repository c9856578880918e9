"""A real Chromium before the invented school, asking nobody but this machine; without script unless a test says so."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from offices.practice_school import practice_school
from tests.practice import REPOSITORY, PracticeServer
from tests.practice_page import make_cases
from tests.remembering import begin_again, keep_first_morning
from tests.school import SchoolAtWork

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
SIZES = {"phone": (390, 820), "wide": (1280, 860)}
CASE = {
    "Title": "Facebook post, reported 23 November 2026",
    "Reference": "TIS-2026-0001",
    "Stage": "new",
    "Due": "2026-11-24T12:00:00Z",
    "CaseworkSays": "Case opened from a mail.",
}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium is installed here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeServer]:
    """The invented school with one case in its list; use `school` for one that nobody has played in."""
    with PracticeServer(tmp_path_factory.mktemp("school"), with_school=True) as running:
        make_cases(running, CASE)
        running.checkpoint()
        yield running


@pytest.fixture
def school(server: PracticeServer) -> PracticeServer:
    server.reset()
    return server


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SchoolAtWork]:
    """The invented school on its first morning, after Casework's first sweep."""
    state = tmp_path_factory.mktemp("at-work")
    with practice_school(state, now="2026-11-23T08:40:00+00:00", fill=True) as running:
        settings = running.settings_file
        # Letters travel as Word files, which spares a conversion in every test.
        settings.write_text(settings.read_text().replace('attach = "pdf"', 'attach = "word"'))
        running.office.journal.close()
        server = PracticeServer(state)
        server.facts = running.child.facts
        school = SchoolAtWork(server, settings, running.tenant)
        school.works()
        school.office.journal.close()
        server.checkpoint()
        keep_first_morning(state)
        yield school
        school.office.journal.close()


@pytest.fixture
def at_work(filled: SchoolAtWork) -> SchoolAtWork:
    """The school before anybody has done anything."""
    begin_again(filled)
    return filled


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Visitor:
    """Somebody at the browser; every request that leaves the page's address is remembered in `strays`."""

    def __init__(self, context: BrowserContext, school: PracticeServer, size: str) -> None:
        self.page: Page = context.new_page()
        self.root = str(school.facts["page"])
        self.strays: list[str] = []
        self._size = size
        self.page.set_default_timeout(30_000)
        context.on("request", lambda request: self._note(request.url))

    def open(self, address: str = "") -> Page:
        self.page.goto(self.root + address.lstrip("/"))
        return self.page

    def play(self, name: str) -> Page:
        """Become somebody by the list at the top of the page."""
        self.open()
        self.page.get_by_label("You are playing").select_option(label=name)
        self.page.get_by_role("button", name="Switch").click()
        return self.page

    def picture(self, name: str) -> None:
        """Keep a picture of what is seen, for people to look at."""
        folder = REPOSITORY / "pictures"
        folder.mkdir(exist_ok=True)
        self.page.screenshot(path=folder / f"page-{name}-{self._size}.png", full_page=True)

    def _note(self, url: str) -> None:
        if not url.startswith((self.root, "data:", "about:")):
            self.strays.append(url)


def _visit(browser: Browser, school: PracticeServer, size: str, *, with_script: bool) -> Iterator[Visitor]:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=with_script, locale="en-GB"
    )
    somebody = Visitor(context, school, size)
    yield somebody
    assert somebody.strays == []
    context.close()


@pytest.fixture
def visitor(browser: Browser, school: PracticeServer, size: str) -> Iterator[Visitor]:
    """A visitor on a phone and on a wide screen, with script turned off."""
    yield from _visit(browser, school, size, with_script=False)


@pytest.fixture
def scripted(browser: Browser, school: PracticeServer) -> Iterator[Visitor]:
    """A visitor on a wide screen whose browser runs the page's script."""
    yield from _visit(browser, school, "wide", with_script=True)


@pytest.fixture
def browser_of_work(browser: Browser, at_work: SchoolAtWork) -> Iterator[Visitor]:
    """A visitor on a wide screen, with script, of the school where Casework is at work."""
    yield from _visit(browser, at_work.server, "wide", with_script=True)


@pytest.fixture(params=["phone without script", "wide with script"])
def player(browser: Browser, at_work: SchoolAtWork, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor of the school where Casework is at work."""
    size, _, script = str(request.param).partition(" ")
    yield from _visit(browser, at_work.server, size, with_script=script == "with script")


TEACHER = "Class teacher: Noor Calloway"
OFFICE = "School office"
HEAD = "Headteacher: Marion Aldwick"
DEPUTY = "Deputy headteacher: Tobias Renfield"
