"""Practice schools for campaigns: set up as any school, their letters as Word files, which spares conversions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.school import MONDAY

Provisioned: TypeAlias = tuple[PracticeServer, Path, dict[str, Any]]
"""The running tenant, the settings file, and what tenant.json says."""


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
