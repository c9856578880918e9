"""Mistakes that show only when entries are held against each other, or against the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from connectors.settings_file.kinds import is_content
from connectors.settings_file.practice_or_real import host_of, is_loopback
from connectors.settings_file.sections import JournalSettings, Microsoft365Settings, Role

Entries = Mapping[str, Any]

NEEDED = ("headteacher", "office", "chair")
ROLES: tuple[str, ...] = get_args(Role)
_USUAL = {name: str(Microsoft365Settings.model_fields[name].default) for name in ("graph_root", "login_root")}
_FILES = (
    ("school", "logo"),
    ("microsoft365", "certificate"),
    ("microsoft365", "ca_file"),
    ("letters", "templates"),
)
_CALENDAR = (("term_dates", "file"),)


def cross_problems(entries: Entries, folder: Path) -> Iterator[str]:
    """Every such mistake as a sentence. Wrong kinds are left to the checks of single entries.

    Args:
        entries: the file as TOML has it.
        folder: the settings file's own, from which paths are seen.
    """
    yield from _people_missing(entries)
    yield from _agreed_with_nobody(entries)
    yield from _sign_in(entries)
    yield from _mailboxes_shared(entries)
    yield from _practice_mixed(entries)
    yield from _files_missing(entries, folder)
    yield from _calendar_missing(entries, folder)


def _people_missing(entries: Entries) -> Iterator[str]:
    people = _table(entries, "people")
    for role in NEEDED:
        if role not in people:
            yield f"[people.{role}] is missing; add the section with name and address."


def _agreed_with_nobody(entries: Entries) -> Iterator[str]:
    """What is agreed for a role that nobody holds would be without effect, and nobody would notice."""
    people, agreed = _table(entries, "people"), _table(entries, "approvals")
    away = agreed.get("away")
    days = away if isinstance(away, list) else []
    named = {
        "third_person": [_text(agreed, "third_person")],
        "outside": list(_table(agreed, "outside")),
        "delegates": list(_table(agreed, "delegates")),
        "away": [_text(entry, "who") for entry in days if isinstance(entry, Mapping)],
    }
    for name, roles in named.items():
        for role in dict.fromkeys(roles):
            if role in ROLES and role not in people:
                yield f"[approvals] {name} speaks of the {role}, but there is no [people.{role}]; add that person."


def _sign_in(entries: Entries) -> Iterator[str]:
    graph = _table(entries, "microsoft365")
    if graph and ("secret" in graph) == ("certificate" in graph):
        too = "both secret and certificate" if "secret" in graph else "neither secret nor certificate"
        yield f"[microsoft365] has {too}; give one of them, so that Casework can sign in."


def _mailboxes_shared(entries: Entries) -> Iterator[str]:
    people = _table(entries, "people")
    addresses = {role: _text(_table(people, role), "address") for role in people}
    reports = _text(_table(entries, "microsoft365"), "reporting_mailbox")
    for role, address in addresses.items():
        if reports and address == reports:
            yield (
                f"[microsoft365] reporting_mailbox is also the mailbox of [people.{role}]; "
                "give reports a (shared) mailbox of their own."
            )
    head, chair = addresses.get("headteacher"), addresses.get("chair")
    if head and head == chair:
        yield (
            "[people.chair] has the headteacher's address, but decides where a case is about the headteacher; "
            "write the chair's own."
        )


def _practice_mixed(entries: Entries) -> Iterator[str]:
    graph, practice = _table(entries, "microsoft365"), _table(entries, "practice")
    if "practice" not in entries:
        yield from _practice_unsaid(graph)
        return
    for section, table, name in (
        ("microsoft365", graph, "graph_root"),
        ("microsoft365", graph, "login_root"),
        ("practice", practice, "clock_url"),
    ):
        host = host_of(_text(table, name) or _USUAL.get(name, ""))
        if host and not is_loopback(host):
            yield (
                f"[{section}] {name} is not on this machine, but [practice] says that the tenant is for practice; "
                "remove [practice] for a real tenant."
            )


def _practice_unsaid(graph: Entries) -> Iterator[str]:
    """The real service must not work for the practice school, and believe that letters reach parents."""
    for name in ("graph_root", "login_root"):
        if is_loopback(host_of(_text(graph, name))):
            yield (
                f"[microsoft365] {name} is on this machine, where only the practice school answers; leave it out for "
                "a real school. The practice school's own settings lie in the folder that casework practice serve names."
            )


def _calendar_missing(entries: Entries, folder: Path) -> Iterator[str]:
    """A school that has a journal goes on with the calendar that the journal remembers."""
    journal = _table(entries, "journal")
    if "url" in journal or _exists(
        folder / str(journal.get("file", JournalSettings.model_fields["file"].default))
    ):
        return
    yield from _files_missing(entries, folder, _CALENDAR)


def _files_missing(
    entries: Entries, folder: Path, files: tuple[tuple[str, str], ...] = _FILES
) -> Iterator[str]:
    for section, name in files:
        given = _table(entries, section).get(name)
        if not isinstance(given, str) or not given.strip() or is_content(given):
            continue
        if not _exists(folder / given):
            # The name is not repeated: somebody may have written the secret there.
            yield (
                f"[{section}] {name} names a file that is not there; put it into the folder {folder}, or correct the "
                "name."
            )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False  # a name that no file can have


def _table(entries: Entries, name: str) -> Entries:
    table = entries.get(name)
    return table if isinstance(table, Mapping) else {}


def _text(entries: Entries, name: str) -> str:
    value = entries.get(name)
    return value.strip().casefold() if isinstance(value, str) else ""
