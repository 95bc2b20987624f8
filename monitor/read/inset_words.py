"""The words of furniture amid the content: share buttons, labels of adverts, requests for consent to cookies.

Small letters, a bar between; a further language is one line in each table.
"""

# ruff: noqa: E501 - one language a line, to be read as a table
from __future__ import annotations

SHARE = tuple(
    "share|spread the word|teilen|partage|compart|condivid|partilh|поделит|рассказать друзьям|поділит|udostępnij|podziel się|paylaş|delen|dela|شارك|مشاركة|分享|シェア|共有".split(
        "|"
    )
)
# The labels by which readers are told that somebody paid, the longest first; announcements are none.
ADVERT = tuple(
    "contenuto sponsorizzato|contenido patrocinado|спонсорський матеріал|materiał sponsorowany|conteúdo patrocinado|партнерский материал|партнёрский материал|artykuł sponsorowany|contenu sponsorisé|publi-rédactionnel|treść sponsorowana|sponsored content|на правах рекламы|promoted content|paid partnership|sponsorlu içerik|advertisements|sponsored post|advertisement|sponsorizzato|paid content|advertorial|patrocinado|publicidade|advertentie|إعلان مدفوع|محتوى مدفوع|ad feature|gesponsert|sponsorisé|publicidad|pubblicità|gesponsord|sponsored|paid post|publicité|sponsorlu|promoted|anzeigen|スポンサーリンク|anzeige|werbung|реклама|reklama|reklame|reklam|annons|إعلان|赞助内容|贊助內容|广告|廣告|広告".split(
        "|"
    )
)
COOKIES = tuple(
    "cookie|куки|кукі|ciasteczk|çerez|ملفات تعريف الارتباط|الكوكيز|クッキー|galletas|biscotti|your privacy|your consent|ihre privatsphäre|ihre einwilligung|votre vie privée|votre consentement|su privacidad|la tua privacy|sua privacidade|隐私设置".split(
        "|"
    )
)
# How the buttons below begin, and the whole of the shortest.
CONSENT = tuple(
    (
        "accept|agree|i agree|i accept|allow|got it|i understand|understood|reject|decline|deny|refuse|dismiss|consent|"
        "manage|only necessary|necessary only|essential only|cookie settings|preferences|customise|customize|akzept|alle akzept|annehmen|zustimmen|einverstanden|ich stimme|"
        "ablehnen|alle ablehnen|verstanden|nur notwendige|nur erforderliche|einstellungen|alle cookies|accepter|tout accepter|j'accepte|j’accepte|refuser|tout refuser|continuer sans|"
        "d'accord|d’accord|paramétrer|personnaliser|aceptar|acepto|rechazar|entendido|de acuerdo|configurar|accett|rifiut|ho capito|continua senza|"
        "personalizza|aceitar|aceito|recusar|rejeitar|concordo|entendi|принять|принимаю|соглас|хорошо|понятно|отклонить|отказаться|"
        "настроить|прийняти|приймаю|погоджуюсь|згоден|зрозуміло|відхилити|налаштувати|akceptuj|zgadzam się|zgoda|odrzuć|rozumiem|dostosuj|"
        "kabul|tümünü kabul|reddet|tümünü reddet|anladım|tamam|accepteren|akkoord|weigeren|godkänn|acceptera|قبول|موافق|أوافق|"
        "رفض|同意|接受|拒绝|拒絕|我知道了|同意する|拒否|承諾"
    ).split("|")
)
SHORT_CONSENT = frozenset("ok|okay|x|×|да|нет|yes|no|ja|nein|oui|non|sí|si|sì|sim|ок".split("|"))
