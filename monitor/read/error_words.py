"""The words of pages that stand in for the page: errors, maintenance, checks of the visitor, sign-ins, sold domains.

One line a language, phrases lower case with a bar between. A phrase is one that hardly any other page would say in a
short text of its own; what a page on another subject may say too ("maintenance") counts only as a whole line.
"""

# ruff: noqa: E501 - one language a line, to be read as a table
from __future__ import annotations

import re
from functools import cache

# fmt: off
_CHALLENGE = """
just a moment...|just a moment…|checking your browser|checking if the site connection is secure|verify you are human|verify that you are human|verify you are a human|verifying you are human|are you a robot|you are not a robot|i'm not a robot|unusual traffic|automated requests|automated queries|attention required!|complete the captcha|complete the security check|complete a security check|prove you are human|prove you're human|prove that you are human|solve the captcha|enter the captcha|ddos protection by|ddos-guard|press & hold|press and hold to confirm|pardon our interruption|enable javascript and cookies to continue|please enable javascript to view|javascript is required to view|you need to enable javascript to run
ich bin kein roboter|ungewöhnlichen datenverkehr|ungewöhnlicher datenverkehr|browser wird überprüft|überprüfung ihres browsers|bestätigen sie, dass sie ein mensch|bestätigen sie, dass sie kein roboter|sicherheitsüberprüfung durchgeführt|bitte aktivieren sie javascript
je ne suis pas un robot|trafic inhabituel|trafic exceptionnel|vérification de votre navigateur|vérifiez que vous êtes humain|vérifier que vous êtes un humain|confirmez que vous n'êtes pas un robot|veuillez activer javascript
no soy un robot|tráfico inusual|comprobando su navegador|comprobando tu navegador|verifica que eres humano|verifique que es un ser humano|confirme que no es un robot|habilite javascript y cookies
non sono un robot|traffico insolito|traffico anomalo|verifica del browser|verifica di essere umano|verifica che sei umano|conferma di non essere un robot|abilita javascript e i cookie
não sou um robô|não sou um robot|tráfego incomum|tráfego invulgar|verificando seu navegador|a verificar o seu navegador|verifique se você é humano|confirme que não é um robô|ative o javascript e os cookies
я не робот|необычный трафик|подозрительный трафик|подозрительную активность с вашего|проверка браузера|проверяем ваш браузер|подтвердите, что вы не робот|подтвердите, что вы человек|вы не робот|похожи на автоматические|включите javascript
незвичний трафік|підозрілий трафік|перевірка браузера|перевіряємо ваш браузер|підтвердьте, що ви не робот|підтвердьте, що ви людина|увімкніть javascript
nie jestem robotem|nietypowy ruch|sprawdzanie przeglądarki|sprawdzamy twoją przeglądarkę|potwierdź, że jesteś człowiekiem|potwierdź, że nie jesteś robotem|włącz obsługę javascript
ben robot değilim|olağan dışı trafik|olağandışı trafik|tarayıcınız kontrol ediliyor|insan olduğunuzu doğrulayın|robot olmadığınızı doğrulayın|javascript'i etkinleştirin
أنا لست روبوت|أنا لست برنامج روبوت|حركة مرور غير عادية|التحقق من أنك إنسان|التحقق من المتصفح|تحقق من أنك لست روبوت
我不是机器人|我不是機器人|异常流量|異常流量|人机验证|人機驗證|安全验证|验证您是真人|確認您是真人|正在检查您的浏览器|请输入验证码|請輸入驗證碼|请启用javascript
私はロボットではありません|通常と異なるトラフィック|人間であることを確認|ブラウザを確認しています|ロボットでないことを確認|javascriptを有効にして
"""
_SIGN_IN = """
log in to continue|login to continue|sign in to continue|log in to view|sign in to view|you must be logged in|you must log in|you need to log in|you need to sign in|please log in|please sign in|your session has expired|subscribe to continue reading
bitte melden sie sich an|melden sie sich an, um|melde dich an, um|bitte einloggen|sie müssen angemeldet sein|sie müssen sich anmelden|ihre sitzung ist abgelaufen
veuillez vous connecter|connectez-vous pour|identifiez-vous pour|vous devez être connecté|vous devez vous connecter|votre session a expiré
inicia sesión para|inicie sesión para|por favor, inicie sesión|por favor inicie sesión|debe iniciar sesión|debes iniciar sesión|su sesión ha caducado|su sesión ha expirado
accedi per continuare|accedi per visualizzare|effettua il login|effettua l'accesso|devi effettuare l'accesso|devi accedere per|la sessione è scaduta
faça login para|inicie sessão para|por favor, faça login|você precisa fazer login|é necessário fazer login|é necessário iniciar sessão|sua sessão expirou
войдите, чтобы|войдите в систему|пожалуйста, войдите|пожалуйста, авторизуйтесь|необходимо авторизоваться|необходима авторизация|требуется авторизация|авторизуйтесь, чтобы|время сеанса истекло
увійдіть, щоб|увійдіть у систему|увійдіть в систему|будь ласка, увійдіть|будь ласка, авторизуйтесь|необхідно авторизуватися|потрібна авторизація
zaloguj się, aby|zaloguj się aby|prosimy się zalogować|proszę się zalogować|musisz być zalogowany|musisz się zalogować|sesja wygasła
devam etmek için giriş yapın|lütfen giriş yapın|giriş yapmanız gerekiyor|giriş yapmalısınız|oturum açmanız gerekiyor|oturumunuzun süresi doldu
يرجى تسجيل الدخول|الرجاء تسجيل الدخول|سجل الدخول للمتابعة|يجب تسجيل الدخول|انتهت صلاحية الجلسة
请登录|請登錄|請登入|请先登录|登录后查看|登录以继续|您需要登录|会话已过期
ログインしてください|続行するにはログイン|ログインが必要です|サインインしてください|セッションの有効期限が切れ
"""
_ERROR = """
page not found|page was not found|could not find that page|couldn't find that page|could not find the page|couldn't find the page|cannot find the page|can't find the page|cannot find that page|can't find that page|could not find this page|couldn't find this page|page does not exist|page doesn't exist|page no longer exists|page cannot be found|page can't be found|page could not be found|page isn't available|page you requested|page you are looking for|page you were looking for|page you're looking for|the requested url|the requested page|access denied|access is denied|access to this page has been denied|you have been blocked|you don't have permission to access|not available in your region|not available in your country|bad gateway|gateway time-out|gateway timeout|temporarily unable to service|too many requests|internal server error|the service is unavailable|an error occurred|an error has occurred|unexpected error|something went wrong|application error|technical difficulties|we'll be back soon|we will be back soon|we'll be right back|we'll be back shortly|we will be back shortly|down for maintenance|performing some maintenance|performing scheduled maintenance|performing maintenance on|undergoing scheduled maintenance|error establishing a database connection|could not connect to the database|database connection failed|server error in|account suspended|account has been suspended|bandwidth limit exceeded|this site can't be reached|domain is for sale|domain name is for sale|domain may be for sale|buy this domain|domain has expired|domain is parked|domain parking|welcome to nginx!|apache2 ubuntu default page|apache2 debian default page
seite nicht gefunden|seite wurde nicht gefunden|seite konnte nicht gefunden|seite existiert nicht|seite ist nicht vorhanden|angeforderte seite|gewünschte seite|zugriff verweigert|zugriff nicht gestattet|kein zugriff auf diese|interner serverfehler|ein fehler ist aufgetreten|es ist ein fehler aufgetreten|etwas ist schiefgelaufen|wir sind bald zurück|wir sind gleich zurück|wir sind in kürze wieder|domain steht zum verkauf|domain zu verkaufen|domain kaufen
page introuvable|page non trouvée|page n'a pas été trouvée|page n'existe pas|page n'existe plus|page demandée|page que vous recherchez|page que vous cherchez|accès refusé|accès interdit|erreur interne du serveur|une erreur est survenue|une erreur s'est produite|nous serons bientôt de retour|nous revenons bientôt|de retour bientôt|de retour très vite|domaine est à vendre|nom de domaine à vendre
página no encontrada|página no se encuentra|no se encontró la página|no se ha encontrado la página|no se pudo encontrar la página|página no existe|página solicitada|página que busca|página que buscas|página que está buscando|acceso denegado|acceso prohibido|error interno del servidor|se ha producido un error|ha ocurrido un error|ocurrió un error|algo salió mal|estamos realizando tareas de mantenimiento|volvemos pronto|volveremos pronto|volvemos enseguida|dominio está en venta|dominio está a la venta|dominio en venta
pagina non trovata|pagina non è stata trovata|pagina non esiste|pagina richiesta|pagina che stai cercando|pagina che cerchi|pagina cercata|accesso negato|accesso vietato|errore interno del server|si è verificato un errore|qualcosa è andato storto|torneremo presto|torniamo presto|torniamo subito|dominio è in vendita|dominio in vendita
página não encontrada|página não foi encontrada|página não existe|página que você procura|página que procura|página que você está procurando|acesso negado|acesso proibido|erro interno do servidor|ocorreu um erro|algo deu errado|algo correu mal|estamos realizando uma manutenção|voltaremos em breve|voltamos em breve|voltamos já|domínio está à venda|domínio à venda
страница не найдена|страница не существует|страница удалена|страницы не существует|страницы нет|запрашиваемая страница|запрашиваемый ресурс|запрошенная страница|доступ запрещен|доступ запрещён|внутренняя ошибка сервера|произошла ошибка|что-то пошло не так|скоро вернемся|скоро вернёмся|мы скоро вернемся|домен продается|домен продаётся|продажа домена|срок регистрации домена|ошибка подключения к базе данных|ошибка соединения с базой
сторінку не знайдено|сторінка не знайдена|сторінки не знайдено|сторінка не існує|сторінки не існує|запитувана сторінка|запитувану сторінку|доступ заборонено|внутрішня помилка сервера|сталася помилка|щось пішло не так|скоро повернемося|незабаром повернемося|домен продається
nie znaleziono strony|strona nie została znaleziona|strony nie znaleziono|strona nie istnieje|nie można znaleźć strony|żądana strona|szukana strona|strona, której szukasz|odmowa dostępu|dostęp zabroniony|brak dostępu do|wewnętrzny błąd serwera|wystąpił błąd|coś poszło nie tak|wkrótce wrócimy|wracamy wkrótce|zaraz wracamy|domena jest na sprzedaż|domena na sprzedaż
sayfa bulunamadı|aradığınız sayfa|istediğiniz sayfa|böyle bir sayfa yok|erişim engellendi|erişim reddedildi|erişim yasak|sunucu hatası|bir hata oluştu|bir sorun oluştu|bir şeyler ters gitti|yakında döneceğiz|kısa süre sonra döneceğiz|alan adı satılık
الصفحة غير موجودة|لم يتم العثور على الصفحة|الصفحة المطلوبة|الصفحة التي تبحث عنها|تم رفض الوصول|الوصول مرفوض|غير مسموح بالوصول|خطأ داخلي في الخادم|حدث خطأ|سنعود قريبا|النطاق للبيع
页面不存在|頁面不存在|找不到页面|找不到頁面|页面未找到|页面没有找到|找不到该页|无法找到该页|您访问的页面|您要访问的页面|拒绝访问|访问被拒绝|禁止访问|存取被拒|服务器内部错误|服务器错误|内部服务器错误|发生错误|发生了错误|域名出售|域名正在出售|该域名已过期
ページが見つかりません|ページは見つかりません|お探しのページ|ページは存在しません|ページが存在しません|指定されたページ|アクセスが拒否されました|サーバーエラー|サーバー内部エラー|エラーが発生しました|メンテナンス中です|只今メンテナンス|ただいまメンテナンス|ドメインは売り出し中|ドメインは販売中
"""
# What is an error only where the same line names the site: a lift may be temporarily unavailable too.
_STATE = """
temporarily unavailable|temporarily down|temporarily offline|currently unavailable|currently not available|is not available between|is not available at the moment|not available at present|is being upgraded|is being updated|currently offline|under maintenance|undergoing maintenance|undergoing scheduled maintenance|scheduled maintenance|under construction|is down for|unable to service
vorübergehend nicht|derzeit nicht erreichbar|derzeit nicht verfügbar|zurzeit nicht erreichbar|zurzeit nicht verfügbar|momentan nicht erreichbar|momentan nicht verfügbar|wird gewartet|wird gerade gewartet|wartungsarbeiten|im aufbau
temporairement indisponible|momentanément indisponible|actuellement indisponible|est indisponible|en maintenance|de maintenance|maintenance en cours|en construction
no está disponible|temporalmente no disponible|temporalmente fuera|en mantenimiento|de mantenimiento|fuera de servicio|en construcción
temporaneamente non|temporaneamente irraggiungibile|momentaneamente non|non è disponibile|in manutenzione|di manutenzione|in costruzione
temporariamente indisponível|temporariamente fora|está indisponível|em manutenção|de manutenção|fora do ar|em construção
временно недоступ|временно не работает|недоступен|недоступна|технические работы|технических работ|на реконструкции|на обслуживании|в разработке
тимчасово недоступ|тимчасово не працює|недоступний|недоступна|технічні роботи|технічних робіт|на реконструкції|на обслуговуванні|у розробці
chwilowo niedostępn|tymczasowo niedostępn|jest niedostępn|prace techniczne|prac technicznych|prace konserwacyjne|prac konserwacyjnych|w przebudowie|w budowie
geçici olarak|kullanılamıyor|bakımda|bakım çalışması|hizmet dışı|yapım aşamasında
غير متاح|غير متوفر|تحت الصيانة|قيد الصيانة|قيد الإنشاء
暂时无法|暂不可用|不可用|维护中|正在维护|進行維護|进行维护|升级中|維護中
利用できません|アクセスできません|表示できません|メンテナンス
"""
_SITE = (
    "site|website|web|page|webpage|server|portal|seite|webseite|internetseite|homepage|internetauftritt|serveur|portail|"
    "sitio|página|servidor|sito|pagina|portale|сайт|сайта|сайте|сайту|страница|сервер|сервера|сервере|портал|портале|"
    "сторінка|сервері|порталі|strona|stronie|strony|witryna|serwis|serwisie|serwer|sitemiz|sitemizde|sitesi|sayfa|"
    "sayfamız|sunucu|الموقع|الصفحة|الخادم|موقعنا"
)
# The same in scripts that put no blanks between words.
_SITE_DENSE = "网站|網站|网页|页面|系统|系統|服务|サイト|ページ|サービス|システム"
# What is an error only as a whole line or heading: elsewhere it may be a page's subject.
_WHOLE = """
error|not found|access denied|forbidden|maintenance|under maintenance|site maintenance|scheduled maintenance|maintenance mode|under construction|offline|service unavailable|temporarily unavailable|we are offline|be right back|oops|oops!|coming soon
fehler|nicht gefunden|wartung|wartungsarbeiten|wartungsmodus|wir bauen um
erreur|introuvable|en maintenance|mode maintenance|site indisponible
no encontrado|en mantenimiento|mantenimiento|modo de mantenimiento|fuera de servicio
errore|non trovato|in manutenzione|manutenzione|manutenzione in corso
erro|não encontrado|em manutenção|manutenção|fora do ar
ошибка|не найдено|технические работы|техническое обслуживание|профилактические работы|сайт закрыт|доступ ограничен|доступ заблокирован
помилка|не знайдено|технічні роботи|технічне обслуговування|доступ обмежено|доступ заблоковано
błąd|nie znaleziono|przerwa techniczna|prace techniczne|prace konserwacyjne
hata|bulunamadı|bakım|bakım çalışması|bakım modu
خطأ|غير موجود|صيانة|الصيانة
错误|維護中|维护中|系统维护|网站维护
エラー|見つかりません|メンテナンス|メンテナンス中
"""
# fmt: on

REQUEST_TO_SIGN_IN = "a request to sign in, not the page"  # what a wall is called that asks who one is

_TRACE_LINES = (
    r"(?:fatal error|parse error|warning|notice|deprecated)\s*:\s.{0,400}?\bin\s+(?:/|[a-z]:\\)\S+(?:\s+on line|:)\s*\d+",
    r"traceback \(most recent call last\)",
    r"\buncaught\s+\S*(?:exception|error)\b",
    r"\bexception in thread \"",
    r"\b(?:java|javax|org|com|kotlin|scala)\.[\w.$]+(?:exception|error)\b",
    r"\bsystem\.[\w.]+exception\b",
    r"(?:^|\s)at [\w.$<>]+ ?\([\w./\\:-]+:\d+(?::\d+)?\)",
    r"\bsqlstate\[|\bora-\d{5}\b|\berror in your sql syntax\b|\bunhandled exception\b",
)
# "Error 404", "HTTP 503": the number with a word before it, or with what it means behind it.
_CODE = (
    r"(?:\berror|\bhttp(?: error| status)?|\bfehler|\berreur|\berrore|\berro|ошибка|помилка|\bbłąd|\bhata|خطأ|错误|エラー)"
    r"\s*(?:code|no\.?|n°|nr\.?|№|#|:)?\s*[45]\d\d\b|"
    r"^\W*(?:4(?:0[01345689]|10|29|51)|50[0-4]|52\d)\b\W*"
    r"(?:$|error|not found|forbidden|unauthori[sz]ed|gone|bad|service|gateway|too many|internal|page|seite|página|"
    r"pagina|страница|сторінк|strona|sayfa|nicht|non|no |não|не |fehler|erreur|errore|erro\b|ошибка|помилка|błąd|hata)"
)


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of "challenge", "sign in", "error", "state" (of a site), or the whole lines of "line"."""
    table = {"challenge": _CHALLENGE, "sign in": _SIGN_IN, "error": _ERROR, "state": _STATE, "line": _WHOLE}[kind]
    return tuple(phrase for line in table.strip().splitlines() for phrase in line.split("|"))


def in_small_letters(text: str) -> str:
    """The text as the phrases are written."""
    return text.lower().replace("’", "'")


def names_site(folded: str) -> bool:
    """Whether a text in small letters speaks of a site, a page or a server."""
    words = {word.strip(".,:;!?()[]«»“”„\"'") for word in folded.split()}
    return not words.isdisjoint(_SITE.split("|")) or any(word in folded for word in _SITE_DENSE.split("|"))


@cache
def code() -> re.Pattern[str]:
    """An HTTP status that says that there is no page."""
    return re.compile(_CODE, re.IGNORECASE)


@cache
def trace() -> re.Pattern[str]:
    """What a program writes where it fails: PHP, Python, Java and the like, databases."""
    return re.compile("|".join(_TRACE_LINES), re.IGNORECASE)


@cache
def trace_line() -> re.Pattern[str]:
    """A line of what such a program writes below that."""
    return re.compile(r"\s*(?:at\s\S+ ?\(|File \"|#\d+\s|Caused by:|\.\.\. \d+ more|thrown in |Stack trace)")
