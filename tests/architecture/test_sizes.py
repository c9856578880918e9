"""A module is one subject and a function one thought: the gates on their lengths."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source_code import Module

LONGEST_MODULE = 400
LONGEST_FUNCTION = 45


def functions_of(module: Module) -> Iterator[tuple[str, int]]:
    """Give each function's name and its lines, from `def` to the last, without the docstring."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield f"{module.place}:{node.lineno} {node.name}", lines


def test_no_module_is_longer_than_the_gate(
    modules: list[Module], test_modules: list[Module], other_modules: list[Module]
) -> None:
    too_long = {
        module.place: lines
        for module in (*modules, *test_modules, *other_modules)
        if (lines := len(module.text.splitlines())) > LONGEST_MODULE
    }
    assert not too_long, f"Split into packages: {too_long}"


def test_no_function_is_longer_than_the_gate(modules: list[Module], other_modules: list[Module]) -> None:
    too_long = {
        place: lines
        for module in (*modules, *other_modules)
        for place, lines in functions_of(module)
        if lines > LONGEST_FUNCTION
    }
    assert not too_long, f"One function, one thought: {too_long}"
