"""Which dealer somebody of the office means by a name, and the links that lead people to the bot."""

from collections.abc import Sequence

from conversations.directory import Dealer
from conversations.letters import fold_words, name_key


def deep_link(bot: str, code: str) -> str:
    """The link that opens the bot with this code; `bot` without its @."""
    return f"https://t.me/{bot}?start={code}"


def matching(dealers: Sequence[Dealer], name: str) -> tuple[Dealer, ...]:
    """The dealer of exactly this name; else the one whose words hold those of the name; else all with such beginnings.

    The order of the words does not matter.
    """
    typed = fold_words(name).split()
    if not typed:
        return ()
    exact = tuple(dealer for dealer in dealers if dealer.key == name_key(name))
    words = {dealer: fold_words(dealer.company).split() for dealer in dealers}
    whole = tuple(dealer for dealer in dealers if set(typed) <= set(words[dealer]))
    if exact or len(whole) == 1:
        return exact or whole
    return tuple(
        dealer for dealer in dealers if all(any(word.startswith(part) for word in words[dealer]) for part in typed)
    )
