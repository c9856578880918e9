"""The wordings of labels, as schools write them, in one table."""

from casework.policy_documents.label_kinds import APPROVAL, BARE_DATE, WRITING, Kind, Manner
from casework.policy_documents.label_kinds import form as _form

_REVIEWING = "review|revis|renew|updat"
_AGREEING = "approv|ratif|adopt|agreed|accept|authori|signed|endors|agreement"
_MAKING = (
    "written|creat|draft|produc|prepar|implement|introduc|issue|publi|version|effective|commence|originat"
)
_COMING = (
    "propos|planned|schedul|anticipat|target|expect|forthcoming|intend|recommend|requir|subsequent|suggest|following|future"
    "|further|upcoming|project"
)
_CHANGING = "review|updat|revis|amend|modif|refresh"


_DOCUMENT = (
    r"(?:policy|policies|document|procedures?|plan|statement|scheme|code|strategy|protocol|guidelines?|agreement"
    r"|framework|handbook|charter|report|offer)"
)
_CHANGED = (
    r"(?:review(?:ed|s)?|update[ds]?|updating|revis(?:ed|ion)|amend(?:ed|ments?)?|approv(?:ed|al)"
    r"|ratif(?:ied|ication)|adopt(?:ed|ion)|agreed|edited|modified|modification|changed?|version|issued?|refreshed"
    r"|evaluat(?:ed|ion)|checked|published|edition)"
)
_AGREED = (
    r"(?:approved|ratified|adopted|agreed|accepted|authori[sz]ed|signed\s+off|endorsed|approval|adoption"
    r"|ratification|authori[sz]ation|agreement|re-?approved|re-?adopted|re-?ratified)"
)
_MADE = (
    r"(?:written|created|drafted|produced|prepared|implemented|introduced|issued?|published|publication|creation"
    r"|implementation|version|effective|commencement|origination)"
)
_AGAIN = (
    r"(?:re-?)?(?:reviewed|revised|updated|renewed|evaluated|revisited|re-?approved|re-?adopted|re-?ratified"
    r"|reassessed|reconsidered|looked\s+at\s+again)"
)
_ADVERBS = (
    r"(?:(?:next|then|also|again|therefore|formally|fully|further|subsequently|first|both|normally|usually"
    r"|next\s+due|due|routinely|regularly|thoroughly|jointly)\s+)*"
)
_WILL = r"(?:will|shall|must|should|to|due\s+to)"
_WHEN = r"(?:in|on|by|for|before|during|no\s+later\s+than|not\s+later\s+than|around|from|at)"
_MONTHS = r"(?:jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec)"
_SOON = (
    r"(?:the\s+)?(?:(?:start|beginning|end|early|mid|late|middle)\s*(?:of\s+)?(?:the\s+)?)?"
    rf"(?:\d|{_MONTHS}|autumn|spring|summer|aut\b|term\b|mon|tue|wed|thu|fri)"
)
_TO_DATE = (
    rf"(?:\s*,?\s*(?:date|due|is|are|will\s+be|falls|scheduled|planned|required|needed)\b(?:\s+{_WHEN}\b)?)*"
    rf"(?:\s+{_WHEN}\b(?!\s+the\s+(?:gov|full|board|head)))?"
)
_WHOSE = rf"(?:(?:{_DOCUMENT}|annual|full|biennial|governors?'?|committee|statutory|formal)\s+)*"

_NEXT = (
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        r"(?:(?:date|month|term|year)\s+(?:of|for|that|when|at\s+which)\s+)?(?:the\s+|our\s+|its\s+)?\bnext\s+",
        r"(?!meeting|step|year\b|page|academic)(?:(?!meeting|year\b)[a-z/&'()-]+\s+){0,3}?",
        r"(?:review(?:ed|ing|s)?|revision|revised|updated?|renewal|renewed|approval|ratification|revisit|refresh",
        rf"|evaluation|amendment|audit)\b{_TO_DATE}",
        needs="next",
        also=_CHANGING + "|renew|approv|ratif|revisit|evaluat|audit",
    ),
    _form(
        Kind.NEXT, 1, Manner.NOUN, rf"\bnext\s+due\b(?:\s+for\s+review)?{_TO_DATE}", needs="next", also="due"
    ),
    _form(Kind.NEXT, 1, Manner.LOOSE, rf"\bnext(?=\s*[:=-]?\s*(?:in\s+|by\s+|due\s+)?{_SOON})", needs="next"),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        r"\b(?:due|date|scheduled|planned|set|ready|subject|proposed|up|deadline|timetabled|programmed)\s+(?:to|for)\s+",
        rf"(?:be\s+)?(?:the\s+|its\s+|our\s+|this\s+)?(?:next\s+|full\s+|annual\s+|{_DOCUMENT}\s+)*(?:to\s+be\s+)?",
        rf"(?:review(?:ed)?|renewal|renewed|revision|revised|updated?|revisited)\b{_TO_DATE}",
        needs=_REVIEWING,
        also="to|for",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        rf"\b(?:review|revision|renewal|update)s?\s+(?:of\s+(?:this|the|our)\s+{_DOCUMENT}\s+)?(?:date\s+)?",
        rf"(?:is\s+|are\s+)?(?:next\s+)?(?:due|deadline|required|scheduled|planned|falls|needed)\b{_TO_DATE}",
        needs=_REVIEWING,
        also="due|deadline|required|scheduled|planned|falls|needed",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        rf"\b(?:review|revise|renew|update)d?\s+(?:by|before|no\s+later\s+than)(?=\s*:?\s*{_SOON})",
        needs=_REVIEWING,
        also="by|before|later",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        r"\b(?:proposed|planned|scheduled|anticipated|target|expected|forthcoming|intended|recommended|required",
        r"|subsequent|suggested|following|future|further|upcoming|projected)\s+(?:date\s+(?:of|for)\s+)?",
        rf"(?:next\s+|policy\s+)?(?:review|renewal|revision|update)\b{_TO_DATE}",
        needs=_REVIEWING,
        also=_COMING,
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        rf"\bre-?review\b{_TO_DATE}|\breview(?:ed)?\s+again\b{_TO_DATE}",
        needs="review",
        also="rereview|re-review|again",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.NOUN,
        rf"(?<![A-Za-z-]\s)(?<!\w)for\s+(?:next\s+)?(?:review|renewal|revision)\b{_TO_DATE}",
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
    _form(Kind.NEXT, 2, Manner.LOOSE, r"\bvalid\s+(?:until|to|till)\b", needs="valid"),
    _form(
        Kind.NEXT,
        1,
        Manner.VERB,
        rf"\b(?:to|will|shall|must|should|is|are|needs?\s+to|due\s+to|would)\s+{_ADVERBS}be\s+{_ADVERBS}{_AGAIN}\b",
        rf"(?:\s+again)?{_TO_DATE}",
        needs=_REVIEWING + "|evaluat|approv|adopt|ratif|reassess|reconsider|looked",
        also="be",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.VERB,
        rf"\b{_WILL}\s+{_ADVERBS}(?:review|revisit|renew|update|evaluate)(?:\s+and\s+\w+)?\s+(?:this|the|its|our|it)\b",
        rf"(?:\s+[\w&'-]+){{0,5}}?\s*(?:{_DOCUMENT}|it)\b(?:\s+again|\s+next)?{_TO_DATE}",
        needs="review|visit|renew|updat|evaluat",
        also="will|shall|must|should|to",
    ),
    _form(
        Kind.NEXT,
        1,
        Manner.VERB,
        r"\b(?:(?:the|a|an|next|full|formal|annual)\s+)*review\s+",
        rf"(?:of\s+(?:this|the|our)\s+{_DOCUMENT}\s+)?(?:will|shall|is\s+to|is\s+due\s+to|to)\s+",
        rf"(?:take\s+place|be\s+(?:carried\s+out|undertaken|held|conducted|completed|made|done|due)){_TO_DATE}",
        needs="review",
        also="take|be",
    ),
)

_REVIEW = (
    _form(
        Kind.REVIEW, 1, Manner.NOUN, rf"\b{_WHOSE}review(?:ing|s)?\s+dates?\b", needs="review", also="date"
    ),
    _form(
        Kind.REVIEW,
        1,
        Manner.NOUN,
        rf"\b{_WHOSE}review\s+(?:term|month|year|deadline)(?=\s*[:=\t-]|\s+\w+\s+\d|\s+\d)",
        needs="review",
        also="term|month|year|deadline",
    ),
    _form(
        Kind.REVIEW,
        1,
        Manner.NOUN,
        rf"\b(?:dates?|month|term|year)\s+(?:of|for)\s+(?:the\s+|this\s+|{_DOCUMENT}\s+|annual\s+|full\s+)*",
        r"review(?:s|ing)?\b",
        needs="review",
        also="date|month|term|year",
    ),
    _form(
        Kind.REVIEW,
        2,
        Manner.LOOSE,
        rf"\b{_WHOSE}(?<!not )(?<!under )review(?=\s*(?:[:=|)(/-]|\t|\n|$)|\s+(?:{_WHEN}\s+)?{_SOON}",
        r"|\s+(?:by|on|in)\b|\s+annual|\s+every|\s+year|\s+term)",
        needs="review",
    ),
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
        r"\b(?:how\s+often\s+reviewed|reviewed\s+how\s+often|(?<!life )(?<!natural )frequency|cycle)(?=\s*[:\t])",
        needs="often|frequency|cycle",
    ),
    _form(
        Kind.CYCLE,
        2,
        Manner.NOUN,
        r"\b(?:annual|biennial|bi-annual|triennial)\s+(?:policy\s+)?review(?=\s*[.,;]|\s*$)",
        needs="review",
        also="nnual|ennial",
    ),
)

_LAST = (
    _form(
        Kind.LAST,
        1,
        Manner.NOUN,
        r"(?:\bdate\s+(?:of\s+|when\s+|it\s+was\s+)?(?:the\s+|this\s+)?|\bwhen\s+)?",
        r"\b(?:last|latest|most\s+recent(?:ly)?|previous(?:ly)?|current)\s+",
        rf"(?:(?!month|year|term|week|section|is\b)[a-z/&'()-]+\s+){{0,2}}?{_CHANGED}\b(?:\s+(?:date|on|in))*",
        needs="last|recent|previous|current|latest",
        also=_CHANGING + "|approv|ratif|adopt|agreed|edit|chang|version|issue|evaluat|checked|publish",
    ),
    _form(
        Kind.LAST,
        2,
        Manner.NOUN,
        rf"\bthis\s+(?:version|edition|issue|review|update|revision|amendment)\b(?:\s+{_CHANGED}\b)?",
        needs="this",
        also="version|edition|issue|review|update|revision|amendment",
    ),
    _form(Kind.LAST, 1, Manner.NOUN, rf"\blast\s+(?={_MONTHS}\w*\s+\d)", needs="last"),
    _form(
        Kind.LAST,
        2,
        Manner.NOUN,
        r"\bdates?\s+(?:of\s+|last\s+|when\s+|this\s+|most\s+recently\s+|policy\s+(?:was\s+)?|document\s+(?:was\s+)?)*",
        r"(?:reviewed|updated?|revised|revision|amended|amendment|modified|refreshed)\b",
        needs="date",
        also=_CHANGING,
    ),
    _form(
        Kind.LAST,
        2,
        Manner.NOUN,
        r"\b(?:revision|amendment|updated?|amended|revised|modification|modified)\s+dates?\b",
        needs="date",
        also=_CHANGING,
    ),
    _form(
        Kind.LAST,
        2,
        Manner.VERB,
        r"\b(?:was\s+|were\s+|has\s+been\s+|have\s+been\s+|is\s+)?(?:last\s+|most\s+recently\s+|recently\s+)?(?<!be )",
        r"(?<!when )(?:reviewed|updated|revised|amended|rewritten|re-written|refreshed)\b",
        r"(?!\s+(?:guidance|legislation|version))",
        needs="review|updat|revis|amend|writ|refresh",
    ),
    _form(
        Kind.LAST,
        APPROVAL,
        Manner.NOUN,
        rf"\bdates?\s+(?:of\s+|for\s+|when\s+|this\s+|that\s+|the\s+|first\s+|{_DOCUMENT}\s+(?:was\s+)?|it\s+was\s+)*",
        rf"(?:(?:governors?'?|board|committee|fgb)\s+)?{_AGREED}\b",
        needs="date",
        also=_AGREEING,
    ),
    _form(
        Kind.LAST,
        APPROVAL,
        Manner.NOUN,
        rf"\b(?:{_AGREED}|governors?'?\s+approval)\s+dates?\b",
        needs="date",
        also=_AGREEING,
    ),
    _form(
        Kind.LAST,
        APPROVAL,
        Manner.VERB,
        r"\b(?:was\s+|were\s+|has\s+been\s+|have\s+been\s+|is\s+)?(?:last\s+|first\s+|formally\s+|originally\s+)?",
        rf"{_AGREED}\b",
        needs=_AGREEING,
    ),
    _form(
        Kind.LAST,
        WRITING,
        Manner.NOUN,
        rf"\bdates?\s+(?:of\s+|policy\s+|document\s+|first\s+|this\s+|the\s+)*(?:{_MADE}|policy|document)\b",
        needs="date",
        also=_MAKING + "|policy|document",
    ),
    _form(
        Kind.LAST,
        WRITING,
        Manner.NOUN,
        rf"\b(?:{_MADE}|policy|document|start)\s+dates?\b",
        needs="date",
        also=_MAKING + "|policy|document|start",
    ),
    _form(
        Kind.LAST,
        WRITING,
        Manner.VERB,
        rf"\b(?:was\s+|has\s+been\s+)?(?:first\s+|originally\s+)?{_MADE}\b(?:\s+(?:from|on|in))?",
        needs=_MAKING,
    ),
    _form(
        Kind.LAST,
        WRITING,
        Manner.LOOSE,
        r"\bwith\s+effect\s+from\b|\bin\s+force\s+from\b",
        needs="effect|force",
    ),
    _form(
        Kind.LAST,
        BARE_DATE,
        Manner.LOOSE,
        r"(?:(?<=^)|(?<=[\t\n|;:,.(/-])|(?<=[\t\n|;:,.(/-] )|(?<=[\w)]\s))dated?\b",
        rf"(?=\s*[:=\t|-]|\s*$|\s+\d|\s+{_MONTHS}|\s+(?:aut|spr|sum))",
        needs="date",
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

LABEL_FORMS = (*_NEXT, *_REVIEW, *_CYCLE, *_LAST, *_TITLE)
