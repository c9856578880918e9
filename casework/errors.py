"""The tree of errors, named after the remedy.

CaseworkError                    everything that Casework raises on purpose
├── SettingsError                settings or calendars that need mending, all problems at once
├── TermDatesExhaustedError      the term calendar ends before the day that is needed
├── LetterTemplateError          a letter cannot be written: names template, paragraph and tag
├── UnreadableDocumentError      one document could not be read; the others go on
├── JournalError                 the journal cannot be used (disk, version, broken chain)
└── ConnectorError               something outside failed
    ├── TemporaryConnectorError  tried again by itself, later
    │   └── WrongClockError      this machine's clock shows another day than the service's: somebody sets it
    └── PermanentConnectorError  goes to a person
        ├── SignInError          the tenant does not accept our credentials
        ├── NotPermittedError    signed in, but this is not allowed
        ├── NotThereError        the thing does not exist (any more)
        ├── AlreadyThereError    a thing with this name or unique value exists
        ├── ChangedMeanwhileError  somebody changed it since we read it (412)
        └── CursorExpiredError   the change token is no longer valid: read everything once
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


class CaseworkError(Exception):
    """Everything that Casework raises on purpose; its message ends with the next step."""


class SettingsError(CaseworkError):
    """Settings, a calendar or another file of the school's needs mending.

    Attributes:
        problems: every mistake found, each a sentence that names the entry and what to write instead.
    """

    def __init__(self, file: str, problems: Sequence[str]) -> None:
        self.file = file
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"{file} needs mending:\n{lines}")


class TermCalendarError(SettingsError):
    """The term calendar's file needs mending; the calendar that was last read goes on counting."""


class TermDatesExhaustedError(CaseworkError):
    """The term calendar ends before the day that is needed; nothing is guessed.

    Attributes:
        last_day: the last day that the calendar covers.
        needed: the day (or the first day after the calendar) that was asked for.
    """

    def __init__(self, *, last_day: date, needed: date) -> None:
        self.last_day = last_day
        self.needed = needed
        super().__init__(
            f"The term calendar ends on {last_day:%d %B %Y}, but {needed:%d %B %Y} is needed. "
            "Add the next year's term dates to the calendar file."
        )


class LetterTemplateError(CaseworkError):
    """A letter or mail cannot be written from its template.

    Attributes:
        template: the template's name, as in templates/letters/<name>.
        paragraph: the text of the paragraph that holds the tag, as the template has it; empty if none.
        tag: the tag or field that is missing, unknown or broken; empty if the file itself is at fault.
    """

    def __init__(self, *, template: str, paragraph: str = "", tag: str = "", reason: str) -> None:
        self.template = template
        self.paragraph = paragraph
        self.tag = tag
        self.reason = reason
        where = f' in the paragraph "{paragraph}"' if paragraph else ""
        what = f" ({tag})" if tag else ""
        super().__init__(f"Template {template}{where}{what}: {reason}")


class UnreadableDocumentError(CaseworkError):
    """One document could not be read.

    Attributes:
        name: the file's name.
        reason: why, in words for the office.
    """

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name} could not be read: {reason}")


class JournalError(CaseworkError):
    """The journal cannot be used: a full disk, a newer version, a locked or damaged file."""


class DamagedJournalError(JournalError):
    """The file holds no sound journal: a backup is put back, or an older one is taken."""


class NoJournalYetError(JournalError):
    """There is none: the school was never set up here, or its journal is lost."""


class JournalBusyError(JournalError):
    """Two writers met on the same rows, and the database sent this one back: the same once more succeeds."""


class NewerJournalError(JournalError):
    """A newer Casework has changed the journal while this one was at work: this one must not write to it any more."""


class TurnLostError(JournalError):
    """This host was too slow, and another has taken the school over: what it does now would be done twice."""


class ConnectorError(CaseworkError):
    """Something outside failed.

    Attributes:
        status: the HTTP status, if there was an answer.
        code: the service's own code for the error, such as "ErrorItemNotFound".
    """

    def __init__(self, message: str, *, status: int | None = None, code: str = "") -> None:
        self.status = status
        self.code = code
        super().__init__(message)


class TemporaryConnectorError(ConnectorError):
    """Tried again by itself, later.

    Attributes:
        retry_after: seconds to wait at least, if the service said so.
        outcome_unknown: True if the request may have been carried out (lost answer): look before repeating.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str = "",
        retry_after: float | None = None,
        outcome_unknown: bool = False,
    ) -> None:
        self.retry_after = retry_after
        self.outcome_unknown = outcome_unknown
        super().__init__(message, status=status, code=code)


class WrongClockError(TemporaryConnectorError):
    """This machine's clock cannot be believed: nothing is done by it until somebody has set it."""


class PermanentConnectorError(ConnectorError):
    """Trying again would not help: goes to a person."""


class SignInError(PermanentConnectorError):
    """The tenant does not accept our credentials."""


class NotPermittedError(PermanentConnectorError):
    """Signed in, but this is not allowed: a permission is missing."""


class NotThereError(PermanentConnectorError):
    """The thing does not exist, or no longer."""


class AlreadyThereError(PermanentConnectorError):
    """A thing with this name, or with this unique value, exists already."""


class ChangedMeanwhileError(PermanentConnectorError):
    """Somebody changed it since we read it (412): read again, merge, write again."""


class CursorExpiredError(PermanentConnectorError):
    """The change token is no longer valid (410, syncStateNotFound): begin without one."""
