"""How long reading a policy document takes, and how often it is right, beside the libraries that one would take instead.

    uv run --with docx2python --with "markitdown[docx,pdf]" --with dateparser benchmarks/policies.py [DOCUMENTS]

Every reader gets the same invented Word and PDF files, and Casework's own rules find the dates in the words that it
gives, except where dateparser does. The floor is what no reader can do without: to unzip the file and parse its text.
A peer that is not installed is left out. Times are of this process's CPU, the best of two seconds' rounds.
"""

import gc
import io
import re
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import docx
from docx.oxml import parse_xml
from lxml import etree
from rich.console import Console
from rich.progress import track
from rich.table import Table

from casework.policy_documents import Block, DocumentText, read_policy
from connectors.documents.policies import PolicyDocumentReader
from tests.unit.policies.pdf_files import pdf_file
from tests.unit.policies.test_a_thousand_documents import LAYOUTS, NOISE, Pairs, invented
from tests.unit.policies.word_files import SPACES, paragraph

ROUNDS = 2
AT_LEAST = 2.0
PROSE = "We look after each other and our things; what is found is kept in the office for a week. "
OWN = "casework"
Read = Callable[[bytes], str | None]
"""Gives the value of the next review that a reader finds in a file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    content: bytes
    next_review: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What one reader did with one kind of file: CPU milliseconds a file, and the share that it got right."""

    reader: str
    kind: str
    milliseconds: float
    right: float


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 112
    warnings.simplefilter("ignore")
    word = [word_sample(layout, seed) for seed in range(count // len(LAYOUTS) + 1) for layout in LAYOUTS][
        :count
    ]
    pdf = [pdf_sample(seed) for seed in range(max(count // 4, 4))]
    runs = [("Word", word, name, read) for name, read in word_readers()]
    runs += [("PDF", pdf, name, read) for name, read in pdf_readers()]
    results = [measure(name, kind, samples, read) for kind, samples, name, read in track(runs, "Reading")]
    show(results)


def word_sample(layout: str, seed: int) -> Sample:
    """A Word document as Word saves it, styles, theme and all, of about four pages."""
    rng = Random(f"{layout} {seed} benchmark")  # noqa: S311 - invented documents, no secret
    pairs, (_, _, following, _) = invented(rng)
    body = [LAYOUTS[layout](pairs), *(paragraph(line) for line in rng.sample(NOISE, 6))]
    body += [paragraph(PROSE * rng.randint(1, 5)) for _ in range(40)]
    document = docx.Document()
    document.add_heading("Lost Property Policy", 0)
    whole = parse_xml(f"<w:body {SPACES}>{''.join(body)}</w:body>")
    for element in list(whole):
        document.element.body.insert(len(document.element.body) - 1, element)
    buffer = io.BytesIO()
    document.save(buffer)
    return Sample(content=buffer.getvalue(), next_review=following)


def pdf_sample(seed: int) -> Sample:
    """A PDF of three pages; half have a table whose cells run over two lines."""
    rng = Random(f"{seed} benchmark")  # noqa: S311 - invented documents, no secret
    pairs, (_, _, following, _) = invented(rng)
    noise = [(72, 700 - 18 * at, line) for at, line in enumerate(rng.sample(NOISE, 5))]
    facts = _wrapped_table(pairs) if seed % 2 else _lines(pairs)
    pages = [[(72, 760 - 15 * at, PROSE) for at in range(45)] for _ in range(2)]
    content = pdf_file([*noise, *facts], *pages, large=[(72, 760, "Lost Property Policy")])
    return Sample(content=content, next_review=following)


def _lines(pairs: Pairs) -> list[tuple[int, int, str]]:
    return [(72, 600 - 18 * at, f"{label}: {value}") for at, (label, value) in enumerate(pairs)]


def _wrapped_table(pairs: Pairs) -> list[tuple[int, int, str]]:
    placed: list[tuple[int, int, str]] = []
    y = 600
    for label, value in pairs:
        halves = zip(_halved(label), _halved(value), strict=True)
        for left, right in halves:
            placed += [(x, y, words) for x, words in ((72, left), (200, right)) if words]
            y -= 14
    return placed


def _halved(words: str) -> tuple[str, str]:
    first, _, rest = words.rpartition(" ")
    wraps = bool(first) and rest[:1].islower()
    return (first, rest) if wraps else (words, "")


def measure(name: str, kind: str, samples: list[Sample], read: Read) -> Result:
    read(samples[0].content)
    # What the peers have loaded is no part of any reader's work, and would be looked through by each collection.
    gc.collect()
    gc.freeze()
    best, right = float("inf"), 0
    begun, rounds = time.process_time(), 0
    # A quick reader's round is so short that one other program at work spoils it; each gets as long as the slow ones.
    while rounds < ROUNDS or time.process_time() - begun < AT_LEAST:
        rounds += 1
        started = time.process_time()
        found = [_quietly(read, sample.content) for sample in samples]
        best = min(best, time.process_time() - started)
        right = sum(value == sample.next_review for value, sample in zip(found, samples, strict=True))
    return Result(reader=name, kind=kind, milliseconds=best / len(samples) * 1000, right=right / len(samples))


def _quietly(read: Read, content: bytes) -> str | None:
    try:
        return read(content)
    except Exception:  # noqa: BLE001 - a peer that fails on a file has it wrong, and the others are still measured
        return None


def word_readers() -> Iterator[tuple[str, Read]]:
    reader = PolicyDocumentReader()
    yield "floor: unzip and parse", _floor
    yield OWN, lambda content: _value(reader.read(content, name="policy.docx"))
    if find_spec("docx2python"):
        from docx2python import docx2python  # noqa: PLC0415 - a peer, which need not be installed

        def by_docx2python(content: bytes) -> str | None:
            with docx2python(io.BytesIO(content)) as document:
                return _value(_as_text(document.text))

        yield "docx2python", by_docx2python
    if find_spec("dateparser"):
        yield "python-docx with dateparser", _by_dateparser
    yield from _markitdown(".docx")


def pdf_readers() -> Iterator[tuple[str, Read]]:
    from pypdf import PdfReader  # noqa: PLC0415 - as slow to load as the peers

    reader = PolicyDocumentReader()
    yield OWN, lambda content: _value(reader.read(content, name="policy.pdf"))
    yield (
        "pypdf",
        lambda content: _value(
            _as_text("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
        ),
    )
    yield from _markitdown(".pdf")


def _markitdown(suffix: str) -> Iterator[tuple[str, Read]]:
    if not find_spec("markitdown"):
        return
    from markitdown import MarkItDown  # noqa: PLC0415 - a peer, which need not be installed

    converter, reader = MarkItDown(), PolicyDocumentReader()

    def read(content: bytes) -> str | None:
        found = converter.convert_stream(io.BytesIO(content), file_extension=suffix)
        return _value(reader.read(found.text_content.encode(), name="policy.md"))

    yield "markitdown", read


def _floor(content: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml", name):
                etree.fromstring(archive.read(name))
    return None


_LABELLED = re.compile(
    r"(?:next|due|review(?:ed)?)\b.*?(?:review|date|due|by)?\s*[:\t-]\s*(.{3,25})", re.IGNORECASE
)


def _by_dateparser(content: bytes) -> str | None:
    import dateparser  # noqa: PLC0415 - a peer, which need not be installed

    document = docx.Document(io.BytesIO(content))
    lines = [item.text for item in document.paragraphs]
    lines += ["\t".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    for line in lines:
        match = re.search(
            r"(?:next|due|review(?:ed)?)\b.*?(?:review|date|due|by)?\s*[:\t-]\s*(.{3,25})",
            line,
            re.IGNORECASE,
        )
        found = (
            dateparser.parse(match[1], languages=["en"], settings={"DATE_ORDER": "DMY"}) if match else None
        )
        if found:
            return (
                f"{found:%Y-%m-%d}"
                if re.search(r"\d.*\d{2}\D+\d", match[1] if match else "")
                else f"{found:%Y-%m}"
            )
    return None


def _as_text(text: str) -> DocumentText:
    return DocumentText(
        name="policy", blocks=tuple(Block(cells=(line,)) for line in text.splitlines() if line.strip())
    )


def _value(document: DocumentText) -> str | None:
    review = read_policy(document).next_review
    return review.value if review else None


def show(results: list[Result]) -> None:
    table = Table(
        "File", "Reader", "CPU a file", "Files a second", "Next review right", "Times Casework's CPU"
    )
    for result in results:
        own = next(one for one in results if one.kind == result.kind and one.reader == OWN)
        right = "-" if result.reader.startswith("floor") else f"{result.right:.0%}"
        table.add_row(
            result.kind,
            result.reader,
            f"{result.milliseconds:.2f} ms",
            f"{1000 / result.milliseconds:.0f}",
            right,
            f"{result.milliseconds / own.milliseconds:.1f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
