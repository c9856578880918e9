"""The calendars in which the second alarm of a school stands."""

from __future__ import annotations

from connectors.microsoft365.alarm_calendar import GraphAlarmCalendars
from offices.office import Office


def alarm_calendars(office: Office) -> GraphAlarmCalendars:
    """Made anew each time: it holds nothing but the account."""
    return GraphAlarmCalendars(office.account)
