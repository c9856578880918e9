"""The service killed, put to sleep, its clock moved, its requests failed: the account is that of a quiet day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.campaigns.service import KINDS, ServiceTrouble, service_trouble
from tests.remembering import begin_again
from tests.school import SchoolAtWork

BLOWS = 10


@pytest.fixture(scope="module")
def trouble(tillbrook: SchoolAtWork) -> Iterator[ServiceTrouble]:
    begin_again(tillbrook)
    with service_trouble(tillbrook) as trouble:
        yield trouble
    tillbrook.office.journal.close()


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", range(1, 7))
def test_nothing_is_done_twice_or_lost_however_the_service_is_struck(
    trouble: ServiceTrouble, seed: int
) -> None:
    tally, differs = trouble.lived_through(seed, BLOWS)

    assert differs == []
    assert tally.is_sound, tally


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("kind", ["days", "work"])
def test_nothing_is_done_twice_or_lost_when_the_pc_sleeps_over_days_and_a_weekend(
    school: SchoolAtWork, kind: str
) -> None:
    """Its clock is wrong by days now and then; that is seen, and nothing is done until it is right."""
    with service_trouble(school, kind=KINDS[kind]) as trouble:
        tally, differs = trouble.lived_through(1, BLOWS)

    assert differs == []
    assert tally.is_sound, tally
