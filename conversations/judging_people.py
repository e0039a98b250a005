"""Who a pasted text is about: names, companies, telephones and e-mail addresses."""

import re
from collections.abc import Mapping

from conversations.address_edges import says_more
from conversations.answers.outcome import Accepted, Outcome, Refused, Value
from conversations.answers.plain import terms
from conversations.block_labels import THIRD_PARTIES, Owner
from conversations.judging import Reading, is_it
from conversations.letters import fold_words
from conversations.shapes import (
    is_company,
    is_job,
    is_person,
    maybe_company,
    maybe_person,
    names_building,
    sells_heating,
    untitled,
)
from conversations.span import LABELLED, MAYBE, SHAPED
from conversations.stretches import trimmed, words_of

_PREFIX: Mapping[Owner, str] = {"customer": "Customer", "dealer": "Dealer"}


def person(reading: Reading, owner: Owner) -> None:
    """The name of the customer, or of who answers for the dealer."""
    name = "CustomerFullName" if owner == "customer" else "DealerContactPerson"
    texts = [(span.text, span.sure) for span in reading.of(owner, "name")]
    given, surname = reading.of(owner, "given"), reading.of(owner, "surname")
    if len(surname) == 1 and not given and len(texts) == 1 and " " not in texts[0][0].strip():
        texts[0] = (f"{texts[0][0]} {surname[0].text}", texts[0][1])  # "Müşteri adı: …", "Müşteri soyadı: …"
    if len(given) == 1 and len(surname) <= 1:
        texts.append((" ".join(span.text for span in (*given, *surname)), LABELLED))
    contacts = [(_bare_name(span.text), span.sure) for span in reading.of(owner, "contact")]
    if owner == "dealer":
        texts += [(text.rstrip("."), sure) for text, sure in contacts if maybe_company(text) and not is_person(text)]
        contacts = [(text, sure) for text, sure in contacts if not maybe_company(text)]
    contacts = [(text, sure) for text, sure in contacts if _may_be_contact(text)]
    firm = any(_may_be_contact(text) for text, _ in contacts) or owner == "dealer"
    companies = [
        text for text, _ in texts if is_company(text) or (firm and maybe_company(text) and not is_person(text))
    ]
    reading.companies_named = companies
    texts = [(_bare_name(text), sure) for text, sure in texts if text not in companies]
    if not any(sure == LABELLED for _, sure in texts):
        texts += contacts
    doubted = [(text, maybe_company(text) or names_building(text) or _goes_on(text), sure) for text, sure in texts]
    reading.choose(name, [(text, MAYBE if doubt else sure) for text, doubt, sure in doubted])


def company(reading: Reading, owner: Owner) -> None:
    """The company of the customer, or the dealer's."""
    name = f"{_PREFIX[owner]}CompanyName"
    named = {span.line for span in reading.of(owner, "name", "given") if span.sure == LABELLED}
    texts = []
    titled: list[Value] = []
    for span in reading.given(name, reading.of(owner, "company")):
        # One of the trade may be the dealer's; one without a label among labels may be whose letter it is.
        trade = span.owner is None and sells_heating(span.text)
        alone = bool(named) and span.sure < LABELLED and span.line not in named
        if owner == "customer" and is_person(span.text) and not maybe_company(span.text):
            titled.append(span.text)  # "Ünvanı: Sibel Karaca"
        elif not is_job(span.text):
            texts.append((_undotted(span.text), MAYBE if trade or alone else span.sure))
    if owner == "dealer" and len(texts) == 1:
        texts = [(texts[0][0], max(texts[0][1], MAYBE if is_person(texts[0][0]) else SHAPED))]
    texts += [(text, LABELLED) for text in reading.companies_named]
    legal = [(text, sure) for text, sure in texts if is_company(text)]
    reading.choose(name, legal if len(legal) == 1 and legal[0][1] == LABELLED else texts)
    if titled and not {"CustomerFullName", name} & {*reading.fields}:
        asked = is_it(reading.form, "CustomerFullName", titled)
        reading.doubtful.setdefault("CustomerFullName", asked)


def telephones(reading: Reading, owner: Owner) -> None:
    """The mobile and the office number: by label where there is one, by the kind of number otherwise."""
    mobile, work = f"{_PREFIX[owner]}MobilePhone", f"{_PREFIX[owner]}WorkPhone"
    mobiles: list[tuple[str, int]] = []
    offices: list[tuple[str, int]] = []
    # A number beside the name of somebody of the trade may be the dealer's, whoever the rest is about.
    firms = [span for span in reading.of(owner, "company") if span.owner is None and span.sure == MAYBE]
    trade = {span.line for span in firms if sells_heating(span.text)}
    offices_said = reading.given(work, reading.of(owner, "work"))
    for span in (*reading.of(owner, "mobile", "phone"), *offices_said):
        is_mobile = not isinstance(reading.judge(mobile, span.text), Refused)
        is_office = not isinstance(reading.judge(work, span.text), Refused)
        # A telephone with a label of its own kind comes before one that is only called a telephone.
        if span.target == "work" and is_office:
            offices.append((span.text, LABELLED))
        elif is_mobile or span.target == "mobile" or not is_office:
            mobiles.append((span.text, LABELLED if span.target != "phone" else min(span.sure, SHAPED)))
            if span.sure == LABELLED and not is_mobile:
                mobiles[-1] = (span.text, LABELLED)
        elif _company_is_known(reading, owner) or span.sure == LABELLED or _is_local(span.text):
            unsure = _is_foreign(span.text) or (span.sure < LABELLED and span.line in trade)
            offices.append((span.text, MAYBE if unsure else SHAPED))
    by_form = max((sure for _, sure in offices), default=LABELLED) < LABELLED
    if by_form and not mobiles and not _company_is_known(reading, owner):
        # The only number of somebody private is as likely that of their home: it is asked about.
        offices = [(text, MAYBE) for text, _ in offices]
        mobiles = [(text, LABELLED) for text, _ in offices]
    right = [pair for pair in mobiles if isinstance(reading.judge(mobile, pair[0]), Accepted)]
    reading.numbers(mobile, right or mobiles)
    reading.numbers(
        work, [pair for pair in offices if reading.fields.get(mobile) != _value(reading.judge(work, pair[0]))]
    )


def _company_is_known(reading: Reading, owner: Owner) -> bool:
    """Whether there is a company that a service number may belong to."""
    return f"{_PREFIX[owner]}CompanyName" in (*reading.fields, *reading.known)


def email(reading: Reading, owner: Owner) -> None:
    """The e-mail address."""
    name = f"{_PREFIX[owner]}Email"
    spans = reading.given(name, reading.of(owner, "email"))
    reading.numbers(name, [(span.text, LABELLED) for span in spans])


def _undotted(company: str) -> str:
    """The company without the dot of the sentence that it ended; that of a shortened word stays."""
    return re.sub(r"(?<=[^\W\d_]{6})\.$", "", company)


def _may_be_contact(text: str) -> bool:
    return is_person(text) or maybe_person(untitled(text)) or text.isalpha()


def _goes_on(text: str) -> bool:
    """Whether more than a name stands behind the label of one: "Ali Demir bey oğlu alacak"."""
    return len(words_of(text)) > 2 and (says_more(text) or not _NO_NAMES.isdisjoint(words_of(text)))


_NO_NAMES = THIRD_PARTIES | terms("bey hanim beyin hanimin evde tel telefon")


def _is_foreign(number: str) -> bool:
    return re.match(r"\W*(?:\+|00)(?! ?90)", number) is not None


def _is_local(number: str) -> bool:
    """Whether it is a number of a place, and none of a service ("444 …", "0850 …")."""
    return re.match(r"[\W0]*(?:90[\W0]*)?(?!444)[234]", number) is not None


def _value(outcome: Outcome) -> Value | None:
    return outcome.value if isinstance(outcome, Accepted) else None


def _bare_name(text: str) -> str:
    """The name without what politeness and brackets add to it: "Sn. Ayşe Demir (ev sahibi)"."""
    text = trimmed(text.partition("(")[0]).rstrip(".!") or text
    words = text.split()
    while len(words) > 2 and fold_words(words[0]) in ("sn", "sayin", "ben", "mr", "mrs", "ms", "bay", "bayan"):
        words = words[1:]
    while len(words) > 1 and fold_words(words[-1]) in ("bey", "hanim", "hn", "by", "bey efendi"):
        words = words[:-1]
    return " ".join(words)
