"""Papers about the school's policies, written over their last version."""

from __future__ import annotations

from casework.intents import StorePaper
from casework.records import PlannedEffect
from workflows.carry_out.tools import Tools


def store_paper(effect: PlannedEffect, intent: StorePaper, tools: Tools) -> None:  # noqa: ARG001 - one signature for all
    """Write it; the same paper written twice is one file."""
    tools.casework.write(intent.path, intent.text.encode(), replace=True)
