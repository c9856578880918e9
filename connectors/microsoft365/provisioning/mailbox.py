"""Making the folders and categories of the reporting mailbox."""

from __future__ import annotations

from collections.abc import Iterator

from casework.errors import AlreadyThereError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.mail_folders import OUR_FOLDERS, MailFolders
from connectors.microsoft365.provisioning.values import Outcome, Step

CATEGORIES = {"Casework": "preset7", "Casework: needs a person": "preset0"}
"""Name and colour (blue, red) of the categories by which people see what became of a mail."""


def ensure_mailbox(account: SchoolAccount, address: str) -> Iterator[Step]:
    folders, only_reading = MailFolders(account, address), account.con.only_reading
    for path in OUR_FOLDERS:
        made = not folders.is_there(path) if only_reading else folders.ensure(path)[1]
        yield Step(what=f"Mail folder {path}", outcome=Outcome.MADE if made else Outcome.THERE)
    categories = account.outlook_categories(resource=address)
    present = {category.name for category in categories.get_categories()}
    for name, colour in CATEGORIES.items():
        dry = Outcome.THERE if name in present else Outcome.MADE
        outcome = dry if only_reading else _ensure_category(categories, name, colour, present)
        yield Step(what=f"Mail category {name}", outcome=outcome)


def _ensure_category(categories: object, name: str, colour: str, present: set[str]) -> Outcome:
    if name in present:
        return Outcome.THERE
    try:
        categories.create_category(name, color=_colour(colour))  # type: ignore[attr-defined]  # O365 carries no types
    except AlreadyThereError:
        return Outcome.THERE
    return Outcome.MADE


def _colour(value: str) -> object:
    # imported here: O365 loads its category classes only when they are used
    from O365.category import CategoryColor  # noqa: PLC0415

    return CategoryColor(value)
