"""What the checks of a mail from outside gave: SPF, DKIM, DMARC, and what Exchange makes of them together."""

from dataclasses import dataclass, replace

from practice_tenant.directory import Directory
from practice_tenant.transport.hosts import SENDER_IP

SPF = ("pass", "fail", "softfail", "neutral", "none", "temperror", "permerror")
DKIM = ("pass", "fail", "none", "timeout")
DMARC = ("pass", "bestguesspass", "fail", "none", "temperror", "permerror")
ACTION = ("none", "quarantine", "reject")
COMPAUTH = ("pass", "softpass", "fail", "none")
_JUNK_FROM = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The checks' results, each a word of Exchange's.

    Attributes:
        action: what the sending domain's DMARC policy asks for.
        reason: three digits beside compauth; 601 is a sender of our own domain that is none.
        scl: spam confidence, -1 (trusted) to 9.
        helo: as what the sending server announced itself.
    """

    from_domain: str
    envelope_domain: str
    is_spoof: bool
    spf: str
    dkim: str
    dmarc: str
    compauth: str
    reason: str
    action: str = "none"
    scl: int = 1
    category: str = "NONE"
    ip: str = SENDER_IP
    helo: str = "sender.example"

    @property
    def is_junk(self) -> bool:
        """Whether the sending domain wants such mail put aside."""
        return self.action == "quarantine" and self.dmarc == "fail"

    @property
    def is_refused(self) -> bool:
        """Whether the sending domain wants such mail refused."""
        return self.action == "reject" and self.dmarc == "fail"


def judge(directory: Directory, envelope_sender: str, author: str, *, from_fields: int = 1) -> Verdict:
    """What an honest look gives: all pass together when the envelope has the domain of From, and that is not ours.

    Args:
        directory: tells which domain is ours.
        envelope_sender: the address of MAIL FROM, "" for a bounce.
        author: the address of From, "" where there is none.
        from_fields: how many From headers there are; two never pass.
    """
    from_domain = author.rpartition("@")[2].lower()
    envelope_domain = envelope_sender.rpartition("@")[2].lower()
    is_spoof = bool(author) and directory.is_ours(author)
    passed = bool(from_domain) and from_domain == envelope_domain and not is_spoof and from_fields == 1
    word = "pass" if passed else "fail"
    verdict = Verdict(
        from_domain=from_domain,
        envelope_domain=envelope_domain,
        is_spoof=is_spoof,
        spf=word,
        dkim=word,
        dmarc=word,
        compauth=word,
        reason="100",
    )
    return verdict if passed else with_failure(verdict)


def with_failure(verdict: Verdict) -> Verdict:
    """The same, counted as spam, with the reason that Exchange gives for it."""
    return replace(
        verdict,
        reason="601" if verdict.is_spoof else "000",
        scl=max(verdict.scl, _JUNK_FROM),
        category="SPOOF" if verdict.is_spoof else "NONE",
    )


def results(verdict: Verdict) -> str:
    """The value of Authentication-Results."""
    envelope, author = verdict.envelope_domain or "none", verdict.from_domain or "none"
    signed = {
        "pass": f"dkim=pass (signature was verified)\r\n header.d={author}",
        "fail": f"dkim=fail (signature did not verify)\r\n header.d={author}",
        "none": "dkim=none (message not signed)\r\n header.d=none",
    }.get(verdict.dkim, f"dkim={verdict.dkim} (key not available)\r\n header.d={author}")
    action = {"reject": "oreject"}.get(verdict.action, verdict.action)
    return (
        f"spf={verdict.spf} (sender IP is {verdict.ip})\r\n smtp.mailfrom={envelope}; {signed};"
        f"dmarc={verdict.dmarc} action={action if verdict.dmarc == 'fail' else 'none'}\r\n "
        f"header.from={author};compauth={verdict.compauth} reason={verdict.reason}"
    )


def received_spf(verdict: Verdict, receiver: str) -> str:
    """The value of Received-SPF."""
    domain = verdict.envelope_domain or verdict.helo
    said = {
        "pass": f"designates\r\n {verdict.ip} as permitted sender",
        "fail": f"does not designate\r\n {verdict.ip} as permitted sender",
        "softfail": f"discourages use of\r\n {verdict.ip} as permitted sender",
        "none": "does not designate\r\n permitted sender hosts",
    }.get(verdict.spf, f"says nothing of\r\n {verdict.ip}")
    return (
        f"{verdict.spf.capitalize()} ({receiver}: domain of {domain} {said}) receiver={receiver};\r\n "
        f"client-ip={verdict.ip}; helo={verdict.helo}; pr=C"
    )
