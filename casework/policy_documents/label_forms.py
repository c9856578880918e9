"""The wordings of labels, as schools write them, in one table."""

from casework.policy_documents.label_kinds import Kind, Manner
from casework.policy_documents.label_kinds import form as _form
from casework.policy_documents.label_words import (
    ADVERBS,
    AGAIN,
    CHANGING,
    COMING,
    DOCUMENT,
    REVIEWING,
    SOON,
    TO_DATE,
    WHEN,
    WHOSE,
    WILL,
)
from casework.policy_documents.last_forms import LAST_FORMS
from casework.policy_documents.looking_forms import LOOKING_FORMS

_NEXT = (
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        r"(?:(?:date|month|term|year)\s+(?:of|for|that|when|at\s+which)\s+)?(?:the\s+|our\s+|its\s+)?\bnext\s+",
        r"(?!meeting|step|year\b|page|academic)(?:(?!meeting|year\b)[a-z/&'()-]+\s+){0,3}?",
        r"(?:review(?:ed|ing|s)?|revision|revised|updated?|renewal|renewed|approval|ratification|revisit|refresh",
        rf"|evaluation|amendment|audit|(?:rev|rvw)\b\.?)(?!\w){TO_DATE}",
        needs="next",
        also=CHANGING + "|renew|approv|ratif|revisit|evaluat|audit|rev|rvw",
    ),
    _form(
        Kind.NEXT, 1, Manner.NOUN, rf"\bnext\s+due\b(?:\s+for\s+review)?{TO_DATE}", needs="next", also="due"
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.LOOSE,
        r"\bnext\s+(?:planned|scheduled)(?=\s*[:=])",
        needs="next",
        also="planned|scheduled",
    ),
    _form(Kind.NEXT, 1, Manner.LOOSE, rf"\bnext(?=\s*[:=-]?\s*(?:in\s+|by\s+|due\s+)?{SOON})", needs="next"),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        r"\b(?:due|date|scheduled|planned|set|ready|subject|proposed|up|deadline|timetabled|programmed)\s+(?:to|for)\s+",
        rf"(?:be\s+)?(?:the\s+|its\s+|our\s+|this\s+)?(?:next\s+|full\s+|annual\s+|{DOCUMENT}\s+)*(?:to\s+be\s+)?",
        rf"(?:review(?:ed)?|renewal|renewed|revision|revised|updated?|revisited)\b{TO_DATE}",
        needs=REVIEWING,
        also="to|for",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        rf"\b(?:review|revision|renewal|update)s?\s+(?:of\s+(?:this|the|our)\s+{DOCUMENT}\s+)?(?:date\s+)?",
        rf"(?:is\s+|are\s+)?(?:next\s+)?(?:due|deadline|required|scheduled|planned|falls|needed)\b{TO_DATE}",
        needs=REVIEWING,
        also="due|deadline|required|scheduled|planned|falls|needed",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        rf"\b(?:review|revise|renew|update)d?\s+(?:by|before|no\s+later\s+than)(?=\s*:?\s*{SOON})",
        needs=REVIEWING,
        also="by|before|later",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        r"\b(?:proposed|planned|scheduled|anticipated|target|expected|forthcoming|intended|recommended|required",
        r"|subsequent|suggested|following|future|further|upcoming|projected)\s+(?:date\s+(?:of|for)\s+)?",
        rf"(?:next\s+|policy\s+)?(?:review|renewal|revision|update)\b{TO_DATE}",
        needs=REVIEWING,
        also=COMING,
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        rf"\bre-?review\b{TO_DATE}|\breview(?:ed)?\s+again\b{TO_DATE}",
        needs="review",
        also="rereview|re-review|again",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        rf"(?<![A-Za-z-]\s)(?<!\w)for\s+(?:next\s+)?(?:review|renewal|revision)\b{TO_DATE}",
        needs="review|revis|renew",
        also="for",
    ),
    _form(
        Kind.NEXT,
        2,
        Manner.LOOSE,
        r"\b(?:policy\s+)?(?:expir(?:y|es)|expiration|renewal|renew|revisit|re-visit|refresh)(?:\s+date)?\b",
        r"(?:\s+(?:on|by|due))?",
        needs="expir|renew|visit|refresh",
    ),
    _form(
        Kind.NEXT,
        2,
        Manner.LOOSE,
        r"\b(?:valid|current|stands|runs|applies|lasts|in\s+force|in\s+effect|effective)\s+(?:until|to|till)\b",
        r"|\bpolicy\s+(?:end|lapse)\s+date\b",
        needs="until|till| to|date",
        also="valid|current|stands|runs|applies|lasts|in force|in effect|effective|policy",
    ),
    _form(
        Kind.NEXT,
        2,
        Manner.LOOSE,
        rf"\b(?:(?:{DOCUMENT})\s+)?due(?:\s+date)?(?=\s*[:=-]?\s*(?:in\s+|by\s+|on\s+)?{SOON})",
        needs="due",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.VERB,
        rf"\b(?:to|will|shall|must|should|is|are|needs?\s+to|due\s+to|would)\s+{ADVERBS}be\s+{ADVERBS}{AGAIN}\b",
        rf"(?:\s+again)?{TO_DATE}",
        needs=REVIEWING + "|evaluat|approv|adopt|ratif|reassess|reconsider|looked",
        also="be",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.VERB,
        rf"\b{WILL}\s+{ADVERBS}(?:review|revisit|renew|update|evaluate)(?:\s+and\s+\w+)?\s+(?:this|the|its|our|it)\b",
        rf"(?:\s+[\w&'-]+){{0,5}}?\s*(?:{DOCUMENT}|it)\b(?:\s+again|\s+next)?{TO_DATE}",
        needs="review|visit|renew|updat|evaluat",
        also="will|shall|must|should|to",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.VERB,
        r"\b(?:(?:the|a|an|next|full|formal|annual)\s+)*review\s+",
        rf"(?:of\s+(?:this|the|our)\s+{DOCUMENT}\s+)?(?:will|shall|is\s+to|is\s+due\s+to|to)\s+",
        rf"(?:take\s+place|be\s+(?:carried\s+out|undertaken|held|conducted|completed|made|done|due)){TO_DATE}",
        needs="review",
        also="take|be",
    ),
)

_REVIEW = (
    _form(Kind.REVIEW, 1, Manner.NOUN, rf"\b{WHOSE}review(?:ing|s)?\s+dates?\b", needs="review", also="date"),
    _form(
        Kind.REVIEW,
        1,
        Manner.NOUN,
        rf"\b{WHOSE}review\s+(?:term|month|year|deadline)(?=\s*[:=\t-]|\s+\w+\s+\d|\s+\d)",
        needs="review",
        also="term|month|year|deadline",
    ),
    _form(
        Kind.REVIEW,
        1,
        Manner.NOUN,
        rf"\b(?:dates?|month|term|year)\s+(?:of|for)\s+(?:the\s+|this\s+|{DOCUMENT}\s+|annual\s+|full\s+)*",
        r"review(?:s|ing)?\b",
        needs="review",
        also="date|month|term|year",
    ),
    _form(
        Kind.REVIEW,
        2,
        Manner.LOOSE,
        rf"\b{WHOSE}(?<!not )(?<!under )review(?=\s*(?:[:=|)(/-]|\t|\n|$)|\s+(?:{WHEN}\s+)?{SOON}",
        r"|\s+(?:by|on|in)\b|\s+annual|\s+every|\s+year|\s+term)",
        needs="review",
    ),
)

_ABBREVIATED = (
    _form(Kind.NEXT, 1, Manner.NOUN, rf"\brev\.?\s+due\b{TO_DATE}", needs="rev due|rev. due"),
    _form(Kind.REVIEW, 2, Manner.LOOSE, r"\b(?:rvw|rvws|revw)\b\.?", needs="rvw|revw"),
)

_CYCLE = (
    _form(
        Kind.CYCLE,
        1,
        Manner.NOUN,
        r"\b(?:policy\s+)?(?:review|revision|renewal)\s+(?:cycle|period|frequency|interval|schedule|timescale",
        r"|requirements?|timeframe|timetable|pattern)\b",
        needs="review|revis|renew",
        also="cycle|period|frequency|interval|schedule|timescale|requirement|timeframe|timetable|pattern",
    ),
    _form(
        Kind.CYCLE,
        1,
        Manner.NOUN,
        r"\b(?:frequency|cycle|period|interval)\s+(?:of|for)\s+(?:the\s+|policy\s+)?review(?:s|ing)?\b",
        needs="review",
        also="frequency|cycle|period|interval",
    ),
    _form(
        Kind.CYCLE,
        1,
        Manner.NOUN,
        r"\b(?:how\s+often\s+reviewed|reviewed\s+how\s+often|(?<!life )(?<!natural )frequency|cycle",
        r"|lifespan|validity)(?=\s*[:\t])",
        r"|\b(?:lifespan|validity|valid|stands|lasts|in\s+force)(?:\s+(?:of|for|is))?(?=\s+(?:a\s+)?(?:\d|one\b|two\b|three\b|four\b|five\b))",
        needs="often|frequency|cycle|lifespan|valid|stands|lasts|in force",
    ),
    _form(
        Kind.CYCLE,
        2,
        Manner.NOUN,
        r"\b(?:annual|biennial|bi-annual|triennial)\s+(?:(?:policy\s+)?review|policy)(?=\s*[.,;]|\s*$)",
        needs="review|policy",
        also="nnual|ennial",
    ),
)

_TITLE = (
    _form(
        Kind.TITLE,
        1,
        Manner.NOUN,
        r"(?<=^)(?:(?:policy|document)\s+(?:title|name)|(?:title|name)\s+of\s+(?:policy|document))\b",
        needs="title|name",
    ),
)

LABEL_FORMS = (*_NEXT, *LOOKING_FORMS, *_REVIEW, *_ABBREVIATED, *_CYCLE, *LAST_FORMS, *_TITLE)
