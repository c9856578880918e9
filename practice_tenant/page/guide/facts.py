"""What the three journeys are read from: lists, mailboxes and files, looked up once for a page."""

import json
from collections.abc import Awaitable
from dataclasses import dataclass

from practice_tenant.errors import GraphError
from practice_tenant.invented_school.moments import FILLED
from practice_tenant.page.graph import Json, PageGraph, at
from practice_tenant.page.guide.seen import seen
from practice_tenant.page.lists.tables import list_path
from practice_tenant.page.visit import Visit
from practice_tenant.times import parse_moment

_FIELDS = "id,subject,toRecipients,sentDateTime,from,hasAttachments,isRead"
_NEVER = "9999"


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The school as it stands.

    Attributes:
        addresses: by role.
        began: when the school was filled, "" for an empty one; what is older does not count.
        seen: what visitors have looked at.
    """

    addresses: dict[str, str]
    began: str
    seen: set[str]
    cases: list[Json]
    policies: list[Json]
    teacher_sent: list[Json]
    teacher_inbox: list[Json]
    head_drafts: list[Json]
    deputy_inbox: list[Json]
    left: list[Json]
    has_moved_a_day: bool

    @property
    def forwarded_at(self) -> str:
        """When the teacher first wrote to the reporting mailbox, a day that never comes where nobody did."""
        reports = self.addresses["reports"]
        sent = [mail["sentDateTime"] for mail in self.teacher_sent if reports in recipients(mail)]
        return min((moment for moment in sent if moment >= self.began), default=_NEVER)

    @property
    def new_cases(self) -> list[Json]:
        """Those that opened since then, the newest last."""
        return [row for row in self.cases if row["createdDateTime"] >= self.forwarded_at]


async def gather_facts(visit: Visit) -> Facts:
    directory = visit.tenant.directory
    addresses = {user.role: user.address for user in directory.users}
    began = visit.tenant.database.fact(FILLED) or ""

    async def mails(role: str, folder: str) -> list[Json]:
        where = at("users", addresses[role], "mailFolders", folder, "messages")
        return await _or_none(visit.as_role(role).every(where, select=_FIELDS))

    return Facts(
        addresses=addresses,
        began=began,
        seen=seen(visit),
        cases=await _rows(visit.as_role("office"), "Cases"),
        policies=await _rows(visit.as_role("office"), "Policies"),
        teacher_sent=await mails("teacher", "sentitems"),
        teacher_inbox=await mails("teacher", "inbox"),
        head_drafts=await mails("headteacher", "drafts"),
        deputy_inbox=await mails("deputy", "inbox"),
        left=json.loads((await visit.graph.control("GET", "/outbox")).body),
        has_moved_a_day=bool(began) and visit.tenant.clock.now().date() > parse_moment(began).date(),
    )


def recipients(mail: Json) -> set[str]:
    return {str(person["emailAddress"]["address"]).lower() for person in mail["toRecipients"]}


def author(mail: Json) -> str:
    return str((mail.get("from") or {}).get("emailAddress", {}).get("address", "")).lower()


async def _rows(graph: PageGraph, name: str) -> list[Json]:
    return await _or_none(graph.every(f"{list_path(name)}/items", expand="fields"))


async def _or_none(asking: Awaitable[list[Json]]) -> list[Json]:
    """What there is; nothing where Casework has not set it up yet."""
    try:
        return await asking
    except GraphError:
        return []
