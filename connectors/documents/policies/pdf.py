"""Reads PDF files: lines by their place on the page, and the entries of forms."""

from casework.policy_documents import Block, DocumentText
from connectors.documents.policies.limits import Watch
from connectors.documents.policies.pdf_by_pypdf import form_entries, read_by_pypdf
from connectors.documents.policies.pdf_columns import part_columns
from connectors.documents.policies.pdf_layout import page_lines
from connectors.documents.policies.pdf_pages import PdfFile, PdfNotOpenedError
from connectors.documents.policies.pdf_tables import page_blocks

_SOME_WORDS = 20
_TABLES_A_PAGE = 1000
_FEW_WORDS_A_PAGE = 200
_MOST_PAGES = 0.8
_SCAN = "it is a scan, a picture of the pages without words; upload the Word document, or a PDF made from it"
_NO_WORDS = "it holds no words that can be read; upload the Word document, or a PDF made from it"


def read_pdf(content: bytes, watch: Watch) -> DocumentText:
    """Reads a PDF file.

    Raises:
        UnreadableDocumentError: It is damaged, protected, scanned or too large.
    """
    try:
        blocks, properties, scanned = _read_by_pdfium(content, watch)
    except PdfNotOpenedError:
        blocks, properties, pictures = read_by_pypdf(content, watch)
        scanned = pictures and _letters(blocks) < _SOME_WORDS
    if scanned:
        raise watch.refuse(_SCAN)
    if not _letters(blocks):
        raise watch.refuse(_NO_WORDS)
    return DocumentText(name=watch.name, blocks=tuple(blocks), wrapped=True, properties=properties)


def _read_by_pdfium(content: bytes, watch: Watch) -> tuple[list[Block], dict[str, str], bool]:
    with PdfFile(content, watch) as file:
        blocks: list[Block] = []
        bare: list[int] = []
        for number in range(file.pages):
            watch.check()
            pieces = file.pieces(number)
            blocks += page_blocks(
                part_columns(page_lines(pieces)), first=number == 0, table=number * _TABLES_A_PAGE
            )
            if sum(len(piece.text) for piece in pieces[:_FEW_WORDS_A_PAGE]) < _FEW_WORDS_A_PAGE:
                bare.append(number)
        entries = form_entries(content) if file.has_form else []
        scanned = not entries and _is_scanned(file, bare, blocks)
        return [*blocks, *entries], file.properties, scanned


def _is_scanned(file: PdfFile, bare: list[int], blocks: list[Block]) -> bool:
    """Tells whether pictures fill pages that have hardly a word, such as a stamp or a page number."""
    if len(bare) < file.pages * _MOST_PAGES:
        return False
    if _letters(blocks) < _SOME_WORDS:
        return any(file.picture_share(number) for number in bare)
    pictures = sum(file.picture_share(number) > 1 / 2 for number in bare)
    return pictures >= file.pages * _MOST_PAGES


def _letters(blocks: list[Block]) -> int:
    """Counts the letters and digits, no further than is asked about."""
    count = 0
    for block in blocks:
        count += sum(map(str.isalnum, block.text))
        if count >= _SOME_WORDS:
            break
    return count
