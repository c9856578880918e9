"""What is asked ahead stays good over writings that cannot change it, and over no other."""

from __future__ import annotations

import pytest

from connectors.microsoft365.writings import Writings

ROOT = "https://graph.microsoft.com/v1.0"
HEADS_DRAFTS = f"{ROOT}/users/head%40school.example/messages?$filter=isDraft"
A_FILE = f"{ROOT}/drives/b!1/root:/Cases/manifest.json:"
A_ROW = f"{ROOT}/sites/school.sharepoint.example,1,2/lists/3/items/4"


def changes(writing: str, told: str) -> bool:
    writings = Writings()
    before = writings.near(told)
    writings.count(writing)
    return writings.near(told) != before


@pytest.mark.parametrize(
    ("writing", "told"),
    [
        (f"{ROOT}/users/head@school.example/messages/1", HEADS_DRAFTS),
        (f"{ROOT}/users/HEAD@school.example/mailFolders/Drafts/messages", HEADS_DRAFTS),
        (f"{ROOT}/users/reports@school.example/messages/1/send", HEADS_DRAFTS),
        (f"{ROOT}/users/reports@school.example/sendMail", HEADS_DRAFTS),
        (f"{ROOT}/users/reports@school.example/messages/1/microsoft.graph.forward", HEADS_DRAFTS),
        (f"{ROOT}/drives/b!2/root:/x:/content", A_FILE),
        (f"{ROOT}/drives/b!1/items/7", A_ROW),
        ("https://upload.example/session/9", A_FILE),
        ("https://upload.example/session/9", HEADS_DRAFTS),
        (f"{ROOT}/groups/5/calendar", HEADS_DRAFTS),
        (f"{ROOT}/$batch", A_ROW),
        (A_FILE, f"{ROOT}/somewhere/new"),
        (HEADS_DRAFTS, f"{ROOT}/somewhere/new"),
    ],
)
def test_what_a_writing_may_change_is_asked_anew(writing: str, told: str) -> None:
    assert changes(writing, told)


@pytest.mark.parametrize(
    ("writing", "told"),
    [
        (A_FILE, HEADS_DRAFTS),
        (A_ROW, HEADS_DRAFTS),
        (f"{ROOT}/users/reports@school.example/messages/1", HEADS_DRAFTS),
        (f"{ROOT}/users/reports@school.example/messages/1/send", A_FILE),
        (HEADS_DRAFTS, A_ROW),
    ],
)
def test_what_a_writing_cannot_change_stays_told(writing: str, told: str) -> None:
    assert not changes(writing, told)
