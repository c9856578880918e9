"""Writing a letter: one Word file in the case's folder, from which everything else is made."""

from __future__ import annotations

from dataclasses import dataclass

from casework.cases import Case
from casework.errors import AlreadyThereError
from casework.evidence import sha256_of
from casework.letter_fields import PolicyExtract, cover_fields, letter_fields, post_fields
from casework.letters import Delivery, Letter
from casework.policy_versions import policy_on_posts
from casework.ports import LibraryFile, MailAttachment, NewMail
from casework.school import School
from workflows.carry_out.reading_letters import read_for_faults
from workflows.carry_out.tools import Tools

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
    file = tools.casework.find(letter.word_path)
    if file is not None:
        word = tools.casework.read(file.file_id)
    else:
        with tools.journal.transaction() as transaction:
            letters = transaction.letters.of_case(letter.case)
        fields = letter_fields(
            letter, case, school=tools.school, extract=extract, now=tools.now, letters=letters
        )
        word = tools.letter_writer.write(letter.kind.value, fields)
        file = stored(letter.word_path, word, tools)
        word = tools.casework.read(file.file_id)
    clean = tools.letter_writer.clean(word)
    warnings += read_for_faults(letter, case, clean, extract, tools)
    return WrittenLetter(file=file, word=clean, word_sha256=sha256_of(word), warnings=warnings)


def stored(path: str, word: bytes, tools: Tools) -> LibraryFile:
    """The file with this content in the casework library, or the one that an earlier attempt left there."""
    try:
        return tools.casework.write(path, word)
    except AlreadyThereError:
        there = tools.casework.find(path)
        if there is None:
            raise
        return there


def policy_extract(tools: Tools) -> PolicyExtract | None:
    """The school's policy on posts, as last read, for the extract and its warnings."""
    with tools.journal.transaction() as transaction:
        policies = transaction.policies.all()
    about_posts = policy_on_posts(policies)
    if about_posts is None or about_posts.facts is None:
        return None
    return PolicyExtract.of(about_posts, about_posts.facts, today=tools.school.today(tools.now))


def _warnings(letter: Letter, case: Case, school: School, extract: PolicyExtract | None) -> tuple[str, ...]:
    warnings = []
    if letter.office_says:
        warnings.append(
            f'The office asks you to look at it again as it is. Their words: "{letter.office_says}"'
        )
    rule = school.letters.get(letter.kind)
    if rule and "Categories" in rule.written_from and not case.staff.categories:
        warnings.append("Categories is not set in the case list, so the letter names no particular concern.")
    if rule and rule.cites_policy:
        warnings += _about_the_policy(extract)
    return tuple(warnings)


def _about_the_policy(extract: PolicyExtract | None) -> list[str]:
    if extract is None:
        return ["No policy on social media has been read yet, so the letter quotes none."]
    return [extract.warning] if extract.warning else []


def draft_mail(letter: Letter, case: Case, written: WrittenLetter, tools: Tools) -> NewMail:
    """The mail that carries the letter; its attachment is fixed here."""
    name = f"Letter {letter.case}"
    pdf = _as_pdf(written, tools) if tools.attach_pdf else None
    if pdf:
        attachment = MailAttachment(name=f"{name}.pdf", content_type="application/pdf", content=pdf)
    else:
        attachment = MailAttachment(name=f"{name}.docx", content_type=WORD, content=written.word)
    if letter.delivery is Delivery.EMAIL:
        mail = tools.mail_writer.write("letter_cover", cover_fields(letter, case, school=tools.school))
    else:
        mail = tools.mail_writer.write(
            "print_and_post", post_fields(letter, school=tools.school, now=tools.now)
        )
    return NewMail(
        key=letter.key,
        to=(letter.recipient,),
        subject=mail.subject,
        html=mail.html,
        reply_to=tools.school.reporting_mailbox,
        attachments=(attachment,),
        robot=False,
    )


def _as_pdf(written: WrittenLetter, tools: Tools) -> bytes | None:
    if sha256_of(written.word) != written.word_sha256:  # the folder's file carries marks that must not leave
        return tools.pdf.convert(written.word)
    return tools.casework.as_pdf(written.file.file_id) or tools.pdf.convert(written.word)
