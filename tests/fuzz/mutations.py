"""What can become of an update on its way: every level of its JSON changed, and then its bytes."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

from tests.fuzz.texts import any_text

DEEP = "@deep@"
DEEP_AT_MOST = 3
LARGEST_REPEATED = 2_000
"""Stands for what json.dumps itself can't write: it becomes hundreds of brackets in the bytes."""

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**31, -(2**31), 2**52, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), 10**30, -(10**30)),
    *(0.0, -0.0, 1.5, 1e308, float("nan"), float("inf"), float("-inf"), 10**300, "0", "1", "-1", "private", "group"),
    *([], {}, [[]], [None], {"": None}, {"id": 1}, [{}], {"update_id": 1}, DEEP),
)


def any_value(rng: random.Random) -> Any:
    """A value of whatever type."""
    match rng.randrange(8):
        case 0 | 1:
            return any_text(rng)
        case 2:
            return rng.randint(-(2**40), 2**64)
        case 3:
            return rng.choice(("x", 1, {"type": "bold"})) if rng.random() < 0.9 else [{"type": "bold"}] * 2000
        case _:
            return copy.deepcopy(rng.choice(VALUES))


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in it: the container, and the key or the index."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        container = waiting.pop()
        keys = list(container) if isinstance(container, dict) else range(len(container))
        for key in keys:
            found.append((container, key))
            if isinstance(container[key], dict | list):
                waiting.append(container[key])
    return found


def _drop(rng: random.Random, container: Any, key: Any) -> None:
    del container[key]


def _replace(rng: random.Random, container: Any, key: Any) -> None:
    container[key] = any_value(rng)


def _wrap(rng: random.Random, container: Any, key: Any) -> None:
    value = container[key]
    # What is wrapped thirty times over and over would fill the memory before it reached the bot.
    times = 30 if len(repr(value)) < LARGEST_REPEATED else 1
    container[key] = rng.choice(([value], {"x": value}, [value] * times))


def _rename(rng: random.Random, container: Any, key: Any) -> None:
    if isinstance(container, dict):
        container[rng.choice((f"{key}x", key.upper(), "", any_text(rng)))] = container.pop(key)


def _add(rng: random.Random, container: Any, key: Any) -> None:
    if isinstance(container, dict):
        names = ("text", "entities", "contact", "photo", "message", "edited_message", "callback_query", "data", "id")
        container[rng.choice((*names, "from", "chat", "date", "via_bot", "api_kwargs", "self", "bot", "x"))] = (
            any_value(rng)
        )
    else:
        container.insert(0, any_value(rng))


def _as_text(rng: random.Random, container: Any, key: Any) -> None:
    container[key] = str(container[key])


def _shift(rng: random.Random, container: Any, key: Any) -> None:
    value = container[key]
    if isinstance(value, int | float):
        container[key] = value + rng.choice((-1, 1, 0.5)) if abs(value) < 2**60 else -value
    elif isinstance(value, str):
        at = rng.randrange(len(value) + 1)
        container[key] = value[:at] + rng.choice((":", "\x00", "1", "a", "")) + value[at + 1 :]


STRUCTURAL: tuple[Callable[[random.Random, Any, Any], None], ...] = (
    *(_drop, _replace, _replace, _replace, _wrap, _rename, _add, _as_text, _shift, _shift),
)


def mutated(rng: random.Random, update: dict[str, Any]) -> dict[str, Any]:
    """A copy of the update, changed in a few places."""
    changed = copy.deepcopy(update)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        found = places(changed)
        if found:
            container, key = rng.choice(found)
            rng.choice(STRUCTURAL)(rng, container, key)
    return changed


def as_bytes(rng: random.Random, update: Any) -> bytes:
    """The update as JSON, written now this and now that way."""
    text = json.dumps(update, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, None, None, 1)))
    if DEEP in text:
        depth = rng.choice((5, 200, 990, 3000, 100_000))
        text = text.replace(
            f'"{DEEP}"', rng.choice(("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth)), DEEP_AT_MOST
        )
    return text.encode("utf-8", "surrogatepass")


def _flip(rng: random.Random, body: bytearray) -> None:
    body[rng.randrange(len(body))] ^= 1 << rng.randrange(8)


def _cut(rng: random.Random, body: bytearray) -> None:
    at = rng.randrange(len(body))
    del body[at : at + rng.choice((1, 2, 10, len(body)))]


def _repeat(rng: random.Random, body: bytearray) -> None:
    at = rng.randrange(len(body))
    piece = bytes(body[at : at + rng.randint(1, 60)])
    body[at:at] = piece * rng.choice((1, 2, 50))


def _insert(rng: random.Random, body: bytearray) -> None:
    at = rng.randrange(len(body))
    body[at:at] = rng.choice(
        (b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b'"', b"\\", b"{", b"]", b"1e999", b"\\ud800", b"NaN")
    )


def _number(rng: random.Random, body: bytearray) -> None:
    digits = [at for at, byte in enumerate(body) if 48 <= byte <= 57]
    if digits:
        at = rng.choice(digits)
        body[at : at + 1] = rng.choice((b"9" * 30, b"9" * 4000, b"9" * 5000, b"-1", b"1.5", b"1e5", b"0x10"))


def _twice(rng: random.Random, body: bytearray) -> None:
    """The same key a second time, with another value."""
    key = rng.choice((b"update_id", b"message", b"from", b"chat", b"text", b"id"))
    body[:] = body.replace(b'"' + key + b'":', b'"' + key + b'": 1, "' + key + b'":', 1)


BYTEWISE: tuple[Callable[[random.Random, bytearray], None], ...] = (
    _flip,
    _flip,
    _cut,
    _repeat,
    _insert,
    _number,
    _twice,
)


def mutated_bytes(rng: random.Random, body: bytes) -> bytes:
    """The body, changed in a few bytes."""
    changed = bytearray(body)
    for _ in range(rng.choice((1, 1, 2, 5))):
        if changed:
            rng.choice(BYTEWISE)(rng, changed)
    return bytes(changed)
