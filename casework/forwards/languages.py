"""What mail programs call the lines of a quoted header, and the months, in one record for each language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """One language's words, alternatives parted by "|", months in order and parted by spaces.

    A month may have several forms, parted by "/"; a dated word is known by its first letters, so the shortest
    form that is no other month's suffices.
    """

    code: str
    sender: str
    sent: str
    to: str
    subject: str
    cc: str = ""
    other: str = ""
    months: str


ENGLISH = Language(
    code="en",
    sender="From|Sender",
    sent="Sent|Date|Sent on|Date sent|Sent at|Sent date|Date/Time",
    to="To|Recipient|Recipients",
    cc="Cc|CC|Copy|Copied to",
    subject="Subject|Subj",
    other="Bcc|Reply|Reply-To|Reply to|Attachments|Attachment|Importance|Priority|Sensitivity|Categories|Category"
    "|Organization|Organisation|Message-ID|In-Reply-To|References|Return-Path|Delivered-To|Sent by|On behalf of"
    "|Resent-From|Resent-To|Newsgroups|X-Mailer|Mailed-by|Signed-by|Mailing list|Follow up|Flag Status"
    "|Follow Up Flag|Flag|List-Id|Mime-Version|Content-Type|Thread-Topic|Expires|Due By|Security",
    months="jan feb mar/march apr may jun jul aug sep oct nov dec",
)

WESTERN = (
    ENGLISH,
    Language(
        code="de",
        sender="Von|Absender|Gesendet von",
        sent="Gesendet|Datum|Gesendet am|Gesendet um|Versendet|Versandt|Datum/Uhrzeit|Verschickt",
        to="An|Empfänger",
        cc="Kopie|Kopie (CC)|Kopie an",
        subject="Betreff|Betr|Thema",
        other="Antwort an|Antworten an|Blindkopie|Anlagen|Anlage|Anhänge|Anhang|Wichtigkeit|Priorität|Vertraulichkeit"
        "|Kategorien|Organisation|Kennzeichnung|Status",
        months="januar/jänner/jan februar/feber/feb märz/maerz/mär april/apr mai juni/jun juli/jul august/aug "
        "september/sep oktober/okt november/nov dezember/dez",
    ),
    Language(
        code="fr",
        sender="De|Expéditeur|Émetteur|Envoyé par",
        sent="Envoyé|Date|Message du|Envoyé le|Date d'envoi|Envoyé à|Envoyée|Transmis",
        to="À|A|Destinataire|Destinataires|Pour",
        cc="Copie|Copie à|Copies",
        subject="Objet|Sujet",
        other="Cci|Répondre à|Réponse à|Pièces jointes|Pièce jointe|Importance|Priorité|Critère de diffusion|Catégories"
        "|Organisation|Indicateur de suivi",
        months="janvier/janv février/févr/fév mars avril/avr mai juin juillet/juil août/aout septembre/sept "
        "octobre/oct novembre/nov décembre/déc",
    ),
    Language(
        code="nl",
        sender="Van|Afzender",
        sent="Verzonden|Datum|Verzonden op|Verstuurd|Verzenddatum|Verzondenop",
        to="Aan|Ontvanger|Naar",
        cc="Kopie|Kopie aan",
        subject="Onderwerp|Betreft",
        other="Bcc|Antwoord aan|Beantwoorden|Bijlagen|Bijlage|Prioriteit|Urgentie|Gevoeligheid|Categorieën|Organisatie",
        months="januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep "
        "oktober/okt november/nov december/dec",
    ),
    Language(
        code="it",
        sender="Da|Mittente|Inviato da",
        sent="Inviato|Data|Inviato il|Data invio|Data di invio|Inviata|Inviato alle",
        to="A|Destinatario|Destinatari|Per",
        cc="Copia|Cc:|Per conoscenza|P.c.",
        subject="Oggetto|Ogg",
        other="Ccn|Rispondi a|Rispondi-a|Allegati|Allegato|Priorità|Importanza|Riservatezza|Categorie|Organizzazione",
        months="gennaio/genn/gen febbraio/febbr/feb marzo/mar aprile/apr maggio/magg/mag giugno/giu luglio/lug "
        "agosto/ago settembre/sett/set ottobre/ott novembre/nov dicembre/dic",
    ),
    Language(
        code="es",
        sender="De|Desde|Remitente|Enviado por",
        sent="Enviado|Fecha|Enviado el|Enviado a las|Fecha de envío|Enviada|Fecha y hora",
        to="Para|A|Destinatario|Destinatarios",
        cc="Copia|Con copia|Con copia a",
        subject="Asunto",
        other="Cco|Responder a|Archivos adjuntos|Datos adjuntos|Adjuntos|Adjunto|Importancia|Prioridad|Confidencialidad"
        "|Categorías|Organización|Carácter",
        months="enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago "
        "septiembre/setiembre/sept/sep octubre/oct noviembre/nov diciembre/dic",
    ),
    Language(
        code="pt",
        sender="De|Remetente|Enviado por|Enviada por",
        sent="Enviado|Enviada|Data|Enviada em|Enviado em|Data de envio|Enviado a|Enviado às",
        to="Para|A|Destinatário|Destinatários",
        cc="Cópia|Com cópia|Com cópia para",
        subject="Assunto",
        other="Cco|Bcc|Responder a|Responder para|Responder-para|Anexos|Anexo|Importância|Prioridade|Confidencialidade"
        "|Sensibilidade|Categorias|Organização",
        months="janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set "
        "outubro/out novembro/nov dezembro/dez",
    ),
    Language(
        code="ca",
        sender="De|Des de|Remitent|Enviat per",
        sent="Enviat|Data|Enviat el|Data d'enviament|Enviada",
        to="Per a|A|Destinatari|Per",
        cc="A/c|Còpia|Amb còpia",
        subject="Assumpte|Tema",
        other="Respon a|Respon-a|Adjunts|Fitxers adjunts|Importància|Prioritat|Organització|C/o",
        months="gener/gen febrer/febr març abril/abr maig juny juliol agost/ag setembre/set octubre/oct novembre/nov "
        "desembre/des",
    ),
    Language(
        code="gl",
        sender="De|Remitente",
        sent="Enviado|Data|Enviado o",
        to="Para|A|Destinatario",
        subject="Asunto",
        other="Responder a|Anexos|Prioridade",
        months="xaneiro/xan febreiro/feb marzo/mar abril/abr maio/mai xuño/xuñ xullo/xul agosto/ago setembro/set "
        "outubro/out novembro/nov decembro/dec",
    ),
    Language(
        code="eu",
        sender="Nork|Bidaltzailea|Igorlea",
        sent="Bidalita|Data|Bidalia|Noiz",
        to="Nori|Hartzailea|Hartzaileak",
        cc="Kopia",
        subject="Gaia",
        other="Erantzun honi|Erantzun|Eranskinak",
        months="urtarrila/urt otsaila/ots martxoa/mar apirila/api maiatza/mai ekaina/eka uztaila/uzt abuztua/abu "
        "iraila/ira urria/urr azaroa/aza abendua/abe",
    ),
    Language(
        code="cy",
        sender="Oddi wrth|Gan|Anfonwr",
        sent="Anfonwyd|Dyddiad|Anfonwyd ar",
        to="At|I|Derbynnydd",
        cc="Copi|Copi i",
        subject="Pwnc|Testun",
        other="Ateb i|Ymateb i|Atodiadau|Pwysigrwydd",
        months="ionawr/ion chwefror/chwef mawrth/maw ebrill/ebr mai mehefin/meh gorffennaf/gorff awst medi hydref/hyd "
        "tachwedd/tach rhagfyr/rhag",
    ),
    Language(
        code="ga",
        sender="Ó|Seoltóir",
        sent="Seolta|Dáta|Seolta ar",
        to="Chuig|Go|Do",
        cc="Cóip|Cóip chuig",
        subject="Ábhar",
        other="Freagair chuig|Ceangaltáin",
        months="eanáir/ean feabhra/feabh márta aibreán/aib bealtaine/beal meitheamh/meith iúil lúnasa/lún "
        "meán/mfómh deireadh/dfómh samhain/samh nollaig/noll",
    ),
    Language(
        code="mt",
        sender="Mingħand|Minn",
        sent="Mibgħut|Data|Mibgħuta",
        to="Lil",
        cc="Kopja",
        subject="Suġġett",
        other="Wieġeb lil|Hemżiet",
        months="jannar/jan frar/fra marzu/mar april/apr mejju/mej ġunju/ġun lulju/lul awwissu/aww settembru/set "
        "ottubru/ott novembru/nov diċembru/diċ",
    ),
)
