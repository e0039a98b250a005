"""The dealers and products that the office imported, and which version of them is the newest."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Generic, Literal, TypeVar

import sqlalchemy as sa

from bot.storage.audit_queries import note
from bot.storage.dialect import lock_imports
from bot.storage.place_queries import SPELLING_VERSION
from bot.storage.prepared import Prepared
from bot.storage.schema import dealers, imports, meta, products
from conversations.catalogue import CatalogueEntry
from conversations.directory import Dealer
from conversations.letters import name_key

Kind = Literal["dealers", "catalogue"]

T = TypeVar("T", Dealer, CatalogueEntry)

_CHUNK = 500
"""Keys in one IN: SQLite takes a bounded number of parameters."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The newest import of each kind, and Licrus's newest spelling of places; "" before the first.

    Equal versions mean equal contents. The number alone would not do: an import that was undone leaves its number to
    another.
    """

    dealers: str
    catalogue: str
    places: str = ""


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """What an import does to what is stored: `changed` holds before and after, `missing` what the file lacks."""

    added: tuple[T, ...]
    changed: tuple[tuple[T, T], ...]
    unchanged: int
    missing: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Who imports, when (seconds since 1970), the SHA-256 of the file, and what the record calls who and file."""

    by: str
    at: float
    file_hash: str
    named: str = ""
    file_name: str = ""


_NEWEST_IMPORTS = Prepared(
    sa.select(imports.c.kind, imports.c.id, imports.c.imported_at, imports.c.file_hash)
    .where(
        sa.or_(
            *(
                imports.c.id == sa.select(sa.func.max(imports.c.id)).where(imports.c.kind == kind).scalar_subquery()
                for kind in ("dealers", "catalogue")
            )
        )
    )
    .union_all(
        sa.select(sa.literal("places"), sa.literal(0), sa.literal(0.0), meta.c.value).where(
            meta.c.name == SPELLING_VERSION
        )
    )
)


def versions(connection: sa.Connection) -> Versions:
    """What is known now, by one small query: each update asks for it."""
    rows = _NEWEST_IMPORTS.rows(connection)
    found = {kind: f"{number}:{imported_at}:{file_hash}" for kind, number, imported_at, file_hash in rows}
    return Versions(*(found.get(kind, "") for kind in ("dealers", "catalogue", "places")))


def load_dealers(connection: sa.Connection) -> tuple[Dealer, ...]:
    """Every dealer, by company."""
    rows = connection.execute(sa.select(dealers).order_by(dealers.c.company, dealers.c.key))
    return tuple(_dealer(row) for row in rows)


def load_products(connection: sa.Connection) -> tuple[CatalogueEntry, ...]:
    """Every product, in the order of the file."""
    rows = connection.execute(sa.select(products).order_by(products.c.place, products.c.key))
    return tuple(CatalogueEntry(row.name, row.group_name) for row in rows)


def load_dealer(connection: sa.Connection, key: str) -> Dealer | None:
    """The dealer with this key."""
    row = connection.execute(sa.select(dealers).where(dealers.c.key == key)).one_or_none()
    return None if row is None else _dealer(row)


def import_dealers(
    connection: sa.Connection,
    entries: Sequence[Dealer],
    source: Source,
    *,
    silent: Collection[str] = (),
    remove_missing: bool = False,
) -> Changes[Dealer]:
    """Take these dealers, told apart by their companies; those that are missing stay unless they are to go.

    `silent` are the fields of which the entries say nothing: they stay as they are.
    """
    lock_imports(connection)
    changes = compare_dealers(load_dealers(connection), entries, silent)
    written = [asdict(dealer) for dealer in changes.added]
    _write(connection, dealers, written, [asdict(after) for _, after in changes.changed])
    if remove_missing:
        _remove(connection, dealers, [dealer.key for dealer in changes.missing])
    _note(connection, "dealers", changes, source, remove_missing)
    return changes


def import_products(
    connection: sa.Connection, entries: Sequence[CatalogueEntry], source: Source, *, remove_missing: bool = False
) -> Changes[CatalogueEntry]:
    """Take these products, told apart by their names, in this order; those that are missing come last, or go."""
    lock_imports(connection)
    stored = {row.key: row for row in connection.execute(sa.select(products).order_by(products.c.place))}
    changes = compare((CatalogueEntry(row.name, row.group_name) for row in stored.values()), entries)
    if remove_missing:
        _remove(connection, products, [key_of(product) for product in changes.missing])
    kept = entries if remove_missing else (*entries, *changes.missing)
    rows = [
        {"key": key_of(product), "name": product.name, "group_name": product.group, "place": place}
        for place, product in enumerate(kept)
    ]
    new = [row for row in rows if row["key"] not in stored]
    old = [row for row in rows if row["key"] in stored and row != stored[row["key"]]._asdict()]
    _write(connection, products, new, old)
    _note(connection, "catalogue", changes, source, remove_missing)
    return changes


def compare_dealers(stored: Sequence[Dealer], entries: Sequence[Dealer], silent: Collection[str]) -> Changes[Dealer]:
    """What importing these dealers would do, where they say nothing of the `silent` fields."""
    before = {dealer.key: dealer for dealer in stored}
    whole = [
        replace(dealer, **{name: getattr(before[dealer.key], name) for name in silent})
        if dealer.key in before
        else dealer
        for dealer in entries
    ]
    return compare(stored, whole)


def compare(stored: Iterable[T], entries: Sequence[T]) -> Changes[T]:
    """What importing these entries would do to what is stored. No two of them may share a key."""
    before = {key_of(entry): entry for entry in stored}
    keys = {key_of(entry) for entry in entries}
    known = [(before[key_of(entry)], entry) for entry in entries if key_of(entry) in before]
    changed = tuple((old, new) for old, new in known if old != new)
    return Changes(
        added=tuple(entry for entry in entries if key_of(entry) not in before),
        changed=changed,
        unchanged=len(known) - len(changed),
        missing=tuple(entry for key, entry in before.items() if key not in keys),
    )


def key_of(entry: Dealer | CatalogueEntry) -> str:
    """What tells this entry from the others of its kind."""
    return entry.key if isinstance(entry, Dealer) else name_key(entry.name)


def _dealer(row: sa.Row[Any]) -> Dealer:
    return Dealer(row.key, row.company, row.contact_person, row.mobile_phone, row.work_phone, row.email)


def _write(connection: sa.Connection, table: sa.Table, new: list[dict[str, Any]], old: list[dict[str, Any]]) -> None:
    if new:
        connection.execute(sa.insert(table), new)
    if old:
        values: dict[str, Any] = {name: sa.bindparam(name) for name in old[0] if name != "key"}
        changing = sa.update(table).where(table.c.key == sa.bindparam("of_key")).values(values)
        connection.execute(changing, [{**row, "of_key": row["key"]} for row in old])


def _remove(connection: sa.Connection, table: sa.Table, keys: list[str]) -> None:
    for start in range(0, len(keys), _CHUNK):
        connection.execute(sa.delete(table).where(table.c.key.in_(keys[start : start + _CHUNK])))


def _note(connection: sa.Connection, kind: Kind, changes: Changes[Any], source: Source, removed: bool) -> None:
    gone = len(changes.missing) if removed else 0
    connection.execute(
        sa.insert(imports).values(
            kind=kind,
            imported_at=source.at,
            imported_by=source.by,
            file_hash=source.file_hash,
            added=len(changes.added),
            changed=len(changes.changed),
            removed=gone,
        )
    )
    counts = f"+{len(changes.added)} ~{len(changes.changed)} -{gone}"
    note(connection, source.named or source.by, "import", f"{kind} {counts} {source.file_name}".rstrip(), source.at)
