"""What stands in a settings file, section by section."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
MailAddress = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$")
]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SchoolSettings(Section):
    """[school]: its face and its time."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}$")]
    name: Words
    motto: str = ""
    address: tuple[Words, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    logo: Path | None = None
    timezone: str = "Europe/London"
    division: Literal["England", "Wales", "Scotland", "Northern Ireland"] = "England"

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not the name of a time zone; write Europe/London")
        return value


class PersonSettings(Section):
    """[people.<role>]: who holds a role."""

    name: Words
    address: MailAddress
    also_called: tuple[Words, ...] = ()


Role = Literal["headteacher", "deputy", "office", "clerk", "chair", "safeguarding_lead"]


class SecretSource(Section):
    """Where a secret comes from: the environment, a command, or a key file. Never the settings file itself."""

    env: str = ""
    command: tuple[str, ...] = ()
    file: Path | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_no_secret(cls, value: object) -> object:
        if isinstance(value, str):
            raise ValueError(  # noqa: TRY004 - pydantic collects ValueErrors
                "holds the secret itself, which does not belong into this file; "
                'write where it comes from, such as { env = "CASEWORK_SECRET" } or { file = "secret.key" }'
            )
        return value

    @model_validator(mode="after")
    def _is_one(self) -> SecretSource:
        if sum((bool(self.env), bool(self.command), self.file is not None)) != 1:
            raise ValueError("names no source, or several; give one of env, command and file")
        return self


class Microsoft365Settings(Section):
    """[microsoft365]: the tenant, how to sign in, and where things lie."""

    tenant_id: Words
    client_id: Words
    secret: SecretSource | None = None
    certificate: Path | None = None
    graph_root: str = "https://graph.microsoft.com/"
    login_root: str = "https://login.microsoftonline.com"
    ca_file: Path | None = None
    reporting_mailbox: MailAddress
    site: Words
    site_zone: str = "UTC"
    cases_list: str = "Cases"
    policies_list: str = "Policies"
    casework_drive: str = "Casework"
    sealed_drive: str = "Sealed originals"

    @field_validator("graph_root", "login_root")
    @classmethod
    def _is_https(cls, value: str) -> str:
        if not value.startswith("https://"):
            raise ValueError("must begin with https://")
        return value

    @field_validator("site_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(
                "is not the name of a time zone; write UTC or Europe/London, as the site's settings say"
            )
        return value

    @model_validator(mode="after")
    def _can_sign_in(self) -> Microsoft365Settings:
        if (self.secret is None) == (self.certificate is None):
            raise ValueError("give either secret or certificate, so that Casework can sign in")
        return self


class DropSettings(Section):
    """[drop]: the folder in OneDrive into which files are dropped; leave the section out to have none."""

    drive: Words
    folder: Words = "Report drop"


class PolicySettings(Section):
    """[policies]: where the policy documents lie; an empty folder means the whole drive."""

    drive: Words
    folder: str = "Policies"
    exclude: tuple[Words, ...] = ()


class JournalSettings(Section):
    """[journal]: what the machine remembers, and the key that seals its log."""

    url: str = ""
    file: Path = Path("journal.sqlite")
    key: Path = Path("journal.key")


class TermDatesSettings(Section):
    """[term_dates]: the school's calendar, TOML, iCal or CSV."""

    file: Path


class HoursSettings(Section):
    """[hours]: when, on school days, reminders and digests go out."""

    opens: time = time(7, 30)
    closes: time = time(17, 30)

    @model_validator(mode="after")
    def _opens_first(self) -> HoursSettings:
        if self.closes <= self.opens:
            raise ValueError("closes before it opens; swap the two")
        return self


class LetterSettings(Section):
    """[letters]: the days a parent is given, in school days from service, and what travels."""

    templates: Path | None = None
    attach: Literal["pdf", "word"] = "pdf"
    removal_days: Annotated[int, Field(ge=1, le=60)] = 10
    reply_days: Annotated[int, Field(ge=1, le=60)] = 5


class PracticeSettings(Section):
    """[practice]: present only where the tenant is the practice tenant."""

    clock_url: Words


class Settings(BaseSettings):
    """Everything in one file. Paths are as seen from the file.

    Attributes:
        file: the settings file itself.
    """

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    file: Path
    school: SchoolSettings
    people: dict[Role, PersonSettings]
    microsoft365: Microsoft365Settings
    term_dates: TermDatesSettings
    policies: PolicySettings
    drop: DropSettings | None = None
    journal: JournalSettings = JournalSettings()
    hours: HoursSettings = HoursSettings()
    letters: LetterSettings = LetterSettings()
    practice: PracticeSettings | None = None

    @field_validator("people")
    @classmethod
    def _has_the_needed(cls, value: dict[Role, PersonSettings]) -> dict[Role, PersonSettings]:
        missing = [role for role in ("headteacher", "office", "chair") if role not in value]
        if missing:
            needed = " and ".join(f"[people.{role}]" for role in missing)
            raise ValueError(f"lacks {needed}: add name and address")
        return value

    def path(self, given: Path) -> Path:
        """A path of the file as seen from here."""
        return given if given.is_absolute() else (self.file.parent / given).resolve()
