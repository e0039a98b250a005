"""The short form of `make barcodes`: forty photographs. `DEVREYE_SEED` draws others."""

import os
from collections import Counter

import pytest

from bot.media import reading
from tests.barcodes.photographs import FORMS, MODULE_SIZES, Photograph, photograph, photographs
from tests.barcodes.report import interval

SEED = int(os.environ.get("DEVREYE_SEED", "1"))


@pytest.fixture(scope="module")
def taken() -> list[Photograph]:
    return list(photographs(40, SEED))


def test_nearly_all_are_read_and_none_is_read_wrong(taken: list[Photograph]) -> None:
    missed = []
    for photo in taken:
        said = reading.read(photo.file)
        read = set(said) if isinstance(said, list) else set()
        assert read <= photo.codes, f"seed {SEED}, photograph {photo.number}: read wrong {read - photo.codes}"
        if read != photo.codes:
            missed.append(photo.number)
    assert len(missed) <= 2, f"seed {SEED}, photographs {missed}"


def test_the_same_number_and_seed_are_the_same_photograph() -> None:
    assert photograph(3, 7) == photograph(3, 7)
    assert photograph(3, 7).file != photograph(3, 8).file


def test_every_format_and_module_size_comes_in_turn(taken: list[Photograph]) -> None:
    single = Counter(next(iter(photo.forms)) for photo in taken if len(photo.codes) == 1)
    assert set(single) == set(FORMS)
    assert {photo.conditions.module for photo in taken} == set(MODULE_SIZES)
    assert sum(len(photo.codes) == 3 for photo in taken) == 8


def test_the_interval_is_wilsons() -> None:
    low, high = interval(97, 100)
    assert low == pytest.approx(0.9155, abs=1e-4)
    assert high == pytest.approx(0.9897, abs=1e-4)
