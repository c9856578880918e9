"""Forwards of one and the same mail as every program prints them in every language: the words, and the shapes."""

# ruff: noqa: RUF001, E501 - the letters of other alphabets are meant, and lines stand as programs write them

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SENDER = "Rosa Vale <rosa@tillbrook.example>"
TO = "Ann Quill <ann@example.org>"
CC = "Bo Lund <bo@example.net>; clerk@tillbrook.example"
SUBJECT = "Harvest festival: who comes?"
BODY = "She wrote this about Year 2: see the page.\n\nPlease look at it today."


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What one language calls things: labels in the order From, Sent, Date, To, Cc, Subject."""

    prefix: str
    sender: str
    sent: str
    date: str
    to: str
    cc: str
    subject: str
    begin: str
    forwarded: str
    wrote: str
    day: str


def _words(block: str) -> dict[str, Words]:
    table = {}
    for line in block.strip().splitlines():
        code, prefix, labels, begin, forwarded, wrote, day = (part.strip() for part in line.split(" | "))
        sender, sent, date, to, cc, subject = labels.split(";")
        table[code] = Words(
            prefix=prefix, sender=sender, sent=sent, date=date, to=to, cc=cc, subject=subject,
            begin=begin, forwarded=forwarded, wrote=wrote, day=day,
        )  # fmt: skip
    return table


LANGUAGES = _words(
    """
    en | FW | From;Sent;Date;To;Cc;Subject | Begin forwarded message | Forwarded Message | On DAY, WHO wrote: | Monday, 25 October 2021 at 11:17
    de | WG | Von;Gesendet;Datum;An;Kopie;Betreff | Anfang der weitergeleiteten Nachricht | Weitergeleitete Nachricht | Am DAY schrieb WHO: | Montag, 25. Oktober 2021 um 11:17
    fr | TR | De;Envoyé;Date;À;Cc;Objet | Début du message réexpédié | Message transféré | Le DAY, WHO a écrit : | lundi 25 octobre 2021 à 11:17
    nl | FW | Van;Verzonden;Datum;Aan;CC;Onderwerp | Begin doorgestuurd bericht | Doorgestuurd bericht | Op DAY heeft WHO geschreven: | maandag 25 oktober 2021 om 11:17
    it | I | Da;Inviato;Data;A;Cc;Oggetto | Inizio messaggio inoltrato | Messaggio inoltrato | Il giorno DAY WHO ha scritto: | lunedì 25 ottobre 2021 alle 11:17
    es | RV | De;Enviado;Fecha;Para;CC;Asunto | Inicio del mensaje reenviado | Mensaje reenviado | El DAY, WHO escribió: | lunes, 25 de octubre de 2021, 11:17
    pt | FW | De;Enviado;Data;Para;Cc;Assunto | Início da mensagem reencaminhada | Mensagem reencaminhada | Em DAY, WHO escreveu: | segunda-feira, 25 de outubro de 2021 às 11:17
    pt-br | ENC | De;Enviada em;Data;Para;Cc;Assunto | Início da mensagem encaminhada | Mensagem encaminhada | Em DAY, WHO escreveu: | segunda-feira, 25 de outubro de 2021 11:17
    ca | RV | De;Enviat;Data;Per a;A/c;Assumpte | Inici del missatge reenviat | Missatge reenviat | El DAY, WHO va escriure: | dilluns, 25 d’octubre de 2021 11:17
    da | VS | Fra;Sendt;Dato;Til;Cc;Emne | Start på videresendt besked | Videresendt meddelelse | Den DAY skrev WHO: | mandag den 25. oktober 2021 kl. 11.17
    no | VS | Fra;Sendt;Dato;Til;Kopi;Emne | Videresendt melding | Videresendt melding | WHO skrev følgende den DAY: | mandag 25. oktober 2021 kl. 11:17
    sv | VB | Från;Skickat;Datum;Till;Kopia;Ämne | Vidarebefordrat mejl | Vidarebefordrat meddelande | Den DAY skrev WHO: | måndag 25 oktober 2021 kl. 11:17
    fi | VL | Lähettäjä;Lähetetty;Päivämäärä;Vastaanottaja;Kopio;Aihe | Välitetty viesti alkaa | Välitetty viesti / Fwd.Msg | WHO kirjoitti DAY: | maanantai 25. lokakuuta 2021 klo 11.17
    is | FW | Frá;Sent;Dagsetning;Til;Afrit;Efni | Upphaf framsendra skilaboða | Framsend skilaboð | Þann DAY skrifaði WHO: | mánudagur, 25. október 2021 11:17
    et | FW | Saatja;Saadetud;Kuupäev;Adressaat;Koopia;Teema | Edastatud kirja algus | Edastatud kiri | DAY kirjutas WHO: | esmaspäev, 25. oktoober 2021 11:17
    lv | FW | No;Nosūtīts;Datums;Kam;Kopija;Tēma | Pārsūtītais ziņojums | Pārsūtīts ziņojums | DAY, WHO rakstīja: | pirmdiena, 2021. gada 25. oktobris 11:17
    lt | FW | Nuo;Išsiųsta;Data;Kam;Kopija;Tema | Persiunčiamo laiško pradžia | Persiųstas laiškas | DAY, WHO rašė: | 2021 m. spalio 25 d., pirmadienis 11:17
    pl | PD | Od;Wysłano;Data;Do;DW;Temat | Początek przekazywanej wiadomości | Przekazana wiadomość | Dnia DAY WHO napisał: | poniedziałek, 25 października 2021 11:17
    cs | FW | Od;Odesláno;Datum;Komu;Kopie;Předmět | Začátek přeposílané zprávy | Přeposlaná zpráva | Dne DAY, WHO napsal(a): | pondělí 25. října 2021 v 11:17
    sk | FW | Od;Odoslané;Dátum;Pre;Kópia;Predmet | Začiatok preposlanej správy | Preposlaná správa | DAY používateľ WHO napísal: | pondelok 25. októbra 2021 o 11:17
    hu | FW | Feladó;Elküldve;Dátum;Címzett;Másolat;Tárgy | Továbbított levél kezdete | Továbbított üzenet | DAY időpontban WHO ezt írta: | 2021. október 25., hétfő 11:17
    ro | FW | De la;Trimis;Dată;Către;Cc;Subiect | Începe mesajul redirecționat | Mesaj redirecționat | DAY, WHO a scris: | luni, 25 octombrie 2021 la 11:17
    hr | FW | Šalje;Poslano;Datum;Prima;Kopija;Predmet | Započni proslijeđenu poruku | Proslijeđena poruka | Dana DAY WHO je napisao: | ponedjeljak, 25. listopada 2021. u 11:17
    sl | FW | Od;Poslano;Datum;Za;Kp;Zadeva | Začetek posredovanega sporočila | Posredovano sporočilo | WHO je DAY napisal: | ponedeljek, 25. oktober 2021 ob 11:17
    sr | FW | Šalje;Poslato;Datum;Prima;Kopija;Naslov | Prosleđena poruka | Prosleđena poruka | Dana DAY WHO je napisao: | ponedeljak, 25. oktobar 2021. 11:17
    bg | FW | От;Изпратено;Дата;До;Копие;Относно | Начало на препратеното съобщение | Препратено съобщение | На DAY WHO написа: | понеделник, 25 октомври 2021 г. 11:17
    ru | FW | От;Отправлено;Дата;Кому;Копия;Тема | Начало переадресованного сообщения | Пересылаемое сообщение | DAY пользователь WHO написал: | понедельник, 25 октября 2021 г. в 11:17
    uk | FW | Від;Надіслано;Дата;Кому;Копія;Тема | Початок листа, що пересилається | Перенаправлене повідомлення | DAY WHO пише: | понеділок, 25 жовтня 2021 р. о 11:17
    el | ΠΡΘ | Από;Στάλθηκε;Ημερομηνία;Προς;Κοιν.;Θέμα | Έναρξη προωθημένου μηνύματος | Προωθημένο μήνυμα | Στις DAY, WHO έγραψε: | Δευτέρα 25 Οκτωβρίου 2021 11:17 π.μ.
    tr | İLT | Kimden;Gönderilen;Tarih;Kime;Bilgi;Konu | İleti başlangıcı | İletilmiş Mesaj | WHO, DAY tarihinde şunu yazdı: | 25 Ekim 2021 Pazartesi 11:17
    ja | FW | 差出人;送信日時;日付;宛先;CC;件名 | 転送されたメッセージ | メッセージを転送 | WHO のメール DAY: | 2021年10月25日月曜日 11:17
    cy | YML | Oddi wrth;Anfonwyd;Dyddiad;At;Copi;Pwnc | Dechrau'r neges a anfonwyd ymlaen | Neges a anfonwyd ymlaen | Ar DAY, WHO ysgrifennodd: | Dydd Llun, 25 Hydref 2021 11:17
    """
)


def _rows(words: Words, order: str, *, colon: str = ": ") -> list[str]:
    """The printed header in that order of s(ender) w(hen) d(ate) t(o) c(c) b(subject)."""
    rows = {
        "s": (words.sender, SENDER),
        "w": (words.sent, words.day),
        "d": (words.date, words.day),
        "t": (words.to, TO),
        "c": (words.cc, CC),
        "b": (words.subject, SUBJECT),
    }
    return [f"{rows[letter][0]}{colon}{rows[letter][1]}" for letter in order]


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() if line else ">" for line in text.split("\n"))


def _outlook(words: Words) -> str:
    return "\n".join(_rows(words, "swtcb")) + f"\n\n{BODY}"


def _outlook_new(words: Words) -> str:
    """No blank line below the header."""
    return "\n".join(_rows(words, "sdtcb")) + f"\n{BODY}"


def _outlook_rule(words: Words) -> str:
    return "_" * 32 + "\n" + "\n".join(_rows(words, "swtcb")) + f"\n\n{BODY}"


def _outlook_marks(words: Words) -> str:
    rows = "\n".join(f"\u200e{row}\u200e" for row in _rows(words, "swtcb", colon=":\u200e\u00a0"))
    return f"{rows}\n\n{BODY}"


def _outlook_mac(words: Words) -> str:
    return (
        "\n".join(f"*{row.partition(': ')[0]}: *{row.partition(': ')[2]}" for row in _rows(words, "sdtcb"))
        + f"\n\n{BODY}"
    )


def _apple(words: Words) -> str:
    header = "\n".join(_rows(words, "sbdtc"))
    return f"{words.begin}:\n\n" + _quoted(f"{header}\n\n{BODY}")


def _apple_new(words: Words) -> str:
    header = "\n".join(_rows(words, "sbdtc"))
    return f"\n> {words.begin}:\n>\n" + _quoted(f"{header}\n\n{BODY}")


def _thunderbird(words: Words) -> str:
    header = "\n".join(_rows(words, "bdstc", colon=": \t"))
    return f"-------- {words.forwarded} --------\n{header}\n\n\n\n{BODY}"


def _gmail(words: Words) -> str:
    rows = [
        f"{words.sender}: {SENDER}",
        f"Date: {words.day}",
        f"Subject: {SUBJECT}",
        f"To: {TO}",
        f"Cc: {CC.replace(';', ',')}",
    ]
    return "---------- Forwarded message ---------\n" + "\n".join(rows) + f"\n\n\n{BODY}"


def _yahoo(words: Words) -> str:
    header = "".join(_rows(words, "stcwb")).replace(f"{words.subject}: ", f" CET{words.subject}: ")
    return f"   ----- {words.forwarded} ----- {header}\n {BODY}"


def _spaced(words: Words) -> str:
    """A program nobody knows: a line of its own, blank lines between, labels in capitals with a space."""
    header = "\n\n".join(_rows(words, "sdtcb", colon=" : "))
    return f"===== {words.forwarded.upper()} =====\n\n{header}\n\n{BODY}"


def _table(words: Words) -> str:
    header = "\n".join(row.replace(": ", ":\t|\t", 1) for row in _rows(words, "sdtcb"))
    return f"~~~~~~~~ {words.forwarded} ~~~~~~~~\n{header}\n\n{BODY}"


def _attributed(words: Words) -> str:
    line = words.wrote.replace("WHO", SENDER).replace("DAY", words.day)
    return line + "\n\n" + "\n".join(f"    {line}" if line else "" for line in BODY.split("\n"))


PROGRAMS: dict[str, Callable[[Words], str]] = {
    "Outlook": _outlook,
    "Outlook, new": _outlook_new,
    "Outlook on the web": _outlook_rule,
    "Outlook with marks": _outlook_marks,
    "Outlook for Mac": _outlook_mac,
    "Apple Mail": _apple,
    "Apple Mail, all quoted": _apple_new,
    "Thunderbird": _thunderbird,
    "Gmail": _gmail,
    "Yahoo": _yahoo,
    "unknown, spaced": _spaced,
    "unknown, a table": _table,
    "Outlook 2019": _attributed,
}
WITHOUT_RECIPIENTS = frozenset({"Outlook 2019"})
