"""The words of dates and times in the languages that news sites are written in.

All are folded (see `fold`). Add a language by adding words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar

from .fold import fold

# The twelve months of a year, whole or cut short.
_MONTHS = """
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt apr mei jun jul aug sep okt nov dec
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sept oct nov dec
januar februar marz april mai juni juli august september oktober november dezember
janner feber maerz apr mai jun jul aug sept okt nov dez
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
janv fevr mars avr mai juin juil aout sept oct nov dec
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago set oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago setiembre out nov dez
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november desember
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
sty lut mar kwi maj cze lip sie wrz paz lis gru
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
янв фев мар апр мая июн июл авг сен окт ноя дек
янв февр март апр май июнь июль авг сент окт нояб дек
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
січ лют бер квіт трав черв лип серп вер жовт лист груд
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
oca sub mar nis may haz tem agu eyl eki kas ara
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta
heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
"""
_COUNTS = {
    1.0: "een a an einer einem einen une un one una uno um uma en ett et jedna один одну bir",
    1.5: "anderhalf anderhalve anderthalb eineinhalb",
    2.0: "twee two zwei deux paar couple dos due dois duas tva to dwie два две iki",
    3.0: "drie three drei trois tres tre trzy три uc",
    0.5: "half halve halben halb demi media mezz'ora meia",
}
_UNITS = {
    timedelta(seconds=1): """
        seconde seconden sec second seconds sekunde sekunden secondes s segundo segundos
        secondi sekunder sekund секунд секунды saniye 秒
    """,
    timedelta(minutes=1): """
        minuut minuten min minute minutes mins mn m minuto minutos minuti minuter minutter
        minut minuty минут минуты минуту мин хвилин хвилини хвилину dakika 分钟 分鐘 分
    """,
    timedelta(hours=1): """
        uur uren u hour hours hr hrs h stunde stunden std heure heures hora horas ora ore
        timme timmar tim time timer godzin godziny godzine godz час часа часов годин
        години годину saat 小时 小時 時間
    """,
    timedelta(days=1): """
        dag dagen d day days tag tage tagen jour jours j dia dias giorno giorni dagar dage
        dager dni dzien день дня дней днів дні gun 天 日
    """,
    timedelta(weeks=1): """
        week weken w weeks woche wochen semaine semaines semana semanas settimana
        settimane vecka veckor uge uger uke uker tydzien tygodnie tygodni неделю недели
        недель тиждень тижні тижнів hafta 周 週間
    """,
    timedelta(days=30): """
        maand maanden month months monat monate monaten mois mes meses mese mesi manad
        manader maned maneder miesiac miesiace miesiecy месяц месяца месяцев місяць місяці
        місяців ay 个月 個月 か月 ヶ月
    """,
    timedelta(days=365): """
        jaar jaren year years jahr jahre jahren an ans annee annees ano anos anni ar rok
        lata lat год года лет рік роки років yil 年
    """,
}
_DAYS = (
    """
        vandaag today heute aujourd'hui hoy oggi hoje idag i_dag dzisiaj dzis сегодня
        сьогодні bugun 今天 今日
    """,
    """
        gisteren yesterday gestern hier ayer ieri ontem igar i_gar wczoraj вчера вчора dun
        昨天 昨日
    """,
    """
        eergisteren vorgestern avant-hier anteayer anteontem i_forgars i_forgardag
        i_forgars przedwczoraj позавчера позавчора 前天 一昨日
    """,
)
_AGO = "geleden ago fa atras sedan siden temu назад тому once 前"  # after the number
_SINCE = "vor il_y_a hace ha"  # before it
_NOW = (
    "zojuist zonet zo-even net nu daarnet just_now now moment_ago moments_ago gerade_eben soeben"
    " jetzt a_l'instant maintenant ahora adesso agora just_nu nyss netop_na akkurat_na teraz"
    " только_что щойно simdi 刚刚 剛剛"
)
_WEEKDAYS = (
    "ma di wo do vr za zo mon tue wed thu fri sat sun lun mar mer jeu ven sam dim mo mi fr sa so"
    " man tir ons tor lor son tis fre mier jue vie sab dom gio seg ter qua qui sex pon wt sr czw pt"
    " sob niedz пн вт ср чт пт сб вс нд понед втор сред четв пятн субб воскр понеділ вівт серед"
    " пятниц субот неділ pzt sal car per cum paz pazartesi carsamba persembe"
)
# Between the day and its hour.
_AT = (
    "om at um a as alle ore las los kl klo godz o в о об saat tijd time uhrzeit klokken hora heure"
)


Value = TypeVar("Value")


def _folded(words: str) -> list[str]:
    return [fold(word).replace("_", " ") for word in words.split()]


def _table(rows: Mapping[Value, str]) -> dict[str, Value]:
    return {word: value for value, words in rows.items() for word in _folded(words)}


MONTHS = {name: number % 12 + 1 for number, name in enumerate(_folded(_MONTHS))}
COUNTS = _table(_COUNTS)
UNITS = _table(_UNITS)
DAYS = _table(dict(enumerate(_DAYS)))
AGO, SINCE, NOW, AT, WEEKDAYS = map(_folded, (_AGO, _SINCE, _NOW, _AT, _WEEKDAYS))
