"""What is said about a file that came from the operators' chat, and what applying it does: once, and what was shown."""

import hashlib
from collections.abc import Sequence

import sqlalchemy as sa

from bot.office.reading import TABLE, ReadTable
from bot.storage import offered_queries
from bot.storage.audit_queries import operator
from bot.storage.directory_queries import (
    Changes,
    Source,
    compare,
    compare_dealers,
    import_dealers,
    import_products,
    load_dealers,
    load_products,
    versions,
)
from bot.storage.offered_queries import Offer
from conversations.catalogue import CatalogueEntry
from conversations.directory import Dealer
from conversations.replies import Button, Message
from conversations.words import Words

APPLY, DROP = "import-apply", "import-drop"
"""The actions of the buttons under a preview."""
MOST_NAMES = 5
MOST_BAD_ROWS = 30


def show(connection: sa.Connection, offer: Offer, table: ReadTable) -> Message | None:
    """Keep what was read and say what applying it would do; None if that was done already."""
    version = _version(connection, table)
    changes = _changes(connection, table)
    if not changes.added and not changes.changed:
        message = Message((_title(table, offer), *_bad_rows(table), Words("import-nothing-new")), must_arrive=True)
        return message if offered_queries.end(connection, offer) else None
    if not offered_queries.show(connection, offer, TABLE.dump_json(table).decode(), version):
        return None
    return _preview(offer, table, changes)


def stored_table(offer: Offer) -> ReadTable:
    """What was read of the file, as it was kept."""
    return TABLE.validate_json(offer.table)


def refuse(connection: sa.Connection, offer: Offer) -> Message | None:
    """Whoever wanted it may not; it waits for somebody else."""
    if not offered_queries.show(connection, offer, offer.table, offer.version):
        return None
    return Message((Words("import-members-only", {"file": offer.file_name}),), must_arrive=True)


def apply(connection: sa.Connection, offer: Offer, table: ReadTable, now: float) -> Message | None:
    """Import what was shown; if the list changed since, show what it would do now. None if it is done already."""
    if offer.version != _version(connection, table):
        changes = _changes(connection, table)
        if not offered_queries.show(connection, offer, offer.table, _version(connection, table)):
            return None
        return _preview(offer, table, changes, Words("import-list-changed"))
    if not offered_queries.end(connection, offer):
        return None
    file_hash = hashlib.sha256(offer.table.encode()).hexdigest()
    named = operator(offer.user_id, offer.user_name)
    source = Source(f"telegram:{offer.user_id}", now, file_hash, named, offer.file_name)
    done: Changes[Dealer] | Changes[CatalogueEntry]
    if table.kind == "dealers":
        done = import_dealers(connection, table.dealers, source, silent=table.silent)
    else:
        done = import_products(connection, table.products, source)
    words = Words(
        f"import-applied-{table.kind}",
        {"file": offer.file_name, "added": len(done.added), "changed": len(done.changed), "by": offer.user_name},
    )
    return Message((words,), must_arrive=True, kind="result")


def _preview(
    offer: Offer, table: ReadTable, changes: Changes[Dealer] | Changes[CatalogueEntry], *before: Words
) -> Message:
    paragraphs = [*before, _title(table, offer)]
    for what, names in (
        ("added", [_name(entry) for entry in changes.added]),
        ("changed", [_name(after) for _, after in changes.changed]),
    ):
        if names:
            paragraphs.append(Words(f"import-{what}", {"n": len(names), "names": _few(names)}))
    if changes.unchanged:
        paragraphs.append(Words("import-unchanged", {"n": changes.unchanged}))
    if changes.missing:
        paragraphs.append(Words("import-missing", {"n": len(changes.missing)}))
    if table.unread:
        paragraphs.append(Words("import-unread", {"names": _few(table.unread)}))
    paragraphs += [*_bad_rows(table), Words("import-not-yet")]
    apply_label = Words("import-apply-good" if table.bad_rows else "import-apply")
    buttons = (Button(apply_label, APPLY, style="success"), Button(Words("import-drop"), DROP, style="danger"))
    return Message(tuple(paragraphs), (buttons,), "inline", must_arrive=True, draft_id=offer.id, kind="result")


def _title(table: ReadTable, offer: Offer) -> Words:
    return Words(f"import-preview-{table.kind}", {"file": offer.file_name})


def _bad_rows(table: ReadTable) -> Sequence[Words]:
    """Each bad row with each of its reasons, as many as a chat can bear."""
    if not table.bad_rows:
        return ()
    lines = [
        Words("import-bad-row", {"line": str(row.line), "name": row.name, "reason": reason})
        for row in table.bad_rows
        for reason in row.reasons
    ]
    more = [Words("import-more-bad-rows")] if len(lines) > MOST_BAD_ROWS else []
    return (Words("import-bad-rows", {"n": len(table.bad_rows)}), *lines[:MOST_BAD_ROWS], *more)


def _changes(connection: sa.Connection, table: ReadTable) -> Changes[Dealer] | Changes[CatalogueEntry]:
    if table.kind == "dealers":
        return compare_dealers(load_dealers(connection), table.dealers, table.silent)
    return compare(load_products(connection), table.products)


def _version(connection: sa.Connection, table: ReadTable) -> str:
    newest = versions(connection)
    return str(newest.dealers if table.kind == "dealers" else newest.catalogue)


def _name(entry: Dealer | CatalogueEntry) -> str:
    return entry.company if isinstance(entry, Dealer) else entry.name


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
