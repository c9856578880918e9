"""Days of a trust in which hosts are killed and every service fails: nothing is lost, and nothing done twice."""

from __future__ import annotations

import pytest

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
