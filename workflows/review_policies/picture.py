"""The picture of the year's reviews, kept in the casework library beside everything else that Casework writes."""

from __future__ import annotations

from collections.abc import Iterable

from casework.evidence import sha256_of
from casework.intents import StorePaper
from casework.policy_register.policies import Policy
from casework.policy_register.spread import Spread, spread_of
from casework.policy_register.spread_picture import spread_picture
from workflows.review_policies.desk import PolicyDesk

PATH = "Policy reviews/Reviews by term.svg"


def spread(policies: Iterable[Policy], desk: PolicyDesk) -> Spread:
    """How the reviews lie today."""
    school = desk.school
    return spread_of(policies, calendar=school.calendar, today=desk.today, which=school.policies.due)


def picture_of_spread(policies: tuple[Policy, ...], desk: PolicyDesk) -> StorePaper:
    """The picture as it stands today."""
    school = desk.school
    text = spread_picture(spread(policies, desk), school_name=school.name, today=desk.today)
    key = f"{school.code}/policies/picture/{desk.today}/{sha256_of(text.encode())[:16]}"
    return StorePaper(key=key, path=PATH, text=text)
