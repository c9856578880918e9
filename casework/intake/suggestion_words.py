"""The words that suggest a threat or one of the policy's categories: patterns for a person to judge, no verdict."""

# ruff: noqa: E501 - a pattern stands whole on its line

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
    "|exterminated|eradicated|wiped (?:out|off)|slaughtered|strangled|raped|tortured|punched|slapped|whipped"
    "|smacked"
    "|put down|bashed|drowned|beheaded|castrated|sterilised|sterilized|dead|knifed|crushed|annihilated|smashed",
    "meet": "see|find|catch|meet|get hold of",
    "violent_end": r"\b(?:ran|runs?|running|run) (?:\w+ ){0,3}?(?:over|down)\b|\b(?:stab|shot|shoot|kill|murder|batter|beat|hurt|punch|slap|smack|drown"
    r"|burn|hang|hung|thump|deck|knif|strangl|hit by|chin|lamp|floor)\w*|\b(?:dead|died|dies|die|drop(?:s|ped)?"
    r" dead|a (?:good )?(?:slap|smack"
    r"|kicking|beating|hiding|thump|punch)|cancer|six feet under|under a bus|off a cliff|in a ditch|strung up)\b",
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
    gets? what (?:you|she|he|they)(?:'ve| have| has|'s)? (?:got )?(?:deserves?|coming|asked for)
    (?:can'?t|cannot) wait (?:to|till|until) (?:\w+ ){0,3}?(?:<deadly>|<harm>|dies?|dead|suffers?|burns?|bleeds?)\w*
    (?:want|love|like|need|going|time) to (?:see|watch) <some>(?:dead|die|suffer|burn|bleed|hang|beg)\b
    (?:better|best) (?:run|hide|watch (?:out|your|it)|be careful|start running|sleep with one eye open)
    (?:if|when|next time|wait till) (?:i|we) (?:ever )?<meet> (?:\w+ ){0,4}?(?:i|we)(?:'ll| will|'m| am)
    (?:do something|take action|stand up|rise up|fight back) (?:about|against) (?:\w+ ){0,4}?before it'?s too late
    (?:hunt|string|round|cut|beat|bash|blow|gun|mow|chop) (?:\w+ ){0,3}?(?:down|up) (?:like|with|one by one|all)\b
    (?:hunt|string|mow|gun) (?:you|her|him|them|all|these|those|every) (?:\w+ ){0,3}?(?:down|up)\b
    watch (?:your|ur|her|his|their) back\b
    (?:you|she|he|they)(?:'re|'s| are| is|r)? (?:a )?(?:dead (?:man|woman|meat)|dead|gonna die|going to die)\b
    (?:you|she|he|they)(?:'re|'s| are| is|r)? (?:finished(?! (?:as|with|at|in|for|by)\b)|getting (?:battered|beaten|stabbed|shot|hurt|done in))\b
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
    won'?t be (?:held )?responsible for (?:my|what)\b
    (?:better|best) watch (?:herself|himself|yourself|themselves)\b
    (?:have|get|gets|getting) <whose> (?:head|face|teeth) (?:kicked|smashed|punched|stamped|caved|knocked)\b
    wait (?:till|until|til) (?:i|we) (?:see|get|catch) (?:you|her|him|them) (?:at the gates?|outside|alone)\b
    (?:end|ends|ending|finish|finishes|wake|wakes) up in (?:a&e|casualty|hospital|a (?:box|coffin|grave|wheelchair|ditch|skip|body ?bag)|intensive care|the (?:ground|canal|river|morgue))
    (?:put|putting|lay|laying|drop|dropping|stretch|knock|knocking) (?:\w+ ){1,3}?(?:on (?:the (?:floor|deck)\b(?! (?:to|and|for|with|in))|(?:her|his|their|your) (?:back|arse))|to sleep|out cold|down the stairs|under a bus)
    (?:brick|bottle|petrol|match|rock|firework) <few>(?:through|at|into) <whose> (?:\w+ )?(?:windows?|windscreen|letter ?box|door|house|car|head)
    (?:bat|bullet|knife|brick|fist|hammer|blade|shank)\w* with <few>(?:name|names) on\b|petrol bomb\w*
    (?:do|doing|done) (?:time|life|a stretch) for <someone>|(?:do|doing) (?:time|life) for \w+
    (?:go|going|goes) (?:to (?:prison|jail)|down|inside) for (?:her|him|them|you|this|it|\w+ing)\b
    (?:next time|if|when|once|wait till|wait until) (?:i|we|my (?:husband|brother|boyfriend|fella|mates)) (?:\w+ )?(?:see|sees|catch|catches|meet|find|finds|get|gets)\b[^.!?\n]{0,40}\b(?:swing\w*|lamp\w*|deck\w*|fists?|drop (?:her|him|them)|knock\w*|floor (?:her|him|them)|dead|sorry|teeth|blood)\b
    (?:get|getting|got|lay|laying) (?:my|our) hands (?:on|round|around) (?!the (?:book|form|list|ticket)|a |an |some |it\b|tickets|one)
    (?:rip|wipe|slap|smack|knock|punch|kick) (?:that|the|your|her|his) (?:\w+ )?(?:smile|smirk|grin|look|teeth|head|block|face)\b
    (?:is|are|'s|'re|will be|someone'?s|somebody'?s) (?:gonna|going to) (?:get|be) (?:hurt|killed|battered|stabbed|shot|beaten|smashed|done|a brick|a bullet|a smack|a slap|a kicking|a beating|a knife)\b(?! (?:on|in|by|crossing) (?:the|that|this|those|there))
    hunt(?:ing)? (?:\w+ ){1,3}?down\b
    burn (?:you|them|her|him|the lot|it all)(?: \w+)? (?:out|alive|to the ground)
    (?:smash|thump|stone|clout|nut|chin|glass|welly|clock|belt|whack|lump|brain|floor|drop) (?:you|her|him|them)(?: one| up| senseless| out)?\b(?! (?:off|in|a|an|with|at|to|by|and|on) )
    (?:coming|come) for (?:you|them|him|her)\b(?! (?:at|after|before|when|on|from|in|this|tomorrow|if|between|around|about|later|early|straight|today|by)\b)
    (?:someone|somebody|anyone) (?:please )?(?:slap|punch|smack|hit|deck|thump|stab|shoot) (?:you|them|him|her)\b
    (?:you|she|he|they|them) (?:better|had better|best) not (?:show|come|turn|set|dare)
    (?:you|she|he|they|them) gets? it\b
    (?:public service|favour|kindness) to (?:kill|break|shoot|slap|punch|hurt|stab|drown|finish|end)
    (?:lovely|nice|great|brilliant|shame not|good) if (?:you|she|he|they|them|her|him) (?:fell|dropped|got|was|were|died|walked|choked)\b
    round <few>(?:up|them up)\b[^.!?\n]{0,40}\b(?:shoot|gas|drown|burn|hang|kill|bullet|gun)\w*
    (?:shoot|gas|drown|burn|hang|kill|stab|bomb|nuke|gun) the (?:lot|whole lot|entire lot)\b
    (?:put|stood|lined|stand|line|shoved|be put)(?: them| her| him| up| all)* (?:up )?against (?:a|the) wall
    (?:would ?n'?t|would not|wont|won'?t|not gonna|not going to) (?:be (?:a bad thing|the worst thing|sad|sorry|upset|surprised|bothered|complaining)|lose (?:any )?sleep|cry|shed a tear|mind|care|blame|stop|grieve|miss|hurt)\b[^.!?\n]{0,60}<violent_end>
    (?:no one|nobody|who|anyone|would anyone|would anybody)(?:'d| would| will| is going to)? (?:really )?(?:miss|cry|care|mourn|notice|complain|shed a tear|blame)\b[^.!?\n]{0,60}<violent_end>
    (?:world|school|country|village|town|place|planet|earth|kids|children|community)(?:'d| would| will) be (?:\w+ )?(?:better|safer|nicer|cleaner)(?: off| place)*\b[^.!?\n]{0,50}\b(?:dead|died|dropped dead|killed|buried|six feet|wiped out|exterminated|gassed|shot|drowned|put down)\b
    (?:about|high|past|long overdue) (?:bloody |damn |fucking )?time (?:that )?(?:some(?:one|body)|we|they|a dad|a parent|people)\b[^.!?\n]{0,40}<violent_end>
    (?:about|high) time <some>(?:got|was|were|had) (?:a (?:slap|smack|kicking|beating|hiding|punch|thump)|<harmed>)
    (?:should|would|'d|ought to|must|need to|needs to|deserves? to|wants) (?:have been|be|being|have|get)? ?(?:all )?(?:strung up|hung|horsewhipped|flogged|birched|tarred and feathered|run over|run down|lined up|put down|put against|knocked out|thrown off|thrown under|drowned|shot at dawn|taken outside|taken out and|taught a (?:painful|hard))\b
    (?:who ?ever|anyone who|anybody who|the first (?:one|person|man|dad|parent) (?:who|to)|someone who|any dad who|first to) <some>(?:smacks?|slaps?|punch(?:es)?|hits?|stabs?|shoots?|kills?|decks?|lamps?|batters?|floors?|drops?|runs? (?:her|him|them|\w+) over|hurts?|knocks?)\b[^.!?\n]{0,60}\b(?:pint|medal|beer|drink|tenner|reward|hero|hand|fiver|statue|round|prize)\b
    (?:medal|pint|beer|drink|reward|tenner|fiver|statue) (?:for|to) (?:who ?ever|the (?:man|person|parent|dad|one|first)|anyone|any)\b[^.!?\n]{0,40}<violent_end>
    (?:give|gave|gives|giving|given|gets?|got|needs?|wants?|deserves?|due|earned|owed) (?:\w+ ){0,3}?a (?:good |proper |bloody |right |massive |big )*(?:slap|smack|kicking|beating|hiding|thump|punch|battering|clip|pasting|hammering|leathering|thrashing|whipping|bullet|noose)\b
    bring back (?:the )?(?:hanging|noose|rope|death penalty|firing squad|cane|gas chambers?|stocks)\b
    (?:noose|rope|firing squad|lamp ?post|gallows) for\b|hang(?:ing)? from (?:a|the) (?:lamp ?posts?|trees?)
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
    (?:i|we)(?:'ll| will|'m| am)? (?:be )?(?:come|coming|waiting|wait|see) for (?:you|her|him|them) (?:after (?:club|lunch|practice|choir)|at (?:half|quarter|\d|one|two|three|four)|from (?:club|school)|to (?:pick|collect))
    (?:i|we)(?:'ll| will)? be waiting for (?:you|her|him|them) (?:on \w+ )?(?:at (?:pick|recep)|in (?:recep|the))\w*
    hit (?:him|her|them) where it hurts|(?:should|must|ought to) hang (?:her|his|their) heads?
    hit (?:delete|send|reply|refresh)
    (?:someone|somebody|anyone) (?:should|must|needs? to) hit (?:delete|send|reply|refresh)
    (?:he|she|it)'?s a dead (?:loss|end|duck|weight)
    knock (?:it|that|this) on the head|dress(?:ed)? to kill|drop[- ]dead gorgeous|break a leg|punch(?:es|ing)? above
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
