"""The practice school: a tenant on loopback, provisioned by the very setup that a real school runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import connectors.calendar_files
from casework.errors import JournalError
from connectors.journal.lock import journal_lock
from connectors.microsoft365.provisioning import Provisioned, provision
from connectors.practice_child import PracticeChild, PracticeStartError
from connectors.settings_file import may_be_a_real_schools, read_settings, write_settings
from offices.office import Office
from workflows.list_columns import put_columns_back

SETTINGS = "settings.toml"
SECRET = "casework-secret.key"  # noqa: S105 - the name of a file
CALENDAR = "term-dates.toml"
ANNOUNCED = "tenant.json"

PEOPLE: dict[str, dict[str, object]] = {
    "headteacher": {"name": "Mrs M Aldwick", "also_called": ["Mrs Aldwick", "Marion Aldwick"]},
    "deputy": {"name": "Mr T Renfield"},
    "office": {"name": "Mrs J Lindley"},
    "clerk": {"name": "Ms O Brackwell"},
    "chair": {"name": "Mr P Stanmere"},
    "safeguarding_lead": {"name": "Mrs G Lindholme"},
}
"""Invented people of an invented school."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeSchool:
    """A running, provisioned practice school.

    Attributes:
        tenant: what tenant.json says.
    """

    office: Office
    settings_file: Path
    tenant: dict[str, Any]
    child: PracticeChild


@contextmanager
def practice_school(
    state: Path, *, port: int = 0, now: str = "", fill: bool = False
) -> Iterator[PracticeSchool]:
    """Start the tenant, run setup against it, and write settings.toml and, last, tenant.json.

    Raises:
        PracticeStartError: the tenant did not start or is at work already, or the folder holds a real school's settings.
        ConnectorError: setup could not do its work.
    """
    state = state.resolve()
    if may_be_a_real_schools(state / SETTINGS):
        raise PracticeStartError(
            f"{state} holds settings of a real school ({SETTINGS}), which the practice school would replace by its "
            "own. Give another folder with --state."
        )
    announced = state / ANNOUNCED
    with _the_only_one(state):
        announced.unlink(missing_ok=True)
        with PracticeChild.start(state, port=port, now=now, fill=fill) as child:
            settings_file = _write_settings(state, child.facts)
            office = Office(read_settings(settings_file))
            provisioned = set_up(office)
            _checkpoint(office, child.facts)
            tenant = _tenant_facts(child.facts, provisioned)
            _announce(announced, tenant)
            try:
                yield PracticeSchool(office=office, settings_file=settings_file, tenant=tenant, child=child)
            finally:
                announced.unlink(missing_ok=True)


@contextmanager
def _the_only_one(state: Path) -> Iterator[None]:
    """Leave alone what a practice school that is at work in the folder has written for its visitors."""
    holding = journal_lock(state / "practice.lock", wait=0)
    try:
        holding.__enter__()
    except JournalError as error:
        page = _page_of(state / ANNOUNCED)
        raise PracticeStartError(
            f"The practice school in {state} is at work already{page}. "
            "Go on with that one, or stop it first (Ctrl-C in its window), or give another folder with --state."
        ) from error
    try:
        yield
    finally:
        holding.__exit__(None, None, None)


def _page_of(announced: Path) -> str:
    try:
        return f"; its page is {json.loads(announced.read_text(encoding='utf-8'))['page']}"
    except (OSError, ValueError, KeyError):
        return ""  # it is just starting, or stopping


def set_up(office: Office) -> Provisioned:
    """What `casework setup` does: lists, columns, libraries, folders, categories, journal. Safe to run twice."""
    office.may_begin = True
    provisioned = provision(office.account, office.wishes)
    office.remember(provisioned.places)
    made_again = [step.column for step in provisioned.steps if step.column]
    with office.journal.transaction() as transaction:
        put_columns_back(transaction, made_again)
    return provisioned


def _checkpoint(office: Office, facts: dict[str, Any]) -> None:
    """From now on POST /practice/reset comes back to the provisioned school."""
    url = f"{facts['graph_root'].rstrip('/')}/practice/checkpoint"
    office.account.con.naive_request(url, "post")


def _write_settings(state: Path, facts: dict[str, Any]) -> Path:
    secret = state / SECRET
    secret.touch(mode=0o600)
    secret.write_text(facts["casework"]["client_secret"], encoding="ascii")
    shipped = Path(connectors.calendar_files.__file__).parent / "practice-term-dates.toml"
    if not (state / CALENDAR).exists():
        shutil.copyfile(shipped, state / CALENDAR)
    path = state / SETTINGS
    write_settings(path, _sections(facts))
    return path


def _sections(facts: dict[str, Any]) -> dict[str, dict[str, object]]:
    users = facts["users"]
    people = {role: {**person, "address": users[role]} for role, person in PEOPLE.items()}
    return {
        "school": {
            "code": "TIS",
            "name": "Tillbrook Infant School",
            "motto": "Curious, kind and brave",
            "address": ["Mill Lane", "Tillbrook", "TB4 2QX"],
            "phone": "01632 960 101",
            "email": users["office"],
            "website": "www.tillbrook.example",
        },
        "people": people,
        "microsoft365": {
            "tenant_id": facts["tenant_id"],
            "client_id": facts["casework"]["client_id"],
            "secret": {"file": SECRET},
            "graph_root": facts["graph_root"],
            "login_root": facts["login_root"],
            "ca_file": Path(facts["ca_file"]).name,
            "reporting_mailbox": users["reports"],
            "site": facts["site_id"],
            "site_zone": "UTC",
        },
        "drop": {"drive": users["office"], "folder": "Report drop"},
        "policies": {"drive": users["office"], "folder": "", "calendar": "manager"},
        "term_dates": {"file": CALENDAR},
        "hours": {"opens": "07:30", "closes": "17:30"},
        "letters": {"attach": "pdf", "removal_days": 10, "reply_days": 5},
        "journal": {"file": "journal.sqlite", "key": "journal.key"},
        "practice": {"clock_url": f"{facts['graph_root'].rstrip('/')}/practice/clock"},
    }


def _tenant_facts(facts: dict[str, Any], provisioned: Provisioned) -> dict[str, Any]:
    places = provisioned.places
    return {
        "graph_root": facts["graph_root"],
        "login_root": facts["login_root"],
        "ca_file": facts["ca_file"],
        "tenant_id": facts["tenant_id"],
        "client_id": facts["visitor"]["client_id"],
        "client_secret": facts["visitor"]["client_secret"],
        "page": facts["page"],
        "smtp_port": facts["smtp_port"],
        "pop3_port": facts["pop3_port"],
        "users": facts["users"],
        "site_id": places.site_id,
        "lists": {"cases": places.cases_list, "policies": places.policies_list},
        "drives": {
            "casework": places.casework_drive,
            "sealed": places.sealed_drive,
            "policies": places.policies_drive,
            "drop": places.drop_drive,
        },
    }


def _announce(path: Path, tenant: dict[str, Any]) -> None:
    draft = path.with_name("tenant.json.new")
    draft.write_text(json.dumps(tenant, indent=2), encoding="utf-8")
    draft.replace(path)
