"""Mailbox settings: time zone, language, automatic replies."""

import json
from typing import Any

from practice_tenant.directory import User
from practice_tenant.errors import bad_request
from practice_tenant.mail.access import mailbox_of
from practice_tenant.odata.pages import pick
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_FRESH: dict[str, Any] = {
    "archiveFolder": "",
    "timeZone": "GMT Standard Time",
    "dateFormat": "dd/MM/yyyy",
    "timeFormat": "HH:mm",
    "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
    "userPurpose": "user",
    "language": {"locale": "en-GB", "displayName": "English (United Kingdom)"},
    "automaticRepliesSetting": {
        "status": "disabled",
        "externalAudience": "all",
        "internalReplyMessage": "",
        "externalReplyMessage": "",
        "scheduledStartDateTime": {"dateTime": "2026-11-23T09:00:00.0000000", "timeZone": "UTC"},
        "scheduledEndDateTime": {"dateTime": "2026-11-24T09:00:00.0000000", "timeZone": "UTC"},
    },
    "workingHours": {
        "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "startTime": "08:00:00.0000000",
        "endTime": "17:00:00.0000000",
        "timeZone": {"name": "GMT Standard Time"},
    },
}


def settings_of(tenant: Tenant, user: User) -> dict[str, Any]:
    """All settings of a mailbox; replace what is to change, the parts are everybody's."""
    settings = tenant.database.kept("mailbox_setting", ("settings", user.id), lambda: _read(tenant, user))
    return {**settings, "userPurpose": "shared" if user.role == "reports" else "user"}


async def get_settings(tenant: Tenant, request: GraphRequest) -> Answer:
    user = mailbox_of(tenant, request, "MailboxSettings.Read")
    return Answer.json(_shown(tenant, request, user))


async def change_settings(tenant: Tenant, request: GraphRequest) -> Answer:
    """PATCH: named settings change, of the automatic replies each part by itself."""
    user = mailbox_of(tenant, request, "MailboxSettings.ReadWrite")
    body = {name: value for name, value in request.json().items() if "@" not in name}
    unknown = sorted(set(body) - set(_FRESH))
    if unknown:
        raise bad_request(
            f"The property '{unknown[0]}' does not exist on type 'microsoft.graph.mailboxSettings'."
        )
    settings = settings_of(tenant, user)
    for name, value in body.items():
        if not isinstance(value, type(_FRESH[name])):
            raise bad_request(f"{name} takes a value of another kind.", "RequestBodyRead")
        strange = sorted(set(value) - set(_FRESH[name])) if isinstance(value, dict) else []
        if strange and "@" not in strange[0]:
            raise bad_request(
                f"The property '{strange[0]}' does not exist in {name}. Make sure to only use property names that are "
                "defined by the type.",
                "RequestBodyRead",
            )
        both_objects = isinstance(settings[name], dict) and isinstance(value, dict)
        settings[name] = settings[name] | value if both_objects else value
    with tenant.database.transaction():
        tenant.database.execute(
            "INSERT OR REPLACE INTO mailbox_setting (mailbox, settings) VALUES (?, ?)",
            (user.id, json.dumps(settings)),
        )
        if "automaticRepliesSetting" in body:
            # Outlook answers every sender once more after the setting was changed.
            tenant.database.execute("DELETE FROM automatic_reply_sent WHERE mailbox = ?", (user.id,))
    return Answer.json(_shown(tenant, request, user))


async def get_one_setting(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../mailboxSettings/timeZone and its like: an object as it is, a plain value under "value"."""
    user = mailbox_of(tenant, request, "MailboxSettings.Read")
    name = next((each for each in _FRESH if each.lower() == request.parameter("setting").lower()), None)
    if name is None:
        raise bad_request(f"Resource not found for the segment '{request.parameter('setting')}'.")
    value = settings_of(tenant, user)[name]
    context = f"{tenant.graph_root}v1.0/$metadata#users('{request.parameter('user')}')/mailboxSettings/{name}"
    shown = value if isinstance(value, dict) else {"value": value}
    return Answer.json({"@odata.context": context, **shown})


def _read(tenant: Tenant, user: User) -> dict[str, Any]:
    row = tenant.database.one("SELECT settings FROM mailbox_setting WHERE mailbox = ?", (user.id,))
    settings: dict[str, Any] = json.loads(row["settings"]) if row else _FRESH
    return settings


def _shown(tenant: Tenant, request: GraphRequest, user: User) -> dict[str, Any]:
    context = f"{tenant.graph_root}v1.0/$metadata#users('{request.parameter('user')}')/mailboxSettings"
    return {"@odata.context": context, **pick(settings_of(tenant, user), request.options, always=())}
