"""The quoted header lines and months of southern Europe and of languages from further away that parents write."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from __future__ import annotations

from casework.forwards.languages import WESTERN, Language
from casework.forwards.languages_north_east import EASTERN, NORTHERN

SOUTHERN = (
    Language(
        code="hr",
        sender="Šalje|Od|Pošiljatelj|Pošiljalac",
        sent="Poslano|Datum|Poslato|Datum slanja",
        to="Prima|Za|Primatelj|Kome",
        cc="Kopija|Kopija za",
        subject="Predmet|Naslov|Tema",
        other="Odgovori na|Odgovor na|Odgovoriti na|Privici|Privitak|Prilozi|Važnost|Skrivena kopija",
        months="siječ/sij velj/vel ožuj/ožu trav/tra svib/svi lip srp kolov/kol rujan/rujn/ruj listop/lis studen/stu "
        "prosin/pro",
    ),
    Language(
        code="sl",
        sender="Od|Pošiljatelj|Poslal",
        sent="Poslano|Datum|Datum pošiljanja",
        to="Za|Prejemnik|Komu|Naslovnik",
        cc="Kp|V vednost|Kopija",
        subject="Zadeva|Predmet",
        other="Odgovori|Odgovor za|Odgovori na|Priloge|Priponke|Pomembnost|Skp",
        months="januar/jan februar/feb marec/marc/mar april/apr maj junij/jun julij/jul avgust/avg september/sep "
        "oktober/okt november/nov december/dec",
    ),
    Language(
        code="sr",
        sender="Od|Šalje|Pošiljalac|Од|Шаље|Пошиљалац",
        sent="Poslato|Datum|Послато|Датум|Poslata",
        to="Za|Kome|Prima|Primalac|За|Коме|Прима|Прималац",
        cc="Kopija|Копија",
        subject="Naslov|Predmet|Tema|Наслов|Предмет|Тема",
        other="Odgovori na|Одговори на|Prilozi|Прилози",
        months="januar/jan/јан februar/feb/феб mart/март april/apr/апр maj/мај jun/јун jul/јул avgust/avg/авг "
        "septembar/sep/септ oktobar/okt/окт novembar/nov/нов decembar/dec/дец",
    ),
    Language(
        code="mk",
        sender="Од|Испраќач",
        sent="Испратено|Дата|Датум|Пратено",
        to="До|За|Примач",
        cc="Копија",
        subject="Наслов|Тема|Предмет",
        months="јан фев март апр мај јун јул авг септ окт ноем дек",
    ),
    Language(
        code="el",
        sender="Από|Αποστολέας",
        sent="Στάλθηκε|Ημερομηνία|Εστάλη|Απεστάλη|Αποστολή|Ημ/νία",
        to="Προς|Παραλήπτης|Παραλήπτες|Για",
        cc="Κοιν.|Κοιν|Κοινοποίηση|Αντίγραφο",
        subject="Θέμα",
        other="Απάντηση σε|Απάντηση προς|Κρυφή κοινοποίηση|Ιδιαίτ. κοιν.|Συνημμένα|Σπουδαιότητα|Προτεραιότητα",
        months="ιαν φεβ μαρ/μάρ απρ μαΐ/μαι/μάι ιουν ιουλ αυγ/αύγ σεπ οκτ νοε δεκ",
    ),
    Language(
        code="tr",
        sender="Kimden|Gönderen",
        sent="Gönderildi|Gönderilen|Tarih|Gönderme tarihi|Gönderilme|Gönderim tarihi|Gönderme Tarihi",
        to="Kime|Alıcı|Alıcılar",
        cc="Bilgi|Kopya",
        subject="Konu",
        other="Yanıtla|Yanıt adresi|Yanıt Adresi|Yanıt|Gizli|Ekler|Önem|Öncelik",
        months="ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki "
        "kasım/kas aralık/ara",
    ),
    Language(
        code="sq",
        sender="Nga|Dërguesi",
        sent="Dërguar|Data|Dërguar më",
        to="Për|Drejtuar|Tek|Marrësi",
        cc="Kopje",
        subject="Tema|Subjekti|Lënda",
        months="janar/jan shkurt/shk mars/mar prill/pri maj qershor/qer korrik/korr gusht/gush shtator/sht "
        "tetor/tet nëntor/nën dhjetor/dhj",
    ),
)

FURTHER = (
    Language(
        code="he",
        sender="מאת",
        sent="נשלח|תאריך|נשלח בתאריך",
        to="אל|עבור",
        cc="עותק|העתק",
        subject="נושא|הנדון",
        months="ינואר/ינו פברואר/פבר מרץ/מרס אפריל/אפר מאי יוני יולי אוגוסט/אוג ספטמבר/ספט "
        "אוקטובר/אוק נובמבר/נוב דצמבר/דצמ",
    ),
    Language(
        code="ar",
        sender="من",
        sent="تاريخ|التاريخ|تم الإرسال|أُرسل",
        to="إلى|الى",
        cc="نسخة|نسخة إلى",
        subject="الموضوع|موضوع",
        months="يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    ),
    Language(
        code="fa",
        sender="از",
        sent="تاریخ|ارسال‌شده",
        to="به|گیرنده",
        cc="رونوشت",
        subject="موضوع",
        months="ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    ),
    Language(
        code="ur",
        sender="از طرف|منجانب",
        sent="تاریخ|بھیجا گیا",
        to="بنام|بطرف",
        cc="نقل",
        subject="موضوع|عنوان",
        months="جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    ),
    Language(
        code="zh",
        sender="发件人|寄件者|發件人|寄件人",
        sent="发送时间|日期|发送日期|寄件日期|傳送時間|時間|时间",
        to="收件人|收件者",
        cc="抄送|副本",
        subject="主题|主旨|主題",
        months="1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    ),
    Language(
        code="ja",
        sender="差出人|送信者|送信元",
        sent="送信日時|日付|送信日|日時",
        to="宛先|送信先",
        cc="CC",
        subject="件名",
        months="1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    ),
    Language(
        code="ko",
        sender="보낸 사람|보낸사람",
        sent="보낸 날짜|날짜|보낸날짜",
        to="받는 사람|받는사람",
        cc="참조",
        subject="제목",
        months="1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
    ),
)

LANGUAGES = (*WESTERN, *NORTHERN, *EASTERN, *SOUTHERN, *FURTHER)
