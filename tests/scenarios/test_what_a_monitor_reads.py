"""Prometheus on the same machine reads how a school's Casework is; nobody else can, and nobody is named."""

from __future__ import annotations

import re
import socket
from datetime import date

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import JournalError
from casework.metrics import exposition
from offices.metrics import metrics_door
from offices.status import status_of
from tests.never.people import SECRETS
from tests.school import SchoolAtWork

# https://prometheus.io/docs/instrumenting/exposition_formats/
_LABEL = r'[a-z_]+="(?:[^"\\\n]|\\["\\n])*"'
_SAMPLE = re.compile(rf"^([a-z_]+)\{{({_LABEL}(?:,{_LABEL})*)\}} (-?[\d.]+)$")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def with_door(school: SchoolAtWork, port: int) -> None:
    asked = school.office.settings.monitoring.model_copy(update={"metrics_port": port})
    school.office.settings = school.office.settings.model_copy(update={"monitoring": asked})


def samples(text: str) -> dict[tuple[str, str], float]:
    found = {}
    for line in text.splitlines():
        if not line.startswith("# "):
            sample = _SAMPLE.match(line)
            assert sample, line
            found[sample[1], sample[2]] = float(sample[3])
    return found


def test_a_monitor_reads_counts_moments_and_what_fails(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()
    port = free_port()
    with_door(school, port)

    with metrics_door(school.office):
        told = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=20)
        elsewhere = requests.get(f"http://127.0.0.1:{port}/", timeout=20)
        renamed = requests.get(
            f"http://127.0.0.1:{port}/metrics", headers={"Host": "evil.example"}, timeout=20
        )

    assert told.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    found = samples(told.text)
    here = 'school="TIS"'
    assert found["casework_open_cases", here] == 1
    assert found["casework_verdict", here] == 0
    assert found["casework_last_sweep_timestamp_seconds", here] > 1_700_000_000
    assert found["casework_job_failing", f'{here},job="open_cases"'] == 0
    assert not [word for word in SECRETS if word in told.text.casefold()]
    assert (elsewhere.status_code, renamed.status_code) == (404, 421)


def test_a_port_that_is_taken_is_named_with_what_to_do(school: SchoolAtWork) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with_door(school, int(taken.getsockname()[1]))

        with pytest.raises(JournalError, match="metrics_port"), metrics_door(school.office):
            pass


def test_nothing_is_opened_unless_it_is_asked_for(school: SchoolAtWork) -> None:
    assert school.office.settings.monitoring.metrics_port == 0


@pytest.fixture(scope="module")
def idle(tillbrook: SchoolAtWork) -> dict[str, object]:
    return {**status_of(tillbrook.office.settings, journal=tillbrook.office.journal)}


@given(name=st.text(), school=st.text())
def test_whatever_a_job_or_school_is_called_every_line_can_be_read(
    idle: dict[str, object], name: str, school: str
) -> None:
    job = {
        "name": name,
        "every": 60,
        "good_at": "2026-11-23T09:00:00+00:00",
        "failed_at": None,
        "next_at": None,
    }
    status = {**idle, "school": school, "jobs": [job], "places": []}

    text = exposition(status, today=date(2026, 11, 23))  # type: ignore[arg-type]  # a status with other words

    assert text.endswith("\n")
    assert len(samples_by_newline(text)) > 5


def samples_by_newline(text: str) -> list[str]:
    """Prometheus ends a line at LF alone."""
    lines = [line for line in text.split("\n") if line and not line.startswith("# ")]
    assert all(_SAMPLE.match(line) for line in lines)
    return lines
