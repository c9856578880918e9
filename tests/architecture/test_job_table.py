"""The table of jobs and the folder of jobs say the same."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable

import pytest

from tests.architecture.source_code import Module

# The outbox is no job: it carries out, after each round of jobs, what they asked for.
AFTER_THE_JOBS = {"carry_out"}


@pytest.fixture
def job_names() -> list[str]:
    schedule = importlib.import_module("schedule")
    if not hasattr(schedule, "JOBS"):
        pytest.skip("schedule.py has no table of jobs yet")
    return [job.name for job in schedule.JOBS]


def jobs_in_the_folder(modules: list[Module]) -> set[str]:
    """Name the modules of workflows/ that define a function of their own name; the others help them."""
    return {
        name
        for module in modules
        if module.package == "workflows" and module.name.count(".") == 1
        for name in [module.name.rpartition(".")[2]]
        if any(isinstance(node, ast.FunctionDef) and node.name == name for node in module.tree.body)
    }


def test_every_job_of_the_table_is_a_function_in_a_module_of_its_name(job_names: list[str]) -> None:
    for name in job_names:
        job: Callable[..., object] = getattr(importlib.import_module(f"workflows.{name}"), name)
        assert callable(job)


def test_every_job_of_the_folder_stands_in_the_table_once(
    job_names: list[str], modules: list[Module]
) -> None:
    assert sorted(job_names) == sorted(jobs_in_the_folder(modules) - AFTER_THE_JOBS)


def test_every_job_and_step_says_when_the_clock_brings_it_something(job_names: list[str]) -> None:
    schedule, by_the_clock = (importlib.import_module(name) for name in ("schedule", "offices.by_the_clock"))

    assert list(by_the_clock.BY_THE_CLOCK) == [*job_names, *schedule.STEPS]
    assert list(by_the_clock.AFTER_THE_JOBS) == list(schedule.STEPS)
