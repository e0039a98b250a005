"""`devreye catalogue import|list|template`: the products that can be commissioned."""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands.importing import Import, add_import
from bot.commands.office import CannotDo, database, run, settings, write
from bot.office.tables import read_catalogue
from bot.office.templates import CATALOGUE_SHEET, Heading, as_csv, as_workbook
from bot.storage.directory_queries import import_products, load_products
from conversations.catalogue import CatalogueEntry

PRODUCTS: Import[CatalogueEntry] = Import(
    command="catalogue",
    read=read_catalogue,
    keep=lambda connection, table, source, remove: import_products(
        connection, table.entries, source, remove_missing=remove
    ),
    name=lambda product: product.name,
)


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and what can be done with it to the command line."""
    catalogue = subparsers.add_parser("catalogue", help="ürün listesini alır, gösterir")
    actions = catalogue.add_subparsers(required=True, metavar="import|list|template")
    add_import(actions, PRODUCTS, "XLSX, CSV ya da TOML dosyasındaki ürünleri alır; yeniden alınınca günceller")
    listing = actions.add_parser("list", help="ürünleri gösterir; çıktısı import ile yeniden alınabilir")
    listing.set_defaults(handler=lambda args: run(list_products))
    template = actions.add_parser("template", help="doldurulacak boş tabloyu yazar")
    template.add_argument("file", metavar="DOSYA", type=Path, help="yazılacak dosya: urunler.xlsx ya da urunler.csv")
    template.set_defaults(handler=lambda args: run(lambda: write_template(args.file, CATALOGUE_SHEET, "Ürünler")))


def list_products() -> int:
    """The products as CSV with semicolons."""
    with database(settings()) as connection:
        products = load_products(connection)
    print_table([heading.name for heading in CATALOGUE_SHEET], [(product.name, product.group) for product in products])
    return 0


def write_template(path: Path, sheet: tuple[Heading, ...], title: str) -> int:
    """An empty sheet in the format that the file's name says."""
    match path.suffix.lower():
        case ".xlsx":
            write(path, as_workbook(sheet, title))
        case ".csv":
            write(path, as_csv(sheet))
        case _:
            raise CannotDo(f"Dosyanın adı .xlsx ya da .csv ile bitmeli: {path}", 2)
    print(f"Boş tablo yazıldı: {path}")
    return 0


def print_table(headings: list[str], rows: Sequence[Sequence[str]]) -> None:
    """The rows as CSV on standard output."""
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
