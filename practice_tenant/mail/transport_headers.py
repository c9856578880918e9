"""The headers that Exchange puts on top of a mail, and those from outside that it does not let in."""

import re
from dataclasses import dataclass
from email.utils import format_datetime

from practice_tenant.directory import DOMAIN, Directory
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.tenant import Tenant

_HOST = f"mail.{DOMAIN}"
# An address of the block for documentation (RFC 5737).
_SENDER_IP = "192.0.2.10"
_FIREWALL = re.compile(rb"x-ms-exchange-(organization|forest|crosstenant)-", re.IGNORECASE)
_FORGEABLE = re.compile(rb"(authentication-results)(\s*:)", re.IGNORECASE)
_END_OF_HEADERS = re.compile(rb"(?:^|(?<=\n))\r?\n")
_FIELD = re.compile(rb"[^\n]*\n(?:[ \t][^\n]*\n)*|[^\n]+")
_MBOX_LINE = re.compile(rb"From [^\n]*\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the check of a mail from outside gave."""

    passed: bool
    from_domain: str
    envelope_domain: str
    is_spoof: bool


def internal_headers(tenant: Tenant) -> bytes:
    """What mail inside the organisation gets: trusted, and no Authentication-Results at all."""
    now = format_datetime(tenant.clock.now())
    return (
        f"Received: from {_HOST} (2001:db8::1) by {_HOST} with HTTPS; {now}\r\n"
        f"X-MS-Exchange-Organization-AuthSource: {_HOST}\r\n"
        "X-MS-Exchange-Organization-AuthAs: Internal\r\n"
        "X-MS-Exchange-Organization-AuthMechanism: 04\r\n"
        "X-MS-Exchange-Organization-SCL: -1\r\n"
    ).encode()


def judge(directory: Directory, envelope_sender: str, raw: bytes) -> Verdict:
    """SPF, DKIM and DMARC pass together when the envelope has the domain of From, and that is not ours."""
    author = read_mime(raw).author
    from_domain = author.address.rpartition("@")[2].lower() if author else ""
    envelope_domain = envelope_sender.rpartition("@")[2].lower()
    is_spoof = author is not None and directory.is_ours(author.address)
    from_fields = sum(field.lower().startswith(b"from:") for field in header_fields(raw)[0])
    passed = bool(from_domain) and from_domain == envelope_domain and not is_spoof and from_fields == 1
    return Verdict(passed=passed, from_domain=from_domain, envelope_domain=envelope_domain, is_spoof=is_spoof)


def from_the_internet(tenant: Tenant, envelope_sender: str, raw: bytes) -> bytes:
    """The bytes as Exchange stores them: own headers on top, forged ones removed, the rest untouched."""
    # The line that mbox files put before a message is no part of it.
    raw = _MBOX_LINE.sub(b"", raw, count=1) if _MBOX_LINE.match(raw) else raw
    verdict = judge(tenant.directory, envelope_sender, raw)
    fields, rest = header_fields(raw)
    line_end = b"\n" if b"\n" in raw and b"\r\n" not in raw else b"\r\n"
    kept = [_FORGEABLE.sub(rb"\1-Original\2", field, count=1) if _is_forged(field) else field
            for field in fields if not _FIREWALL.match(field)]  # fmt: skip
    top = _anonymous_headers(tenant, verdict).encode().replace(b"\r\n", line_end)
    return top + b"".join(kept) + rest


def header_fields(raw: bytes) -> tuple[list[bytes], bytes]:
    """The header's fields with their folded lines, and everything from the empty line on."""
    end = _END_OF_HEADERS.search(raw)
    head, rest = (raw[: end.start()], raw[end.start() :]) if end else (raw, b"")
    return _FIELD.findall(head), rest


def _is_forged(field: bytes) -> bool:
    return _FORGEABLE.match(field) is not None


def _anonymous_headers(tenant: Tenant, verdict: Verdict) -> str:
    now = format_datetime(tenant.clock.now())
    category = "SPOOF" if verdict.is_spoof else "NONE"
    return (
        f"Received: from sender.example ({_SENDER_IP}) by {_HOST} with Microsoft SMTP Server; {now}\r\n"
        f"Authentication-Results: {_results(verdict)}\r\n"
        f"X-MS-Exchange-Organization-AuthSource: {_HOST}\r\n"
        "X-MS-Exchange-Organization-AuthAs: Anonymous\r\n"
        f"X-MS-Exchange-Organization-SCL: {1 if verdict.passed else 5}\r\n"
        f"X-Forefront-Antispam-Report: CIP:{_SENDER_IP};CTRY:;LANG:en;SCL:{1 if verdict.passed else 5};SRV:;"
        f"IPV:NLI;SFV:{'NSPM' if verdict.passed else 'SPM'};CAT:{category};\r\n"
    )


def _results(verdict: Verdict) -> str:
    envelope, author = verdict.envelope_domain or "none", verdict.from_domain or "none"
    if verdict.passed:
        return (
            f"spf=pass (sender IP is {_SENDER_IP})\r\n smtp.mailfrom={envelope}; "
            f"dkim=pass (signature was verified)\r\n header.d={author};dmarc=pass action=none\r\n "
            f"header.from={author};compauth=pass reason=100"
        )
    # 601: a sender of one of our own domains that is none; 000: an explicit failure.
    reason = "601" if verdict.is_spoof else "000"
    return (
        f"spf=fail (sender IP is {_SENDER_IP})\r\n smtp.mailfrom={envelope}; "
        f"dkim=fail (signature did not verify)\r\n header.d={author};dmarc=fail action=none\r\n "
        f"header.from={author};compauth=fail reason={reason}"
    )
