"""The dealer's company: a customer finds it in the directory, by a part of its name."""

import re
from dataclasses import dataclass

from conversations.answers.listed import MOST_FOUND, FromList, Hit, Questions, found_in_list
from conversations.answers.outcome import Accepted, Ambiguous, Candidate, Known, Outcome
from conversations.answers.people import CompanyName
from conversations.answers.plain import LONGEST_LABELLED, plain, quoted, terms
from conversations.directory import Dealer, Dealers
from conversations.letters import fold_words
from conversations.words import Words

NOBODY = Dealers()
QUESTIONS = Questions("dealer-which", "dealer-not-listed")
LEGAL_FORMS = terms("ltd sti as san tic ve limited sirketi sirket anonim sanayi ticaret a s")
"""Folded words that half of all companies end in: they tell none from another."""
SHORTEST_SOUGHT = 2
"""Letters from which the directory is searched: fewer would only read it out."""


_BOUGHT = r" (?:sat[ıi]n )?al(?:d[ıi][mk]|m[ıi][sş]t[ıi][mk]|[ıi]nd[ıi])"
_AT = r"(?:firma|bayi|bayii?si|bayii|[şs]irket|ma[ğg]aza)(?:s[ıi])?n?[dt][ae]n"
_BEHIND = re.compile(rf"(.+?)(?:'n?[dt][ae]n| {_AT})(?:{_BOUGHT})?[ .!]*", re.IGNORECASE)
_BEHIND_MAYBE = re.compile(
    rf"(.+\w{{3}})(?:n?[dt][ae]n{_BOUGHT}|(?<= [^ ]{{3}})d[ae]n|(?<= [^ ]{{4}})d[ae]n)[ .!]*"
    r"|(.+?) (?:firmas[ıi]|bayii?si|ma[ğg]azas[ıi])[ .!]*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?:benim )?bayi(?:i?m(?:[ıi]z)?|m[ıi]z[ıi]n ad[ıi]|nin ad[ıi])|sat[ıi]c[ıi]m(?:[ıi]z)?)[ :,-]+(.+)",
    re.IGNORECASE,
)
_BOUGHT_THIS = re.compile(r"(?:(?:ben|biz|bu|bunu|kombi\w*|cihaz\w*|kazan\w*|[üu]r[üu]n\w*) )+", re.IGNORECASE)


def bare_dealer(text: str) -> tuple[str, bool]:
    """The dealer's name without what people put around it ("bayim …", "…'dan aldım"), and whether that is certain.

    A text with nothing around the name stays as it is, to the letter.
    """
    if len(text) > LONGEST_LABELLED:
        return text, True
    name = line = " ".join(plain(text).split())
    certain = True
    if match := _BEFORE.fullmatch(name):
        name = match[1]
    if match := _BEHIND.fullmatch(name):
        name = match[1]
    elif match := _BEHIND_MAYBE.fullmatch(name):
        name, certain = match[1] or match[2], False
    if name == line:
        return text, True
    return (name[match.end() :], False) if (match := _BOUGHT_THIS.match(name)) else (name, certain)


def _is_it(text: str, name: str, outcome: Outcome) -> Outcome:
    """The question whether the shorter name is the dealer's; the longer one can be chosen too."""
    whole = CompanyName().understand(text, {})
    if not isinstance(outcome, Accepted) or not isinstance(whole, Accepted):
        return outcome
    readings = tuple(Candidate(value, str(value)) for value in (outcome.value, whole.value))
    return Ambiguous(Words("dealer-is-it", {"text": quoted(text)}), readings, said=whole.value)


@dataclass(frozen=True, slots=True)
class DealerName(FromList):
    """The company of a dealer. For a customer it is picked from the directory, or taken as typed if it isn't there.

    Whoever says to be a dealer types the name: it is spelled as in the directory, and nothing else of it is told.
    """

    dealers: Dealers = NOBODY
    role_field: str = "Role"

    def understand(self, text: str, known: Known) -> Outcome:
        """The company that this text means; of several that it may mean, the customer picks."""
        name, certain = bare_dealer(text)
        outcome = self.as_typed(name, known)
        if name != text and not certain and not self.seeks(known):
            return _is_it(text, name, outcome)
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
