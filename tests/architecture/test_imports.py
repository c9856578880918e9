"""Who may import whom: command line, schedule, offices, jobs and connectors, the subject, in this order."""

from __future__ import annotations

import sys

import pytest

from tests.architecture.source_code import PACKAGES, Module

OURS = (*PACKAGES, "schedule")

_JOINED_UP = {"casework", "workflows", "connectors", "templates", "offices"}

MAY_IMPORT = {
    "casework": {"casework"},
    "workflows": {"casework", "workflows"},
    "connectors": {"casework", "connectors", "templates"},
    "offices": _JOINED_UP,
    "schedule": _JOINED_UP,
    "command_line": {*_JOINED_UP, "schedule", "command_line", "practice_tenant"},
    "practice_tenant": {"practice_tenant"},
    "templates": {"templates"},
}

# The libraries that may be used below a folder; what is not named here may use any that the project has.
LIBRARIES = {
    "casework": {"holidays"},
    "workflows": {"structlog"},
    "templates": set[str](),
}

HTTP_CLIENTS = {"httpx", "aiohttp", "http.client", "urllib.request", "urllib3", "requests"}


def roots(module: Module) -> set[str]:
    return {name.partition(".")[0] for name in module.imports}


def within(names: frozenset[str], wanted: set[str]) -> set[str]:
    return {name for name in names for want in wanted if name == want or name.startswith(f"{want}.")}


@pytest.mark.parametrize("package", OURS)
def test_imports_point_one_way(modules: list[Module], package: str) -> None:
    wrong = {
        module.place: sorted(others)
        for module in modules
        if module.package == package
        if (others := roots(module) & set(OURS) - MAY_IMPORT[package])
    }
    assert not wrong, f"{package} may import {sorted(MAY_IMPORT[package])} only"


def test_connectors_never_import_each_other(modules: list[Module]) -> None:
    wrong = {
        module.place: sorted(others)
        for module in modules
        if module.package == "connectors" and module.name.count(".")
        if (
            others := {
                name
                for name in module.imports
                if name.startswith("connectors.") and name.split(".")[1] != module.name.split(".")[1]
            }
        )
    }
    assert not wrong


@pytest.mark.parametrize("package", LIBRARIES)
def test_the_subject_and_the_jobs_need_no_library_of_the_outside_world(
    modules: list[Module], package: str
) -> None:
    known = set(sys.stdlib_module_names) | set(OURS) | LIBRARIES[package]
    wrong = {
        module.place: sorted(others)
        for module in modules
        if module.package == package
        if (others := roots(module) - known)
    }
    assert not wrong, f"{package} may use {sorted(LIBRARIES[package])} only"


def test_the_practice_tenant_does_not_check_itself_with_the_libraries_that_it_tests(
    modules: list[Module],
) -> None:
    wrong = {
        module.place: sorted(found)
        for module in modules
        if module.package == "practice_tenant"
        if (found := roots(module) & {"O365", "msal"})
    }
    assert not wrong


def test_there_is_no_second_http_client_beside_the_one_of_microsoft_365(modules: list[Module]) -> None:
    # the school's public pages are read by a stranger, who must not hold the connection with our token
    wrong = {
        module.place: sorted(found)
        for module in modules
        if module.package in ("casework", "workflows", "connectors", "offices", "schedule")
        if not module.name.startswith(("connectors.microsoft365", "connectors.website"))
        if (found := within(module.imports, HTTP_CLIENTS))
    }
    assert not wrong
