"""What a command costs before it does anything: CPU of each start, against Python's own and against loading Typer.

Run: uv run python benchmarks/starting.py
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from casework.status import BACKUP, HEARTBEAT
from connectors.journal import chain_key_from, open_journal
from connectors.settings_file import Settings
from offices.status_notes import StatusNotes

ROUNDS = 5
ROOT = Path(__file__).resolve().parent.parent
MAIN = "import sys; sys.argv[1:] = {words!r}; from command_line import main; main()"


def cpu(code: str) -> float:
    """Milliseconds of CPU of a new process, the least of some rounds: other work on the machine only adds."""
    return min(_once(code) for _ in range(ROUNDS))


def _once(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def a_school(folder: Path) -> Path:
    """A school whose service swept just now."""
    file = folder / "settings.toml"
    file.write_text(_SETTINGS, encoding="utf-8")
    settings = Settings.model_validate({**tomllib.loads(_SETTINGS), "file": file})
    key = chain_key_from(folder / "journal.key")
    now = datetime.now(UTC)
    with open_journal(folder / "journal.sqlite", school="TIS", chain_key=key) as journal:
        with journal.transaction() as transaction:
            transaction.cursors.put(HEARTBEAT, now.isoformat())
            transaction.cursors.put(BACKUP, now.isoformat())
        StatusNotes(settings).note(
            journal, jobs={"open_cases": 60, "keep_house": 900}, failed=frozenset(), changes=0, now=now
        )
    return file


_SETTINGS = """
[school]
code = "TIS"
name = "Tillbrook Infant School"
address = ["Mill Lane", "Tillbrook"]
phone = "01632 960 101"
email = "office@tillbrook.example"
[microsoft365]
tenant_id = "t"
client_id = "c"
secret = { env = "CASEWORK_SECRET" }
reporting_mailbox = "reports@tillbrook.example"
site = "tillbrook.example:/sites/casework"
[policies]
drive = "office@tillbrook.example"
[term_dates]
file = "term-dates.toml"
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = str(a_school(Path(folder)))
        starts = {
            "python -c pass": "pass",
            "import typer": "import typer",
            "casework status": MAIN.format(words=["--settings", settings, "status"]),
            "casework --help": MAIN.format(words=["--help"]),
            "casework inspect message": MAIN.format(words=["inspect", "message", "nothing.eml"]),
            "what once and run load": "import schedule",
        }
        measured = {name: cpu(code) for name, code in starts.items()}
    floor, typer = measured["python -c pass"], measured["import typer"]
    table = Table("Start", "CPU, ms", "times Python", "times Typer")
    for name, cost in measured.items():
        table.add_row(name, f"{cost:,.0f}", f"{cost / floor:.1f}", f"{cost / typer:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
