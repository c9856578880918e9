"""The pieces that wordings of labels are made of, as patterns or as stems parted by bars."""

REVIEWING = "review|revis|renew|updat"
AGREEING = "approv|ratif|adopt|agreed|accept|authori|signed|endors|agreement|determin"
MAKING = (
    "written|creat|draft|produc|prepar|implement|introduc|issue|publi|version|effective|commence|originat"
)
COMING = (
    "propos|planned|schedul|anticipat|target|expect|forthcoming|intend|recommend|requir|subsequent|suggest|following|future"
    "|further|upcoming|project"
)
CHANGING = "review|updat|revis|amend|modif|refresh"


DOCUMENT = (
    r"(?:policy|policies|document|procedures?|plan|statement|scheme|code|strategy|protocol|guidelines?|agreement"
    r"|framework|handbook|charter|report|offer)"
)
CHANGED = (
    r"(?:review(?:ed|s)?|update[ds]?|updating|revis(?:ed|ion)|amend(?:ed|ments?)?|approv(?:ed|al)"
    r"|ratif(?:ied|ication)|adopt(?:ed|ion)|agreed|edited|modified|modification|changed?|version|issued?|refreshed"
    r"|evaluat(?:ed|ion)|checked|considered|discussed|looked\s+at|published|edition|(?:rev|rvw)(?!\w)\.?)"
)
AGREED = (
    r"(?:approved|ratified|adopted|agreed|accepted|authori[sz]ed|signed\s+off|endorsed|approval|adoption"
    r"|ratification|authori[sz]ation|agreement|determined|re-?approved|re-?adopted|re-?ratified)"
)
MADE = (
    r"(?:written|created|drafted|produced|prepared|implemented|introduced|issued?|published|publication|creation"
    r"|implementation|version|effective|commencement|origination)"
)
AGAIN = (
    r"(?:re-?)?(?:reviewed|revised|updated|renewed|evaluated|revisited|re-?approved|re-?adopted|re-?ratified"
    r"|reassessed|reconsidered|looked\s+at\s+again)"
)
ADVERBS = (
    r"(?:(?:next|then|also|again|therefore|formally|fully|further|subsequently|first|both|normally|usually"
    r"|next\s+due|due|routinely|regularly|thoroughly|jointly)\s+)*"
)
WILL = r"(?:will|shall|must|should|to|due\s+to)"
WHEN = r"(?:in|on|by|for|before|during|no\s+later\s+than|not\s+later\s+than|around|from|at)"
MONTHS = r"(?:jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec)"
SOON = (
    r"(?:the\s+)?(?:(?:start|beginning|end|early|mid|late|middle)\s*(?:of\s+)?(?:the\s+)?)?"
    rf"(?:\d|{MONTHS}|autumn|spring|summer|aut\b|term\b|mon|tue|wed|thu|fri)"
)
TO_DATE = (
    rf"(?:\s*,?\s*(?:date|due|is|are|will\s+be|falls|scheduled|planned|required|needed)\b(?:\s+{WHEN}\b)?)*"
    rf"(?:\s+{WHEN}\b(?!\s+the\s+(?:gov|full|board|head)))?"
)
WHOSE = rf"(?:(?:{DOCUMENT}|annual|full|biennial|governors?'?|committee|statutory|formal)\s+)*"
