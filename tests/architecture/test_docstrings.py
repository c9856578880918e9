"""Every module opens with one sentence that says what it is for."""

from __future__ import annotations

import ast
import re

from tests.architecture.source_code import Module

_TWO_SENTENCES = re.compile(r"[.!?]\s+[A-Z]")


def fault_of(module: Module) -> str | None:
    said = ast.get_docstring(module.tree)
    if not said:
        return "has no docstring"
    first = " ".join(said.partition("\n\n")[0].split())
    if not first.endswith((".", "?", ":")):
        return "does not open with a whole sentence"
    return "opens with more than one sentence" if _TWO_SENTENCES.search(first) else None


def test_every_module_opens_with_one_sentence(
    modules: list[Module], test_modules: list[Module], other_modules: list[Module]
) -> None:
    faults = {
        module.place: fault
        for module in (*modules, *test_modules, *other_modules)
        if (fault := fault_of(module))
    }
    assert not faults
