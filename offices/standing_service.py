"""`casework service`: Casework as a service of this machine, installed, shown and taken away by one command."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.errors import CaseworkError
from connectors.operating_system.systemd import ServiceWanted, unit_text
from connectors.operating_system.task_scheduler import LOCAL_SERVICE, task_xml
from connectors.settings_file import Settings
from offices.service import SIGN_IN_IS_OVER

NAME = "casework"
PATIENCE = 60

Run = Callable[[Sequence[str]], tuple[int, str]]
"""Runs a program; gives its exit code and what it said."""


class ServiceError(CaseworkError):
    """The service could not be installed, shown or taken away; says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingService:
    """The service of one school on this machine.

    Attributes:
        system: True for a service of the machine, False for the signed-in person's own.
        windows: which kind of machine is spoken of.
        account: of Windows, with a password; empty for that of the machine's services.
    """

    settings: Settings
    system: bool
    windows: bool = sys.platform == "win32"
    account: str = ""

    @property
    def file(self) -> Path:
        """Where the unit, or the task's XML, is written."""
        if self.windows:
            return self.settings.file.absolute().parent / "casework-task.xml"
        if self.system:
            return Path("/etc/systemd/system") / f"{NAME}.service"
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        return home / "systemd" / "user" / f"{NAME}.service"

    def text(self) -> str:
        """The unit or the task's XML."""
        settings = self.settings.file.resolve()
        account = _owner(settings) if self.system else ""
        wanted = ServiceWanted(
            command=(*_program(windows=self.windows), "--settings", str(settings), "run"),
            folder=settings.parent,
            writable=(self._journals_folder,),
            account=self.account or LOCAL_SERVICE if self.windows else account,
            stays_down=(SIGN_IN_IS_OVER,),
        )
        return task_xml(wanted) if self.windows else unit_text(wanted)

    @property
    def _journals_folder(self) -> Path:
        return self.settings.path(self.settings.journal.file).parent

    @property
    def _to_begin(self) -> tuple[Sequence[str], ...]:
        """What the machine is told once the file is written."""
        if self.windows:
            whose = self.account or f"*{LOCAL_SERVICE}"
            folders = dict.fromkeys((self.settings.file.resolve().parent, self._journals_folder))
            # "*" has Windows ask for the password, which is seen by nobody else and stands nowhere
            password = ["/RU", self.account, "/RP", "*"] if self.account else []
            return (
                *(["icacls", str(folder), "/grant", f"{whose}:(OI)(CI)M"] for folder in folders),
                ["schtasks", "/Create", "/F", "/TN", NAME, "/XML", str(self.file), *password],
                ["schtasks", "/Run", "/TN", NAME],
            )
        return ([*self._systemctl, "daemon-reload"], [*self._systemctl, "enable", "--now", NAME])

    def would_install(self) -> tuple[str, ...]:
        """Each thing that `install` would do, in words that stand behind "would"."""
        written = f"{'replace' if self.file.exists() else 'write'} {self.file}"
        lingers = () if self.system or self.windows else (self._linger,)
        return (written, *(f"run: {' '.join(words)}" for words in (*self._to_begin, *lingers)))

    def would_uninstall(self) -> tuple[str, ...]:
        """Each thing that `uninstall` would do; nothing where nothing is installed."""
        if not self.file.exists():
            return ()
        ends = (f"run: {' '.join(words)}" for words in self._to_end)
        return (*ends, f"delete {self.file}; settings, journal and backups would stay")

    def install(self, run: Run, ask: Run | None = None) -> str:
        """Write the file and start the service; returns what to do next.

        Args:
            run: runs a program of the machine.
            ask: runs one that asks something on the terminal.

        Raises:
            ServiceError: the machine refused, or the account could not read the program.
        """
        self._refuse_a_persons_folder()
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            # schtasks reads UTF-16 alone
            self.file.write_text(self.text(), encoding="utf-16" if self.windows else "utf-8")
        except OSError as error:
            raise ServiceError(
                f"The file {self.file} could not be written ({error.strerror}). Run the command as administrator"
                + ("." if self.windows else " (sudo), or with --user for a service of your own.")
            ) from error
        for words in self._to_begin:
            _must(ask if ask and "/RP" in words else run, words)
        if self.windows:
            return f"Casework starts with this PC from now on. See how it is: casework status{self._of_the_secret}"
        if not self.system:
            code, _ = run(self._linger)
            if code:
                return (
                    "Casework runs while you are signed in. To let it run always: sudo loginctl enable-linger"
                )
        return "Casework starts with this machine from now on. See how it is: casework status"

    def _refuse_a_persons_folder(self) -> None:
        """What `uv` puts into somebody's profile only that person can open."""
        if not self.windows or self.account:
            return
        places = (Path(sys.prefix), Path(sys.base_prefix), self.settings.file.resolve().parent)
        inside = [place for place in places if place.is_relative_to(Path.home())]
        if inside:
            raise ServiceError(
                f"{inside[0]} lies in the folder of {Path.home().name}, which Windows' account for services cannot open. "
                "Install Casework as step 2 of docs/how-to/set-up-a-school.md says, or name an account of your own: "
                "casework service install --account NAME"
            )

    @property
    def _of_the_secret(self) -> str:
        """Where the account of the service may not find the client secret that the person at the keyboard finds."""
        secret = self.settings.microsoft365.secret
        if secret and secret.env:
            return (
                f"\nSet {secret.env} as a variable of the system, not of your account; then restart this PC."
            )
        if secret and secret.command and not self.account:
            return (
                "\nThe command that gives the secret now runs as the account of Windows' services, which opens nobody's "
                "key store. If it cannot sign in: casework service install --account NAME"
            )
        return ""

    def uninstall(self, run: Run) -> str:
        """Stop the service and take it away; journal and settings stay.

        Raises:
            ServiceError: the machine refused.
        """
        if not self.file.exists():
            return "Casework was not installed as a service here."
        if self.windows:
            run(["schtasks", "/End", "/TN", NAME])
        for words in self._to_end:
            _must(run, words)
        self.file.unlink()
        if not self.windows:
            _must(run, [*self._systemctl, "daemon-reload"])
        return "The service was stopped and taken away. Settings, journal and backups stay where they are."

    def status(self, run: Run) -> tuple[bool, str]:
        """Whether the service is at work, and a sentence on it."""
        if not self.file.exists():
            return False, "Casework is not installed as a service. Install it: casework service install"
        if self.windows:
            code, said = run(["schtasks", "/Query", "/TN", NAME, "/FO", "LIST"])
            return not code and "Running" in said, said.strip() or "Windows does not know the task."
        code, said = run([*self._systemctl, "is-active", NAME])
        if code:
            return False, f"The service is installed but not at work ({said.strip()}). See: {self._log}"
        return True, "The service is at work. See what it does: casework status"

    @property
    def _to_end(self) -> tuple[Sequence[str], ...]:
        if self.windows:
            return (["schtasks", "/Delete", "/F", "/TN", NAME],)
        return ([*self._systemctl, "disable", "--now", NAME],)

    @property
    def _linger(self) -> Sequence[str]:
        return ["loginctl", "enable-linger", getpass.getuser()]

    @property
    def _systemctl(self) -> tuple[str, ...]:
        return ("systemctl",) if self.system else ("systemctl", "--user")

    @property
    def _log(self) -> str:
        return f"journalctl {'-u' if self.system else '--user-unit'} {NAME} -n 50"


def run_program(words: Sequence[str]) -> tuple[int, str]:
    """Run one of the machine's own programs.

    Raises:
        ServiceError: the machine has no such program, or it does not answer.
    """
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ServiceError(
            f"{words[0]} is not there or does not answer, so this machine starts services in another way. "
            "Print the file with --print and give it to whoever looks after the machine."
        ) from error
    return done.returncode, done.stdout + done.stderr


def run_asking(words: Sequence[str]) -> tuple[int, str]:
    """Run one that asks on this terminal, and says there what is wrong."""
    return subprocess.run(words, check=False).returncode, "see above"


def _must(run: Run, words: Sequence[str]) -> None:
    code, said = run(words)
    if code:
        raise ServiceError(f"{' '.join(words)} failed: {said.strip() or f'exit code {code}'}")


def _program(*, windows: bool) -> tuple[str, ...]:
    """The casework of this installation, with its full path."""
    folder = Path(sys.executable).parent
    if windows:  # pythonw has no window
        return (str(folder / "pythonw.exe"), "-m", "command_line")
    script = folder / "casework"
    return (str(script),) if script.exists() else (sys.executable, "-m", "command_line")


def _owner(settings: Path) -> str:
    """Whose the settings file is: that account, not root, runs a service of the machine."""
    if sys.platform == "win32":
        return getpass.getuser()
    return settings.owner()
