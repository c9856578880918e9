"""The school's settings: one TOML file, every mistake reported at once, and no secret in it."""

from connectors.settings_file.models import Settings
from connectors.settings_file.practice_or_real import may_be_a_real_schools
from connectors.settings_file.reading import read_settings
from connectors.settings_file.schools import NO_SCHOOL, SchoolFile, SchoolFolder
from connectors.settings_file.secret_sources import resolve_secret
from connectors.settings_file.sections import (
    AlarmSettings,
    DropSettings,
    HoursSettings,
    JournalSettings,
    LetterSettings,
    Microsoft365Settings,
    PersonSettings,
    PolicySettings,
    PracticeSettings,
    SchoolSettings,
    SecretSource,
    TermDatesSettings,
)
from connectors.settings_file.writing import write_settings

__all__ = [
    "NO_SCHOOL",
    "AlarmSettings",
    "DropSettings",
    "HoursSettings",
    "JournalSettings",
    "LetterSettings",
    "Microsoft365Settings",
    "PersonSettings",
    "PolicySettings",
    "PracticeSettings",
    "SchoolFile",
    "SchoolFolder",
    "SchoolSettings",
    "SecretSource",
    "Settings",
    "TermDatesSettings",
    "may_be_a_real_schools",
    "read_settings",
    "resolve_secret",
    "write_settings",
]
