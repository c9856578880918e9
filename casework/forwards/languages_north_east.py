"""The quoted header lines and months of northern, eastern and south-eastern Europe."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from __future__ import annotations

from casework.forwards.languages import Language

NORTHERN = (
    Language(
        code="da",
        sender="Fra|Afsender",
        sent="Sendt|Dato|Sendt den|Afsendt|Sendt d.",
        to="Til|Modtager",
        cc="Kopi|Kopi til",
        subject="Emne",
        other="Svar til|Besvar til|Vedhæftede filer|Vedhæftninger|Vigtighed|Prioritet|Følsomhed|Kategorier|Bcc",
        months="januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sep oktober/okt "
        "november/nov december/dec",
    ),
    Language(
        code="no",
        sender="Fra|Frå|Avsender",
        sent="Sendt|Dato|Sendt den|Sendt dato|Sende",
        to="Til|Mottaker",
        cc="Kopi|Kopi til",
        subject="Emne|Tema",
        other="Svar til|Vedlegg|Viktighet|Prioritet|Følsomhet|Kategorier|Blindkopi",
        months="januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep oktober/okt "
        "november/nov desember/des",
    ),
    Language(
        code="sv",
        sender="Från|Avsändare",
        sent="Skickat|Datum|Skickad|Skickades|Sänt|Skickat den",
        to="Till|Mottagare",
        cc="Kopia|Kopia till",
        subject="Ämne|Rubrik",
        other="Svar till|Svara till|Hemlig kopia|Bifogade filer|Bilagor|Bilaga|Prioritet|Känslighet|Kategorier",
        months="januari/jan februari/feb mars/mar april/apr maj juni/jun juli/jul augusti/aug september/sep oktober/okt "
        "november/nov december/dec",
    ),
    Language(
        code="fi",
        sender="Lähettäjä|Keneltä",
        sent="Lähetetty|Päivämäärä|Päiväys|Pvm|Lähetysaika|Aika",
        to="Vastaanottaja|Vastaanottajat|Kenelle|Saaja",
        cc="Kopio|Kopiot|Kopio vastaanottajalle",
        subject="Aihe|Otsikko",
        other="Vastausosoite|Vastaus|Vastaa|Piilokopio|Liitteet|Liite|Tärkeys|Prioriteetti|Luottamuksellisuus|Luokat",
        months="tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    ),
    Language(
        code="is",
        sender="Frá|Sendandi",
        sent="Sent|Dagsetning|Sent þann|Dags",
        to="Til|Viðtakandi",
        cc="Afrit|Afrit til",
        subject="Efni",
        other="Svara til|Viðhengi|Mikilvægi",
        months="janúar/jan febrúar/feb mars/mar apríl/apr maí júní/jún júlí/júl ágúst/ágú september/sep október/okt "
        "nóvember/nóv desember/des",
    ),
    Language(
        code="et",
        sender="Saatja|Kellelt",
        sent="Saadetud|Kuupäev|Saatmisaeg|Saatmise kuupäev|Saatis",
        to="Adressaat|Kellele|Saaja|Saajad",
        cc="Koopia",
        subject="Teema|Pealkiri",
        other="Vasta aadressile|Vastus|Manused|Tähtsus|Pimekoopia",
        months="jaanuar/jaan veebruar/veebr märts aprill/apr mai juuni juuli august/aug september/sept oktoober/okt "
        "november/nov detsember/dets",
    ),
    Language(
        code="lv",
        sender="No|Sūtītājs",
        sent="Nosūtīts|Datums|Sūtīts|Nosūtīšanas datums",
        to="Kam|Adresāts|Saņēmējs|Uz",
        cc="Kopija",
        subject="Temats|Tēma",
        other="Atbildēt uz|Pielikumi|Svarīgums|Diskrētā kopija",
        months="janvār/janv februār/febr mart aprīl/apr maij/mai jūnij/jūn jūlij/jūl august/aug septembr/sept oktobr/okt "
        "novembr/nov decembr/dec",
    ),
    Language(
        code="lt",
        sender="Nuo|Siuntėjas|Kas",
        sent="Išsiųsta|Data|Išsiuntimo data|Siųsta|Išsiuntė",
        to="Kam|Gavėjas|Adresatas|Iki|Gavėjai",
        cc="Kopija",
        subject="Tema",
        other="Atsakyti|Atsakyti į|Priedai|Svarba|Nematoma kopija",
        months="saus vasar/vas kov baland/bal geguž/geg biržel/birž liep rugpj/rugp rugs spal lapkr gruod",
    ),
)

EASTERN = (
    Language(
        code="pl",
        sender="Od|Nadawca|Wysłane przez",
        sent="Wysłano|Data|Wysłane|Data wysłania|Wysłany|Wysłana",
        to="Do|Adresat|Odbiorca|Dla",
        cc="DW|Do wiadomości|Kopia|Kopia do",
        subject="Temat|Tytuł",
        other="UDW|Odpowiedz do|Odpowiedź-do|Odpowiedź do|Załączniki|Załącznik|Ważność|Priorytet|Charakter|Kategorie"
        "|Poufność",
        months="styczeń/stycz/sty luty/lut marzec/marc/mar kwiecień/kwiet/kwi maj czerwiec/czerw/cze lipiec/lipc/lip "
        "sierpień/sierp/sie wrzesień/wrześ/wrz październik/paźdz/paź listopad/lis grudzień/grud/gru",
    ),
    Language(
        code="cs",
        sender="Od|Odesílatel|Odeslal",
        sent="Odesláno|Datum|Posláno|Odeslané|Datum odeslání",
        to="Komu|Příjemce|Pro",
        cc="Kopie|Na vědomí",
        subject="Předmět|Věc",
        other="Skrytá kopie|Odpovědět|Odpověď na|Odpověď komu|Přílohy|Příloha|Důležitost|Priorita|Citlivost|Kategorie",
        months="leden/ledna/led únor/úno březen/březn/bře duben/dubn/dub květen/květn/kvě červen/červn/čvn/čer "
        "červenec/července/čvc srpen/srpn/srp září/zář říjen/říjn/říj listopad/lis prosinec/prosinc/pro",
    ),
    Language(
        code="sk",
        sender="Od|Odosielateľ|Odoslal",
        sent="Odoslané|Dátum|Poslané|Dátum odoslania",
        to="Komu|Adresát|Príjemca|Pre",
        cc="Kópia|Na vedomie",
        subject="Predmet|Vec",
        other="Skrytá kópia|Odpovedať|Odpovedať-Pre|Odpoveď komu|Prílohy|Príloha|Dôležitosť|Priorita|Kategórie",
        months="január/jan február/feb marec/marc/mar apríl/apr máj jún júl august/aug september/sep október/okt "
        "november/nov december/dec",
    ),
    Language(
        code="hu",
        sender="Feladó|Küldő|Küldte",
        sent="Elküldve|Dátum|Küldve|Elküldés dátuma|Küldés dátuma|Küldés ideje",
        to="Címzett|Címzettek|Kinek",
        cc="Másolatot kap|Másolat|Másolatot kapnak",
        subject="Tárgy",
        other="Titkos másolat|Válaszcím|Válasz|Mellékletek|Melléklet|Fontosság|Prioritás|Bizalmasság|Kategóriák",
        months="január/jan február/febr márc ápr máj jún júl augusztus/aug szeptember/szept okt nov dec",
    ),
    Language(
        code="ro",
        sender="De la|De|Expeditor|Expeditorul|Trimis de",
        sent="Trimis|Data|Trimisă|Trimis la|Data trimiterii|Dată",
        to="Către|La|Destinatar|Destinatarul|Pentru",
        cc="Copie|Copie la",
        subject="Subiect|Subiectul",
        other="Răspuns la|Răspuns către|Răspunde la|Atașamente|Atașări|Importanță|Prioritate|Categorii",
        months="ianuarie/ian februarie/feb martie/mar aprilie/apr mai iunie/iun iulie/iul august/aug septembrie/sept "
        "octombrie/oct noiembrie/noi decembrie/dec",
    ),
    Language(
        code="bg",
        sender="От|Подател|Изпращач",
        sent="Изпратено|Дата|Изпратена|Изпратено на|Изпратен",
        to="До|Получател",
        cc="Копие|Копие до",
        subject="Относно|Тема",
        other="Отговор до|Прикачени файлове|Важност|Приоритет|Скрито копие",
        months="януари/яну/ян февруари/фев март април/апр май юни юли август/авг септември/сеп октомври/окт ноември/ное "
        "декември/дек",
    ),
    Language(
        code="ru",
        sender="От|От кого|Отправитель",
        sent="Отправлено|Дата|Дата отправки|Отправлен",
        to="Кому|Получатель|Для",
        cc="Копия|Копии",
        subject="Тема",
        other="Скрытая копия|Ответить|Ответ-Кому|Кому ответить|Обратный адрес|Вложения|Важность|Приоритет|Категории",
        months="янв фев мар апр мая/май июн июл авг сен окт ноя дек",
    ),
    Language(
        code="uk",
        sender="Від|Від кого|Відправник",
        sent="Надіслано|Дата|Відправлено|Дата надсилання",
        to="Кому|До|Одержувач",
        cc="Копія",
        subject="Тема",
        other="Прихована копія|Кому відповісти|Відповісти|Відповідь|Вкладення|Важливість|Пріоритет|Категорії",
        months="січ лют берез/бер квіт/кві трав/тра черв/чер лип серп/сер верес/вер жовт/жов листоп/лис груд/гру",
    ),
    Language(
        code="be",
        sender="Ад|Ад каго",
        sent="Адпраўлена|Дата",
        to="Каму",
        cc="Копія",
        subject="Тэма",
        months="студз/сту лют сакав/сак крас/кра ма/мая чэрв/чэр ліп жнів/жні верас/вер кастр/кас ліст/ліс снеж/сне",
    ),
)
