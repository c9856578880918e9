"""Reads a policy document: lays it out, gathers what its labels say, and chooses."""

from collections.abc import Sequence

from casework.policy_documents.appendices import without_forms
from casework.policy_documents.choose import choose
from casework.policy_documents.covers import find_cover_dates
from casework.policy_documents.gather import gather
from casework.policy_documents.labels import REVIEWS
from casework.policy_documents.owners import find_owner
from casework.policy_documents.pairs import Reading
from casework.policy_documents.reflow import reflow
from casework.policy_documents.rows import Row, lay_out
from casework.policy_documents.terms import TermSpan
from casework.policy_documents.titles import find_title
from casework.policy_documents.values import DocumentText, PolicyFacts


def read_policy(document: DocumentText, *, terms: TermSpan | None = None) -> PolicyFacts:
    """Reads what a policy document says about itself.

    Args:
        document: The words of the document.
        terms: The school's own terms; without them, and beyond their reach, the usual ones are taken.

    Returns:
        Title, owner, last update, next review and cycle as stated, and findings for a person. A date that is not
        stated, and cannot be worked out from a stated cycle, is None: none is invented.
    """
    rows = list(lay_out(document.blocks))
    lines = list(reflow(rows)) if document.wrapped else rows
    readings = [*_gathered(lines, terms), *find_cover_dates(rows, terms=terms)]
    dates = choose(readings, terms=terms)
    return PolicyFacts(
        title=find_title(document, rows),
        owner=find_owner(rows),
        last_update=dates.last_update,
        next_review=dates.next_review,
        cycle=dates.cycle,
        findings=dates.findings,
    )


def _gathered(lines: Sequence[Row], terms: TermSpan | None) -> list[Reading]:
    """Reads the policy itself, and its forms only where it states no review."""
    own = without_forms(lines)
    readings = gather(own, terms=terms)
    if len(own) < len(lines) and not any(one.dates and one.kind in REVIEWS for one in readings):
        return gather(lines, terms=terms)
    return readings
