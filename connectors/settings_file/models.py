"""A school's settings as a whole, and where their files are."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from connectors.settings_file.sections import (
    AlarmSettings,
    ApprovalSettings,
    DropSettings,
    HoursSettings,
    JournalSettings,
    LetterSettings,
    Microsoft365Settings,
    MonitoringSettings,
    PersonSettings,
    PolicySettings,
    PracticeSettings,
    Role,
    SchoolSettings,
    Section,
    TermDatesSettings,
)


class Settings(Section):
    """Everything in one file. Paths are as seen from the file: `path` says where they are.

    Attributes:
        file: the settings file itself.
    """

    file: Path
    school: SchoolSettings
    # Which roles must be filled is told one by one, by cross_checks.
    people: dict[Role, PersonSettings] = Field(default_factory=dict)
    microsoft365: Microsoft365Settings
    drop: DropSettings | None = None
    policies: PolicySettings
    term_dates: TermDatesSettings
    hours: HoursSettings = HoursSettings()
    alarm: AlarmSettings = AlarmSettings()
    monitoring: MonitoringSettings = MonitoringSettings()
    letters: LetterSettings = LetterSettings()
    approvals: ApprovalSettings = ApprovalSettings()
    journal: JournalSettings = JournalSettings()
    practice: PracticeSettings | None = None

    def path(self, given: Path) -> Path:
        """A path of the file as seen from here."""
        return given if given.is_absolute() else (self.file.parent / given).resolve()
