"""A thousand documents of our own making, with the review in every place and form and much noise around it."""

from collections.abc import Callable
from random import Random

import pytest

from casework.policy_documents import PolicyFacts, read_policy
from connectors.documents.policies import PolicyDocumentReader
from tests.unit.policies.pdf_files import pdf_file
from tests.unit.policies.places_of_facts import PLACES
from tests.unit.policies.word_files import (
    cell,
    content_control,
    paragraph,
    raw_paragraph,
    run,
    table,
    text_box,
    word_file,
)

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
TERMS = {"Autumn": "autumn", "Spring": "spring", "Summer": "summer"}

NEXT_LABELS = (
    *(
        "Date of next review",
        "Next review date",
        "Next review",
        "Review due",
        "To be reviewed",
        "Due for review",
    ),
    *(
        "Next review due by",
        "Date for review",
        "Next policy review",
        "Planned review date",
        "Date to be reviewed",
    ),
    *("NEXT REVIEW", "Review date", "Policy review date", "Next scheduled review", "Scheduled for review"),
)
LAST_LABELS = (
    *(
        "Date of latest update",
        "Last reviewed",
        "Last review",
        "Date reviewed",
        "Last updated",
        "Approved by governors",
    ),
    *(
        "Date of approval",
        "Ratified",
        "Adopted",
        "Most recent review",
        "Date approved",
        "LAST REVIEWED ON",
        "Agreed",
    ),
)
OWNER_LABELS = (
    "Policy owner",
    "Policy manager",
    "Owner",
    "Person responsible",
    "Policy lead",
    "Responsible person",
)
OWNERS = ("Headteacher", "SENDCo", "Mrs A. Vale", "Mr T. Oak (Deputy Headteacher)", "School Business Manager")
NOISE = (
    "Keeping Children Safe in Education was updated in September 2022.",
    "The Equality Act 2010 applies to all schools in Great Britain.",
    "Mrs Ash holds a paediatric first aid certificate, which expires on 4 June 2025.",
    "This page was last updated on 3 March 2021.",
    "Our insurance is renewed on 1 April each year; the next renewal is due April 2026.",
    "The next meeting of the parents' forum is on 12 October 2028.",
    "Every child's targets are reviewed at the end of each half term.",
    "Children who join us in September 2029 are welcome to visit.",
    "Ofsted inspected the school in March 2020.",
    "Signed: ____________ Date: 14/09/2024",
    "Telephone 01632 960123; fax 01632 960124.",
    "Guidance for schools, published July 2019, version 2.4.",
)


def written(rng: Random, year: int) -> tuple[str, str]:
    """A date of a year in one of the forms that schools write, with its value."""
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    name = MONTHS[month - 1]
    end = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
    whole, to_month = f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}"
    term, season = rng.choice(list(TERMS.items()))
    school_year = (
        f"{year % 100:02d}/{(year + 1) % 100:02d}"
        if season == "autumn"
        else f"{(year - 1) % 100}/{year % 100}"
    )
    forms = [
        (f"{name} {year}", to_month),
        (f"{name[:3]} {year}", to_month),
        (f"{name[:3]}-{year % 100}", to_month),
        (f"{name} '{year % 100}", to_month),
        (f"{month:02d}/{year}", to_month),
        (f"{day}{end} {name} {year}", whole),
        (f"{day} {name[:3]} {year % 100}", whole),
        (f"{day:02d}.{month:02d}.{year % 100}", whole),
        (f"{day}/{month}/{year}", whole),
        (f"{day:02d}-{month:02d}-{year}", whole),
        (f"{year}-{month:02d}-{day:02d}", whole),
        (f"the {day}{end} of {name}, {year}", whole),
        (f"{term} Term {year}", f"{year}-{season}"),
        (f"{term} {year}", f"{year}-{season}"),
        (f"{term} Term {school_year}", f"{year}-{season}"),
        (f"{term.upper()} TERM {year}", f"{year}-{season}"),
        (str(year), str(year)),
        (f"{year}/{(year + 1) % 100}", f"{year}/{(year + 1) % 100}"),
    ]
    return rng.choice(forms)


Pairs = list[tuple[str, str]]
Layout = Callable[[Pairs], str]

LAYOUTS: dict[str, Layout] = {
    "lines": lambda pairs: "".join(paragraph(f"{label}: {value}") for label, value in pairs),
    "dashes": lambda pairs: "".join(paragraph(f"{label} - {value}") for label, value in pairs),
    "no colons": lambda pairs: (
        "".join(paragraph(f"{label} {value}") for label, value in pairs[1:])
        + paragraph(f"{pairs[0][0]}: {pairs[0][1]}")
    ),
    "tabs": lambda pairs: "".join(paragraph(f"{label}:\t{value}") for label, value in pairs),
    "one line": lambda pairs: paragraph("   ".join(f"{label}: {value}" for label, value in pairs)),
    "bars": lambda pairs: paragraph(" | ".join(f"{label}: {value}" for label, value in pairs)),
    "rows": lambda pairs: table(*pairs),
    "one row": lambda pairs: table(tuple(words for pair in pairs for words in pair)),
    "columns": lambda pairs: table(tuple(label for label, _ in pairs), tuple(value for _, value in pairs)),
    "two cells": lambda pairs: table(
        (cell(*(label for label, _ in pairs)), cell(*(value for _, value in pairs)))
    ),
    "label over value": lambda pairs: "".join(
        paragraph(f"{label}:") + paragraph(value) for label, value in pairs
    ),
    "split runs": lambda pairs: "".join(
        paragraph(label[:3], label[3:] + ": ", value[:2], value[2:]) for label, value in pairs
    ),
    "controls": lambda pairs: "".join(
        raw_paragraph(run(f"{label}: ") + content_control(run(value))) for label, value in pairs
    ),
    "text boxes": lambda pairs: "".join(text_box(f"{label}: {value}") for label, value in pairs),
}
EDGES = ("header default", "footer default")


def facts_of(content: bytes, name: str) -> PolicyFacts:
    return read_policy(PolicyDocumentReader().read(content, name=name))


def found_in(facts: PolicyFacts) -> tuple[str | None, str | None, str | None, str]:
    last = facts.last_update.value if facts.last_update else None
    following = facts.next_review.value if facts.next_review else None
    return facts.owner, last, following, facts.title


def invented(rng: Random) -> tuple[Pairs, tuple[str, str, str, str]]:
    year = rng.randint(2018, 2026)
    last, last_value = written(rng, year)
    following, next_value = written(rng, year + rng.randint(1, 4))
    owner = rng.choice(OWNERS)
    dates = [(rng.choice(LAST_LABELS), last), (rng.choice(NEXT_LABELS), following)]
    rng.shuffle(dates)
    return [(rng.choice(OWNER_LABELS), owner), *dates], (
        owner,
        last_value,
        next_value,
        "Lost Property Policy",
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_seventy_documents_are_read_right_in_each_layout(layout: str) -> None:
    wrong = []
    for seed in range(70):
        rng = Random(f"{layout} {seed}")  # noqa: S311 - invented documents, no secret
        pairs, expected = invented(rng)
        noise = [paragraph(line) for line in rng.sample(NOISE, 6)]
        block = LAYOUTS[layout](pairs)
        title = paragraph("Lost Property Policy", style="Title")
        edge = rng.choice(EDGES) if rng.random() < 0.2 else ""
        body = [title, *noise[:3], *([] if edge else [block]), *noise[3:]]
        content = word_file("".join(body), edges={edge: block} if edge else None)
        if found_in(facts_of(content, "lost.docx")) != expected:
            wrong.append((pairs, found_in(facts_of(content, "lost.docx"))))
    assert not wrong


@pytest.mark.parametrize("place", PLACES)
def test_thirty_documents_are_read_right_in(place: str) -> None:
    wrong = []
    for seed in range(30):
        rng = Random(f"{place} {seed}")  # noqa: S311 - invented documents, no secret
        pairs, expected = invented(rng)
        name, content = PLACES[place](pairs, rng.sample(NOISE, 5))
        found = found_in(facts_of(content, name))
        if found != expected:
            wrong.append((pairs, found))
    assert not wrong


def test_a_hundred_pdf_files_are_read_right() -> None:
    wrong = []
    for seed in range(100):
        rng = Random(seed)  # noqa: S311 - invented documents, no secret
        pairs, expected = invented(rng)
        lines = [(72, 700 - 18 * at, line) for at, line in enumerate(rng.sample(NOISE, 5))]
        if seed % 2:
            words = [(72, 600 - 18 * at, f"{label}: {value}") for at, (label, value) in enumerate(pairs)]
        else:
            words = [
                (x, 600 - 18 * at, part)
                for at, pair in enumerate(pairs)
                for x, part in zip((72, 300), pair, strict=True)
            ]
        content = pdf_file([*lines, *words], large=[(72, 760, "Lost Property Policy")])
        if found_in(facts_of(content, "lost.pdf")) != expected:
            wrong.append((pairs, found_in(facts_of(content, "lost.pdf"))))
    assert not wrong
