"""The governors' paper: what of a term's figures may be shown, in sentences, tables and charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.governors.figures import CONTACT_SPANS, TermFigures
from casework.governors.small_numbers import FEWER, LEAST, NOT_SHOWN, Published, publish, published_together

HIDDEN_BAR = 2.5
"""The length of a bar whose number is not shown: always the same, so that it tells nothing."""
_MOST_OVERDUE = 15
_TOO_FEW = f"There were {FEWER} cases: a table would point at one of them."
_NONE = "There were no cases in this term."
"""Said only where none was open either: how many were carried over could be worked out with the next term's paper."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar of a chart: its name and what may be said of it, in words; how long it is drawn."""

    name: str
    said: str
    length: float

    @property
    def is_hidden(self) -> bool:
        """True where its number is not shown."""
        return not self.said.isdigit()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart of bars.

    Attributes:
        alternative: the same in words, for those who cannot see it.
    """

    title: str
    bars: tuple[Bar, ...]

    @property
    def alternative(self) -> str:
        return f"{self.title}. " + "; ".join(f"{bar.name}: {bar.said}" for bar in self.bars) + "."


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSection:
    """A heading, sentences, and a table or a chart below them.

    Attributes:
        rows: the table's, its first the headings; empty for none.
    """

    heading: str
    sentences: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GovernorsPaper:
    title: str
    school_name: str
    introduction: str
    sections: tuple[PaperSection, ...]


def paper_of(figures: TermFigures, *, school_name: str, written_on: date) -> GovernorsPaper:
    """Lay out a term's figures for people who decide about the school and must not learn who was meant."""
    year = figures.term.ends.year
    opened = published_together(figures.platforms, figures.targets, figures.first_contact)
    return GovernorsPaper(
        title=f"Parents' posts on social media: {figures.term.name} {year}",
        school_name=school_name,
        introduction=(
            f"Written by Casework on {_day(written_on)} from the register of cases, for the time from "
            f"{_day(figures.since)} to {_day(figures.until)}. It names nobody. Numbers under five are shown as "
            '"fewer than 5", and another number is left out where a sum would give one away.'
        ),
        sections=(
            _summary(figures, opened[0]),
            _table_and_chart("Where the posts stood", "Platform", opened[0], figures),
            _table_and_chart("Whom they were about", "About", opened[1], figures, chart=False),
            _contact(figures, opened[2]),
            _resolved(figures),
            _policies(figures),
        ),
    )


def _summary(figures: TermFigures, opened: Published) -> PaperSection:
    """The flow of cases: of four numbers that add up, none is shown if one of them would have to be hidden."""
    flow = (figures.carried_over, figures.opened, figures.closed, figures.still_open)
    closed = _closed(figures)
    # what a table below hides must not be the sum of what stands here
    shows_flow = min(flow) >= LEAST and opened.total.isdigit() and closed.total.isdigit()
    talks = publish({"skipped": figures.talks_skipped, "other": figures.opened - figures.talks_skipped})
    rows = (
        ("What", "Cases"),
        ("Opened in the term", opened.total if figures.platforms else _few(figures)),
        ("Closed in the term", closed.total if figures.resolved else _few(figures)),
        ("Open from before the term", str(figures.carried_over) if shows_flow else NOT_SHOWN),
        ("Still open at its end", str(figures.still_open) if shows_flow else NOT_SHOWN),
        ("Conversation skipped, with a written reason", talks.cells["skipped"]),
    )
    return PaperSection(heading="The term in numbers", rows=rows)


def _was_quiet(figures: TermFigures) -> bool:
    """True for a term in which no case was open on any day."""
    return not (figures.opened or figures.closed or figures.carried_over or figures.still_open)


def _few(figures: TermFigures) -> str:
    return "none" if _was_quiet(figures) else FEWER


def _table_and_chart(
    heading: str, column: str, shown: Published, figures: TermFigures, *, chart: bool = True
) -> PaperSection:
    if not shown.cells or shown.total == FEWER:
        return PaperSection(heading=heading, sentences=(_NONE if _was_quiet(figures) else _TOO_FEW,))
    ordered = _ordered(shown.cells)
    rows = ((column, "Cases"), *_capitals(ordered), ("All", shown.total))
    return PaperSection(heading=heading, rows=rows, chart=_chart(heading, ordered) if chart else None)


def _chart(title: str, cells: Iterable[tuple[str, str]]) -> Chart | None:
    """None where no bar may have its own length: such a picture tells nothing."""
    bars = tuple(_bar(name, said) for name, said in cells)
    return Chart(title=title, bars=bars) if any(not bar.is_hidden for bar in bars) else None


def _ordered(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The largest first; what is hidden comes last, by name, so that its place tells nothing."""
    return tuple(
        sorted(
            cells.items(),
            key=lambda one: (not one[1].isdigit(), -int(one[1]) if one[1].isdigit() else 0, one[0]),
        )
    )


def _capitals(cells: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((_capital(name), said) for name, said in cells)


def _capital(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _bar(name: str, said: str) -> Bar:
    return Bar(name=_capital(name), said=said, length=float(said) if said.isdigit() else HIDDEN_BAR)


def _contact(figures: TermFigures, shown: Published) -> PaperSection:
    usual = figures.usual_contact
    unit = "day" if usual == 1 else "days"
    sentence = (
        f"Half of the cases had their first talk or letter within {usual:g} school {unit} of the report."
        if usual is not None
        else "Too few cases to say how long it usually took."
    )
    cells = [(name, shown.cells[name]) for name in CONTACT_SPANS if name in shown.cells]
    if shown.total == FEWER:
        cells = []
    return PaperSection(
        heading="How soon the school was in contact",
        sentences=(sentence,),
        rows=(("First contact", "Cases"), *_capitals(cells), ("All", shown.total)) if cells else (),
        chart=_chart("Time from the report to the first contact", cells),
    )


def _closed(figures: TermFigures) -> Published:
    """How cases ended; without the sum where it would tell the few that are open, together with last term's paper."""
    tells_what_is_open = figures.carried_over >= LEAST > figures.still_open
    return publish(figures.resolved, hides_total=tells_what_is_open)


def _resolved(figures: TermFigures) -> PaperSection:
    return _table_and_chart("Which step ended the cases", "Closed", _closed(figures), figures)


def _policies(figures: TermFigures) -> PaperSection:
    """Titles of documents are nobody's secret, so these numbers are shown as they are."""
    overdue = figures.overdue[:_MOST_OVERDUE]
    rows = (("Policy", "Overdue for"), *((title, _days(days)) for title, days in overdue)) if overdue else ()
    counts = ", ".join(f"{number} {status}" for status, number in sorted(figures.policies.items()))
    sentences = [f"The policies by their reviews: {counts}." if counts else "No policies have been read yet."]
    if len(figures.overdue) > _MOST_OVERDUE:
        sentences.append(f"The {_MOST_OVERDUE} longest overdue of {len(figures.overdue)}:")
    elif figures.policies and not overdue:
        sentences.append("No review is overdue.")
    return PaperSection(heading="Policy reviews", sentences=tuple(sentences), rows=rows)


def said_aloud(paper: GovernorsPaper) -> Iterable[str]:
    """Every word of the paper, for whoever reads it as text."""
    yield from (paper.title, paper.school_name, paper.introduction)
    for section in paper.sections:
        yield section.heading
        yield from section.sentences
        yield from (": ".join(row) for row in section.rows)


def _days(days: int) -> str:
    return f"{days:,} day{'' if days == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
