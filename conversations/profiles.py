"""A dealer's profile: asked once, filled into each new request, and kept as it was said last."""

from dataclasses import replace

from conversations.answers.outcome import Accepted, Value
from conversations.asking import is_open, role_of
from conversations.directory import Dealer
from conversations.draft import Answer, Draft, Profile
from conversations.events import Context
from conversations.form import Form
from conversations.replies import Turn
from conversations.words import Words

ROLE = "Role"


def filled(form: Form, draft: Draft, profile: Profile) -> Draft:
    """The draft with what the profile knows, which is then no question of it."""
    names = frozenset(field.name for field in form.profile("dealer"))
    answers = {name: Answer(value=value) for name, value in profile.values.items() if name in names}
    optional = frozenset(field.name for field in form.profile("dealer") if field.optional)
    return draft.changed(
        answers={**draft.answers, **answers, ROLE: Answer(value="dealer")},
        skipped=draft.skipped | optional.difference(answers),
        given=draft.given.union(answers, optional, (ROLE,)),
    )


def filled_up(form: Form, draft: Draft, profile: Profile) -> Draft:
    """The draft with what the profile knows and the draft does not."""
    names = [field.name for field in form.profile("dealer") if field.name not in draft.answers]
    values = {name: profile.values[name] for name in names if name in profile.values}
    answers = {name: Answer(value=value) for name, value in values.items()}
    return draft.changed(
        answers={**draft.answers, **answers},
        skipped=draft.skipped.difference(answers),
        given=draft.given.union(answers),
    )


def without_profile(form: Form, draft: Draft) -> Draft:
    """The draft of somebody who is no dealer this time: a customer, and nothing of the profile in it."""
    names = frozenset(field.name for field in form.profile("dealer"))
    answers = {name: answer for name, answer in draft.answers.items() if name not in names}
    return draft.changed(
        answers={**answers, ROLE: Answer(value="customer")},
        skipped=draft.skipped - names,
        given=(draft.given - names) | {ROLE},
    )


def is_filled(draft: Draft) -> bool:
    """Whether a dealer's profile was filled into the draft."""
    return ROLE in draft.given and role_of(draft) == "dealer"


def of_dealer(form: Form, dealer: Dealer) -> dict[str, Value]:
    """What the directory knows of a dealer, as values of the form's fields; what cannot be read is left out."""
    told = {
        "DealerCompanyName": dealer.company,
        "DealerContactPerson": dealer.contact_person,
        "DealerMobilePhone": dealer.mobile_phone,
        "DealerWorkPhone": dealer.work_phone,
        "DealerEmail": dealer.email,
    }
    values: dict[str, Value] = {}
    for field in form.profile("dealer"):
        outcome = field.kind.understand(told.get(field.name, ""), {})
        if told.get(field.name) and isinstance(outcome, Accepted):
            values[field.name] = outcome.value
    return values


def following(form: Form, profile: Profile, dealer: Dealer) -> Profile:
    """The profile as the directory has it now, but for what the person changed; the company is the directory's."""
    listed = of_dealer(form, dealer)
    kept = {name: value for name, value in profile.values.items() if name in profile.own or name not in listed}
    return profile.changed(values={**kept, **{n: v for n, v in listed.items() if n not in profile.own}})


def keeping(form: Form, before: Draft | None, turn: Turn, context: Context) -> Turn:
    """The turn that keeps the dealer's own fields as a profile, once all of them are there or one of them changed."""
    after = turn.draft
    if after is None or turn.profile is not None or turn.forgets_profile or not turn.messages:
        return turn
    said = _said(form, after, context)
    same_as_before = before is not None and before.id == after.id and said == _said(form, before, context)
    if said is None or same_as_before or (context.profile is not None and said == context.profile.values):
        return turn
    first = turn.messages[0]
    if context.profile is None:
        profile, told = Profile(values=said), Words("profile-kept")
    else:
        profile, told = changed(context.profile, said), Words("profile-changed")
        if profile.values == context.profile.values:
            return turn
    place = 1 if first.paragraphs[0].id in ("corrected", "edited", "left-out") else 0
    paragraphs = (*first.paragraphs[:place], told, *first.paragraphs[place:])
    messages = (replace(first, paragraphs=paragraphs), *turn.messages[1:])
    return replace(turn, profile=profile, messages=messages)


def changed(profile: Profile, values: dict[str, Value]) -> Profile:
    """The profile with these values instead; whoever is tied to a dealer of the directory keeps its company."""
    if not profile.dealer:
        return profile.changed(values=values)
    values = {**values, "DealerCompanyName": profile.values.get("DealerCompanyName", "")}
    own = {name for name in {*values, *profile.values} if values.get(name) != profile.values.get(name)}
    return profile.changed(values=values, own=profile.own | own)


def _said(form: Form, draft: Draft, context: Context) -> dict[str, Value] | None:
    """What a dealer said of themselves in this draft; None as long as something is missing."""
    fields = form.profile(role_of(draft))
    if not fields or any(is_open(form, draft, field, context) for field in fields):
        return None
    return {field.name: draft.answers[field.name].value for field in fields if field.name in draft.answers}
