"""Mail on its way out: accepted by the world, refused, or kept waiting."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta

from practice_tenant.mail.transport_headers import submitted_header, without_organisation_headers
from practice_tenant.tenant import Tenant
from practice_tenant.times import parse_moment, stamp
from practice_tenant.transport.destinations import Destination, destination_of
from practice_tenant.transport.non_delivery import report
from practice_tenant.transport.values import Consignment, Failure

SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
    key INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL,
    raw BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS waiting_mail (
    key INTEGER PRIMARY KEY AUTOINCREMENT, sender TEXT NOT NULL, recipient TEXT NOT NULL, raw BLOB NOT NULL,
    destination TEXT NOT NULL, notice_at TEXT, ends_at TEXT NOT NULL);
"""


def leave(tenant: Tenant, consignment: Consignment) -> list[Consignment]:
    """Hand a mail to the world; gives back the reports that its sender is due."""
    raw = submitted_header(tenant).encode() + without_organisation_headers(consignment.raw)
    outgoing = replace(consignment, raw=raw)
    taken, failures = [], []
    for recipient in consignment.recipients:
        destination = destination_of(tenant, recipient)
        if destination is None:
            taken.append(recipient)
        elif destination.status.startswith("4"):
            _wait(tenant, replace(outgoing, recipients=(recipient,)), destination)
        else:
            failures.append(_failure(destination, recipient))
    if taken:
        put_into_outbox(tenant, replace(outgoing, recipients=tuple(taken)))
    return _reported(tenant, outgoing, failures)


def is_due(tenant: Tenant) -> bool:
    """Whether any mail's waiting has come to its notice or its end."""
    if not tenant.database.holds_any("waiting_mail"):
        return False
    now = tenant.clock.stamp()
    found = tenant.database.one("SELECT 1 FROM waiting_mail WHERE notice_at <= ? OR ends_at <= ?", (now, now))
    return found is not None


def what_fell_due(tenant: Tenant) -> Iterator[Consignment]:
    """End the waiting that is over by the practice clock, and give the notices that are due."""
    now = tenant.clock.stamp()
    for row in tenant.database.rows(
        "SELECT * FROM waiting_mail WHERE notice_at <= ? OR ends_at <= ? ORDER BY key", (now, now)
    ):
        destination = Destination(**json.loads(row["destination"]))
        consignment = Consignment(sender=row["sender"], recipients=(row["recipient"],), raw=bytes(row["raw"]))
        if row["notice_at"] and row["notice_at"] <= now:
            tenant.database.execute("UPDATE waiting_mail SET notice_at = NULL WHERE key = ?", (row["key"],))
            until = parse_moment(row["ends_at"])
            late = replace(_failure(destination, row["recipient"]), retry_until=until)
            yield from _reported(tenant, consignment, [late])
        if row["ends_at"] <= now:
            tenant.database.execute("DELETE FROM waiting_mail WHERE key = ?", (row["key"],))
            yield from _ended(tenant, consignment, destination)


def put_into_outbox(tenant: Tenant, consignment: Consignment) -> None:
    tenant.database.execute(
        "INSERT INTO outbox (at, sender, recipients, raw) VALUES (?, ?, ?, ?)",
        (tenant.clock.stamp(), consignment.sender, json.dumps(consignment.recipients), consignment.raw),
    )


def outbox_entries(tenant: Tenant) -> list[dict[str, object]]:
    rows = tenant.database.rows("SELECT * FROM outbox ORDER BY key")
    return [
        {
            "at": row["at"],
            "from": row["sender"],
            "to": json.loads(row["recipients"]),
            # A mail is ASCII by our own writing; what a client sent as MIME may not be.
            "raw": bytes(row["raw"]).decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode(),
        }
        for row in rows
    ]


def clear_outbox(tenant: Tenant) -> None:
    tenant.database.execute("DELETE FROM outbox")


def _wait(tenant: Tenant, consignment: Consignment, destination: Destination) -> None:
    now = tenant.clock.now()
    ends_at = now + timedelta(minutes=destination.gives_up_after)
    notice_at = now + timedelta(minutes=destination.notice_after)
    tenant.database.execute(
        "INSERT INTO waiting_mail (sender, recipient, raw, destination, notice_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            consignment.sender,
            consignment.recipients[0],
            consignment.raw,
            json.dumps(asdict(destination)),
            stamp(notice_at) if notice_at < ends_at else None,
            stamp(ends_at),
        ),
    )


def _ended(tenant: Tenant, consignment: Consignment, destination: Destination) -> list[Consignment]:
    if destination.then == "delivered":
        put_into_outbox(tenant, consignment)
        return []
    recipient = consignment.recipients[0]
    said = f"550 5.4.300 Message expired -> {destination.words()}"
    failure = Failure(
        recipient=recipient, status="5.4.300", said=said, server=destination.server_for(recipient)
    )
    return _reported(tenant, consignment, [failure])


def _failure(destination: Destination, recipient: str) -> Failure:
    return Failure(
        recipient=recipient,
        status=destination.status,
        said=destination.words(),
        server=destination.server_for(recipient),
    )


def _reported(tenant: Tenant, consignment: Consignment, failures: list[Failure]) -> list[Consignment]:
    """A bounce that does not arrive is reported to nobody."""
    return [report(tenant, consignment, failures)] if failures and consignment.sender else []
