"""`devreye report`: what was asked for and what came of it, as a page, a workbook and charts."""

import argparse
import time
from pathlib import Path

from bot.commands.office import CannotDo, database, reading, run, settings, whoever, write
from bot.commands.periods import add_period, period
from bot.days import Period
from bot.office.charts import as_png, as_svg
from bot.office.report import Report, made
from bot.office.report_charts import charts
from bot.office.report_page import page
from bot.office.report_sheet import workbook
from bot.storage.audit_queries import note
from bot.storage.report_queries import funnel_of, sent_in
from conversations.activation import ACTIVATION

DAYS = 30
LONGEST_DAYS = 3700


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command to the command line."""
    parser = subparsers.add_parser("report", help="talepleri ve soruları sayar: sayfa, tablo ve grafikler")
    add_period(parser)
    parser.add_argument("--out", metavar="KLASÖR", type=Path, help="yazılacak klasör; yazılmazsa adı günlerden yapılır")
    parser.set_defaults(handler=lambda args: run(lambda: write_report(period(args, time.time(), days=DAYS), args.out)))


def write_report(days: Period, folder: Path | None) -> int:
    """The report's files; those of an earlier run are written anew."""
    if (days.last - days.first).days >= LONGEST_DAYS:
        raise CannotDo("En çok on yıllık rapor alınabilir. Daha yakın bir ilk gün yazın.", 2)
    loaded = settings()
    now = time.time()
    with database(loaded) as connection:
        note(connection, whoever(), "report", f"{days.first} - {days.last}", now)
    with reading(loaded) as connection:
        report = made(ACTIVATION, days, sent_in(connection, days), funnel_of(connection, days, now))
    folder = folder or Path(f"rapor-{days.first}-{days.last}")
    _write_all(folder, report)
    print(f"Rapor yazıldı: {folder / 'rapor.html'}")
    return 0


def _write_all(folder: Path, report: Report) -> None:
    drawn = charts(report)
    pictures = folder / "grafikler"
    try:
        pictures.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(f"Klasör açılamadı: {folder} ({error.strerror}).") from None
    write(folder / "rapor.html", page(report, drawn), over=True)
    write(folder / "rapor.xlsx", workbook(report), over=True)
    for name, chart in drawn.items():
        write(
            pictures / f"{name}.svg", f'<?xml version="1.0" encoding="UTF-8"?>\n{as_svg(chart)}\n'.encode(), over=True
        )
        write(pictures / f"{name}.png", as_png(chart), over=True)
