"""The dealer whom a customer found in the directory, or came from: filled in, and masked for the customer."""

from collections.abc import Mapping

from conversations.answers.dealers import DealerName
from conversations.answers.outcome import Value
from conversations.asking import role_of
from conversations.directory import Dealer
from conversations.draft import Answer, Draft
from conversations.form import Form
from conversations.profiles import ROLE, of_dealer
from conversations.words import Words


def company_of(form: Form) -> str:
    """The field that names the dealer's company; "" in a form without a dealer."""
    return next((field.name for field in form.profile("dealer")), "")


def with_dealer(form: Form, draft: Draft, dealer: Dealer) -> Draft:
    """A customer's draft with this dealer: what the directory knows is masked, what it lacks is not asked for."""
    company, *details = (field.name for field in form.profile("dealer"))
    values = of_dealer(form, dealer)
    answers = {**draft.answers, company: draft.answers.get(company, Answer(value=dealer.company))}
    for name in details:
        if name in values:
            answers.setdefault(name, Answer(value=values[name], masked=True))
    return draft.model_copy(
        update={
            "answers": answers,
            "skipped": draft.skipped.difference(details) | {name for name in details if name not in answers},
            "given": draft.given.union(details),
        }
    )


def from_sticker(form: Form, draft: Draft, dealer: Dealer) -> Draft:
    """The draft of a customer who came by this dealer's sticker."""
    company = company_of(form)
    answers = {**draft.answers, ROLE: Answer(value="customer"), company: Answer(value=dealer.company)}
    draft = draft.changed(answers=answers, given=draft.given | {ROLE, company}, pending=None)
    return with_dealer(form, draft, dealer)


def came_by_sticker(form: Form, draft: Draft) -> bool:
    """Whether the dealer was there before the customer said anything."""
    return role_of(draft) == "customer" and company_of(form) in draft.given & draft.answers.keys()


def your_dealer(form: Form, draft: Draft) -> Words:
    """The line that tells a customer whose sticker they came by."""
    return Words("your-dealer", {"company": str(draft.answers[company_of(form)].value)})


def without_sticker(form: Form, draft: Draft) -> Draft:
    """The draft of a customer whose dealer is another one, who is then asked for."""
    company = company_of(form)
    draft = without_dealer(form, draft)
    answers = {name: answer for name, answer in draft.answers.items() if name != company}
    return draft.changed(answers=answers)


def only_the_sticker(form: Form, draft: Draft, fresh: Draft) -> Draft:
    """The fresh draft with the dealer whose sticker the customer came by; as it is where there was none."""
    if not came_by_sticker(form, draft):
        return fresh
    kept = {name: answer for name, answer in draft.answers.items() if name in draft.given}
    return fresh.changed(answers=kept, skipped=draft.skipped & draft.given, given=draft.given)


def without_dealer(form: Form, draft: Draft) -> Draft:
    """The draft without what the directory filled in; what the customer said of the dealer stays."""
    names = frozenset(field.name for field in form.profile("dealer"))
    gone = {name for name, answer in draft.answers.items() if answer.masked}
    return draft.model_copy(
        update={
            "answers": {name: answer for name, answer in draft.answers.items() if name not in gone},
            "skipped": draft.skipped - (draft.given & names),
            "given": draft.given - names,
        }
    )


def following_directory(form: Form, before: Draft, draft: Draft, values: Mapping[str, Value]) -> Draft:
    """The draft after these answers: a dealer's data come with a company of the directory, and go with it.

    Whoever is no customer any more keeps none of them: masked or not, they would be theirs from now on.
    """
    if ROLE in values and role_of(before) == "customer" and role_of(draft) != "customer":
        return without_dealer(form, draft)
    company = company_of(form)
    if not company:
        return draft
    kind = form.field(company).kind
    if role_of(draft) != "customer" or company not in values or not isinstance(kind, DealerName):
        return draft
    draft = without_dealer(form, draft)
    dealer = kind.dealer(values[company])
    return draft if dealer is None else with_dealer(form, draft, dealer)
