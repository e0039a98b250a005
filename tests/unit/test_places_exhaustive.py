"""Every place and every one-letter slip of its name: none becomes another place without a question.

`pytest tests/unit/test_places_exhaustive.py -s` prints how often a slip is asked about instead of accepted.
"""

import string
from collections import Counter
from collections.abc import Iterator

from conversations.answers.outcome import Accepted, Ambiguous
from conversations.answers.place_names import NICKNAMES, Place, key_of, names
from conversations.answers.places import SHORTEST_MENDED, District, Province
from conversations.answers.plain import answers_nothing

PROVINCE = Province()
DISTRICT = District()

NAMES = {key: places for key, places in names().places.items() if key not in NICKNAMES}
"""Official names by key. A Turkish letter in place of its plain twin is the same key, so slips are made in the keys."""

REPEATED = (
    "Aksu Altınyayla Aydıncık Ayvacık Bayat Bozkurt Edremit Ereğli Gölbaşı Gönen Kale Kemalpaşa Kemer Köprübaşı Merkez"
    " Ortaköy Ovacık Pazar Pınarbaşı Saray Ulubey Yenice Yenipazar Yenişehir Yeşilyurt"
)


def deletions(key: str) -> Iterator[str]:
    yield from (key[:at] + key[at + 1 :] for at in range(len(key)))


def swaps(key: str) -> Iterator[str]:
    yield from (key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in range(len(key) - 1))


def substitutions(key: str) -> Iterator[str]:
    yield from (key[:at] + c + key[at + 1 :] for at in range(len(key)) for c in string.ascii_lowercase if c != key[at])


def every_place() -> list[Place]:
    return list(dict.fromkeys(place for places in NAMES.values() for place in places))


def test_there_are_81_provinces_and_973_districts() -> None:
    districts = [place for place in every_place() if place.district]
    assert len(names().province_of_plate) == 81
    assert sorted(names().province_of_plate) == [f"{plate:02}" for plate in range(1, 82)]
    assert len(districts) == 973
    assert min(Counter(place.province for place in districts).values()) > 1


def test_25_names_are_districts_of_several_provinces_and_merkez_of_51() -> None:
    repeated = {places[0].district for places in NAMES.values() if len(places) > 1}
    assert repeated == set(REPEATED.split())
    assert len(NAMES["merkez"]) == 51


def test_no_province_is_called_like_a_district() -> None:
    assert [places for places in NAMES.values() if len({bool(place.district) for place in places}) > 1] == []


def test_every_province_and_its_plate_code_are_understood() -> None:
    for plate, place in names().province_of_plate.items():
        assert PROVINCE.understand(place.province, {}) == Accepted(place.province)
        assert PROVINCE.understand(plate, {}) == Accepted(place.province)


def test_every_district_is_understood_with_its_province_in_either_order_and_in_ascii() -> None:
    for place in every_place():
        if place.district:
            meant = Accepted(place.province, {"CustomerDistrict": place.district})
            plain = f"{PROVINCE.sent(place.province)} {DISTRICT.sent(place.district)}".upper()
            for text in (place.label, f"{place.district}, {place.province}", plain):
                assert PROVINCE.understand(text, {}) == meant


def test_every_district_shown_is_understood_again_in_its_province() -> None:
    for place in every_place():
        if place.district:
            assert DISTRICT.understand(place.district, {"CustomerCity": place.province}) == Accepted(place.district)


def test_every_district_alone_gives_its_province_or_a_question() -> None:
    for places in NAMES.values():
        first = places[0]
        outcome = PROVINCE.understand(first.district or first.province, {})
        if len(places) > 1:
            assert isinstance(outcome, Ambiguous)
            assert [candidate.label for candidate in outcome.candidates] == [place.label for place in places]
        else:
            assert outcome == Accepted(first.province, {"CustomerDistrict": first.district} if first.district else {})


def test_a_slip_is_mended_rightly_or_asked_about_with_the_right_place_among_the_answers() -> None:
    """All deletions and swaps, and every ninth substitution (the next test covers them all, a layer deeper)."""
    counts: Counter[str] = Counter()
    for key, places in NAMES.items():
        for slip in (*deletions(key), *swaps(key), *list(substitutions(key))[::9]):
            if slip in names().places or answers_nothing(slip):
                continue  # a name of its own, or a word that says nothing ("evet" is no slip for Emet)
            outcome = PROVINCE.understand(slip, {})
            if isinstance(outcome, Accepted):
                meant = [
                    Place(str(outcome.value), district=str(d) if (d := outcome.also.get("CustomerDistrict")) else None)
                ]
                assert meant == list(places), slip
                assert len(key) >= SHORTEST_MENDED, slip
            else:
                assert isinstance(outcome, Ambiguous), slip
                assert {place.label for place in places} <= {candidate.label for candidate in outcome.candidates}, slip
            if len(key) >= SHORTEST_MENDED and len(places) == 1:
                counts["asked" if isinstance(outcome, Ambiguous) else "accepted"] += 1
    share = counts["asked"] / counts.total()
    print(f"\nslips in names of five letters and more: {counts.total()}, asked about: {share:.1%}, mended wrongly: 0")
    assert share < 0.05


def test_every_substitution_keeps_the_name_it_came_from_among_the_near_ones() -> None:
    """So that a single near name, the only thing that is mended in silence, is always the right one."""
    near = names().near
    assert [(key, slip) for key in NAMES for slip in substitutions(key) if key not in near(slip)] == []


def test_within_its_province_no_slip_becomes_another_district() -> None:
    for place in every_place():
        key = key_of(place.district or "")
        for slip in (*deletions(key), *swaps(key)):
            outcome = DISTRICT.understand(slip, {"CustomerCity": place.province})
            assert not isinstance(outcome, Accepted) or outcome.value == place.district or slip in names().places, slip
