"""Outlook's bare header in the languages of Europe: no separator helps, only the labels."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from datetime import datetime

import pytest

from casework.forwards import find_forwards

BODY = "She wrote this about Year 2.\n\nPlease look."
ROSA = ("Rosa Vale", "rosa@tillbrook.example")

LANGUAGES = {
    "de": ("WG", "Von|Gesendet|An|Cc|Betreff", "Montag, 25. Oktober 2021 11:17"),
    "fr": ("TR", "De |Envoyé |À |Cc |Objet ", "lundi 25 octobre 2021 11:17"),
    "nl": ("FW", "Van|Verzonden|Aan|CC|Onderwerp", "maandag 25 oktober 2021 11:17"),
    "it": ("I", "Da|Inviato|A|Cc|Oggetto", "lunedì 25 ottobre 2021 11:17"),
    "es": ("RV", "De|Enviado el|Para|CC|Asunto", "lunes, 25 de octubre de 2021 11:17"),
    "pt": ("ENC", "De|Enviado|Para|Cc|Assunto", "segunda-feira, 25 de outubro de 2021 11:17"),
    "ca": ("RV", "De|Enviat el|Per a|A/c|Assumpte", "dilluns, 25 d’octubre de 2021 11:17"),
    "ro": ("FW", "De la|Trimis|Către|Cc|Subiect", "luni, 25 octombrie 2021 11:17"),
    "da": ("VS", "Fra|Sendt|Til|Cc|Emne", "25. oktober 2021 11:17"),
    "no": ("VS", "Fra|Sendt|Til|Kopi|Emne", "mandag 25. oktober 2021 11:17"),
    "sv": ("VB", "Från|Skickat|Till|Kopia|Ämne", "den 25 oktober 2021 11:17"),
    "fi": ("VL", "Lähettäjä|Lähetetty|Vastaanottaja|Kopio|Aihe", "maanantai 25. lokakuuta 2021 11.17"),
    "et": ("FW", "Saatja|Saadetud|Adressaat|Koopia|Teema", "esmaspäev, 25. oktoober 2021 11:17"),
    "lv": ("FW", "No|Nosūtīts|Kam|Kopija|Tēma", "pirmdiena, 2021. gada 25. oktobris 11:17"),
    "lt": ("FW", "Nuo|Išsiųsta|Kam|Kopija|Tema", "2021 m. spalio 25 d., pirmadienis 11:17"),
    "pl": ("PD", "Od|Wysłano|Do|DW|Temat", "poniedziałek, 25 października 2021 11:17"),
    "cs": ("FW", "Od|Odesláno|Komu|Kopie|Předmět", "pondělí 25. října 2021 11:17"),
    "sk": ("FW", "Od|Odoslané|Komu|Kópia|Predmet", "pondelok 25. októbra 2021 11:17"),
    "hu": ("FW", "Feladó|Elküldve|Címzett|Másolatot kap|Tárgy", "2021. október 25., hétfő 11:17"),
    "hr": ("FW", "Šalje|Poslano|Prima|Cc|Predmet", "25. listopada 2021. 11:17"),
    "sl": ("FW", "Od|Poslano|Za|Kp|Zadeva", "ponedeljek, 25. oktober 2021 11:17"),
    "bg": ("FW", "От|Изпратено|До|Копие|Относно", "понеделник, 25 октомври 2021 г. 11:17"),
    "ru": ("FW", "От|Отправлено|Кому|Копия|Тема", "понедельник, 25 октября 2021 г. 11:17"),
    "uk": ("FW", "Від|Надіслано|Кому|Копія|Тема", "понеділок, 25 жовтня 2021 р. 11:17"),
    "el": ("ΠΡΘ", "Από|Στάλθηκε|Προς|Κοιν.|Θέμα", "Δευτέρα, 25 Οκτωβρίου 2021 11:17 πμ"),
    "tr": ("İLT", "Kimden|Gönderildi|Kime|Bilgi|Konu", "25 Ekim 2021 Pazartesi 11:17"),
    "cy": ("YML", "Oddi wrth|Anfonwyd|At|Copi|Pwnc", "25 Hydref 2021 11:17"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_outlook_of_every_country_is_read_without_a_separator(language: str) -> None:
    prefix, labels, day = LANGUAGES[language]
    values = [
        "Rosa Vale <rosa@tillbrook.example>",
        day,
        "Ann Quill <ann@example.org>",
        "bo@example.net",
        "Harvest",
    ]
    header = "\n".join(f"{label}: {value}" for label, value in zip(labels.split("|"), values, strict=True))
    (forward,) = find_forwards(f"FYI\n\n{header}\n\n{BODY}", subject=f"{prefix}: Harvest")
    assert (forward.from_name, forward.from_address) == ROSA
    assert forward.date == datetime(2021, 10, 25, 11, 17)  # noqa: DTZ001 - the header gives no zone
    assert ([p.address for p in forward.to], [p.address for p in forward.cc]) == (
        ["ann@example.org"],
        ["bo@example.net"],
    )
    assert (forward.subject, forward.body, forward.above) == ("Harvest", BODY, "FYI")
