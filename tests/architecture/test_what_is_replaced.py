"""Whatever Casework replaces, moves or deletes at Microsoft it does only over the version that it looked at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.source_code import ROOT, Module, python_below

OVER = {"patch": "etag", "put": "etag", "delete": "etag", "write": "over"}
"""Calls that replace something, and the argument that names the version which must still lie there."""
ANYTHING = frozenset({"put", "patch", "delete"})
BY_HAND = ("connectors.microsoft365.checks", "connectors.microsoft365.provisioning")
"""Asked for by a person who waits for it (casework setup, casework doctor): no host does it late."""
WITHOUT = {
    "connectors/microsoft365/files.py GraphLibrary.move patch": "one file by its id to one path: twice does it once",
    "connectors/microsoft365/folder_access.py GraphFolderAccess._take_out delete": (
        "permissions have no etag: whoever has set them looks into the journal afterwards"
    ),
    "connectors/microsoft365/journal_shelf.py GraphJournalShelf.discard delete": (
        "one file by its id: what was deleted is deleted"
    ),
    "connectors/microsoft365/outgoing.py GraphOutgoing._completed patch": (
        "a draft that this very call made, of which nobody else knows the id"
    ),
}
"""The calls that name no version, and why none can be needed."""


def replacing(module: Module) -> Iterator[str]:
    """Every call of a module that replaces something whatever lies there."""
    for where, call in _calls(module.tree, ""):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        given = {word.arg for word in call.keywords}
        if name == "write" and "replace" not in given:
            continue
        if name in OVER and OVER[name] not in given and _is_a_request(name, call.func):
            yield f"{module.place} {where} {name}"


def _calls(node: ast.AST, where: str) -> Iterator[tuple[str, ast.Call]]:
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.ClassDef | ast.FunctionDef):
            yield from _calls(inner, f"{where}.{inner.name}".strip("."))
            continue
        if isinstance(inner, ast.Call):
            yield where, inner
        yield from _calls(inner, where)


def _is_a_request(name: str, called: ast.expr) -> bool:
    """Dictionaries and cursors have a `put` too: a request goes through `calls`."""
    return name not in ANYTHING or (
        isinstance(called, ast.Attribute) and "calls" in ast.unparse(called.value)
    )


@cache
def found() -> frozenset[str]:
    ours = (
        module
        for module in python_below("workflows", "connectors", "offices")
        if not module.name.startswith(BY_HAND)
    )
    return frozenset(call for module in ours for call in replacing(module))


def test_what_is_replaced_is_replaced_over_the_version_that_was_looked_at() -> None:
    unknown = found() - WITHOUT.keys()
    assert not unknown, (
        "A host that was late would replace what another has written since. Name the version that was looked at "
        f"(etag=, over=), and ask the journal in between (workflows/late_host.py): {sorted(unknown)}"
    )


@pytest.mark.parametrize("call", WITHOUT)
def test_every_exception_is_still_one(call: str) -> None:
    assert call in found(), "It names a version now: take it off the list."


def test_one_that_names_no_version_is_found() -> None:
    words = "class Files:\n    def keep(self):\n        self.library.write('a', b'', replace=True)\n"
    calls = "class Files:\n    def end(self):\n        self._calls.delete(path)\n"

    assert [_replacing(text) for text in (words, calls)] == [["Files.keep write"], ["Files.end delete"]]


def _replacing(text: str) -> list[str]:
    invented = Module(path=ROOT / "invented.py")
    vars(invented)["tree"] = ast.parse(text)
    return [call.partition(" ")[2] for call in replacing(invented)]
