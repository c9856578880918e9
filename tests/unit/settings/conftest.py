"""A complete and correct settings file of an invented school, to be spoilt by the tests."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from connectors.settings_file import write_settings

SOUND: dict[str, dict[str, Any]] = {
    "school": {
        "code": "TIS",
        "name": "Tillbrook Infant School",
        "address": ["Mill Lane", "Tillbrook"],
        "phone": "01632 960 101",
        "email": "office@tillbrook.example",
    },
    "people": {
        "headteacher": {
            "name": "Mrs A. Vale",
            "address": "head@tillbrook.example",
            "also_called": ["Mrs Vale"],
        },
        "office": {"name": "Mr B. Reed", "address": "office@tillbrook.example"},
        "chair": {"name": "Dr C. Moss", "address": "chair@tillbrook.example"},
    },
    "microsoft365": {
        "tenant_id": "11111111-2222-3333-4444-555555555555",
        "client_id": "66666666-7777-8888-9999-000000000000",
        "secret": {"env": "CASEWORK_SECRET"},
        "reporting_mailbox": "reports@tillbrook.example",
        "site": "tillbrook.sharepoint.example:/sites/casework",
    },
    "policies": {"drive": "office@tillbrook.example"},
    "term_dates": {"file": "term-dates.toml"},
}

Spoil = Callable[[dict[str, dict[str, Any]]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "term-dates.toml").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def written(folder: Path) -> Callable[..., Path]:
    """Write the sound settings after a function has spoilt them."""

    def write(spoil: Spoil = lambda entries: None) -> Path:
        entries = deepcopy(SOUND)
        spoil(entries)
        path = folder / "settings.toml"
        write_settings(path, entries)
        return path

    return write
