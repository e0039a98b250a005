"""Turkish letters. Python's lower() and casefold() are wrong for I, ı, İ and i: everything is compared through here."""

import hashlib
import re
import unicodedata
from functools import lru_cache

LONGEST_FOLDED = 8192
"""Characters that are compared: a message has 4,096, but one of them can stand for eighteen."""

_LOWER = str.maketrans("IİÂÎÛ", "ıiâîû")
_UPPER = str.maketrans("iı", "İI")
_ASCII = str.maketrans("çğıöşüâîûÇĞİÖŞÜÂÎÛ", "cgiosuaiuCGIOSUAIU")
_DROPPED = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000e0000-\U000e007f]"
)


def lower(text: str) -> str:
    """The text in lower case by the Turkish alphabet: I becomes ı, İ becomes i."""
    return text.translate(_LOWER).lower()


def upper(text: str) -> str:
    """The text in upper case by the Turkish alphabet: i becomes İ, ı becomes I."""
    return text.translate(_UPPER).upper()


def ascii_letters(text: str) -> str:
    """The text with each Turkish letter replaced by its plain ASCII one: "Ümraniye" becomes "Umraniye"."""
    return text.translate(_ASCII)


@lru_cache(maxsize=256)
def clean(text: str) -> str:
    """The text composed (NFC), without control, zero-width, bidi and other invisible characters; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _DROPPED.sub("", text))


@lru_cache(maxsize=256)
def one_line(text: str) -> str:
    """The cleaned text in one line, trimmed, with single spaces."""
    return " ".join(clean(text).split())


@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """What two spellings of the same words have in common: one line, lower case, ASCII letters, no accents.

    Case is folded after the letters so that "I", "ı", "İ" and "i" all become "i". Remembered, since one turn compares
    the same text with a dozen tables.
    """
    composed = unicodedata.normalize("NFKC", text)[:LONGEST_FOLDED]
    letters = unicodedata.normalize("NFKD", ascii_letters(one_line(composed)).replace("ı", "i"))
    return "".join(c for c in letters if not unicodedata.combining(c)).lower().replace("ı", "i")


@lru_cache(maxsize=256)
def fold_words(text: str) -> str:
    """The folded text with everything but letters and digits made one space: for words compared as a whole."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def name_key(name: str) -> str:
    """24 characters that every spelling of the same name shares, whatever its case, accents and spaces."""
    return hashlib.blake2b(fold(name).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
