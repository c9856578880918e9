"""Which handler answers which path: each area exports its ROUTES in Graph's own words."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
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


class Router:
    """Finds the route of a path; a written word wins over a {name}."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._by_length: dict[int, list[tuple[tuple[str, ...], Route]]] = {}
        for each in routes:
            segments = each.segments
            self._by_length.setdefault(len(segments), []).append((segments, each))
        for candidates in self._by_length.values():
            candidates.sort(key=lambda pair: tuple(_is_name(segment) for segment in pair[0]))

    def find(self, method: str, path: GraphPath) -> tuple[Route, dict[str, str]] | None:
        """The route and what stood at its names, None where nothing matches."""
        for segments, each in self._by_length.get(len(path.segments), ()):
            if each.method != method:
                continue
            parameters = _match(segments, path.segments)
            if parameters is not None:
                return each, {**path.arguments, **parameters}
        return None

    def methods(self, path: GraphPath) -> set[str]:
        """Which methods the path knows, for 405."""
        candidates = self._by_length.get(len(path.segments), ())
        return {each.method for segments, each in candidates if _match(segments, path.segments) is not None}


def _is_name(segment: str) -> bool:
    return segment.lstrip(":").startswith("{")


def _match(pattern: tuple[str, ...], segments: tuple[str, ...]) -> Mapping[str, str] | None:
    parameters: dict[str, str] = {}
    for wanted, found in zip(pattern, segments, strict=True):
        if wanted.startswith(":") != found.startswith(":"):
            return None
        if _is_name(wanted):
            parameters[wanted.lstrip(":").strip("{}")] = found.removeprefix(":")
        elif wanted.lower() != found.lower():
            return None
    return parameters
