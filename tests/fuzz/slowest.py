"""`python -m tests.fuzz.slowest`: looks for the 4,096 characters that keep each parser busy the longest.

The search knows what makes parsers slow: one piece again and again (a regular expression that tries every end from
every beginning), between a head and a tail that make the whole fail at last. It starts from many such texts and goes on
from the slowest, changing one part of it at a time. Times are CPU times of this thread, the best of three.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import locales
from bot.commands.understanding import BLOCK, KINDS, teller
from bot.conversing import recognised
from bot.telegram.inbound import parse
from bot.telegram.outbound import Part, render
from conversations.activation import ACTIVATION
from conversations.answers.choices import ROLE
from conversations.answers.outcome import Known
from conversations.answers.phones import _values
from conversations.answers.plain import plain, quoted
from conversations.draft import Draft
from conversations.events import Context, Text
from conversations.letters import fold, fold_words, one_line
from conversations.replies import Lookup, Turn
from conversations.turn import take_turn
from conversations.typed import LABELS, declines, has_none, labelled, steering
from tests.fuzz.texts import FRAGMENTS, LONGEST, ODD
from tests.talking import CUSTOMER, DEALER, Talk

BOUND_MS = 50.0

Run = Callable[[str], object]
KNOWN: Known = {"CustomerCity": "İstanbul", "ProductSerialNumberList": ("99958", "99959")}

PIECES = (
    *FRAGMENTS,
    *ODD,
    *(
        "a",
        "b",
        "1",
        "12",
        "123",
        "1234",
        "99958",
        "x ",
        "a b ",
        "1 2 ",
        "12 34 ",
        "a1 ",
        "1a ",
        "A1-",
        "a.b.",
        "a-b ",
        "5",
    ),
    *("530 123 12 12 ", "05301231212 ", "+90", "+1 ", "0090 ", "444 ", "1 ", "1,", "1-", "1-9999999 ", "99958-99962, "),
    *(
        "ad: ",
        "ad soyad: ",
        "adım ",
        "soyad ",
        "soyadı: ",
        "isim ",
        "firma: ",
        "bayi adı - ",
        "adres: ",
        "ürün: ",
        "- ",
    ),
    *(
        "ayse@",
        "@gmail.com ",
        "a@b.co ",
        "a@b.co,",
        "mail: ",
        " et ",
        " nokta ",
        ". ",
        " .",
        "com,",
        ", com",
        "(at)",
        "www.",
    ),
    *(
        "istanbul ",
        "istanbulda ",
        "merkez ",
        "kale ",
        "ereğli ",
        "istanbull ",
        "izmirin ",
        "mah ",
        "cad ",
        "afyon kara ",
    ),
    *(
        "iki ",
        "yirmi iki ",
        "eksi ",
        "1,5 ",
        "buçuk ",
        "bir",
        "on",
        "kombi ",
        "adet ",
        "model ",
        "tel ",
        "yıl ",
        "modeli ",
    ),
    *(
        "seri no ",
        "s/n ",
        "s / n",
        "no. ",
        "no-",
        "numara",
        "1) ",
        "1: ",
        "a) ",
        "1\n",
        "sn1: ",
        "cihaz 1 ",
        "(01)",
        "(21)",
    ),
    *(
        "12345678901234",
        "123'den ",
        "123 ile 456 ",
        "aras",
        "123 to 456 ",
        "123'",
        "'",
        "a'",
        "--",
        " - ",
        "…",
        "..",
        "> ",
    ),
    *(
        "yok ",
        "bilmiyorum ",
        "http://",
        "(((",
        "[[",
        '"',
        "“a”",
        "o0",
        "O",
        "Il1",
        "l",
        "0o ",
        "\n\n",
        "\n ",
        ":",
        "=",
        ": :",
    ),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A text as the search changes it: head, a piece as often as it fits, tail."""

    head: str
    piece: str
    tail: str
    size: int = LONGEST

    def text(self) -> str:
        room = max(self.size - len(self.head) - len(self.tail), 0)
        piece = self.piece or "x"
        return (self.head + (piece * (room // len(piece) + 1))[:room] + self.tail)[:LONGEST]


def drafts() -> dict[str, Draft]:
    """A draft at each question of both roles, at the summary, at each correction, and asked back."""
    found: dict[str, Draft] = {}
    for way in (CUSTOMER, DEALER):
        talk = Talk(context=CONTEXT)
        for text in way:
            talk.say(text)
            assert talk.draft is not None
            found.setdefault(
                f"{talk.draft.answers['Role'].value if talk.draft.answers else 'start'} {talk.draft.asked}", talk.draft
            )
    assert talk.draft is not None
    for field in ACTIVATION.fields("dealer"):
        found[f"correct {field.name}"] = talk.draft.changed(asked=field.name, from_summary=True)
    return found


CONTEXT = Context("Ayşe", "Yılmaz", fresh_draft_id="draft-1", fresh_code="D-7K3F", contact="0850 123 45 67")


def turn(draft: Draft) -> Run:
    """A whole turn at this draft, from the update to the calls of the Bot API: all but what the database does."""
    return _through("message", draft, 5)


def edit(draft: Draft) -> Run:
    """The same for an edit of the message that gave the draft's last answer."""
    numbers = [answer.message_id for answer in draft.answers.values() if answer.message_id is not None]
    return _through("edited_message", draft, max(numbers))


def _through(kind: str, draft: Draft, number: int) -> Run:
    person = {"id": 7, "is_bot": False, "first_name": "Ayşe"}
    message = {"message_id": number, "date": 1, "chat": {"id": 7, "type": "private"}, "from": person}

    def run(text: str) -> tuple[Part, ...]:
        inbound = parse({"update_id": 1, kind: {**message, "text": text}}, 1)
        assert inbound is not None
        assert inbound.event is not None
        event = recognised(inbound.event, draft) if isinstance(inbound.event, Text) else inbound.event
        made = take_turn(ACTIVATION, draft, event, CONTEXT)
        if isinstance(made, Lookup):
            made = take_turn(ACTIVATION, draft, event, replace(CONTEXT, found={made: {}}))
        assert isinstance(made, Turn)
        if made.draft is not None:
            made.draft.model_dump_json()
        return tuple(part for message in made.messages for part in render(message, "tr"))

    return run


def parsers() -> Mapping[str, Run]:
    """Everything that reads what a person typed, by name."""
    found: dict[str, Run] = {}
    for name in (*KINDS, BLOCK):
        found[f"understand {name}"] = teller(name, KNOWN)
    found["understand role"] = lambda text: ROLE.understand(text, {})
    names = list(LABELS)
    functions: tuple[Run, ...] = (fold, fold_words, one_line, plain, quoted, declines, has_none, locales.choice_of)
    found |= {function.__name__: function for function in functions}
    found["steering"] = lambda text: steering(text, None)
    found["labelled"] = lambda text: labelled(text, names)
    return found


def turns() -> Mapping[str, Run]:
    """Whole turns, at every question."""
    at = drafts()
    found = {f"turn: {name}": turn(draft) for name, draft in at.items()}
    return found | {
        f"edit: {name}": edit(draft)
        for name, draft in at.items()
        if name.startswith("dealer ") and draft.answers.keys() > {"Role"}
    }


def cpu_ms(run: Run, text: str, times: int = 3) -> float:
    """The CPU time of this thread that the best of so many runs takes."""
    best = float("inf")
    for _ in range(times):
        for remembering in (fold, plain, _values):
            remembering.cache_clear()
        began = time.thread_time()
        run(text)
        best = min(best, (time.thread_time() - began) * 1000)
    return best


def changed(rng: random.Random, recipe: Recipe) -> Recipe:
    """The recipe with one part of it changed."""
    match rng.randrange(6):
        case 0:
            return replace(recipe, head=rng.choice(("", *PIECES)) + rng.choice(("", recipe.head))[:40])
        case 1:
            return replace(recipe, tail=rng.choice(("", recipe.tail))[:40] + rng.choice(("", "\n", *PIECES)))
        case 2:
            return replace(recipe, piece=recipe.piece[:60] + rng.choice(PIECES))
        case 3:
            return replace(recipe, piece=rng.choice(PIECES))
        case 4:
            return replace(recipe, size=rng.choice((60, 120, 256, 300, 400, 1000, LONGEST, LONGEST)))
        case _:
            at = rng.randrange(len(recipe.piece) + 1)
            return replace(recipe, piece=recipe.piece[:at] + recipe.piece[at + 1 :] or "x")


def slowest(run: Run, rng: random.Random, tries: int) -> tuple[float, str]:
    """The longest time that any text took, in milliseconds, and the text; of so many texts tried."""
    seeds = [Recipe("", piece, "") for piece in PIECES]
    seeds += [
        Recipe(rng.choice(PIECES), rng.choice(PIECES) + rng.choice(PIECES), rng.choice(PIECES))
        for _ in range(tries // 4)
    ]
    ranked = sorted(
        (
            (cpu_ms(run, recipe.text(), 1), at, recipe)
            for at, recipe in enumerate(rng.sample(seeds, min(len(seeds), max(tries // 2, 1))))
        ),
        reverse=True,
    )
    best = [(time_ms, recipe) for time_ms, _, recipe in ranked[:6]]
    for _ in range(tries // 2):
        place = rng.randrange(len(best))
        other = changed(rng, best[place][1])
        taken = cpu_ms(run, other.text(), 1)
        if taken > best[place][0] and cpu_ms(run, other.text()) > best[place][0]:
            best[place] = (taken, other)
    return max((cpu_ms(run, recipe.text()), recipe.text()) for _, recipe in best)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.slowest", description=__doc__)
    parser.add_argument("--tries", type=int, default=1000, help="texts for each parser")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="parsers whose names hold this")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    worst = 0.0
    for name, run in {**parsers(), **turns()}.items():
        if args.only in name:
            taken, text = slowest(run, random.Random(f"{args.seed}:{name}"), args.tries)
            worst = max(worst, taken)
            print(f"{taken:8.2f} ms  {name:45} {text[:40]!r} ... {text[-15:]!r}", flush=True)
    print(f"the slowest of all: {worst:.2f} ms; the bound is {BOUND_MS:.0f} ms")
    return 1 if worst > BOUND_MS else 0


if __name__ == "__main__":
    sys.exit(main())
