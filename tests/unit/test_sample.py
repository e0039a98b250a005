"""The catalogue and the directory that the demo begins with."""

from bot.commands.sandboxed_office import sample_tables
from bot.office.tables import read_catalogue, read_dealers


def test_every_row_of_the_sample_can_be_imported() -> None:
    tables = sample_tables()
    products, dealers = read_catalogue(tables.catalogue), read_dealers(tables.directory)
    assert (products.bad_rows, dealers.bad_rows) == ((), ())
    assert "ECODENSE WT 65" in {entry.name for entry in products.entries}
    assert "Test Bayi" in {dealer.company for dealer in dealers.entries}
