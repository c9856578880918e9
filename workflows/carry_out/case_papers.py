"""Papers of a case: a Word file in its folder, and a draft to address and send where it leaves the school."""

from __future__ import annotations

from casework.cases import Case
from casework.errors import PermanentConnectorError
from casework.evidence import sha256_of
from casework.intents import WritePaper
from casework.letter_fields import Moment, PaperFacts, paper_fields
from casework.letter_kinds import LetterKind
from casework.letter_rules import Way
from casework.ports import MailAttachment, NewMail
from casework.records import PlannedEffect
from workflows.carry_out.one_draft import make_draft
from workflows.carry_out.tools import Tools, first_time, must_look
from workflows.carry_out.writing import WORD, policy_extract, word_at
from workflows.papers_asked_for import say_what_waits
from workflows.planning import record
from workflows.storing import Stored


def write_paper(effect: PlannedEffect, intent: WritePaper, tools: Tools) -> None:
    """Write the paper and draft its mail. Twice does it once; a paper that staff have filled in stays as it is."""
    kind = LetterKind(intent.letter_kind)
    with tools.journal.transaction() as transaction:
        case = transaction.cases.get(intent.case)
    if case is None:
        raise PermanentConnectorError("The journal does not know this case; run casework verify.")
    there = _word_file(kind, intent, case, tools)
    rule = tools.school.letters.get(kind)
    drafted = rule is not None and Way.OFFICE in rule.ways
    if drafted:
        _draft(effect, intent, there, tools)
    with tools.journal.transaction() as transaction:
        if not first_time(effect, transaction):
            return
        record(
            transaction,
            "paper.drafted" if drafted else "paper.written",
            at=tools.now,
            case=intent.case,
            kind=kind.value,
            version=intent.version,
            sha256=sha256_of(there.content),
        )
        say_what_waits(transaction, intent.case, tools.school)


def _word_file(kind: LetterKind, intent: WritePaper, case: Case, tools: Tools) -> Stored:
    path = f"{intent.case}/Letters/{kind.value.replace('_', ' ')}, version {intent.version}.docx"

    def write() -> bytes:
        with tools.journal.transaction() as transaction:
            events = transaction.events.of_case(intent.case)
            items = transaction.evidence.of_case(intent.case)
            letters = transaction.letters.of_case(intent.case)
        at = Moment(
            case=case,
            school=tools.school,
            today=tools.school.today(tools.now),
            letters=letters,
            extract=policy_extract(tools),
        )
        facts = PaperFacts.of(events, items, tools.school.zone)
        return tools.letter_writer.write(kind.value, paper_fields(kind, at, facts))

    return word_at(path, write, tools)


def _draft(effect: PlannedEffect, intent: WritePaper, there: Stored, tools: Tools) -> None:
    """A draft without an addressee in the reporting mailbox: to whom it goes is for a person to say."""
    outgoing = tools.mail.outgoing(tools.school.reporting_mailbox)
    if must_look(effect) and outgoing.find(intent.key):
        return
    name = tools.school.letter_name(LetterKind(intent.letter_kind))
    mail = tools.mail_writer.write(
        "paper_cover",
        {"school_name": tools.school.name, "case_reference": intent.case, "paper_name": name},
    )
    draft = NewMail(
        key=intent.key,
        to=(),
        subject=mail.subject,
        html=mail.html,
        reply_to=tools.school.reporting_mailbox,
        attachments=(
            MailAttachment(
                name=there.file.name, content_type=WORD, content=tools.letter_writer.clean(there.content)
            ),
        ),
        robot=False,
    )
    make_draft(effect, draft, outgoing, tools)
