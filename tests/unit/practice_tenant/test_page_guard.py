"""The page keeps other sites out, fetches nothing from anywhere, and says what it is."""

from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import pytest

from tests.practice import PracticeServer
from tests.practice_page import Page

EVERYWHERE = ("", "outlook", "lists/Cases", "library", "outside", "clock", "casework", "nowhere")


@pytest.fixture
def page(practice: PracticeServer) -> Page:
    return Page(practice)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_page_says_that_this_is_practice(page: Page, address: str) -> None:
    page.get(address)

    assert "Practice. School and people are invented. Nothing leaves this computer." in page.words


@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_page_has_script_but_its_own_or_asks_anything_of_another_machine(page: Page, address: str) -> None:
    page.get(address)
    document = lxml.html.fromstring(page.text)
    addresses = [
        value
        for element in document.iter()
        for name, value in element.items()
        if name in {"src", "href", "action"}
    ]

    assert [script.get("src") for script in document.iterfind(".//script")] == ["/page.js"]
    assert not any(name.startswith("on") for element in document.iter() for name in element.attrib)
    assert all(value.startswith(("/", "data:", "#", "?")) for value in addresses)
    policy = page.answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; connect-src 'self';")
    assert "unsafe-eval" not in policy
    assert "script-src 'self' " not in policy
    assert page.answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_style_sheet_fetches_nothing(page: Page) -> None:
    page.get("page.css")

    assert page.answer.headers["Content-Type"].startswith("text/css")
    assert "url(" not in page.text
    assert "@import" not in page.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"])
def test_a_page_asked_for_under_another_name_is_refused(page: Page, host: str) -> None:
    assert page.get("", headers={"Host": host}).status_code == 403


def test_localhost_is_as_good_a_name(page: Page) -> None:
    assert page.get("", headers={"Host": f"localhost:{urlsplit(page.root).port}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_moves_no_clock(
    practice: PracticeServer, page: Page, headers: dict[str, str]
) -> None:
    before = practice.practice("GET", "clock").json()["now"][:10]

    refused = page.post("clock", {"to": "week"}, headers=headers)

    assert refused.status_code == 403
    assert "another site" in refused.text
    assert practice.practice("GET", "clock").json()["now"][:10] == before


def test_the_cookie_of_the_person_played_goes_along_with_no_form_of_another_site(page: Page) -> None:
    answer = page.post("play", {"role": "office", "back": "/"}, allow_redirects=False)

    assert "samesite=lax" in answer.headers["Set-Cookie"].lower()
    assert "httponly" in answer.headers["Set-Cookie"].lower()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/"])
def test_switching_the_person_leads_nowhere_else(page: Page, back: str) -> None:
    answer = page.post("play", {"role": "office", "back": back}, allow_redirects=False)

    assert answer.headers["Location"] == "/"


def test_a_notice_is_said_once(page: Page) -> None:
    page.play("headteacher")
    assert "You are now Marion Aldwick, headteacher." in page.words

    page.get("")
    assert "You are now" not in page.words


def test_the_page_is_at_the_same_address_after_a_restart(tmp_path: Path) -> None:
    with PracticeServer(tmp_path) as first:
        address = first.facts["page"]
        assert Page(first).get("").status_code == 200
    with PracticeServer(tmp_path) as second:
        assert second.facts["page"] == address


def test_the_address_of_a_page_that_is_not_there_says_so(page: Page) -> None:
    assert page.get("nowhere").status_code == 404
    assert "Nothing is here" in page.words
