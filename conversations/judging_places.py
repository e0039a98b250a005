"""Where a pasted text says that the device is: province, district and address."""

import re

from conversations.address_edges import says_more
from conversations.answers.outcome import Accepted, Ambiguous, Outcome, Refused
from conversations.answers.personal_names import GIVEN, SURNAMES
from conversations.device_shapes import (
    names_brand,
)
from conversations.judging import MOST_CANDIDATES, Reading, is_it
from conversations.letters import fold_words
from conversations.span import LABELLED, MAYBE, SHAPED, Span
from conversations.street_shapes import (
    ADDRESS_MARKS,
    district_at_start,
    in_one_line,
    is_address,
    is_district,
    is_province,
    lie_together,
    place_at_start,
    places_at_end,
    province_at_start,
    quarter_of_district,
    without_note,
    without_post_code,
)
from conversations.stretches import words_of
from conversations.told_places import is_origin
from conversations.words import Words


def places_and_address(reading: Reading) -> None:
    """Province and district, and the address without them where they end it."""
    spans = [span for span in reading.spans if span.owner != "dealer"]
    address, sure = _address(reading, [span for span in spans if span.target == "address"])
    passing = [span for span in spans if span.target == "place" and span.sure == MAYBE]
    told = {
        target: [span.text for span in spans if span.target == target and span not in passing]
        for target in ("province", "district", "place")
    }
    _place(reading, told["province"], told["district"], told["place"])
    if "CustomerDistrict" not in {*reading.fields, *reading.doubtful, *reading.wrong}:
        _district_before(reading, address, [span.text for span in spans if span.target == "address"])
    if address:
        _settle_address(reading, address, sure, told, [span.text for span in spans if span.target == "address"])
    if not {"CustomerCity", "CustomerDistrict"} & {*reading.fields, *reading.doubtful, *reading.wrong}:
        begins = [place_at_start(span.text)[1] for span in spans if span.target == "address"]
        for start in [start for start in begins if start and not is_district(start)][:1]:
            if _may_be(reading, start):
                _place(reading, [], [], [start])
        if address and (province := province_at_start(address)) and _may_be(reading, province):
            _place(reading, [province], [], [])
    _place_in_passing(reading, passing)


def _not_of_two_provinces(ends: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The ends without a district alone behind another province: "… istanbul marmara kimya" ends with neither."""
    kept = []
    for rest, end in ends:
        last = rest.replace(",", " ").split()[-1:]
        if not (
            last
            and is_province(last[0])
            and not is_province(end)
            and is_district(end)
            and not lie_together(last[0], end)
        ):
            kept.append((rest, end))
    return kept


def _place_in_passing(reading: Reading, passing: list[Span]) -> None:
    """Files the one district that sentences name in passing, where nothing else named any."""
    told = {fold_words(span.text.partition("'")[0]): span for span in passing}
    settled = {"CustomerCity", "CustomerDistrict"} & {*reading.doubtful, *reading.wrong}
    districts = {name: span for name, span in told.items() if not is_province(name)}
    if len(districts or told) != 1 or settled or "CustomerDistrict" in reading.fields:
        return
    somebodys = any(span.owner is not None for span in reading.spans)
    text = next(iter((districts or told).values())).text
    if is_province(text) and "CustomerCity" in reading.fields:
        return
    if not (is_origin(text) and somebodys) and _may_be(reading, text):
        _place(reading, [], [], [text])


def _settle_address(reading: Reading, address: str, sure: int, told: dict[str, list[str]], written: list[str]) -> None:
    """Files the address without the places that begin and end it, and these places where none were told."""
    head, start = place_at_start(address)
    ends = places_at_end(head if start else address) or [(head, "")]
    settled = {*reading.doubtful, *reading.wrong}
    unknown = not ({"CustomerCity", "CustomerDistrict"} & settled) and "CustomerDistrict" not in reading.fields
    certain = _not_of_two_provinces(ends)
    sure = sure if certain == ends else MAYBE
    for rest, end in certain:
        places = ", ".join(without_post_code(part) for part in (start, end) if part)
        if not places:
            continue
        if unknown and _may_be(reading, places):
            _place(reading, [], [], [places])
            unknown = False
        if end and _contradicts(reading, without_post_code(end)):
            reading.fields.pop("CustomerDistrict", None)
            reading.fields.pop("CustomerCity", None)
            reading.wrong["CustomerCity"] = Refused(Words("place-contradiction", {"text": _both(told, end)[:60]}))
            break
        if _says_the_same(reading, places):
            # A post code between the places is nothing of theirs: then the address stays as it is.
            coded = bool(end) and end != without_post_code(end)
            address = address if coded else rest
            break
    if unknown and not ends[0][1] and not start:
        # "… Ümraniye (market üstü)": the place is taken, the address stays as it was written.
        for _, end in places_at_end(without_note(address)):
            if _may_be(reading, end):
                _place(reading, [], [], [end])
                unknown = False
                break
    if unknown and ends[0][1] and "CustomerCity" not in reading.fields:
        _place(reading, [], [], [", ".join(part for part in (start, ends[0][1]) if part)])
    address = re.sub(r"(?<=\d)\.$|(?<=[\d/][^\W\d_])\.$|(?<= kat)\.$| +[.,]$", "", address)
    reading.settle("CustomerAddress", reading.judge("CustomerAddress", address), sure=sure)


def _district_before(reading: Reading, address: str, others: list[str]) -> None:
    """Files the district that an address begins with, if with its end and what is known it is one place alone."""
    begun = [(text, district) for text in (address, *others) if (district := district_at_start(text))]
    if not begun and ("CustomerCity" in {*reading.fields, *reading.known} or places_at_end(address)):
        begun = [(text, district) for text in (address, *others) if (district := quarter_of_district(text))]
    ends = [end for _, end in places_at_end(address)] if address and begun else []
    if not begun or not all(map(is_province, ends)):
        return
    province = reading.fields.get("CustomerCity", reading.known.get("CustomerCity")) or (ends[0] if ends else "")
    for text, district in begun:
        if is_address(text) or not any(c.isdigit() for c in text):
            outcome = reading.judge("CustomerCity", f"{district}, {province}".strip(", "))
            if isinstance(outcome, Accepted) and "CustomerDistrict" in outcome.also:
                _place_outcome(reading, "CustomerCity", outcome)
                return


def _address(reading: Reading, spans: list[Span]) -> tuple[str, int]:
    """The one address of the text and how sure it is; "" where there is none."""
    sure = max((span.sure for span in spans), default=MAYBE)
    best = list({fold_words(s.text): s.text for s in spans if s.sure == sure}.values())
    streets = [text for text in best if is_address(text)]
    best = streets if len(streets) == 1 and sure == LABELLED else best
    if len(best) != 1:
        if best and sure > MAYBE:
            values = [o.value for text in best if isinstance(o := reading.judge("CustomerAddress", text), Accepted)]
            if values:
                reading.doubtful["CustomerAddress"] = is_it(reading.form, "CustomerAddress", values[:MOST_CANDIDATES])
        return "", sure
    outcome = reading.judge("CustomerAddress", in_one_line(best[0]))
    if not isinstance(outcome, Accepted):
        reading.settle("CustomerAddress", outcome, sure=sure)
        return "", sure
    if sure == MAYBE and not is_address(best[0]):
        return "", sure
    whole = sure == LABELLED and is_address(best[0]) and any(c.isdigit() for c in best[0])
    chosen = next(span for span in spans if span.text == best[0])
    others = [s.text for s in spans if s.sure < sure and (is_address(s.text) or (not whole and _is_beside(s, chosen)))]
    if any(fold_words(other) not in fold_words(best[0]) for other in others):
        sure = MAYBE  # a quarter that stands apart, say: is the address whole without it?
    if says_more(best[0]) or _names_device(best[0]):
        sure = MAYBE
    if sure == SHAPED and _begins_with_a_person(best[0]) and "CustomerFullName" not in reading.fields:
        sure = MAYBE
    return str(outcome.value), sure


def _is_beside(span: Span, chosen: Span) -> bool:
    """Whether a piece that may be of an address stands in its lines or right beside them, and makes no sentence."""
    first = chosen.line - chosen.text.count("\n")
    return first - 1 <= span.line <= chosen.line + 1 and not says_more(span.text)


def _place(reading: Reading, provinces: list[str], districts: list[str], places: list[str]) -> None:
    """Files province and district as these texts name them, together."""
    city, district = "CustomerCity", "CustomerDistrict"
    if provinces or districts:
        reading.labelled.update((city, district))
    if provinces:
        outcome = reading.judge(city, provinces[0])
        if len({fold_words(text) for text in provinces}) > 1:
            outcome = Refused(Words("place-contradiction", {"text": ", ".join(provinces)[:60]}))
        _place_outcome(reading, city, outcome)
    if districts or places:
        text = ", ".join(dict.fromkeys((*districts, *places)))
        # Where the province is not known, it is what is asked about: its readings bring the district along.
        name = district if city in (*reading.fields, *reading.known) else city
        outcome = reading.judge(name, text)
        if not isinstance(outcome, Accepted) and name == district and not districts:
            whole = reading.judge(city, text)
            name, outcome = (city, whole) if isinstance(whole, Accepted) else (name, outcome)
        _place_outcome(reading, name, outcome)


def _place_outcome(reading: Reading, name: str, outcome: Outcome) -> None:
    """Files a place with the other half that it names."""
    match outcome:
        case Accepted(value=value, also=also):
            reading.fields.update({name: value, **also})
        case Ambiguous():
            reading.doubtful[name] = outcome
        case Refused():
            reading.wrong[name] = outcome


def _may_be(reading: Reading, text: str) -> bool:
    """Whether the text certainly names a place, in the province that was told elsewhere where one was."""
    city = reading.fields.get("CustomerCity")
    if city is not None:
        outcome = reading.judge("CustomerDistrict", text)
        return isinstance(outcome, Accepted) and not outcome.also
    return isinstance(reading.judge("CustomerCity", text), Accepted)


def _says_the_same(reading: Reading, text: str) -> bool:
    """Whether the places in the text are those that were taken."""
    outcome = reading.judge("CustomerDistrict", text)
    if isinstance(outcome, Accepted) and outcome.value == reading.fields.get("CustomerDistrict"):
        return not outcome.also
    whole = reading.judge("CustomerCity", text)
    return isinstance(whole, Accepted) and {"CustomerCity": whole.value, **whole.also}.items() <= reading.fields.items()


def _contradicts(reading: Reading, end: str) -> bool:
    """Whether an address ends with province and district, and its labels name others."""
    outcome = reading.judge("CustomerCity", end)
    if not isinstance(outcome, Accepted) or "CustomerDistrict" not in outcome.also or is_district(end):
        return False
    named = {"CustomerCity": outcome.value, **outcome.also}
    return any(name in reading.fields and reading.fields[name] != value for name, value in named.items())


def _both(told: dict[str, list[str]], end: str) -> str:
    return ", ".join((*told["province"], *told["district"], *told["place"], end))


def _names_device(text: str) -> bool:
    """Whether a product or a long number stands in an address: more than the address was taken for one."""
    return names_brand(text) or re.search(r"(?<![\w.])(?:\d{7,}|\d(?:[ .-]?\d){9,})(?!\w)", text) is not None


def _begins_with_a_person(text: str) -> bool:
    """Whether a name may have been pasted before the street in one line."""
    words = words_of(text)
    return len(words) > 3 and words[0] in GIVEN and words[1] in SURNAMES and words[2] not in ADDRESS_MARKS
