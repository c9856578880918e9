"""Mail on its way: into mailboxes of the tenant, out into the world, and back where it could not be delivered."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from practice_tenant.directory import User
from practice_tenant.inbox_rules.outcome import Outcome, outcome_of
from practice_tenant.inbox_rules.sending_on import sent_on
from practice_tenant.mail.automatic_replies import answer_automatically
from practice_tenant.mail.folders import well_known_id
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.people_settings import people_settings
from practice_tenant.mail.store import (
    Placement,
    add_message,
    change_columns,
    copy_message,
    message_by_key,
)
from practice_tenant.mail.transport_headers import internal_headers
from practice_tenant.mail.values import MailContent, Person
from practice_tenant.tenant import Tenant
from practice_tenant.times import stamp
from practice_tenant.transport import hosts
from practice_tenant.transport.leaving import is_due, leave, what_fell_due
from practice_tenant.transport.non_delivery import report
from practice_tenant.transport.values import Consignment, Failure


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sorted:
    """The recipients of a mail: people of the school, addresses of the world, and those that nobody has."""

    inside: tuple[User, ...]
    outside: tuple[str, ...]
    unknown: tuple[str, ...]


def send_out(tenant: Tenant, consignment: Consignment) -> None:
    """Deliver inside, hand the rest to the world, and tell the sender who could not be reached."""
    people = _sorted(tenant, consignment.recipients)
    top = b"" if consignment.has_headers else internal_headers(tenant, consignment.sender)
    raw = top + consignment.raw
    for user in people.inside:
        deliver(tenant, user, raw, consignment)
    reports = leave(tenant, replace(consignment, recipients=people.outside)) if people.outside else []
    if people.unknown and consignment.sender:
        reports.append(report(tenant, consignment, [_nobody(address) for address in people.unknown]))
    for each in reports:
        send_out(tenant, each)


def deliver(
    tenant: Tenant, user: User, raw: bytes, consignment: Consignment, *, folder: str = "inbox"
) -> None:
    """Put bytes, complete with the transport's headers, into a well-known folder (junkemail if put aside)."""
    content = read_mime(raw)
    is_in_inbox = folder == "inbox"
    outcome = (
        outcome_of(tenant, user, content, len(raw))
        if is_in_inbox
        else Outcome(folder_id=well_known_id(tenant, user.id, folder))
    )
    if outcome.is_kept:
        _place(tenant, user, replace(consignment, raw=raw), content, outcome)
    for way, people in outcome.sends:
        _send_on(tenant, sent_on(tenant, user, raw, content, way=way, people=people))
    reply = answer_automatically(tenant, user, content, consignment.sender) if is_in_inbox else None
    if reply is not None:
        send_out(tenant, Consignment(sender="", recipients=(consignment.sender,), raw=reply))


def settle_waiting(tenant: Tenant) -> None:
    """Send the notices and reports that fell due by the practice clock."""
    if not is_due(tenant):
        return
    with tenant.database.transaction():
        for each in list(what_fell_due(tenant)):
            send_out(tenant, each)


def addresses(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(person.address for person in people)


def _place(
    tenant: Tenant, user: User, consignment: Consignment, content: MailContent, outcome: Outcome
) -> None:
    """Put the mail where the rules want it, and as they want it shown."""
    arrived = replace(content, importance=outcome.importance or content.importance)
    placement = Placement(
        mailbox=user.id,
        folder_id=outcome.folder_id,
        is_read=outcome.is_read,
        raw=consignment.raw,
        sent_at=stamp(content.date) if content.date else "",
        properties=consignment.properties,
    )
    message = add_message(tenant, arrived, placement)
    if outcome.categories:
        change_columns(tenant, message["key"], {"categories": json.dumps(outcome.categories)})
    for folder_id in outcome.copies_to:
        copy_message(tenant, message_by_key(tenant, message["key"]), folder_id)


def _send_on(tenant: Tenant, consignment: Consignment) -> None:
    """Send what a rule sends, unless it goes outside and the organisation does not let rules do that."""
    people = _sorted(tenant, consignment.recipients)
    if not people.outside or people_settings(tenant).external_forwarding:
        send_out(tenant, consignment)
        return
    said = "550 5.7.520 Access denied, Your organization does not allow external forwarding."
    failures = [
        Failure(recipient=address, status="5.7.520", said=said, server=hosts.MAILBOX)
        for address in people.outside
    ]
    send_out(tenant, report(tenant, consignment, failures))
    inside = tuple(each for each in consignment.recipients if each not in people.outside)
    if inside:
        send_out(tenant, replace(consignment, recipients=inside))


def _sorted(tenant: Tenant, recipients: Iterable[str]) -> _Sorted:
    found = {address: tenant.directory.find(address) for address in recipients}
    unknown = [address for address, user in found.items() if user is None]
    return _Sorted(
        inside=tuple({user.id: user for user in found.values() if user is not None}.values()),
        outside=tuple(address for address in unknown if not tenant.directory.is_ours(address)),
        unknown=tuple(address for address in unknown if tenant.directory.is_ours(address)),
    )


def _nobody(address: str) -> Failure:
    said = f"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {address} not found by SMTP address lookup"
    return Failure(recipient=address, status="5.1.10", said=said, server=hosts.MAILBOX)
