"""Trouble on demand: which request fails, how, how often."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.json_values import Json

# fault -> (status, Microsoft's code, sentence)
STATUSES: dict[str, tuple[int, str, str]] = {
    "401": (401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid."),
    "403": (403, "accessDenied", "Access denied"),
    "412": (412, "ErrorIrresolvableConflict", "The change key passed in the request is not the current one."),
    "423": (423, "resourceLocked", "The resource you are attempting to access is locked."),
    "429": (429, "TooManyRequests", "Please retry again later."),
    "500": (500, "InternalServerError", "An internal server error occurred."),
    "502": (502, "BadGateway", "The upstream service gave an invalid answer."),
    "503": (503, "serviceNotAvailable", "The service is temporarily unavailable. Please retry later."),
    "504": (504, "GatewayTimeout", "The upstream service did not answer in time."),
}  # fmt: skip
# reset: the connection breaks before anything is done. lost: all is done, the answer never arrives.
# truncated: all is done, half the answer arrives. slow: the answer takes `seconds`.
_OTHERS = frozenset({"reset", "lost", "truncated", "slow"})


@dataclass(kw_only=True, slots=True)
class Fault:
    """One rule; `left` counts down where the rule is for so many times only, `struck` how often it has hit."""

    method: str
    path: str
    name: str
    retry_after: float | None = None
    left: int | None = None
    struck: int = 0
    probability: float = 1.0
    seconds: float = 5.0
    seed: int | float | str | None = None
    chance: random.Random = field(default_factory=random.Random)

    def strikes(self, method: str, *paths: str) -> bool:
        """Whether this request is hit, by any of the spellings of its path; a hit is counted."""
        if self.left == 0 or self.method not in {"*", method}:
            return False
        if not any(fnmatchcase(path.lower(), self.path.lower()) for path in paths):
            return False
        if self.probability < 1 and self.chance.random() >= self.probability:
            return False
        if self.left is not None:
            self.left -= 1
        self.struck += 1
        return True

    def as_json(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "path": self.path,
            "fault": self.name,
            "retry_after": self.retry_after,
            "times": self.left,
            "struck": self.struck,
            "probability": self.probability,
            "seconds": self.seconds,
            "seed": self.seed,
        }


class Faults:
    """The rules in force, none until asked for; a restart of the tenant forgets them."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def replace(self, rules: Sequence[Any]) -> None:
        self.rules = [read_fault(rule) for rule in rules]

    def strike(self, method: str, *paths: str) -> Fault | None:
        """The first rule that hits this request; a path counts with and without "/v1.0"."""
        return next((rule for rule in self.rules if rule.strikes(method, *paths)), None)


def read_fault(rule: Json) -> Fault:
    """Read one rule of PUT /practice/faults.

    Raises:
        GraphError: 400 naming what is wrong.
    """
    if not isinstance(rule, dict):
        raise bad_request("Each fault is an object with method, path and fault.")
    name = str(rule.get("fault", ""))
    if name not in STATUSES and name not in _OTHERS:
        known = ", ".join([*STATUSES, *sorted(_OTHERS)])
        raise bad_request(f"Unknown fault '{name}'. Known are: {known}.")
    seed, times = _seed(rule), _number(rule, "times")
    probability = _number(rule, "probability")
    return Fault(
        method=str(rule.get("method") or "*").upper(),
        path=str(rule.get("path") or "*"),
        name=name,
        retry_after=_number(rule, "retry_after"),
        left=None if times is None else int(times),
        probability=1 if probability is None else probability,
        seconds=_number(rule, "seconds") or 5,
        seed=seed,
        chance=random.Random(seed),  # noqa: S311 - repeatable trouble, not a secret
    )


def _seed(rule: dict[str, Json]) -> int | float | str | None:
    seed = rule.get("seed")
    if seed is not None and not isinstance(seed, int | float | str):
        raise bad_request("A fault's seed is a number or a text.")
    return seed


def _number(rule: dict[str, Json], name: str) -> float | None:
    value = rule.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise bad_request(f"A fault's {name} is a number, 0 or more.")
    return float(value)
