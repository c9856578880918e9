"""Single values of a message: text, truths, words of an enumeration, its body and its headers."""

from practice_tenant.errors import GraphError, bad_request
from practice_tenant.json_values import Json


def read_body(value: Json) -> tuple[str, str]:
    """Body type ("text" or "html") and words."""
    if value is None:
        return "text", ""
    if not isinstance(value, dict):
        raise bad_request("The body must be an object with contentType and content.", "RequestBodyRead")
    kind = str(value.get("contentType") or "text").lower()
    if kind not in {"text", "html"}:
        raise bad_request(f"Requested value '{kind}' was not found.", "RequestBodyRead")
    return kind, str(value.get("content") or "")


def read_headers(value: Json) -> tuple[tuple[str, str], ...]:
    """Custom headers of a new mail.

    Raises:
        GraphError: 400 InvalidInternetMessageHeader where one does not begin with x-.
    """
    headers = tuple((str(each.get("name", "")), str(each.get("value", ""))) for each in value or ())
    for name, _ in headers:
        if not name.lower().startswith("x-"):
            raise GraphError(
                400,
                "InvalidInternetMessageHeader",
                f"The internet message header name '{name}' should start with 'x-' or 'X-'.",
            )
    return headers


def read_word(value: Json, words: tuple[str, ...]) -> str:
    """One of the words of an enumeration, whose first is the default.

    Raises:
        GraphError: 400 RequestBodyRead.
    """
    for word in words:
        if str(value if value is not None else words[0]).lower() == word.lower():
            return word
    raise bad_request(f"Requested value '{value}' was not found.", "RequestBodyRead")


def read_importance(value: Json) -> str:
    return read_word(value, ("normal", "low", "high"))


def read_truth(value: Json) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    raise bad_request(
        f"Cannot convert the literal '{value}' to the expected type 'Edm.Boolean'.", "RequestBodyRead"
    )


def read_text(value: Json) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    raise bad_request(
        f"Cannot convert the literal '{value}' to the expected type 'Edm.String'.", "RequestBodyRead"
    )
