"""Of which kind the values in a body must be: one name means one kind all over Graph."""

from collections.abc import Mapping
from typing import Any

from practice_tenant.errors import GraphError

Json = Any
_MAIL_WORDS = ("/messages", "/mailfolders", "/sendmail", "/events", "/mailboxsettings", "/outlook/")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OBJECTS = _words(
    "message body from sender flag item attachmentitem parentreference filesysteminfo folder file list fields start "
    "end location recurrence duedatetime reminderdatetime completeddatetime automaticrepliessetting workinghours "
    "language emailaddress application pattern range user"
)
_LISTS_OF_OBJECTS = _words(
    "torecipients ccrecipients bccrecipients replyto attachments internetmessageheaders "
    "singlevalueextendedproperties attendees recipients grantedtoidentities grantedtoidentitiesv2 columns"
)
_LISTS_OF_TEXTS = _words("categories roles choices daysofweek")
_TEXTS = _words(
    "subject displayname name description title comment destinationid contentbytes type scope content id address "
    "@microsoft.graph.conflictbehavior changetype notificationurl resource clientstate lifecyclenotificationurl"
)
# Inside a column's definition these name its type; elsewhere "dateTime" is a text.
_COLUMN_TYPES = _words(
    "text choice datetime boolean number personorgroup hyperlinkorpicture calculated lookup currency defaultvalue"
)


def check_shapes(path: str, body: Mapping[str, Json]) -> None:
    """Refuse values of another kind than Graph's types have; the fields of a row are for its columns to check.

    Raises:
        GraphError: 400 in the words of Microsoft's OData library.
    """
    lower = path.lower().rstrip("/")
    if lower.endswith("/fields"):
        return
    code = "RequestBodyRead" if any(word in lower for word in _MAIL_WORDS) else "BadRequest"
    _check_object(
        body, code, is_column=lower.rpartition("/lists/")[2].partition("/")[2].startswith("columns")
    )


def _check_object(body: Mapping[str, Json], code: str, *, is_column: bool = False) -> None:
    for name, value in body.items():
        if value is not None:
            _check_value(name.casefold(), value, code, is_column=is_column)


def _check_value(name: str, value: Json, code: str, *, is_column: bool) -> None:
    if name in _OBJECTS or (is_column and name in _COLUMN_TYPES):
        _expect(isinstance(value, Mapping), value, "StartObject", code)
        if name != "fields":
            _check_object(value, code)
    elif name in _LISTS_OF_OBJECTS or name in _LISTS_OF_TEXTS:
        _expect(isinstance(value, list), value, "StartArray", code)
        for each in value:
            _check_member(name, each, code)
    elif name in _TEXTS and not isinstance(value, str):
        raise GraphError(
            400, code, f"Cannot convert the literal '{value}' to the expected type 'Edm.String'."
        )


def _check_member(name: str, value: Json, code: str) -> None:
    if name in _LISTS_OF_TEXTS:
        _expect(isinstance(value, str), value, "PrimitiveValue", code)
        return
    _expect(isinstance(value, Mapping), value, "StartObject", code)
    _check_object(value, code, is_column=name == "columns")


def _expect(fits: bool, value: Json, wanted: str, code: str) -> None:
    if fits:
        return
    found = (
        "StartObject"
        if isinstance(value, Mapping)
        else "StartArray"
        if isinstance(value, list)
        else "PrimitiveValue"
    )
    raise GraphError(
        400,
        code,
        f"An unexpected '{found}' node was found when reading from the JSON reader. A '{wanted}' node was expected.",
    )
