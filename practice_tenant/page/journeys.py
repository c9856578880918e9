"""The three journeys as a checklist that ticks itself from what the tenant holds."""

import json
from collections.abc import Awaitable
from dataclasses import dataclass

from practice_tenant.errors import GraphError
from practice_tenant.invented_school.moments import FILLED
from practice_tenant.page.graph import Json, PageGraph, at
from practice_tenant.page.lists.tables import list_path
from practice_tenant.page.visit import Visit
from practice_tenant.times import parse_moment

_SENT_TO = "id,subject,toRecipients,sentDateTime"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to do or to see.

    Attributes:
        who: the role to play for it, "" where anybody may look.
    """

    words: str
    address: str
    is_done: bool
    who: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Journey:
    title: str
    about: str
    steps: tuple[Step, ...]

    @property
    def is_done(self) -> bool:
        return all(step.is_done for step in self.steps)


async def journeys(visit: Visit) -> tuple[Journey, ...]:
    """The journeys as they stand."""
    cases, policies = await _rows(visit, "Cases"), await _rows(visit, "Policies")
    return (
        await _forwarding(visit, cases),
        await _approving(visit, cases),
        await _reviewing(visit, policies),
    )


async def _forwarding(visit: Visit, cases: list[Json]) -> Journey:
    teacher, reports = _address(visit, "teacher"), _address(visit, "reports")
    sent = await _sent_since_the_start(visit, "teacher")
    forwarded = [mail["sentDateTime"] for mail in sent if reports in _recipients(mail)]
    # What the school began with does not count.
    since = min(forwarded, default="9999")
    inbox = await _mails(visit.as_role("teacher"), teacher, "inbox")
    was_acknowledged = any(_author(mail) == reports and mail["sentDateTime"] >= since for mail in inbox)
    return Journey(
        title="Forward a report",
        about="A parent has written to the class teacher about a post. The teacher passes it on.",
        steps=(
            Step(
                words=f"As the teacher, open “Thought you should see this” and forward it to {reports}",
                address=f"/outlook/{teacher}/inbox",
                is_done=bool(forwarded),
                who="teacher",
            ),
            Step(
                words="See the case that opened in the case list",
                address="/lists/Cases",
                is_done=any(row["createdDateTime"] >= since for row in cases),
            ),
            Step(
                words="As the teacher, read the acknowledgement in the Inbox",
                address=f"/outlook/{teacher}/inbox",
                is_done=was_acknowledged,
                who="teacher",
            ),
        ),
    )


async def _approving(visit: Visit, cases: list[Json]) -> Journey:
    head = _address(visit, "headteacher")
    named = any(
        row["fields"].get("Parent")
        and (row["fields"].get("ParentEmail") or row["fields"].get("ParentAddress"))
        for row in cases
    )
    drafts = await _mails(visit.as_role("headteacher"), head, "drafts")
    left = json.loads((await visit.graph.control("GET", "/outbox")).body)
    was_sent = any(str(entry["from"]).lower() == head for entry in left)
    return Journey(
        title="Approve a letter in Outlook",
        about="Once the office has named the parent, Casework drafts a letter. Nothing leaves before the "
        "headteacher approves it.",
        steps=(
            Step(
                words="As the office, open the newest case and name a parent: Mr G Lomax, g.lomax@parents.example",
                address="/lists/Cases",
                is_done=named,
                who="office",
            ),
            Step(
                words="As the headteacher, read the letter that waits in Drafts",
                address=f"/outlook/{head}/drafts",
                is_done=was_sent or any(mail["hasAttachments"] for mail in drafts),
                who="headteacher",
            ),
            Step(
                words="Press Send on it, or answer the request in the Inbox with APPROVE",
                address=f"/outlook/{head}/inbox",
                is_done=was_sent,
                who="headteacher",
            ),
            Step(words="See the letter that left the school", address="/outside", is_done=was_sent),
        ),
    )


async def _reviewing(visit: Visit, policies: list[Json]) -> Journey:
    overdue = [row for row in policies if row["fields"].get("Status") == "overdue"]
    titles = [str(row["fields"].get("Title") or "") for row in policies]
    reminders = await _sent_since_the_start(visit, "reports")
    was_reminded = any(title and title in mail["subject"] for mail in reminders for title in titles)
    return Journey(
        title="Be reminded of a policy review",
        about="Casework reads the review dates out of the policy documents and reminds their owners.",
        steps=(
            Step(
                words="See which policies are overdue",
                address="/lists/Policies?show=overdue",
                is_done=bool(overdue),
            ),
            Step(
                words="Move the clock on to the next school morning",
                address="/clock",
                is_done=_has_moved_a_day(visit),
            ),
            Step(
                words="See in Sent Items of the reporting mailbox who was reminded",
                address=f"/outlook/{_address(visit, 'reports')}/sentitems",
                is_done=was_reminded,
                who="office",
            ),
        ),
    )


async def _rows(visit: Visit, name: str) -> list[Json]:
    return await _or_none(visit.as_role("office").every(f"{list_path(name)}/items", expand="fields"))


async def _mails(graph: PageGraph, mailbox: str, folder: str) -> list[Json]:
    where = at("users", mailbox, "mailFolders", folder, "messages")
    return await _or_none(graph.every(where, select=f"{_SENT_TO},from,hasAttachments"))


async def _or_none(asking: Awaitable[list[Json]]) -> list[Json]:
    """What there is; nothing where Casework has not set it up yet."""
    try:
        return await asking
    except GraphError:
        return []


async def _sent_since_the_start(visit: Visit, role: str) -> list[Json]:
    began = visit.tenant.database.fact(FILLED)
    sent = await _mails(visit.as_role(role), _address(visit, role), "sentitems")
    return [mail for mail in sent if not began or mail["sentDateTime"] >= began]


def _has_moved_a_day(visit: Visit) -> bool:
    began = visit.tenant.database.fact(FILLED)
    return bool(began) and visit.tenant.clock.now().date() > parse_moment(began or "").date()


def _address(visit: Visit, role: str) -> str:
    return visit.tenant.directory.by_role(role).address


def _recipients(mail: Json) -> set[str]:
    return {str(person["emailAddress"]["address"]).lower() for person in mail["toRecipients"]}


def _author(mail: Json) -> str:
    return str((mail.get("from") or {}).get("emailAddress", {}).get("address", "")).lower()
