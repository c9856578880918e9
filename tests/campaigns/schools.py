"""Practice schools for campaigns: set up as any school, their letters as Word files, which spares conversions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, TypeAlias

from offices.practice_school import practice_school
from tests.journal_stores import (
    JournalFile,
    JournalOnServer,
    JournalStore,
    close_tenants,
    settings_on_a_server,
)
from tests.journals import new_database, postgresql_server
from tests.practice import PracticeServer
from tests.school import MONDAY, SchoolAtWork

Provisioned: TypeAlias = tuple[PracticeServer, Path, dict[str, Any]]
"""The running tenant, the settings file, and what tenant.json says."""


_OPENED: list[ExitStack] = []
"""Held on to: a forked child forgets what is to be done at the end, and must not do it for that reason."""


@contextmanager
def provisioned_school(state: Path) -> Iterator[Provisioned]:
    """A practice school on Monday 23 November 2026, 9 o'clock; its letters travel as Word files, which spares time."""
    with practice_school(state, now=MONDAY) as school:
        settings = school.settings_file
        settings.write_text(settings.read_text().replace('attach = "pdf"', 'attach = "word"'))
        school.office.journal.close()
        server = PracticeServer(state)
        server.facts = school.child.facts
        yield server, settings, school.tenant


@contextmanager
def school_with_journal(place: str) -> Iterator[tuple[SchoolAtWork, JournalStore]]:
    """A practice school on its first morning; each process sets one up for each place, and goes back to its beginning.

    Args:
        place: of the journal: "file" or "server".
    """
    school, store = _set_up(place)
    school.server.reset()
    school.server.set_clock(MONDAY)
    school.office.close_journal()
    store.bring_back("first")
    school.restart()
    yield school, store
    school.office.close_journal()
    close_tenants()


@cache
def _set_up(place: str) -> tuple[SchoolAtWork, JournalStore]:
    stack = ExitStack()
    _OPENED.append(stack)
    Finalize(None, stack.close, exitpriority=1)  # a process of a pool ends without atexit
    state = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="casework-campaign-")))
    server, settings, places = stack.enter_context(provisioned_school(state))
    store: JournalStore = JournalFile(state=state)
    if place == "server":
        url = new_database(stack.enter_context(postgresql_server()))
        settings, store = settings_on_a_server(settings, url), JournalOnServer(url=url)
    school = SchoolAtWork(server, settings, places)
    _ = school.office.journal  # the first opening makes it
    school.office.close_journal()
    store.keep("first")
    return school, store
