"""Every parser, and every turn around it, within 50 ms of CPU time for any 4,096 characters; `slowest` looks for worse.

The texts are the worst that were found, and what usually is: a piece again and again, between a head and a tail.
"""

import random

import pytest

from bot.telegram.outbound import TEXT_UNITS, units
from tests.fuzz.slowest import BOUND_MS, Run, cpu_ms, parsers, slowest, turns
from tests.fuzz.texts import LONGEST

PARSERS, TURNS = parsers(), turns()

WORST = {
    "one letter that stands for eighteen": "ﷺ",
    "one sign that stands for four letters": "㍿",
    "a fraction": "½",
    "two letters in one": "ǅ",
    "bullets": "- ",
    "the label of a company": "firma: ",
    "the label of an address": "adres: ",
    "the label of a product": "ürün: ",
    "a label of every field": "ad: tel: adres: il: seri no: ",
    "numbers": "1 2 ",
    "a range without an end": "1-9999999 ",
    "lists of serials": "99958, 99959 ve ",
    "labels of serials": "S/N 1 ",
    "from to": "123'den 456'ya ",
    "telephones": "0530 123 12 12 ",
    "addresses of mail": "a@b.co, ",
    "signs of mail": "a@",
    "slips of places": "istanbull izmirr ",
    "every combining sign": "e\u0301\u0302",
    "half pairs": "\ud800",
    "white space": " \n",
    "brackets": "([{",
}


def in_time(run: Run, text: str) -> bool:
    """Once is enough where it is well below the bound; the best of five where the machine may have been in the way."""
    return cpu_ms(run, text, 1) <= BOUND_MS or cpu_ms(run, text, 5) <= BOUND_MS


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_a_piece_again_and_again_keeps_no_parser_busy(piece: str) -> None:
    for text in (
        (piece * LONGEST)[:LONGEST],
        "kale " + (piece * LONGEST)[: LONGEST - 6] + "!",
        (piece * LONGEST)[:300],
    ):
        for name, run in PARSERS.items():
            assert in_time(run, text), name


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_a_piece_again_and_again_is_answered_soon_and_in_few_words_at_every_question(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    for name, run in TURNS.items():
        assert in_time(run, text), name
        parts = run(text)
        assert isinstance(parts, tuple)
        assert 1 <= len(parts) <= 2, name
        assert all(units(part.text) <= TEXT_UNITS for part in parts), name


@pytest.mark.parametrize("name", PARSERS)
def test_a_short_search_finds_nothing_slow(name: str) -> None:
    taken, text = slowest(PARSERS[name], random.Random(name), 30)
    assert taken <= BOUND_MS, text


def test_a_parser_that_is_slow_is_found() -> None:
    def quadratic(text: str) -> object:
        return [text[at:].count("a") for at in range(len(text))]

    taken, _ = slowest(quadratic, random.Random(1), 20)
    assert taken > 1.0
