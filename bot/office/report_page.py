"""A report as one HTML page that needs no network: its charts stand in it, and nothing is fetched from anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from bot.office.charts import Chart, as_svg
from bot.office.report import OUTCOMES, Funnel, Ranked, Report
from bot.office.report_words import (
    OUTCOME_NAMES,
    QUESTION_HEADINGS,
    durations,
    figures,
    name_of,
    percent,
    question_name,
    span,
    told,
    worst_sentence,
)

MOST_ROWS = 100
"""Of a long list the workbook has the rest."""

_STYLE = """
body { font: 16px/1.5 "Source Sans Pro", Arial, Helvetica, sans-serif; color: #1f2933; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem }
.span { color: #616e7c; margin: 0 0 1.5rem }
.worst { border-left: .3rem solid #c0392b; background: #fdf3f2; padding: .6rem 1rem; margin: 1rem 0 }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none }
.figures li { border: 1px solid #cbd2d9; border-radius: .4rem; padding: .5rem 1rem }
.figures b { display: block; font-size: 1.5rem }
svg { max-width: 100%; height: auto }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-size: .92rem; margin: .5rem 0 }
th, td { border-bottom: 1px solid #e4e7eb; padding: .25rem .7rem; text-align: right; vertical-align: top }
.text { text-align: left } td:first-child { min-width: 9rem }
summary { cursor: pointer; color: #1f5f8b }
@media print { details > * { display: block } body { margin: 0 } h2 { break-after: avoid } }
"""


def page(report: Report, charts: Mapping[str, Chart]) -> bytes:
    """The page."""
    drawn = {name: as_svg(chart) for name, chart in charts.items()}
    body = "".join(
        (
            f'<h1>Devreye alma talepleri</h1><p class="span">{span(report)}</p>',
            _figures(report),
            f'<p class="worst">{escape(worst_sentence(report.funnel))}</p>',
            "<h2>Sorular</h2>",
            drawn["sorular"],
            _questions(report.funnel),
            _more("Müşteriler ve bayiler ayrı ayrı", drawn["sorular-musteriler"] + drawn["sorular-bayiler"]),
            _more("Kabul edilmeyen yanıtlara ne söylendi", _reasons(report.funnel)),
            "<h2>Talepler</h2>",
            drawn["gunler"],
            _more("Gün gün", _table("Gün", ((f"{day:%d.%m.%Y}", of) for day, of in report.days if sum(of.values())))),
            *(
                drawn[name] + _more("Tablo", _ranking(heading, rows))
                for name, heading, rows in (
                    ("bayiler", "Bayi", report.dealers),
                    ("iller", "İl", report.provinces),
                    ("urunler", "Ürün", report.products),
                )
            ),
            "<h2>Süre</h2>",
            drawn["sureler"],
            "<ul>" + "".join(f"<li>{text}: {value}</li>" for text, value in durations(report)) + "</ul>",
        )
    )
    return (
        '<!doctype html><html lang="tr"><head><meta charset="utf-8">'
        # Nothing in it asks for the network; if anything ever should, the browser does not let it.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Devreye alma talepleri, {span(report)}</title><style>{_STYLE}</style></head>"
        f"<body>{body}</body></html>\n"
    ).encode()


def _figures(report: Report) -> str:
    funnel = report.funnel
    shown = (
        (str(report.requests), "onaylanan talep"),
        *((str(report.outcomes.get(outcome, 0)), OUTCOME_NAMES[outcome]) for outcome in OUTCOMES),
        (str(funnel.begun), "başlanan form"),
        (f"{funnel.left} ({percent(funnel.left, funnel.begun)})", "yarıda bırakılan form"),
    )
    items = "".join(f"<li><b>{number}</b>{escape(text)}</li>" for number, text in shown)
    return f'<ul class="figures">{items}</ul>'


def _questions(funnel: Funnel) -> str:
    rows = ((question_name(q.name), *map(str, figures(q))) for q in funnel.questions)
    return _more("Tablo", _rows(QUESTION_HEADINGS, rows))


def _reasons(funnel: Funnel) -> str:
    rows = [
        (question_name(question.name), str(number), told(message_id))
        for question in funnel.questions
        for message_id, number in question.reasons.items()
    ]
    return _rows(("Soru", "Talep", "Söylenen"), rows) if rows else "<p>Hiç olmadı.</p>"


def _ranking(heading: str, rows: tuple[Ranked, ...]) -> str:
    table = _table(heading, ((name_of(each), each.outcomes) for each in rows[:MOST_ROWS]))
    return table if len(rows) <= MOST_ROWS else f"{table}<p>İlk {MOST_ROWS} satır; hepsi rapor.xlsx dosyasında.</p>"


def _table(heading: str, rows: Iterable[tuple[str, Mapping[str, int]]]) -> str:
    headings = (heading, "Talep", *(OUTCOME_NAMES[outcome] for outcome in OUTCOMES))
    return _rows(
        headings,
        ((name, str(sum(of.values())), *(str(of.get(outcome, 0)) for outcome in OUTCOMES)) for name, of in rows),
    )


def _rows(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rows = list(rows)
    kinds = ["" if all(row[n].isdigit() for row in rows) else ' class="text"' for n in range(len(headings))]
    head = _cells("th", headings, kinds)
    body = "".join(f"<tr>{_cells('td', row, kinds)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cells(tag: str, texts: Sequence[str], kinds: Sequence[str]) -> str:
    return "".join(f"<{tag}{kind}>{escape(text)}</{tag}>" for text, kind in zip(texts, kinds, strict=True))


def _more(title: str, content: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{content}</details>"
