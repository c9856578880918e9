"""A finding of the doctor's, and what is to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.microsoft365.provisioning import Wishes


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing looked at.

    Attributes:
        finding: what was found, in a sentence.
        next_step: how to mend it; empty if nothing needs mending.
    """

    name: str
    ok: bool
    finding: str
    next_step: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patients:
    """What is to be looked at.

    Attributes:
        mailboxes: address by what it is, such as "headteacher"; all that Casework makes mail in.
        calendars: address by role of everybody in whose calendar reviews are entered.
        directory: whether it is looked at who still has an account.
        outsiders: addresses whose mailboxes Casework must not be able to open.
        tries_out: whether it is tried what may be written, with a draft and an upload that are taken away again.
    """

    wishes: Wishes
    mailboxes: Mapping[str, str]
    outsiders: tuple[str, ...] = field(default=())
    calendars: Mapping[str, str] = field(default_factory=dict)
    directory: bool = False
    tries_out: bool = True
