"""The words of walls before a page: requests for consent, for a password, for a subscription; refusals by law or place.

One line a language, small letters, a bar between. A refusal is a phrase that a page of its own would hardly say; the
others count only on a page that says little else.
"""

# ruff: noqa: E501 - one language a line, to be read as a table
from __future__ import annotations

from functools import cache

# fmt: off
# What the sentences of a request for consent speak of, beside cookies.
_CONSENT_TALK = """
cookie|privacy|consent|personal data|partners|advertising|without ads|third parties|store and access
datenschutz|einwilligung|einwilligen|personenbezogen|partner|werbung|privatsphäre|impressum|zustimm
vie privée|consentement|données personnelles|partenaires|publicité|confidentialité|votre accord|votre choix
privacidad|consentimiento|datos personales|socios|publicidad
consenso|dati personali|partner|pubblicità
privacidade|consentimento|dados pessoais|parceiros|publicidade
файлы cookie|куки|согласи|персональных данных|персональные данные|конфиденциальност|партнер|партнёр
файли cookie|кукі|згод|персональних даних|персональні дані|конфіденційн|партнер
ciasteczk|prywatnoś|zgod|danych osobowych|dane osobowe|partner
çerez|gizlilik|onay|kişisel veri
ملفات تعريف الارتباط|الخصوصية|موافق|البيانات الشخصية
隐私|隱私|同意|个人信息|個人資料
クッキー|プライバシー|同意|個人情報
"""
# The heading of a form that asks who one is.
_SIGN_IN = """
sign in|log in|login|log on|please sign in|please log in|account login|member login
anmelden|anmeldung|einloggen|bitte anmelden
connexion|se connecter|connectez-vous|identification|identifiez-vous
iniciar sesión|inicia sesión|inicie sesión|acceso de usuarios|identifícate
accedi|accesso|effettua l'accesso|login
entrar|iniciar sessão|fazer login|acesse sua conta
вход|войти|вход в систему|вход на сайт|авторизация
вхід|увійти|вхід до системи|авторизація
zaloguj się|logowanie
giriş yap|oturum aç|üye girişi|kullanıcı girişi
تسجيل الدخول
登录|登錄|登入|用户登录
ログイン|サインイン
"""
_KEYWORD = """
password|passphrase
passwort|kennwort
mot de passe
contraseña
parola
palavra-passe|senha
пароль
hasło
şifre
كلمة المرور
密码|密碼
パスワード
"""
# What else a form for signing in says: its labels, its links, its hints.
_ACCOUNT = """
user name|username|user id|e-mail|email|account|register|sign up|signed in|signing in|logged in|logging in|remember me|credentials
benutzername|nutzername|angemeldet|registrier|konto|zugangsdaten
nom d'utilisateur|identifiant|courriel|connecté|se souvenir|compte|inscri
usuario|correo electrónico|recordar|recuérdame|cuenta|registr|regístr
nome utente|utente|ricordami|registrati|credenziali
usuário|utilizador|lembrar|conta|cadastr
логин|имя пользователя|пользовател|запомнить|регистр|учетн|учётн|почт
логін|користувач|запам|реєстр|обліков|пошт
użytkownik|zapamiętaj|zarejestruj|rejestrac
kullanıcı|hatırla|kayıt|hesa|e-posta
اسم المستخدم|تذكرني|حساب|البريد
用户名|用戶名|使用者|账号|帳號|账户|注册|註冊|记住|記住|邮箱
ユーザー|メール|登録|アカウント|記憶
"""
_PAYWALL = """
your last free article|free article left|free articles left|free article remaining|free articles remaining|no free articles|used your free articles|limit of free articles|free article limit|subscribe to read|subscribe to continue|subscribe to keep reading|subscribe to unlock|already a subscriber|for subscribers only|exclusive to subscribers|reserved for subscribers|to continue reading|to keep reading this
um weiterzulesen|jetzt weiterlesen|nur für abonnenten|exklusiv für abonnenten|bereits abonnent|weiterlesen mit
article réservé aux abonnés|réservé à nos abonnés|réservé aux abonnés|déjà abonné|pour lire la suite|la suite est réservée
exclusivo para suscriptores|solo para suscriptores|sólo para suscriptores|ya eres suscriptor|para seguir leyendo|suscríbete para
riservato agli abbonati|solo per gli abbonati|sei già abbonato|per continuare a leggere|abbonati per
exclusivo para assinantes|só para assinantes|já é assinante|para continuar lendo|para continuar a ler|assine para
только для подписчиков|только по подписке|доступно по подписке|чтобы читать дальше|чтобы продолжить чтение|уже подписаны
лише для передплатників|тільки для передплатників|щоб читати далі|щоб продовжити читання|вже передплатили
tylko dla prenumeratorów|tylko dla subskrybentów|aby czytać dalej|masz już prenumeratę
sadece abonelere|abonelere özel|okumaya devam etmek için
للمشتركين فقط|لمتابعة القراءة
订阅后阅读|仅限订阅|订阅用户专享|繼續閱讀|继续阅读全文
有料会員限定|会員限定記事|続きを読むには
"""
_REFUSAL = """
unavailable for legal reasons|cannot grant you access|can't grant you access|unable to grant you access|from a country belonging to the european|not available in the european|unavailable in the european|unavailable in your country|unavailable in your region|unavailable in your location|not available in your location|not accessible from your country|not accessible in your country|blocked in your country|has been blocked by order|blocked by court order
aus rechtlichen gründen nicht verfügbar|aus rechtlichen gründen nicht erreichbar|in ihrem land nicht verfügbar|in deinem land nicht verfügbar|in ihrer region nicht verfügbar
indisponible pour des raisons légales|indisponible pour raisons légales|pas disponible dans votre pays|pas accessible depuis votre pays|pas accessible dans votre pays|pas disponible dans votre région
no disponible por razones legales|no disponible por motivos legales|no está disponible en su país|no está disponible en tu país|no está disponible en su región
non disponibile per motivi legali|non è disponibile nel tuo paese|non è disponibile nel suo paese|non è accessibile dal tuo paese
indisponível por motivos legais|indisponível por razões legais|não está disponível no seu país|não está disponível na sua região
доступ к информационному ресурсу ограничен|доступ к ресурсу ограничен|доступ к сайту ограничен|доступ к запрашиваемому ресурсу|доступ к данному ресурсу|недоступен в вашей стране|недоступна в вашей стране|недоступен в вашем регионе|заблокирован по решению|заблокирован на основании|ограничен на основании федерального
доступ до сайту обмежено|доступ до ресурсу обмежено|доступ до ресурсу заблоковано|недоступний у вашій країні|недоступна у вашій країні
niedostępna z przyczyn prawnych|niedostępne z przyczyn prawnych|niedostępna w twoim kraju|niedostępne w twoim kraju|niedostępny w twoim kraju
yasal nedenlerle erişime|mahkeme kararıyla erişime|erişime engellenmiştir|ülkenizde kullanılamıyor|bölgenizde kullanılamıyor
غير متاح في بلدك|غير متوفر في بلدك|محجوب لأسباب قانونية
因法律原因|您所在的地区无法|您所在的國家|您所在的国家|您的地区不可用
お住まいの国では|お住まいの地域では|法的な理由により
"""
# fmt: on


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """Of "consent" (what it speaks of), "sign in" (headings), "password", "account", "paywall", "refusal"."""
    table = {
        "consent": _CONSENT_TALK, "sign in": _SIGN_IN, "password": _KEYWORD, "account": _ACCOUNT,
        "paywall": _PAYWALL, "refusal": _REFUSAL,
    }[kind]  # fmt: skip
    return tuple(phrase for line in table.strip().splitlines() for phrase in line.split("|"))
