"""Casework's own intake, and the floor of parsing, hashing and writing alone: two sides of benchmarks/intake.py."""
# ruff: noqa: PLC0415 - neither side pays for what the other imports

from __future__ import annotations

import email
import email.policy
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from workflows.open_cases import IntakeDesk


def main() -> None:
    side, root = sys.argv[1], Path(sys.argv[2])
    if side == "prepare":
        desk_of(root).journal.close()
        return
    sweep, outcome = {"casework": casework, "floor": floor}[side](root)
    say({"ready": True, "peak": peak()})
    for line in sys.stdin:
        if line.strip() == "outcome":
            say({"peak": peak(), **outcome()})
            return
        begun, cpu = time.perf_counter(), time.process_time()
        clean_up = sweep()
        used, seconds = time.process_time() - cpu, time.perf_counter() - begun
        clean_up()
        say({"cpu": used, "seconds": seconds})


def casework(root: Path) -> tuple[Callable[[], Callable[[], None]], Callable[[], dict[str, Any]]]:
    """The job open_cases over folders and a journal in which every commit is synced."""
    from connectors.folders import FolderInbox
    from workflows.open_cases import open_cases

    # Setting the journal up is once a year's work, of another process, as it is for a service that is started.
    subprocess.run([sys.executable, __file__, "prepare", str(root)], check=True)
    inbox, desk = FolderInbox(root / "mail"), desk_of(root)
    problems: list[str] = []

    def sweep() -> Callable[[], None]:
        waiting = os.listdir(root / "mail" / "Inbox")  # noqa: PTH208 - as plain as it gets
        problems.extend(open_cases(inbox=inbox, drop=None, desk=desk).problems)

        def file_away() -> None:
            for name in waiting:
                inbox.file_under(name, "Casework/Processed")

        return file_away

    def outcome() -> dict[str, Any]:
        mails = {}
        for number, name in enumerate(sorted(os.listdir(root / "mail" / "Casework" / "Processed"))):  # noqa: PTH208
            with desk.journal.transaction() as transaction:
                sighting = transaction.sightings.get(f"mail/{name}")
                items = transaction.evidence.of_sighting(f"mail/{name}") if sighting else ()
            there = [root / "sealed" / item.path for item in items]
            mails[name] = {
                "kind": sighting.kind if sighting else "lost",
                "case": sighting.case if sighting else None,
                "files": [hashlib.sha256(path.read_bytes()).hexdigest() for path in there],
                "number": number,
            }
        return {"mails": mails, "problems": problems}

    return sweep, outcome


def desk_of(root: Path) -> IntakeDesk:
    """An intake of an invented school, as offices/office.py joins it up, with a folder for the sealed library."""
    import connectors.calendar_files
    import templates
    from casework.procedures import Procedures
    from casework.school import Person, Role, School
    from casework.tags import TokenMaker
    from connectors.calendar_files import read_term_dates
    from connectors.documents.messages import MimeMessageReader, load_platforms
    from connectors.folders import FolderLibrary
    from connectors.journal import open_journal
    from connectors.procedure_files import read_procedures
    from workflows.open_cases import IntakeDesk

    calendar = Path(connectors.calendar_files.__file__).parent / "practice-term-dates.toml"
    school = School(
        code="TIS",
        name="Tillbrook Infant School",
        zone=ZoneInfo("Europe/London"),
        people={
            role: Person(role=role, name=role.title(), address=f"{role}@tillbrook.example")
            for role in (Role.HEADTEACHER, Role.DEPUTY, Role.OFFICE, Role.CHAIR)
        },
        calendar=read_term_dates(calendar),
        reporting_mailbox="reports@tillbrook.example",
        own_domains=frozenset({"tillbrook.example"}),
    )
    return IntakeDesk(
        journal=open_journal(root / "journal.sqlite", school="TIS", chain_key=bytes(range(32))),
        sealed=FolderLibrary(root / "sealed"),
        reader=MimeMessageReader(),
        school=school,
        tokens=TokenMaker(secret=bytes(range(32))),
        platforms=load_platforms(Path(templates.__file__).parent / "platforms.toml"),
        procedures=Procedures(current=read_procedures(Path(templates.__file__).parent / "procedures")),
        now=datetime(2026, 11, 23, 9, tzinfo=UTC),
    )


def floor(root: Path) -> tuple[Callable[[], Callable[[], None]], Callable[[], dict[str, Any]]]:
    """Parse with the standard library, hash the mail and its files, and write them all to the disk."""
    inbox = root / "mail" / "Inbox"
    inbox.mkdir(parents=True)

    def sweep() -> Callable[[], None]:
        waiting = list(inbox.iterdir())
        for path in waiting:
            raw = path.read_bytes()
            folder = root / "kept" / hashlib.sha256(raw).hexdigest()
            folder.mkdir(parents=True, exist_ok=True)
            written = [(folder / "message.eml", raw)]
            message = email.message_from_bytes(raw, policy=email.policy.default)
            for number, part in enumerate(message.walk()):
                content = part.get_payload(decode=True)
                if part.get_filename() and isinstance(content, bytes):
                    written.append((folder / f"{number}-{hashlib.sha256(content).hexdigest()[:8]}", content))
            for place, content in written:
                with place.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())

        def clean_up() -> None:
            for path in waiting:
                path.unlink()

        return clean_up

    return sweep, dict


def peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
