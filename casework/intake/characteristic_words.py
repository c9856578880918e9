"""The words that suggest a protected characteristic: patterns for a person to judge, no verdict."""

from __future__ import annotations

from casework.forwards.blocks import lines

CHARACTERISTICS: dict[str, tuple[str, ...]] = {
    "age": lines(
        r"""
        too old|too young|old (?:bat|hag|fart|git|bag|cow|man|woman|people|folk)|boomers?|geriatrics?
        pensioners?|senile|elderly|old age|ageis[mt]|past it|dinosaurs?|the aged|oaps?|codgers?
        millennials?|over the hill
        """
    ),
    "disability": lines(
        r"""
        disab(?:led|ility|ilities)|handicap\w*|wheelchairs?
        blind (?:people|man|woman|child|kids?|person)|deaf|autis(?:m|tic)|adhd|asperger\w*
        down'?s? syndrome|down syndrome|cripple[sd]?|spastics?|spaz\w*|spacker|mong(?:s|ol|oloid)?
        retard(?:s|ed)?|sen(?:d)? (?:kids?|child(?:ren)?|pupils?|parents?)|special needs
        mental(?:ly)? (?:ill(?:ness)?|disabled|retarded|handicapped)|schizo\w*|epilep\w*|dyslexi\w*
        downie|window licker|flid|midgets?|dwar(?:f|fs|ves)|amputees?|paraplegics?|learning difficult\w+
        """
    ),
    "gender reassignment": lines(
        r"""
        trans(?:gender(?:ed|s|ism)?|sexuals?)?
        trans(?:exuals?| (?:people|person|wom[ae]n|m[ae]n|kids?|girls?|boys?|rights|child(?:ren)?|folk|community))?
        trann(?:y|ies)|shemales?|ladyboys?|non[- ]?binary
        gender (?:identity|reassign\w*|dysphoria|fluid)|sex change|pronouns?|troons?|transphob\w+
        she[- ]?males?|cross[- ]?dressers?
        """
    ),
    "marriage or civil partnership": lines(
        r"""
        married (?:to|women|men|people|couples?|teachers?|her|him|mothers?)|unmarried|civil partner\w*
        divorc(?:ed|ee|ees)|(?:her|his|their) (?:wife|husband) (?:is|and)|gay marriage
        same[- ]sex marriage|husband'?s|single mothers?
        """
    ),
    "pregnancy or maternity": lines(
        r"""
        pregnan(?:t|cy|cies)|maternity|expecting (?:a baby|again)|up the duff|breast[- ]?feed\w*
        knocked up|baby bump|working mums?|(?:new|young|teen|teenage) mothers?|on mat leave
        """
    ),
    "race": lines(
        r"""
        rac(?:e|es|ial|ism|ist|ists)
        black(?:s| (?:people|person|wom[ae]n|m[ae]n|kids?|child(?:ren)?|guys?|folks?|girls?|boys?))
        black (?:community|lives|family|families|teachers?)
        white(?:s| (?:people|person|wom[ae]n|m[ae]n|kids?|folks?|trash|race|supremac\w+|girls?|boys?|families))
        asians?|africans?|indians?|pakistani?s?|bangladeshis?|chinese|japanese|koreans?|vietnamese
        polish|poles|romanians?|bulgarians?|albanians?|nigerians?|somalis?|arabs?|mexicans?|latin[oax]s?
        hispanics?|immigrants?|migrants?|refugees?|asylum seekers?|foreigners?|ethnic\w*|bame|roma
        romani|gyps(?:y|ies)|gippos?|travell?ers?|pikey?s?|paki(?:s)?|n[i1*]gg\w+|n-word|coons?|wogs?
        chinks?|ching chong|gooks?|spics?|wetbacks?|beaners?|darkies|half[- ]?caste|mixed[- ]race
        people of colou?r|poc|go back to (?:your|their|where)|blacks?|slavs?|ukrainians?|russians?
        turks?|turkish|irish|scousers?|aborigin\w+|native americans?|indigenous|savages?|kaffirs?
        currymunchers?|nationalit(?:y|ies)|skin colou?r|dark[- ]skinned|coloured (?:people|kids?|person)
        jewish race
        """
    ),
    "religion or belief": lines(
        r"""
        muslims?|islam(?:ic|ist|ists|ophobi[ac])?|muzz?(?:ie|y|rat)s?|mosques?|koran|quran|qur'an|allah
        hijabs?|burkh?as?|niqabs?|headscar(?:f|ves)|jews?|jewish|juda\w+|synagogues?|antisemit\w*
        anti-semit\w*|kikes?|yids?|hindus?|sikhs?|turbans?|buddhis[mt]s?|christian(?:s|ity)?|catholics?
        protestants?|evangelicals?|jehovah'?s?|mormons?|atheis(?:m|t|ts)|religio(?:n|ns|us)
        bible[- ]bash\w*|god[- ]?botherers?|halal|kosher|ramadan|eid|diwali|vegans?|faith school
        ragheads?|towel ?heads?|terrorist religion|sharia|infidels?|goat ?fuckers?|papists?|taigs?
        fenian
        """
    ),
    "sex": lines(
        r"""
        wom[ae]n|females?|girls?|m[ae]n|males?|boys?|sexis[mt]|misogyn\w*|misandr\w*|feminis[mt]s?
        feminazis?|gender|bitch(?:es)?|slags?|sluts?|whores?|tarts?|cunts?|hags?|hoes?|thots?|skanks?
        bimbos?|typical (?:woman|man|bloke|female|male)|make me a sandwich|in the kitchen
        time of the month|on her period|housewife|housewives|lad(?:y|ies)|blokes?|femoids?|roasties?
        simps?|mothers?
        """
    ),
    "sexual orientation": lines(
        r"""
        gays?|lesb(?:o|os|ian|ians|ianism)|bisexuals?|homosexual\w*|homophob\w*|queers?|lgbt\w*
        fag(?:s|got|gots|gy)?|dykes?|poof(?:s|ters?|y)?|bummers?|batty ?(?:boy|man)|same[- ]sex
        sexual orientation|sexuality|homos?|bent as|pride (?:flag|month|parade)|rainbow (?:flag|lanyard)
        sodomit\w+|sodomy|rug munchers?|two (?:mums|dads)
        """
    ),
}
"""By the name that the register's column has (Equality Act 2010, section 4)."""

ORDINARY = lines(
    r"""
    (?:girls?|boys?|ladies|men|women)(?:'s|s')? (?:toilets?|football|team|uniform|changing rooms?|pe|choir|shoes)\b
    (?:sports|school) (?:men|women)\b
    race (?:day|night|for life|track|results?)\b|(?:egg and spoon|sack|relay) race\b
    black(?:board|out|pool|berry)\b|white(?:board| paper)\b
    old (?:school|house|photo|post|site|building)\b
    boys? and girls?\b|girls? and boys?\b
    (?:my|our|the|a|her|his|little|your|their|that|some|lovely) (?:\w+ )?<child>\b(?! <judged>)
    (?:my|our|her|his|your|lovely) (?:\w+ )?<grown_up>\b(?! <judged>)
    """
)
"""Everyday words of a school that name no protected group; they are struck out first."""

ORDINARY_FRAGMENTS = {
    "child": r"girls?|boys?|mothers?|lad(?:y|ies)",
    "grown_up": r"wom[ae]n|m[ae]n|blokes?",
    "judged": "belong|should|can'?t|are all",
}
