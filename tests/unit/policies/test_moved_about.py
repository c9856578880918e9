"""However label, date and noise are moved about, the date that the label states is the one that is read."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.policy_documents import Block, DocumentText, PolicyFacts, read_policy
from tests.unit.policies.test_a_thousand_documents import LAST_LABELS, MONTHS, NEXT_LABELS, NOISE

JOINS = (": ", " - ", " \u2013 ", ":\t", "\t", ":  ", " :", ":\n", "\n", " is ", ": in ", " (", ": by ")
ODD_SPACES = ("\u00a0", "\u2009", "  ", " \u200b")
YEARS = st.integers(2019, 2031)
FORMS = st.sampled_from(
    (
        lambda name, month, year: (f"{name} {year}", f"{year}-{month:02d}"),
        lambda name, month, year: (f"{name[:3]} {year}", f"{year}-{month:02d}"),
        lambda name, month, year: (f"{name[:3]}-{year % 100}", f"{year}-{month:02d}"),
        lambda _, month, year: (f"{month:02d}/{year}", f"{year}-{month:02d}"),
        lambda name, month, year: (f"3rd {name} {year}", f"{year}-{month:02d}-03"),
        lambda _, month, year: (f"21/{month:02d}/{year}", f"{year}-{month:02d}-21"),
        lambda _, month, year: (f"1.{month}.{year % 100:02d}", f"{year}-{month:02d}-01"),
        lambda name, month, year: (f"4 {name.upper()} {year}", f"{year}-{month:02d}-04"),
    )
)
WRITTEN = st.builds(
    lambda form, month, year: form(MONTHS[month - 1], month, year), FORMS, st.integers(1, 12), YEARS
)
CASES = st.sampled_from((str, str.upper, str.lower, str.title))
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(*cells: tuple[str, ...]) -> PolicyFacts:
    blocks = tuple(Block(cells=row, table=1 if len(row) > 1 else None) for row in cells)
    return read_policy(DocumentText(name="policy.docx", blocks=blocks))


@QUICK
@given(
    label=st.sampled_from(NEXT_LABELS),
    case=CASES,
    join=st.sampled_from(JOINS),
    date=WRITTEN,
    before=st.lists(st.sampled_from(NOISE), max_size=4, unique=True),
    after=st.lists(st.sampled_from(NOISE), max_size=4, unique=True),
)
def test_the_next_review_is_read_wherever_it_stands(
    label: str, case: type[str], join: str, date: tuple[str, str], before: list[str], after: list[str]
) -> None:
    words, value = date
    line = f"{case(label)}{join}{words}{')' if join == ' (' else ''}"
    facts = read(*((text,) for text in (*before, line, *after)))
    assert facts.next_review is not None
    assert facts.next_review.value == value


@QUICK
@given(
    labels=st.tuples(st.sampled_from(LAST_LABELS), st.sampled_from(NEXT_LABELS)),
    last=WRITTEN,
    years=st.integers(1, 5),
    cells=st.booleans(),
    swapped=st.booleans(),
    noise=st.lists(st.sampled_from(NOISE), min_size=1, max_size=4, unique=True),
    place=st.integers(0, 4),
)
def test_last_and_next_are_never_taken_for_each_other(
    labels: tuple[str, str],
    last: tuple[str, str],
    years: int,
    cells: bool,
    swapped: bool,
    noise: list[str],
    place: int,
) -> None:
    year = int(last[1][:4])
    value = f"{year + years}-07"
    rows = [(labels[0], last[0]), (labels[1], f"July {year + years}")]
    rows = rows[::-1] if swapped else rows
    pairs = rows if cells else [(f"{label}: {words}",) for label, words in rows]
    before, after = noise[:place], noise[place:]
    facts = read(*((line,) for line in before), *pairs, *((line,) for line in after))
    assert facts.next_review is not None
    assert facts.last_update is not None
    assert (facts.last_update.value, facts.next_review.value) == (last[1], value)


@QUICK
@given(
    label=st.sampled_from(NEXT_LABELS),
    date=WRITTEN,
    space=st.sampled_from(ODD_SPACES),
    dash=st.sampled_from(("-", "\u2010", "\u2011", "\u2013")),
)
def test_odd_spaces_and_dashes_change_nothing(
    label: str, date: tuple[str, str], space: str, dash: str
) -> None:
    words, value = date
    facts = read((f"{label}: {words}".replace(" ", space).replace("-", dash),))
    assert facts.next_review is not None
    assert facts.next_review.value == value


@QUICK
@given(noise=st.lists(st.sampled_from(NOISE), min_size=1, max_size=12), date=WRITTEN)
def test_noise_alone_gives_no_date(noise: list[str], date: tuple[str, str]) -> None:
    facts = read(*((line,) for line in noise), (f"We go to the woods in {date[0]}.",))
    assert facts.next_review is None


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.text(max_size=120), min_size=1, max_size=4), max_size=12), st.booleans())
def test_no_words_whatever_bring_the_reading_down(rows: list[list[str]], wrapped: bool) -> None:
    blocks = tuple(Block(cells=tuple(row), table=1 if len(row) > 1 else None) for row in rows)
    facts = read_policy(DocumentText(name="policy.docx", blocks=blocks, wrapped=wrapped))
    assert facts.next_review is None or facts.next_review.text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (*NEXT_LABELS, *LAST_LABELS, *MONTHS, "2027", "3", "/", "\t", "\n", ":", " ", "annually", "TBC")
        ),
        max_size=40,
    ).map("".join)
)
def test_labels_and_dates_in_any_disorder_bring_no_invented_date(words: str) -> None:
    facts = read((words,))
    review = facts.next_review
    if review is not None and review.value is not None and not review.derived:
        year = review.value[:4]
        assert year in words or year[2:] in words
