"""The dealer's company: a customer finds it in the directory, by a part of its name."""

from dataclasses import dataclass

from conversations.answers.listed import MOST_FOUND, FromList, Hit, Questions, found_in_list
from conversations.answers.outcome import Accepted, Known, Outcome
from conversations.answers.people import CompanyName
from conversations.answers.plain import terms
from conversations.directory import Dealer, Dealers
from conversations.letters import fold_words

NOBODY = Dealers()
QUESTIONS = Questions("dealer-which", "dealer-not-listed")
LEGAL_FORMS = terms("ltd sti as san tic ve limited sirketi sirket anonim sanayi ticaret a s")
"""Folded words that half of all companies end in: they tell none from another."""
SHORTEST_SOUGHT = 2
"""Letters from which the directory is searched: fewer would only read it out."""


@dataclass(frozen=True, slots=True)
class DealerName(FromList):
    """The company of a dealer. For a customer it is picked from the directory, or taken as typed if it isn't there.

    Whoever says to be a dealer types the name: it is spelled as in the directory, and nothing else of it is told.
    """

    dealers: Dealers = NOBODY
    role_field: str = "Role"

    def understand(self, text: str, known: Known) -> Outcome:
        """The company that this text means; of several that it may mean, the customer picks."""
        outcome = self.as_typed(text, known)
        if not isinstance(outcome, Accepted) or not self.seeks(known):
            return outcome
        typed = str(outcome.value)
        if self.dealers.exact(typed) is not None or sum(map(str.isalnum, typed)) < SHORTEST_SOUGHT:
            return outcome
        sought = " ".join(word for word in fold_words(typed).split() if word not in LEGAL_FORMS) or typed
        hits = [Hit(found.dealer.company, certain=False) for found in self.dealers.search(sought, MOST_FOUND)]
        return found_in_list(text, typed, hits, QUESTIONS)

    def seeks(self, known: Known) -> bool:
        """Whether this person may look for a dealer in the directory."""
        return bool(self.dealers) and known.get(self.role_field) == "customer"

    def as_typed(self, text: str, known: Known) -> Outcome:
        """The text as it is, or the company of this very name as the directory spells it."""
        outcome = CompanyName().understand(text, known)
        listed = self.dealers.exact(str(outcome.value)) if isinstance(outcome, Accepted) else self.dealers.exact(text)
        return outcome if listed is None else Accepted(listed.company)

    def dealer(self, company: object) -> Dealer | None:
        """The dealer with this very company; None if the directory has none."""
        found = self.dealers.exact(str(company))
        return found if found is not None and found.company == company else None
