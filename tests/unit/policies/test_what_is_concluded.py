"""What follows from the words of a whole document: derived dates, contradictions, generations, terms and precision."""

from datetime import date

import pytest

from casework.policy_documents import Block, DocumentText, PolicyFacts, Precision, Where, read_policy


def read(*lines: str | Block, name: str = "behaviour.docx") -> PolicyFacts:
    blocks = tuple(line if isinstance(line, Block) else Block(cells=(line,)) for line in lines)
    return read_policy(DocumentText(name=name, blocks=blocks))


def rows(*lines: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Block(cells=cells, where=Where.TABLE, table=1) for cells in lines)


@pytest.mark.parametrize(
    ("last", "cycle", "expected"),
    [
        ("12 May 2025", "annually", "2026-05-12"),
        ("29 February 2024", "every year", "2025-02-28"),
        ("May 2025", "every two years", "2027-05"),
        ("December 2025", "every 18 months", "2027-06"),
        ("Autumn Term 2025", "annually", "2026-autumn"),
        ("Autumn Term 2025", "every term", "2026-spring"),
        ("2024/25", "every three years", "2027/28"),
        ("2025", "every 2 years", "2027"),
        ("May 2025", "annually in September", "2025-09"),
        ("September 2025", "every September", "2026-09"),
        ("November 2025", "bi-annually", "2027-11"),
    ],
)
def test_the_next_review_is_worked_out_from_the_cycle_and_marked_so(
    last: str, cycle: str, expected: str
) -> None:
    facts = read(f"Last reviewed: {last}", f"This policy is reviewed {cycle}.")
    assert facts.next_review is not None
    assert (facts.next_review.value, facts.next_review.derived) == (expected, True)


def test_a_half_year_after_a_year_is_not_worked_out() -> None:
    assert read("Last reviewed: 2025", "This policy is reviewed every 6 months.").next_review is None


def test_the_stated_date_beats_the_cycle_and_the_contradiction_is_told() -> None:
    facts = read("Last reviewed: May 2025", "Review cycle: annual", "Next review: May 2028")
    assert facts.next_review is not None
    assert (facts.next_review.value, facts.next_review.derived) == ("2028-05", False)
    assert facts.findings == ('The review cycle is "annual", but the dates are May 2025 and May 2028.',)


def test_a_cycle_of_something_else_is_no_review_cycle() -> None:
    facts = read(
        "Last reviewed: May 2025",
        "Staff training is renewed every three years.",
        "Pupils' targets are reviewed termly.",
    )
    assert facts.cycle is None
    assert facts.next_review is None


def test_two_next_reviews_are_both_named_with_their_places() -> None:
    footer = Block(cells=("Next review: May 2026",), where=Where.FOOTER)
    facts = read("Next review: May 2027", footer)
    assert facts.next_review is not None
    assert facts.next_review.value == "2027-05"
    (finding,) = facts.findings
    assert "May 2027 (body)" in finding
    assert "May 2026 (footer)" in finding


def test_the_same_review_said_twice_is_no_contradiction_and_the_day_is_kept() -> None:
    facts = read("Next review: May 2027", "This policy will be reviewed on 12 May 2027.")
    assert facts.next_review is not None
    assert (facts.next_review.value, facts.findings) == ("2027-05-12", ())


def test_a_review_before_the_last_update_is_told() -> None:
    facts = read("Last updated: June 2025", "Next review: May 2023")
    assert facts.next_review is not None
    assert facts.next_review.value == "2023-05"
    assert "before the last update" in facts.findings[0]


def test_of_two_generations_the_later_counts() -> None:
    facts = read("Approved May 2019, next review May 2021.", "Approved June 2024, next review June 2026.")
    assert facts.last_update is not None
    assert facts.next_review is not None
    assert (facts.last_update.value, facts.next_review.value) == ("2024-06", "2026-06")


def test_the_last_row_of_a_table_of_versions_counts() -> None:
    table = rows(
        ("Version", "Date", "Review date", "Author"),
        ("1", "May 2019", "May 2021", "A. Vale"),
        ("2", "June 2024", "June 2026", "A. Vale"),
    )
    facts = read(*table)
    assert facts.last_update is not None
    assert facts.next_review is not None
    assert (facts.last_update.value, facts.next_review.value, facts.findings) == ("2024-06", "2026-06", ())


def test_a_table_of_past_reviews_holds_no_coming_one() -> None:
    table = rows(
        ("Review date", "Changes", "Reviewed by"),
        ("May 2022", "none", "A. Vale"),
        ("May 2024", "new title", "T. Oak"),
    )
    facts = read(*table)
    assert facts.next_review is None
    assert facts.last_update is not None
    assert facts.last_update.value == "2024-05"


def test_a_table_of_certificates_gives_no_date() -> None:
    table = rows(
        ("Name", "Course", "Last updated", "Renewal date"), ("A. Vale", "First aid", "May 2023", "May 2026")
    )
    facts = read(*table)
    assert facts.next_review is None
    assert facts.last_update is None


def test_an_empty_cell_does_not_take_the_date_of_the_row_below() -> None:
    table = rows(("Next review", ""), ("Last review", "May 2025"))
    facts = read(*table)
    assert facts.next_review is None
    assert facts.last_update is not None
    assert facts.last_update.value == "2025-05"


def test_an_empty_line_does_not_take_the_date_of_the_line_below() -> None:
    facts = read("Next review:", "Last review: May 2025")
    assert facts.next_review is None
    assert facts.last_update is not None
    assert facts.last_update.value == "2025-05"


def test_a_run_of_labels_takes_the_run_of_values_below_it() -> None:
    facts = read("Policy owner", "Approved", "Next review", "Headteacher", "May 2025", "May 2027")
    assert facts.owner == "Headteacher"
    assert facts.last_update is not None
    assert facts.next_review is not None
    assert (facts.last_update.value, facts.next_review.value) == ("2025-05", "2027-05")


def test_a_review_date_beside_a_next_review_is_the_last_one() -> None:
    facts = read("Review date: May 2025", "Next review: May 2027")
    assert facts.last_update is not None
    assert facts.last_update.value == "2025-05"
    assert facts.findings == ()


def test_an_approval_shortly_after_the_review_gives_way_to_it() -> None:
    facts = read("Last reviewed: September 2024", "Approved by governors: 14 November 2024")
    assert facts.last_update is not None
    assert facts.last_update.value == "2024-09"


def test_an_approval_of_a_later_generation_counts() -> None:
    facts = read("Last reviewed: September 2020", "Approved by governors: 14 November 2023")
    assert facts.last_update is not None
    assert facts.last_update.value == "2023-11-14"


def test_a_day_that_no_calendar_has_is_asked_about() -> None:
    facts = read("Next review: 31 June 2027")
    assert facts.next_review is not None
    assert (facts.next_review.value, facts.next_review.precision) == (None, Precision.NONE)
    assert "31 June 2027" in facts.findings[0]


def test_a_document_without_a_date_is_never_passed_over() -> None:
    facts = read("Uniform policy", "We wear green.")
    assert facts.next_review is None
    assert facts.findings == ("No next review date was found in the document.",)


def test_a_term_ends_when_the_school_s_own_calendar_says() -> None:
    blocks = (Block(cells=("Next review: Spring Term 2027",)),)

    def own_terms(season: str, year: int) -> tuple[date, date] | None:
        return (date(2027, 1, 4), date(2027, 3, 25)) if (season, year) == ("spring", 2027) else None

    own = read_policy(DocumentText(name="a.docx", blocks=blocks), terms=own_terms)
    usual = read_policy(DocumentText(name="a.docx", blocks=blocks), terms=lambda _season, _year: None)
    assert own.next_review is not None
    assert usual.next_review is not None
    assert (own.next_review.to, usual.next_review.to) == (date(2027, 3, 25), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("words", "value", "last_day"),
    [
        ("12 May 2027", "2027-05-12", date(2027, 5, 12)),
        ("February 2028", "2028-02", date(2028, 2, 29)),
        ("Autumn Term 2026", "2026-autumn", date(2026, 12, 31)),
        ("Spring 26/27", "2027-spring", date(2027, 3, 31)),
        ("2026/27", "2026/27", date(2027, 8, 31)),
        ("2027", "2027", date(2027, 12, 31)),
        ("September/October 2027", "2027-10", date(2027, 10, 31)),
        ("03/04/2027", "2027-04-03", date(2027, 4, 3)),
    ],
)
def test_the_precision_is_kept_and_due_means_the_last_day(words: str, value: str, last_day: date) -> None:
    facts = read(f"Next review: {words}")
    assert facts.next_review is not None
    assert (facts.next_review.value, facts.next_review.to, facts.next_review.text) == (value, last_day, words)


@pytest.mark.parametrize(
    ("lines", "name", "title"),
    [
        (("Tillbrook Infant School", "Lost Property Policy", "Aims"), "x.docx", "Lost Property Policy"),
        (("Tillbrook Infant School", "Lost Property", "Policy"), "x.docx", "Lost Property Policy"),
        (("Policy title: Lost Property", "Owner: Headteacher"), "x.docx", "Lost Property"),
        (
            ("We lose many things.",),
            "Policies/Lost property policy v3 FINAL (2).docx",
            "Lost property policy",
        ),
        (("Next review: May 2027",), "Lost_Property.pdf", "Lost Property"),
        (
            ("This policy was agreed in May 2025.", "Lost Property Procedure"),
            "x.docx",
            "Lost Property Procedure",
        ),
    ],
)
def test_the_title_is_found(lines: tuple[str, ...], name: str, title: str) -> None:
    assert read(*lines, name=name).title == title


def test_a_whole_document_on_one_line_is_read_in_good_time() -> None:
    noise = "We look after each other and review our games every day in 2024. " * 800
    facts = read(f"{noise} Last reviewed: May 2025. Next review: May 2027. {noise}")
    assert facts.next_review is not None
    assert facts.next_review.value == "2027-05"


@pytest.mark.parametrize(
    ("line", "next_review"),
    [
        ("Version: 1 Date for next 2027 review:", "2027"),
        ("Policy details Date of next May 2027 review Headteacher", "2027-05"),
        ("Approved: July 2024Review Date: July 2027Our aims", "2027-07"),
        ("NextReviewDate: May 2027", "2027-05"),
    ],
)
def test_a_label_that_lost_its_shape_on_the_way_is_still_read(line: str, next_review: str) -> None:
    facts = read(line)
    assert facts.next_review is not None
    assert facts.next_review.value == next_review


@pytest.mark.parametrize(
    "cover", ["Lost Property Policy September 2025", "Lost Property Policy (Sept 2025)", "September 2025"]
)
def test_a_date_on_the_cover_is_the_last_update_where_nothing_else_says(cover: str) -> None:
    alone = read("Tillbrook Infant School", cover, "Next review: May 2027")
    assert alone.last_update is not None
    assert alone.last_update.value == "2025-09"
    labelled = read("Tillbrook Infant School", cover, "Last reviewed: May 2025")
    assert labelled.last_update is not None
    assert labelled.last_update.value == "2025-05"


def test_no_review_is_worked_out_from_a_mere_date_on_the_cover() -> None:
    assert (
        read("Lost Property Policy September 2025", "This policy is reviewed annually.").next_review is None
    )


@pytest.mark.parametrize(
    "line",
    [
        "This policy was updated in line with the statutory guidance of September 2023.",
        "The policy will be reviewed following the publication of new guidance in September 2026.",
        "Our policy was amended because of the Data Protection Act in May 2018.",
    ],
)
def test_the_date_of_what_the_policy_follows_is_not_the_policy_s(line: str) -> None:
    facts = read(line)
    assert (facts.last_update, facts.next_review) == (None, None)


def test_sentences_within_a_table_of_actions_give_no_date() -> None:
    table = rows(
        ("Target", "Action", "By when"), ("Ramps", "To be reviewed May 2026", "Plan updated May 2024")
    )
    facts = read(*table)
    assert (facts.last_update, facts.next_review) == (None, None)


def test_an_author_named_in_the_middle_of_a_line_owns_the_policy() -> None:
    assert (
        read("Agreed date: March 2027 Written by: Mrs A. Vale Approved by: Governors").owner == "Mrs A. Vale"
    )
