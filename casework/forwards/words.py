"""The other words of forwarding in many languages: separators, subject prefixes, "on behalf of", time zones."""

# ruff: noqa: RUF001 - the letters of other alphabets are meant

from __future__ import annotations

from casework.forwards.blocks import phrases, words

FORWARD_STEMS = words(
    """
    forward fwd: пересил перенаправ прослеђ letilmiş letilen letildi birbidal προώθ mgħoddi накірав
    reunvia weitergeleit weiterleit transfér transfer réexpéd inoltr reenvi rebot encaminh doorgestuurd
    doorgezonden vidarebef vidaresän videresend vidaresend välite edelleenläh framsen áframsen edasta
    edastatud pārsūt persių persiun przekaz przesłan dalej přepos přesměr předan preposl preposi odovzd
    továbbít redirec redirij trimis препрат препращ пересыл пересл переадрес перенапр переслан перасла
    προωθ ilet yönlend prosljeđ proslijeđ posredov prosleđ проследен проследе преусмер përcjell mibgħut
    ymlaen anfonwyd cuireadh 转发 轉寄 轉發 転送 전달 הועבר מועבר محول المعاد باز birzuz berbidal
    """
)
"""Beginnings of the word for "forwarded" as separators have it."""

ORIGINAL_STEMS = words(
    """
    original orinel orginal ursprüng ursprung oorspronk oprindelig opprinnelig opphaflig upphaf alkuperäi
    původní pôvodn eredeti oryginaln pierwotn исходн оригинал первонач початков вихідн αρχικ αυθεντικ
    izvorn izvirn изворн algne algteade originaal sākotnēj oriģināl orixinal jatorri özgün orijinal asıl
    gwreiddiol bunaidh 原始 原邮件 元の 원본 מקור الأصلية اصلی
    """
)
"""Beginnings of the word for "original", which some programs write above forwards and replies alike."""

END_STEMS = phrases(
    """
    end of | end forward | ende der | fin du | fine del | fin del | fim da | fim de | einde | slut
    конец | koniec | konec
    """
)
"""Openings of the line that closes a forward."""

FORWARD_PREFIXES = frozenset(
    words(
        """
    ct doorg doorst edasi enc f forward forwarded fs fw fwd fwrd i il ilt inoltrato inoltro i̇lt pd pers
    prep prosl przek pārs pđ přep reenv rif-i rv rvd tov tovább továbbítva továbbítás tr tr-fw trans
    transf trs vb vid vl vs weitergeleitet wg yml πρθ пд пересл пр הועבר 転送 轉寄 轉發 转发 전달
    """
    )
)
REPLY_PREFIXES = frozenset(
    words(
        """
    ad antw antwort atb ats aw bls odg odp r re res resp rif rsp réf rép sv svar tl va vast vst vá ynt
    απ σχετ відп отв ответ השב رد 回复 回應 回覆 答复 返信 답장
    """
    )
)

ON_BEHALF_OF = phrases(
    """
    on behalf of | im auftrag von | i. a. von | de la part de | au nom de | per conto di | a nome di
    en nombre de | em nome de | en nom de | namens | in opdracht van | på vegne av | på vegne af
    på uppdrag av | för | puolesta | w imieniu | v zastoupení | jménem | v mene | nevében | megbízásából
    adına | от имени | від імені | u ime | v imenu | din partea | în numele | εκ μέρους | nimel | vārdā
    vardu | ar ran | для | 代表 | 代理 | 代表して
    """
)
"""Between the one who pressed the button and the one for whom the mail speaks."""

WROTE_WORDS = phrases(
    """
    wrote | writes | napisał(a) | said | has written | geschrieben | geschreven | skreiv | escrito | ha escrit | napsal(a)
    napsala | napísal(a) | napísala | napisal | написал | написала | написав | напісаў | schrieb
    a écrit | écrit | schreef | ha scritto | scrisse | scritto
    escribió | escreveu | va escriure | skrev | kirjoitti | skrifaði | napisał | napsal | napísal | írta
    ezt írta | a scris | написа | пишет | писал | пише | έγραψε | yazdı | je napisao | napisao
    napisala | je pisal | kirjutas | rakstīja | rašė | ysgrifennodd | d'inscríobh | 写道 | 寫道 | のメール | 작성
    כתב | כתבה | كتب | idatzi | shkroi | kiteb
    """
)

NAME_PARTICLES = frozenset(
    words("al af av bin da das de del della den der di do dos du el ibn la las le los ten ter van von y zu")
)
"""Small words with which a surname may begin."""

ZONES = {
    name: int(minutes)
    for name, _, minutes in (
        entry.partition(":")
        for entry in words(
            """
    utc:0 gmt:0 z:0 wet:0 bst:60 west:60 cet:60 mez:60 hnec:60 cest:120 mesz:120 haec:120 eet:120
    oez:120 eest:180 oesz:180 trt:180 msk:180 мск:180 est:-300 edt:-240 cst:-360 cdt:-300 mst:-420
    mdt:-360 pst:-480 pdt:-420 akst:-540 akdt:-480 hst:-600 ast:-240 adt:-180 nst:-210 ndt:-150 brt:-180
    sast:120 wat:60 cat:120 eat:180 gst:240 pkt:300 jst:540 kst:540 hkt:480 sgt:480 awst:480 acst:570
    acdt:630 aest:600 aedt:660 nzst:720 nzdt:780
    """
        )
    )
}
"""Minutes east of Greenwich. "IST" is left out: it means three different zones."""

MORNING = frozenset(
    words(
        """
    a.m a.m. am de de. dop dop. e.m. eram fm prij ö.ö. öö π.μ. πμ пр.об. לפנה״צ ص 上午 凌晨 早上 清晨 午前 오전
    """
    )
)
AFTERNOON = frozenset(
    words(
        """
    du du. em ip m.d. md nachm odp. p.m p.m. pm ö.s. ös μ.μ. μμ сл.об. следобед אחה״צ م 下午 晚上 傍晚 夜里 午後 오후
    """
    )
)
