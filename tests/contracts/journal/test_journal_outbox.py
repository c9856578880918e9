"""What every journal promises of its outbox: each intent once, one holder at a time, nothing forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.records import OutboxState, PlannedEffect
from connectors.journal import SqlJournal, SqlTransaction
from tests.journals import CASE, SettableClock

LEASE = timedelta(minutes=5)


def plan(records: SqlTransaction, key: str, group: str = "") -> bool:
    return records.outbox.plan(key=key, kind="SendReminder", payload={"rung": key}, case=CASE, group=group)


def planned(journal: SqlJournal, *keys: str, group: str = "") -> None:
    with journal.transaction() as records:
        for key in keys:
            assert plan(records, key, group)


def claim(journal: SqlJournal) -> PlannedEffect | None:
    with journal.transaction() as records:
        return records.outbox.claim(lease=LEASE)


def claimed_keys(journal: SqlJournal) -> list[str]:
    keys = []
    while (effect := claim(journal)) is not None:
        keys.append(effect.key)
    return keys


def unfinished(journal: SqlJournal) -> bool:
    with journal.transaction() as records:
        return bool(records.outbox_view.unfinished())


def state_of(journal: SqlJournal, key: str) -> OutboxState:
    with journal.transaction() as records:
        effect = records.outbox.get(key)
    assert effect is not None
    return effect.state


def test_an_intent_is_planned_once_whatever_became_of_it(journal: SqlJournal) -> None:
    planned(journal, "a", "b")
    with journal.transaction() as records:
        assert not records.outbox.plan(key="a", kind="Other", payload={"new": 1}, case=None, group="g")
        records.outbox.finish("a")
        records.outbox_view.cancel("b")
        assert not plan(records, "a")
        assert not plan(records, "b")
        kept = records.outbox.get("a")
    assert kept is not None
    assert (kept.kind, kept.payload, kept.case, kept.state) == (
        "SendReminder",
        {"rung": "a"},
        CASE,
        OutboxState.DONE,
    )


def test_a_case_is_under_way_until_the_last_of_its_effects_is_done(journal: SqlJournal) -> None:
    planned(journal, "a", "b")
    with journal.transaction() as records:
        records.outbox.plan(key="other", kind="SendReminder", payload={}, case=None, group="")
    assert claim(journal) is not None
    for left in ({CASE}, set()):
        with journal.transaction() as records:
            assert records.outbox_view.cases_under_way() == {CASE}
            records.outbox.finish("a" if left else "b")
            assert records.outbox_view.cases_under_way() == left


def test_effects_are_claimed_in_the_order_of_planning(journal: SqlJournal) -> None:
    planned(journal, "c", "a", "b")
    first = claim(journal)
    assert first is not None
    assert (first.key, first.number, first.state, first.attempts) == ("c", 1, OutboxState.CLAIMED, 0)
    assert claimed_keys(journal) == ["a", "b"]


def test_an_effect_is_held_by_one_until_its_lease_runs_out(
    journal: SqlJournal, open_school: Callable[..., SqlJournal], machine_clock: SettableClock
) -> None:
    planned(journal, "a")
    other = open_school()
    assert claim(journal) is not None
    machine_clock.pass_by(minutes=4, seconds=59)
    assert claim(other) is None
    machine_clock.pass_by(seconds=1)
    again = claim(other)
    assert again is not None
    assert (again.key, again.attempts) == ("a", 1)


def test_after_a_crash_the_effect_comes_back_with_what_was_noted(
    journal: SqlJournal, open_school: Callable[..., SqlJournal], machine_clock: SettableClock
) -> None:
    planned(journal, "a")
    claim(journal)
    with journal.transaction() as records:
        records.outbox.note("a", {"draft_id": "D1", "step": 1})
        records.outbox.note("a", {"step": 2})
    machine_clock.pass_by(hours=1)
    again = claim(open_school())
    assert again is not None
    assert again.progress == {"draft_id": "D1", "step": 2}


def test_a_group_keeps_its_order_and_does_not_hold_up_others(
    journal: SqlJournal, machine_clock: SettableClock
) -> None:
    planned(journal, "g1", "g2", group="case 7")
    planned(journal, "h1", group="case 8")
    planned(journal, "free1", "free2")
    assert claimed_keys(journal) == ["g1", "h1", "free1", "free2"]
    with journal.transaction() as records:
        records.outbox.postpone("g1", wait=timedelta(minutes=1), problem="busy")
    assert claim(journal) is None
    machine_clock.pass_by(minutes=1)
    assert claimed_keys(journal) == ["g1"]
    with journal.transaction() as records:
        records.outbox.finish("g1")
    assert claimed_keys(journal) == ["g2"]


def test_what_is_next_is_claimed_as_what_was_before_it_is_done(journal: SqlJournal) -> None:
    planned(journal, "first", "second", group="one case")
    claim(journal)
    with journal.transaction() as records:
        records.outbox.finish("first")
        following = records.outbox.claim(lease=LEASE)
    assert following is not None
    assert (following.key, following.attempts) == ("second", 0)
    assert claim(journal) is None


def _finish_and_break_off(records: SqlTransaction) -> None:
    records.outbox.finish("first")
    assert records.outbox.claim(lease=LEASE)
    raise OSError("the disk is full")


def test_where_that_cannot_be_kept_nothing_is_done_and_nothing_claimed(journal: SqlJournal) -> None:
    planned(journal, "first", "second", group="one case")
    claim(journal)
    with pytest.raises(OSError, match="disk"), journal.transaction() as records:
        _finish_and_break_off(records)
    with journal.transaction() as records:
        records.outbox_view.release_claims()
        again = records.outbox.claim(lease=LEASE)
    assert again is not None
    assert (again.key, again.attempts) == ("first", 1)


def test_an_effect_that_needs_a_person_does_not_hold_up_its_group(journal: SqlJournal) -> None:
    planned(journal, "g1", "g2", group="case 7")
    claim(journal)
    with journal.transaction() as records:
        records.outbox.give_up("g1", problem="no such mailbox")
        waiting = records.outbox_view.needing_a_person()
    assert [(effect.key, effect.problem, effect.attempts) for effect in waiting] == [
        ("g1", "no such mailbox", 1)
    ]
    assert claimed_keys(journal) == ["g2"]


def test_a_postponed_effect_waits_and_keeps_its_problem(
    journal: SqlJournal, machine_clock: SettableClock
) -> None:
    planned(journal, "a")
    claim(journal)
    with journal.transaction() as records:
        records.outbox.postpone("a", wait=timedelta(seconds=30), problem="HTTP 503")
    machine_clock.pass_by(seconds=29)
    assert claim(journal) is None
    machine_clock.pass_by(seconds=1)
    again = claim(journal)
    assert again is not None
    assert (again.attempts, again.problem) == (1, "HTTP 503")


def test_a_holder_whose_lease_ran_out_cannot_give_back_what_another_took(
    journal: SqlJournal, open_school: Callable[..., SqlJournal], machine_clock: SettableClock
) -> None:
    planned(journal, "a")
    claim(journal)
    machine_clock.pass_by(minutes=6)
    claim(open_school())
    with journal.transaction() as records:
        records.outbox.note("a", {"draft_id": "stale"})
        records.outbox.give_up("a", problem="late")
        records.outbox.postpone("a", wait=timedelta(0), problem="late")
        effect = records.outbox.get("a")
    assert effect is not None
    assert (effect.state, effect.progress, effect.problem) == (OutboxState.CLAIMED, {}, "")


def test_what_a_late_holder_has_done_is_done(
    journal: SqlJournal, open_school: Callable[..., SqlJournal], machine_clock: SettableClock
) -> None:
    planned(journal, "a")
    claim(journal)
    machine_clock.pass_by(minutes=6)
    other = open_school()
    claim(other)
    with journal.transaction() as records:
        records.outbox.finish("a")
    with other.transaction() as records:
        records.outbox.postpone("a", wait=timedelta(0), problem="late")
    assert state_of(journal, "a") is OutboxState.DONE
    machine_clock.pass_by(days=1)
    assert claim(journal) is None


def test_only_an_intent_that_was_not_begun_can_be_cancelled(
    journal: SqlJournal, machine_clock: SettableClock
) -> None:
    planned(journal, "untouched", "begun")
    with journal.transaction() as records:
        assert records.outbox_view.cancel("untouched")
        assert not records.outbox_view.cancel("untouched")
        assert not records.outbox_view.cancel("unknown")
    claim(journal)
    with journal.transaction() as records:
        assert not records.outbox_view.cancel("begun")
        records.outbox.postpone("begun", wait=timedelta(0), problem="busy")
        assert not records.outbox_view.cancel("begun")
    assert state_of(journal, "untouched") is OutboxState.CANCELLED
    assert claimed_keys(journal) == ["begun"]


def test_a_cancelled_effect_does_not_hold_up_its_group(journal: SqlJournal) -> None:
    planned(journal, "g1", "g2", group="case 7")
    with journal.transaction() as records:
        records.outbox_view.cancel("g1")
    assert claimed_keys(journal) == ["g2"]


def test_a_person_can_have_an_effect_tried_again(journal: SqlJournal) -> None:
    planned(journal, "a")
    claim(journal)
    with journal.transaction() as records:
        assert not records.outbox_view.retry("a")
        records.outbox.give_up("a", problem="no such mailbox")
        assert records.outbox_view.retry("a")
        assert not records.outbox_view.retry("unknown")
        assert [effect.key for effect in records.outbox_view.unfinished()] == ["a"]
    again = claim(journal)
    assert again is not None
    assert again.attempts == 1


def test_claims_of_a_process_that_died_are_given_back_without_waiting(journal: SqlJournal) -> None:
    planned(journal, "a", "b", "c")
    claim(journal)
    claim(journal)
    with journal.transaction() as records:
        records.outbox.finish("a")
        assert records.outbox_view.release_claims() == 1
    again = claim(journal)
    assert again is not None
    assert (again.key, again.attempts) == ("b", 1)


def test_what_a_clock_of_2099_put_off_is_tried_again_once_the_clock_is_right(
    journal: SqlJournal, machine_clock: SettableClock
) -> None:
    planned(journal, "a", "b")
    right = machine_clock.now
    machine_clock.now = right.replace(year=2099)
    claim(journal)
    with journal.transaction() as records:
        records.outbox.postpone("a", wait=timedelta(minutes=1), problem="no network")

    machine_clock.now = right
    with journal.transaction() as records:
        records.outbox_view.release_claims()
    assert claimed_keys(journal) == ["a", "b"]

    with journal.transaction() as records:
        records.outbox.finish("a")
        records.outbox.postpone("b", wait=timedelta(minutes=10), problem="no network")
        records.outbox_view.release_claims()
    assert claim(journal) is None, "an ordinary wait goes on"


def test_hosts_that_claim_at_once_never_get_the_same_effect(
    journal: SqlJournal, open_school: Callable[..., SqlJournal]
) -> None:
    planned(journal, *(f"k/{number}" for number in range(20)))
    planned(journal, *(f"g/{number}" for number in range(5)), group="case 7")
    taken: list[str] = []

    def work(host: SqlJournal) -> None:
        while (effect := claim(host)) is not None or unfinished(host):
            if effect is not None:
                taken.append(effect.key)
                with host.transaction() as records:
                    records.outbox.finish(effect.key)

    hosts = [threading.Thread(target=work, args=(open_school(),)) for _ in range(3)]
    for host in hosts:
        host.start()
    for host in hosts:
        host.join()
    assert len(taken) == len(set(taken)) == 25
    assert [key for key in taken if key.startswith("g/")] == [f"g/{number}" for number in range(5)]


def test_the_ledger_lists_all_keys_ever_planned_with_a_prefix(journal: SqlJournal) -> None:
    wanted = {"TIS/r_1", "TIS/r_1/2026-11-09", "TIS/r_1/ü", "TIS/r_1%"}
    planned(journal, *sorted(wanted), "TIS/rx1/2026", "tis/r_1/x", "TIS/r", "US")
    with journal.transaction() as records:
        records.outbox.finish("TIS/r_1")
        records.outbox_view.cancel("TIS/r_1%")
        assert records.outbox_view.keys_starting("TIS/r_1") == wanted
        assert records.outbox_view.keys_starting("TIS/none") == frozenset()
        assert len(records.outbox_view.keys_starting("")) == 8


def test_finishing_an_effect_that_nobody_planned_is_a_mistake(journal: SqlJournal) -> None:
    with journal.transaction() as records, pytest.raises(KeyError, match="never planned"):
        records.outbox.finish("a")


def test_one_effect_is_claimed_before_others_where_only_it_may_run(journal: SqlJournal) -> None:
    for key in ("first", "second"):
        with journal.transaction() as records:
            records.outbox.plan(key=key, kind="send mail", payload={}, case=None, group=key)
    with journal.transaction() as records:
        claimed = records.outbox.claim(lease=LEASE, key="second")
        assert claimed is not None
        assert claimed.key == "second"
        assert records.outbox.claim(lease=LEASE, key="second") is None, "it is leased"
        assert records.outbox.claim(lease=LEASE, key="never planned") is None
