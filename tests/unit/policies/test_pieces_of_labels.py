"""Most lines are passed over for want of a piece that a label has; no label may be lost by that."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.policy_documents.label_forms import LABEL_FORMS
from tests.unit.policies.test_a_thousand_documents import LAST_LABELS, NEXT_LABELS, NOISE

# The words that the wordings themselves are made of, in any order.
WORDS = sorted({word for form in LABEL_FORMS for word in re.findall(r"[a-z]{2,}", form.pattern)})
LINES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join),
    st.lists(st.sampled_from((*NEXT_LABELS, *LAST_LABELS, *NOISE)), max_size=3).map(": May 2027 ".join),
)


@settings(max_examples=400, deadline=None)
@given(line=LINES)
def test_whatever_a_wording_finds_has_the_pieces_it_is_known_by(line: str) -> None:
    lowered = line.lower()
    for form in LABEL_FORMS:
        if re.search(form.pattern, line, re.IGNORECASE):
            assert any(piece in lowered for piece in form.needs), form.pattern
            assert any(piece in lowered for piece in form.also), form.pattern


def test_each_wording_finds_something_among_words_put_together_for_it() -> None:
    """The test above proves nothing about a wording that it never meets."""
    tails = ("", " date", " by May 2027", " due", " on", ": May 2027", " May 2027")
    starts = (*NEXT_LABELS, *LAST_LABELS, *WORDS)
    met = {
        form.pattern
        for form in LABEL_FORMS
        for start in starts
        if any(re.search(form.pattern, f"{start}{tail}", re.IGNORECASE) for tail in tails)
    }
    assert len(met) > len(LABEL_FORMS) / 2
