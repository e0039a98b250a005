"""Which days a command is about: `--from 2026-11-01 --to 2026-11-30`, both days included."""

import argparse
from datetime import date, timedelta

from bot.commands import USAGE
from bot.commands.office import CannotDo
from bot.days import Period, day_of, read_day

_EARLIEST, _LATEST = date(2000, 1, 1), date(2199, 12, 31)


def add_period(parser: argparse.ArgumentParser) -> None:
    """Adds `--from` and `--to` to a command."""
    parser.add_argument("--from", dest="first", metavar="TARİH", type=_day, help="ilk gün, örneğin 2026-11-01")
    parser.add_argument("--to", dest="last", metavar="TARİH", type=_day, help="son gün; yazılmazsa bugün")


def period(args: argparse.Namespace, now: float, *, days: int) -> Period:
    """The days that were asked for. Without a last one it is today, without a first one `days` days up to the last.

    Raises CannotDo where the last comes before the first.
    """
    last = args.last or day_of(now)
    first = args.first or last - timedelta(days=days - 1)
    if last < first:
        raise CannotDo("İlk gün son günden sonra. --from ve --to günlerini denetleyin.", USAGE)
    return Period(first, last)


def _day(text: str) -> date:
    found = read_day(text)
    if found is None or not _EARLIEST <= found <= _LATEST:
        raise argparse.ArgumentTypeError(f"{text} okunamadı; tarih şöyle yazılır: 2026-11-30")
    return found
