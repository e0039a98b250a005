"""Texts that nobody expects: what a keyboard, a clipboard or somebody with time on their hands can put into a chat."""

import random
from collections.abc import Callable

LONGEST = 4096
"""Characters of a message, by Telegram's own bound."""

ANSWERS = (
    *("Müşteriyim", "Bayiyim", "Test Bayi", "Bilmiyorum, devam et", "Ayşe Yılmaz", "0530 123 12 12", "E-postam yok"),
    *("Ümraniye, İstanbul", "Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2", "ECODENSE WT 65", "99958, 99959"),
    *("99958-99962", "2", "Yok, özete geç", "merkez", "istanbulda", "+49 1512 3456789", "0216 555 12 34 dahili 12"),
    *("ayse@gmial.com", "a@b.co c@d.co", "S/N: 123456 ve 123457", "O53O 123 12 12", "adres: Balkan Cad. No: 12"),
)
STEERING = (
    *("geri", "atla", "iptal", "yardım", "düzelt", "onayla", "evet", "hayır", "baştan", "devam", "özet", "durum"),
    *("yeni", "english", "türkçe", "değiştirme", "evet, vazgeç", "Evet, baştan başla", "yok", "bilmiyorum", "-", "?"),
)
COMMANDS = ("/start", "/yeni", "/iptal", "/yardim", "/durum", "/dil", "/help@devreye_bot", "/start bayi_12", "/x", "/")
PAYLOADS = (
    *(
        "<b>",
        "</b><script>alert(1)</script>",
        "&lt;&#0;&",
        "{ $text }",
        "{ choice-new }",
        "%s%n",
        "'; DROP TABLE chats",
    ),
    *('{"update_id": 1}', "a:b:c:d", "::::", "../../etc/passwd", "=1+1", "\\u0000", "\x1b[2J", "<a href='x'>"),
)
FRAGMENTS = (
    *(
        "ve ",
        "ile ",
        ", ",
        "; ",
        ": ",
        " - ",
        "–",
        "-",
        ".",
        "..",
        "…",
        "→",
        "/",
        "\n",
        "\t",
        " ",
        "  ",
        "'",
        '"',
        "(",
        ")",
    ),
    *(
        "[",
        "]",
        "<",
        ">",
        "&",
        "@",
        "+",
        "+90",
        "00",
        "0",
        "1",
        "99",
        "530 ",
        "1) ",
        "1. ",
        "• ",
        "S/N",
        "SN",
        "seri no",
    ),
    *("model ", "no.", "tel ", "dahili ", "mah ", "cad ", "ilçesi ", "merkez ", "istanbul ", "of ", "van ", "kale "),
    *("'dan ", "'a kadar ", " arası", "ad soyad: ", "firma: ", "soyad: ", "adım ", "iki ", "yirmi", " buçuk", " eksi "),
    *(
        "a@a",
        "@a.",
        ".com",
        "gmail",
        " nokta ",
        " at ",
        "www.",
        "http://",
        "yok",
        "evet ",
        "İ",
        "ı",
        "I",
        "ß",
        "ﷺ",
        "½",
    ),
    *(
        "①",
        "１",
        "٣",
        "e\u0301",
        "\u0301",
        "\u200d",
        "\u202e",
        "\u00ad",
        "\ufeff",
        "👨‍👩‍👧",
        "🇹🇷",
        "1\u20e3",
        "\u2028",
        "\x00",
        "\x85",
    ),
)
ODD = (
    *(
        "\u0301",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufe0f",
        "\u3164",
        "\u115f",
        "\U000e0041",
        "\x00",
        "\x07",
        "\x7f",
        "\xa0",
    ),
    *("ﷺ", "㍿", "½", "Ⅷ", "Ｗ", "𝐀", "İ", "ß", "ǅ", "ﬃ", "Å", "가", "漢", "ก็", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "👩🏽‍🚀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "٠", "𝟘"),
    *("\ud800", "\udfff", "\ud83d", "\ufffe", "\uffff", "\U0010ffff"),
)


def length(rng: random.Random) -> int:
    """Short as a rule, at times the longest message there is."""
    return rng.choice((1, 2, 7, 30, 64, 65, 300, 301, LONGEST)) if rng.random() < 0.5 else rng.randint(1, 200)


def _repeated(rng: random.Random) -> str:
    piece = rng.choice(FRAGMENTS) + rng.choice(("", *FRAGMENTS))
    return (piece * LONGEST)[: length(rng)]


def _composed(rng: random.Random) -> str:
    wanted, text = length(rng), ""
    while len(text) < wanted:
        text += rng.choice(FRAGMENTS)
    return text[:wanted]


def _odd(rng: random.Random) -> str:
    return (rng.choice(ODD) * LONGEST)[: length(rng)]


def _any_letters(rng: random.Random) -> str:
    first = rng.choice((0, 0x20, 0x100, 0x300, 0x590, 0x2000, 0x4E00, 0xAC00, 0xD7F0, 0xFE00, 0x1F600, 0xE0000))
    return "".join(chr(first + rng.randrange(0x80)) for _ in range(min(length(rng), 400)))


def _spoiled(rng: random.Random) -> str:
    text = rng.choice(ANSWERS)
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice((*ODD, *FRAGMENTS)) + text[at:]


def _digits(rng: random.Random) -> str:
    mark = rng.choice(("", " ", ",", "-", ".", "/", "\n", ", ", " - "))
    numbers = (str(rng.randrange(10 ** rng.randint(1, 12))) for _ in range(rng.randint(1, 400)))
    return mark.join(numbers)[:LONGEST]


MAKERS: tuple[tuple[int, Callable[[random.Random], str]], ...] = (
    (6, lambda rng: rng.choice(ANSWERS)),
    (4, lambda rng: rng.choice(STEERING)),
    (2, lambda rng: rng.choice(PAYLOADS)),
    (2, lambda rng: rng.choice(("", " ", "\n", "\x00", "\u200b", "\ud800", "\u202e"))),
    (3, _spoiled),
    (2, _repeated),
    (2, _composed),
    (2, _odd),
    (1, _any_letters),
    (1, _digits),
)


def any_text(rng: random.Random) -> str:
    """Some text of at most 4,096 characters."""
    weights = [weight for weight, _ in MAKERS]
    (_, maker), *_ = rng.choices(MAKERS, weights)
    return maker(rng)
