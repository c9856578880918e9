"""Rules touch nothing and know no clock: everything they need is handed to them, the date too."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source_code import Module

CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.monotonic",
    "time.perf_counter",
    "time.sleep",
}
CHANCE = {"uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4", "os.urandom"}
OUTSIDE = {"open", "print", "input", "exec", "eval", "breakpoint", "__import__"}
FILE_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes", "iterdir", "unlink", "mkdir"}
MODULES_OF_THE_OUTSIDE = {
    *(
        "os",
        "io",
        "pathlib.Path",
        "shutil",
        "tempfile",
        "glob",
        "sqlite3",
        "socket",
        "ssl",
        "http",
        "urllib.request",
    ),
    *("smtplib", "imaplib", "subprocess", "multiprocessing", "threading", "asyncio", "signal", "logging"),
    *("random", "secrets", "time", "getpass", "platform", "sys"),
}


def calls_of(module: Module) -> Iterator[tuple[str, str, int]]:
    """Give each call's full name as written, its last part and its line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            written = ast.unparse(node.func)
            yield written, written.rpartition(".")[2], node.lineno


@pytest.mark.parametrize("package", ["casework", "workflows"])
def test_no_rule_and_no_job_looks_at_a_clock_or_tosses_a_coin(modules: list[Module], package: str) -> None:
    wrong = [
        f"{module.place}:{line} {written}"
        for module in modules
        if module.package == package
        for written, _, line in calls_of(module)
        if written in CLOCKS | CHANCE
    ]
    assert not wrong, "Take the moment as an argument."


def test_no_rule_reads_or_writes_anything(modules: list[Module]) -> None:
    wrong = [
        f"{module.place}:{line} {written}"
        for module in modules
        if module.package == "casework"
        for written, last, line in calls_of(module)
        if written in OUTSIDE or ("." in written and last in FILE_METHODS)
    ]
    assert not wrong, "Reading and writing belong to a connector, behind a port."


def test_no_rule_imports_what_leads_outside(modules: list[Module]) -> None:
    wrong = {
        module.place: sorted(found)
        for module in modules
        if module.package == "casework"
        if (found := _told_apart(module.imports) & MODULES_OF_THE_OUTSIDE)
    }
    assert not wrong


def _told_apart(imports: frozenset[str]) -> set[str]:
    """Take `import pathlib` for all that is in it; `from pathlib import PurePosixPath` only takes paths apart."""
    whole = (
        {"pathlib.Path"}
        if "pathlib" in imports and not any(name[:8] == "pathlib." for name in imports)
        else set()
    )
    return set(imports) | whole
