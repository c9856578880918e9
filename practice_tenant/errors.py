"""What Graph says when it refuses, and the answers that several areas share."""

from collections.abc import Mapping


class GraphError(Exception):
    """A refusal, rendered as Microsoft's error body with the request's ids.

    Attributes:
        status: the HTTP status.
        code: Microsoft's code, such as ErrorItemNotFound.
        message: the sentence for people.
        headers: further headers of the answer.
    """

    def __init__(
        self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def bad_request(message: str, code: str = "BadRequest") -> GraphError:
    return GraphError(400, code, message)


def access_denied(
    message: str = "Access is denied. Check credentials and try again.", code: str = "ErrorAccessDenied"
) -> GraphError:
    return GraphError(403, code, message)


def not_implemented(what: str) -> GraphError:
    return GraphError(
        501, "notImplemented", f"The practice tenant does not know {what}; Microsoft 365 may well."
    )
