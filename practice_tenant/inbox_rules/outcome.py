"""What the rules of a mailbox make of an arriving mail."""

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.inbox_rules.conditions import ArrivedMail, applies
from practice_tenant.mail.folders import find_folder, well_known_id
from practice_tenant.mail.values import MailContent, Person, read_people
from practice_tenant.tenant import Tenant

LOOP = "X-MS-Exchange-Inbox-Rules-Loop"


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What becomes of a mail; it grows rule by rule.

    Attributes:
        folder_id: where it is put.
        is_kept: False where a rule deletes it for good.
        copies_to: further folders.
        categories, importance, is_read: as it then shows.
        sends: to whom it goes on, each with the way: forwardTo, forwardAsAttachmentTo or redirectTo.
    """

    folder_id: str
    is_kept: bool = True
    is_read: bool = False
    importance: str = ""
    categories: list[str] = field(default_factory=list)
    copies_to: list[str] = field(default_factory=list)
    sends: list[tuple[str, tuple[Person, ...]]] = field(default_factory=list)


def outcome_of(tenant: Tenant, user: User, content: MailContent, size: int) -> Outcome:
    """Go through the enabled rules in their order until one stops it.

    A mail that this mailbox's rules have sent on before is not sent on again.
    """
    outcome = Outcome(folder_id=well_known_id(tenant, user.id, "inbox"))
    mail = ArrivedMail(content=content, owner=user.address, size=size)
    for row in rules_of(tenant, user):
        rule = json.loads(row["definition"])
        if not row["is_enabled"] or not applies(rule, mail):
            continue
        _apply(tenant, user, row, outcome)
        if rule["actions"].get("stopProcessingRules"):
            break
    if user.address.lower() in {
        value.strip().lower() for name, value in content.headers if name.lower() == LOOP.lower()
    }:
        outcome.sends.clear()
    return outcome


def rules_of(tenant: Tenant, user: User) -> list[sqlite3.Row]:
    return tenant.database.rows(
        "SELECT * FROM inbox_rule WHERE mailbox = ? ORDER BY sequence, rowid", (user.id,)
    )


def _apply(tenant: Tenant, user: User, row: sqlite3.Row, outcome: Outcome) -> None:
    actions: dict[str, Any] = json.loads(row["definition"])["actions"]
    try:
        if actions.get("moveToFolder"):
            outcome.folder_id = str(find_folder(tenant, user.id, actions["moveToFolder"])["id"])
        if actions.get("copyToFolder"):
            outcome.copies_to.append(str(find_folder(tenant, user.id, actions["copyToFolder"])["id"]))
    except GraphError:
        # The folder was deleted since: Exchange keeps the mail where it is and marks the rule.
        tenant.database.execute("UPDATE inbox_rule SET has_error = 1 WHERE id = ?", (row["id"],))
    if actions.get("delete"):
        outcome.folder_id = well_known_id(tenant, user.id, "deleteditems")
    outcome.is_kept = outcome.is_kept and not actions.get("permanentDelete")
    outcome.is_read = outcome.is_read or bool(actions.get("markAsRead"))
    outcome.importance = actions.get("markImportance") or outcome.importance
    fresh = [each for each in actions.get("assignCategories") or () if each not in outcome.categories]
    outcome.categories += fresh
    for way in ("forwardTo", "forwardAsAttachmentTo", "redirectTo"):
        if actions.get(way):
            outcome.sends.append((way, read_people(actions[way])))
