"""The words that suggest a threat or one of the policy's categories: patterns for a person to judge, no verdict."""

from __future__ import annotations

from casework.forwards.blocks import lines

FRAGMENTS = {
    "will": r"i'?ll|i will|i'?m (?:gonna|going to)|gonna|going to|we'?ll|we will|we'?re (?:gonna|going to)"
    r"|he'?ll|she'?ll|they'?ll|want to|wanna|should",
    "harm": r"kill|stab|shoot|murder|strangle|batter|smash|punch|slap|beat|hurt|burn|knife|chin|bury|attack|bash"
    r"|kick|rip|choke|slit|rape|lynch|behead|execute|exterminate|torture|destroy|crush|smack|whip|throttle|hit",
    "weak_harm": r"do|get|sort|break|deck|cut|drag|knock|finish|lamp|find|end|come for|deal with",
    "harmless": r"to|the|a|an|into|back|for|on|some|help|out|moved|sorted|done|in touch|know|their|his|her|another",
    "deadly": r"kill|stab|shoot|murder|strangle|lynch|behead|hang|rape",
    "someone": r"you|her|him|them|that|ur|your|his|their|it down|this|teacher|every|all|these|those|any",
    "body": r"face|head|teeth|legs?|skull|jaw|neck|windows?|door|throat|knees?|nose|car|heart|eyes?|arse|ass",
    "whose": r"your|ur|her|his|their|the",
    "hurting": "hit|slapp?|smack|shov|grabb|push|manhandl|restrain|abus|touch|groom|molest|assault|hurt|neglect|lock",
    "any_whose": "my|our|a|the|his|her|their|that",
    "their_child": "child|son|daughter|kid|boy|girl|little|lad|pupil|children|kids|pupils",
    "wipe_out": "gas|exterminate|slaughter|execute|wipe out|eradicate|annihilate|massacre|get rid of all|lynch|purge",
    "must": "should(?:n't)?|must|needs? to|wants? to|have to|has to|ought to|deserves? to|gotta|got to|going to|gonna"
    "|will|'ll|time to|hope (?:you|she|he|they)",
    "harmed": "killed|shot|stabbed|murdered|hanged|hung|beaten(?: up)?|battered|burn(?:ed|t)|gassed|executed|lynched"
    "|exterminated|eradicated|wiped (?:out|off)|slaughtered|strangled|raped|tortured|punched|slapped|whipped|smacked"
    "|put down|bashed|drowned|beheaded|castrated|sterilised|sterilized|dead|knifed|crushed|annihilated|smashed",
    "meet": "see|find|catch|meet|get hold of",
    "few": r"(?:\w+ ){0,2}?",
    "some": r"(?:\w+ ){0,4}?",
}

THREATS = lines(
    r"""
    <will> <few><harm> <few><someone>\b
    <will> <weak_harm> (?:you|him|them)\b(?! <harmless>\b)
    <will> <weak_harm> her(?=\s*(?:$|[.,!?])|\s+(?:in|over|so|one|next|after)\b)
    <deadly> (?:you|her|him|them|the|that|this|these|those|all|every|some|any|as many|ur|your|his)\b
    (?:deserves?|needs?|wants?) a (?:good )?(?:kicking|beating|slap|hiding|smack|punch|bullet|hammering)
    <must> (?:all |just |really |simply )*(?:be |get )(?:\w+ly )?<harmed>\b
    <must> (?:all |just |really )*(?:die|hang(?! out| up| on| around| the| their)|burn in|bleed|suffer|rot)\b
    deserves? to (?:be |get )hurt\b
    (?:deserves? death|death (?:to|penalty for)|get (?:rid of|what) (?:you|she|he|they) deserves?)
    (?:get|gets|got) what (?:you|she|he|they)(?:'ve| have| has|'s)? (?:got )?(?:deserves?|coming|asked for)
    (?:can'?t|cannot) wait (?:to|till|until) (?:\w+ ){0,3}?(?:<deadly>|<harm>|dies?|dead|suffers?|burns?|bleeds?)\w*
    (?:want|love|like|need|going|time) to (?:see|watch) <some>(?:dead|die|suffer|burn|bleed|hang|beg)\b
    (?:better|best) (?:run|hide|watch (?:out|your|it)|be careful|start running|sleep with one eye open)
    (?:if|when|next time|wait till) (?:i|we) (?:ever )?<meet> (?:\w+ ){0,4}?(?:i|we)(?:'ll| will|'m| am)
    (?:do something|take action|stand up|rise up|fight back) (?:about|against) (?:\w+ ){0,4}?before it'?s too late
    (?:hunt|string|round|cut|beat|bash|blow|gun|mow|chop) (?:\w+ ){0,3}?(?:down|up) (?:like|with|one by one|all)\b
    (?:hunt|string|mow|gun) (?:you|her|him|them|all|these|those|every) (?:\w+ ){0,3}?(?:down|up)\b
    watch (?:your|ur|her|his|their) back\b
    (?:you|she|he|they)(?:'re|'s| are| is|r)? (?:a )?(?:dead (?:man|woman|meat)|dead|gonna die|going to die)\b
    (?:you|she|he|they)(?:'re|'s| are| is|r)? (?:finished|getting (?:battered|beaten|stabbed|shot|hurt|done in))\b
    (?:i|we)(?:'ll| will)? (?:be )?(?:waiting|wait|coming|come|see)\b[^.!?\n]{0,40}\bfor (?:you|her|him|them)\b
    (?:i|we)(?:'ll| will)? (?:be )?(?:waiting|wait|coming)\b[^.!?\n]{0,40}\b(?:outside|after school|at the gates?)\b
    (?:some(?:one|body)|s?he|they)\b[^.!?\n]{0,20}\bwait\w* for (?:you|her|him|them) (?:in the car ?park|by <whose> car)\b
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
    <wipe_out> (?:them|all|those|these|the|every|this|that|you|her|him|\w+s)\b
    (?:pay|regret it|be sorry)\b[^.!?\n]{0,20}\b(?:blood|life|lives)\b
    you'?ll (?:regret|be sorry|get what)|getting what'?s coming\b|you(?:'re| are) next\b
    mark my words\b[^.!?\n]{0,60}\b(?:hurt|dead|pay)\b
    <will> <few>(?:stab|shoot|murder|strangle|rape|behead|lynch) (?:an?|another|one) (?!few|video|film|clip|photo|e-?mail)
    mak(?:e|ing) <some>(?:suffer|bleed|beg for|scream)\b|(?:snap|cut|slit|break|wring) <some>(?:necks?|throats?)\b
    <will> (?:end <some>(?:life|lives)|put an end to (?:all|you|her|him|them|these|those)|keep attacking <someone>)\b
    get rid of (?:\w+ ){1,3}?(?:once and for all|for good)\b
    (?:she|he|woman|man|teacher|bloke) (?:really )?(?:wants|needs) (?:sorting out|sorting|putting down|a lesson)\b
    (?:teach|learn) (?:you|her|him|them) a lesson\b|get(?:ting)? what'?s coming to (?:you|her|him|them)\b
    won'?t be (?:held )?responsible for (?:my|what)\b|(?:better|best) watch (?:herself|himself|yourself|themselves)\b
    (?:have|get|gets|getting) <whose> (?:head|face|teeth) (?:kicked|smashed|punched|stamped|caved|knocked)\b
    wait (?:till|until|til) (?:i|we) (?:see|get|catch) (?:you|her|him|them) (?:at the gates?|outside|alone)\b
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
    (?:i|we)(?:'ll| will)? be waiting for (?:you|her|him|them) (?:on \w+ )?(?:at (?:pick|recep)|in (?:recep|the))\w*
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
        <hurting>\w* <any_whose> (?:\w+ )?<their_child>
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
