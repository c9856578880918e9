"""What this process saw last of what Casework itself keeps up to date, so that it need not look before it writes."""

from __future__ import annotations

MOST = 1_000
"""So many versions are remembered for a school; where one was let go, the next writing looks first."""
OFTEN = 2
"""After so many refusals somebody else, or the service itself, writes there too: it is looked at first from then on."""


class LastSeen:
    """The eTag that each file and row had when it was last written or told of; lost when the process ends.

    It saves the look and nothing else: whoever writes names the eTag, and the service refuses the writing where
    something else lies there by now. See docs/decisions/writing-without-looking.md.
    """

    def __init__(self) -> None:
        self._etags: dict[tuple[object, str], str] = {}
        self._refused: dict[tuple[object, str], int] = {}

    def of(self, place: object, name: str) -> str:
        """The eTag of a file of a library, or of a row of a list; empty where it has to be looked at."""
        return self._etags.get((place, name), "")

    def note(self, place: object, name: str, etag: str) -> None:
        """Remember what was written or told of; an empty eTag is one that the service did not tell."""
        self.forget(place, name)
        if etag and self._refused.get((place, name), 0) < OFTEN:
            self._etags[place, name] = etag
        if len(self._etags) > MOST:
            del self._etags[next(iter(self._etags))]

    def forget(self, place: object, name: str) -> None:
        """What is there has to be looked at."""
        self._etags.pop((place, name), None)

    def refused(self, place: object, name: str) -> None:
        """A file was not as remembered."""
        self.forget(place, name)
        self._refused[place, name] = self._refused.get((place, name), 0) + 1
