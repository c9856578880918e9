"""The words of a PDF page are taken from whole lines where that is sure, and each stays in its own place."""

from random import Random

import pypdfium2
import pytest

from connectors.documents.policies.pdf_words import words_of_boxes
from tests.unit.policies.pdf_files import pdf_file
from tests.unit.policies.places_of_facts import PLACES
from tests.unit.policies.test_a_thousand_documents import NOISE, invented

PDF_PLACES = [place for place in PLACES if "PDF" in place]


def told_and_asked(content: bytes) -> list[tuple[str, str]]:
    """The words given for each box of the first page, beside what PDFium says when asked about that box."""
    with pypdfium2.PdfDocument(content) as file:
        words = file[0].get_textpage()
        boxes = [words.get_rect(at) for at in range(words.count_rects())]
        asked = [words.get_text_bounded(*box).strip() for box in boxes]
        return list(zip(map(str.strip, words_of_boxes(words, boxes)), asked, strict=True))


@pytest.mark.parametrize("place", PDF_PLACES)
def test_each_box_has_its_own_words_in(place: str) -> None:
    for seed in range(5):
        rng = Random(f"{place} {seed} boxes")  # noqa: S311 - invented documents, no secret
        pairs, _ = invented(rng)
        _, content = PLACES[place](pairs, rng.sample(NOISE, 5))
        assert all(told == asked for told, asked in told_and_asked(content))


def test_words_drawn_in_no_order_stay_in_their_places() -> None:
    rng = Random(7)  # noqa: S311 - invented documents, no secret
    for _ in range(20):
        placed = [
            (72 + 200 * (at % 2), 700 - 16 * (at // 2), f"Line {at}, of May 20{at:02}") for at in range(30)
        ]
        rng.shuffle(placed)
        pairs = told_and_asked(pdf_file(placed))
        assert len(pairs) > 1
        assert all(told == asked for told, asked in pairs)
