"""What nobody tells Casework: whether a policy can be opened, what its published copy says, and who has left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.minutes import a_real_clock, happened_too_early, minutes
from tests.policy_files import dated
from tests.scenarios.test_the_register_of_policies import CURRENT, OVERDUE, row_of, staff_set
from tests.school import SchoolAtWork, words

PAGES: dict[str, bytes] = {}


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        content = PAGES.get(self.path)
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_: object) -> None:
        """A test says nothing."""


@pytest.fixture
def website() -> Iterator[str]:
    """The school's website, on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def careful(school: SchoolAtWork) -> Iterator[SchoolAtWork]:
    """The school with every look switched on."""
    before = school.settings.read_text()
    wishes = '[policies]\nreaders = ["Staff", "Governors"]\ncheck_directory = true\ncheck_website = true\n'
    school.settings.write_text(before.replace("[policies]\n", wishes))
    grant = {"holder": "casework", "kind": "directory", "resource": "*", "role": "User.Read.All"}
    school.server.practice("POST", "permissions", json=grant)
    school.restart()
    yield school
    school.settings.write_text(before)


def findings(school: SchoolAtWork, document: str = "Lettings.docx") -> str:
    return str(row_of(school, document).get("Findings") or "")


def test_a_published_copy_that_says_something_older_is_found(careful: SchoolAtWork, website: str) -> None:
    careful.put_file("policies", "Policies/Lettings.docx", dated("Lettings policy", **CURRENT))
    careful.works()
    PAGES["/lettings"] = (
        b"<html><body><h1>Lettings policy</h1>"
        b"<p>Last reviewed: October 2024</p><p>Next review: October 2026</p></body></html>"
    )
    staff_set(careful, "Lettings.docx", PublishedAt=f"{website}/lettings")
    careful.works()
    careful.works()
    assert 'says last update "October 2024" and next review "October 2026"' in findings(careful)

    newer = PAGES["/lettings"].replace(b"October 2024", b"November 2026")
    PAGES["/lettings"] = newer.replace(b"October 2026", b"November 2028")
    careful.at("2026-12-01T09:00:00+00:00")
    careful.works()
    assert "published copy" not in findings(careful)

    del PAGES["/lettings"]
    careful.at("2026-12-09T09:00:00+00:00")
    careful.works()
    assert "Nothing is to be found at" in findings(careful)


def share(school: SchoolAtWork, group: str) -> None:
    school.as_person(
        "office",
        "POST",
        f"drives/{school.places['drives']['policies']}/root:/Policies:/invite",
        json={
            "recipients": [{"email": group}],
            "roles": ["read"],
            "requireSignIn": True,
            "sendInvitation": False,
        },
    )


def link(school: SchoolAtWork, scope: str) -> None:
    folder = f"drives/{school.places['drives']['policies']}/root:/Policies:"
    school.as_person("office", "POST", f"{folder}/createLink", json={"type": "view", "scope": scope})


def finds_nobody_then_staff_then_all(
    school: SchoolAtWork, open_to: Callable[[SchoolAtWork, str], None], staff: str, governors: str
) -> None:
    """What is found, week by week, while a policy is opened to one after the other."""
    school.works()
    assert "It is not shared with Staff and Governors." in findings(school)

    open_to(school, staff)
    school.at("2026-12-01T09:00:00+00:00")
    school.works()
    assert "It is not shared with Governors." in findings(school)

    open_to(school, governors)
    school.at("2026-12-09T09:00:00+00:00")
    school.works()
    assert "not shared" not in findings(school)


def test_a_link_for_the_whole_school_opens_a_policy_to_staff_and_not_to_guests(careful: SchoolAtWork) -> None:
    careful.put_file("policies", "Policies/Lettings.docx", dated("Lettings policy", **CURRENT))
    link(careful, "users")
    finds_nobody_then_staff_then_all(careful, link, "organization", "anonymous")


def test_a_policy_that_governors_cannot_open_is_found_until_it_is_shared(careful: SchoolAtWork) -> None:
    careful.put_file("policies", "Policies/Lettings.docx", dated("Lettings policy", **CURRENT))
    finds_nobody_then_staff_then_all(careful, share, "staff@tillbrook.example", "governors@tillbrook.example")


def test_an_owner_who_left_is_replaced_by_the_policy_manager(careful: SchoolAtWork) -> None:
    careful.put_file("policies", "Policies/Lettings.docx", dated("Lettings policy", **OVERDUE))
    careful.at("2026-11-23T06:00:00+00:00")
    careful.works()
    staff_set(careful, "Lettings.docx", OwnerOverride="left.long.ago@tillbrook.example")
    careful.at("2026-11-24T09:00:00+00:00")
    careful.works()
    careful.works()

    assert "is not in the school's directory any more, so the headteacher is reminded" in findings(careful)
    assert [one for one in careful.subjects("headteacher") if "Lettings policy" in one]


def test_whoever_is_headteacher_now_is_reminded_and_the_former_one_is_not(careful: SchoolAtWork) -> None:
    former, now = (f'"{careful.address(role)}"' for role in ("headteacher", "deputy"))
    careful.put_file("policies", "Policies/Lettings.docx", dated("Lettings policy", **OVERDUE))
    careful.at("2026-11-23T06:00:00+00:00")
    careful.works()
    settings = careful.settings.read_text()
    changed = settings.replace(former, "THE FORMER").replace(now, former).replace("THE FORMER", now)
    careful.settings.write_text(changed)
    careful.restart()

    careful.at("2026-11-24T09:00:00+00:00")
    careful.works()
    careful.works()

    assert [one for one in careful.messages("deputy") if "Lettings policy" in words(one)]
    assert not [one for one in careful.messages("headteacher") if "Lettings policy" in words(one)]


def test_without_fetching_a_person_is_asked_to_compare_the_published_copy(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Lettings.docx", dated("Lettings policy", **CURRENT))
    school.works()
    staff_set(school, "Lettings.docx", PublishedAt="https://www.tillbrook.example/lettings")
    school.works()
    assert "Nobody has compared the published copy" in findings(school)

    staff_set(school, "Lettings.docx", PublishedCheckedOn="2026-11-23T12:00:00Z")
    school.works()
    assert findings(school) == ""

    school.at("2026-11-30T09:00:00+00:00")
    later = {"last": "November 2026", "following": "November 2029"}
    school.put_file("policies", "Policies/Lettings.docx", dated("Lettings policy", **later))
    school.works()
    assert "Nobody has compared the published copy" in findings(school)


def test_the_lesson_of_a_case_waits_for_the_review_and_names_nobody(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Social.docx", dated("Parental use of social media", **OVERDUE))
    school.put_file(
        "policies", "Policies/Lettings.docx", dated("Lettings policy", **CURRENT, text="Letting " * 9)
    )
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    school.staff_set(
        PolicyLesson="Our social media policy says nothing of group chats, as Robin Witness found."
    )
    school.works()
    school.works()

    assert "Case TIS-2026-0001 showed a gap" in findings(school, "Social.docx")
    assert "Robin" not in findings(school, "Social.docx")
    assert findings(school) == ""

    school.put_file("policies", "Policies/Social.docx", dated("Parental use of social media", **CURRENT))
    school.works()
    assert "showed a gap" not in findings(school, "Social.docx")


def test_a_policy_is_looked_at_again_in_the_minute_in_which_a_week_is_over(careful: SchoolAtWork) -> None:
    careful.at("2026-11-23T09:03:17+00:00")
    careful.put_file("policies", "Policies/Lettings.docx", dated("Lettings policy", **CURRENT))
    careful.works()
    with a_real_clock(careful) as clock:
        wrong, early = happened_too_early(
            careful, minutes("2026-11-30T08:47+00:00", "2026-11-30T09:10+00:00"), clock=clock
        )
    with careful.office.journal.transaction() as transaction:
        looked = [one.shared_checked_at for one in transaction.policies.all() if "Lettings" in one.path]

    assert [at and f"{at:%d %H:%M}" for at in looked] in (["30 09:03"], ["30 09:04"])
    assert wrong == []
    assert early > 5, "most looks end early"
