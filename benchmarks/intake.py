"""What taking in a thousand reports costs, and whether each becomes what it should.

    uv run python benchmarks/intake.py [--mails 1000] [--peer "path/of/a/python/with/django-helpdesk"]

Casework (the job open_cases, journal and folders, every commit synced), django-helpdesk 2.6.1 (`get_email` on SQLite)
and the floor of parsing, hashing and writing alone take turns over the same mails, a hundred at a time. CPU is
counted, since other programs may run. The peer is fetched by uv, apart from the project, unless --peer names one.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.intake_mails import Made, Maker

HERE = Path(__file__).resolve().parent
BATCH = 100
BEGUN = 1_795_424_400
"""The first mail came on 23 November 2026 at nine; the others a second apart."""
PEER = f"uv run -q --no-project --python {sys.executable} --with django-helpdesk==2.6.1 python"
AS_ON_A_PC = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Some machines forbid Python to keep what it compiled, and compiling takes memory that no service would need."""
KINDS = {
    "case": {"report"},
    "joins": {"follow-up"},
    "same": {"duplicate"},
    "set down": {"auto_reply", "bounce"},
}


class Side:
    """One of those that take turns: a process of its own, told when mails lie in its folder."""

    def __init__(self, name: str, command: list[str], root: Path, inbox: Path) -> None:
        self.name, self.inbox, self.cpu, self.seconds, self.mails = name, inbox, 0.0, 0.0, 0
        self.process = subprocess.Popen(
            [*command, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE.parent,
            env=AS_ON_A_PC,
        )
        self.peak_before = self._answer()["peak"]

    def take(self, batch: list[Made]) -> None:
        for made in batch:
            path = self.inbox / f"{made.number:05}.eml"
            path.write_bytes(made.raw)
            os.utime(path, (BEGUN + made.number, BEGUN + made.number))
        answer = self._ask("sweep")
        self.cpu += answer["cpu"]
        self.seconds += answer["seconds"]
        self.mails += len(batch)

    def outcome(self) -> dict[str, Any]:
        found = self._ask("outcome")
        self.process.wait(60)
        return found

    @property
    def each(self) -> float:
        """Milliseconds of CPU a mail."""
        return self.cpu / self.mails * 1000

    def _ask(self, what: str) -> dict[str, Any]:
        assert self.process.stdin
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended too early with code {self.process.wait(60)}.")
        answer: dict[str, Any] = json.loads(line)
        return answer


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--peer", default=PEER, help='A Python with django-helpdesk; "" leaves the peer out.')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sides = _sides(Path(folder), shlex.split(options.peer))
        made, size, batch = [], 0, list[Made]()
        for mail in Maker(count=options.mails).mails():
            batch.append(mail)
            size += len(mail.raw)
            made.append(
                Made(
                    number=mail.number,
                    kind=mail.kind,
                    raw=b"",
                    becomes=mail.becomes,
                    of=mail.of,
                    files=mail.files,
                )
            )
            if len(batch) == BATCH or len(made) == options.mails:
                for turn in range(len(sides)):  # whoever is first finds the disk as the last one left it
                    sides[(turn + len(made) // BATCH) % len(sides)].take(batch)
                batch = []
        print(f"{len(made)} mails, {size / 1e6:.0f} MB, in turns of {BATCH}\n")
        _tell(sides, made)


def _sides(folder: Path, peer: list[str]) -> list[Side]:
    own = [sys.executable, str(HERE / "intake_sides.py")]
    sides = []
    for name in ("casework", "floor"):
        root = folder / name
        root.mkdir()
        sides.append(Side(name, [*own, name], root, root / "mail" / "Inbox"))
    if peer:
        root = folder / "django-helpdesk"
        root.mkdir()
        sides.append(Side("django-helpdesk", [*peer, str(HERE / "intake_peer.py")], root, root / "mail"))
    return sides


def _tell(sides: list[Side], made: list[Made]) -> None:
    outcomes = {side.name: side.outcome() for side in sides}
    casework, floor = sides[0], sides[1]
    for side in sides:
        print(
            f"{side.name:16} {side.each:6.2f} ms of CPU a mail, {side.seconds / side.mails * 1000:6.1f} ms by the clock, "
            f"at most {outcomes[side.name]['peak']} MB ({side.peak_before} MB before the first)"
        )
    print(f"\nCasework takes {casework.each / floor.each:.1f} times the floor", end="")
    if len(sides) > 2:
        print(
            f", and django-helpdesk {sides[2].each / casework.each:.1f} times as much CPU as Casework (wanted: 10)"
        )
    else:
        print()
    print(f"Casework's memory: at most {outcomes['casework']['peak']} MB (wanted: below 100)\n")
    wrong = _wrong(outcomes["casework"]["mails"], made)
    print("what became of Casework's mails, by kind (wanted: nothing wrong)")
    for kind, count in sorted(Counter(mail.kind for mail in made).items()):
        print(f"  {kind:16} {count:4}, wrong {len(wrong.get(kind, []))}")
    for problem in outcomes["casework"]["problems"][:5]:
        print(f"  {problem}")
    if len(sides) > 2:
        _tell_peer(outcomes["django-helpdesk"], made)
    if wrong:
        print(f"\nwrong, by number: {wrong}")
        raise SystemExit(1)


def _wrong(mails: dict[str, Any], made: list[Made]) -> dict[str, list[str]]:
    """The mails that did not become what they should, or lost a file."""
    wrong: dict[str, list[str]] = {}
    cases: set[str] = set()
    for mail in made:
        found = mails.get(f"{mail.number:05}.eml", {"kind": "lost", "case": None, "files": []})
        faults = [] if found["kind"] in KINDS[mail.becomes] else [f"is {found['kind']}"]
        if mail.becomes == "case" and (not found["case"] or found["case"] in cases):
            faults.append("has no case of its own")
        if (
            mail.of
            and mail.becomes in ("joins", "same")
            and found["case"] != mails[f"{mail.of:05}.eml"]["case"]
        ):
            faults.append("is in another case")
        if set(mail.files) - set(found["files"]) and mail.becomes != "same":
            faults.append("lost a file")
        cases.add(found["case"])
        if faults:
            wrong.setdefault(mail.kind, []).append(f"{mail.number} {', '.join(faults)}")
    return wrong


def _tell_peer(found: dict[str, Any], made: list[Made]) -> None:
    wanted = sum(mail.becomes == "case" for mail in made)
    files = [file for mail in made if mail.becomes == "case" for file in mail.files]
    kept = set(found["files"])
    print(
        f"\ndjango-helpdesk: {found['cases']} cases where there should be {wanted}; "
        f"{sum(file not in kept for file in files)} of {len(files)} files lost or changed; "
        f"its queue stopped for good {found['stops']} times (each mail was then taken out for it)"
    )


if __name__ == "__main__":
    main()
