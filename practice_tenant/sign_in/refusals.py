"""The sign-in service's refusals, with Microsoft's AADSTS numbers."""

from datetime import UTC, datetime
from uuid import uuid4

from practice_tenant.requests import Answer


class SignInRefusedError(Exception):
    """A refusal at the token endpoint.

    Attributes:
        number: the AADSTS number.
        error: OAuth's word, such as invalid_client.
        status: the HTTP status.
    """

    def __init__(self, number: int, error: str, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.number = number
        self.error = error
        self.message = message
        self.status = status


def render_refusal(refusal: SignInRefusedError, correlation: str) -> Answer:
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    trace, correlation = str(uuid4()), correlation or str(uuid4())
    description = (
        f"AADSTS{refusal.number}: {refusal.message} Trace ID: {trace} "
        f"Correlation ID: {correlation} Timestamp: {moment}"
    )
    return Answer.json(
        {
            "error": refusal.error,
            "error_description": description,
            "error_codes": [refusal.number],
            "timestamp": moment,
            "trace_id": trace,
            "correlation_id": correlation,
        },
        status=refusal.status,
    )
