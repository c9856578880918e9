"""Violence that somebody announces, wishes for or calls for, in whatever words: two signs in one sentence."""

# ruff: noqa: E501 - a pattern stands whole on its line

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.forwards.blocks import any_of
from casework.intake.word_index import WordSearch

VIOLENCE = any_of(
    r"""
    (?:want|be|get|need|deserve)s? (?:to )?(?:hanged|hanging|hung|to hang|flattened|jumped|to disappear|dead)
    flatten(?:ed|ing)? (?:you|her|him|them)|jumped (?:you|her|him|them)|broken bones
    fists? (?:through|in(?:to)?) (?:you|her|him|them|their|your|his)|(?:start|going to|gonna|will) disappear\w*
    accidents happen
    (?:lorry|bus|train|car|tram|truck) (?:would |will |to )?(?:hit|run over|flatten)s? (?:you|her|him|them)
    put(?:ting)? (?:down|to sleep) like
    (?:want|wants|wish|need) (?:you|her|him|them) (?:dead|gone for good|in a grave)
    (?:stab|strangl|throttl|behead|lynch|batter|murder|shoot|shot|gass?|drown|bomb|execut|exterminat|slaughter|massacr|suffocat)(?:e|ed|es|s|ing|bed|bing|y)?
    (?:burn|beat|kick|punch|slap|smack|smash|crush|bash|choke|deck|lamp|thump|clobber|thrash|whip|flog)(?:ed|es|s|ing)? (?:\w+ ){0,3}?(?:alive|up|in|down|<bodily>|senseless|to (?:death|a pulp))
    (?:break|snap|cave|rip|smash|kick|stamp|crack|shatter|cut|slit|slash|twist|bust|split|knock)(?:s|ing|ped|ed)? (?:\w+'?s? ){0,4}?(?:<bodily>|in half|in two)
    (?:thrown?|throw(?:ing)?|push(?:ed|ing|es)?|shov(?:e|ed|ing)|chuck(?:ed|ing)?|drop(?:ped)?|kick(?:ed)?) (?:\w+'?s? ){0,4}?(?:<place>)
    (?:run|ran|knock|knocked|mow|mowed) (?:\w+ ){0,4}?(?:over|off the road|down)
    (?:bat|crowbar|hammer|knife|blade|axe|brick|gun|shotgun|iron bar|acid|golf club|belt|fists?) (?:to|for|at|on|round|across|in|when|if|waiting) (?:you|her|him|them|their|his|your|she|he|they|mr|mrs|ms|miss|that|the (?:head|teacher|deputy))\b
    (?:leave|leaving|go|going|come|coming|carried)(?: \w+){0,2}? (?:out )?in a (?:bag|box|body ?bag|coffin|hearse|ambulance)
    body ?bag
    (?:be|spill|taste|want|see) (?:\w+ )?blood|in a pool of|no teeth|black and blue|limp(?:ing)? home
    (?:wo|ca)n'?t be (?:walking|breathing|smiling|able to walk)
    (?:is|are|'s|'re|ends? up|drop(?:s|ped)?|be|were|was) (?:\w+ )?dead
    dead (?:when|if|the (?:minute|moment|second)|by)|kill(?:s|ed|ing)? (?:\w+ ){0,4}?<killed>
    sleep with (?:the lights on|one eye open)|six feet under|at birth|final solution|hitler|gas chambers?|ovens?
    (?:in|under) the ground|hit by (?:a|the) (?:bus|train|car|lorry|truck|tram|van)
    (?:<bodily>) (?:broken|kicked in|smashed|snapped|caved in|bashed)|stretcher
    (?:punch|kick|slap|smack|beat|hit|deck|lamp|floor)(?:ed|es|s|ing|en|t)? (?:you|her|him|them|(?:mr|mrs|ms|miss|dr) \w+|(?:the|that|our|your|my) (?:\w+'? )?(?:head|headteacher|teacher|senco|ta|cow|bitch|woman|man))
    (?:thrash|kick|beat|batter|hid|hammer|leather|whipp)ing (?:\w+ )?(?:would|might|is what|sort|teach)
    """,
    before=r"(?<!\w)",
    after=r"(?!\w)",
    fragments={
        "bodily": "heads?|faces?|teeth|legs?|arms?|fingers?|hands?|skulls?|jaws?|necks?|noses?|knees?|ribs?|bones?|spines?|throats?"
        "|heads? in|face in",
        "place": "under (?:a|the) (?:train|bus|lorry|car|tram)|off (?:a|the) (?:bridge|roof|cliff|building|pier)|down (?:the|a|some)"
        " (?:stairs|well|hole|mine)|in(?:to)? (?:the|a) (?:river|canal|sea|lake|ditch|traffic|fire|skip)"
        "|through (?:a|the) (?:wall|window)"
        "|out of (?:a|the) window|in front of (?:a|the) (?:train|bus|car|lorry)",
        "killed": "you|her|him|them|one|all|lot|every\\w*|(?:mr|mrs|ms|miss|dr) \\w+|teachers?|head\\w*|woman|man|people|families|family",
    },
)
"""What is done to a body, with what, and how it ends."""

SURE = any_of(
    r"""
    (?:strangl|throttl|stabb|behead|lynch|murder|shoot|gass|butcher|knif|gun|decapitat|exterminat|slaughter|execut)ing (?:<victim>)
    (?:strangle|throttle|stab|behead|lynch|murder|shoot|gas|knife|gun down|decapitate|exterminate|slaughter|execute|batter|bury|hang|drown) (?:<victim>)
    (?:set(?:ting)?|setting) (?:fire (?:to|under)|(?:\w+'?s? ){1,4}?(?:on fire|alight))
    torch(?:ing)? (?:<victim>|the|that|this)|petrol[- ]bomb\w*|fire ?bomb\w*
    machetes?|nooses?|sawn[- ]off|knuckle ?dusters?
    with (?:some |a |our |my )?(?:petrol|acid|baseball bats?|cricket bats?|crowbars?|knives|hammers|blades?|shotguns?)
    never (?:walk|talk|see|teach|breathe|eat solids?) again|hospital food
    goodbye to (?:your|her|his|their) (?:kneecaps|legs|teeth|face|life)
    teeth (?:off|out of|from) the (?:floor|ground|gutter)|on fire|waiting with a \w+|scared of (?:prison|jail)
    (?:on|out on) a stretcher|in(?:to)? an early grave|(?:hanging|shooting|prison|death|drowning)(?:'s| is) too good
    (?:good|proper|right) (?:thrashing|hiding|kicking|beating|battering|hammering|leathering|whipping|pasting)
    on sight|bullet (?:if|when|for|from|between|to)
    (?:gets?|getting|take|catch|eat|have) a (?:bullet|knife|blade|brick|bat)
    (?:end|finish) (?:<victim>|this) (?:for good|once and for all|myself)
    """,
    before=r"(?<!\w)",
    after=r"(?!\w)",
    fragments={
        "victim": r"you|her|him|them|the lot|every\w*|all|any|someone|somebody|that|those|these|people|teachers?|heads?|the (?:head|teacher|senco|governors?"
        r"|deputy|staff|woman|man|bitch|cow)\w*|(?:mr|mrs|ms|miss|dr) \w+|(?:\w+ )?(?:teacher|headteacher|people"
        "|families|kids|children|women|men)"
    },
)
"""Violence that needs no second sign: nobody writes so of what was done to others, or of football."""

MEANT = any_of(
    r"""
    this close|warn(?:ed|ing)?|tempted|used to|hasn'?t|visit\w*|get my way|be outside|never|hold your coat|i say
    don'?t care|swear|promise|mark my words|i'?ll|i will|i'?m (?:gonna|going|coming|bringing)|we'?(?:ll|re)
    we (?:will|are)|gonna|going to|going up|(?:my|our) (?:\w+ )?(?:husband|brothers?|mates?|fella|lads?|boys|dad)
    i'?d|i would|would(?:n'?t)?|should(?:n'?t)?|ought|must|needs?|wants?|deserves?|could do with
    can (?:some|any)(?:one|body)|will(?! (?:you|not))|won'?t|coming
    some(?:one|body)|anyone|please|hope|hoping|wish|wishing|pray(?:ing)?|pity|shame (?:nobody|no one)
    (?:can'?t|cannot) wait|about time|high time|one (?:day|of these days)|tonight|tomorrow
    next time|if|when|wait till|unless|until|tell|let'?s|kill (?:every|all|the)|bring back|right idea|there will be
    there'?ll be|pay (?:good )?money|why (?:has|hasn'?t|did) (?:no ?body|no one)|better
    """,
    before=r"(?<!\w)",
    after=r"(?!\w)",
)
"""That it is announced, wished for, or asked of others; not what was done, nor what somebody says was done."""

FIGURES = any_of(
    r"""
    (?:stab|stabbed|stabbing) (?:\w+ ){1,3}in the back|shot (?:down|in the (?:arm|dark|foot))
    shoot (?:down|themselves|yourself|the messenger)|long shot|screen ?shot\w*|head ?shots?|photo ?shoot\w*
    shoot\w* (?:an? )?(?:e-?mail|message|film|video)
    hang(?:ing|s)? (?:\w+ )?head in shame|hang (?:her|his|their|your|our) heads?|on the head|dead loss
    hang(?:ing|s)? (?:on|out|up|around|about|in there|back|their|her|his|my|the (?:picture|coat|washing|banner|display)s?)
    hang of|coat ?hangers?|get(?:ting)? (?:\w+ )?beat\w* (?:by|at|in)
    drown(?:ed|ing)? (?:in|by|out)|bombard\w*|photo ?bomb\w*|bath bomb\w*|bombed out
    murder(?:ed|ing)? (?:a|the) (?:curry|pint|song|language|tune|cuppa|cup)|could murder|bloody murder
    kill(?:s|ed|ing)? (?:me|time|the (?:mood|vibe|joke|fun|joy|buzz|lights?|engine)|any|all (?:the )?(?:joy|fun|enthusiasm)|my|our|it|off the|two birds)
    dead (?:line|end|right|wrong|easy|good|serious|proud|pleased|funny|on|weight|tired|lock)
    smash(?:ed|ing)? (?:it|the (?:exam|test|target|record|sats?))|beat (?:the|around|about|them at|us)
    run (?:down|over) (?:the|to|in|by|with|time|budget|school|building)|(?:is|are|was|were|so|very|looks?) run down
    run over (?:time|by|into)|ran over (?:time|by|into)
    (?:knock|knocked|knocking) (?:on|some sense|down the|it|off)
    break(?:s|ing)? (?:up|the (?:law|rules?|news|ice|bank|silence)|(?:her|his|my|their|our) (?:heart|promise|word))
    head (?:teacher|in the (?:sand|clouds|right))|heads? up|face (?:to face|book|up to|the)
    bring(?:ing)? (?:a|the|your|my) (?:bat|bottle|ball|hammer) (?:and|for (?:p\.?e|cricket|rounders|sports|the))
    (?:water|milk|wine|plastic) bottle|bottle (?:for|of|bank)|match (?:at|on|for|in|against|with)|fire ?drill
    in a box (?:in|by|of)|under (?:the )?fire
    crush(?:ed|es)? (?:\w+ )?(?:confidence|spirit|hopes?)|boil\w*|scream|(?:to|of) death by
    bored? \w*(?: \w+)? to death|death of me
    burn(?:ed|t|ing)? (?:the |my |her )?(?:toast|dinner|calories|out|bridges|the (?:uniform|new|policy|paper|midnight))
    if (?:she|he|they) (?:is|are) dead set|gas(?:es)? (?:bill|board|leak|engineer|man|works?|supply|cooker|boiler)
    hammered (?:in|by|home)|slap(?:ped)? (?:dash|bang|on the wrist)|smack(?:ed)? (?:bang|dab)
    kick(?:ed|ing|s)? (?:off|a|the (?:ball|bucket|habit)|up a|in)
    """,
    before=r"(?<!\w)",
    after=r"(?!\w)",
)
TOGETHER = 70
"""Letters between the two signs."""
_SENTENCE_ENDS = re.compile(r"[.!?\n]+(?:\s|$)")
LONGEST = 20_000
_SURE, _VIOLENCE = WordSearch(SURE), WordSearch(VIOLENCE)


def violent_places(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of what may be a threat or a call for violence: the violent words with what shows that they are meant."""
    read = text[:LONGEST]
    if not (_SURE.is_in(read) or _VIOLENCE.is_in(read)):
        return
    shown = FIGURES.sub(lambda match: "\u2022" * len(match[0]), read)
    for match in SURE.finditer(shown):
        yield match.span()
    for match in VIOLENCE.finditer(shown):
        start, end = _sentence(shown, match.start(), match.end())
        before = list(MEANT.finditer(shown, max(start, match.start() - TOGETHER), match.end()))
        after = MEANT.search(shown, match.end(), min(end, match.end() + TOGETHER))
        if before:
            yield before[-1].start(), max(match.end(), before[-1].end())
        elif after:
            yield match.start(), after.end()


def _sentence(text: str, begin: int, end: int) -> tuple[int, int]:
    start = max(
        (match.end() for match in _SENTENCE_ENDS.finditer(text, max(0, begin - 300), begin)), default=0
    )
    after = _SENTENCE_ENDS.search(text, end, end + TOGETHER)
    return start, after.start() if after else len(text)
