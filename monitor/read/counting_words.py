"""The words with which pages count days, language by language. A further language is one entry in `LANGUAGES`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

UNITS = ("second", "minute", "hour", "day", "week", "month", "year")


class Language(NamedTuple):
    """`units` holds the forms of the seven units in the order of UNITS; `up` the words for a count since, `down` for
    one until; `agree` what changes with the number and so is no part of a label. Words lower case, a bar between."""

    units: tuple[str, ...]
    up: str
    down: str
    agree: str = ""


# fmt: off
LANGUAGES = (
    Language(("second|seconds", "minute|minutes", "hour|hours", "day|days", "week|weeks", "month|months", "year|years"),
             up="since|passed|ago|elapsed|gone by|without|into|in a row|and counting",
             down="countdown|until|till|to go|left|remain|remains|remaining|before|away", agree="have|has|are|is|were|was"),
    Language(("секунда|секунды|секунд|секунду", "минута|минуты|минут|минуту", "час|часа|часов", "день|дня|дней|сутки|суток",
              "неделя|недели|недель|неделю", "месяц|месяца|месяцев", "год|года|лет"),
             up="прошло|прошёл|прошел|прошли|прошла|с момента|со дня|с тех пор|с начала|назад|минуло|без",
             down="обратный отсчёт|обратный отсчет|до|осталось|остался|осталась|остались|через",
             agree="прошло|прошёл|прошел|прошли|прошла|минуло|минул|осталось|остался|осталась|остались"),
    Language(("sekunde|sekunden", "minute|minuten", "stunde|stunden", "tag|tage|tagen", "woche|wochen", "monat|monate|monaten",
              "jahr|jahre|jahren"),
             up="seit|vergangen|vor|her|ohne", down="countdown|bis|noch|verbleiben|verbleibend|verbleibende|übrig",
             agree="sind|ist|waren|war|verbleiben|verbleibt"),
    Language(("seconde|secondes", "minute|minutes", "heure|heures", "jour|jours", "semaine|semaines", "mois", "an|ans|année|années"),
             up="depuis|écoulé|écoulés|écoulée|écoulées|passé|passés|il y a|sans", down="compte à rebours|jusqu|avant|reste|restent|restant|restants|d'ici",
             agree="ont|a|sont|est|se|s'|reste|restent|écoulé|écoulés|passé|passés"),
    Language(("segundo|segundos", "minuto|minutos", "hora|horas", "día|días|dia|dias", "semana|semanas", "mes|meses", "año|años"),
             up="desde|transcurrido|transcurridos|pasado|pasados|hace|sin", down="hasta|falta|faltan|queda|quedan|restante|restantes|para",
             agree="han|ha|falta|faltan|queda|quedan|transcurrido|transcurridos"),
    Language(("secondo|secondi", "minuto|minuti", "ora|ore", "giorno|giorni", "settimana|settimane", "mese|mesi", "anno|anni"),
             up="da quando|dal|dalla|dall|passato|passati|trascorso|trascorsi|fa|senza", down="fino|manca|mancano|rimanente|rimanenti|rimangono|prima",
             agree="sono|è|manca|mancano|passato|passati|trascorso|trascorsi"),
    Language(("segundo|segundos", "minuto|minutos", "hora|horas", "dia|dias", "semana|semanas", "mês|meses", "ano|anos"),
             up="desde|passado|passados|passaram|há|sem", down="até|falta|faltam|resta|restam|para",
             agree="passou|passaram|falta|faltam|resta|restam"),
    Language(("seconde|seconden", "minuut|minuten", "uur|uren", "dag|dagen", "week|weken", "maand|maanden", "jaar|jaren"),
             up="sinds|geleden|verstreken|zonder", down="tot|nog|resterend|resterende", agree="zijn|is"),
    Language(("sekunda|sekundy|sekund", "minuta|minuty|minut", "godzina|godziny|godzin", "dzień|dni", "tydzień|tygodnie|tygodni",
              "miesiąc|miesiące|miesięcy", "rok|lata|lat"),
             up="od|minął|minęły|minęło|upłynęło|upłynął|temu|bez", down="do|pozostało|pozostał|zostało|został|za",
             agree="minął|minęły|minęło|upłynęło|pozostało|pozostał|zostało|został"),
    Language(("секунда|секунди|секунд", "хвилина|хвилини|хвилин", "година|години|годин", "день|дні|днів|дня", "тиждень|тижні|тижнів",
              "місяць|місяці|місяців", "рік|роки|років"),
             up="минуло|минув|минули|від|з моменту|тому|без", down="до|залишилося|залишилось|залишився",
             agree="минуло|минув|минули|залишилося|залишилось|залишився"),
    Language(("saniye|saniyedir", "dakika|dakikadır", "saat|saattir", "gün|gündür", "hafta|haftadır", "ay|aydır", "yıl|yıldır"),
             up="geçti|önce|beri|saattir|gündür|haftadır|aydır|yıldır", down="kaldı|kalan|kadar"),
    Language(("ثانية|ثواني|ثوان", "دقيقة|دقائق", "ساعة|ساعات", "يوم|يوما|يومًا|يوماً|أيام", "أسبوع|أسابيع|أسبوعا", "شهر|أشهر|شهرا", "سنة|سنوات|عام|أعوام|عاما"),
             up="منذ|مر|مرّ|مرت|مضى|مضت|انقضى|بدون|دون", down="حتى|قبل|متبقي|متبقية|تبقى|يتبقى|باقي|باقية|باق"),
    Language(("sekund|sekunder", "minut|minuter|minutter", "timme|timmar|time|timer", "dag|dagar|dage|dager", "vecka|veckor|uge|uger|uke|uker",
              "månad|månader|måned|måneder", "år"), up="sedan|siden|utan|uden|uten", down="till|til|kvar|tilbage|igjen|innan"),
    Language(("秒|秒钟", "分|分钟|分鐘", "小时|小時|時間", "天|日|日間", "周|星期|週間", "个月|個月|ヶ月", "年"),
             up="已|过去|過去|以来|以來|経過|から|连续|連續|連続|安全运行|安全生产|無事故|无事故|無災害", down="还有|還有|距|剩|倒计时|まで|あと"),
)
# fmt: on


# How far from a day, either way: another word says which ("距离事故已经过去", "距离开幕还有").
_DISTANCE = "距"


@cache
def unit_words() -> dict[str, str]:
    """Every form of a unit → the unit."""
    words: dict[str, str] = {}
    for language in LANGUAGES:
        for unit, forms in zip(UNITS, language.units, strict=True):
            for form in forms.split("|"):
                words.setdefault(form, unit)
    return words


def unit_of(word: str) -> str | None:
    """The unit a word names; in scripts without spaces the unit is what the word begins with."""
    folded = word.casefold()
    known = unit_words().get(folded)
    if known is None and folded[:1] >= "\u2e80":
        return next((unit_words()[folded[:n]] for n in (3, 2, 1) if folded[:n] in unit_words()), None)
    return known


def direction_of(sentence: str) -> str | None:
    """ "up" or "down", by the first word that says so; None where none does."""
    text = f" {sentence.casefold().replace('’', chr(39))} "
    up = min((_where(text, word) for word in _words("up")), default=len(text))
    down = min((_where(text, word) for word in _words("down")), default=len(text))
    if up == down:
        return None
    is_distance = text.startswith(_DISTANCE, down) and up < len(text)
    return "up" if up < down or is_distance else "down"


@cache
def agreeing_words(unit_word: str) -> frozenset[str]:
    """The words that agree with a number ("have", "has") in the languages that have this form of a unit."""
    folded = unit_word.casefold()
    fitting = [each for each in LANGUAGES if any(folded in forms.split("|") for forms in each.units)]
    return frozenset(word for language in fitting for word in language.agree.split("|") if word)


@cache
def _words(side: str) -> tuple[str, ...]:
    lines = (language.up if side == "up" else language.down for language in LANGUAGES)
    return tuple(dict.fromkeys(word for line in lines for word in line.split("|")))


def _where(text: str, word: str) -> int:
    """The place of a whole word in a text, its length where it is not there."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if word[0] >= "\u2e80" or not (text[start - 1].isalpha() or text[end].isalpha()):
            return start
        start = text.find(word, start + 1)
    return len(text)
