"""The words that suggest a threat or one of the policy's categories: patterns for a person to judge, no verdict."""

from __future__ import annotations

from casework.forwards.blocks import lines

FRAGMENTS = {
    "will": r"i'?ll|i will|i'?m (?:gonna|going to)|gonna|going to|we'?ll|we will|we'?re (?:gonna|going to)"
    r"|he'?ll|she'?ll|they'?ll|want to|wanna|should",
    "harm": r"kill|stab|shoot|murder|strangle|batter|smash|punch|slap|beat|hurt|burn|knife|break|do|get|sort|lamp"
    r"|deck|chin|bury|hang|cut|attack|bash|kick|rip|knock|finish|drag|choke|slit|rape|lynch|behead|execute",
    "deadly": r"kill|stab|shoot|murder|strangle|lynch|behead|hang|rape",
    "someone": r"you|her|him|them|that|ur|your|his|their|it down|this|teacher|up|out|in",
    "body": r"face|head|teeth|legs?|skull|jaw|neck|windows?|door|throat|knees?|nose|car|heart|eyes?|arse|ass",
    "whose": r"your|ur|her|his|their|the",
    "hurting": "hit|slapp?|smack|shov|grabb|push|manhandl|restrain|abus|touch|groom|molest|assault|hurt|neglect|lock",
    "any_whose": "my|our|a|the|his|her|their|that",
    "child": "child|son|daughter|kid|boy|girl|little|lad|pupil|children|kids|pupils",
    "few": r"(?:\w+ ){0,2}?",
    "some": r"(?:\w+ ){0,4}?",
}

THREATS = lines(
    r"""
    <will> <few><harm> <few><someone>\b
    <will> (?:find|get|come for|deal with) (?:you|her|him|them)\b
    <deadly> (?:you|her|him|them|the|that|this|those|all|every|ur|your|his)\b
    (?:deserves?|needs?|wants?|ought) (?:to be |to )?a (?:good )?(?:kicking|beating|slap|hiding|smack|punch|bullet)
    (?:deserves?|needs?|wants?|ought) (?:to be |to )?<deadly>\w*
    (?:deserves?|needs?|ought) (?:to be |to )?(?:shot|hung|beat\w*|punched|slapped|burn\w*|battered|dead|die|hurt)\b
    watch (?:your|ur|her|his|their) back\b
    (?:you|she|he|they)(?:'re|'s| are| is|r)? (?:a )?(?:dead (?:man|woman|meat)|dead|gonna die|going to die)\b
    (?:you|she|he|they)(?:'re|'s| are| is|r)? (?:finished|getting (?:battered|beaten|stabbed|shot|hurt|done in))\b
    (?:i|we)(?:'ll| will)? (?:be )?(?:waiting|wait|coming|come|see)\b[^.!?\n]{0,40}\bfor (?:you|her|him|them)\b
    (?:i|we)(?:'ll| will)? (?:be )?(?:waiting|wait|coming)\b[^.!?\n]{0,40}\b(?:outside|after school|at the gates?)\b
    com(?:e|ing) (?:to|round|over to) (?:your|her|his) (?:house|home|door)\b
    (?:know|found out) where (?:you|she|he|they|u) lives?\b
    (?:burn|blow|torch|bomb)\w* <few>(?:down|up|school|house|place|car)\b
    put <someone> (?:in (?:hospital|the ground|a (?:grave|coffin|box|wheelchair)|intensive care)|six feet)
    put <someone> through (?:a|the) (?:wall|window)
    (?:smash|kick|bash|punch|break|cave|stamp|rip|knock|slit|cut)\w* <few><whose> (?:\w+ )?<body>\b
    (?:hope|pray|wish) <some>(?:dies?|gets? (?:cancer|hit by|run over|raped|shot|stabbed|killed|murdered))\b
    (?:hope|pray|wish) <some>(?:gets? what'?s coming|is dead|are dead|rots?|burns?)\b
    (?:someone|somebody|anyone|people) (?:should|needs? to|ought to|must|please|will) (?:\w+ )?<harm>\w*\b
    go (?:and )?(?:kill yourself|die|hang yourself|jump off)\b|kys\b|kill (?:yourself|yourselves|urself)\b
    swing(?:ing)? for (?:her|him|you|them)\b|ending (?:you|her|him|them)\b|bullet (?:in|through|with)\b
    bring(?:ing)? (?:a|my|the) (?:knife|gun|bat|blade|machete|hammer)\b
    (?:gas|exterminate|slaughter|execute|shoot|wipe out|eradicate) (?:them|all|those|these|the|every)\b
    (?:pay|regret it|be sorry)\b[^.!?\n]{0,20}\b(?:blood|life|lives)\b
    you'?ll (?:regret|be sorry|get what)|getting what'?s coming\b|you(?:'re| are) next\b
    mark my words\b[^.!?\n]{0,60}\b(?:hurt|dead|pay)\b
    kn(?:ock|ee)(?:ed|ing)? (?:you|her|him|them) (?:out|in)\b
    (?:beat|batter|smack|punch|slap|hit|belt|clobber) (?:the (?:\w+ )?(?:out of|living)|you|her|him|them)\b
    """
)

FIGURES = lines(
    r"""
    kill(?:s|ed|ing)? (?:me|time|two birds|the (?:mood|vibe|joke|fun|engine|lights?))|kill it at
    (?:could|i'?d|would) (?:have )?(?:kill|murder)(?:ed)? for (?:a|some|another|one)
    murder(?:ed)? (?:a|the) (?:curry|pint|pizza|song|burger)
    die(?:d|ing)? (?:laughing|of (?:laughter|embarrassment|boredom|shame))|dying to (?:see|know|meet|hear)
    dress(?:ed)? to kill|drop[- ]dead gorgeous|break a leg|punch(?:es|ing)? above
    shoot (?:me )?(?:an? )?(?:e-?mail|message|hoops|a film|a video|the breeze)
    smash(?:ed|ing)? (?:it|the (?:exam|test|pancakes?|avocado))
    beat (?:the (?:traffic|queue|clock|rush|heat|odds|eggs)|them (?:at|in|to|by|[0-9])|(?:him|her) (?:at|in|to))
    beat you to it|hit (?:him|her|them|you|me) up|knock (?:yourself|them) (?:out|dead)
    hit the (?:shops?|road|gym|nail|roof|jackpot|town|pub|sack|books)
    (?:see|do|get|cut|sort|find|drag|pick) (?:you|them|her|him|it|that|this) (?:soon|later|tomorrow|sorted|done|out)
    (?:going to|will|'ll|should|want to) (?:get|do|sort|find) (?:that|this|it|the|up|out|in)\b
    """,
)
"""Figures of speech that the patterns above would take at their word; they are struck out first."""

CATEGORIES: dict[str, tuple[str, ...]] = {
    "allegation or cyber-bullying": lines(
        r"""
        <hurting>\w* <any_whose> (?:\w+ )?<child>
        (?:paedo|pedo|paedophile|pedophile|nonce|groomer|child abuser|pervert|perv|kiddy fiddler)s?\b
        (?:is|are|was|were|been|being|gets?|getting|got) (?:\w+ )?(?:bull(?:y|ied|ying)|picked on|trolled|harass\w*)
        cyber[- ]?bull\w*|bull(?:y|ies|ied|ying)\b|pile[- ]on\b|trolling\b
        (?:allegation|accus\w+|alleg\w+) \w*|safeguarding (?:concern|issue|failure)s?\b
        (?:stole|stealing|embezzl\w+|on drugs|drunk (?:at|in)|turned up drunk)\b
        """
    ),
    "complaint in public": lines(
        r"""
        complain\w*|disgrace(?:ful)?|disgusted|appalling|shambles|joke of a|not good enough|fed up with|let down by
        failing (?:our|my|the)|useless|incompetent|shocking|avoid this school|worst school|sick of this school
        move my (?:child|son|daughter|kids)|pulling my (?:child|son|daughter|kids?)|ofsted
        """
    ),
    "defamatory statement": lines(
        r"""
        liar|lies|lying|fraud\w*|corrupt\w*|crook\w*|criminal\w*|thie(?:f|ves)|cover(?:ed|ing)?[- ]up|bribe\w*
        scam\w*|steal\w*|having an affair|sleeping with|alcoholic|drug (?:dealer|addict)|racist|cheat(?:s|ed|ing)?
        falsif\w+
        """
    ),
    "inaccurate or offensive comment": lines(
        r"""
        idiots?|morons?|stupid|thick|bitch(?:es)?|cows?|slags?|slut|twats?|wank\w*|cunts?|dickheads?|pricks?
        bastards?|scum\w*|bellends?|tossers?|fuck\w*|shit\w*|arseholes?|assholes?|dumb\w*|vile|pathetic|clueless
        evil|psycho|witch|hag|fat|ugly|pig|cretins?|muppets?|retard\w*|trash|garbage|hate (?:that|her|him|this)
        making (?:things|it) up|made it up|not true|untrue|false (?:claims?|rumou?rs?|information)|rumou?rs?
        misinformation|inaccurate|offensive|nasty|abusive|horrible|rude
        """
    ),
}
"""By the name that the register's column has; the two others follow from characteristics and threats."""
