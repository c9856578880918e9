"""The spread of reviews as a picture (SVG): bars with their numbers, titles to hover over, words for a screen reader."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from casework.policy_register.spread import Spread, TermLoad

_WIDTH, _ROW, _TOP, _LEFT, _RIGHT = 760, 40, 84, 150, 70
_BAR = 24
_NORMAL, _LATE, _QUIET = "#1d3a5f", "#9b2c2c", "#6b7280"
_FONT = 'font-family="Arial, Helvetica, sans-serif"'
_MOST_NAMED = 12


def spread_picture(spread: Spread, *, school_name: str, today: date) -> str:
    """Draws the spread.

    Colour alone tells nothing: every bar carries its name and number, and the picture's description lists them all.
    """
    rows = [load for load in spread.loads if load.count or load.name not in {"Later", "No date"}]
    height = _TOP + _ROW * len(rows) + (44 if spread.advice else 20)
    most = max((load.count for load in rows), default=0) or 1
    title = f"Policy reviews by term: {school_name}"
    said = "; ".join(f"{load.name}: {load.count}" for load in rows)
    parts = [
        _opening(height),
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(f"{said}. {spread.advice}".strip())}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(24, 34, title, size=20, weight="bold", colour=_NORMAL),
        _text(
            24, 60, f"{spread.total} policies, as their documents say on {today.day} {today:%B %Y}", size=14
        ),
        *(_row(load, place, most) for place, load in enumerate(rows)),
    ]
    if spread.advice:
        parts.append(_text(24, height - 18, spread.advice, size=14))
    return "\n".join([*parts, "</svg>", ""])


def _opening(height: int) -> str:
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description">'


def _row(load: TermLoad, place: int, most: int) -> str:
    top = _TOP + _ROW * place
    width = round((_WIDTH - _LEFT - _RIGHT) * load.count / most)
    colour = {"Overdue": _LATE, "Later": _QUIET, "No date": _QUIET}.get(load.name, _NORMAL)
    named = list(load.titles[:_MOST_NAMED])
    if load.count > _MOST_NAMED:
        named.append(f"and {load.count - _MOST_NAMED} more")
    hover = f"{load.name}: {load.count}" + "".join(f"\n{title}" for title in named)
    bar = f'<rect x="{_LEFT}" y="{top}" width="{max(width, 2)}" height="{_BAR}" rx="2" fill="{colour}"/>'
    middle = top + _BAR - 7
    return "\n".join(
        (
            f"<g><title>{escape(hover)}</title>",
            _text(_LEFT - 12, middle, load.name, size=15, anchor="end"),
            bar,
            _text(_LEFT + max(width, 2) + 8, middle, str(load.count), size=15, weight="bold"),
            "</g>",
        )
    )


def _text(
    x: int,
    y: int,
    words: str,
    *,
    size: int,
    weight: str = "normal",
    anchor: str = "start",
    colour: str = "#1f2328",
) -> str:
    return (
        f'<text x="{x}" y="{y}" {_FONT} font-size="{size}" font-weight={quoteattr(weight)} '
        f'text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'
    )
