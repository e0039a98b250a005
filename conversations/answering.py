"""An answer to the question at hand: understood, taken down, refused, or asked back."""

from conversations import course
from conversations.answers.emails import EmailAddress
from conversations.answers.listed import TYPED, FromList
from conversations.answers.outcome import Accepted, Refused
from conversations.answers.phones import MobilePhone, OfficePhone
from conversations.asking import (
    asked_last,
    may_skip,
    next_ask,
    open_in,
    role_of,
    said_of,
)
from conversations.draft import Draft, Option, Pending
from conversations.events import Contact, Context, Text
from conversations.form import Field, Form, Menu
from conversations.labels import MOST_SHOWN, elsewhere_in, recognised_in, written_as
from conversations.leaving_out import skip
from conversations.letters import one_line
from conversations.on_summary import on_summary
from conversations.proceeding import ask_again, pick_field, proceed, remark
from conversations.reading import open_list, pick, read, which_field
from conversations.replies import Turn
from conversations.typed import DASHES, NO, NONE, NOTHING, YES, has_none, labelled, said
from conversations.words import Words

LISTS = {"choice-more-products": "", "choice-more-groups": "", "choice-not-listed": TYPED}
"""The buttons under a question that open a list, with the place in it."""


def answer_text(form: Form, draft: Draft, event: Text, context: Context) -> Turn:
    """The turn for a typed message that steers nothing: an answer to the question at hand."""
    ask = asked_last(form, draft)
    if ask is None and next_ask(form, draft, context) is None:
        return on_summary(form, draft, event, context)
    if ask is None:
        return ask_again(form, draft, context, (Words("question-changed"),))
    if draft.pending is not None:
        # "There is none" says no to what is asked back, where there is nothing to leave out.
        only_no = isinstance(ask, Field) and not may_skip(form, draft, ask, context)
        says_no = said(event.text) in NO or (only_no and said(event.text) in NONE)
        picked = _picked(draft.pending, event, says_no)
        if picked is not None:
            return pick(form, draft, picked, context)
        if says_no:
            without = draft.changed(pending=None)
            # Offered on the summary, of what nobody had asked: a no leaves all as it is.
            unasked = draft.from_summary and draft.pending.question.id == "menu-is-it"
            return proceed(form, without, context) if unasked else ask_again(form, without, context)
        if said(event.text) in YES:
            return ask_again(form, draft, context)
    if isinstance(ask, Menu):
        return _answer_menu(form, draft, ask, event, context)
    nothing = said(event.text) in NOTHING or one_line(event.text) in DASHES or event.choice == f"{ask.name}.skip"
    if (nothing or has_none(event.text)) and may_skip(form, draft, ask, context):
        return skip(form, draft, context)
    if event.choice == "choice-location":
        return ask_again(form, draft, context, (Words("location-how"),))
    if event.choice in LISTS and isinstance(ask.kind, FromList) and ask.kind.first():
        return open_list(form, draft, ask, LISTS[event.choice], context)
    if event.choice is not None and ask.sent:
        return ask_again(form, draft, context, (Words("old-button"),))
    if nothing:
        return skip(form, draft, context)
    elsewhere = elsewhere_in(form, draft, (ask,), event.text)
    here = ask.kind.understand(event.text, draft.known()) if elsewhere is not None else None
    if elsewhere is not None and isinstance(here, Accepted):
        return which_field(form, draft, ask, (*elsewhere, written_as(draft, ask, here)), event, context)
    return read(form, draft, ask, event.text, event.message_id, context)


def _picked(pending: Pending, event: Text, says_no: bool) -> Option | None:
    if event.option is not None and event.option < len(pending.options):
        return pending.options[event.option]
    words = said(event.text)
    reply = "yes" if words in YES else "no" if says_no else None
    if reply == "yes" and len(pending.options) == 1:
        return pending.options[0]
    return next((option for option in pending.options if reply is not None and option.reply == reply), None)


def _answer_menu(form: Form, draft: Draft, menu: Menu, event: Text, context: Context) -> Turn:
    """Text at a menu: one of its buttons, "none of it", or an answer whose field can be told from its form."""
    fields = open_in(form, draft, menu, context)
    for field in menu.fields:
        if event.choice == f"{field.name}.pick":
            return pick_field(form, draft, field.name, context)
    words = said(event.text)
    if event.choice is not None and event.choice != f"{menu.name}.none":
        return ask_again(form, draft, context, (Words("old-button"),))
    if event.choice is not None or words in NOTHING or words in NO or has_none(event.text):
        return skip(form, draft, context)
    found = labelled(event.text, [field.name for field in menu.fields])
    if found is not None and not found[1]:
        return pick_field(form, draft, found[0], context)
    if found is not None:
        return read(form, draft, form.field(found[0]), found[1], event.message_id, context)
    if words in YES:
        return ask_again(form, draft, context, (Words("menu-which"),))
    return _read_by_form(form, draft, menu, fields, event, context)


def _read_by_form(
    form: Form, draft: Draft, menu: Menu, fields: tuple[Field, ...], event: Text, context: Context
) -> Turn:
    elsewhere = elsewhere_in(form, draft, menu.fields, event.text)
    if elsewhere is None and any(c.isdigit() or c == "@" for c in event.text):
        for field in fields:
            told_by_form = isinstance(field.kind, MobilePhone | OfficePhone | EmailAddress)
            if told_by_form and not isinstance(field.kind.understand(event.text, draft.known()), Refused):
                return read(form, draft, field, event.text, event.message_id, context)
    options: list[Option] = []
    for field in fields:
        outcome = field.kind.understand(event.text, draft.known())
        if isinstance(outcome, Accepted):
            options.append(Option(answers={field.name: outcome.value}, label=said_of(draft, field.name, "use")))
    options += elsewhere or recognised_in(form, draft, menu.fields, event.text)
    if not options:
        unclear = Words("menu-unclear", {"text": one_line(event.text)[:MOST_SHOWN]})
        draft = course.refused(draft.changed(pending=None), menu.name, unclear)
        return ask_again(form, draft, context, (unclear,))
    return which_field(form, draft, menu, tuple(options), event, context)


def answer_contact(form: Form, draft: Draft, event: Contact, context: Context) -> Turn:
    """A shared contact: one's own answers a question about oneself; another's is confirmed first."""
    ask = asked_last(form, draft)
    if isinstance(ask, Menu):
        return _answer_menu(form, draft, ask, Text(international(event.phone), event.message_id), context)
    if not isinstance(ask, Field) or not isinstance(ask.kind, MobilePhone | OfficePhone):
        return ask_again(form, draft, context, (Words("contact-unexpected"),))
    number = international(event.phone)
    outcome = ask.kind.understand(number, draft.known())
    own = event.own and ask.own is not None and ask.own == role_of(draft)
    if own or not isinstance(outcome, Accepted):
        return read(form, draft, ask, number, event.message_id, context)
    shown_number = ask.kind.show(outcome.value)
    asked = Words("contact-is-it", {"name": one_line(event.name)[:60] or "?", "phone": shown_number})
    option = Option(answers={ask.name: outcome.value}, label=shown_number)
    pending = Pending(field=ask.name, options=(option,), question=asked, text=number, message_id=event.message_id)
    draft = draft.changed(asked=ask.name, pending=pending)
    return Turn(draft, (remark(form, draft, context, (asked,)),))


def international(phone: str) -> str:
    """A contact's number with the plus that messengers leave out of international numbers."""
    digits = "".join(c for c in phone if c.isdigit())
    return f"+{digits}" if len(digits) > 10 and not digits.startswith("0") else phone
