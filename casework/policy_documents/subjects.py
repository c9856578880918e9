"""Tells whether words speak of the policy itself or of something else that has dates: a certificate, a law, a pupil."""

import re
from functools import lru_cache

_REMEMBERED = 2048
_POLICY_NOUN = (
    r"polic(?:y|ies)|documents?|procedures?|plans?|statements?|schemes?|codes?|strateg(?:y|ies)|protocols?|guidelines?"
    r"|agreements?|frameworks?|handbooks?|charters?|information\s+report|offer|arrangements?|rules|principles|version|edition|prospectus"
    r"|(?<!and )objectives|appendix|home-school"
)
_POLICY = re.compile(rf"\b(?:{_POLICY_NOUN})\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|statement|scheme|strategy|protocol|guidelines|charter|handbook|prospectus"
    r"|information\s+report|code\s+of\s+conduct|accessibility\s+plan)\b",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\b(?:it|this|which|we)\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\bpages?\s+\d+(?:\s+of\s+\d+)?\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:insurance|insured|insurer|indemnity|certificat(?:e|es|ion)|dbs|disclosure|training|trained|refresher|course|courses"
    r"|first[ -]?aid(?:ers?)?|paediatric|licen[cs]es?|licensing|contracts?|ofsted|siams|inspect(?:ion|ed|or|ors)"
    r"|legislation|laws?|acts?|regulations?|guidance|kcsie|keeping\s+children\s+safe|working\s+together|codes?\s+of\s+practice"
    r"|statutory\s+framework|national\s+curriculum|website|web\s*page|web\s*site|page|pages|extinguishers?|alarms?"
    r"|pat|boiler|legionella|asbestos|gas\s+safety|equipment|minibus|vehicles?|mot|pupils?'?|child(?:'s)?|children's?|students?'?"
    r"|individual|care\s+plans?|ehcps?|ehc|health(?:care)?\s+plans?|provision\s+maps?|ieps?|appraisals?|performance|salary|salaries"
    r"|probation(?:ary)?|term\s+dates?|terms?\s+of\s+office|membership|prices?|fees|charges|subscription|warranty"
    r"|medication|medicines?|inhalers?|epipens?|targets?|progress|outcomes?|data|photograph|consent|accreditation|award"
    r"|quality\s+mark|kitemark|qualifications?|meetings?|minutes|agenda|appointments?|elections?|elected|appointed"
    r"|employment|risk\s+assessments?|drills?|evacuation(?:\s+plans?)?|liability|(?:action|allergy|behaviour\s+support|support)\s+plans?|test|tested|testing|servic(?:e|ed|ing)|calendar|newsletter|menu"
    r"|statutory\s+policies\s+for\s+schools|dfe|department|government|parliament|statute|bill|judgment|directive|gdpr|news|blog|cookies?|copyright"
    r"|admission\s+number|census|assessments?|interventions?|incidents?|exclusions?|attendance\s+data|budget|accounts"
    r"|audited|software|passwords?|subscriptions?|funding|grant|premium\s+(?:funding|grant|spend\w*|expenditure)|building|premises\s+licence"
    r"|registers?|logs?|lists?|inventory|tracker|database|rota|timetable"
    r"|health\s+(?:and|&)\s+care|audits?(?!\s+(?:committee|and\b|&))|surveys?|leases?|maintenance|commissioner"
    r"|open\s+(?:day|evening|morning)s?|secretary\s+of\s+state|ministers?"
    r"|these(?=\s*$)|they|those|born|birth|dob|started|joined|leaving|opened|founded|established|built)\b",
    re.IGNORECASE,
)
_DETOUR = re.compile(
    r"\b(?:in\s+line\s+with|in\s+conjunction\s+with|alongside|together\s+with|following|in\s+light\s+of|because|since|as\s+a\s+result"
    r"|in\s+response|due\s+to|based\s+on|pursuant|according\s+to|in\s+accordance|to\s+reflect|to\s+include|to\s+comply|under\s+the"
    r"|within\s+the|as\s+set\s+out|see\b|refer|when\s+new|if\s+new|previously|supersedes?|replac(?:es|ed|ing))\b",
    re.IGNORECASE,
)
# A policy is approved "at a meeting of the Governing Body": the occasion is no other matter.
_OCCASION = re.compile(
    r"\b(?:at|by|in|during)\s+(?:a|the|its|their|our)?\s*(?:[\w']+\s+){0,3}?meetings?\b", re.IGNORECASE
)


# "The Pupil & Community Committee" decides about policies, whatever it is named after.
_COMMITTEE = re.compile(r"\b(?:[A-Z][\w']*,?\s+(?:(?:&|and)\s+)?){1,5}(?:[Ss]ub-?)?[Cc]ommittee\b")


# Labels and clauses are the same in many lines and documents.
@lru_cache(_REMEMBERED)
def speaks_of_another(words: str) -> bool:
    """Tells whether the words name something else that has dates and do not come back to the policy after it."""
    other = None
    words = _without_committees(_PAGE_NUMBER.sub(" ", words))
    for other in _OTHER.finditer(words):  # noqa: B007 - the last one counts
        pass
    if other is None:
        return False
    return _POLICY.search(words, other.end()) is None


def speaks_of_the_policy(words: str) -> bool:
    """Tells whether the words name the policy, or point to it ("it", "this")."""
    if speaks_of_another(words):
        return False
    return _POLICY.search(words) is not None or _POINTER.search(words) is not None


def names_a_policy(words: str) -> bool:
    """Tells whether the words end in the name of a document of the school's ("Behaviour Policy")."""
    return _NAME.search(words) is not None and not speaks_of_another(words)


def turns_away(words: str) -> bool:
    """Tells whether the words between a label and a date lead to another matter ("in line with", "following")."""
    words = _without_committees(_OCCASION.sub(" ", words))
    return _OTHER.search(words) is not None or _DETOUR.search(words) is not None


def _without_committees(words: str) -> str:
    return _COMMITTEE.sub("committee", words) if "ommittee" in words else words
