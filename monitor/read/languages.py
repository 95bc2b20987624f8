"""The calendar's words in many languages: months, weekdays, units of time, words for "ago", time zones.

A table for each kind of word; a further language is one line in each. Every word is looked up folded: case, accents
and vowel points play no part, so AOÛT, août and aout are one. Nothing here reads a text: see `dates`.
"""

# ruff: noqa: E501 - one language a line, to be read as a table
from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

# January to December, parted by "|": full names, genitives, abbreviations, as they stand beside a number.
# fmt: off
MONTHS = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec",
    "ru": "январь января янв|февраль февраля фев февр|март марта мар|апрель апреля апр|май мая|июнь июня июн|июль июля июл|август августа авг|сентябрь сентября сен сент|октябрь октября окт|ноябрь ноября ноя нояб|декабрь декабря дек",
    "de": "januar jänner jan jän|februar feber feb|märz mär mrz maerz|april apr|mai|juni jun|juli jul|august aug|september sept sep|oktober okt|november nov|dezember dez",
    "fr": "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre sept|octobre oct|novembre nov|décembre déc",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre setiembre sep sept set|octubre oct|noviembre nov|diciembre dic",
    "it": "gennaio gen genn|febbraio feb febbr|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|settembre set sett|ottobre ott|novembre nov|dicembre dic",
    "pt": "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set|outubro out|novembro nov|dezembro dez",
    "nl": "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sep|oktober okt|november nov|december dec",
    "pl": "styczeń stycznia sty|luty lutego lut|marzec marca mar|kwiecień kwietnia kwi|maj maja|czerwiec czerwca cze|lipiec lipca lip|sierpień sierpnia sie|wrzesień września wrz|październik października paź|listopad listopada lis|grudzień grudnia gru",
    "uk": "січень січня січ|лютий лютого лют|березень березня бер|квітень квітня кві квіт|травень травня тра трав|червень червня чер черв|липень липня лип|серпень серпня сер серп|вересень вересня вер|жовтень жовтня жов жовт|листопад листопада лис|грудень грудня гру груд",
    "tr": "ocak oca|şubat şub|mart mar|nisan nis|mayıs may|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara",
    "ar": "يناير جانفي كانون+الثاني|فبراير فيفري شباط|مارس آذار|أبريل إبريل أفريل نيسان|مايو ماي أيار|يونيو يونيه جوان حزيران|يوليو يوليه جويلية تموز|أغسطس أوت آب|سبتمبر أيلول|أكتوبر تشرين+الأول|نوفمبر تشرين+الثاني|ديسمبر كانون+الأول",
    "fa": "ژانویه|فوریه|مارس|آوریل|مه می|ژوئن|ژوئیه ژوییه جولای|اوت آگوست|سپتامبر|اکتبر|نوامبر|دسامبر",
    "he": "ינואר בינואר|פברואר בפברואר|מרץ במרץ מרס במרס|אפריל באפריל|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט|ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר|דצמבר בדצמבר",
    "el": "ιανουάριος ιανουαρίου ιαν|φεβρουάριος φεβρουαρίου φεβ|μάρτιος μαρτίου μαρ|απρίλιος απριλίου απρ|μάιος μαΐου μαι|ιούνιος ιουνίου ιουν|ιούλιος ιουλίου ιουλ|αύγουστος αυγούστου αυγ|σεπτέμβριος σεπτεμβρίου σεπ σεπτ|οκτώβριος οκτωβρίου οκτ|νοέμβριος νοεμβρίου νοε νοεμ|δεκέμβριος δεκεμβρίου δεκ",
    "hi": "जनवरी|फ़रवरी फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर|नवंबर नवम्बर|दिसंबर दिसम्बर",
    "sv": "januari jan|februari feb|mars mar|april apr|maj|juni jun|juli jul|augusti aug|september sep sept|oktober okt|november nov|december dec",
    "da": "januar jan|februar feb|marts mar|april apr|maj|juni jun|juli jul|august aug|september sep sept|oktober okt|november nov|december dec",
    "no": "januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|august aug|september sep sept|oktober okt|november nov|desember des",
    "fi": "tammikuu tammikuuta tammi|helmikuu helmikuuta helmi|maaliskuu maaliskuuta maalis|huhtikuu huhtikuuta huhti|toukokuu toukokuuta touko|kesäkuu kesäkuuta kesä|heinäkuu heinäkuuta heinä|elokuu elokuuta elo|syyskuu syyskuuta syys|lokakuu lokakuuta loka|marraskuu marraskuuta marras|joulukuu joulukuuta joulu",
    "cs": "leden ledna led|únor února úno|březen března bře|duben dubna dub|květen května kvě|červen června čvn|červenec července čvc|srpen srpna srp|září zář|říjen října říj|listopad listopadu lis|prosinec prosince pro",
    "sk": "január januára|február februára|marec marca|apríl apríla|máj mája|jún júna|júl júla|august augusta|september septembra|október októbra|november novembra|december decembra",
    "ro": "ianuarie ian|februarie feb|martie mar|aprilie apr|mai|iunie iun|iulie iul|august aug|septembrie sept sep|octombrie oct|noiembrie nov|decembrie dec",
    "hu": "január jan|február febr|március márc|április ápr|május máj|június jún|július júl|augusztus aug|szeptember szept|október okt|november nov|december dec",
    "id": "januari jan|februari feb|maret mar|april apr|mei|juni jun|juli jul|agustus agt agu|september sep|oktober okt|november nov|desember des",
    "vi": "một giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|mười+một|mười+hai chạp",
}

# Words that are no month by themselves but in Vietnamese after "tháng" ("month"): see `vietnamese_month_of`.
_ONLY_AFTER_THANG = "vi"

WEEKDAYS = {
    "en": "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun",
    "ru": "понедельник пн вторник вт среда среду ср четверг чт пятница пятницу пт суббота субботу сб воскресенье вс",
    "de": "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so",
    "fr": "lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim",
    "es": "lunes lun martes mar miércoles mié jueves jue viernes vie sábado sáb domingo dom",
    "it": "lunedì lun martedì mar mercoledì mer giovedì gio venerdì ven sabato sab domenica dom",
    "pt": "segunda segunda-feira terça terça-feira quarta quarta-feira quinta quinta-feira sexta sexta-feira sábado domingo seg ter qua qui sex sáb dom",
    "nl": "maandag ma dinsdag di woensdag wo donderdag do vrijdag vr zaterdag za zondag zo",
    "pl": "poniedziałek pon wtorek wt środa środę śr czwartek czw piątek pt sobota sobotę sob niedziela niedzielę ndz niedz",
    "uk": "понеділок пн вівторок вт середа середу ср четвер чт п'ятниця п'ятницю пт субота суботу сб неділя неділю нд",
    "tr": "pazartesi pzt salı sal çarşamba çar perşembe per cuma cum cumartesi cmt pazar paz",
    "ar": "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "fa": "دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه شنبه یکشنبه",
    "he": "שני שלישי רביעי חמישי שישי שבת ראשון",
    "el": "δευτέρα δευ τρίτη τρι τετάρτη τετ πέμπτη πεμ παρασκευή παρ σάββατο σαβ κυριακή κυρ",
    "hi": "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    "zh": "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日",
    "ja": "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月 火 水 木 金 土 日",
    "ko": "월요일 화요일 수요일 목요일 금요일 토요일 일요일 월 화 수 목 금 토 일",
    "sv": "måndag mån tisdag tis onsdag ons torsdag tors tor fredag fre lördag lör söndag sön",
    "da": "mandag man tirsdag tirs tir onsdag ons torsdag tors tor fredag fre lørdag lør søndag søn",
    "fi": "maanantai maanantaina ma tiistai tiistaina ti keskiviikko keskiviikkona ke torstai torstaina to perjantai perjantaina pe lauantai lauantaina la sunnuntai sunnuntaina su",
    "cs": "pondělí po úterý út středa středu st čtvrtek čt pátek pá sobota sobotu so neděle neděli ne",
    "ro": "luni lun marți mar miercuri mie joi vineri vin sâmbătă sâm duminică dum",
    "hu": "hétfő kedd szerda csütörtök péntek szombat vasárnap",
    "vi": "thứ+hai thứ+ba thứ+tư thứ+năm thứ+sáu thứ+bảy chủ+nhật",
    "id": "senin selasa rabu kamis jumat sabtu minggu",
}

# second|minute|hour|day|week|month|year, every form that stands beside a number.
UNITS = {
    "en": "second seconds sec secs s|minute minutes min mins m|hour hours hr hrs h|day days d|week weeks wk wks w|month months mo mos|year years yr yrs y",
    "ru": "секунда секунду секунды секунд сек|минута минуту минуты минут мин|час часа часов ч|день дня дней дн|неделя неделю недели недель нед|месяц месяца месяцев мес|год года лет",
    "de": "sekunde sekunden sek|minute minuten min|stunde stunden std|tag tage tagen|woche wochen|monat monate monaten|jahr jahre jahren",
    "fr": "seconde secondes|minute minutes|heure heures|jour jours j|semaine semaines|mois|an ans année années",
    "es": "segundo segundos|minuto minutos|hora horas|día días|semana semanas|mes meses|año años",
    "it": "secondo secondi|minuto minuti|ora ore|giorno giorni|settimana settimane|mese mesi|anno anni",
    "pt": "segundo segundos|minuto minutos|hora horas|dia dias|semana semanas|mês meses|ano anos",
    "nl": "seconde seconden|minuut minuten|uur uren|dag dagen|week weken|maand maanden|jaar jaren",
    "pl": "sekundę sekundy sekund|minutę minuty minut|godzinę godziny godzin godz|dzień dni|tydzień tygodnie tygodni|miesiąc miesiące miesięcy|rok lata lat",
    "uk": "секунду секунди секунд|хвилину хвилини хвилин хв|годину години годин год|день дні днів|тиждень тижні тижнів|місяць місяці місяців|рік роки років",
    "tr": "saniye|dakika dk|saat|gün|hafta|ay|yıl",
    "ar": "ثانية ثوان ثواني|دقيقة دقائق|ساعة ساعات|يوم أيام يوما|أسبوع أسابيع|شهر أشهر شهور|سنة سنوات عام أعوام",
    "fa": "ثانیه|دقیقه|ساعت|روز|هفته|ماه|سال",
    "he": "שנייה שניות|דקה דקות|שעה שעות|יום ימים|שבוע שבועות|חודש חודשים|שנה שנים",
    "el": "δευτερόλεπτο δευτερόλεπτα|λεπτό λεπτά|ώρα ώρες|μέρα μέρες ημέρα ημέρες|εβδομάδα εβδομάδες|μήνα μήνες|χρόνο χρόνια έτος έτη",
    "hi": "सेकंड|मिनट|घंटा घंटे|दिन|सप्ताह हफ्ते|महीना महीने|साल वर्ष",
    "sv": "sekund sekunder|minut minuter|timme timmar tim|dag dagar|vecka veckor|månad månader|år",
    "da": "sekund sekunder|minut minutter|time timer|dag dage|uge uger|måned måneder|år",
    "no": "sekund sekunder|minutt minutter|time timer|dag dager|uke uker|måned måneder|år",
    "fi": "sekunti sekuntia|minuutti minuuttia|tunti tuntia|päivä päivää|viikko viikkoa|kuukausi kuukautta|vuosi vuotta",
    "cs": "sekundou sekundami|minutou minutami|hodinou hodinami|dnem dny|týdnem týdny|měsícem měsíci|rokem roky lety",
    "ro": "secundă secunde|minut minute|oră ore|zi zile|săptămână săptămâni|lună luni|an ani",
    "hu": "másodperce másodperccel|perce perccel|órája órával|napja nappal|hete héttel|hónapja hónappal|éve évvel",
    "id": "detik|menit|jam|hari|minggu|bulan|tahun",
    "vi": "giây|phút|giờ|ngày|tuần|tháng|năm",
    "zh": "秒 秒钟|分钟 分|小时 个小时|天 日|周 星期 个星期|个月 月|年",
    "ja": "秒|分|時間|日|週間|か月 ヶ月 カ月|年",
    "ko": "초|분|시간|일|주|개월 달|년",
}

# Words after the number and unit that make them "ago", and words before them that do.
AGO_AFTER = "ago назад тому önce geleden temu sedan siden sitten fa atrás lalu trước ezelőtt पहले پیش 전 前"
AGO_BEFORE = "vor hace há před acum πριν منذ قبل לפני il+y+a depuis+il+y+a"
# A Hungarian unit in this ending is "ago" by itself.
AGO_INSIDE = "másodperce perce órája napja hete hónapja éve"
# "one", where a page writes it out.
ONE = "a an one ein eine einem einer einen un une una um uma een en ett"

# "at" before a time of day.
BEFORE_TIME = ("at", "um", "à", "a las", "alle", "às", "om", "kl.", "kl", "klo", "в", "о", "об", "o godz.", "godz.", "v", "ve", "ob", "saat", "jam", "lúc", "ore", "u.", "الساعة", "ساعت", "בשעה", "στις")

# Whole phrases without a number, and what they mean in seconds before now.
RELATIVE_WORDS = {
    "just now": 0, "moments ago": 0, "a moment ago": 0, "today": 0, "yesterday": 86400, "tomorrow": -86400, "the day before yesterday": 172800,
    "сейчас": 0, "только что": 0, "сегодня": 0, "вчера": 86400, "завтра": -86400, "позавчера": 172800,
    "щойно": 0, "сьогодні": 0, "вчора": 86400, "учора": 86400, "позавчора": 172800,
    "gerade eben": 0, "soeben": 0, "heute": 0, "gestern": 86400, "morgen": -86400, "vorgestern": 172800,
    "à l’instant": 0, "à l'instant": 0, "aujourd’hui": 0, "aujourd'hui": 0, "hier": 86400, "demain": -86400, "avant-hier": 172800,
    "ahora": 0, "ahora mismo": 0, "hoy": 0, "ayer": 86400, "mañana": -86400, "anteayer": 172800,
    "adesso": 0, "oggi": 0, "ieri": 86400, "domani": -86400, "agora": 0, "agora mesmo": 0, "hoje": 0, "ontem": 86400, "amanhã": -86400, "anteontem": 172800,
    "zojuist": 0, "vandaag": 0, "gisteren": 86400, "eergisteren": 172800, "przed chwilą": 0, "dzisiaj": 0, "dziś": 0, "wczoraj": 86400, "przedwczoraj": 172800, "jutro": -86400,
    "şimdi": 0, "az önce": 0, "bugün": 0, "dün": 86400, "yarın": -86400, "الآن": 0, "اليوم": 0, "أمس": 86400, "غدا": -86400, "امروز": 0, "دیروز": 86400, "فردا": -86400,
    "עכשיו": 0, "היום": 0, "אתמול": 86400, "מחר": -86400, "τώρα": 0, "σήμερα": 0, "χθες": 86400, "χτες": 86400, "αύριο": -86400, "अभी": 0, "आज": 0,
    "刚刚": 0, "剛剛": 0, "今天": 0, "昨天": 86400, "前天": 172800, "明天": -86400, "たった今": 0, "今日": 0, "本日": 0, "昨日": 86400, "一昨日": 172800, "明日": -86400,
    "방금": 0, "방금 전": 0, "오늘": 0, "어제": 86400, "그저께": 172800, "내일": -86400,
    "just nu": 0, "idag": 0, "i dag": 0, "igår": 86400, "i går": 86400, "imorgon": -86400, "i morgen": -86400, "tänään": 0, "eilen": 86400, "huomenna": -86400,
    "právě teď": 0, "dnes": 0, "včera": 86400, "zítra": -86400, "předevčírem": 172800, "azi": 0, "astăzi": 0, "alaltăieri": 172800, "mâine": -86400,
    "az imént": 0, "tegnap": 86400, "holnap": -86400, "baru saja": 0, "hari ini": 0, "kemarin": 86400, "besok": -86400, "vừa xong": 0, "hôm nay": 0, "hôm qua": 86400, "ngày mai": -86400,
}
# fmt: on

_SECONDS = (1, 60, 3600, 86400, 7 * 86400, 30 * 86400, 365 * 86400)

# Minutes east of UTC. A summer-and-winter name ("ET") has no offset; IST is India's, CST North America's.
ZONES: dict[str, int | None] = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "МСК": 180, "TRT": 180, "IST": 330, "PKT": 300, "WIB": 420, "ICT": 420,
    "HKT": 480, "SGT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "AEST": 600, "AEDT": 660, "NZST": 720,
    "NZDT": 780, "NST": -210, "ADT": -180, "AST": -240, "EDT": -240, "EST": -300, "CDT": -300, "CST": -360,
    "MDT": -360, "MST": -420, "PDT": -420, "PST": -480, "AKDT": -480, "AKST": -540, "HST": -600, "BRT": -180,
    "ART": -180, "ET": None, "CT": None, "MT": None, "PT": None,
}  # fmt: skip


def fold(word: str) -> str:
    """The word in lower case, without accents, points, the two Turkish i's and the apostrophes' difference."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i").replace("’", "'").replace("ʼ", "'"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def month_of(word: str) -> int | None:
    """1 to 12 where the word is a month's name in one of the languages."""
    return _months().get(fold(word))


def is_weekday(word: str) -> bool:
    return fold(word) in _weekdays()


def seconds_of(unit: str) -> int | None:
    """How long a unit of time is; a month counts 30 days, a year 365."""
    return _units().get(fold(unit))


def relative_words() -> dict[str, int]:
    """Folded phrase → seconds before now."""
    return _relative_words()


@cache
def _months() -> dict[str, int]:
    lines = (line for language, line in MONTHS.items() if language != _ONLY_AFTER_THANG)
    return _numbered(lines, range(1, 13))


@cache
def vietnamese_months() -> dict[str, int]:
    return _numbered([MONTHS[_ONLY_AFTER_THANG]], range(1, 13))


@cache
def _units() -> dict[str, int]:
    return _numbered(UNITS.values(), _SECONDS)


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(word.replace("+", " ") for line in WEEKDAYS.values() for word in fold(line).split())


@cache
def _relative_words() -> dict[str, int]:
    return {fold(words): ago for words, ago in RELATIVE_WORDS.items()}


@cache
def ago_words() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Folded words for "ago": after the unit, before the number, inside the unit; and the words for "one"."""
    after, before, inside, one = (
        frozenset(fold(word).replace("+", " ") for word in line.split())
        for line in (AGO_AFTER, AGO_BEFORE, AGO_INSIDE, ONE)
    )
    return after, before, inside, one


def _numbered(lines: Iterable[str], values: Sequence[int]) -> dict[str, int]:
    """Folded word → the value of its place in the line; "+" stands for a blank inside a name."""
    return {
        word.replace("+", " "): value
        for line in lines
        for value, words in zip(values, fold(line).split("|"), strict=True)
        for word in words.split()
    }
