"""A dateTimeTimeZone: read from a client, kept in UTC with the zone's name, and shown again."""

from datetime import UTC, datetime
from typing import Any

from practice_tenant.calendar.zones import zone_of
from practice_tenant.errors import GraphError
from practice_tenant.times import parse_moment

Json = dict[str, Any]


def read_moment(given: Json) -> Json:
    """Kept in UTC, with the zone that the client named; the client's own text need not carry an offset.

    Raises:
        GraphError: 400 where it is no dateTimeTimeZone.
    """
    try:
        name = str(given.get("timeZone") or "UTC")
        moment = parse_moment(str(given["dateTime"]))
        naive = "T" not in str(given["dateTime"]) or _has_no_offset(str(given["dateTime"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise GraphError(
            400, "ErrorPropertyValidationFailure", "A start or end is no dateTimeTimeZone."
        ) from error
    zone = zone_of(name)
    there = moment.replace(tzinfo=zone) if naive else moment.astimezone(zone)
    return {"at": there.astimezone(UTC).isoformat(), "zone": name}


def moment_in(value: Json) -> datetime:
    """The aware moment of a kept start or end."""
    return parse_moment(value["at"]).astimezone(UTC)


def show_moment(value: Json, zone: str) -> Json:
    """As Graph shows it, in the zone asked for."""
    there = moment_in(value).astimezone(zone_of(zone))
    return {"dateTime": there.strftime("%Y-%m-%dT%H:%M:%S.0000000"), "timeZone": zone}


def _has_no_offset(text: str) -> bool:
    clock = text.partition("T")[2]
    return not (clock.endswith("Z") or "+" in clock or "-" in clock)
