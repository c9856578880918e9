"""One real practice tenant for all tests of this folder, emptied before each, its answers held against the schema."""

from collections.abc import Iterator

import pytest

from tests.checked_graph import CheckedGraph
from tests.graph_contract import CONTRACT, check_answer
from tests.practice import PracticeServer


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeServer]:
    """The running tenant; use `practice` for an empty one."""
    with PracticeServer(tmp_path_factory.mktemp("practice"), now="2026-11-23T09:00:00Z") as running:
        if CONTRACT.exists():
            running.check_answer = check_answer
        yield running


@pytest.fixture
def practice(server: PracticeServer) -> PracticeServer:
    """The running tenant, fresh and with the clock on Monday 23 November 2026, 9:00."""
    server.reset()
    return server


@pytest.fixture
def graph(practice: PracticeServer) -> CheckedGraph:
    """The fresh tenant, asked so that an answer which no schema describes is a failure too."""
    return CheckedGraph(practice)
