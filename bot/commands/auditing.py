"""`devreye audit`: who of the service office looked at what, and changed what."""

import argparse
import time
from datetime import datetime

from bot.commands.catalogue import print_table
from bot.commands.office import database, reading, run, settings
from bot.commands.periods import add_period, period
from bot.days import TURKEY, Period
from bot.storage.audit_queries import noted

DAYS = 30
_PAGE = 1000

WORDS = {
    "queue": "kuyruğa baktı",
    "find": "talep aradı",
    "statistics": "sayılara baktı",
    "settle": "talebi sonuçlandırdı",
    "resend": "talebi yeniden gönderdi",
    "import": "liste aldı",
    "export": "talepleri dosyaya yazdı",
    "report": "rapor aldı",
    "link": "bağlantı ya da etiket aldı",
    "invite": "davet verdi",
    "revoke": "bağlantı kapattı",
    "privacy-export": "kişinin verilerini dosyaya yazdı",
    "privacy-erase": "kişinin verilerini sildi",
    "backup": "yedek aldı",
    "restore": "yedekten döndü",
    "move": "veritabanını taşıdı",
    "sync": "Licrus listelerini aldı",
}


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command to the command line."""
    parser = subparsers.add_parser("audit", help="ofiste kim neye baktı, neyi değiştirdi")
    add_period(parser)
    parser.add_argument("--about", metavar="KOD", default="", help="yalnızca bununla ilgili olanlar: D-7K3F gibi")
    parser.set_defaults(handler=lambda args: run(lambda: show(period(args, time.time(), days=DAYS), args.about)))


def show(days: Period, about: str) -> int:
    """The record of these days as CSV with semicolons."""
    rows: list[tuple[str, str, str, str]] = []
    loaded = settings()
    with database(loaded):
        pass  # migrated
    with reading(loaded) as connection:
        after = 0
        while found := noted(connection, days.since, days.until, _PAGE, after=after, about=about):
            after = found[-1].id
            rows += [(_clock(row.at), row.who, WORDS.get(row.what, row.what), row.subject) for row in found]
    print_table(["Zaman", "Kim", "Ne", "Konu"], rows)
    return 0


def _clock(at: float) -> str:
    return f"{datetime.fromtimestamp(at, TURKEY):%d.%m.%Y %H:%M:%S}"
