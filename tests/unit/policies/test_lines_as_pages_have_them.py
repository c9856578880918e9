"""Lines as schools' pages, covers, tables and footers have them, with the dates and the owner that a person reads."""

from pathlib import Path

from casework.policy_documents import Block, DocumentText, PolicyFacts, read_policy

TABLE = Path(__file__).with_name("lines_of_pages.tsv")
NOT_STATED = "none"
EITHER_WAY = "any"


def facts(line: str) -> PolicyFacts:
    return read_policy(DocumentText(name="page.txt", blocks=(Block(cells=(line,)),)))


def lines_of_pages() -> list[list[str]]:
    _, *rows = TABLE.read_text().splitlines()
    return [row.split("\t") for row in rows]


def test_the_next_review_is_the_one_that_a_person_reads() -> None:
    missed = {}
    for wanted, _, _, line in lines_of_pages():
        stated = facts(line).next_review
        found = stated.value if stated and stated.value else NOT_STATED
        if wanted not in (EITHER_WAY, found):
            missed[line] = found

    assert not missed


def test_the_last_update_is_the_one_that_a_person_reads() -> None:
    missed = {}
    for _, wanted, _, line in lines_of_pages():
        stated = facts(line).last_update
        found = stated.value if stated and stated.value else NOT_STATED
        if wanted not in (EITHER_WAY, found):
            missed[line] = found

    assert not missed


def test_the_owner_is_the_one_that_a_person_reads() -> None:
    missed = {}
    for _, _, wanted, line in lines_of_pages():
        found = facts(line).owner or NOT_STATED
        if wanted != EITHER_WAY and not (wanted in found or found in wanted):
            missed[line] = found

    assert not missed
