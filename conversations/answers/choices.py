"""An answer that is one of a few known ones, in any of the words that people use for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conversations.answers.outcome import Accepted, Known, Outcome, Refused, Verbatim
from conversations.letters import fold_words, one_line
from conversations.words import Words

SHOWN = 60
"""Characters of somebody's own text that are repeated back to them."""


@dataclass(frozen=True, slots=True)
class Choice(Verbatim):
    """One of `options`: each value with the folded words that mean it. The button of a value is `choice-VALUE`."""

    options: Mapping[str, frozenset[str]] = field(hash=False)
    certain: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Single words that mean their value inside a sentence too ("ben müşteriyim evladım"), where only one occurs."""

    def understand(self, text: str, known: Known) -> Outcome:
        """The value these words mean; refused when they mean none of them."""
        words = fold_words(text)
        for value, spellings in self.options.items():
            if words == value or words in spellings:
                return Accepted(value)
        meant = {self.certain[word] for word in words.split() if word in self.certain}
        if len(meant) == 1:
            return Accepted(meant.pop())
        return Refused(Words("choice-unknown", {"text": one_line(text)[:SHOWN]}))


ROLE = Choice(
    {
        "customer": frozenset(
            (
                "musteri",
                "musteriyim",
                "ben musteriyim",
                "son kullanici",
                "kullaniciyim",
                "ev sahibi",
                "ev sahibiyim",
                "kendim",
                "kendim icin",
                "customer",
                "i am the customer",
            )
        ),
        "dealer": frozenset(
            (
                "bayi",
                "bayii",
                "bayiyim",
                "bayiiyim",
                "ben bayiyim",
                "satici",
                "saticiyim",
                "tesisatci",
                "tesisatciyim",
                "dealer",
                "i am a dealer",
            )
        ),
    },
    certain={"musteriyim": "customer", "musterisiyim": "customer", "bayiyim": "dealer", "bayiiyim": "dealer"},
)
"""Who is filling the form: it decides which fields of the dealer are asked one by one."""
