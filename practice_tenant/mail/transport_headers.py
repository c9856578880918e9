"""The headers that Exchange puts on top of a mail, and those from outside that it does not let in."""

import re
from dataclasses import dataclass
from email.utils import format_datetime
from uuid import uuid4

from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.values import MailContent
from practice_tenant.tenant import Tenant
from practice_tenant.transport import hosts
from practice_tenant.transport.senders import verdict_on
from practice_tenant.transport.verdicts import Verdict, received_spf, results

_FIREWALL = re.compile(rb"x-ms-exchange-(organization|forest|crosstenant)-|return-path\s*:", re.IGNORECASE)
# Renamed and not removed, as Exchange does: what another service found stays readable, and is believed by nobody.
_FORGEABLE = {
    re.compile(rb"(authentication-results)(\s*:)", re.IGNORECASE): rb"\1-Original\2",
    re.compile(
        rb"(x-forefront-antispam-report|x-microsoft-antispam)(\s*:)", re.IGNORECASE
    ): rb"\1-Untrusted\2",
}
_END_OF_HEADERS = re.compile(rb"(?:^|(?<=\n))\r?\n")
_FIELD = re.compile(rb"[^\n]*\n(?:[ \t][^\n]*\n)*|[^\n]+")
_MBOX_LINE = re.compile(rb"From [^\n]*\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A mail from the internet as Exchange stores it, and what its checks gave."""

    raw: bytes
    verdict: Verdict


def internal_headers(tenant: Tenant, sender: str = "") -> bytes:
    """What mail inside the organisation gets: trusted, and no Authentication-Results at all.

    The envelope sender is "" for what the tenant itself reports.
    """
    now = format_datetime(tenant.clock.now())
    return (
        f"{_last_steps(now)}"
        f"{submitted_header(tenant)}"
        f"Return-Path: {_path(sender)}\r\n"
        f"X-MS-Exchange-Organization-Network-Message-Id: {uuid4()}\r\n"
        f"X-MS-Exchange-Organization-AuthSource: {hosts.MAILBOX}\r\n"
        "X-MS-Exchange-Organization-AuthAs: Internal\r\n"
        f"X-MS-Exchange-Organization-AuthMechanism: {'04' if sender else '05'}\r\n"
        "X-MS-Exchange-Organization-MessageDirectionality: Originating\r\n"
        "X-MS-Exchange-Organization-SCL: -1\r\n"
        "X-MS-Exchange-CrossTenant-AuthAs: Internal\r\n"
        f"X-MS-Exchange-CrossTenant-Id: {tenant.tenant_id}\r\n"
        "X-MS-Exchange-CrossTenant-FromEntityHeader: Hosted\r\n"
    ).encode()


def submitted_header(tenant: Tenant) -> str:
    """The line that every mail carries which was written in a mailbox of the tenant."""
    now = format_datetime(tenant.clock.now())
    return (
        f"Received: from {hosts.MAILBOX} ([{hosts.MAILBOX_IP}]) by\r\n {hosts.MAILBOX} ([{hosts.MAILBOX_IP}])"
        f" with mapi id {hosts.VERSION}; {now}\r\n"
    )


def from_the_internet(tenant: Tenant, envelope_sender: str, raw: bytes, *, helo: str = "") -> Arrival:
    """The bytes as Exchange stores them: own headers on top, forged ones removed, the rest untouched."""
    # The line that mbox files put before a message is no part of it.
    raw = _MBOX_LINE.sub(b"", raw, count=1) if _MBOX_LINE.match(raw) else raw
    fields, rest = header_fields(raw)
    author = read_header(raw).author
    verdict = verdict_on(
        tenant,
        envelope_sender,
        author.address if author else "",
        from_fields=sum(field.lower().startswith(b"from:") for field in fields),
        helo=helo,
    )
    line_end = b"\n" if b"\n" in raw and b"\r\n" not in raw else b"\r\n"
    kept = [_renamed(field) for field in fields if not _FIREWALL.match(field)]
    top = _anonymous_headers(tenant, verdict, envelope_sender).encode("utf-8", "surrogateescape")
    return Arrival(raw=top.replace(b"\r\n", line_end) + b"".join(kept) + rest, verdict=verdict)


def without_organisation_headers(raw: bytes) -> bytes:
    """The bytes without what only Exchange may write, for a mail that a program hands in."""
    fields, rest = header_fields(raw)
    return b"".join(field for field in fields if not _FIREWALL.match(field)) + rest


def read_header(raw: bytes) -> MailContent:
    """What the header says, without taking the rest apart: a mail may be large."""
    fields, _ = header_fields(raw)
    return read_mime(b"".join(fields) + b"\r\n\r\n")


def header_fields(raw: bytes) -> tuple[list[bytes], bytes]:
    """The header's fields with their folded lines, and everything from the empty line on."""
    end = _END_OF_HEADERS.search(raw)
    head, rest = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    return _FIELD.findall(head), rest


def _renamed(field: bytes) -> bytes:
    for forgeable, name in _FORGEABLE.items():
        if forgeable.match(field):
            return forgeable.sub(name, field, count=1)
    return field


def _path(sender: str) -> str:
    """The envelope sender as Return-Path has it; no line break gets into a header."""
    return "".join(sender.split()) or "<>"


def _last_steps(now: str) -> str:
    """From the server that took the mail to the mailbox."""
    return (
        f"Received: from {hosts.HUB} ({hosts.HUB_IP}) by\r\n {hosts.MAILBOX} with HTTPS; {now}\r\n"
        f"Received: from {hosts.FRONT} ({hosts.FRONT_IP}) by\r\n {hosts.HUB} ({hosts.HUB_IP}) with Microsoft SMTP "
        f"Server ({hosts.TLS}) id {hosts.VERSION}; {now}\r\n"
    )


def _anonymous_headers(tenant: Tenant, verdict: Verdict, sender: str) -> str:
    now = format_datetime(tenant.clock.now())
    return (
        f"{_last_steps(now)}"
        f"Authentication-Results: {results(verdict)}\r\n"
        f"Received-SPF: {received_spf(verdict, 'protection.outlook.example')}\r\n"
        f"Received: from {verdict.helo} ({verdict.ip}) by\r\n {hosts.EDGE} ({hosts.EDGE_IP}) with Microsoft SMTP "
        f"Server ({hosts.TLS}) id {hosts.VERSION} via Frontend Transport; {now}\r\n"
        f"Return-Path: {_path(sender)}\r\n"
        f"X-MS-Exchange-Organization-Network-Message-Id: {uuid4()}\r\n"
        "X-MS-Exchange-Organization-MessageDirectionality: Incoming\r\n"
        f"X-MS-Exchange-Organization-AuthSource: {hosts.EDGE}\r\n"
        "X-MS-Exchange-Organization-AuthAs: Anonymous\r\n"
        f"X-MS-Exchange-Organization-SCL: {verdict.scl}\r\n"
        "X-Microsoft-Antispam: BCL:0;\r\n"
        f"X-Forefront-Antispam-Report: CIP:{verdict.ip};CTRY:;LANG:en;SCL:{verdict.scl};SRV:;IPV:NLI;"
        f"SFV:{'NSPM' if verdict.scl < 5 else 'SPM'};\r\n"
        f" H:{verdict.helo};PTR:{verdict.helo};CAT:{verdict.category};SFS:;DIR:INB;\r\n"
        "X-MS-Exchange-CrossTenant-AuthAs: Anonymous\r\n"
        f"X-MS-Exchange-CrossTenant-AuthSource: {hosts.EDGE}\r\n"
        f"X-MS-Exchange-CrossTenant-Id: {tenant.tenant_id}\r\n"
        "X-MS-Exchange-CrossTenant-FromEntityHeader: Internet\r\n"
    )
