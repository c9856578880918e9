"""The register of policies: when a review is due, who is reminded when, and what ends the reminders."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.policy_documents import PolicyFacts, Precision, ReviewCycle, StatedDate
from casework.policy_register import (
    PolicyStatus,
    closes,
    days_overdue,
    due_questions,
    due_rungs,
    owner_role,
    register_fields,
    review_rungs,
    review_status,
)

DUE = date(2023, 9, 30)


def stated(year: int, month: int, last_day: int) -> StatedDate:
    return StatedDate(
        text=f"{date(year, month, 1):%B %Y}",
        value=f"{year}-{month:02d}",
        precision=Precision.MONTH,
        from_=date(year, month, 1),
        to=date(year, month, last_day),
    )


SEPTEMBER_2021, SEPTEMBER_2023, SEPTEMBER_2025 = (stated(year, 9, 30) for year in (2021, 2023, 2025))


def facts(
    next_review: StatedDate | None = SEPTEMBER_2023, *, last_update: StatedDate | None = SEPTEMBER_2021
) -> PolicyFacts:
    return PolicyFacts(
        title="Behaviour Policy",
        owner="Headteacher",
        last_update=last_update,
        next_review=next_review,
        cycle=None,
    )


@pytest.mark.parametrize(
    ("today", "status", "over"),
    [
        (date(2023, 7, 1), PolicyStatus.CURRENT, 0),
        (date(2023, 7, 2), PolicyStatus.DUE_SOON, 0),
        (date(2023, 9, 30), PolicyStatus.DUE_SOON, 0),
        (date(2023, 10, 1), PolicyStatus.OVERDUE, 1),
        (date(2026, 11, 22), PolicyStatus.OVERDUE, 1149),
    ],
)
def test_a_review_in_a_month_is_due_on_its_last_day(today: date, status: PolicyStatus, over: int) -> None:
    assert review_status(SEPTEMBER_2023, today=today) is status
    assert days_overdue(SEPTEMBER_2023, today=today) == over


def test_a_policy_without_a_date_is_never_overdue_and_never_current() -> None:
    words = StatedDate(text="TBC", value=None, precision=Precision.NONE)
    for missing in (None, words):
        assert review_status(missing, today=DUE) is PolicyStatus.NO_DATE
        assert days_overdue(missing, today=DUE) == 0


def test_the_owner_is_reminded_before_the_day_on_it_and_every_week_after() -> None:
    ladder = list(review_rungs(DUE, until=DUE + timedelta(days=28)))
    days = [(rung.due - DUE).days for rung in ladder]
    assert days == [-90, -60, -30, -14, -7, 0, 7, 14, 21, 28]
    assert all(rung.roles == ("owner",) for rung in ladder)


def test_the_headteacher_the_clerk_and_the_chair_are_told_in_turn() -> None:
    told = {
        (rung.due - DUE).days: rung.roles[1:] for rung in review_rungs(DUE, until=DUE + timedelta(days=100))
    }
    assert told[28] == ()
    assert told[30] == ("headteacher",)
    assert told[60] == ("headteacher", "clerk")
    assert told[90] == told[98] == ("headteacher", "clerk", "chair")


def test_the_reminders_never_end_by_themselves() -> None:
    ladder = list(review_rungs(DUE, until=date(2033, 9, 30)))
    gaps = {(later.due - earlier.due).days for earlier, later in pairwise(ladder[5:])}
    assert max(gaps) == 7


def test_after_weeks_of_darkness_one_reminder_goes_out_not_ten() -> None:
    (rung,) = due_rungs(DUE, today=date(2026, 11, 22))
    assert rung.due == date(2026, 11, 21)
    assert due_rungs(DUE, today=date(2026, 11, 22), already=frozenset({rung.name})) == ()


def test_nothing_is_due_long_before_the_review() -> None:
    assert due_rungs(DUE, today=date(2023, 7, 1)) == ()


@given(days=st.lists(st.integers(min_value=-120, max_value=400), min_size=1, max_size=60))
def test_however_the_days_fall_no_rung_is_climbed_twice_and_none_early(days: list[int]) -> None:
    already: frozenset[str] = frozenset()
    for offset in sorted(days):
        today = DUE + timedelta(days=offset)
        rungs = due_rungs(DUE, today=today, already=already)
        assert len(rungs) <= 1
        for rung in rungs:
            assert rung.due <= today
            assert rung.name not in already
            already |= {rung.name}


def test_a_policy_without_a_date_is_asked_about_every_week() -> None:
    first = date(2026, 9, 7)
    asked: list[date] = []
    already: frozenset[str] = frozenset()
    for offset in range(22):
        for question in due_questions(first, today=first + timedelta(days=offset), already=already):
            already |= {question.name}
            asked.append(first + timedelta(days=offset))
    assert asked == [first, date(2026, 9, 14), date(2026, 9, 21), date(2026, 9, 28)]
    assert due_questions(first, today=date(2026, 9, 6)) == ()


def test_a_newer_document_with_a_later_review_closes_the_old_one() -> None:
    newer = facts(SEPTEMBER_2025, last_update=SEPTEMBER_2023)
    assert closes(facts(), newer)


@pytest.mark.parametrize(
    ("why", "newer"),
    [
        ("the same words again", facts()),
        ("an older version", facts(SEPTEMBER_2021)),
        ("a document that lost its date", facts(None)),
        ("a later review on an older update", facts(SEPTEMBER_2025, last_update=stated(2019, 9, 30))),
    ],
)
def test_nothing_else_closes_a_review(why: str, newer: PolicyFacts) -> None:
    assert not closes(facts(), newer), why


@pytest.mark.parametrize(
    ("owner", "role"),
    [
        ("Headteacher", "headteacher"),
        ("Head Teacher", "headteacher"),
        ("Mrs A. Vale (Headteacher)", "headteacher"),
        ("Principal", "headteacher"),
        ("Deputy Headteacher", "deputy"),
        ("Assistant Head (Pastoral)", "deputy"),
        ("SENDCo", "senco"),
        ("SEN Co-ordinator", "senco"),
        ("Chair of Governors", "chair"),
        ("Clerk to the Governors", "clerk"),
        ("Designated Safeguarding Lead", "safeguarding_lead"),
        ("School Business Manager", "business_manager"),
        ("School Office", "office"),
        ("Head of English", None),
        ("Mrs T. Oak", None),
        ("", None),
        (None, None),
    ],
)
def test_an_owner_s_words_name_a_role_or_none(owner: str | None, role: str | None) -> None:
    assert owner_role(owner) == role


def test_the_columns_say_what_the_document_says() -> None:
    columns = register_fields(document="Policies/Behaviour.docx", facts=facts(), today=date(2023, 10, 1))
    assert columns == {
        "Title": "Behaviour Policy",
        "Document": "Policies/Behaviour.docx",
        "Owner": "Headteacher",
        "LastUpdate": "September 2021",
        "NextReview": date(2023, 9, 30),
        "NextReviewText": "September 2023",
        "Precision": "month",
        "Status": "overdue",
        "Findings": "",
        "Cycle": "",
    }


def test_a_review_that_was_worked_out_is_marked_so() -> None:
    derived = StatedDate(
        text="September 2021, every two years",
        value="2023-09",
        precision=Precision.MONTH,
        from_=date(2023, 9, 1),
        to=DUE,
        derived=True,
    )
    cycle = ReviewCycle(text="every two years", months=24)
    found = PolicyFacts(title="Lettings", owner=None, last_update=None, next_review=derived, cycle=cycle)
    columns = register_fields(document="Lettings.docx", facts=found, today=DUE)
    assert columns["NextReviewText"] == "2023-09 (worked out from September 2021, every two years)"
    assert columns["Cycle"] == "every two years"


def test_a_document_that_cannot_be_read_has_a_row_that_says_why() -> None:
    columns = register_fields(document="Policies/Uniform.pdf", facts=None, today=DUE, problem="it is a scan")
    assert (columns["Title"], columns["Status"], columns["Findings"]) == (
        "Uniform",
        "unreadable",
        "it is a scan",
    )
