"""How the checks judge a sender, so that a spoof can be rehearsed: PUT /practice/senders."""

import json
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.transport.verdicts import (
    ACTION,
    COMPAUTH,
    DKIM,
    DMARC,
    SPF,
    Verdict,
    judge,
    with_failure,
)

_FACT = "senders"
_WORDS = {"spf": SPF, "dkim": DKIM, "dmarc": DMARC, "action": ACTION, "compauth": COMPAUTH}
_TEXTS = ("reason", "category", "ip", "helo")
_EXAMPLE = '[{"sender": "*@parents.example", "spf": "fail", "dkim": "none", "dmarc": "fail", "action": "quarantine"}]'


def verdict_on(tenant: Tenant, envelope_sender: str, author: str, *, from_fields: int, helo: str) -> Verdict:
    """An honest look, then what was set for the address of From, or for the envelope where From names nobody."""
    verdict = judge(tenant.directory, envelope_sender, author, from_fields=from_fields)
    verdict = replace(verdict, helo=helo) if helo else verdict
    address = (author or envelope_sender).lower()
    for rule in _rules(tenant):
        if fnmatchcase(address, str(rule["sender"]).lower()):
            return _ruled(verdict, rule)
    return verdict


def _ruled(verdict: Verdict, rule: dict[str, Any]) -> Verdict:
    told = {name: value for name, value in rule.items() if name != "sender"}
    changed = replace(verdict, **told)
    if "compauth" not in told and "dmarc" in told:
        changed = replace(changed, compauth="pass" if changed.dmarc in {"pass", "bestguesspass"} else "fail")
    if changed.compauth == "fail":
        failed = with_failure(changed)
    else:
        failed = replace(changed, reason="100", scl=1, category="NONE")
    return replace(failed, **told)


async def get_senders(tenant: Tenant, _request: GraphRequest) -> Answer:
    return Answer.json(_rules(tenant))


async def set_senders(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT /practice/senders: a list; the first whose `sender` (a pattern for addresses) fits, counts. [] ends it."""
    try:
        rules = json.loads(request.body or b"[]")
    except ValueError as error:
        raise bad_request(f"The senders are a JSON list such as {_EXAMPLE}.") from error
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise bad_request(f"The senders are a JSON list such as {_EXAMPLE}.")
    for rule in rules:
        _check(rule)
    tenant.database.set_fact(_FACT, json.dumps(rules))
    return await get_senders(tenant, request)


def _check(rule: dict[str, Any]) -> None:
    if not isinstance(rule.get("sender"), str) or not rule["sender"].strip():
        raise bad_request(f"Each entry names a sender, such as {_EXAMPLE}.")
    for name, value in rule.items():
        if name in _WORDS and value not in _WORDS[name]:
            raise bad_request(f"{name} is one of {', '.join(_WORDS[name])}, not '{value}'.")
        if name == "scl" and (isinstance(value, bool) or not isinstance(value, int) or not -1 <= value <= 9):
            raise bad_request("scl is a whole number from -1 to 9.")
        if name in _TEXTS and (not isinstance(value, str) or not value.isprintable()):
            raise bad_request(f"{name} is a word.")
        if name not in {"sender", "scl", *_WORDS, *_TEXTS}:
            raise bad_request(f"Unknown: {name}. Known: sender, scl, {', '.join((*_WORDS, *_TEXTS))}.")


def _rules(tenant: Tenant) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = json.loads(tenant.database.fact(_FACT) or "[]")
    return rules
