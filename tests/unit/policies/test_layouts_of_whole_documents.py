"""Whole documents as schools lay them out: what stands around the policy's own dates and title is not taken for them."""

from casework.policy_documents import Block, DocumentText, Look, PolicyFacts, Where, read_policy
from connectors.documents.policies import PolicyDocumentReader
from tests.unit.policies.pdf_files import pdf_file

PROSE = "We look after each other and our things, and keep what is found in the office"


def told(facts: PolicyFacts) -> tuple[str, str | None, str | None]:
    return (
        facts.title,
        facts.last_update.value if facts.last_update else None,
        facts.next_review.value if facts.next_review else None,
    )


def words(*lines: str | tuple[str, ...]) -> PolicyFacts:
    rows = [(line,) if isinstance(line, str) else line for line in lines]
    blocks = (
        Block(cells=row, where=Where.TABLE, table=1, columns=tuple(range(len(row))))
        if len(row) > 1
        else Block(cells=row)
        for row in rows
    )
    return read_policy(DocumentText(name="policy.docx", blocks=tuple(blocks)))


def pdf(*placed: tuple[int, int, str], large: tuple[tuple[int, int, str], ...] = ()) -> PolicyFacts:
    content = pdf_file(list(placed), large=list(large))
    return read_policy(PolicyDocumentReader().read(content, name="policy.pdf"))


def test_a_report_about_the_school_is_no_update_of_its_policy() -> None:
    inspected = "Ofsted visited the school in March 2023. Its report was published on 4 May 2023."

    assert told(words("Homework Policy", "September 2025", inspected))[1] == "2025-09"


def test_a_table_of_versions_gives_the_last_update() -> None:
    facts = words(
        "Online Safety Policy",
        "Next review: September 2027",
        ("Version", "Date", "Author", "Summary of changes"),
        ("1.0", "September 2023", "R. Bright", "First issue"),
        ("2.0", "September 2025", "T. Okoro", "Filters added"),
    )

    assert told(facts) == ("Online Safety Policy", "2025-09", "2027-09")


def test_a_form_about_one_child_gives_the_policy_no_dates() -> None:
    facts = words(
        "Medical Conditions Policy",
        "Reviewed: September 2025. Next review: September 2026.",
        ("Name of pupil", ""),
        ("Review date", "12 May 2027"),
    )

    assert told(facts) == ("Medical Conditions Policy", "2025-09", "2026-09")


def test_a_schedule_of_policies_gives_none_of_their_dates_for_its_own() -> None:
    facts = words(
        "Schedule of Policies",
        ("Policy", "Last reviewed", "Next review"),
        ("Attendance", "May 2025", "May 2026"),
        ("Behaviour", "June 2025", "June 2027"),
    )

    assert told(facts)[1:] == (None, None)


def test_one_policy_s_own_row_below_headings_is_read() -> None:
    facts = words(
        "Lettings Policy", ("Policy", "Approved", "Next review"), ("Lettings", "May 2025", "May 2027")
    )

    assert told(facts) == ("Lettings Policy", "2025-05", "2027-05")


def test_the_forms_of_an_appendix_have_dates_of_their_own() -> None:
    facts = words(
        "Medical Conditions Policy",
        "Reviewed: September 2025. Next review: September 2026.",
        "Appendix B: Individual healthcare plan",
        "Review date: 12 May 2027",
    )

    assert told(facts) == ("Medical Conditions Policy", "2025-09", "2026-09")


def test_an_appendix_is_read_where_the_policy_itself_states_no_review() -> None:
    facts = words(
        "Lost Property Policy", "Appendix C: Equipment list", "Next review of this policy: May 2027"
    )

    assert told(facts)[2] == "2027-05"


def test_a_review_later_than_the_next_one_stated_is_the_newer_generation() -> None:
    facts = words(
        "Lost Property Policy", "Next review: May 2024", "Approved: May 2025", "Review date: May 2027"
    )

    assert told(facts) == ("Lost Property Policy", "2025-05", "2027-05")
    assert any("Two next review dates" in finding for finding in facts.findings)


def test_headings_of_parts_are_no_title() -> None:
    parts = ("Aims", "Roles and responsibilities", "Procedures")
    blocks = [Block(cells=("First Aid Policy",))]
    for part in parts:
        blocks += [Block(cells=(part,), look=Look.TITLE), Block(cells=(PROSE,))]

    facts = read_policy(DocumentText(name="p.html", blocks=tuple(blocks)))
    assert facts.title == "First Aid Policy"


def test_a_heading_right_below_the_title_of_a_pdf_is_no_part_of_it() -> None:
    lines = [(72, 640 - 15 * at, PROSE) for at in range(12)]
    content = pdf_file(lines, large=[(72, 760, "Homework Policy")], headings=[(72, 700, "Aims")])
    facts = read_policy(PolicyDocumentReader().read(content, name="policy.pdf"))

    assert facts.title == "Homework Policy"


def test_a_page_in_two_columns_is_read_one_after_the_other() -> None:
    left = [(50, 700 - 15 * at, "We look after each other and what we have") for at in range(20)]
    right = [(320, 707 - 15 * at, "what is found is kept for a week by us") for at in range(20)]
    ends = [
        (50, 400, "This policy was approved by governors in"),
        (50, 385, "May 2025 and will be reviewed in May 2027"),
    ]
    facts = pdf(*left, *right, *ends, large=((50, 760, "Lettings Policy"),))

    assert told(facts) == ("Lettings Policy", "2025-05", "2027-05")
