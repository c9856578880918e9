"""Whether a summary is about a holiday or a day without pupils, or merely mentions it as "Half term concert" does."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPOKEN = """
    half halfterm term terms mid midterm semester holiday holidays hols vacation break breaks recess week weeks
    fortnight day days date dates year years yr academic weekend
    autumn winter spring summer michaelmas lent hilary trinity christmas xmas easter whit whitsun whitsuntide
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
    start starts starting begin begins beginning commence commences commencing end ends ending finish finishes
    open opens opened reopen reopens return returns returning resume resumes back up
    close closes closed closing closure shut shuts first last final one two three second third both
    school schools academy college nursery reception primary secondary infant infants junior juniors ks
    trust council local authority area
    pupil pupils student students child children staff teacher teachers everyone all whole only our
    inset in service inservice non baker pd cpd training development professional occasional additional
    snow strike strikes industrial action emergency exceptional polling election public local learning planning contact
    bank extra substitute special national coronation jubilee funeral mourning royal king kings queen queens
    no not lessons w c wc am pm noon midday inclusive incl including
    a an and the of for to from until till on at is are be will we this due
"""
_CALENDAR_WORDS = frozenset(_SPOKEN.split())
_NUMBER = re.compile(r"\d+(st|nd|rd|th|am|pm)?")
_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)?")
_SEPARATOR = re.compile(
    r"\s[-\N{EN DASH}\N{EM DASH}]+\s|[:;|()\[\]]|\s[-\N{EN DASH}\N{EM DASH}]|[-\N{EN DASH}\N{EM DASH}]\s"
)
_SOMEWHERE_ELSE = re.compile(
    r"\b(before|after|by|during|since|ahead|over|about|with|towards)\b", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(for|before|after|by|during|since|ahead|over|about|with|towards|on|in|at|of|from|to|until|till)\b",
    re.IGNORECASE,
)
_NAME_OF_A_SCHOOL = re.compile(
    r"^\s*(?:(?:[A-Z][\w'.]*|of|the|CE|RC)\s+){1,5}(?=(?:School|Academy|College|Primary|Junior|Infants?|Nursery)s?\b)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A summary, and whether its entry lasts.

    Attributes:
        says: without the name of the school that it may begin with.
        lasts: True from the third day on: what lasts so long and names a holiday at its end, or before a colon,
            is that holiday under a longer name.
    """

    says: str
    lasts: bool

    def is_plain(self) -> bool:
        """All its words are those in which calendars speak of terms, holidays and days without pupils."""
        return _plain(self.says)

    def is_plain_edge(self) -> bool:
        """The same of a day on which something begins or ends, which may stand before or after a holiday."""
        return _plain(_SOMEWHERE_ELSE.sub("", self.says))

    def is_about(self, phrase: re.Pattern[str], *, with_its_topic: bool = False) -> bool:
        """The phrase is what the summary is about.

        In English the last noun says what a thing is: a "Half term concert" is a concert, a "Tillbrook half term" is
        a half-term. A preposition turns that around: "Slips back by half term" is about slips.

        Args:
            phrase: such as half-term, with all its spellings.
            with_its_topic: True if a remark after a dash, a colon or in brackets may speak of anything; what stands
                before it then may not.
        """
        found = phrase.search(self.says)
        if found is None:
            return False
        before, after = self.says[: found.start()], self.says[found.end() :]
        if _SOMEWHERE_ELSE.search(before):
            return False
        if not _plain(before) and (with_its_topic or not self.lasts or _PREPOSITION.search(before)):
            return False
        beside, *remarks = _SEPARATOR.split(after, maxsplit=1)
        return _plain(beside) and (with_its_topic or self.lasts or all(_plain(one) for one in remarks))


def subject_of(says: str, *, lasts: bool) -> Subject:
    """What a summary is about."""
    return Subject(says=_NAME_OF_A_SCHOOL.sub("", says), lasts=lasts)


def _plain(words: str) -> bool:
    return all(word in _CALENDAR_WORDS or _NUMBER.fullmatch(word) for word in _WORD.findall(words.casefold()))
