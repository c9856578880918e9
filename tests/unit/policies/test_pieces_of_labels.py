"""Most lines are passed over for want of a piece that a label has; no label may be lost by that."""

import re
from collections.abc import Iterator
from itertools import chain, combinations

from casework.policy_documents.label_forms import LABEL_FORMS
from casework.policy_documents.label_kinds import LabelForm

TAILS = ("", ": May 2027")
FEW_WORDS = 30


def lines_for(form: LabelForm) -> Iterator[str]:
    """The words that a wording is made of, one, two or three of them in the wording's own order."""
    words = list(dict.fromkeys(re.findall(r"[a-z]+", re.sub(r"\\[a-z]", " ", form.pattern))))
    threes = combinations(words[:FEW_WORDS], 3)
    for chosen in chain(combinations(words, 1), combinations(words, 2), threes):
        yield from (" ".join(chosen) + tail for tail in TAILS)


def test_whatever_a_wording_finds_has_the_pieces_it_is_known_by() -> None:
    met = set()
    for form in LABEL_FORMS:
        pattern = re.compile(form.pattern)
        for line in filter(pattern.search, lines_for(form)):
            met.add(form.pattern)
            assert any(piece in line for piece in form.needs), line
            assert any(piece in line for piece in form.also), line
    # A wording that no line meets would be shown nothing about.
    assert len(met) > len(LABEL_FORMS) * 2 / 3
