"""Telling subscribers of changes, and trying again where they do not listen."""

import asyncio
import json
import time
from dataclasses import replace
from typing import Any

from practice_tenant.subscriptions.posting import post
from practice_tenant.subscriptions.store import Subscription, forget, keep, subscriptions
from practice_tenant.subscriptions.watches import KINDS, Noticed
from practice_tenant.tenant import Tenant

_LOOK_EVERY = 0.2
# Microsoft tries for up to four hours, ever more rarely.
_GIVE_UP_AFTER = 4 * 3600
_LONGEST_PAUSE = 600


def settle(tenant: Tenant) -> None:
    """See to it that subscribers are told, as long as there are any."""
    if tenant.database.holds_any("subscription"):
        tenant.background.keep("notifications", lambda: _tell_all(tenant))


async def _tell_all(tenant: Tenant) -> None:
    while wanted := subscriptions(tenant.database):
        for subscription in wanted:
            _note(tenant, subscription)
        await asyncio.gather(*(_send_due(tenant, subscription) for subscription in wanted))
        await asyncio.sleep(_LOOK_EVERY)


def _note(tenant: Tenant, subscription: Subscription) -> None:
    """Write down what is to be told; a kill after that loses nothing."""
    watch, kind = subscription.watch, KINDS[subscription.watch.kind]
    newest = kind.newest(tenant, watch)
    if newest <= subscription.seen:
        return
    noticed = [
        each
        for each in kind.noticed(tenant, watch, subscription.seen, newest)
        if each.change_type in subscription.change_types
    ]
    with tenant.database.transaction():
        keep(tenant.database, replace(subscription, seen=newest))
        for each in noticed:
            _enqueue(tenant, subscription, _content(tenant, subscription, each))


def _enqueue(tenant: Tenant, subscription: Subscription, content: dict[str, Any]) -> None:
    tenant.database.execute(
        "INSERT INTO notification (subscription_id, content, made_at, due_at) VALUES (?, ?, ?, ?)",
        (subscription.id, json.dumps(content), time.time(), time.time()),
    )


def _content(tenant: Tenant, subscription: Subscription, noticed: Noticed) -> dict[str, Any]:
    return {
        "subscriptionId": subscription.id,
        "subscriptionExpirationDateTime": subscription.expires,
        "changeType": noticed.change_type,
        "resource": noticed.resource,
        "resourceData": noticed.data,
        "clientState": subscription.client_state,
        "tenantId": tenant.tenant_id,
    }


async def _send_due(tenant: Tenant, subscription: Subscription) -> None:
    """Everything that waits for one subscriber, in one request as Microsoft batches it."""
    rows = tenant.database.rows(
        "SELECT * FROM notification WHERE subscription_id = ? AND due_at <= ? ORDER BY key LIMIT 100",
        (subscription.id, time.time()),
    )
    if not rows:
        return
    body = json.dumps({"value": [json.loads(row["content"]) for row in rows]}).encode()
    reply = await post(subscription.notification_url, body, "application/json; charset=utf-8")
    if 200 <= reply.status < 300:
        _done(tenant, [row["key"] for row in rows])
        return
    for row in rows:
        if time.time() - row["made_at"] > _GIVE_UP_AFTER:
            _done(tenant, [row["key"]])
            await _tell_of_missed(tenant, subscription)
        else:
            pause = min(2 ** row["tries"], _LONGEST_PAUSE)
            tenant.database.execute(
                "UPDATE notification SET tries = tries + 1, due_at = ? WHERE key = ?",
                (time.time() + pause, row["key"]),
            )


def _done(tenant: Tenant, keys: list[int]) -> None:
    for key in keys:
        tenant.database.execute("DELETE FROM notification WHERE key = ?", (key,))


async def _tell_of_missed(tenant: Tenant, subscription: Subscription) -> None:
    if subscription.lifecycle_url is not None:
        await tell_lifecycle(tenant, subscription, "missed")


async def tell_lifecycle(tenant: Tenant, subscription: Subscription, event: str) -> None:
    """One of Microsoft's lifecycle events: missed, subscriptionRemoved or reauthorizationRequired."""
    content = {
        "subscriptionId": subscription.id,
        "subscriptionExpirationDateTime": subscription.expires,
        "tenantId": tenant.tenant_id,
        "clientState": subscription.client_state,
        "lifecycleEvent": event,
    }
    body = json.dumps({"value": [content]}).encode()
    await post(subscription.lifecycle_url or "", body, "application/json; charset=utf-8")


async def remove_by_administrator(tenant: Tenant, subscription: Subscription) -> None:
    """As when consent is withdrawn: the subscription goes, and its lifecycle address is told."""
    forget(tenant.database, subscription.id)
    if subscription.lifecycle_url is not None:
        await tell_lifecycle(tenant, subscription, "subscriptionRemoved")
