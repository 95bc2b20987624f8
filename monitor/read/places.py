"""A place's name → its zone in the tz database. A table of capitals in several languages, then the database itself."""

from __future__ import annotations

from functools import cache

_REGIONS = ("Europe", "Asia", "America", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Etc")

# One line a zone: the names under which pages show it. What the tz database itself has as a zone's last part needs
# no entry in English.
_NAMES = """
Europe/Moscow: Moscow, Москва, Moskau, Moscou, Moscú, Mosca, Moskva, Moskwa, Moscova, موسكو, 莫斯科, モスクワ, St Petersburg
Europe/London: London, Лондон, Londres, Londra, Londen, Londyn, لندن, 伦敦, ロンドン, Edinburgh, GMT/BST
Europe/Paris: Paris, Париж, Parigi, París, Parijs, Paryż, باريس, 巴黎, パリ
Europe/Berlin: Berlin, Берлин, Berlín, Berlino, برلين, 柏林, ベルリン, Bonn, Frankfurt, Munich, Hamburg
Europe/Madrid: Madrid, Мадрид, مدريد, 马德里
Europe/Rome: Rome, Rom, Roma, Рим, روما, 罗马, Milan
Europe/Kyiv: Kyiv, Kiev, Киев, Київ, Kiew
Europe/Warsaw: Warsaw, Warschau, Varsovie, Варшава, Warszawa
Europe/Vienna: Vienna, Wien, Vienne, Viena, Вена
Europe/Brussels: Brussels, Brüssel, Bruxelles, Bruselas, Brussel, Брюссель
Europe/Zurich: Zurich, Zürich, Bern, Geneva, Genève, Genf, Женева, Цюрих
Europe/Amsterdam: Amsterdam, Амстердам, The Hague, Den Haag, La Haye
Europe/Prague: Prague, Prag, Praha, Praga, Прага
Europe/Lisbon: Lisbon, Lissabon, Lisbonne, Lisboa, Лиссабон
Europe/Athens: Athens, Athen, Athènes, Atenas, Афины, Αθήνα
Europe/Istanbul: Istanbul, Ankara, İstanbul, Стамбул, Анкара
Europe/Bucharest: Bucharest, Bukarest, București, Бухарест
Europe/Copenhagen: Copenhagen, Kopenhagen, København, Копенгаген
Europe/Belgrade: Belgrade, Belgrad, Beograd, Белград
Europe/Chisinau: Chisinau, Chișinău, Кишинёв, Кишинев
Europe/Minsk: Minsk, Минск
Europe/Helsinki: Helsinki, Хельсинки
Europe/Stockholm: Stockholm, Стокгольм
Europe/Oslo: Oslo, Осло
America/New_York: New York, Washington, Washington DC, Washington, D.C., Нью-Йорк, Вашингтон, 纽约, 华盛顿, Boston, Miami, Atlanta
America/Chicago: Chicago, Dallas, Houston
America/Los_Angeles: Los Angeles, San Francisco, Seattle, Лос-Анджелес
America/Toronto: Toronto, Ottawa, Montreal
America/Sao_Paulo: São Paulo, Sao Paulo, Brasilia, Brasília, Rio de Janeiro, Бразилиа
America/Mexico_City: Mexico City, Ciudad de México, Мехико
America/Argentina/Buenos_Aires: Buenos Aires, Буэнос-Айрес
America/Bogota: Bogota, Bogotá
America/Havana: Havana, La Habana, Гавана
Asia/Shanghai: Beijing, Shanghai, Pekin, Peking, Pékin, Pekín, Пекин, Шанхай, 北京, 上海, بكين
Asia/Hong_Kong: Hong Kong, Гонконг, 香港
Asia/Tokyo: Tokyo, Tokio, Токио, 东京, 東京, طوكيو
Asia/Seoul: Seoul, Сеул, 首尔, 서울
Asia/Pyongyang: Pyongyang, Пхеньян, 평양
Asia/Kolkata: New Delhi, Delhi, Mumbai, Kolkata, Calcutta, Chennai, Bangalore, Нью-Дели, Дели, India
Asia/Karachi: Islamabad, Karachi, Исламабад
Asia/Dubai: Dubai, Abu Dhabi, Дубай, دبي
Asia/Riyadh: Riyadh, Riad, Эр-Рияд, الرياض
Asia/Tehran: Tehran, Teheran, Тегеран, تهران
Asia/Baghdad: Baghdad, Bagdad, Багдад, بغداد
Asia/Damascus: Damascus, Damaskus, Дамаск, دمشق
Asia/Beirut: Beirut, Бейрут, بيروت
Asia/Jerusalem: Jerusalem, Tel Aviv, Иерусалим, Тель-Авив, ירושלים, القدس
Asia/Kabul: Kabul, Кабул
Asia/Tashkent: Tashkent, Ташкент
Asia/Almaty: Almaty, Astana, Алматы, Астана
Asia/Baku: Baku, Баку
Asia/Tbilisi: Tbilisi, Тбилиси
Asia/Yerevan: Yerevan, Eriwan, Ереван
Asia/Singapore: Singapore, Singapur, Singapour, Сингапур, 新加坡
Asia/Jakarta: Jakarta, Джакарта
Asia/Bangkok: Bangkok, Бангкок
Asia/Manila: Manila, Манила
Asia/Ho_Chi_Minh: Hanoi, Ho Chi Minh City, Ханой, Hà Nội
Asia/Yekaterinburg: Yekaterinburg, Ekaterinburg, Екатеринбург
Asia/Novosibirsk: Novosibirsk, Новосибирск
Asia/Vladivostok: Vladivostok, Wladiwostok, Владивосток
Africa/Cairo: Cairo, Kairo, Le Caire, El Cairo, Каир, القاهرة
Africa/Johannesburg: Johannesburg, Pretoria, Cape Town, Претория
Africa/Nairobi: Nairobi, Найроби
Africa/Lagos: Lagos, Abuja, Лагос
Africa/Addis_Ababa: Addis Ababa, Addis Abeba, Аддис-Абеба
Africa/Algiers: Algiers, Alger, Algier, Алжир
Africa/Casablanca: Casablanca, Rabat, Касабланка
Australia/Sydney: Sydney, Canberra, Melbourne, Сидней, Канберра
Pacific/Auckland: Auckland, Wellington, Окленд
Etc/UTC: UTC, GMT, Greenwich, Zulu, Гринвич
"""


def zone_of(place: str) -> str | None:
    """The tz database name for a place ("Moscow" → "Europe/Moscow"), None for a place it does not know."""
    known = _table().get(place.casefold().strip(" ."))
    if known is not None or not place.isascii() or not place[:1].isupper() or len(place) > 30:
        return known
    return _in_database("_".join(place.strip(" .").split()))


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _NAMES.strip().splitlines():
        zone, _, names = line.partition(": ")
        table.update((name.strip().casefold(), zone) for name in names.split(","))
        table["washington, d.c."] = "America/New_York"
    return table


def _in_database(name: str) -> str | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415  only where a place is not in the table

    if not name.replace("_", "").replace("-", "").isalpha():
        return None
    for region in _REGIONS:
        try:
            return ZoneInfo(f"{region}/{name}").key
        except (ZoneInfoNotFoundError, OSError, ValueError):
            continue
    return None
