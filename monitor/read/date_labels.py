"""The words before a date → whether it is the day of publication or that of an edit, in many languages."""

from __future__ import annotations

from functools import cache

from monitor.read.languages import fold

# "mis à jour le", "Zuletzt aktualisiert am"
_MOST_WORDS = 4

_PUBLISHED = """
published publication posted created issued released veröffentlicht erstellt erschienen publié créé parution publicado
publicada creado creada pubblicato pubblicata criado criada gepubliceerd geplaatst опубликовано опубликован создано
размещено опубліковано створено opublikowano opublikowany dodano utworzono yayınlanma yayın yayınlandı publicerad
publicerat publiceret publisert opprettet oprettet skapad julkaistu zveřejněno publikováno vydáno publikované publicat
közzétéve megjelent diterbitkan نشر النشر منتشر פורסם δημοσίευση δημοσιεύτηκε
"""
_UPDATED = """
updated update modified edited changed revised aktualisiert geändert bearbeitet aktualisierung modifié modifiée jour
actualizado actualizada actualización modificado modificada aggiornato aggiornata aggiornamento modificato modificata
atualizado atualizada atualização bijgewerkt gewijzigd обновлено обновлен изменено изменен отредактировано оновлено
змінено zaktualizowano aktualizacja zmodyfikowano zmieniono güncelleme güncellendi güncellenme uppdaterad uppdaterat
ändrad opdateret ændret oppdatert endret sist päivitetty muokattu aktualizováno upraveno změněno aktualizované
actualizat frissítve módosítva diperbarui تحديث التحديث עודכן ενημέρωση ενημερώθηκε
"""


def is_published(label: str) -> bool:
    """Whether the label of a date says that something came out on it: "Published", "Veröffentlicht am:"."""
    return _has(label, _words(_PUBLISHED))


def is_updated(label: str) -> bool:
    """Whether it says that something was edited on it: "last updated", "Mis à jour le"."""
    return _has(label, _words(_UPDATED))


def _has(label: str, known: frozenset[str]) -> bool:
    words = label.strip(" :,;.()[]").split()
    return len(words) <= _MOST_WORDS and any(fold(word.strip(":,.")) in known for word in words)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(map(fold, table.split()))
