"""Names and addresses as mail programs print them in the header of a forwarded mail."""

from __future__ import annotations

import html
import re

from casework.forwards.lines import visible
from casework.forwards.words import ON_BEHALF_OF
from casework.messages import Address

_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:|=]+@[^\s<>()\[\]\"',;:|]+\.[^\s<>()\[\]\"',;:|.]+")
_BRACKETS = re.compile(r"[<\[(]\s*(?:mailto:|smtp:)?[^<>\[\]()]*@[^<>\[\]()]*[>\])]+|<[^<>]*$", re.IGNORECASE)
_LEFT_OVER = " \t\"'*_<>[];,:\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019`|"
_BEHALF = re.compile(
    r"(?:^|[\s>\])])(?:" + "|".join(re.escape(w) for w in ON_BEHALF_OF if w) + r")(?=\s|$)", re.IGNORECASE
)
MOST_PEOPLE = 500


def parse_person(text: str) -> Address:
    """One person, with or without a name, an address, brackets or "mailto:"; the one spoken for, if two are named."""
    shown = _plain(text)
    first, _, second = _split_behalf(shown)
    if not second:
        return _person(first)
    agent, principal = _person(first), _person(second)
    return Address(name=principal.name or agent.name, address=principal.address or agent.address)


def parse_people(text: str) -> tuple[Address, ...]:
    """A list of people, parted by ";" or ","; a comma inside "Surname, First name" parts nobody."""
    pieces = _pieces(_plain(text))[:MOST_PEOPLE]
    people = (_person(piece) for piece in pieces)
    return tuple(person for person in people if person.name or person.address)


def _plain(text: str) -> str:
    shown = visible(html.unescape(text) if "&" in text else text)
    shown = re.sub(r"\]\s*\(\s*mailto:", "] (mailto:", shown)
    return re.sub(r"(?<![\w.])\*+|\*+(?![\w.])", "", shown)


def _split_behalf(text: str) -> tuple[str, str, str]:
    found = _BEHALF.search(text)
    if not found or not text[: found.start()].strip() or not text[found.end() :].strip():
        return text, "", ""
    return text[: found.start() + 1], found[0], text[found.end() :]


def _person(text: str) -> Address:
    found = _ADDRESS.search(re.sub(r"(?i)mailto:|smtp:", " ", text))
    address = found[0].strip(".<>'") if found else ""
    name = _BRACKETS.sub(" ", text)
    if address:
        name = re.sub(re.escape(address), " ", name, flags=re.IGNORECASE)
    name = re.sub(r"(?i)\bmailto:|\bsmtp:", " ", name)
    name = visible(name).strip(_LEFT_OVER)
    return Address(name=_without_twin(name), address=address)


def _without_twin(name: str) -> str:
    """Drop brackets that emptied, such as the "()" that is left of "(address)"."""
    bare = " ".join(re.sub(r"[<\[(]\s*[>\])]", " ", name).replace('\\"', '"').split())
    if bare.count("(") != bare.count(")") or (bare.startswith("(") and bare.endswith(")")):
        bare = bare.strip("() ")
    return bare


def _pieces(text: str) -> list[str]:
    by_semicolon = _split_outside(text, ";")
    if len(by_semicolon) > 1:
        return by_semicolon
    by_comma = _split_outside(text, ",")
    if not any("@" in piece for piece in by_comma):
        one_word_each = len(by_comma) == 2 and all(len(piece.split()) == 1 for piece in by_comma)  # noqa: PLR2004 - a pair
        return [text] if one_word_each else by_comma
    return _joined_until_address(by_comma)


def _joined_until_address(pieces: list[str]) -> list[str]:
    """One person for "Vale, Rosa <a@b.example>": a single word before an address is the surname."""
    people: list[str] = []
    held = ""
    for piece in pieces:
        words = piece.split()
        if "@" not in piece and len(words) == 1 and not held:
            held = piece
            continue
        joins = held and not _ADDRESS.match(piece.strip().lstrip("<"))
        people.extend([f"{held}, {piece}"] if joins else [part for part in (held, piece) if part])
        held = ""
    return [*people, held] if held else people


def _split_outside(text: str, mark: str) -> list[str]:
    """Split at a mark that stands outside quotation marks and brackets."""
    pieces, start, quoted, depth = [], 0, False, 0
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter in "<[(" and not quoted:
            depth += 1
        elif letter in ">])" and not quoted:
            depth = max(0, depth - 1)
        elif letter == mark and not quoted and (not depth or mark == ";"):
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]
