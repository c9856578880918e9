"""One run of benchmarks/engines.py: schools as rows, hosts of one engine at work, killed or hung by a plan."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Self

import psycopg
from engines_effects import service, times_done
from engines_rows import STAGES, TABLES, Manner

UV = shutil.which("uv") or "uv"
HERE = Path(__file__).resolve().parent
WORKERS = 4
PER_SCHOOL = 10
"""Cases of a school."""
AT_A_TIME = 2
"""Hosts that hang at the same time, so that there are others to overtake them."""
PATIENCE = 20
"""Seconds after which a host that hangs goes on although no other has overtaken it."""
AT_WORK = """
SELECT split_part(holder, '.', 1)::int FROM schools WHERE holder IS NOT NULL AND until > extract(epoch FROM now())
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """What a run has to bear.

    Attributes:
        seed: of the kills, of the hangs, and of the calls that fail.
        kills: hosts ended by SIGKILL while they work, and started again.
        hangs: hosts that stop right before a call, until their lease is over and others have gone on.
        marks: whether the service refuses an effect that was done.
    """

    seed: int
    kills: int = 0
    hangs: int = 0
    marks: bool = True
    refused: float = 0.04
    lost: float = 0.04


@dataclass(kw_only=True, slots=True)
class Seen:
    """What came of a run; None where it says nothing.

    Attributes:
        asked: effects that the cases ask for.
        twice: effects done more than once, counted by the service that did them.
        lost: effects that were never done within the run's time.
        late: seconds between a school's due moment and its sweep, one for each sweep.
    """

    asked: int
    done: int
    twice: int
    lost: int
    kills: int = 0
    hangs: int = 0
    seconds: float
    late: list[float] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Engine:
    """An engine in a Python of its own.

    Attributes:
        python: an interpreter that has the engine and psycopg, and nothing of the project.
        database: gives a new database's address each time it is called, as libpq has it.
    """

    name: str
    python: Path
    database: Iterator[str]

    def start(self, script: str, *words: str) -> subprocess.Popen[str]:
        """Start one of our scripts with the engine's Python; it ends when its standard input is closed."""
        return subprocess.Popen(
            [str(self.python), str(HERE / script), self.name, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        )


@contextmanager
def installed(requirements: list[str]) -> Iterator[Path]:
    """Install packages into a Python of their own; yields its interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([UV, "venv", "-q", "--python", sys.executable, folder], check=True)
        python = Path(folder, "bin", "python")
        subprocess.run(
            [UV, "pip", "install", "-q", "--python", str(python), *requirements], check=True, cwd=folder
        )
        yield python


class Run:
    """Hosts of one engine over one database."""

    def __init__(self, engine: Engine, address: str, port: int, manner: Manner) -> None:
        self._engine, self._words = engine, (address, str(port))
        self._manner = json.dumps(asdict(manner))
        self._hosts: dict[str, subprocess.Popen[str]] = {}
        prepared = engine.start("engines_hosts.py", *self._words, "prepare", self._manner)
        assert prepared.wait(60) == 0, f"{engine.name} did not make its tables."

    def start(self, name: str) -> None:
        self._hosts[name] = self._engine.start("engines_hosts.py", *self._words, name, self._manner)

    @property
    def names(self) -> dict[int, str]:
        return {host.pid: name for name, host in self._hosts.items()}

    def kill(self, pid: int) -> None:
        """Kill a host, and start another of its name, as a supervisor would."""
        name = self.names[pid]
        self._hosts[name].kill()
        self._hosts[name].wait()
        self.start(name)

    def __enter__(self) -> Self:
        for number in range(WORKERS):
            self.start(f"host{number}")
        return self

    def __exit__(self, *_: object) -> None:
        for host in self._hosts.values():
            host.kill()
            host.wait()


def carried_out(engine: Engine, cases: int, manner: Manner, trouble: Trouble, *, within: float) -> Seen:
    """Let an engine's hosts carry out all that some cases ask for, and count at the service what was done.

    Args:
        engine: whose hosts sweep the rows.
        cases: each asks for STAGES effects, one after another.
        manner: which of the safeguards the rows have.
        trouble: kills, hangs and failing calls.
        within: seconds after which the run ends, done or not.
    """
    keys = [f"{number:05}/{stage}" for number in range(cases) for stage in range(STAGES)]
    with ExitStack() as stack:
        plan = Plan(trouble, keys, Path(stack.enter_context(tempfile.TemporaryDirectory())))
        port = stack.enter_context(
            service(
                seed=trouble.seed,
                refused=trouble.refused,
                lost=trouble.lost,
                marks=trouble.marks,
                delay=0.01,
            )
        )
        address = next(engine.database)
        rows = stack.enter_context(psycopg.connect(address, autocommit=True))
        lay_out(rows, cases)
        given = replace(manner, hangs=str(plan.folder)) if trouble.hangs else manner
        run = stack.enter_context(Run(engine, address, port, given))
        began = time.monotonic()
        maker = Troublemaker(run, rows, trouble, manner, plan)
        maker.make(until=began + within)
        took = time.monotonic() - began
        maker.settle()
        done = times_done(port)
        return Seen(
            asked=len(keys),
            done=sum(done.values()),
            twice=sum(1 for times in done.values() if times > 1),
            lost=sum(1 for key in keys if not done[key]),
            kills=maker.killed,
            hangs=maker.hung,
            seconds=took,
        )


class Plan:
    """Where the work stands at each kill, in effects, and before which effects a host may hang."""

    def __init__(self, trouble: Trouble, keys: list[str], folder: Path) -> None:
        self.chance = random.Random(trouble.seed)  # noqa: S311 - a plan, no secret
        self.kills = sorted(self.chance.sample(range(len(keys) * 9 // 10), trouble.kills))
        self.folder = folder
        (folder / "keys").write_text(" ".join(self.chance.sample(keys, len(keys) // 2)))


def lay_out(rows: psycopg.Connection, cases: int) -> None:
    rows.execute(TABLES)  # type: ignore[call-overload, unused-ignore]
    schools = max(1, cases // PER_SCHOOL)
    rows.execute(
        "INSERT INTO schools (code, due_at) SELECT 'S' || n, 0 FROM generate_series(0, %s) n", [schools - 1]
    )
    rows.execute(
        "INSERT INTO cases (reference, school) SELECT lpad(n::text, 5, '0'), 'S' || n %% %s"
        " FROM generate_series(0, %s) n",
        [schools, cases - 1],
    )


class Troublemaker:
    """Kills and hangs hosts while they work, as the seed has planned it.

    Attributes:
        killed: hosts so far; `hung` those that hung.
    """

    def __init__(
        self, run: Run, rows: psycopg.Connection, trouble: Trouble, manner: Manner, plan: Plan
    ) -> None:
        self._run, self._rows, self._trouble, self._plan = run, rows, trouble, plan
        self._settles_in = manner.lease + 1.5
        self._since: dict[int, float] = {}
        self.killed = self.hung = 0
        for _ in range(min(AT_A_TIME, trouble.hangs)):
            self._leave_one()

    def make(self, *, until: float) -> None:
        """Go on until the work is done, or for so long."""
        while time.monotonic() < until:
            stages, left = self._rows.execute(
                "SELECT sum(stage), count(*) FILTER (WHERE stage < %s) FROM cases", [STAGES]
            ).fetchone() or (0, 0)
            if not left and not self._since:
                return
            if self._plan.kills and stages >= self._plan.kills[0]:
                self._plan.kills.pop(0)
                at_work = {pid for (pid,) in self._rows.execute(AT_WORK)} & set(self._run.names)
                self._run.kill(self._plan.chance.choice(sorted(at_work or self._run.names)))
                self.killed += 1
            self.wake()
            time.sleep(0.05)

    def wake(self) -> None:
        """Let hosts go on once another has done what they stopped at, and give the next leave to hang."""
        for pid in self._run.names:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T":
                self._since.setdefault(pid, time.monotonic())
        for pid, since in list(self._since.items()):
            said = list(self._plan.folder.glob(f"hung-{pid}-*"))
            if self._overtaken([file.read_text() for file in said]) or time.monotonic() - since > PATIENCE:
                for file in said:
                    file.unlink()
                os.kill(pid, signal.SIGCONT)
                del self._since[pid]
                self.hung += 1
                if self.hung + len(self._since) < self._trouble.hangs:
                    self._leave_one()

    def _overtaken(self, keys: list[str]) -> bool:
        (done,) = self._rows.execute(
            "SELECT count(*) FROM intents WHERE done AND key = ANY(%s)", [keys]
        ).fetchone() or (0,)
        return bool(done == len(keys))

    def settle(self) -> None:
        """Wait for what is still under way, such as the sweep of a host that was woken last."""
        end = time.monotonic() + self._settles_in
        while time.monotonic() < end or self._since:
            self.wake()
            time.sleep(0.1)

    def _leave_one(self) -> None:
        Path(self._plan.folder, f"leave-{time.monotonic_ns()}").touch()


def lateness(engine: Engine, schools: int, every: float, *, seconds: float, warm: float) -> Seen:
    """Let hosts sweep schools again and again, each sweep one call of 80 ms, and see how late each one begins."""
    manner = Manner(every=every, slot=1, lease=60)
    with ExitStack() as stack:
        port = stack.enter_context(service(seed=0, refused=0, lost=0, marks=False, delay=0.08))
        address = next(engine.database)
        rows = stack.enter_context(psycopg.connect(address, autocommit=True))
        rows.execute(TABLES)  # type: ignore[call-overload, unused-ignore]
        rows.execute(
            "INSERT INTO schools (code, due_at)"
            " SELECT 'S' || n, extract(epoch FROM clock_timestamp()) + %s + %s * n / %s FROM generate_series(0, %s) n",
            [warm / 2, every, float(schools), schools - 1],
        )
        stack.enter_context(Run(engine, address, port, manner))
        time.sleep(warm)
        rows.execute("TRUNCATE seen")
        time.sleep(seconds)
        late = [one for (one,) in rows.execute("SELECT late FROM seen")]
        waiting = rows.execute(
            "SELECT extract(epoch FROM clock_timestamp()) - due_at FROM schools"
            " WHERE due_at < extract(epoch FROM clock_timestamp()) AND holder IS NULL"
        ).fetchall()
        # who still waits is as late as it is already
        late += [float(one) for (one,) in waiting]
        asked = round(schools / every * seconds)
        return Seen(asked=asked, done=len(late) - len(waiting), twice=0, lost=0, seconds=seconds, late=late)
