"""Who a mail says it is from: the address that the mail system checked, whatever the name beside it pretends."""

from __future__ import annotations

import re
from dataclasses import replace

from casework.forwards.people import parse_person
from casework.messages import Address
from connectors.documents.messages.headers import Header

_HIDDEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|=\?[^?\s]+\?[bBqQ]\?[^?]*\?=|\([^()]*\)")
"""Quoted names, encoded words and comments: what stands in them is no address."""
_ADDRESS = re.compile(r"<\s*([^<>\s@]+@[^<>\s@]+)\s*>")
_BARE = re.compile(r"([^<>\s@,;]+@[^<>\s@,;]+)")
_NAME = re.compile(r"\s*<[^<>]*@[^<>]*>\s*$")


def author(header: Header) -> Address:
    """The writer by From, else by Sender."""
    for name in ("from", "sender"):
        if header.get(name):
            return _person(header.get(name), header.raw.get(name, ""))
    return Address()


def _person(shown: str, written: str) -> Address:
    """The address from the header as it was written, before encoded words could put another one into it."""
    person = parse_person(shown)
    plain = _HIDDEN.sub(" ", written)
    checked = _ADDRESS.search(plain) or _BARE.search(plain)
    if checked is None or checked[1].casefold() == person.address.casefold():
        return person
    name = _NAME.sub("", shown).strip().strip("\"'")
    return replace(person, name=name, address=checked[1])
