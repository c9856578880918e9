"""What every journal promises: transactions, sightings, cases, letters, policies, cursors, the event log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.cases import CaseReference
from casework.letters import LetterState
from casework.marks import WAITS, MarkKind
from casework.records import SightingState
from casework.waiting import Wait
from connectors.journal import SqlJournal
from tests.journals import CASE, MONDAY, case, letter, policy, sighting


class TrialError(Exception):
    """Raised by a test in the middle of a transaction."""


# --- transactions ---------------------------------------------------------------------------------


def test_a_transaction_that_fails_leaves_nothing(journal: SqlJournal) -> None:
    def open_a_case_and_fail() -> None:
        with journal.transaction() as records:
            records.cases.save(case())
            records.events.append("case.opened", at=MONDAY, case=CASE)
            raise TrialError

    with pytest.raises(TrialError):
        open_a_case_and_fail()
    with journal.transaction() as records:
        assert records.cases.all() == ()
        assert records.events.head() is None


def test_a_second_transaction_inside_the_first_is_named_as_the_mistake_that_it_is(
    journal: SqlJournal,
) -> None:
    with journal.transaction(), pytest.raises(RuntimeError, match="inside a transaction"):
        journal.transaction().__enter__()
    with journal.transaction() as records:
        assert records.cases.all() == ()


def test_what_was_committed_is_there_for_the_next_process(
    journal: SqlJournal, open_school: Callable[..., SqlJournal]
) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
    with open_school().transaction() as records:
        assert records.cases.get(CASE) == case()


def test_schools_in_one_journal_do_not_see_each_other(open_school: Callable[..., SqlJournal]) -> None:
    tillbrook, westmere = open_school("TIS"), open_school("WES")
    with tillbrook.transaction() as records:
        records.cases.save(case())
        records.sightings.save(sighting())
        records.letters.save(letter())
        records.policies.save(policy())
        records.cursors.put("inbox", "token")
        records.events.append("case.opened", at=MONDAY, case=CASE)
        records.outbox.plan(key="k", kind="OpenCase", payload={}, case=CASE, group="")
    with westmere.transaction() as records:
        assert records.cases.all() == ()
        assert records.policies.all() == ()
        assert records.outbox_view.unfinished() == ()
        assert records.sightings.get("mail/AAA=") is None
        assert records.letters.by_token("k3f9") is None
        assert records.cursors.get("inbox") is None
        assert records.events.head() is None
        assert records.outbox.plan(key="k", kind="OpenCase", payload={}, case=None, group="")
        assert records.cases.next_reference("WES", 2026) == "WES-2026-0001"


# --- sightings ------------------------------------------------------------------------------------


def test_a_sighting_comes_back_as_it_was_saved(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.sightings.save(sighting())
        assert records.sightings.get("mail/AAA=") == sighting()
        assert records.sightings.get("mail/BBB=") is None


def test_saving_a_sighting_again_replaces_it(journal: SqlJournal) -> None:
    done = sighting(state=SightingState.DONE, case=CASE, attempts=1, facts={})
    with journal.transaction() as records:
        records.sightings.save(sighting())
        records.sightings.save(done)
        assert records.sightings.get("mail/AAA=") == done
        assert records.sightings.of_case(CASE) == (done,)


def test_the_first_report_of_a_case_is_the_one_that_came_first(journal: SqlJournal) -> None:
    later = sighting("mail/1", case=CASE, received_at=MONDAY + timedelta(hours=2))
    first = sighting("mail/2", case=CASE, received_at=MONDAY + timedelta(hours=1))
    own = sighting("own/3", case=CASE, kind="own", internet_message_id="own-3@tillbrook.example")
    with journal.transaction() as records:
        for one in (later, first, own):
            records.sightings.save(one)
        assert records.sightings.first_of_case(CASE, "report") == first
        assert records.sightings.first_of_case(CASE, "reply") is None
        assert records.sightings.first_of_case(CaseReference("TIS-2026-0999"), "report") is None


def test_the_same_mail_by_two_routes_is_found_by_its_fingerprint_oldest_first(journal: SqlJournal) -> None:
    first, second = sighting("mail/1"), sighting("mail/2", seen_at=MONDAY + timedelta(hours=1))
    with journal.transaction() as records:
        records.sightings.save(first)
        records.sightings.save(second)
        assert records.sightings.find_same(fingerprint="cd" * 32) == first
        assert records.sightings.find_same(fingerprint="00" * 32) is None


def test_a_message_id_is_compared_only_if_given(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.sightings.save(sighting("drop/1", internet_message_id="", fingerprint="11" * 32))
        records.sightings.save(sighting("mail/2", fingerprint="22" * 32))
        assert records.sightings.find_same() is None
        assert records.sightings.find_same(fingerprint="33" * 32) is None
        same = records.sightings.find_same(internet_message_id=" <Report-1@Tillbrook.example>")
        assert same is not None
        assert same.key == "mail/2"


def test_those_that_wait_are_told_by_kind_in_the_order_of_receipt(journal: SqlJournal) -> None:
    late = sighting("mail/late", kind="reply", state=SightingState.WAITING)
    early = replace(late, key="mail/early", received_at=MONDAY - timedelta(days=1))
    other = replace(late, key="mail/other", kind="bounce")
    stuck = replace(late, key="mail/stuck", state=SightingState.NEEDS_A_PERSON, problem="no text")
    with journal.transaction() as records:
        for each in (late, early, other, stuck):
            records.sightings.save(each)
        assert records.sightings.waiting("reply") == (early, late)
        assert records.sightings.needing_a_person() == (stuck,)


def test_a_reply_with_very_many_references_finds_its_report(journal: SqlJournal) -> None:
    ids = tuple(f"<old-{number}@example.net>" for number in range(40_000))
    with journal.transaction() as records:
        records.sightings.save(sighting())
        found = records.sightings.with_message_ids((*ids, "", "<Report-1@tillbrook.example>"))
        assert found == (sighting(),)
        assert records.sightings.with_message_ids(("", "<>")) == ()


def test_half_characters_and_nuls_of_a_broken_mail_are_no_obstacle(journal: SqlJournal) -> None:
    broken = sighting(
        "mail/\udc80", fingerprint="a\x00\udcff", facts={"words": ["\ud800\x00"]}, sender="\udce9@x"
    )
    with journal.transaction() as records:
        records.sightings.save(broken)
        records.sightings.save(broken)
        found = records.sightings.find_same(fingerprint="a\x00\udcff")
        assert found is not None
        assert found.facts == broken.facts
        assert records.sightings.get("mail/\udc80") == found


# --- cases ----------------------------------------------------------------------------------------


def test_case_numbers_count_up_and_begin_again_each_calendar_year(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        given = [records.cases.next_reference("TIS", year) for year in (2026, 2026, 2027, 2026)]
    assert given == ["TIS-2026-0001", "TIS-2026-0002", "TIS-2027-0001", "TIS-2026-0003"]


def test_reserved_numbers_are_never_allotted(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cases.reserve("TIS", 2026, 41)
        records.cases.reserve("TIS", 2026, 7)
        assert records.cases.next_reference("TIS", 2026) == "TIS-2026-0042"
        records.cases.reserve("TIS", 2026, 12)
        assert records.cases.next_reference("TIS", 2026) == "TIS-2026-0043"
        assert records.cases.next_reference("TIS", 2027) == "TIS-2027-0001"


def test_case_numbers_pass_nine_thousand_nine_hundred_and_ninety_nine(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cases.reserve("TIS", 2026, 9999)
        assert records.cases.next_reference("TIS", 2026) == "TIS-2026-10000"


def test_a_case_is_found_by_its_row_in_the_register(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        records.cases.save(case())
        assert records.cases.by_item("12") is None
        records.cases.save(case(item_id="12", says="Waiting for the talk."))
        assert records.cases.by_item("12") == case(item_id="12", says="Waiting for the talk.")


def test_closed_cases_are_kept_but_not_open(journal: SqlJournal) -> None:
    older = case("TIS-2026-0006", reported_at=MONDAY - timedelta(days=3))
    closed = case("TIS-2026-0005", closed_at=MONDAY, reported_at=MONDAY - timedelta(days=9))
    with journal.transaction() as records:
        for each in (case(), older, closed):
            records.cases.save(each)
        assert records.cases.open() == (older, case())
        assert records.cases.all() == (closed, older, case())
        records.cases.save(replace(closed, closed_at=None))
        assert len(records.cases.open()) == 3


# --- letters and policies -------------------------------------------------------------------------


def test_all_versions_of_a_cases_letters_come_oldest_first(journal: SqlJournal) -> None:
    first, second = letter("z/1"), letter("a/2", version=2, token="zz22")
    elsewhere = letter("b/1", case=CaseReference("TIS-2026-0008"), token="yy11")
    with journal.transaction() as records:
        for each in (first, second, elsewhere):
            records.letters.save(each)
        replaced = replace(first, state=LetterState.SUPERSEDED, reason="asked for a change")
        records.letters.save(replaced)
        assert records.letters.get("z/1") == replaced
        assert records.letters.of_case(CASE) == (replaced, second)
        assert records.letters.open() == (second, elsewhere)


def test_a_token_names_the_newest_letter_that_carries_it(journal: SqlJournal) -> None:
    first, second = letter("a/1", state=LetterState.SUPERSEDED), letter("a/2", version=2)
    with journal.transaction() as records:
        records.letters.save(letter("a/0", token=""))
        records.letters.save(first)
        records.letters.save(second)
        records.letters.save(first)
        assert records.letters.by_token("k3f9") == second
        assert records.letters.by_token("m2pq") is None
        assert records.letters.by_token("") is None


def test_letters_sent_since_a_moment(journal: SqlJournal) -> None:
    sent = [
        letter(f"a/{day}", state=LetterState.SENT, sent_at=MONDAY + timedelta(days=day)) for day in (2, 0, 1)
    ]
    with journal.transaction() as records:
        for each in (*sent, letter()):
            records.letters.save(each)
        assert records.letters.sent_since(MONDAY + timedelta(days=1)) == (sent[2], sent[0])


def test_policy_records_come_back_by_path_and_can_be_forgotten(journal: SqlJournal) -> None:
    later, unreadable = policy(path="Z.docx"), policy("02", path="A.pdf", facts=None, problem="scanned")
    with journal.transaction() as records:
        records.policies.save(later)
        records.policies.save(unreadable)
        assert records.policies.get("01ABC") == later
        assert records.policies.all() == (unreadable, later)
        records.policies.forget("02")
        records.policies.forget("02")
        assert records.policies.all() == (later,)
        records.policies.save(unreadable)
        assert records.policies.get("02") == unreadable


def test_cursors_are_put_replaced_and_forgotten(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        assert records.cursors.get("inbox") is None
        records.cursors.put("inbox", "https://graph.example/delta?token=1")
        records.cursors.put("inbox", "2")
        records.cursors.put("drop", "")
        assert (records.cursors.get("inbox"), records.cursors.get("drop")) == ("2", "")
        records.cursors.forget("inbox")
        records.cursors.forget("inbox")
        assert records.cursors.get("inbox") is None


# --- the event log --------------------------------------------------------------------------------


def test_events_are_numbered_from_one_without_gaps_even_after_a_failure(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        first = records.events.append("case.opened", at=MONDAY, case=CASE, number=7)

    def log_and_fail() -> None:
        with journal.transaction() as records:
            records.events.append("letter.sent", at=MONDAY)
            raise TrialError

    with pytest.raises(TrialError):
        log_and_fail()
    with journal.transaction() as records:
        second = records.events.append("letter.drafted", at=MONDAY + timedelta(hours=1), kinds=["a", "b"])
        assert (first.number, second.number) == (1, 2)
        assert records.events.head() == second
        assert records.events.of_case(CASE) == (first,)
        assert records.events.since(MONDAY + timedelta(minutes=1)) == (second,)
        assert records.events.first_broken_link() is None
    assert first.chain != second.chain


def test_an_empty_log_holds(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        assert records.events.head() is None
        assert records.events.first_broken_link() is None
    assert journal.verify().holds


def test_an_address_never_gets_into_the_log(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        event = records.events.append(
            "mail.sent", at=MONDAY, to="Robin <robin@example.org>", more=["x", "head@tillbrook.example"]
        )
        assert event.fields == {"to": "Robin <(address)>", "more": ["x", "(address)"]}
        assert records.events.head() == event


@pytest.mark.parametrize("field", ["x" * 201, ["x" * 201], {"a": 1}, [["a"]]])
def test_the_log_takes_short_facts_only(journal: SqlJournal, field: object) -> None:
    with journal.transaction() as records:
        with pytest.raises(ValueError, match="field"):
            records.events.append("case.opened", at=MONDAY, field=field)  # type: ignore[arg-type]  # the mistake
        with pytest.raises(ValueError, match=r"noun\.past"):
            records.events.append("Opened the case", at=MONDAY)
        assert records.events.head() is None


def test_a_moment_without_a_time_zone_is_refused(journal: SqlJournal) -> None:
    with journal.transaction() as records, pytest.raises(ValueError, match="time zone"):
        records.cases.save(case(reported_at=MONDAY.replace(tzinfo=None)))


def test_open_cases_are_counted_as_they_are_read(journal: SqlJournal) -> None:
    with journal.transaction() as records:
        for number in range(1, 4):
            records.cases.save(case(CaseReference(f"TIS-2026-000{number}")))
        records.cases.save(replace(case(CaseReference("TIS-2026-0004")), closed_at=MONDAY))

        assert records.cases.number_open() == len(records.cases.open()) == 3


def test_cases_that_wait_for_others_are_counted_among_the_open_ones(journal: SqlJournal) -> None:
    over = (Wait(since=date(2026, 10, 20), until=date(2026, 11, 3)),)
    waiting = (*over, Wait(since=date(2026, 11, 4)))
    with journal.transaction() as records:
        for number, waits in enumerate(((), over, waiting), start=1):
            records.cases.save(case(CaseReference(f"TIS-2026-000{number}"), waits=waits))
        closed = case(CaseReference("TIS-2026-0004"), waits=waiting, closed_at=MONDAY)
        records.cases.save(closed)

        assert records.counts.waiting_cases() == 1
    with journal.transaction() as records:
        records.cases.save(replace(closed, closed_at=None))
        records.cases.save(case(CaseReference("TIS-2026-0001"), waits=waiting))
        assert records.counts.waiting_cases() == 3
        found = records.marks.shared(MarkKind.WAITING, [WAITS])
        assert sorted(found) == ["TIS-2026-0001", "TIS-2026-0003", "TIS-2026-0004"]
    with journal.transaction() as records:
        for reference in ("TIS-2026-0001", "TIS-2026-0003"):
            records.cases.save(case(CaseReference(reference), waits=over))

        assert records.counts.waiting_cases() == 1
