"""What a turn makes of a location."""

import pytest

from conversations.events import Location
from tests.talking import CUSTOMER, Talk

IN_UMRANIYE = Location(41.0165, 29.1248, 50)
AT_SEA = Location(43.5, 34.0, 50)


def customer(upto: str) -> Talk:
    talk = Talk()
    talk.say(*CUSTOMER[: CUSTOMER.index(upto)])
    return talk


def at_the_place() -> Talk:
    return customer("Ümraniye, İstanbul")


def test_a_location_offers_the_nearest_districts_and_answers_nothing_by_itself() -> None:
    talk = at_the_place()
    heard = talk.take(IN_UMRANIYE)
    assert "Konumunuza en yakın ilçeler" in heard
    assert talk.draft is not None
    assert "CustomerCity" not in talk.draft.answers
    talk.say("İstanbul / Ümraniye")
    assert (talk.value("CustomerCity"), talk.value("CustomerDistrict")) == ("İstanbul", "Ümraniye")
    assert "İl / ilçe: İstanbul / Ümraniye" in talk.heard
    assert "CustomerAddress" not in talk.draft.answers


def test_another_district_can_be_typed_instead() -> None:
    talk = at_the_place()
    talk.take(IN_UMRANIYE)
    talk.say("Fethiye")
    assert talk.value("CustomerDistrict") == "Fethiye"


def test_while_another_question_is_asked_the_districts_are_offered_and_the_question_stays() -> None:
    talk = customer("Ayşe Yılmaz")
    talk.take(IN_UMRANIYE)
    talk.say("İstanbul / Ümraniye")
    assert talk.value("CustomerDistrict") == "Ümraniye"
    assert "Adınız ve soyadınız?" in talk.heard


def test_a_location_in_the_district_that_is_written_changes_nothing() -> None:
    talk = customer("99958")
    heard = talk.take(IN_UMRANIYE)
    assert "yazılan ilçede" in heard
    assert "Seri numarası?" in heard


def test_on_the_summary_another_district_is_a_correction_after_the_choice() -> None:
    talk = Talk()
    talk.say(*CUSTOMER)
    talk.take(Location(36.62, 29.12, 50))
    assert talk.value("CustomerDistrict") == "Ümraniye"
    talk.press("Muğla / Fethiye")
    assert talk.value("CustomerDistrict") == "Fethiye"
    assert "Düzeltildi: İl / ilçe" in talk.heard


@pytest.mark.parametrize("place", [AT_SEA, Location(48.85, 2.35, 50)])
def test_far_from_every_district_nothing_is_offered(place: Location) -> None:
    assert "ilçe bulamadım" in at_the_place().take(place)


def test_where_nothing_is_open_a_location_begins_nothing() -> None:
    talk = Talk()
    assert "/yeni" in talk.take(IN_UMRANIYE)
    assert talk.draft is None


def test_the_button_typed_where_it_cannot_send_a_location_says_how() -> None:
    heard = at_the_place().say("Konum gönder")
    assert "telefondaki" in heard
    assert "Cihaz hangi il ve ilçede?" in heard
