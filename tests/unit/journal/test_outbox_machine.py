"""Whatever the order of plans, claims, crashes and waits, the outbox does what a simple model of it says."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.records import OutboxState
from connectors.journal import SqlJournal, open_journal
from tests.journals import CASE, CHAIN_KEY, SettableClock

KEYS = st.sampled_from([f"TIS/{letter}{number}" for letter in "ab_%" for number in range(3)])
GROUPS = st.sampled_from(["", "", "case 7", "case 8"])
SECONDS = st.sampled_from([0, 1, 30, 60, 300])
OPEN = (OutboxState.PLANNED, OutboxState.CLAIMED)


@dataclass
class Expected:
    """What the model knows of one effect."""

    group: str
    state: OutboxState = OutboxState.PLANNED
    claims: int = 0
    ready_at: datetime | None = None
    progress: dict[str, int] = field(default_factory=dict)


class OutboxMachine(RuleBasedStateMachine):
    """One thread at several journals (as after restarts) against a model in memory."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = SettableClock()
        self.model: dict[str, Expected] = {}
        self.journal = self.opened()

    def opened(self) -> SqlJournal:
        return open_journal(
            self.folder / "journal.sqlite", school="TIS", chain_key=CHAIN_KEY, machine_clock=self.clock
        )

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder)

    @rule(key=KEYS, group=GROUPS)
    def plan(self, key: str, group: str) -> None:
        with self.journal.transaction() as records:
            new = records.outbox.plan(key=key, kind="Send", payload={"key": key}, case=CASE, group=group)
        assert new == (key not in self.model)
        self.model.setdefault(key, Expected(group=group))

    @rule(lease=SECONDS)
    def claim(self, lease: int) -> None:
        expected = self.next_key()
        with self.journal.transaction() as records:
            effect = records.outbox.claim(lease=timedelta(seconds=lease))
        assert (effect and effect.key) == expected
        if effect is None or expected is None:
            return
        known = self.model[expected]
        assert (effect.attempts, dict(effect.progress)) == (known.claims, known.progress)
        known.state, known.claims = OutboxState.CLAIMED, known.claims + 1
        known.ready_at = self.clock.now + timedelta(seconds=lease)

    def next_key(self) -> str | None:
        busy: set[str] = set()
        for key, effect in self.model.items():
            if effect.state not in OPEN:
                continue
            ready = effect.ready_at is None or effect.ready_at <= self.clock.now
            if ready and effect.group not in busy:
                return key
            if effect.group:
                busy.add(effect.group)
        return None

    @rule(data=st.data(), what=st.sampled_from(["note", "finish", "postpone", "give up"]), wait=SECONDS)
    def report(self, data: st.DataObject, what: str, wait: int) -> None:
        held = [key for key, effect in self.model.items() if effect.state is OutboxState.CLAIMED]
        if not held:
            return
        key = data.draw(st.sampled_from(held))
        known = self.model[key]
        with self.journal.transaction() as records:
            if what == "note":
                records.outbox.note(key, {f"step {known.claims}": wait})
                known.progress[f"step {known.claims}"] = wait
            elif what == "finish":
                records.outbox.finish(key)
                known.state = OutboxState.DONE
            elif what == "postpone":
                records.outbox.postpone(key, wait=timedelta(seconds=wait), problem="busy")
                known.state, known.ready_at = OutboxState.PLANNED, self.clock.now + timedelta(seconds=wait)
            else:
                records.outbox.give_up(key, problem="refused")
                known.state = OutboxState.NEEDS_A_PERSON

    @rule(key=KEYS)
    def cancel(self, key: str) -> None:
        known = self.model.get(key)
        untouched = known is not None and known.state is OutboxState.PLANNED and known.claims == 0
        with self.journal.transaction() as records:
            assert records.outbox_view.cancel(key) == untouched
        if known is not None and untouched:
            known.state = OutboxState.CANCELLED

    @rule(key=KEYS)
    def retry(self, key: str) -> None:
        known = self.model.get(key)
        waits = known is not None and known.state is OutboxState.NEEDS_A_PERSON
        with self.journal.transaction() as records:
            assert records.outbox_view.retry(key) == waits
        if known is not None and waits:
            known.state, known.ready_at = OutboxState.PLANNED, None

    @rule(seconds=SECONDS)
    def wait(self, seconds: int) -> None:
        self.clock.pass_by(seconds=seconds)

    @rule(release=st.booleans())
    def crash(self, release: bool) -> None:
        self.journal.close()
        self.journal = self.opened()
        if not release:
            return
        held = [effect for effect in self.model.values() if effect.state is OutboxState.CLAIMED]
        with self.journal.transaction() as records:
            assert records.outbox_view.release_claims() == len(held)
        for effect in held:
            effect.state, effect.ready_at = OutboxState.PLANNED, None

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        with self.journal.transaction() as records:
            assert records.outbox_view.keys_starting("TIS/") == set(self.model)
            assert records.outbox_view.keys_starting("TIS/_") == {key for key in self.model if key[4] == "_"}
            unfinished = [effect.key for effect in records.outbox_view.unfinished()]
            waiting = [effect.key for effect in records.outbox_view.needing_a_person()]
        assert unfinished == [key for key, effect in self.model.items() if effect.state in OPEN]
        given_up = OutboxState.NEEDS_A_PERSON
        assert waiting == [key for key, effect in self.model.items() if effect.state is given_up]


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(
    max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
