"""Letters as Word documents: written from templates, checked, cleaned, read as text and turned into PDF."""

from connectors.documents.letters.cleaning import clean_docx
from connectors.documents.letters.marks import DocumentMarks, read_marks
from connectors.documents.letters.pdf import LetterPdf, LibreOfficePdf
from connectors.documents.letters.reading import read_docx_text
from connectors.documents.letters.writer import DocxLetterWriter
from connectors.documents.templating.problems import TemplateProblem

__all__ = [
    "DocumentMarks",
    "DocxLetterWriter",
    "LetterPdf",
    "LibreOfficePdf",
    "TemplateProblem",
    "clean_docx",
    "read_docx_text",
    "read_marks",
]
