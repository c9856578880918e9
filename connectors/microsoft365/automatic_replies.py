"""Who is away, as Outlook's own setting of automatic replies says."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casework.absences import Away, away_from_setting
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.calls import GraphCalls, JsonObject, segment


def setting_request(address: str) -> str:
    """The path of the request for a mailbox's setting."""
    return f"users/{segment(address)}/mailboxSettings?$select=automaticRepliesSetting"


class GraphAutomaticReplies:
    """Reads `automaticRepliesSetting` of the mailbox settings; the permission MailboxSettings.Read is enough.

    `ahead` are answers that the look has in hand already.
    """

    def __init__(self, account: SchoolAccount, *, zone: str, ahead: AskedAhead | None = None) -> None:
        self._calls = GraphCalls(account, ahead=ahead)
        self._zone = ZoneInfo(zone)

    def away(self, address: str, *, now: datetime) -> Away | None:
        """Since when and until when the mailbox answers by itself; None where it does not, or not yet or no longer.

        Raises:
            NotPermittedError: Casework may not read this mailbox's settings.
        """
        settings = self._calls.get(setting_request(address))
        setting = settings.get("automaticRepliesSetting") or {}
        today = now.astimezone(self._zone).date()
        match setting.get("status"):
            case "alwaysEnabled":
                return away_from_setting(None, None, today=today)
            case "scheduled":
                since = self._moment(setting.get("scheduledStartDateTime"))
                until = self._moment(setting.get("scheduledEndDateTime"))
                return away_from_setting(since, until, today=today) if until and until > now else None
            case _:
                return None

    def _moment(self, value: JsonObject | None) -> datetime | None:
        """A moment of the setting in the school's zone; Graph writes it with the name of a zone beside it."""
        if not value or not value.get("dateTime"):
            return None
        try:
            zone = ZoneInfo(str(value.get("timeZone") or "UTC"))
        except (ZoneInfoNotFoundError, ValueError):
            zone = self._zone  # a name of Windows, such as "GMT Standard Time": the mailbox's own zone
        moment = datetime.fromisoformat(str(value["dateTime"])[:19]).replace(tzinfo=zone)
        return moment.astimezone(UTC).astimezone(self._zone)
