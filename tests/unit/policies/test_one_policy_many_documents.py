"""Which documents are one policy, which of them counts, and what is said about the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.policy_documents import Block, DocumentText, PolicyFacts, Precision, ReviewCycle, StatedDate
from casework.policy_register import (
    Copy,
    intended_next,
    is_marked_draft,
    name_of_policy,
    same_policies,
    shows_no_later_date,
    sketch_of,
)
from casework.policy_register.closing import next_by_cycle
from casework.policy_register.findings import AskWhom, findings_of
from casework.policy_register.policies import policies_of
from casework.policy_register.record import PolicyRecord
from casework.policy_register.rules import PolicyRules

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ASK = AskWhom(owner="the headteacher", manager="the headteacher")
SCHOOL = frozenset({"tillbrook", "infant"})


def month(year: int, number: int, *, derived: bool = False) -> StatedDate:
    first = date(year, number, 1)
    last = date(year + number // 12, number % 12 + 1, 1).toordinal() - 1
    return StatedDate(
        text=f"{first:%B %Y}",
        value=f"{year}-{number:02d}",
        precision=Precision.MONTH,
        from_=first,
        to=date.fromordinal(last),
        derived=derived,
    )


def record(
    path: str, *, title: str = "Behaviour policy", last: StatedDate | None, following: StatedDate | None
) -> PolicyRecord:
    return PolicyRecord(
        file_id=path,
        path=path,
        etag="1",
        content_sha256=path,
        first_seen_at=NOW,
        read_at=NOW,
        facts=PolicyFacts(
            title=title, owner="Headteacher", last_update=last, next_review=following, cycle=None
        ),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Social Media policy v3 FINAL", "social media Policy"),
        ("Behaviour Policy (2)", "Tillbrook Infant School Behaviour Policy 2024"),
        ("Complaints Procedure - September 2023", "Complaint policy"),
        ("Copy of Uniform policy_DRAFT", "Uniform Policy (approved)"),
    ],
)
def test_versions_and_dates_do_not_make_another_policy(one: str, other: str) -> None:
    assert name_of_policy(one, apart_from=SCHOOL) == name_of_policy(other, apart_from=SCHOOL) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Behaviour policy", "Behaviour principles written statement"),
        ("SEN policy", "SEN information report"),
        ("Attendance policy", "Anti-bullying policy"),
        ("First aid policy", "Medicines policy"),
    ],
)
def test_other_words_do(one: str, other: str) -> None:
    assert name_of_policy(one) != name_of_policy(other)


def text(words: str) -> tuple[int, ...]:
    return sketch_of(DocumentText(name="x.docx", blocks=(Block(cells=(words,)),)))


LONG = " ".join(f"word{number} of the policy on uniform" for number in range(120))


def test_the_same_words_under_another_title_are_one_policy() -> None:
    copies = (
        Copy("a", name_of_policy("Uniform policy"), text(LONG)),
        Copy("b", name_of_policy("What we wear"), text(LONG + " and a last line")),
        Copy("c", name_of_policy("Attendance"), text("quite another text about coming to school every day")),
    )
    assert sorted(same_policies(copies)) == [("a", "b"), ("c",)]


@given(st.lists(st.tuples(st.sampled_from(["uniform", "attendance", ""]), st.integers(0, 3)), max_size=12))
def test_every_document_stands_in_one_group_and_the_order_does_not_matter(
    given_ones: list[tuple[str, int]],
) -> None:
    copies = tuple(
        Copy(str(number), name, text(LONG * sketch)) for number, (name, sketch) in enumerate(given_ones)
    )
    groups = {frozenset(group) for group in same_policies(copies)}
    assert sorted(key for group in groups for key in group) == sorted(copy.key for copy in copies)
    assert groups == {frozenset(group) for group in same_policies(tuple(reversed(copies)))}


def test_the_newest_copy_counts_unless_it_is_a_draft() -> None:
    old = record("Behaviour.docx", last=month(2022, 10), following=month(2024, 10))
    new = record("Behaviour FINAL (2).docx", last=month(2024, 10), following=month(2026, 10))
    draft = record("Behaviour DRAFT.docx", last=month(2026, 10), following=month(2028, 10))
    assert is_marked_draft(draft.path)

    (policy,) = policies_of((old, draft, new))

    assert policy.leader is new
    (finding_old, finding_draft) = [
        finding
        for finding in findings_of(policy, rules=PolicyRules(), ask=ASK)
        if finding.startswith("Another copy")
    ]
    assert 'last update "October 2022" and next review "October 2024"' in finding_old
    assert '"Behaviour DRAFT.docx"' in finding_draft
    assert finding_old.endswith("Ask the headteacher whether that is right, and to take the other away.")


def test_a_word_file_and_its_pdf_are_no_duplicate_but_two_word_files_are() -> None:
    word, pdf, twice = (
        record(path, last=month(2024, 10), following=month(2026, 10))
        for path in ("Behaviour.docx", "Behaviour.pdf", "Behaviour (2).docx")
    )
    (pair,) = policies_of((word, pdf))
    assert findings_of(pair, rules=PolicyRules(), ask=ASK) == ()
    (both,) = policies_of((word, twice))
    assert any("second copy" in finding for finding in findings_of(both, rules=PolicyRules(), ask=ASK))


@pytest.mark.parametrize(
    ("name", "is_odd"),
    [
        ("Behaviour 2024.docx", False),
        ("Behaviour Oct 2026.docx", False),
        ("Behaviour 2019.docx", True),
        ("Behaviour_September_2025.docx", True),
        ("Behaviour v3.docx", False),
    ],
)
def test_a_year_in_the_file_s_name_that_the_text_does_not_know_is_a_finding(
    name: str, *, is_odd: bool
) -> None:
    (policy,) = policies_of((record(name, last=month(2024, 10), following=month(2026, 10)),))
    found = findings_of(policy, rules=PolicyRules(), ask=ASK)
    assert any("The file's name" in finding for finding in found) is is_odd


def test_a_policy_keeps_its_identity_through_versions_and_losses() -> None:
    old = record("Behaviour.docx", last=month(2022, 10), following=month(2024, 10))
    later = replace(
        record("Behaviour 2.docx", last=month(2024, 10), following=month(2026, 10)),
        first_seen_at=datetime(2027, 1, 5, 9, tzinfo=UTC),
    )
    (before,) = policies_of((old,))
    (after,) = policies_of((replace(old, removed=True, told=("2024-10-31/7-days-over",)), later))
    assert before.identity == after.identity
    assert after.leader is later
    assert after.told == {"2024-10-31/7-days-over"}


def test_the_next_review_counts_from_the_day_that_was_meant() -> None:
    late = PolicyFacts(
        title="Behaviour policy",
        owner=None,
        last_update=month(2026, 11),
        next_review=month(2027, 11, derived=True),
        cycle=ReviewCycle(text="annually", months=12),
    )
    counted = intended_next(late, was_due=date(2026, 9, 30)).next_review
    assert counted is not None
    assert (counted.value, counted.to, counted.derived) == ("2027-09", date(2027, 9, 30), True)

    early = replace(late, last_update=month(2026, 7), next_review=month(2027, 7, derived=True))
    assert intended_next(early, was_due=date(2026, 9, 30)) == early
    stated = replace(late, next_review=month(2027, 11))
    assert intended_next(stated, was_due=date(2026, 9, 30)) == stated
    assert intended_next(late, was_due=None) == late


def test_the_suggested_next_review_lies_ahead_and_on_the_old_beat() -> None:
    overdue = PolicyFacts(
        title="Behaviour policy",
        owner=None,
        last_update=month(2021, 9),
        next_review=month(2023, 9),
        cycle=ReviewCycle(text="every two years", months=24),
    )
    assert next_by_cycle(overdue, not_before=date(2026, 11, 23)) == date(2027, 9, 30)
    assert next_by_cycle(replace(overdue, cycle=None), not_before=date(2026, 11, 23)) is None


def test_an_update_that_kept_the_old_review_date_is_noticed() -> None:
    before = PolicyFacts(
        title="B", owner=None, last_update=month(2024, 10), next_review=month(2026, 10), cycle=None
    )
    assert shows_no_later_date(before, replace(before, last_update=month(2026, 11)))
    assert not shows_no_later_date(before, before)
    closed = replace(before, last_update=month(2026, 11), next_review=month(2028, 11))
    assert not shows_no_later_date(before, closed)
