"""A terminal that words from outside cannot steer: what a stranger wrote is shown, never obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

_SHOWN = "\N{REPLACEMENT CHARACTER}"
# C0 but tab and newline, C1, and the marks that turn the direction of what follows (Unicode TR 9, Trojan Source).
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Terminal(Console):
    """Rich's console, in which escape sequences of the words themselves show as a replacement character.

    Rich leaves them in; a mail's subject could otherwise clear the screen, colour lines or set the window's title.
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            if segment.control or not _STEERING.search(segment.text):
                yield segment
            else:
                yield Segment(_STEERING.sub(_SHOWN, segment.text), segment.style)


def json_line(data: object) -> str:
    """The data as JSON on one line; steering characters are escaped, which a program reads as the same."""
    text = json.dumps(data, ensure_ascii=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
