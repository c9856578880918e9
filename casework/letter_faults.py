"""Reading a letter before a draft exists, and a changed mail after it went: what must not leave the school."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casework.assessment import SHORTEST_REASON, Opinion
from casework.cases import Case

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}")
_ACCUSES = re.compile(
    r"\byou(?:['\u2019]ve| have)? (?:(?:clearly|knowingly|deliberately|repeatedly) )?"
    r"(?:breached|broken|violated|committed|lied|defamed|libelled|slandered|harassed|bullied|abused|threatened)\b"
    r"|\byour (?:lies|libel\w*|slander\w*|defamatory|abusive|offensive|malicious|unlawful|illegal|criminal)\b"
    r"|\byou are (?:guilty|in breach|liable)\b"
    r"|\b(?:libel(?:lous)?|slander(?:ous)?|defamat(?:ion|ory)|criminal(?:ly)?|unlawful(?:ly)?|illegal(?:ly)?)\b",
    re.IGNORECASE,
)
_CLAIMS_KNOWING = re.compile(
    r"\b(?:knowingly|deliberate(?:ly)?|intentional(?:ly)?|on purpose|malicious(?:ly)?)\b", re.IGNORECASE
)
_COMPLAINT = re.compile(r"\bcomplain(?:t|ts|ing)?\b", re.IGNORECASE)
LEGAL_TICK = "defamatory statement"
"""The category with which a person says that legal words are called for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherPerson:
    """Somebody whom another open case is about.

    Attributes:
        case: its number, for the sentence; `name` and `address` of its parent, `child` as staff entered it.
    """

    case: str
    name: str = ""
    address: str = ""
    child: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadLetter:
    """A letter as it is read for faults.

    Attributes:
        text: of the Word file, as a reader sees it.
        case: as addressed: Parent, ParentEmail and ParentAddress are those of the letter's own addressee.
        recipient: to whom the mail with the letter goes; by_mail is False where that is the office, for post or hand.
        quoted: passages of the policy, whose own words accuse nobody.
        contacts: the telephone number and address at which the school can be reached.
        reporters: (name, address) of everybody who reported or wrote what was reported.
        others: whom the other open cases are about.
        withheld: names that staff listed as not to be shown.
    """

    text: str
    case: Case
    recipient: str
    by_mail: bool = True
    quoted: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    reporters: tuple[tuple[str, str], ...] = ()
    others: tuple[OtherPerson, ...] = ()
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a reading found, as sentences that do not repeat what must not be shown.

    Attributes:
        faults: nothing is drafted with them, whatever anybody says.
        overridable: nothing is drafted with them, unless staff give a reason in the column for it.
        warnings: for the approver to weigh.
    """

    faults: tuple[str, ...] = ()
    overridable: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default_factory=tuple)

    def stopping(self, override: str) -> tuple[str, ...]:
        """What stops the letter, given the reason that staff wrote down, if any."""
        return self.faults if _is_reason(override) else (*self.faults, *self.overridable)

    def to_weigh(self, override: str) -> tuple[str, ...]:
        """What the approver is told; what was overridden stands first, with the staff's reason."""
        if not self.overridable or not _is_reason(override):
            return self.warnings
        told = [f"Staff let it pass although: {fault}" for fault in self.overridable]
        return (*told, f"Their reason: {override.strip()[:300]}", *self.warnings)


def _is_reason(override: str) -> bool:
    return len(override.strip()) >= SHORTEST_REASON


def read_letter(letter: ReadLetter) -> Reading:
    """Read a letter for what must not leave the school."""
    return Reading(
        faults=_once(_of_reporters(letter), _left_over(letter)),
        overridable=_once(
            _of_children(letter), _accusing(letter), _without_answer(letter), _of_others(letter)
        ),
        warnings=_once(_worth_a_look(letter)),
    )


def late_faults(mail: ReadLetter, recipients: Iterable[str]) -> tuple[str, ...]:
    """Read a mail that has gone, after its approver changed it; sentences that repeat none of its words.

    Args:
        mail: its subject and text, as ReadLetter.text; it need not say how to answer, the attached letter does.
        recipients: addresses to which it went; `mail.recipient` is the one that was meant.
    """
    shown = _folded(mail.text)
    unplanned = {address.casefold() for address in recipients} - {mail.recipient.casefold()}
    own = _words_of(mail.case.staff.parent)
    found = {
        "It shows who reported the case, by full name or by address.": any(
            _shows_reporter(shown, name, address) for name, address in mail.reporters
        ),
        "It also went to somebody who reported the case.": any(
            address.casefold() in unplanned for _, address in mail.reporters
        ),
        "It also went to an address that belongs to another case.": any(
            other.address.casefold() in unplanned for other in mail.others if _words_of(other.name) != own
        ),
        "It accuses, or says that something was done knowingly, without what the case list asks for first.": any(
            _accusing(mail)
        ),
    }
    return (*(fault for fault, is_so in found.items() if is_so), *_of_children(mail), *_left_over(mail))


def _once(*found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fault for faults in found for fault in faults))


def _of_reporters(letter: ReadLetter) -> Iterator[str]:
    shown = _folded(letter.text)
    for name, address in letter.reporters:
        if address and letter.by_mail and address.casefold() == letter.recipient.casefold():
            yield "It would go to somebody who reported this case: check ParentEmail."
        if _shows_reporter(shown, name, address):
            yield "It shows who reported this case, by full name or by address."


def _shows_reporter(shown: str, name: str, address: str) -> bool:
    return _stands_in(shown, name) or (address != "" and address.casefold() in shown)


def _left_over(letter: ReadLetter) -> Iterator[str]:
    if _LEFT_OVER.search(letter.text):
        yield "A tag of the template was left over in it."


def _of_children(letter: ReadLetter) -> Iterator[str]:
    """The addressee's own child may be named; other people's children and names to withhold may not."""
    shown = _folded(letter.text)
    own = _words_of(letter.case.staff.child)
    children = [other.child for other in letter.others if _words_of(other.child) != own]
    if any(_stands_in(shown, child) for child in children):
        yield "It names a child of another case, in full."
    if any(_stands_in(shown, name, single=True) for name in letter.withheld):
        yield 'It shows a name that staff listed under "Names to withhold in copies".'


def _accusing(letter: ReadLetter) -> Iterator[str]:
    own_words = letter.text
    for passage in letter.quoted:
        own_words = own_words.replace(passage, " ")
    if LEGAL_TICK not in letter.case.staff.categories and (found := _ACCUSES.search(own_words)):
        yield (
            f'It accuses ("{" ".join(found.group().split())}"), and "{LEGAL_TICK}" is not among the Categories: '
            "say how the material appears instead."
        )
    if letter.case.staff.assessment.knowingly is not Opinion.YES and (
        found := _CLAIMS_KNOWING.search(own_words)
    ):
        yield f'It says "{found.group()}", and "Posted knowingly" is not set to yes with how you know.'


def _without_answer(letter: ReadLetter) -> Iterator[str]:
    shown = _folded(letter.text)
    if letter.contacts and not any(_folded(contact) in shown for contact in letter.contacts if contact):
        yield "It does not say how to get in touch with the school: put the telephone number or the address back in."
    if not _COMPLAINT.search(letter.text):
        yield "It does not say how to make a complaint: put that back in."


def _of_others(letter: ReadLetter) -> Iterator[str]:
    """An address that belongs to somebody else: the commonest breach in schools is mail to the wrong person."""
    own = _words_of(letter.case.staff.parent)
    for other in letter.others:
        same_address = letter.by_mail and other.address.casefold() == letter.recipient.casefold() != ""
        if same_address and _words_of(other.name) != own:
            yield f"ParentEmail stands under another name in {other.case}: check to whom it belongs."


def _worth_a_look(letter: ReadLetter) -> Iterator[str]:
    shown = _folded(letter.text)
    staff = letter.case.staff
    own = _words_of(staff.parent)
    for name, _ in letter.reporters:
        surname = _words_of(name)[-1:]
        if surname and surname[0] not in own and _stands_in(shown, surname[0], single=True):
            yield "It shows the last name of somebody who reported this case; that may be chance. Please look."
    for other in letter.others:
        theirs = _words_of(other.name)
        alike = theirs and own and theirs[-1] == own[-1] and theirs != own
        if alike and letter.by_mail:
            yield f"A parent in {other.case} has the same last name: check that the address is the right one."
        if (
            theirs == own
            and theirs
            and letter.by_mail
            and other.address
            and other.address != staff.parent_email
        ):
            yield f"The same parent stands in {other.case} with another address: check which one is right."
        first = _words_of(other.child)[:1]
        if first and first[0] not in _words_of(staff.child) and _stands_in(shown, first[0], single=True):
            yield "It shows the first name of a child of another case; that may be chance. Please look."


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _words_of(name: str) -> list[str]:
    words = [word for word in re.split(r"[\s,.]+", name.casefold()) if word]
    return words[1:] if len(words) > 1 and words[0] in _TITLES else words


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "lady", "lord"})


def _stands_in(shown: str, name: str, *, single: bool = False) -> bool:
    """A full name counts; a surname alone may be the parent's too, and counts only where asked for."""
    words = _words_of(name)
    if not words or (len(words) == 1 and not single):
        return False
    forward = r"\W+".join(re.escape(word) for word in words)
    return re.search(rf"(?<!\w){forward}(?!\w)", shown) is not None
