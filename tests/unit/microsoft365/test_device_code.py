"""Signing in as a person by a code, once, and going on without being asked again."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from msal_extensions.persistence import PersistenceEncryptionError, PersistenceNotFound

from casework.errors import SignInError
from connectors.microsoft365 import kept_tokens
from connectors.microsoft365.account import SchoolAccount, connect
from connectors.microsoft365.calls import GraphCalls
from connectors.microsoft365.credentials import DeviceCode
from connectors.microsoft365.kept_tokens import SealedFile
from tests.practice import PracticeServer


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "tokens.json"


KEY = Fernet.generate_key()


@pytest.fixture(autouse=True)
def no_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a server without a desktop; a developer's own key store is left alone."""

    def refuse(*_: object) -> None:
        raise PersistenceEncryptionError

    for store in ("LibsecretPersistence", "KeychainPersistence", "FilePersistenceWithDataProtection"):
        monkeypatch.setattr(kept_tokens, store, refuse)


def person(practice: PracticeServer, cache: Path, show: Callable[[str], None] | None) -> SchoolAccount:
    return connect(
        DeviceCode(cache=cache, key=KEY, show=show),
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


def test_the_kept_right_shows_nothing_and_is_of_no_use_without_the_key(
    practice: PracticeServer, cache: Path
) -> None:
    own_inbox(person(practice, cache, answering(practice, "yes")), practice)

    kept = cache.read_bytes()
    assert practice.user("headteacher").encode() not in kept
    assert b"RefreshToken" not in kept
    assert "RefreshToken" in json.loads(SealedFile(cache, key=KEY).load())
    with pytest.raises(ValueError, match="not sealed"):
        SealedFile(cache, key=Fernet.generate_key()).load()


def test_where_the_machine_has_a_key_store_no_file_is_written(
    practice: PracticeServer, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str] = {}

    class Store:
        """What the key store of a desktop does, in memory."""

        def __init__(self, place: str, *_: object) -> None:
            self._place = place

        def save(self, content: str) -> None:
            kept[self._place] = content

        def load(self) -> str:
            if self._place not in kept:
                raise PersistenceNotFound
            return kept[self._place]

    for store in ("LibsecretPersistence", "KeychainPersistence", "FilePersistenceWithDataProtection"):
        monkeypatch.setattr(kept_tokens, store, Store)

    assert own_inbox(person(practice, cache, answering(practice, "yes")), practice)

    assert kept
    assert not cache.exists()
    assert own_inbox(person(practice, cache, None), practice)


def test_without_a_person_at_hand_the_next_step_is_named(practice: PracticeServer, cache: Path) -> None:
    with pytest.raises(SignInError, match="casework setup"):
        own_inbox(person(practice, cache, None), practice)


def test_a_refusal_is_named(practice: PracticeServer, cache: Path) -> None:
    with pytest.raises(SignInError, match="AADSTS70021"):
        own_inbox(person(practice, cache, answering(practice, "no")), practice)


def test_a_damaged_cache_only_means_asking_again(practice: PracticeServer, cache: Path) -> None:
    cache.write_text("{", encoding="utf-8")
    assert own_inbox(person(practice, cache, answering(practice, "yes")), practice)
