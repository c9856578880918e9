"""Whose fault it is: one message's, which is set aside, or the place's, which must be mended first."""

from __future__ import annotations

from casework.errors import (
    CaseworkError,
    ConnectorError,
    JournalError,
    NotPermittedError,
    NotThereError,
    SignInError,
)

_OF_THE_PLACE = (SignInError, NotPermittedError, NotThereError, JournalError)
_NO_ROOM = 507


def is_of_the_place(error: Exception) -> bool:
    """True if the next message would fail in the same way: then none is set aside, and the job says what to mend."""
    return isinstance(error, _OF_THE_PLACE) or (
        isinstance(error, ConnectorError) and error.status == _NO_ROOM
    )


def in_words(error: Exception) -> str:
    """What to tell people: our own errors in their words; any other may quote a message, so its kind alone."""
    return str(error) if isinstance(error, CaseworkError) else type(error).__name__
