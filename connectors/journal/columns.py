"""How values stand in the journal's columns: text that every database takes, JSON, moments that sort."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from casework.errors import JournalError
from casework.records import Json


def plain_text() -> TypeEngine[str]:
    """Text compared byte by byte: PostgreSQL would otherwise sort keys by the rules of a language."""
    return Text().with_variant(Text(collation="C"), "postgresql")


class Words(TypeDecorator[str]):
    """Text. Broken mails carry half characters and NULs, which no database takes: they become "?"."""

    impl = plain_text()
    cache_ok = True

    @staticmethod
    def written(value: str | None) -> str | None:
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.encode("utf-8", "replace").decode().replace("\0", "?")

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        return self.written(value)


def is_kept_as_it_is(value: object) -> bool:
    """False for text that a database might refuse; see Words.

    Raises:
        ValueError: it is a moment that has no time zone.
    """
    if isinstance(value, datetime):
        refuse_naive(value)
    return not isinstance(value, str) or (value.isascii() and "\0" not in value)


class JsonText(TypeDecorator[Any]):
    """JSON kept as ASCII text, so that half characters survive and both databases hold the same bytes."""

    impl = Text
    cache_ok = True

    @staticmethod
    def written(value: Json) -> str:
        return json_text(value)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ANN401, ARG002 - SQLAlchemy's
        return self.written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - as above
        return json_from(str(value))


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def json_text(value: Json) -> str:
    """JSON in the one form that we write: sorted, without blanks, in ASCII."""
    return _ENCODER.encode(value)


def json_from(text: str) -> Any:  # noqa: ANN401 - JSON is anything
    """Read JSON of ours back.

    Raises:
        JournalError: it is damaged.
    """
    try:
        return json.loads(text)
    except ValueError as error:
        raise JournalError(
            "A record in the journal is damaged. Run `casework verify`, and put the newest backup back."
        ) from error


def moment_text(moment: datetime) -> str:
    """A moment in UTC, always with microseconds, so that text sorts as time does.

    Raises:
        ValueError: the moment has no time zone.
    """
    refuse_naive(moment)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def refuse_naive(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("The journal keeps aware moments only; give the datetime a time zone (UTC).")


def moment_from(text: str) -> datetime:
    return datetime.fromisoformat(text)
