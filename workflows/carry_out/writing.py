"""Writing a letter: one Word file in the case's folder, from which everything else is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casework.cases import Case
from casework.evidence import sha256_of
from casework.letter_fields import PolicyExtract, letter_fields
from casework.letters import Letter
from casework.policy_versions import policy_on_posts
from casework.ports import LibraryFile
from casework.school import School
from workflows.carry_out.reading_letters import read_for_faults
from workflows.carry_out.tools import Tools
from workflows.storing import Stored, store

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenLetter:
    """A letter's Word file as it lies in the case's folder.

    Attributes:
        word: as it may leave the school: without author, comments and editing marks.
        word_sha256: of the file as it lies in the folder.
        warnings: what the approver should know before deciding, as sentences.
    """

    file: LibraryFile
    word: bytes
    word_sha256: str
    warnings: tuple[str, ...]


def word_file(letter: Letter, case: Case, tools: Tools) -> WrittenLetter:
    """The letter's Word file: the one that stands there already (an earlier attempt's, or edited by staff), or a new one.

    Raises:
        LetterTemplateError: a field is missing; nobody has seen a draft.
        PermanentConnectorError: the letter has a fault that must not leave the school.
    """
    extract = policy_extract(tools)
    warnings = _warnings(letter, case, tools.school, extract)
    there = _in_the_folder(letter, case, extract, tools)
    clean = tools.letter_writer.clean(there.content)
    warnings += read_for_faults(letter, case, clean, tools)
    sha256 = sha256_of(there.content)
    return WrittenLetter(file=there.file, word=clean, word_sha256=sha256, warnings=warnings)


def word_ahead(letter: Letter, case: Case, tools: Tools) -> bytes:
    """The Word letter as it may leave the school, laid into the folder before its turn; nobody reads it for faults yet.

    Raises:
        LetterTemplateError: a field is missing.
        UnreadableDocumentError: the file that stands there is one that a person must mend.
    """
    there = _in_the_folder(letter, case, policy_extract(tools), tools)
    return tools.letter_writer.clean(there.content)


def _in_the_folder(letter: Letter, case: Case, extract: PolicyExtract | None, tools: Tools) -> Stored:
    def write() -> bytes:
        with tools.journal.transaction() as transaction:
            letters = transaction.letters.of_case(letter.case)
        fields = letter_fields(
            letter, case, school=tools.school, extract=extract, now=tools.now, letters=letters
        )
        return tools.letter_writer.write(letter.kind.value, fields)

    return word_at(letter.word_path, write, tools)


def word_at(path: str, write: Callable[[], bytes], tools: Tools) -> Stored:
    """The Word file of that path as it lies in the casework library; written if it is not there, and never replaced."""
    file = tools.casework.find(path)
    if file is None:
        return store(tools.casework, path, write(), same_bytes=False)
    return Stored(file=file, content=tools.casework.read(file.file_id))


def policy_extract(tools: Tools) -> PolicyExtract | None:
    """The school's policy on posts, as last read, for the extract and its warnings."""
    with tools.journal.transaction() as transaction:
        policies = transaction.policies.all()
    about_posts = policy_on_posts(policies)
    if about_posts is None or about_posts.facts is None:
        return None
    return PolicyExtract.of(about_posts, about_posts.facts, today=tools.school.today(tools.now))


def _warnings(letter: Letter, case: Case, school: School, extract: PolicyExtract | None) -> tuple[str, ...]:
    warnings = [*office_says(letter)]
    rule = school.letters.get(letter.kind)
    if rule and "Categories" in rule.written_from and not case.staff.categories:
        warnings.append("Categories is not set in the case list, so the letter names no particular concern.")
    if rule and rule.cites_policy:
        warnings += _about_the_policy(extract)
    return tuple(warnings)


def office_says(letter: Letter) -> tuple[str, ...]:
    """What the office answered instead of a change, for the approver who wanted one."""
    words = letter.office_says
    return (f'The office asks you to look at it again as it is. Their words: "{words}"',) if words else ()


def _about_the_policy(extract: PolicyExtract | None) -> list[str]:
    if extract is None:
        return ["No policy on social media has been read yet, so the letter quotes none."]
    return [extract.warning] if extract.warning else []
