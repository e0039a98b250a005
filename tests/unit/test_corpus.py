"""The corpus of pasted blocks and single answers: how right the bot must read it, and that the scorer can tell."""

import pytest

from tests.corpus.scoring import FOLDER, HALVES, PRECISION, RECALL, Score, items, score, score_of, wilson

BLOCK = {"kind": "block", "text": "Ad: Ayşe Demir\nTel: 0530 123 12 12"}


@pytest.mark.parametrize("half", HALVES)
def test_each_half_is_read_right(half: str) -> None:
    result = score(half)
    faults = result.faults if half == "development" else ()  # the other half is nobody's to learn from
    right, taken = result.precision
    assert right >= PRECISION * taken, (f"{right} of {taken}", faults)
    found, there = result.recall
    assert found >= RECALL * there, (f"{found} of {there}", faults)
    answered, answers = result.single
    assert answered == answers, (f"{answered} of {answers}", faults)


@pytest.mark.parametrize("name", [path.name for path in sorted((FOLDER / "development").glob("*blocks.jsonl"))])
def test_each_file_to_learn_from_is_read_right(name: str) -> None:
    result = score_of((place, item) for place, item in items("development") if place.startswith(f"{name}:"))
    (right, taken), (found, there) = result.precision, result.recall
    assert right >= PRECISION * taken, result.faults
    assert found >= RECALL * there, result.faults


def test_there_are_enough_items() -> None:
    results: list[Score] = [score(half) for half in ("development", "held_out")]
    assert sum(result.blocks + result.answers.total() for result in results) >= 300


@pytest.mark.parametrize(
    ("fields", "more", "right", "wrong", "missed"),
    [
        ({"CustomerFullName": "Ayşe Demir", "CustomerMobilePhone": "5301231212"}, {}, 2, 0, 0),
        ({"CustomerFullName": "Ayşe Kaya", "CustomerMobilePhone": "5301231212"}, {}, 1, 1, 1),
        ({"CustomerFullName": "Ayşe Demir"}, {}, 1, 1, 0),
        ({"CustomerFullName": "Ayşe Demir"}, {"may_take": {"CustomerMobilePhone": "5301231212"}}, 2, 0, 0),
        ({"CustomerFullName": "Ayşe Demir", "CustomerEmail": "a@b.co"}, {}, 1, 1, 1),
        ({"CustomerFullName": "Ayşe Demir", "CustomerEmail": "a@b.co"}, {"may_ask": ["CustomerEmail"]}, 1, 1, 0),
    ],
)
def test_what_is_wrong_and_what_is_missed_is_counted(
    fields: dict[str, str], more: dict[str, object], right: int, wrong: int, missed: int
) -> None:
    result = score_of([("here", {**BLOCK, "expected": {"fields": fields, **more}})])
    assert (result.right.total(), result.wrong.total(), result.missed.total()) == (right, wrong, missed)


def test_an_interval_is_wider_for_fewer_items() -> None:
    assert wilson(50, 50)[0] < wilson(500, 500)[0] < 1.0
    assert wilson(0, 0) == (0.0, 1.0)
