"""What a letter costs, beside docxtpl, python-docx and docx-mailmerge2; and what its PDF and its approval cost.

    uv run --with docx-mailmerge2 benchmarks/letters.py [--letters 200] [--pdf] [--approve]

The sides take turns, ten letters at a time, each letter with values of its own, and CPU is counted, since other programs
may run. Casework's letter is also checked for its fields and free of traces of editing, and what it wrote is compared
with docxtpl's: every XML member canonically equal. docxtpl is opened each time, as its documentation shows it.
python-docx (replacing tags in its runs) and docx-mailmerge2 (fields of Word's own) know no loops and no conditions: they
get a template of the same paragraphs with plain fields. --pdf makes PDFs with one LibreOffice for each and for all;
--approve measures from a headteacher's APPROVE to the letter that is sent, in the practice tenant.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import docx

from benchmarks.sweep_sides import Line, listening, prepare
from connectors.documents.letters import DocxLetterWriter, LibreOfficePdf, clean_docx
from connectors.documents.letters.located import LocatedTemplate, letter_environment
from connectors.documents.templating.fields import read_fields
from offices.practice_school import practice_school
from tests.practice import PracticeServer
from tests.school import MONDAY, SchoolAtWork

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "letters"
KIND = "removal_request"
TURN = 10
Fields = Mapping[str, Any]


def letters_of(number: int, writer: DocxLetterWriter) -> Iterator[dict[str, Any]]:
    """The sample's fields with values that differ from letter to letter; a logo is another matter."""
    sample = {**writer.sample(KIND), "school_logo": b""}
    for one in range(number):
        yield {**sample, "addressee": f"Mrs R Oakfield {one}", "case_reference": f"TIS-2026-{one:04}"}


def by_docxtpl(fields: Fields) -> bytes:
    template = LocatedTemplate(KIND, (TEMPLATES / KIND / "letter.docx").read_bytes(), letter_environment())
    return template.fill(WRITER._fields(KIND).complete(fields))


def plain_template(*, merge_fields: bool) -> bytes:
    """The letter's paragraphs with one plain field each: a tag in the text, or a field of Word's own."""
    document = docx.Document(str(TEMPLATES / KIND / "letter.docx"))
    for number, paragraph in enumerate(document.paragraphs):
        before = re.sub(r"\{[{%].*?[}%]\}", "", paragraph.text)
        for run in paragraph.runs[1:]:
            run._r.getparent().remove(run._r)  # noqa: SLF001 (python-docx cannot take a run out)
        if not paragraph.runs:
            continue
        paragraph.runs[0].text = before if merge_fields else f"{before} {{{{ field{number} }}}}"
        if merge_fields:
            field = docx.oxml.OxmlElement("w:fldSimple")
            field.set(docx.oxml.ns.qn("w:instr"), f" MERGEFIELD field{number} ")
            field.append(docx.oxml.OxmlElement("w:r"))
            paragraph._p.append(field)  # noqa: SLF001 (nor add a field)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def by_python_docx(template: bytes, fields: Fields) -> bytes:
    document = docx.Document(io.BytesIO(template))
    value = str(fields["addressee"])
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if "{{" in run.text:
                run.text = re.sub(r"\{\{ \w+ \}\}", value, run.text)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def by_mailmerge(template: bytes, fields: Fields) -> bytes:
    from mailmerge import MailMerge  # noqa: PLC0415 (only where it was asked for)

    output = io.BytesIO()
    with MailMerge(io.BytesIO(template)) as document:
        document.merge(**dict.fromkeys(document.get_merge_fields(), str(fields["addressee"])))
        document.write(output)
    return output.getvalue()


def sides() -> dict[str, Callable[[Fields], bytes]]:
    found: dict[str, Callable[[Fields], bytes]] = {
        "Casework": lambda fields: WRITER.write(KIND, fields),
        "docxtpl, opened each time": by_docxtpl,
    }
    tagged, merging = plain_template(merge_fields=False), plain_template(merge_fields=True)
    found["python-docx, plain fields"] = lambda fields: by_python_docx(tagged, fields)
    try:
        import mailmerge  # noqa: F401, PLC0415 (asked for on the command line)
    except ImportError:
        print("docx-mailmerge2 is not here; run with: uv run --with docx-mailmerge2 benchmarks/letters.py")
    else:
        found["docx-mailmerge2, plain fields"] = lambda fields: by_mailmerge(merging, fields)
    return found


def compare(number: int) -> None:
    """CPU per letter of each side, and whether Casework's documents are docxtpl's."""
    spent = dict.fromkeys(taking := sides(), 0.0)
    letters = list(letters_of(number, WRITER))
    for write in taking.values():
        write(letters[0])  # imports and the first opening of a template are nobody's letter
    for begin in range(0, number, TURN):
        for name, write in taking.items():
            before = time.process_time()
            for fields in letters[begin : begin + TURN]:
                write(fields)
            spent[name] += time.process_time() - before
    ours = spent["Casework"]
    for name, seconds in spent.items():
        print(f"{name:32} {seconds / number * 1000:7.3f} ms CPU a letter, {seconds / ours:5.1f} of ours")
    equal = all(same_document(WRITER.write(KIND, one), clean_docx(by_docxtpl(one))) for one in letters[:20])
    print("every XML member is canonically docxtpl's" if equal else "THE DOCUMENTS DIFFER from docxtpl's")


def same_document(ours: bytes, theirs: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(ours)) as one, zipfile.ZipFile(io.BytesIO(theirs)) as other:
        names = sorted(one.namelist())
        return names == sorted(other.namelist()) and all(
            canonical(one.read(name)) == canonical(other.read(name))
            for name in names
            if name.endswith(".xml")
        )


def canonical(part: bytes) -> bytes:
    return etree.tostring(etree.fromstring(part), method="c14n")


def pdfs(number: int) -> None:
    """Wall time of a PDF, with a LibreOffice for each and with one for all."""
    words = [WRITER.write(KIND, fields) for fields in letters_of(number, WRITER)]
    converter = LibreOfficePdf()
    if not converter.installed:
        print("LibreOffice is not installed")
        return
    begun = time.perf_counter()
    alone = [converter.convert(word) for word in words[:3]]
    each = (time.perf_counter() - begun) / len(alone)
    begun = time.perf_counter()
    made = [pdf for pdf in converter.convert_all(words) if pdf]
    together = (time.perf_counter() - begun) / len(words)
    print(f"PDF: {each:.2f} s each by itself, {together:.2f} s each of {len(made)} in one run of LibreOffice")


def approval() -> None:
    """From the reply that lies in the mailbox to the letter in Sent Items: one sweep of a service that runs already."""
    with tempfile.TemporaryDirectory() as folder, practice_school(Path(folder), now=MONDAY) as practice:
        server = PracticeServer(Path(folder))
        server.facts = practice.child.facts
        school = SchoolAtWork(server, practice.settings_file, practice.tenant)
        prepare(school)
        school.reply("headteacher", school.the_request(), "APPROVE")
        line, begun = Line(), time.perf_counter()
        with listening(line):
            school.works()
        seconds = time.perf_counter() - begun
        assert len(school.letters_sent()) == 1, "the letter has not been sent"
        asked = [request for request in line.requests if "/practice/" not in str(request.url)]
        print(f"from APPROVE to sent: {seconds:.2f} s in one sweep, {len(asked)} requests to Microsoft 365")
        school.office.journal.close()


WRITER = DocxLetterWriter(TEMPLATES)
ENVIRONMENT = letter_environment()
DECLARED = read_fields(KIND, TEMPLATES / KIND / "fields.toml", shared=TEMPLATES)


def main() -> None:
    wishes = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    wishes.add_argument("--letters", type=int, default=200)
    wishes.add_argument("--pdf", action="store_true")
    wishes.add_argument("--approve", action="store_true")
    wanted = wishes.parse_args()
    compare(wanted.letters)
    if wanted.pdf:
        pdfs(20)
    if wanted.approve:
        approval()


if __name__ == "__main__":
    main()
