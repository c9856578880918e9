"""A large library: read once with its progress told, resumed where it stopped, and not opened again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy_files import dated
from tests.school import SchoolAtWork

LONGEST = 3600
"""Seconds that two thousand documents may take on a machine that has other work to do."""

STOPS = """
import os, sys
from pathlib import Path
import schedule
from connectors.settings_file import read_settings
from offices.office import Office

office = Office(read_settings(Path(sys.argv[1])))

def told(done, of):
    print(done, of, flush=True)
    if done == int(sys.argv[2]):
        os._exit(77)

office.told_of_reading = told
schedule.run_once(office, schedule.jobs_named(["review_policies"]))
"""


def fill(school: SchoolAtWork, documents: int) -> None:
    for number in range(documents):
        title = f"Lettings of room {'abcdefghijklmnopqrstuvwxyz'[number % 26] * (1 + number // 26)} policy"
        text = f"Room {number} may be let to whoever asks for it, by {title}. " * 3
        school.put_file(
            "policies",
            f"Policies/{number // 50}/{number}.docx",
            dated(title, last="November 2026", following="November 2028", text=text),
        )


def stopped_after(school: SchoolAtWork, documents: int) -> list[str]:
    """A process that ends like a power cut when it has come so far; returns what it told."""
    school.office.journal.close()
    ended = subprocess.run(
        [sys.executable, "-c", STOPS, str(school.settings), str(documents)],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert ended.returncode == 77, ended.stderr[-2000:]
    school.restart()
    return ended.stdout.split("\n")


def opened(school: SchoolAtWork) -> int:
    """How many documents were asked for since the tenant's record was emptied."""
    return sum(one["method"] == "GET" and "/content" in one["path"] for one in school.server.recorded())


def read_in_two_goes(school: SchoolAtWork, *, documents: int, first: int) -> None:
    fill(school, documents)
    school.server.forget_recorded()
    told = stopped_after(school, first)
    assert told[0] == f"1 {documents}"
    begun = opened(school)
    assert begun == first - 1  # the progress is told before each is opened

    school.server.forget_recorded()
    school.works()
    assert opened(school) == documents - begun
    assert len(school.rows("policies")) == min(documents, 200)  # of the page that the test asks for

    school.server.forget_recorded()
    school.works()
    assert opened(school) == 0


def test_a_first_reading_that_was_cut_short_goes_on_where_it_stopped(school: SchoolAtWork) -> None:
    read_in_two_goes(school, documents=24, first=15)


@pytest.mark.soak
@pytest.mark.timeout(LONGEST)
def test_two_thousand_documents_are_read_once(school: SchoolAtWork) -> None:
    read_in_two_goes(school, documents=2000, first=1200)
