"""`devreye catalogue import|list|sync|template`: the products that can be commissioned."""

import argparse
import csv
import hashlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.commands.importing import Import, add_import, print_some
from bot.commands.licrus import ask, site_of
from bot.commands.office import NOT_DONE, CannotDo, database, run, settings, whoever, write
from bot.licrus.lookups import product_groups
from bot.office.licrus_names import respelled
from bot.office.tables import read_catalogue
from bot.office.templates import CATALOGUE_SHEET, Heading, as_csv, as_workbook
from bot.storage.directory_queries import Source, import_products, load_products
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
    actions = catalogue.add_subparsers(required=True, metavar="import|list|sync|template")
    add_import(actions, PRODUCTS, "XLSX, CSV ya da TOML dosyasındaki ürünleri alır; yeniden alınınca günceller")
    listing = actions.add_parser("list", help="ürünleri gösterir; çıktısı import ile yeniden alınabilir")
    listing.set_defaults(handler=lambda args: run(list_products))
    sync = actions.add_parser("sync", help="ürün gruplarının yazımını Licrus'takine çevirir; talep göndermez")
    sync.set_defaults(handler=lambda args: run(sync_groups))
    template = actions.add_parser("template", help="doldurulacak boş tabloyu yazar")
    template.add_argument("file", metavar="DOSYA", type=Path, help="yazılacak dosya: urunler.xlsx ya da urunler.csv")
    template.set_defaults(handler=lambda args: run(lambda: write_template(args.file, CATALOGUE_SHEET, "Ürünler")))


def list_products() -> int:
    """The products as CSV with semicolons."""
    with database(settings()) as connection:
        products = load_products(connection)
    print_table([heading.name for heading in CATALOGUE_SHEET], [(product.name, product.group) for product in products])
    return 0


def sync_groups() -> int:
    """Spell the products' groups as Licrus does; 1 where it does not know one of them."""
    loaded = settings()
    groups = [group.name for group in ask(product_groups(site_of(loaded)))]
    with database(loaded) as connection:
        found = respelled(load_products(connection), groups)
        if found.changed:
            digest = hashlib.sha256("\n".join(groups).encode()).hexdigest()
            import_products(connection, found.entries, Source(whoever(), time.time(), digest, file_name="Licrus"))
    print(f"Licrus'taki ürün grubu: {len(groups)}. Grubunun yazımı değişen ürün: {len(found.changed)}.")
    print_some("~", [f"{name}: {before} -> {after}" for name, before, after in found.changed])
    if not found.missing:
        return 0
    print(f"Licrus'ta bulunamayan, olduğu gibi kalan grup: {len(found.missing)}")
    print_some("?", [f"{group} (en yakını: {near})" if near else group for group, near in found.missing])
    return NOT_DONE


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
