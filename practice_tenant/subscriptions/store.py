"""The rows of subscriptions."""

import json
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from sqlite3 import Row
from typing import Any

from practice_tenant.database import Database
from practice_tenant.subscriptions.watches import Watch
from practice_tenant.times import stamp


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """Who wants to be told of what, where and until when; `expires_at` is seconds of the machine's clock."""

    id: str
    application_id: str
    holder: str
    resource: str
    watch: Watch
    change_types: tuple[str, ...]
    notification_url: str
    lifecycle_url: str | None
    client_state: str | None
    tls_version: str | None
    expires_at: float
    seen: int

    @classmethod
    def from_row(cls, row: Row) -> "Subscription":
        values = dict(row)
        watch = Watch(**json.loads(values["watch"]))
        return cls(**{**values, "watch": watch, "change_types": tuple(values["change_types"].split(","))})

    @property
    def expires(self) -> str:
        return stamp(datetime.fromtimestamp(self.expires_at, UTC))

    def as_graph(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "resource": self.resource,
            "applicationId": self.application_id,
            "changeType": ",".join(self.change_types),
            "clientState": self.client_state,
            "notificationUrl": self.notification_url,
            "lifecycleNotificationUrl": self.lifecycle_url,
            "notificationQueryOptions": None,
            "expirationDateTime": self.expires,
            "creatorId": self.holder,
            "includeResourceData": None,
            "latestSupportedTlsVersion": self.tls_version or "v1_2",
            "encryptionCertificate": None,
            "encryptionCertificateId": None,
            "notificationUrlAppId": None,
        }


def keep(database: Database, subscription: Subscription) -> None:
    """Add a subscription, or write it anew."""
    values = {
        **asdict(subscription),
        "watch": json.dumps(asdict(subscription.watch)),
        "change_types": ",".join(subscription.change_types),
    }
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    changes = ", ".join(f"{name} = excluded.{name}" for name in values if name != "id")
    database.execute(
        f"INSERT INTO subscription ({names}) VALUES ({marks}) "  # noqa: S608 - our own column names
        f"ON CONFLICT (id) DO UPDATE SET {changes}",
        values,
    )


def forget(database: Database, subscription_id: str) -> None:
    database.execute("DELETE FROM subscription WHERE id = ?", (subscription_id,))


def subscriptions(database: Database) -> list[Subscription]:
    """Those that have not expired."""
    database.execute("DELETE FROM subscription WHERE expires_at <= ?", (time.time(),))
    return [Subscription.from_row(row) for row in database.rows("SELECT * FROM subscription ORDER BY rowid")]
