"""Days of a trust in which hosts are killed and every service fails: nothing is lost, and nothing done twice."""

from __future__ import annotations

import signal

import pytest

from tests.campaigns import trust
from tests.campaigns.processes import BROKEN_OFF
from tests.campaigns.trust import main
from tests.journals import postgresql_missing

KEPT = (8,)
"""Seeds of each long run; one that ever fails is added here. `scripts/campaign trust` tries more."""


@pytest.mark.soak
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("seed", KEPT)
def test_in_no_term_of_a_trust_is_anything_lost_or_done_twice(seed: int) -> None:
    if missing := postgresql_missing():
        pytest.skip(missing)
    few = ["--schools", "3", "--workers", "3", "--days", "3", "--kill-every", "20"]

    assert main([*few, "--seed", str(seed)]) == 0


def test_a_term_that_is_broken_off_ends_with_what_was_done_until_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if missing := postgresql_missing():
        pytest.skip(missing)

    def is_broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(trust, "_term", is_broken_off)
    monkeypatch.setattr(trust.CONSOLE, "file", None)

    before = signal.getsignal(signal.SIGINT)
    try:
        assert main(["--schools", "0", "--workers", "0", "--days", "1"]) == 0
    finally:
        signal.signal(signal.SIGINT, before)

    said = capsys.readouterr().out
    assert BROKEN_OFF in said
    assert said.index(BROKEN_OFF) < said.index("together")
