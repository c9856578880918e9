"""Time zones by the names that Outlook uses, Windows' own and IANA's."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from practice_tenant.errors import GraphError

# Windows zones that a school in Europe, or a traveller's Outlook, may send; from Unicode CLDR's windowsZones.
_WINDOWS = {
    "utc": "UTC",
    "gmt standard time": "Europe/London",
    "greenwich standard time": "Atlantic/Reykjavik",
    "w. europe standard time": "Europe/Berlin",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "romance standard time": "Europe/Paris",
    "e. europe standard time": "Europe/Chisinau",
    "fle standard time": "Europe/Kyiv",
    "gtb standard time": "Europe/Bucharest",
    "turkey standard time": "Europe/Istanbul",
    "russian standard time": "Europe/Moscow",
    "eastern standard time": "America/New_York",
    "central standard time": "America/Chicago",
    "mountain standard time": "America/Denver",
    "pacific standard time": "America/Los_Angeles",
    "india standard time": "Asia/Kolkata",
    "china standard time": "Asia/Shanghai",
    "tokyo standard time": "Asia/Tokyo",
    "arabian standard time": "Asia/Dubai",
    "south africa standard time": "Africa/Johannesburg",
    "aus eastern standard time": "Australia/Sydney",
    "new zealand standard time": "Pacific/Auckland",
}


def zone_of(name: str) -> ZoneInfo:
    """The zone of a Windows or IANA name.

    Raises:
        GraphError: 400 where Outlook would not know it.
    """
    wanted = _WINDOWS.get(name.strip().lower(), name.strip())
    try:
        return ZoneInfo(wanted)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise GraphError(
            400, "TimeZoneNotSupportedException", "A valid TimeZone value must be specified."
        ) from error
