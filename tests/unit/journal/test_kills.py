"""A process that dies at any moment loses nothing that it committed and leaves nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.records import OutboxState
from connectors.journal import SqlJournal, open_journal
from tests.journals import CASE, CHAIN_KEY, MONDAY, case

LEASE = timedelta(minutes=5)


def opened(file: Path, later: float = 0) -> SqlJournal:
    """Open the journal on a machine whose clock is so many seconds ahead."""
    return open_journal(
        file,
        school="TIS",
        chain_key=CHAIN_KEY,
        machine_clock=lambda: datetime.now(UTC) + timedelta(seconds=later),
    )


def write_for_ever(file: Path) -> None:
    """Write the same number in four tables per transaction, and say each number once it is committed."""
    journal = opened(file)
    while True:
        with journal.transaction() as records:
            reference = records.cases.next_reference("TIS", 2026)
            number = str(int(reference.rsplit("-", 1)[-1]))
            records.cases.save(case(reference))
            records.cursors.put("newest", number)
            records.events.append("case.opened", at=MONDAY, case=reference)
            records.outbox.plan(key=f"k/{number}", kind="Open", payload={}, case=reference, group="")
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def carry_out(file: Path, done: Path, died: str = "", later: float = 0) -> None:
    """Take effects and write each to a file, until none is left; die (or not) between the effect and its record."""
    journal = opened(file, later)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    while True:
        with journal.transaction() as records:
            effect = records.outbox.claim(lease=LEASE)
            left = records.outbox_view.unfinished()
        if effect is None and not left:
            return
        if effect is None:
            time.sleep(0.01)
            continue
        with done.open("a", encoding="utf-8") as ledger:
            ledger.write(f"{effect.key} {effect.attempts} {os.getpid()}\n")
        time.sleep(0.003)
        if died and effect.number % 7 == 0 and effect.attempts == 0:
            os._exit(9)
        with journal.transaction() as records:
            records.outbox.finish(effect.key)


def child(call: str, *words: Path | str) -> subprocess.Popen[str]:
    script = f"import sys; from pathlib import Path; from tests.unit.journal.test_kills import *; {call}"
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def work_together(count: int, call: str, *words: Path | str) -> list[int]:
    """Let so many processes begin at the same moment; returns how each ended."""
    workers = [child(call, *words) for _ in range(count)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    return [(worker.communicate(), worker.returncode)[1] for worker in workers]


@pytest.mark.parametrize("after", [0.02, 0.15, 0.35])
def test_a_kill_in_the_middle_of_writing_loses_nothing_and_leaves_nothing_half_done(
    tmp_path: Path, after: float
) -> None:
    file = tmp_path / "journal.sqlite"
    opened(file).close()
    writer = child("write_for_ever(Path(sys.argv[1]))", file)
    assert writer.stdout is not None
    said = [writer.stdout.readline()]
    time.sleep(after)
    writer.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    said += writer.communicate()[0].splitlines(keepends=True)
    committed = int([line for line in said if line.endswith("\n")][-1])
    with opened(file) as journal, journal.transaction() as records:
        newest = int(records.cursors.get("newest") or 0)
        assert committed <= newest <= committed + 1
        assert len(records.cases.all()) == newest
        assert len(records.outbox_view.unfinished()) == newest
        head = records.events.head()
        assert head is not None
        assert head.number == newest
        assert records.events.first_broken_link() is None
        assert records.cases.next_reference("TIS", 2026).endswith(f"{newest + 1:04d}")


def test_processes_that_claim_at_once_never_get_the_same_effect(tmp_path: Path) -> None:
    file, done = tmp_path / "journal.sqlite", tmp_path / "done"
    with opened(file) as journal, journal.transaction() as records:
        for number in range(60):
            group = f"group {number % 3}" if number % 2 else ""
            records.outbox.plan(key=f"k/{number}", kind="Send", payload={}, case=CASE, group=group)
    assert work_together(3, "carry_out(Path(sys.argv[1]), Path(sys.argv[2]))", file, done) == [0, 0, 0]
    ledger = [line.split() for line in done.read_text(encoding="utf-8").splitlines()]
    assert Counter(key for key, _, _ in ledger) == Counter(f"k/{number}" for number in range(60))
    assert len({process for _, _, process in ledger}) > 1


def test_what_a_dead_process_had_taken_is_taken_again_and_says_so(tmp_path: Path) -> None:
    file, done = tmp_path / "journal.sqlite", tmp_path / "done"
    with opened(file) as journal, journal.transaction() as records:
        for number in range(20):
            records.outbox.plan(key=f"k/{number}", kind="Send", payload={}, case=CASE, group="")
    assert work_together(2, "carry_out(Path(sys.argv[1]), Path(sys.argv[2]), 'yes')", file, done) == [9, 9]
    # An hour later every lease has run out.
    later = "carry_out(Path(sys.argv[1]), Path(sys.argv[2]), later=3600)"
    assert work_together(1, later, file, done) == [0]
    ledger = [line.split()[:2] for line in done.read_text(encoding="utf-8").splitlines()]
    assert len({key for key, _ in ledger}) == 20
    # Only what lay in a dying hand was begun twice, and the second time it was known to be the second.
    assert sorted(key for key, attempts in ledger if attempts == "1") == ["k/13", "k/6"]
    assert len(ledger) == 22
    with opened(file) as journal, journal.transaction() as records:
        assert records.outbox_view.unfinished() == ()
        effect = records.outbox.get("k/6")
    assert effect is not None
    assert effect.state is OutboxState.DONE
