"""Whether a reporter asks not to be named: a suggestion that protects by default, and that staff may take back."""

from __future__ import annotations

import re

from casework.intake.word_index import WordSearch

LONGEST = 20_000
_NEAR, _FAR = r"[^.!?\n]{0,40}?", r"[^.!?\n]{0,60}?"
_NOT = r"(?: not|n't)"
_TELLS_ONLY = "".join(
    rf"(?<!\b{word} )"
    for word in ("he", "she", "they", "it", "who", "i", "we", "post", "page", "account", "people", "also")
)
"""Who tells of somebody's silence ("they do not say who") asks for none."""
_DO_NOT = (
    rf"(?:{_TELLS_ONLY}\b(?:do{_NOT}|never)\b|\bnot to\b|\b(?:could|can|would|will|if) you (?:please |kindly"
    rf" )?not\b"
    rf"|\b(?:please|must|should|rather|prefer) not\b)"
)
_UNWILLING = (
    rf"\b(?:(?:do|does|did|would|will)(?:\s?{_NOT}) (?:really |particularly |actually )?(?:want|wish|like|need)"
    rf"|(?:not|never) (?:want|wish|like)(?:ing)?|can(?:not|'t) (?:have|risk|afford)|(?:would|'d) hate|refuses?)\b"
)
_THEIRS = r"\b(?:my|her|his|their|our) (?:name|identity|details)\b"
_PERSON = r"(?:me|us|her|him|them)"
_TELL = (
    r"\b(?:say|tell|mention|reveal|disclose|share|give|pass on|let|use|show|name|quote|identify)"
    r"(?: (?:away|on|out))?\b"
)
_SOURCE = (
    r"\b(?:who (?:it|she|he|they|i) (?:is|was|are|were|am|came)\b|who (?:told|sent|reported|wrote|showed|gave"
    r"|passed|raised)\b"
    r"|who i am\b|who it (?:was|came from)\b|where (?:you|i|we|it|this|that) (?:got|heard|had|came|found|comes)\b"
    r"|my name\b|(?:it|that) was (?:me|i|us|her|him|them)\b|(?:it|this|that) (?:came|comes|is|was) from (?:me"
    r"|us|her|him)\b"
    r"|(?:i|we|she|he|they) (?:told|sent|reported|wrote|showed|passed|gave|said|complained|did)\b)"
)
_LEARN = (
    r"\b(?:knows?|knew|known|find(?:s|ing)? out|found out|learn(?:s|ed|t)?|hear(?:s|d)?|guess(?:es)?|works? out"
    r"|realis\w+|discover\w*)\b"
)
_HARM = (
    r"\b(?:come-?backs?|repercussions?|retaliation|reprisals?|backlash|fall-?out|trouble|hassle|grief|aggro"
    r"|revenge|drama"
    r"|bad blood|bad feeling)\b"
)
_IN_CONFIDENCE = (
    r"(?:(?:strictly|as|totally|completely) ){0,2}(?:confidential\b|private\b(?! (?:group|page|message|account))"
    r"|between (?:us|ourselves|you and me)\b|quiet\b|to yourself\b|to yourselves\b"
    r"|in (?:the )?(?:strict(?:est)? )?confidence\b)"
)
_NAMELESS = r"(?:anonymous(?:ly)?|nameless|unnamed|unidentified|unknown|incognito)"
_ASKED = (
    f"{_DO_NOT}{_NEAR}{_TELL}{_FAR}{_SOURCE}",
    (
        rf"{_DO_NOT}{_NEAR}\b(?:(?:name|mention|identify|quote|involve) (?:me|us)\b|be (?:named|identified|quoted"
        rf"|involved)\b)"
    ),
    rf"\b(?:stay|remain|be|report|report this|keep (?:me|this|it|her|him)|keep my (?:name|identity)) {_NAMELESS}\b",
    (
        r"\banonymous(?:ly)?,? please\b|\bplease\b[^.!?\n]{0,20}\banonymous(?:ly)?\b"
        r"|\b(?:prefer|asks?|asked|asking|insists?|condition)\b[^.!?\n]{0,20}\banonymity\b"
    ),
    rf"\b(?:keep|leave) (?:{_PERSON}|(?:my )?(?:son|daughter|child|family)|{_THEIRS}) out of (?:it|this|things)\b",
    r"\bkeep (?:me|my (?:name|identity)) (?:out of (?:it|this)|private|secret|confidential|to yoursel)",
    r"\b(?:without|leave out|withhold)(?: \w+ing)? my name\b",
    rf"{_THEIRS} (?:must|should|may) not\b",
    rf"\basks?(?:ed|ing)?\b{_NEAR}(?:{_THEIRS}{_NEAR}\bnot\b|\bnot\b{_NEAR}{_THEIRS})",
    (
        rf"\b(?:grateful|appreciate|thankful|glad|happier|rather|prefer|better"
        rf"|best)\b{_NEAR}\bif\b{_NEAR}(?:{_THEIRS}|\byou\b){_NEAR}"
        rf"(?:not|n't|never|left|kept)\b{_NEAR}(?:me\b|us\b|used|mentioned|given|shared|out|{_SOURCE}|$)"
    ),
    rf"\b(?:keep|treat|hold|handle) (?:this|it|that|everything|(?:this |the )?\w+) {_IN_CONFIDENCE}",
    (
        rf"\b(?:this|it|that|everything) (?:to be |be |is |stays? |must stay |should stay )?(?:kept|treated|held"
        rf"|stays?) {_IN_CONFIDENCE}"
    ),
)
"""What the writer asks of the school."""
_PROTECTED = (
    rf"\b(?:leave|take|keep|strike|cross|blank|black|redact)\b{_NEAR}{_THEIRS} (?:off|out|away|from)\b",
    (
        r"\b(?:anonymous|confidential|unnamed) (?:source|report|witness|informant|tip|concern|parent, please)\b(?!"
        r" (?:account|page))"
    ),
    (
        r"\b(?:say|pretend|make out|act|deal with (?:this|it)|as if|as though|suggest"
        r"|claim)\b[^.!?\n]{0,40}\b(?:the school|you|the office|staff)"
        r" (?:\w+ )?(?:spotted|found|seen|saw|noticed|came across|discovered) (?:it|this)\b"
    ),
    (
        r"\b(?:discretion|adamant|insist\w*)\b[^.!?\n]{0,30}(?:\bnot\b|\bnever\b|n't|$|\.)|\byour discretion\b"
        r"|\bbrought into (?:it|this)\b"
    ),
    (
        r"\b(?:please|could you|can you)\b[^.!?\n]{0,40}\b(?:not|don't|never) (?:to )?(?:mention|name|involve"
        r"|identify|bring up) (?:me|us)\b"
    ),
    (
        r"\b(?:do not|don't|doesn't|does not|wouldn't|won't) feel (?:safe|comfortable|able"
        r"|happy)\b[^.!?\n]{0,40}\b(?:name|known|named|identified)\b"
    ),
    (
        r"\b(?:crop|blank|black|blur|cover|scrub|remove)\b[^.!?\n]{0,20}\b(?:it|me|my|name|icon|picture"
        r"|photo)\b(?=[^.!?\n]*\b(?:me|my)\b)"
    ),
    r"\b(?:know|knows|tell|guess)\b (?:that )?it(?:'s| is| was) (?:me|us)\b",
    (
        rf"\b(?:protect|shield|hide|conceal|guard)\b{_NEAR}\b(?:my|her|his|their|our|the (?:reporter|parent)'s)"
        r" (?:\w+'s )?(?:name|identity|anonymity|privacy|details)\b"
    ),
    (
        rf"\b(?:sooner|rather|prefer|better)\b{_NEAR}\b(?:kept|keep|left|leave|leaving|keeping) (?:me|us|my name"
        rf"|her|him|them) out\b"
    ),
    (
        rf"\b(?:understanding|promised?|condition|provided|assur\w+|swore|so long as|as long as)\b{_FAR}(?:\bnot\b"
        rf"|\bnever\b|n't|\bwithout\b|\bnobody\b|\bno one\b)"
        rf"{_NEAR}(?:{_SOURCE}|{_THEIRS}|{_LEARN}|\b(?:named|identified|known|mentioned|quoted|involved)\b)"
    ),
    (
        rf"\b(?:will|am|'m|would)(?:\s?{_NOT}) (?:be )?(?:giving|give|put|putting|leave|leaving|sign"
        rf"|signing)\b{_NEAR}\bmy (?:real )?name\b"
    ),
    (
        r"\b(?:rather|sooner|prefer|like|want|wish)(?:ed)? (?:\w+ )?(?:not|never) (?:to )?be (?:associated|involved"
        r"|seen|connected|linked|part of"
        r"|named|identified|quoted|mentioned|known)\b"
    ),
    (
        rf"\b(?:important|crucial|vital|essential|imperative|sure|careful|certain)\b{_NEAR}\b(?:nobody|no one|not"
        rf"|never|n't|none)\b{_NEAR}"
        rf"(?:{_LEARN}|\b(?:traces?|links?|connects?|points?)\b){_NEAR}(?:\b(?:me|us)\b|{_SOURCE})"
    ),
    (
        r"\b(?:do\s?n.?t|do not|never|please not) (?:cc|copy|quote|name|identify|credit|include|involve|mention)"
        r" (?:me|us|my|her name|his name)\b"
    ),
    (
        r"\b(?:for your eyes only|not for (?:sharing|circulation|onward)|strictly private|(?:sending|telling"
        r"|passing|writing|sharing)"
        r" (?:\w+ ){0,3}(?:privately|in private|in confidence|confidentially))\b"
    ),
)
"""How the writer wants to be kept apart from what is reported."""
_UNWANTED = (
    (
        rf"{_UNWILLING} (?:my name\b|(?:any(?:one|body)|people)\b{_NEAR}{_LEARN}|(?:them|her|him) to (?:know|find"
        rf" out)\b"
        rf"(?!{_NEAR}\babout\b))"
    ),
    rf"{_UNWILLING} (?:for )?{_THEIRS} (?:to|being|used|mentioned|given|shared|known|passed|out|in|on)\b",
    rf"{_UNWILLING}{_NEAR}{_LEARN}{_NEAR}{_SOURCE}",
    rf"{_UNWILLING} (?:it|this|that) (?:to (?:be|get|become) )?known\b",
    (
        rf"{_UNWILLING}{_NEAR}\b(?:traced?|come|coming|came|gets?|getting|lead|linked) (?:back )?(?:to|on|at)"
        rf" {_PERSON}\b"
    ),
    (
        rf"{_UNWILLING} to (?:be|get|become|end up) (?:involved|named|identified|quoted|dragged|drawn|pulled|mixed"
        rf" up|caught up"
        r"|brought|a witness|seen as)\b(?! (?:in|on) (?:the|her|his|their) (?:post|photo|picture|video))"
    ),
    (
        rf"{_UNWILLING} (?:any|there to be(?: any)?|to (?:cause|have|get|make|stir up)(?: any)?|more)\s?(?:\w+"
        rf" )?{_HARM}"
    ),
    rf"\b(?:rather|prefer)\b{_NEAR}\b(?:nobody|no one|never|not)\b{_NEAR}{_LEARN}",
    (
        rf"\b(?:rather|prefer)\b{_NEAR}(?:{_THEIRS} (?:did|was|were|is|does|be){_NOT}"
        rf"|\b(?:i|you|we) (?:did|do){_NOT}{_NEAR}{_TELL}{_FAR}{_SOURCE})"
    ),
    (
        r"\b(?:nobody|no one) (?:must|should|may|is to|needs to|has to) (?:know|learn|find out"
        r"|hear)\b[^.!?\n]{0,30}\b(?:me|i|us)\b"
    ),
    (
        rf"\b(?:worried|scared|afraid|frightened|anxious|nervous|terrified|concerned|fear\w*)\b{_NEAR}"
        rf"(?:{_HARM}|{_FAR}(?:if|when|that)\b{_NEAR}{_LEARN}{_NEAR}{_SOURCE})"
    ),
    (
        rf"\b(?:it|this|word|anything|nothing|that)\b{_NEAR}(?:\b(?:not|never)\b|n't){_NEAR}\b(?:get|got|come|find"
        rf" its way)s? back to {_PERSON}\b"
    ),
    (
        r"\b(?:you|nobody) (?:did\s?n.?t|did not|have\s?n.?t|never) (?:hear|heard|get|got|have|had|see) (?:this|it"
        r"|that|any of this)"
        r" (?:here )?from (?:me|us|her|him)\b"
    ),
    (
        r"\b(?:it|this|that) (?:did\s?n.?t|did not|does\s?n.?t|does not|never) c[ao]me from (?:me|us)\b|\bi was"
        r" never here\b"
    ),
    (
        r"\b(?:just|strictly|stays?|keep (?:it|this)) between (?:us|ourselves|you and me|the two of us)\b|\bbetween"
        r" you and me\b"
    ),
    (
        r"\boff the record\b|\bmum's the word\b|\bno names,? please\b|\bplease,? no names\b|\bwithout naming (?:me"
        r"|names|us|her|him)\b"
    ),
    (
        r"\b(?:be|stay|very|with) (?:very |as |most )?(?:discreet|discretion|tactful about (?:who|where))\b"
        r"|\bdiscreetly\b"
    ),
    rf"\b(?:wish|want|like|prefer|ask|need|would)\w*\b{_NEAR}\b(?:stay|remain|be|go) {_NAMELESS}\b",
)
"""What the writer, or the one who told the writer, does not want to happen, and is afraid of."""
_DREADED = (
    (
        rf"\b(?:can ?not|can't|must not|mustn't|must never|should not|shouldn't) (?:ever )?{_LEARN}{_FAR}(?:\b(?:me"
        rf"|us)\b|{_SOURCE}|\bi was\b)"
    ),
    (
        rf"\b(?:mortified|hate|dread|devastated|upset|embarrassed|hell to pay|in trouble|lose my"
        rf"|uncomfortable)\b{_NEAR}"
        rf"(?:\bif\b|\bfor\b|\bwhen\b|\bthat\b){_NEAR}(?:{_LEARN}{_NEAR}(?:{_SOURCE}|\b(?:her|me|us|him)\b)|\bcome"
        rf" out\b|\bgot out\b|\bgets out\b)"
    ),
    (
        rf"\b(?:worried|scared|afraid|frightened|anxious|nervous|terrified|fear\w*)\b{_NEAR}\b(?:obvious|clear"
        rf"|guess|work out|know|realise)\b"
        rf"{_NEAR}{_SOURCE}"
    ),
    rf"{_UNWILLING} (?:them|her|him|people|any\w+) knowing\b",
    r"\b(?:can't|cannot|couldn't) have (?:them|her|him|people|any\w+|this|it) (?:knowing|finding|getting|coming)\b",
    rf"\b(?:awkward|difficult|hard|horrible|impossible|unpleasant)\b{_NEAR}\bif\b{_NEAR}{_LEARN}",
    (
        r"\b(?:do not|don't|not) want (?:my|our) (?:kids?|children|child|son|daughter|family|boy"
        r"|girl)\b[^.!?\n]{0,20}"
        r"\b(?:suffer|pay|punished|bullied|picked on|targeted|involved|dragged|affected)\b"
    ),
    (
        rf"{_UNWILLING} to (?:fall out with|upset|cross|antagonise|be blamed|be the one who|lose (?:a |my |her"
        rf" )?friend|rock the boat"
        r"|be known|be associated|be part of this|make enemies)\b"
    ),
)
"""What would be bad for the writer if it came out."""
_FROM_ME = re.compile(
    r"\b(?:my|her|his) (?:name|identity|e-?mail|details)\b|\bit was (?:me|us|i)\b|\b(?:from|by|bring\w*"
    r"|dragg?\w*|involv\w*) (?:me|us)\b"
    r"|\bi(?:'ve|'d| have| had)? (?:told|sent|wrote|written|reported|shown|showed|said|complained|contacted"
    r"|passed|spoken|been in touch)\b"
    r"|\bwho (?:told|contacted|sent|showed|informed|tipped) (?:you|us|the school)\b|\bhow you (?:found|heard"
    r"|know|knew|got|came)\b"
    r"|\bwho i am\b|\b(?:stay|keep|kept|remain) (?:well )?out of (?:it|this|things)\b|\b(?:she|he|they) found"
    r" out\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\bnobody\b|\bno one\b|\bwithout\b|\banonym|\bconfiden|\bsecret|\bprivate|\bto"
    r" (?:my|your|our)sel"
    r"|\bout of (?:it|this)\b|\b(?:difficult|awkward|impossible|worse|unbearable|kill|murder|lynch|ostracis"
    r"|shunned|unsafe)",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\bplease\b|\b(?:would|'d)\b|\bwants?\b|\bwish|\bhope\b|\bask(?:s|ed|ing)?\b|\bneeds?\b|\bmust\b"
    r"|\brather\b|\bprefer|\bcareful"
    r"|\bworried|\bscared|\bafraid|\bgrateful|\bappreciate|\bcomfortable|\bpromise|\bif (?:she|he|they"
    r"|any(?:one|body)) (?:knew|found|hears?)",
    re.IGNORECASE,
)
_CONFIDENTIAL = re.compile(
    r"\b(?:in (?:the )?(?:strict\w*|complete|utmost|total|absolute) confidence|in confidence|"
    r"(?:like|want|ask|hope|please|trust|expect)\b[^.!?\n]{0,40}\b(?:confidential(?:ly)?|in confidence)"
    r"|confidential(?:ly)?,? please)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_MINDS_NOT = re.compile(
    r"\b(?:do\s*n.?t|do not) mind\b[^.!?\n]{0,40}\b(?:named|my name|knows?)\b|\b(?:can|may) (?:use|give|tell"
    r" \w+ my) my? ?name\b"
    r"|\b(?:happy|fine|ok|okay) (?:for you )?(?:to|with) (?:say|be|being|you saying)\b[^.!?\n]{0,20}\b(?:me"
    r"|named)\b",
    re.IGNORECASE,
)
_ASKS = WordSearch(re.compile("|".join((*_ASKED, *_PROTECTED, *_UNWANTED, *_DREADED)), re.IGNORECASE))


def asks_not_to_be_named(own_words: str) -> bool:
    """True if the words say so; in doubt it is better to protect once too often.

    Args:
        own_words: what the reporter wrote; not what was forwarded, whose author may ask the same of others.
    """
    text = " ".join(own_words[:LONGEST].replace("\u2019", "'").split())
    if _MINDS_NOT.search(text):
        return False
    if _ASKS.is_in(text) or _CONFIDENTIAL.search(text):
        return True
    parts = _SENTENCE.split(text)
    return any(all(sign.search(part) for sign in (_FROM_ME, _AWAY, _WANTS)) for part in parts)
