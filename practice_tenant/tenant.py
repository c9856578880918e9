"""One practice tenant: its store, clock, people and grants, handed to every handler."""

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from practice_tenant.background import Background
from practice_tenant.changes import SCHEMA as CHANGES_SCHEMA
from practice_tenant.clock import PracticeClock
from practice_tenant.controls.faults import Faults
from practice_tenant.controls.line import Line
from practice_tenant.controls.recording import Recording
from practice_tenant.database import Database
from practice_tenant.directory import Directory, build_directory
from practice_tenant.permissions import SCHEMA as PERMISSIONS_SCHEMA
from practice_tenant.permissions import Permissions
from practice_tenant.replication import Replication
from practice_tenant.throttling import Throttle

_CHECKPOINT = "checkpoint.sqlite"


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """Everything that a handler needs.

    Attributes:
        state: the state folder.
        graph_root: "https://localhost:PORT/", without version.
        login_root: the same host, where the sign-in service answers.
        transfer_root: "https://127.0.0.1:PORT/": pre-authenticated addresses live there and refuse a bearer.
        tenant_id: the directory's id, the same over restarts.
    """

    state: Path
    database: Database
    clock: PracticeClock
    directory: Directory
    permissions: Permissions
    faults: Faults
    line: Line
    recording: Recording
    background: Background
    throttle: Throttle
    replication: Replication
    tenant_id: str
    port: int

    @property
    def graph_root(self) -> str:
        return f"https://localhost:{self.port}/"

    @property
    def login_root(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def transfer_root(self) -> str:
        return f"https://127.0.0.1:{self.port}/"

    @property
    def epoch(self) -> str:
        """Changes with every checkpoint and reset; delta tokens carry it, so that tokens of another life are refused."""
        return self.database.fact("epoch") or ""

    def has_lived(self, epoch: object) -> bool:
        """True for the present epoch and for those that lie before it in this life, not for what a reset undid."""
        return epoch == self.epoch or epoch in _epochs_before(self.database)

    def checkpoint(self) -> None:
        """Remember the present state as the one that a reset returns to."""
        self.database.save_copy(self.state / _CHECKPOINT)
        _begin_epoch(self.database)

    @property
    def has_checkpoint(self) -> bool:
        return (self.state / _CHECKPOINT).exists()

    def reset(self) -> None:
        """Return to the checkpoint; forget faults, line, limits and recording; refuse delta tokens given since."""
        self.database.restore_copy(self.state / _CHECKPOINT)
        _begin_epoch(self.database)
        self.faults.replace([])
        self.line.set({})
        self.recording.clear()
        self.throttle.forget()
        self.replication.forget()


def _epochs_before(database: Database) -> list[str]:
    return (database.fact("epochs before") or "").split()


def _begin_epoch(database: Database) -> None:
    database.set_fact("epochs before", " ".join([*_epochs_before(database), database.fact("epoch") or ""]))
    database.set_fact("epoch", uuid4().hex)


def open_tenant(state: Path, database: Database, port: int) -> Tenant:
    """Join a tenant up on an open database, giving it its ids where it is new."""
    database.apply(PERMISSIONS_SCHEMA)
    database.apply(CHANGES_SCHEMA)
    with database.transaction():
        for name, value in (("tenant id", str(uuid4())), ("epoch", uuid4().hex)):
            if database.fact(name) is None:
                database.set_fact(name, value)
        database.set_fact("port", str(port))
    return Tenant(
        state=state,
        database=database,
        clock=PracticeClock(database),
        directory=build_directory(),
        permissions=Permissions(database),
        faults=Faults(),
        line=Line(),
        recording=Recording(),
        background=Background(),
        throttle=Throttle(),
        replication=Replication(),
        tenant_id=database.fact("tenant id") or "",
        port=port,
    )
