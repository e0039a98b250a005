"""The corpus of pasted blocks and single answers: how right the bot must read it, and that the scorer can tell."""

import pytest

from tests.corpus.scoring import PRECISION, RECALL, Score, score, score_of, wilson

BLOCK = {"kind": "block", "text": "Ad: Ayşe Demir\nTel: 0530 123 12 12"}


def test_the_half_to_learn_from_is_read_right() -> None:
    result = score("development")
    right, taken = result.precision
    assert right >= PRECISION * taken, result.faults
    found, there = result.recall
    assert found >= RECALL * there, result.faults
    assert result.single[0] == result.single[1], result.faults


def test_the_half_held_out_is_read_nearly_as_right() -> None:
    result = score("held_out")
    right, taken = result.precision
    low, high = wilson(right, taken)
    assert high >= PRECISION, f"{right} of {taken}"
    assert low >= 0.98, f"{right} of {taken}"
    found, there = result.recall
    assert found >= RECALL * there, f"{found} of {there}"
    answered, answers = result.single
    assert answered >= 0.95 * answers, f"{answered} of {answers}"


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
