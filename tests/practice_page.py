"""The practice page as a browser without script sees it: pages fetched, links followed, forms sent."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

import lxml.html
import requests

from tests.practice import PracticeServer

CASES = {
    "displayName": "Cases",
    "list": {"template": "genericList"},
    "columns": [
        {"name": "Reference", "text": {}, "indexed": True, "enforceUniqueValues": True},
        {"name": "Stage", "choice": {"choices": ["new", "awaiting approval", "closed"]}, "indexed": True},
        {"name": "Due", "dateTime": {"format": "dateOnly"}},
        {"name": "CaseworkSays", "displayName": "Casework says", "text": {"allowMultipleLines": True}},
        {"name": "EvidenceFolder", "displayName": "Evidence folder", "text": {"allowMultipleLines": True}},
        {"name": "Parent", "text": {}},
        {"name": "ParentAddress", "displayName": "Postal address", "text": {"allowMultipleLines": True}},
        {"name": "Target", "displayName": "Who it is about", "choice": {"choices": ["staff", "pupil"]}},
        {
            "name": "Categories",
            "choice": {"displayAs": "checkBoxes", "choices": ["complaint in public", "other"]},
        },
        {"name": "TalkedOn", "displayName": "Talked on", "dateTime": {"format": "dateOnly"}},
        {"name": "Continues", "displayName": "The posting continues", "boolean": {}},
    ],
}


class Page:
    """One visitor with cookies; `text` is the body of the page that was fetched last."""

    def __init__(self, practice: PracticeServer) -> None:
        self.root = str(practice.facts["page"])
        self.session = requests.Session()
        self.answer = requests.Response()

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def words(self) -> str:
        """What is to be read, without markup, on one line."""
        return " ".join(" ".join(lxml.html.fromstring(self.text).itertext()).split())

    def get(self, address: str, **more: Any) -> requests.Response:
        self.answer = self.session.get(self.root + address.lstrip("/"), timeout=20, **more)
        return self.answer

    def post(self, address: str, data: Mapping[str, Any] | None = None, **more: Any) -> requests.Response:
        more.setdefault("headers", {"Origin": self.root.rstrip("/")})
        self.answer = self.session.post(self.root + address.lstrip("/"), data=data, timeout=20, **more)
        return self.answer

    def play(self, role: str) -> "Page":
        self.post("play", {"role": role, "back": "/"})
        return self

    def follow(self, words: str) -> "Page":
        """Open the first link with these words."""
        self.get(self.link(words))
        return self

    def link(self, words: str) -> str:
        for anchor in lxml.html.fromstring(self.text).iter("a"):
            if words in " ".join(anchor.text_content().split()):
                return str(anchor.get("href"))
        raise AssertionError(f"no link says “{words}” in: {self.words[:800]}")

    def form(self, action_ending: str) -> dict[str, Any]:
        """The fields of the form that goes to such an address, as a browser would send them untouched."""
        for form in lxml.html.fromstring(self.text).forms:
            if str(form.get("action") or "").endswith(action_ending):
                return _fields(form)
        raise AssertionError(f"no form goes to “{action_ending}”")

    def link_of_form(self, action_ending: str) -> str:
        """Where the form with such an address goes."""
        for form in lxml.html.fromstring(self.text).forms:
            if str(form.get("action") or "").endswith(action_ending):
                return str(form.get("action"))
        raise AssertionError(f"no form goes to “{action_ending}”")

    def frame(self) -> str:
        """The document within a mail's frame."""
        found = re.search(r'srcdoc="([^"]*)"', self.text)
        assert found, f"no frame in: {self.words[:400]}"
        return unescape(found[1])


def _fields(form: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, given in form.form_values():
        # A newline right after <textarea> is not part of its value.
        value = given.removeprefix("\n")
        known = fields.get(name)
        fields[name] = value if known is None else [*([known] if isinstance(known, str) else known), value]
    return fields


def make_cases(practice: PracticeServer, *rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A Cases list with a column of every kind, and rows in it; gives the rows back."""
    site = f"sites/{practice.facts['site_id']}"
    practice.graph("POST", f"{site}/lists", json=CASES, expect=201)
    return [
        practice.graph("POST", f"{site}/lists/Cases/items", json={"fields": row}, expect=201).json()
        for row in rows
    ]


def row_of(practice: PracticeServer, number: str) -> dict[str, Any]:
    """A row with its fields, as the visitor sees it."""
    path = f"sites/{practice.facts['site_id']}/lists/Cases/items/{number}"
    found: dict[str, Any] = practice.graph("GET", path, expect=200).json()
    return found


def inbox(practice: PracticeServer, role: str) -> Sequence[dict[str, Any]]:
    """What lies in somebody's Inbox, newest first, attachments included."""
    path = f"users/{practice.user(role)}/mailFolders/inbox/messages?$expand=attachments&$top=50"
    found: list[dict[str, Any]] = practice.graph("GET", path, expect=200).json()["value"]
    return found
