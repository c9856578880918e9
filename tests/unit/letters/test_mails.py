"""Mails say the same in HTML and in text, let no value act as a mark, and stop where a field is missing."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import templates
from casework.errors import LetterTemplateError
from casework.ports import WrittenMail
from connectors.documents.emails import JinjaMailWriter

SHIPPED = Path(templates.__file__).parent / "emails"
NAMES = sorted(file.parent.name for file in SHIPPED.glob("*/mail.txt"))
OUTWARD = {"acknowledgement", "letter_cover"}
# Personal data that no list of a mail's fields may ask for; a letter's cover goes to its addressee.
PERSONAL = {
    "parent",
    "parent_name",
    "child",
    "reporter",
    "body",
    "quote",
    "subject",
    "post",
    "link",
    "addressee",
}


class Seen(HTMLParser):
    """What a reader sees of an HTML mail, and its links."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(source[source.index("<body") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def sample(mails: JinjaMailWriter, name: str, **changes: object) -> WrittenMail:
    return mails.write(name, {**mails.sample(name), **changes})


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_mail_passes_its_own_check(mails: JinjaMailWriter, name: str) -> None:
    assert [problem for problem in mails.check(name) if problem.stops] == []


@pytest.mark.parametrize("name", NAMES)
def test_html_and_text_say_the_same_words(mails: JinjaMailWriter, name: str) -> None:
    mail = sample(mails, name)
    html = "".join(Seen(mail.html).words)

    for line in mail.text.splitlines():
        plain = re.sub(r"\[(?:removed|added): ([^\]]*)\]", r"\1", line)  # the HTML strikes out and underlines
        for said in (part for part in re.split(r"^[-*>] |: ", plain) if part and not part.startswith("http")):
            assert "".join(said.split()) in html


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_has_one_line_of_subject_and_no_left_over_marks(mails: JinjaMailWriter, name: str) -> None:
    mail = sample(mails, name)

    assert mail.subject.strip()
    assert "\n" not in mail.subject
    for left_over in ("{{", "{%", "**", "](", "\n| ", "\n! ", "\n# "):
        assert left_over not in mail.text
        assert left_over not in mail.html
    assert not re.search("[\ue000-\uf8ff]", mail.subject + mail.html + mail.text)


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"letter_cover", "paper_cover", "policy_copy"}))
def test_every_mail_but_a_cover_names_a_day(mails: JinjaMailWriter, name: str) -> None:
    assert re.search(r"\b\d{1,2} [A-Z][a-z]+ 202\d\b", sample(mails, name).text)


@pytest.mark.parametrize("name", NAMES)
def test_no_mail_asks_for_the_name_of_a_person_of_the_case(mails: JinjaMailWriter, name: str) -> None:
    assert not PERSONAL & set(mails.sample(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_without_a_required_field_is_not_written(mails: JinjaMailWriter, name: str) -> None:
    entries = tomllib.loads((SHIPPED / name / "fields.toml").read_text("utf-8"))["fields"]
    required = [field for field, entry in entries.items() if entry.get("required", True)]

    for missing in ("school_name", *required):
        fields = mails.sample(name)
        del fields[missing]
        with pytest.raises(LetterTemplateError) as caught:
            mails.write(name, fields)
        assert missing in caught.value.reason


def test_a_missing_field_is_shown_with_its_line_and_tag(mails: JinjaMailWriter) -> None:
    fields = mails.sample("approval_request")
    del fields["tag"]

    with pytest.raises(LetterTemplateError) as caught:
        mails.write("approval_request", fields)

    assert caught.value.paragraph == "Subject: Please approve: [{{ tag }}]"
    assert caught.value.tag == "{{ tag }}"


def test_a_request_has_the_subject_that_answers_are_known_by(mails: JinjaMailWriter) -> None:
    assert sample(mails, "approval_request").subject == "Please approve: [TIS-2026-0007-k3f9]"


def test_the_buttons_prepare_an_answer_to_the_reporting_mailbox_and_nothing_else(
    mails: JinjaMailWriter,
) -> None:
    links = Seen(sample(mails, "approval_request").html).links
    answers = [urlsplit(link) for link in links if link.startswith("mailto:")]
    asked = [parse_qs(answer.query.replace("+", "%2B")) for answer in answers]

    assert {unquote(answer.path) for answer in answers} == {"reports@tillbrook.example"}
    assert [query["body"][0].split()[0] for query in asked] == ["APPROVE", "CHANGE", "REJECT"]
    assert all("[TIS-2026-0007-k3f9]" in query["subject"][0] for query in asked)
    assert [link for link in links if not link.startswith("mailto:")] == [
        mails.sample("approval_request")["list_link"]
    ]


def test_warnings_and_differences_come_out_exactly_as_they_are(mails: JinjaMailWriter) -> None:
    awkward = "- **5** < 6 & [x](https://elsewhere.example) # no | heading ! {{ tag }}"

    mail = sample(mails, "approval_request", warnings=[awkward], differences=[awkward, "two\nlines"])

    assert mail.text.count(awkward) == 2
    assert " ".join(awkward.split()) in " ".join(Seen(mail.html).words)
    assert "https://elsewhere.example" not in Seen(mail.html).links
    assert "two<br>lines" in mail.html
    assert "two\nlines" in mail.text


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_no_value_becomes_a_part_of_the_page(mails: JinjaMailWriter, script: str) -> None:
    mail = sample(mails, "policy_reminder", policy_title=script, school_name=script)

    assert {"script", "img"}.isdisjoint(Seen(mail.html).tags)
    assert script in mail.subject


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "http://elsewhere.example/", "data:text/html,x", "tillbrook"]
)
def test_a_link_that_no_mail_should_carry_is_refused(mails: JinjaMailWriter, link: str) -> None:
    with pytest.raises(LetterTemplateError, match="https"):
        sample(mails, "case_opened", list_link=link)


def test_a_link_with_spaces_brackets_and_quotes_stays_one_link(mails: JinjaMailWriter) -> None:
    mail = sample(mails, "case_opened", list_link='https://tillbrook.example/Our Cases (new)"><img src=x>')

    assert Seen(mail.html).links == ['https://tillbrook.example/Our%20Cases%20(new)"><img%20src=x>']
    assert "img" not in Seen(mail.html).tags


def test_an_acknowledgement_in_the_holidays_promises_the_first_day_back(mails: JinjaMailWriter) -> None:
    in_term = sample(mails, "acknowledgement", in_term=True).text
    in_holidays = sample(mails, "acknowledgement", in_term=False, read_by=date(2027, 1, 5)).text

    assert "holidays" not in in_term
    assert "closed for the holidays" in in_holidays
    assert "Tuesday 5 January 2027" in in_holidays
    assert all("ring 999" in text for text in (in_term, in_holidays))


def test_an_acknowledgement_quotes_nothing_and_asks_only_for_what_is_missing(mails: JinjaMailWriter) -> None:
    assert "It would help us" not in sample(mails, "acknowledgement", asks=[]).text


@pytest.mark.parametrize("name", ["case_opened", "urgent_case"])
def test_a_note_about_the_headteacher_tells_the_chair_to_keep_it(mails: JinjaMailWriter, name: str) -> None:
    assert "you alone" in sample(mails, name, for_chair=True).text
    assert "you alone" not in sample(mails, name, for_chair=False).text


def test_an_urgent_note_says_whom_to_ring(mails: JinjaMailWriter) -> None:
    text = sample(mails, "urgent_case").text

    assert "ring 999" in text
    assert "ring 101" in text
    assert "Saturday 21 November 2026 at 23:40" in text


def test_a_policy_reminder_knows_due_overdue_and_no_date_at_all(mails: JinjaMailWriter) -> None:
    none = sample(mails, "policy_reminder", review_due=None, words_found=None, days_overdue=0)
    soon = sample(mails, "policy_reminder", days_overdue=0)
    late = sample(mails, "policy_reminder", days_overdue=1)

    assert none.subject.startswith("No review date")
    assert soon.subject.startswith("Review due by 30 September 2026")
    assert late.subject.startswith("Review overdue")
    assert "Overdue: 1 day\n" in late.text


def test_the_cover_of_a_letter_says_nothing_of_the_matter(mails: JinjaMailWriter) -> None:
    mail = sample(mails, "letter_cover")

    assert mail.subject.endswith("[TIS-2026-0007-p8ra]")
    for word in ("post", "facebook", "social", "complain", "invitation", "remov", "casework"):
        assert word not in mail.text.lower()
        assert word not in " ".join(Seen(mail.html).words).lower()


def test_the_school_s_own_words_go_before_the_shipped(tmp_path: Path) -> None:
    own = tmp_path / "acknowledgement"
    own.mkdir()
    (own / "mail.txt").write_text(
        "Subject: Thanks [{{ reference_tag }}]\n\nWe will read it {{ read_by }}.", "utf-8"
    )

    writer = JinjaMailWriter(SHIPPED, tmp_path)

    assert sample(writer, "acknowledgement").text == "We will read it 24 November 2026.\n"
    assert {problem.tag for problem in writer.check("acknowledgement")} >= {"office_phone", "in_term"}


def test_what_the_office_edits_counts_from_the_next_mail_on(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "emails")
    folder = tmp_path / "emails"
    writer = JinjaMailWriter(folder, tmp_path / "own")
    before = sample(writer, "already_decided")

    layout = folder / "layout.html"
    layout.write_text(
        layout.read_text("utf-8").replace("</body>", "<p>Ring 020 7946 0000.</p></body>"), "utf-8"
    )
    assert "Ring 020 7946 0000." in sample(writer, "already_decided").html

    own = tmp_path / "own" / "already_decided"
    own.mkdir(parents=True)
    (own / "mail.txt").write_text("Subject: Too late\n\nIt was decided.", "utf-8")
    assert sample(writer, "already_decided").text == "It was decided.\n"

    (own / "fields.toml").write_text('[fields.bell]\nmeaning = "when it rings"\nsample = "nine"\n', "utf-8")
    with pytest.raises(LetterTemplateError, match="bell"):
        writer.write("already_decided", {**JinjaMailWriter(SHIPPED).sample("already_decided")})

    shutil.rmtree(own)
    assert sample(writer, "already_decided").text == before.text


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str], JinjaMailWriter]:
    """The shipped mails with another text for a late answer."""

    def change(text: str) -> JinjaMailWriter:
        shutil.copytree(SHIPPED, tmp_path / "emails")
        (tmp_path / "emails" / "already_decided" / "mail.txt").write_text(text, "utf-8")
        return JinjaMailWriter(tmp_path / "emails")

    return change


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No subject here", "Subject:"),
        ("Subject: x\n\n{{ nobody }}", "nobody"),
        ("Subject: x\n\n{% if way %}", "endif"),
        ("Subject: x\n\n{{ a b }}", "cannot be filled in"),
    ],
)
def test_a_broken_text_is_found_by_the_check(
    changed: Callable[[str], JinjaMailWriter], text: str, said: str
) -> None:
    problems = changed(text).check("already_decided")

    assert any(problem.stops and said in f"{problem.tag} {problem.reason}" for problem in problems)


def test_a_mail_that_does_not_exist_names_those_that_do(mails: JinjaMailWriter) -> None:
    with pytest.raises(LetterTemplateError, match="acknowledgement, already_decided"):
        mails.write("birthday", {})


@given(said=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Co"]), min_size=1))
def test_whatever_a_warning_says_it_stands_in_html_and_text_and_moves_nothing(said: str) -> None:
    mails = JinjaMailWriter(SHIPPED)
    plain = sample(mails, "approval_request", warnings=["x"])

    mail = sample(mails, "approval_request", warnings=[said])

    assert "".join(said.split()) in "".join(mail.text.split())
    assert Seen(mail.html).tags == Seen(plain.html).tags
    assert mail.subject == plain.subject
