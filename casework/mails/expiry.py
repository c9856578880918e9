"""The mail that says that the way in which Casework signs in is about to run out."""

from __future__ import annotations

from datetime import date

from casework.intents import SendMail
from casework.mails.facts import to_json
from casework.school import Role, School


def sign_in_expires(expires: date, *, rung: int, school: School, what: str, today: date) -> SendMail:
    """Tells the office, once at each rung.

    Args:
        expires: the last day on which Casework can sign in.
        rung: days before it, of `casework.expiry`.
        school: whose it is.
        what: "certificate" or "client secret".
        today: the school's day.
    """
    fields: dict[str, object] = {
        "school_name": school.name,
        "what": what,
        "expires": expires,
        "is_over": expires < today,
    }
    return SendMail(
        key=f"{school.code}/sign-in/{expires}/{rung}",
        mail="sign_in_expires",
        role=Role.OFFICE.value,
        to=school.person(Role.OFFICE).address,
        fields=to_json(fields),
        in_hours=rung > 1,
        through_holidays=True,
    )
