"""The days of the week as mail programs write them: they settle which of two readings of a date is meant."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

_STEMS = {
    "en": "monday/mon tuesday/tues/tue wednesday/wed thursday/thurs/thur/thu friday/fri saturday/sat sunday/sun",
    "de": "montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr samstag/sonnabend/sa sonntag/so",
    "fr": "lundi/lun mardi/mar mercredi/mer jeudi/jeu vendredi/ven samedi/sam dimanche/dim",
    "nl": "maandag/ma dinsdag/di woensdag/wo donderdag/do vrijdag/vr zaterdag/za zondag/zo",
    "it": "lunedi/lun martedi/mar mercoledi/mer giovedi/gio venerdi/ven sabato/sab domenica/dom",
    "es": "lunes/lun martes/mar miercoles/mie jueves/jue viernes/vie sabado/sab domingo/dom",
    "pt": "segunda/seg terca/ter quarta/qua quinta/qui sexta/sex sabado/sab domingo/dom",
    "ca": "dilluns/dl dimarts/dt dimecres/dc dijous/dj divendres/dv dissabte/ds diumenge/dg",
    "da": "mandag/man tirsdag/tir onsdag/ons torsdag/tor fredag/fre lørdag/lør søndag/søn",
    "no": "mandag/man tirsdag/tir onsdag/ons torsdag/tor fredag/fre lørdag/lør søndag/søn",
    "sv": "mandag/man tisdag/tis onsdag/ons torsdag/tors fredag/fre lordag/lor sondag/son",
    "fi": "maanantai/ma tiistai/ti keskiviik/ke torstai/to perjantai/pe lauantai/la sunnuntai/su",
    "et": "esmaspaev/e teisipaev/t kolmapaev/k neljapaev/n reede/r laupaev/l puhapaev/p",
    "lv": "pirmdien/pirmd otrdien/otrd tresdien/tresd ceturtdien/ceturtd piektdien/piektd sestdien/sestd svetdien/svetd",
    "lt": "pirmadien/pr antradien/an treciadien/tr ketvirtadien/kt penktadien/pn sestadien/st sekmadien/sk",
    "pl": "poniedziałek/pon wtorek/wt sroda/sr czwartek/czw piatek/pt sobota/sob niedziela/niedz/nd",
    "cs": "pondeli/po utery/ut streda/st ctvrtek/ct patek/pa sobota/so nedele/ne",
    "sk": "pondelok/po utorok/ut streda/st stvrtok/st piatok/pi sobota/so nedela/ne",
    "hu": "hetfo/h kedd/k szerda/sze csutortok/cs pentek/p szombat/szo vasarnap/v",
    "ro": "luni/lun marti/mar miercuri/mie joi vineri/vin sambata/sam duminica/dum",
    "hr": "ponedjelj/pon utorak/uto srijed/sri cetvrt/cet petak/pet subot/sub nedjelj/ned",
    "sl": "ponedeljek/pon torek/tor sreda/sre cetrtek/cet petek/pet sobota/sob nedelja/ned",
    "sr": "ponedelj/pon/понедељ/пон utor/uto/утор/уто sred/sre/среда/сре cetvrt/cet/четврт/чет petak/pet/петак/пет "
    "subot/sub/субот/суб nedelj/ned/недељ/нед",
    "bg": "понеделник/пн вторник/вт сряда/ср четвъртък/чт петък/пт събота/сб неделя/нд",
    "ru": "понедельник/пн вторник/вт сред/ср четверг/чт пятниц/пт суббот/сб воскресенье/вс",
    "uk": "понеділ/пн вівтор/вт серед/ср четвер/чт п'ятниц/пт субот/сб неділ/нд",
    "el": "δευτερα/δευ τριτη/τρι τεταρτη/τετ πεμπτη/πεμ παρασκευη/παρ σαββατο/σαβ κυριακη/κυρ",
    "tr": "pazartesi/pzt salı/sal carsamba/car persembe/per cuma/cum cumartesi/cmt pazar/paz",
    "cy": "llun mawrth mercher/mer iau gwener/gwen sadwrn/sad sul",
}
"""By language, Monday first, alternatives parted by "/", without accents; short forms must match whole."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SHORTEST_STEM = 5


def weekdays_in(text: str) -> dict[str, frozenset[int]]:
    """By language, the days of the week (Monday is 0) that words of the text may be."""
    found: dict[str, set[int]] = {}
    for word in _WORD.findall(text):
        for code, day in _days_named(_plain(word.replace("’", "'"))):
            found.setdefault(code, set()).add(day)
    return {code: frozenset(days) for code, days in found.items()}


def agrees(day: date, named: frozenset[int] | None) -> bool:
    """True where no day of the week is named, or that one."""
    return not named or day.weekday() in named


@cache
def _days_named(word: str) -> tuple[tuple[str, int], ...]:
    return tuple(
        (code, day)
        for code, day, stem in _stems()
        if word == stem or (len(stem) >= SHORTEST_STEM and word.startswith(stem))
    )


@cache
def _stems() -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (code, day, stem)
        for code, block in _STEMS.items()
        for day, stems in enumerate(block.split())
        for stem in stems.split("/")
    )


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
