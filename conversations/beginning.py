"""How a request begins: a greeting, what is known already, and the first question."""

from conversations.blocks import take_block
from conversations.draft import Draft
from conversations.events import Context, Text
from conversations.form import Form
from conversations.found_dealer import came_by_sticker, your_dealer
from conversations.notice import notice_of
from conversations.proceeding import proceed
from conversations.profiles import filled
from conversations.replies import Turn
from conversations.words import Words


def begin(form: Form, context: Context, lead: tuple[Words, ...] = (), block: Text | None = None) -> Turn:
    """A new draft and its first question, behind a greeting and the privacy notice.

    A `block` is the message that began it: if it holds several answers, these are taken at once.
    """
    return greet(form, fresh_draft(form, context), context, lead, block)


def fresh_draft(form: Form, context: Context) -> Draft:
    """A new draft, with what is known of the person before anything is asked."""
    draft = Draft(id=context.fresh_draft_id, form=form.name)
    return draft if context.profile is None else filled(form, draft, context.profile)


def greet(
    form: Form,
    draft: Draft,
    context: Context,
    lead: tuple[Words, ...] = (),
    block: Text | None = None,
    told: tuple[Words, ...] = (),
    hello: tuple[Words, ...] | None = None,
) -> Turn:
    """The first question of this new draft, as `begin` asks it.

    `told` is said after the greeting, `hello` in its place.
    """
    notice = notice_of(context)
    hello = welcome(form, draft, context) if hello is None else hello
    turn = take_block(form, draft, block, context, (*lead, *hello, *notice, *told)) if block is not None else None
    if turn is None:
        # Who has just sent several answers in one message knows that it can be done.
        how = () if told or not _is_back(form, draft, context) else (Words("welcome-paste"),)
        turn = proceed(form, draft, context, (*lead, *hello, *how, *notice, *told))
    return turn


def welcome(form: Form, draft: Draft, context: Context) -> tuple[Words, ...]:
    """A greeting; who was here before, or came by a sticker, is told whose data are filled in."""
    if came_by_sticker(form, draft):
        return (Words("greeting"), your_dealer(form, draft))
    if not _is_back(form, draft, context) or context.profile is None:
        return (Words("greeting"),)
    values = context.profile.values
    names = {"company": str(values.get("DealerCompanyName", "")), "person": str(values.get("DealerContactPerson", ""))}
    return (Words("welcome-back", names if names["person"] else {**names, "person": "-"}),)


def _is_back(form: Form, draft: Draft, context: Context) -> bool:
    return context.profile is not None and not came_by_sticker(form, draft)
