"""Which handler answers which path: each area exports its ROUTES in Graph's own words."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from practice_tenant.paths import GraphPath, read_path
from practice_tenant.requests import Answer, GraphRequest

if TYPE_CHECKING:
    from practice_tenant.tenant import Tenant

Handler = Callable[["Tenant", GraphRequest], Awaitable[Answer]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """A method and a pattern such as "/users/{user}/mailFolders/{folder}/messages/delta".

    Words match in any letter case. "/drives/{drive}/root:/{path}:/content" hands the handler the colon path
    (decoded, no slash at either end, "" for the root itself) as the parameter "path".
    """

    method: str
    pattern: str
    handler: Handler

    @property
    def segments(self) -> tuple[str, ...]:
        return read_path(self.pattern).segments


def route(method: str, pattern: str, handler: Handler) -> Route:
    """A Route, written on one line."""
    return Route(method=method, pattern=pattern, handler=handler)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Step:
    """One segment of a pattern.

    Attributes:
        text: the word in lower case, or the name.
        is_colon: a colon path is wanted.
    """

    text: str
    is_name: bool
    is_colon: bool


_MOST_KNOWN = 4_096
_Candidate = tuple[tuple[_Step, ...], Route]


class Router:
    """Finds the route of a path; a written word wins over a {name}."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._by_length: dict[int, list[_Candidate]] = {}
        for each in routes:
            steps = tuple(_step(segment) for segment in each.segments)
            self._by_length.setdefault(len(steps), []).append((steps, each))
        for candidates in self._by_length.values():
            candidates.sort(key=lambda pair: tuple(step.is_name for step in pair[0]))
        self._words = frozenset(
            step.text
            for candidates in self._by_length.values()
            for steps, _ in candidates
            for step in steps
            if not step.is_name
        )
        self._by_words: dict[tuple[str, tuple[str, ...]], list[_Candidate]] = {}

    def find(self, method: str, path: GraphPath) -> tuple[Route, dict[str, str]] | None:
        """The route and what stood at its names, None where nothing matches."""
        lowered = tuple(segment.lower() for segment in path.segments)
        for steps, each in self._candidates(method, lowered):
            parameters = _match(steps, path.segments, lowered)
            if parameters is not None:
                return each, {**path.arguments, **parameters}
        return None

    def _candidates(self, method: str, lowered: tuple[str, ...]) -> Sequence[_Candidate]:
        """The routes of a method and a length whose words the path has at their places."""
        words = tuple(segment if segment in self._words else "" for segment in lowered)
        known = self._by_words.get((method, words))
        if known is None:
            known = [
                (steps, each)
                for steps, each in self._by_length.get(len(lowered), ())
                if each.method == method
                and all(step.is_name or step.text == word for step, word in zip(steps, words, strict=True))
            ]
            if len(self._by_words) < _MOST_KNOWN:
                self._by_words[method, words] = known
        return known

    def methods(self, path: GraphPath) -> set[str]:
        """Which methods the path knows, for 405."""
        lowered = tuple(segment.lower() for segment in path.segments)
        candidates = self._by_length.get(len(lowered), ())
        return {
            each.method for steps, each in candidates if _match(steps, path.segments, lowered) is not None
        }


def _step(segment: str) -> _Step:
    is_colon = segment.startswith(":")
    if segment.lstrip(":").startswith("{"):
        return _Step(text=segment.lstrip(":").strip("{}"), is_name=True, is_colon=is_colon)
    return _Step(text=segment.lower(), is_name=False, is_colon=is_colon)


def _match(
    pattern: tuple[_Step, ...], segments: tuple[str, ...], lowered: tuple[str, ...]
) -> Mapping[str, str] | None:
    for wanted, found in zip(pattern, lowered, strict=True):
        if wanted.is_name:
            if wanted.is_colon != found.startswith(":"):
                return None
        elif wanted.text != found:
            return None
    return {
        wanted.text: found.removeprefix(":")
        for wanted, found in zip(pattern, segments, strict=True)
        if wanted.is_name
    }
