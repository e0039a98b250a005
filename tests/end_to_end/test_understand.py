"""`devreye understand` as a program: lines in, JSON objects out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

DEVREYE = str(Path(sys.executable).with_name("devreye"))


def understand(kind: str, *lines: str | bytes, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    typed = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    done = subprocess.run([DEVREYE, "understand", kind, *options], input=typed, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_an_answer_is_accepted_with_what_licrus_gets() -> None:
    (phone,) = understand("mobile-phone", "0530 123 12 12")
    assert (phone["outcome"], phone["sent"]) == ("accepted", "5301231212")


def test_a_district_is_read_within_the_province_that_is_named() -> None:
    (kale,) = understand("district", "kale", options=("--province", "denizli"))
    assert kale == {"outcome": "accepted", "value": "Kale", "sent": "Kale"}


def test_candidates_are_plain_values_and_places_their_labels() -> None:
    (kale,) = understand("district", "kale")
    assert kale["outcome"] == "ambiguous"
    assert set(kale["candidates"]) >= {"Denizli / Kale", "Malatya / Kale"}


def test_a_refusal_names_its_reason() -> None:
    (email,) = understand("email", "hiç yok öyle bir şey")
    assert email["outcome"] == "refused"
    assert email["reason"]


def test_each_line_of_json_is_a_text_and_anything_else_is_refused() -> None:
    outcomes = understand(
        "serial-numbers", '"99958\\n99959"', "99958", "{", "[" * 100_000, '"\\ud800"', options=("--json",)
    )
    assert outcomes[0]["sent"] == "99958,99959"
    assert outcomes[1:4] == [{"outcome": "refused", "reason": "not-json"}] * 3
    assert outcomes[4]["outcome"] == "refused"


def test_no_line_is_left_without_an_outcome() -> None:
    for kind in ("mobile-phone", "address", "province", "product", "count", "person-name"):
        outcomes = understand(kind, "", "\x00", b"\xff\xfe", "a" * 100_000, "😀")
        assert [outcome["outcome"] in ("accepted", "ambiguous", "refused") for outcome in outcomes] == [True] * 5


def test_an_unknown_province_is_told_in_one_sentence() -> None:
    command = [DEVREYE, "understand", "district", "--province", "Atlantis"]
    done = subprocess.run(command, input=b"kale\n", capture_output=True, check=False)
    assert done.returncode == 2
    assert "Atlantis" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
