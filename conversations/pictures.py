"""What was read in photographs: serial numbers, wherever one is in the form, and what is said where nothing was."""

import re
from dataclasses import replace

from conversations.answering import answer_text
from conversations.answers.codes import Code, Said, StartLink, said
from conversations.answers.counts import DeviceCount
from conversations.answers.free_text import EMPTY, Product
from conversations.answers.plain import quoted
from conversations.answers.serials import MOST_SERIALS, SerialNumbers
from conversations.asking import MISSES, SUMMARY, asked_last, current_ask, example, line, next_ask, role_of
from conversations.beginning import fresh_draft, greet
from conversations.blocks import take_block
from conversations.course import refused
from conversations.draft import Draft, Option, Pending
from conversations.events import CardFile, Codes, Command, Context, Event, Text, Unfetched
from conversations.form import Field, Form
from conversations.on_summary import unclear
from conversations.proceeding import ask_again, proceed, remark, whom_to_ask
from conversations.replies import Message, Turn
from conversations.steering import where
from conversations.taking import corrected, put
from conversations.words import Words

_IS_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.(?:me|dog)/\S{1,200}|tg://\S{1,200}", re.IGNORECASE)


def opened(event: Event, context: Context) -> Event:
    """The event; a photo of a QR code does what the link or the card in it does, and so does a link that is typed.

    Another bot's link is none of ours.
    """
    if isinstance(event, Text):
        # Somebody was sent a link and pastes it here instead of opening it.
        link = event.text.strip() if _IS_LINK.fullmatch(event.text.strip()) else ""
        ours = _ours(said((Code(link, "QR"),)), context) if link else []
        return Command("start", ours[0].code) if ours else event
    if not isinstance(event, Codes):
        return event
    read = said(event.codes)
    if read.serials:
        return event
    if ours := _ours(read, context):
        return Command("start", ours[0].code)
    return CardFile("\n".join(read.cards), event.message_id) if read.cards else event


def _ours(read: Said, context: Context) -> list[StartLink]:
    return [link for link in read.links if context.bot.lower() in ("", link.bot.lower())]


def arrived(draft: Draft | None, kind: str, context: Context) -> Turn:
    """A word that what came is being looked at; the question at hand stays where it is, the office's too."""
    return Turn(draft, (Message((Words(f"reading-{kind}"),), surface="kept"),), asking_help=context.help.asking)


def answer_unfetched(form: Form, draft: Draft | None, event: Unfetched, context: Context) -> Turn:
    """The turn for a file that can't be read: why, and where one stands."""
    unreadable = event.kind == "card" and event.reason in ("too-big", "not-a-picture")
    why = Words("card-unreadable" if unreadable else f"unfetched-{event.reason}")
    if draft is not None and draft.status == "open" and draft.asked == SUMMARY and draft.leaving is None:
        return unclear(form, draft, context, why)
    return where(form, draft, context, (why,))


def answer_codes(form: Form, draft: Draft | None, event: Codes, context: Context) -> Turn:
    """The turn for what was read in pictures: codes are taken for serial numbers, and told.

    Where nothing is open, the label of a device begins a request for whoever has none yet, and for a known dealer.
    """
    read = said(event.codes)
    listed, serials = _products_in(form, read)
    if draft is not None and draft.status == "open" and (listed or (read.names and not serials)):
        return _product_read(form, draft, listed, serials, read.names, event, context)
    if draft is not None and draft.status == "open":
        return _with_caption(form, _in_draft(form, draft, event, serials, context), event, serials, context)
    if not serials:
        return where(form, draft, context, (_nothing_read(event),))
    if context.profile is None and (draft is not None or context.last_request is not None):
        return where(form, draft, context, (_read_of(serials),))
    return _begun_by(form, event, serials, context)


def _products_in(form: Form, read: Said) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The products of the catalogue whose names stood in the codes, and the serial numbers that are none."""
    kinds = (field.kind for field in form.fields(None))
    catalogue = next((kind.catalogue for kind in kinds if isinstance(kind, Product)), EMPTY)
    told = {text: catalogue.exact(text) for text in (*read.names, *read.serials)}
    products = dict.fromkeys(entry.name for entry in told.values() if entry is not None)
    return tuple(products), tuple(serial for serial in read.serials if told[serial] is None)


def _product_read(
    form: Form,
    draft: Draft,
    listed: tuple[str, ...],
    serials: tuple[str, ...],
    names: tuple[str, ...],
    event: Codes,
    context: Context,
) -> Turn:
    """A code that holds a product's name: taken as the product where the catalogue has it, else asked what it is.

    A product that was given already stays, and is not told again where it is this one.
    """
    field = next(field for field in form.fields(role_of(draft)) if isinstance(field.kind, Product))
    name = ", ".join(listed)
    if listed and serials:
        if field.name not in draft.answers:
            draft = put(form, draft, {field.name: name}, name, event.message_id, shared=True)
        return _with_caption(form, _in_draft(form, draft, event, serials, context), event, serials, context)
    known = draft.known().get(field.name)
    if listed and known == name:
        return ask_again(form, draft, context, (Words("photo-product-known", {"product": name}),))
    if listed and known is None:
        before = draft
        draft = put(form, draft, {field.name: name}, name, event.message_id)
        asked = current_ask(form, before, context)
        on = proceed if asked is not None and asked.name == field.name else ask_again
        return on(form, draft, context, (Words("photo-product", {"product": name}),))
    text = name or names[0]
    serial = said((Code(text.replace(" ", ""), "Code128"),)).serials
    question = Words("photo-what-is-it", {"text": quoted(text)})
    options = [Option(answers={field.name: text}, label=Words("photo-is-product"))]
    if serial and not listed:
        options.append(Option(answers={_serial_field(form, draft).name: serial}, label=Words("photo-is-serial")))
    return _ask(form, draft, tuple(options), question, text, event, context)


def _caption(event: Codes) -> Text | None:
    return Text(event.caption, event.message_id) if event.caption.strip() else None


def _begun_by(form: Form, event: Codes, serials: tuple[str, ...], context: Context) -> Turn:
    """A request that begins with a photo of the label."""
    draft = fresh_draft(form, context)
    field = _serial_field(form, draft)
    draft = put(form, draft, {field.name: serials[:MOST_SERIALS]}, ", ".join(serials), event.message_id)
    return greet(form, draft, context, block=_caption(event), told=(_read_of(serials[:MOST_SERIALS]),))


def _with_caption(form: Form, turn: Turn, event: Codes, serials: tuple[str, ...], context: Context) -> Turn:
    """The turn after what stood under the picture was taken too, if that holds several answers."""
    caption = _caption(event)
    if caption is None or not serials or turn.draft is None:
        return turn
    if turn.draft.pending is None:
        return take_block(form, turn.draft, caption, context, (_read_of(serials),)) or turn
    waiting = turn.draft.pending
    block = take_block(form, turn.draft.changed(pending=None), caption, context)
    if block is None or block.draft is None:
        return turn
    # What is asked about the picture is asked last.
    asked = ask_again(form, block.draft.changed(pending=waiting, asked=turn.draft.asked), context)
    return replace(asked, messages=(*block.messages, *asked.messages))


def _in_draft(form: Form, draft: Draft, event: Codes, serials: tuple[str, ...], context: Context) -> Turn:
    if not serials:
        return _nothing_found(form, draft, event, context)
    field = _serial_field(form, draft)
    ask = asked_last(form, draft)
    known = draft.known().get(field.name)
    known = known if isinstance(known, tuple) else ()
    if ask is not None and ask.name == field.name:
        return _take(form, draft, field, serials, event, context, serials)
    new = tuple(serial for serial in serials if serial not in known)
    if not new:
        return ask_again(form, draft, context, (Words("photo-known", {"serials": ", ".join(serials)}),))
    if not known or (isinstance(ask, Field) and isinstance(ask.kind, DeviceCount) and not draft.from_summary):
        return _take(form, draft, field, (*known, *new), event, context, serials)
    return _add_or_replace(form, draft, field, (*known, *new), serials, event, context)


def _serial_field(form: Form, draft: Draft) -> Field:
    return next(field for field in form.fields(role_of(draft)) if isinstance(field.kind, SerialNumbers))


def _take(
    form: Form,
    draft: Draft,
    field: Field,
    serials: tuple[str, ...],
    event: Codes,
    context: Context,
    read: tuple[str, ...],
) -> Turn:
    if len(serials) > MOST_SERIALS:
        return ask_again(form, draft, context, (Words("serial-too-many", {"n": len(serials)}),))
    before = draft
    draft = put(form, draft, {field.name: serials}, field.kind.show(serials), event.message_id)
    lead = [_read_of(read)]
    if len(serials) > len(read):
        lead.append(line(form, draft, field.name))
    if before.from_summary and next_ask(form, draft, context) is None:
        lead += corrected(form, draft, {field.name: serials})
    else:
        inferred = [name for name in draft.answers if draft.answers[name].inferred and name not in before.answers]
        lead += [line(form, draft, name) for name in inferred]
    asked = current_ask(form, before, context)
    if asked is not None and asked.name != field.name:
        return ask_again(form, draft, context, tuple(lead))
    return proceed(form, draft, context, tuple(lead))


def _add_or_replace(
    form: Form,
    draft: Draft,
    field: Field,
    both: tuple[str, ...],
    serials: tuple[str, ...],
    event: Codes,
    context: Context,
) -> Turn:
    """Other serial numbers than those that are written: for the same request, or instead of them?"""
    question = Words(
        "photo-others", {"serials": ", ".join(serials), "known": field.kind.show(draft.known()[field.name])}
    )
    options = [Option(answers={field.name: serials}, label=Words("photo-instead"))]
    if len(both) <= MOST_SERIALS:
        options.insert(0, Option(answers={field.name: both}, label=Words("photo-add")))
    return _ask(form, draft, tuple(options), question, field.kind.show(serials), event, context)


def _ask(
    form: Form,
    draft: Draft,
    options: tuple[Option, ...],
    question: Words,
    text: str,
    event: Codes,
    context: Context,
) -> Turn:
    """Asks what was read in a picture, whatever is asked; then that goes on."""
    ask = current_ask(form, draft, context)
    on_summary = draft.asked == SUMMARY or ask is None
    asked = next(iter(options[0].answers)) if on_summary or ask is None else ask.name
    pending = Pending(field=asked, options=options, question=question, text=text, message_id=event.message_id)
    draft = draft.changed(asked=asked, pending=pending, from_summary=draft.from_summary or on_summary)
    return Turn(draft, (remark(form, draft, context, (question,)),))


def _read_of(serials: tuple[str, ...]) -> Words:
    return Words("photo-serials", {"serials": ", ".join(serials)})


def _nothing_read(event: Codes) -> Words:
    return Words("photo-other-codes" if event.codes else "photo-unreadable", {"n": event.pictures})


def _nothing_found(form: Form, draft: Draft, event: Codes, context: Context) -> Turn:
    """No serial number was found: what stood under the picture may answer; else how to photograph it better."""
    caption = _caption(event)
    if caption is not None:
        return take_block(form, draft, caption, context) or answer_text(form, draft, caption, context)
    lead = [_nothing_read(event)]
    if draft.asked == SUMMARY:
        return unclear(form, draft, context, lead[0])
    misses = draft.misses + 1
    if misses >= MISSES:
        lead = [Words("photo-unreadable-again"), *whom_to_ask(context)]
    ask = asked_last(form, draft)
    draft = draft.changed(misses=misses)
    if ask is not None:
        draft = refused(draft, ask.name, lead[0])
    if isinstance(ask, Field) and isinstance(ask.kind, SerialNumbers):
        return Turn(draft, (remark(form, draft, context, (*lead, example(draft, ask))),))
    return ask_again(form, draft, context, tuple(lead))
