"""Moments as Graph writes and reads them."""

import re
from datetime import UTC, datetime

_LONG_FRACTION = re.compile(r"(\.\d{6})\d+")


def stamp(moment: datetime) -> str:
    """A moment as mail and lists show it: UTC, whole seconds, a Z."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def parse_moment(text: str) -> datetime:
    """Read ISO 8601; without an offset it is UTC, and a bare date is its midnight.

    Raises:
        ValueError: the text is no moment.
    """
    # Microsoft writes seven digits of a second ("09:00:00.0000000Z"); Python reads six.
    moment = datetime.fromisoformat(_LONG_FRACTION.sub(r"\1", text.strip()))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
