"""A location that was sent: the districts around it to choose from, never an answer by itself and never an address."""

from conversations.answers.nearest import nearest_districts
from conversations.answers.place_names import Place
from conversations.answers.places import District, Province
from conversations.asking import asked_last, current_ask, line, role_of
from conversations.draft import Draft, Option, Pending
from conversations.events import Context, Location
from conversations.form import Field, Form
from conversations.proceeding import ask_again, remark
from conversations.replies import Turn
from conversations.steering import where
from conversations.words import Words


def answer_location(form: Form, draft: Draft | None, event: Location, context: Context) -> Turn:
    """The turn for a location: asks which of the nearest districts it is, whatever else is asked at the moment."""
    if draft is None or draft.status != "open":
        return where(form, draft, context, (Words("location-unexpected"),))
    province, district = _fields(form, draft)
    near = [found.place for found in nearest_districts(event.latitude, event.longitude)]
    if not near:
        return ask_again(form, draft, context, (Words("location-nowhere"),))
    known = draft.known()
    ask = asked_last(form, draft)
    asked_for = isinstance(ask, Field) and ask.name in (province.name, district.name)
    if not asked_for and _values(province, district, near[0]).items() <= known.items():
        return ask_again(form, draft, context, (Words("location-known"), line(form, draft, province.name)))
    options = tuple(Option(answers=_values(province, district, place), label=place.label) for place in near)
    question = Words("location-which", {"n": len(options)})
    on_summary = ask is None and current_ask(form, draft, context) is None
    ask = ask or current_ask(form, draft, context) or province
    pending = Pending(field=ask.name, options=options, question=question, message_id=event.message_id)
    draft = draft.changed(asked=ask.name, pending=pending, from_summary=draft.from_summary or on_summary)
    return Turn(draft, (remark(form, draft, context, (question,)),))


def _fields(form: Form, draft: Draft) -> tuple[Field, Field]:
    fields = tuple(form.fields(role_of(draft)))
    province = next(field for field in fields if isinstance(field.kind, Province))
    return province, next(field for field in fields if isinstance(field.kind, District))


def _values(province: Field, district: Field, place: Place) -> dict[str, str]:
    return {province.name: place.province, district.name: str(place.district)}
