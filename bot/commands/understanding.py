"""`devreye understand KIND`: what would be made of this answer, one line in, one JSON object out."""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Any, assert_never

from bot.office.sheets import UnreadableFile
from bot.office.tables import read_catalogue
from conversations.activation import activation_form
from conversations.answers.free_text import Product, ProductGroup
from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Kind, Known, Outcome, Refused
from conversations.catalogue import Catalogue
from conversations.extraction import extract, inferred, still_asked
from conversations.form import Form

KINDS: Mapping[str, tuple[str, str]] = {
    "mobile-phone": ("phones", "MobilePhone"),
    "office-phone": ("phones", "OfficePhone"),
    "serial-numbers": ("serials", "SerialNumbers"),
    "province": ("places", "Province"),
    "district": ("places", "District"),
    "person-name": ("people", "PersonName"),
    "company-name": ("people", "CompanyName"),
    "address": ("free_text", "Address"),
    "email": ("emails", "EmailAddress"),
    "product": ("free_text", "Product"),
    "product-group": ("free_text", "ProductGroup"),
    "count": ("counts", "DeviceCount"),
}
"""The kinds of answer: name on the command line, module in conversations.answers, class."""

BLOCK = "block"
"""Several answers in one message, read for the whole form."""

NO_PRODUCTS = Catalogue()
PROVINCE_FIELD = "CustomerCity"
NOT_JSON = {"outcome": "refused", "reason": "not-json"}


def add_parsers(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command to the command line."""
    parser = subparsers.add_parser("understand", help="bir cevaptan ne anlaşılacağını gösterir")
    parser.add_argument("kind", choices=(*KINDS, BLOCK), metavar="KIND", help=", ".join((*KINDS, BLOCK)))
    parser.add_argument("--json", action="store_true", help="her satır bir JSON metnidir")
    parser.add_argument("--province", metavar="NAME", help="ilçe için: bilinen il")
    parser.add_argument("--catalogue", metavar="FILE", help="ürünlerin tablosu (XLSX ya da CSV)")
    parser.set_defaults(handler=understand)


def understand(args: argparse.Namespace) -> int:
    """Reads answers from standard input until it ends; 0, or 2 if the province or the catalogue can't be told."""
    known: Known = {}
    if args.province is not None:
        match _kind("province").understand(args.province, {}):
            case Accepted(value):
                known = {PROVINCE_FIELD: value}
            case _:
                print(f"Böyle bir il bulunamadı: {args.province}. Örnek: --province Denizli", file=sys.stderr)
                return 2
    catalogue = Catalogue()
    if args.catalogue is not None:
        try:
            catalogue = catalogue_of(Path(args.catalogue))
        except (OSError, UnreadableFile):
            print(f"Tablo okunamadı: {args.catalogue}. Denetleyin: devreye catalogue import DOSYA", file=sys.stderr)
            return 2
    tell = teller(args.kind, known, catalogue)
    if isinstance(sys.stdout, TextIOWrapper):
        # A half of a surrogate pair leaves as the JSON escape that it came in as.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    for line in sys.stdin.buffer:
        told = _told(tell, line.decode("utf-8", "replace").rstrip("\r\n"), as_json=args.json)
        print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0


def catalogue_of(path: Path) -> Catalogue:
    """The products of an office's table; rows that can't be taken are left out. Raises OSError and UnreadableFile."""
    return Catalogue(read_catalogue(path.read_bytes(), path.name).entries)


def teller(name: str, known: Known, catalogue: Catalogue = NO_PRODUCTS) -> Callable[[str], dict[str, Any]]:
    """What tells of one text, as a JSON object, what would be made of it; `name` is one of the kinds, or "block"."""
    if name == BLOCK:
        form = activation_form(catalogue=catalogue)
        return lambda text: block_as_json(form, text, known)
    kind = _kind(name)
    match kind:
        case Product():
            kind = Product(catalogue)
        case ProductGroup():
            kind = ProductGroup(catalogue)
    return lambda text: outcome_as_json(kind, kind.understand(text, known))


def _kind(name: str) -> Kind:
    module, class_name = KINDS[name]
    kind: Kind = getattr(importlib.import_module(f"conversations.answers.{module}"), class_name)()
    return kind


def _told(tell: Callable[[str], dict[str, Any]], line: str, *, as_json: bool) -> dict[str, Any]:
    if not as_json:
        return tell(line)
    try:
        text = json.loads(line)
    except (ValueError, RecursionError):
        return NOT_JSON
    return tell(text) if isinstance(text, str) else NOT_JSON


def block_as_json(form: Form, text: str, known: Known) -> dict[str, Any]:
    """What would be taken from a pasted block, what would still be asked, and what the answers bring along."""
    found = extract(form, text, known)
    told: dict[str, Any] = {"fields": dict(found.fields), "asked": still_asked(form, found)}
    also = {**found.follows, **inferred(form, {**known, **found.fields})}
    return {**told, "also": also} if also else told


def outcome_as_json(kind: Kind, outcome: Outcome) -> dict[str, Any]:
    """The outcome as a JSON object; texts for people stay message ids."""
    match outcome:
        case Accepted(value, also, told):
            found: dict[str, Any] = {"outcome": "accepted", "value": value, "sent": kind.sent(value)}
            if also:
                found["also"] = dict(also)
            if told:
                found["told"] = [words.id for words in told]
            return found
        case Ambiguous(question, candidates):
            return {
                "outcome": "ambiguous",
                "question": question.id,
                "candidates": [_plain_candidate(candidate) for candidate in candidates],
            }
        case Refused(reason, guess):
            refused = {"outcome": "refused", "reason": reason.id}
            return refused if guess is None else {**refused, "guess": guess}
        case _:
            assert_never(outcome)


def _plain_candidate(candidate: Candidate) -> Any:
    """A place as "Denizli / Kale", since its value alone does not tell it from others; else the value."""
    return candidate.label if candidate.also and isinstance(candidate.label, str) else candidate.value
