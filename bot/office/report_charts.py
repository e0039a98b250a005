"""The charts of a report, by the names of their files."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from bot.office.charts import Chart, Row, Series, bars, columns
from bot.office.report import OUTCOMES, Funnel, Ranked, Report, within
from bot.office.report_words import (
    MONTHS,
    OUTCOME_NAMES,
    TRY_NAMES,
    name_of,
    percent,
    question_name,
    tries,
    within_names,
)

MOST_RANKED = 15
MOST_DAYS = 92
"""Of a longer time the months are drawn."""

_BY_ROLE = {
    "customer": ("sorular-musteriler", "Sorular: müşteriler"),
    "dealer": ("sorular-bayiler", "Sorular: bayiler"),
}
_OUTCOMES = tuple(
    Series(OUTCOME_NAMES[outcome], colour)
    for outcome, colour in zip(OUTCOMES, ("#2a7f62", "#c0392b", "#e3a008", "#9fb3c8"), strict=True)
)
_TRIES = tuple(
    Series(name, colour)
    for name, colour in zip(TRY_NAMES, ("#2a7f62", "#e3a008", "#9fb3c8", "#c0392b", "#e4e7eb"), strict=True)
)


def charts(report: Report) -> dict[str, Chart]:
    """Every chart, in the order of the page."""
    ranked = {
        "bayiler": ("Bayilere göre", report.dealers),
        "iller": ("İllere göre", report.provinces),
        "urunler": ("Ürünlere göre", report.products),
    }
    return {
        "sorular": _funnel("Sorular", report.funnel),
        **{name: _funnel(title, report.by_role[role]) for role, (name, title) in _BY_ROLE.items()},
        "gunler": _days(report),
        **{name: bars(title, _OUTCOMES, _ranking(rows)) for name, (title, rows) in ranked.items()},
        "sureler": bars(
            "Başlangıçtan onaya geçen süre",
            (Series("Talep", "#2a7f62"),),
            [Row(name, (n,)) for name, n in zip(within_names(), within(report.minutes), strict=True)],
        ),
    }


def _numbers(of: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(of.get(outcome, 0) for outcome in OUTCOMES)


def _funnel(title: str, funnel: Funnel) -> Chart:
    worst = funnel.worst
    rows = [
        Row(
            question_name(question.name),
            tries(question),
            f"{question.asked} soruldu, {percent(question.stuck, question.asked)} takıldı",
            marked=question is worst,
        )
        for question in funnel.questions
        if question.asked
    ]
    return bars(title, _TRIES, rows)


def _ranking(rows: tuple[Ranked, ...]) -> list[Row]:
    first = [Row(name_of(each), _numbers(each.outcomes)) for each in rows[:MOST_RANKED]]
    rest: Counter[str] = Counter()
    for each in rows[MOST_RANKED:]:
        rest.update(each.outcomes)
    return [*first, Row(f"Öbür {len(rows) - MOST_RANKED}", _numbers(rest))] if rest else first


def _days(report: Report) -> Chart:
    if len(report.days) <= MOST_DAYS:
        return columns(
            "Günlere göre", _OUTCOMES, [Row(f"{day:%d.%m}", _numbers(numbers)) for day, numbers in report.days]
        )
    months: dict[date, Counter[str]] = {}
    for day, numbers in report.days:
        months.setdefault(day.replace(day=1), Counter()).update(numbers)
    rows = [Row(f"{MONTHS[month.month - 1][:3]} {month:%y}", _numbers(of)) for month, of in months.items()]
    return columns("Aylara göre", _OUTCOMES, rows)
