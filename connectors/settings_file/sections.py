"""The sections of a settings file: each entry with the sentence that explains it to the office."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from connectors.settings_file.kinds import (
    FileName,
    HttpsAddress,
    HttpsAddressOrNone,
    MailAddress,
    TimeOfDay,
    WholeNumber,
    Words,
    Zone,
)

Role: TypeAlias = Literal["headteacher", "deputy", "office", "clerk", "chair", "safeguarding_lead"]


class Section(BaseModel):
    """What all sections share: they never change, and an entry that is not known is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SchoolSettings(Section):
    """The school's face on letters, and its time."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}$")] = Field(
        description="Two to six capitals that stand before every case number.", examples=["TIS"]
    )
    name: Words = Field(
        description="The full name, as letters carry it.", examples=["Tillbrook Infant School"]
    )
    motto: str = Field(default="", description="Printed under the name.", examples=["Curious and kind"])
    address: tuple[Words, ...] = Field(
        min_length=1, description="The lines of the postal address.", examples=[["Mill Lane", "Tillbrook"]]
    )
    phone: Words = Field(description="As letters carry it.", examples=["01632 960 101"])
    email: MailAddress = Field(description="As letters carry it.", examples=["office@school.example"])
    website: str = Field(default="", description="As letters carry it.", examples=["www.school.example"])
    logo: FileName | None = Field(
        default=None, description="A picture for the letterhead (PNG or JPEG).", examples=["logo.png"]
    )
    timezone: Zone = Field(
        default="Europe/London", description="The school's time zone.", examples=["Europe/London"]
    )
    division: Literal["England", "Wales", "Scotland", "Northern Ireland"] = Field(
        default="England", description="Whose bank holidays count."
    )


class PersonSettings(Section):
    """Who holds which role. The headteacher approves letters; the chair does where a case is about the head."""

    name: Words = Field(description="As it stands under a letter.", examples=["Mrs A. Vale"])
    address: MailAddress = Field(
        description="The mailbox in Microsoft 365.", examples=["head@school.example"]
    )
    also_called: tuple[Words, ...] = Field(
        default=(),
        description="Other names by which reports may speak of this person.",
        examples=[["Mrs Vale", "Anna Vale"]],
    )


class SecretSource(Section):
    """Where a secret comes from: the environment, a command, or a key file. Never the settings file itself."""

    env: str = Field(
        default="", description="The name of an environment variable.", examples=["CASEWORK_SECRET"]
    )
    command: tuple[Words, ...] = Field(
        default=(), description="A program and its words.", examples=[["pass", "casework"]]
    )
    file: FileName | None = Field(default=None, description="A key file.", examples=["secret.key"])

    @model_validator(mode="before")
    @classmethod
    def _is_no_secret(cls, value: object) -> object:
        if isinstance(value, str):
            raise ValueError(  # noqa: TRY004 - pydantic collects ValueErrors
                "holds the secret itself, and this file is no safe place for it; write where it comes from: "
                '{ env = "CASEWORK_SECRET" }, { file = "secret.key" } or { command = ["program"] }'
            )
        return value

    @model_validator(mode="after")
    def _is_one(self) -> SecretSource:
        if sum((bool(self.env), bool(self.command), self.file is not None)) != 1:
            raise ValueError("must name one source; give env, command or file")
        return self


class Microsoft365Settings(Section):
    """The tenant, how Casework signs in, and where mailbox, site and libraries are."""

    tenant_id: Words = Field(description="Entra: Overview, Tenant ID.", examples=["0f3c..."])
    client_id: Words = Field(description="Entra: the application's client ID.", examples=["5ab1..."])
    secret: SecretSource | None = Field(
        default=None, description="Where the client secret comes from.", examples=[{"file": "secret.key"}]
    )
    secret_expires: date | None = Field(
        default=None,
        description="The last day of the client secret, as Entra shows it; the office is told in time.",
        examples=[date(2027, 11, 30)],
    )
    certificate: FileName | None = Field(
        default=None,
        description="Instead of a secret: a PEM file with private key and certificate.",
        examples=["casework.pem"],
    )
    graph_root: HttpsAddress = Field(
        default="https://graph.microsoft.com/",
        description="Where Graph answers; leave it out unless told otherwise.",
        examples=["https://graph.microsoft.com/"],
    )
    login_root: HttpsAddress = Field(
        default="https://login.microsoftonline.com",
        description="Where sign-in answers; leave it out unless told otherwise.",
        examples=["https://login.microsoftonline.com"],
    )
    ca_file: FileName | None = Field(
        default=None, description="Certificates to trust besides the usual ones.", examples=["ca.pem"]
    )
    sharepoint_units: WholeNumber = Field(
        default=1250,
        ge=100,
        description="For a trust: units that SharePoint allows an application in a minute (1250 up to 1,000 licences).",
        examples=[2500],
    )
    reporting_mailbox: MailAddress = Field(
        description="The mailbox to which staff forward reports; nobody's own.",
        examples=["reports@school.example"],
    )
    site: Words = Field(
        description="The SharePoint site: its id, or host:/path.",
        examples=["school.sharepoint.com:/sites/casework"],
    )
    site_zone: Zone = Field(
        default="UTC",
        description="The time zone in the site's regional settings.",
        examples=["Europe/London"],
    )
    cases_list: Words = Field(default="Cases", description="Name or id of the register of cases.")
    policies_list: Words = Field(default="Policies", description="Name or id of the register of policies.")
    casework_drive: Words = Field(
        default="Casework", description="Name or id of the library of case folders."
    )
    sealed_drive: Words = Field(
        default="Sealed originals", description="Name or id of the library that few people may open."
    )


class DropSettings(Section):
    """The folder in OneDrive into which files can be dropped as a report. Leave the section out to have none."""

    drive: Words = Field(
        description="Whose OneDrive (an address), or a drive's id.", examples=["office@school.example"]
    )
    folder: Words = Field(default="Report drop", description="The folder's path in that drive.")


class PolicySettings(Section):
    """Where the policy documents lie, and how the school keeps them."""

    drive: Words = Field(
        description="Whose OneDrive (an address), or a drive's id.", examples=["office@school.example"]
    )
    folder: str = Field(default="Policies", description="The folder's path; empty for the whole drive.")
    exclude: tuple[Words, ...] = Field(
        default=(), description="Folders that hold no policies.", examples=[["Archive"]]
    )
    manager: Role = Field(
        default="headteacher",
        description="Who keeps the policies: gets the Monday mail, and reminders whose owner nobody knows.",
    )
    due: Literal["first", "last"] = Field(
        default="last", description="On which day of a stated month or term a review is due."
    )
    statutory: Literal["maintained", "academy", "off"] = Field(
        default="maintained", description="Whose statutory policies are checked; off checks none."
    )
    phase: Literal["primary", "secondary", "all"] = Field(
        default="primary", description="The school's phase, for the statutory list."
    )
    calendar: Literal["off", "owner", "manager"] = Field(
        default="off",
        description="In whose Outlook calendar reviews are entered; needs the Calendars permission.",
    )
    readers: tuple[Words, ...] = Field(
        default=(),
        description="Groups or people that must be able to open every policy, as sharing names them.",
        examples=[["Staff", "Governors"]],
    )
    check_directory: bool = Field(
        default=False,
        description="Look whether owners still have an account; needs the User.Read.All permission.",
    )
    check_website: bool = Field(
        default=False, description="Fetch published copies once a week and compare their dates."
    )


class TermDatesSettings(Section):
    """The school's calendar: terms, half-terms, INSET and closure days."""

    file: FileName = Field(description="TOML, iCal or CSV.", examples=["term-dates.toml"])
    bank_holidays: HttpsAddressOrNone = Field(
        default="",
        description=(
            "Where the government's list of bank holidays is fetched once a month; left out, those count that "
            "Casework knows by itself."
        ),
        examples=["https://www.gov.uk/bank-holidays.json"],
    )
    in_outlook: bool = Field(
        default=False,
        description=(
            "Enter the deadlines of cases in the Outlook calendar of whoever acts, and write a feed for other "
            "calendars; needs the Calendars permission."
        ),
        examples=[True],
    )


class HoursSettings(Section):
    """Reminders and digests go out between these, on school days."""

    opens: TimeOfDay = Field(default=time(7, 30), description="Not before.", examples=["07:30"])
    closes: TimeOfDay = Field(default=time(17, 30), description="Not after.", examples=["17:30"])
    urgent_again: Annotated[WholeNumber, Field(ge=1, le=48)] = Field(
        default=2,
        description="Hours, day or night, after which a third person is told of a possible threat of violence "
        "that nobody has taken up.",
        examples=[2],
    )

    most_mails_an_hour: Annotated[WholeNumber, Field(ge=20, le=1000)] = Field(
        default=200,
        description="What would be more is held back and goes later, in order; a possible threat and approved "
        "letters are not held back.",
        examples=[200],
    )

    @model_validator(mode="after")
    def _opens_first(self) -> HoursSettings:
        if self.closes <= self.opens:
            raise ValueError("closes before it opens; swap opens and closes")
        return self


class AlarmSettings(Section):
    """How the office hears that Casework itself has stopped."""

    in_outlook: bool = Field(
        default=True,
        description=(
            "An entry in the office's Outlook calendar that Casework keeps pushing ahead, and that rings where it has "
            "stopped; needs the Calendars permission for that calendar."
        ),
        examples=[True],
    )


class MonitoringSettings(Section):
    """What a monitor of the school or trust may read."""

    metrics_port: WholeNumber = Field(
        default=0,
        ge=0,
        le=65535,
        description=(
            "A port of this machine alone (127.0.0.1) at which Prometheus reads /metrics while `casework run` is at "
            "work; 0 opens none."
        ),
        examples=[9464],
    )


class LetterSettings(Section):
    """The days that a parent is given, in school days from service, and what travels."""

    templates: FileName | None = Field(
        default=None, description="A folder with the school's own letters.", examples=["letters"]
    )
    attach: Literal["pdf", "word"] = Field(default="pdf", description="In which form a letter is attached.")
    removal_days: Annotated[WholeNumber, Field(ge=1, le=60)] = Field(
        default=10, description="School days to remove a post.", examples=[10]
    )
    reply_days: Annotated[WholeNumber, Field(ge=1, le=60)] = Field(
        default=5, description="School days to answer an invitation.", examples=[5]
    )
    post_days: Annotated[WholeNumber, Field(ge=0, le=10)] = Field(
        default=2, description="Working days that the post takes to bring a letter.", examples=[2]
    )


class AwaySettings(Section):
    """Days on which somebody is known to be away: the deputy decides for the headteacher, and has anybody's reminders."""

    who: Role = Field(description="The role.", examples=["headteacher"])
    since: date = Field(description="The first day away.", examples=[date(2026, 12, 7)])
    until: date = Field(description="The last day away.", examples=[date(2026, 12, 11)])

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> AwaySettings:
        if self.until < self.since:
            raise ValueError("until is before since; swap the two days")
        return self


class ApprovalSettings(Section):
    """Who may decide on letters, from where, and who does while somebody is away."""

    away: tuple[AwaySettings, ...] = Field(
        default=(),
        description="Days away that are known beforehand.",
        examples=[[{"who": "headteacher", "since": date(2026, 12, 7), "until": date(2026, 12, 11)}]],
    )
    look_at_automatic_replies: bool = Field(
        default=True, description="Whether Outlook's own setting of automatic replies counts as being away."
    )
    outside: dict[Role, tuple[MailAddress, ...]] = Field(
        default_factory=dict,
        description="Addresses outside the school from which a decision is agreed to count, if DMARC passes.",
        examples=[{"chair": ["chair@governors.example"]}],
    )
    delegates: dict[Role, tuple[MailAddress, ...]] = Field(
        default_factory=dict,
        description="Colleagues who may answer in this person's name (sent on behalf of).",
        examples=[{"headteacher": ["office@school.example"]}],
    )
    third_person: Role = Field(
        default="office", description="Who is told of a letter that has waited five school days."
    )


class JournalSettings(Section):
    """What the machine remembers, and the key that seals its log. Back both up, apart from each other."""

    url: str = Field(
        default="",
        description="A PostgreSQL server, for a trust; leave it out to use the file.",
        examples=["postgresql+psycopg://server/casework"],
    )
    file: FileName = Field(default=Path("journal.sqlite"), description="On a disk of this machine.")
    key: FileName = Field(default=Path("journal.key"), description="Made at the first start.")
    copy_away: bool = Field(
        default=True,
        description="Each night a sealed copy goes to the casework library; only the key file opens it.",
    )

    @field_validator("url")
    @classmethod
    def _holds_no_password(cls, value: str) -> str:
        name, _, _ = value.partition("://")[2].rpartition("@")
        if ":" in name:
            raise ValueError(
                "holds a password, and this file is no safe place for it; leave it out of the address and "
                "put it into the server's password file (PGPASSFILE) or the environment (PGPASSWORD)"
            )
        return value


class PracticeSettings(Section):
    """This is the practice school: its clock can be moved."""

    clock_url: HttpsAddress = Field(
        description="Where the practice clock answers.", examples=["https://localhost:8443/practice/clock"]
    )
