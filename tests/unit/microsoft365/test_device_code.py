"""Signing in as a person by a code, once, and going on without being asked again."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.errors import SignInError
from connectors.microsoft365.account import SchoolAccount, connect
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.credentials import DeviceCode
from tests.practice import PracticeServer


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "tokens.json"


def person(practice: PracticeServer, cache: Path, show: Callable[[str], None] | None) -> SchoolAccount:
    return connect(
        DeviceCode(cache=cache, show=show),
        tenant_id=practice.facts["tenant_id"],
        client_id=practice.facts["visitor"]["client_id"],
        graph_root=practice.facts["graph_root"],
        login_root=practice.facts["login_root"],
        ca_file=Path(practice.ca_file),
        sleep=lambda _: None,
    )


def answering(practice: PracticeServer, answer: str) -> Callable[[str], None]:
    """The headteacher types the code on the page."""

    def show(sentence: str) -> None:
        found = re.search(r"(https://\S+) and enter the code (\w+)", sentence)
        assert found
        form = {"user_code": found[2], "user": practice.user("headteacher"), "answer": answer}
        practice._session.post(found[1], data=form, verify=practice.ca_file, timeout=20).raise_for_status()

    return show


def own_inbox(account: SchoolAccount, practice: PracticeServer) -> object:
    return GraphCalls(account).get(f"users/{practice.user('headteacher')}/mailFolders/inbox")["id"]


def test_a_person_types_the_code_once(practice: PracticeServer, cache: Path) -> None:
    assert own_inbox(person(practice, cache, answering(practice, "yes")), practice)
    assert own_inbox(person(practice, cache, None), practice)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in the folder, not in mode bits")
def test_the_kept_right_is_readable_by_its_owner_alone(practice: PracticeServer, cache: Path) -> None:
    own_inbox(person(practice, cache, answering(practice, "yes")), practice)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o600


def test_without_a_person_at_hand_the_next_step_is_named(practice: PracticeServer, cache: Path) -> None:
    with pytest.raises(SignInError, match="casework setup"):
        own_inbox(person(practice, cache, None), practice)


def test_a_refusal_is_named(practice: PracticeServer, cache: Path) -> None:
    with pytest.raises(SignInError, match="AADSTS70021"):
        own_inbox(person(practice, cache, answering(practice, "no")), practice)


def test_a_damaged_cache_only_means_asking_again(practice: PracticeServer, cache: Path) -> None:
    cache.write_text("{", encoding="utf-8")
    assert own_inbox(person(practice, cache, answering(practice, "yes")), practice)
