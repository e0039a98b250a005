"""What becomes of Telegram's raw updates, one by one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.attachments import Attachment
from bot.telegram.inbound import Malformed, parse, read_tap, update_id_of
from conversations.events import Arrived, Command, Contact, Edit, Location, Other, Tap, Text

USER = {"id": 7, "is_bot": False, "first_name": "Ayşe", "last_name": "Yılmaz", "language_code": "tr"}
CHAT = {"id": 7, "type": "private", "first_name": "Ayşe"}


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_800_000_000, "chat": CHAT, "from": USER, **fields}


def event_of(**fields: Any) -> object:
    inbound = parse({"update_id": 1, "message": message(**fields)}, 1)
    assert inbound is not None
    return inbound.event


def command(text: str) -> object:
    return event_of(text=text, entities=[{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}])


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/start", "start", ""),
        ("/Start@devreye_bot", "start", ""),
        ("/start bayi_12", "start", "bayi_12"),
        ("/yeni  iki  sözcük ", "yeni", "iki  sözcük"),
    ],
)
def test_a_command_is_read_without_slash_and_bot(text: str, name: str, argument: str) -> None:
    assert command(text) == Command(name, argument)


def test_a_slash_without_a_command_is_text() -> None:
    assert event_of(text="/ 12 daire") == Text("/ 12 daire", 5, date=1_800_000_000)


def test_a_contact_is_ones_own_only_by_the_user_id() -> None:
    card = {"phone_number": "905301231212", "first_name": "Ayşe", "last_name": "Yılmaz"}
    assert event_of(contact={**card, "user_id": 7}) == Contact("905301231212", "Ayşe Yılmaz", True, 5)
    assert event_of(contact={**card, "user_id": 8}) == Contact("905301231212", "Ayşe Yılmaz", False, 5)
    assert event_of(contact=card) == Contact("905301231212", "Ayşe Yılmaz", False, 5)


def test_a_location_is_one_whether_it_is_live_or_a_venue() -> None:
    place = {"latitude": 41.0, "longitude": 29}
    assert event_of(location=place) == Location(41.0, 29.0, 5)
    assert event_of(location={**place, "live_period": 900}) == Location(41.0, 29.0, 5)
    assert event_of(location=place, venue={"location": place, "title": "x"}) == Location(41.0, 29.0, 5)


FILE = {"file_id": "a", "file_unique_id": "b"}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"photo": []}, "other"),
        ({"photo": [{"width": 1}]}, "other"),
        (
            {"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
            "sticker",
        ),
        ({"voice": {**FILE, "duration": 1}}, "voice"),
        ({"document": FILE}, "document"),
        ({"location": {"latitude": 91.0, "longitude": 29.0}}, "other"),
        ({"location": {"latitude": float("nan"), "longitude": True}}, "other"),
        ({"location": 5}, "other"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
        ({"something_new": {"a": 1}}, "other"),
    ],
)
def test_whatever_is_not_text_is_answered_as_what_it_is(fields: dict[str, Any], kind: str) -> None:
    assert event_of(**fields) == Other(kind)


PHOTO = [
    {"file_id": "small", "width": 90, "height": 67, "file_size": 1000},
    {"file_id": "large", "width": 1280, "height": 960, "file_size": 90_000},
]


@pytest.mark.parametrize(
    ("fields", "attachment"),
    [
        ({"photo": PHOTO}, Attachment("large", "picture", 90_000)),
        ({"photo": PHOTO, "caption": "99958"}, Attachment("large", "picture", 90_000, caption="99958")),
        ({"photo": PHOTO, "media_group_id": "12"}, Attachment("large", "picture", 90_000, album="12")),
        ({"photo": PHOTO, "media_group_id": ["x"]}, Attachment("large", "picture", 90_000)),
        ({"photo": ["x", None, {"file_id": "only"}]}, Attachment("only", "picture")),
        ({"document": {**FILE, "mime_type": "image/jpeg", "file_size": 7}}, Attachment("a", "picture", 7)),
        ({"document": {**FILE, "file_name": "ETIKET.PNG", "file_size": -1}}, Attachment("a", "picture")),
    ],
)
def test_what_has_to_be_fetched_is_attached_to_its_arrival(fields: dict[str, Any], attachment: Attachment) -> None:
    inbound = parse({"update_id": 1, "message": message(**fields)}, 1)
    assert inbound is not None
    assert (inbound.event, inbound.attachment, inbound.message_id) == (Arrived("picture"), attachment, 5)


def test_a_vcard_is_attached_and_comes_with_a_contact() -> None:
    for fields in ({"mime_type": "text/vcard"}, {"file_name": "Ayşe.VCF", "mime_type": "application/octet-stream"}):
        inbound = parse({"update_id": 1, "message": message(document={**FILE, **fields})}, 1)
        assert inbound is not None
        assert (inbound.event, inbound.attachment) == (Arrived("card"), Attachment("a", "card"))
    card = {"phone_number": "905321112233", "first_name": "Ali", "vcard": "BEGIN:VCARD" + "x" * 5000}
    event = event_of(contact=card)
    assert isinstance(event, Contact)
    assert event.card.startswith("BEGIN:VCARD")
    assert len(event.card) == 4096


def test_what_a_chat_does_by_itself_is_not_answered() -> None:
    assert event_of(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}) is None


def test_an_edit_is_an_edit_and_a_moving_location_is_nothing() -> None:
    edited = {"update_id": 1, "edited_message": message(text="yeni", edit_date=1_800_000_001)}
    inbound = parse(edited, 1)
    assert inbound is not None
    assert inbound.event == Edit("yeni", 5)
    moved = {"update_id": 1, "edited_message": message(location={"latitude": 41.0, "longitude": 29.0})}
    assert parse(moved, 1) is None


def tap(data: str, **fields: Any) -> Any:
    query = {"id": "99", "from": USER, "chat_instance": "1", "data": data, "message": message(text="x"), **fields}
    inbound = parse({"update_id": 1, "callback_query": query}, 1)
    assert inbound is not None
    return inbound


def test_a_tap_names_its_draft_and_revision() -> None:
    inbound = tap("abc_-123:17:edit:CustomerCity")
    assert inbound.event == Tap("abc_-123", 17, "edit", "CustomerCity", 5)
    assert inbound.callback_query_id == "99"


@pytest.mark.parametrize("data", ["", ":", "a:b:c:d", "a:-1:c:d", "a:1:c", "a:9999999999:c:d", "a:١:c:d", "x" * 64])
def test_a_forged_tap_is_a_tap_on_nothing(data: str) -> None:
    assert tap(data).event == Tap("", -1, "", "", 5)


@given(st.text())
def test_reading_a_tap_never_raises(data: str) -> None:
    assert isinstance(read_tap(data, 1), Tap)


def test_a_tap_under_a_message_that_is_gone_belongs_to_the_private_chat() -> None:
    inbound = tap("a:1:b:c", message={"chat": CHAT, "message_id": 5, "date": 0})
    assert (inbound.chat_id, inbound.chat_type) == (7, "private")


def test_the_same_update_has_the_same_fingerprint_and_another_message_another() -> None:
    def fingerprint(**fields: Any) -> str:
        inbound = parse({"update_id": 1, "message": message(text="a", **fields)}, 1)
        assert inbound is not None
        return inbound.fingerprint

    assert fingerprint() == fingerprint()
    assert fingerprint() != fingerprint(message_id=6)


def test_being_blocked_is_noted() -> None:
    def member(status: str) -> dict[str, Any]:
        return {"user": {"id": 1, "is_bot": True, "first_name": "b"}, "status": status, "until_date": 0}

    change = {
        "chat": CHAT,
        "from": USER,
        "date": 1_800_000_000,
        "old_chat_member": member("member"),
        "new_chat_member": member("kicked"),
    }
    inbound = parse({"update_id": 1, "my_chat_member": change}, 1)
    assert inbound is not None
    assert inbound.membership == "blocked"


@pytest.mark.parametrize(
    "raw",
    [
        {"message": {"text": "kişisel"}},
        {"message": "kişisel"},
        {"callback_query": {"id": "1", "data": "kişisel"}},
        {"edited_message": [1]},
    ],
)
def test_a_malformed_update_is_known_by_its_id_only(raw: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as caught:
        parse({"update_id": 41, **raw}, 41)
    assert str(caught.value) == "41"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ["kişisel"]},
        {"text": {}, "entities": [{"type": "bot_command", "offset": 0, "length": 1}]},
        {"contact": {"first_name": "Ayşe"}},
        {"contact": {"phone_number": 905301231212}},
        {"text": "kişisel", "message_id": "5"},
        {"text": "kişisel", "message_id": True},
    ],
)
def test_a_message_that_cannot_be_read_is_answered_all_the_same(fields: dict[str, Any]) -> None:
    assert event_of(**fields) == Other("other")


@pytest.mark.parametrize(
    "odd",
    [
        {"entities": 5},
        {"entities": [None, {"type": "bot_command"}, {"type": [], "offset": 0}]},
        {"date": "gestern"},
        {"date": 10**30},
        {"date": float("nan")},
        {"reply_to_message": [[[]]]},
        {"chat": {"id": 7, "type": "private", "first_name": {}}},
        {"from": {"id": 7, "first_name": 5, "last_name": [], "language_code": 1}},
    ],
)
def test_what_is_odd_beside_a_text_takes_nothing_from_it(odd: dict[str, Any]) -> None:
    event = event_of(text="Ayşe Yılmaz", **odd)
    assert isinstance(event, Text)
    assert (event.text, event.message_id) == ("Ayşe Yılmaz", 5)


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_stored_and_sent() -> None:
    assert event_of(text="Ayşe \ud83d Yılmaz") == Text("Ayşe \ufffd Yılmaz", 5, date=1_800_000_000)
    assert event_of(text="\U0001f600") == Text("\U0001f600", 5, date=1_800_000_000)
    assert tap("a\ud800:1:b:c").event == Tap("a\ufffd", 1, "b", "c", 5)


def test_an_odd_edit_and_an_odd_tap_are_told_whose_they_are() -> None:
    edited = parse({"update_id": 1, "edited_message": message(text="yeni", date=[], edit_date="x", entities=1)}, 1)
    assert edited is not None
    assert (edited.chat_id, edited.event) == (7, Edit("yeni", 5))
    inbound = tap("a:1:b:c", message={"chat": CHAT, "message_id": None, "photo": 5}, chat_instance=[])
    assert (inbound.chat_id, inbound.event, inbound.callback_query_id) == (7, Tap("a", 1, "b", "c", 0), "99")


@pytest.mark.parametrize("user_id", [None, "7", 7.0, True, 2**63, [7]])
def test_without_the_writer_an_update_is_malformed(user_id: object) -> None:
    with pytest.raises(Malformed):
        parse({"update_id": 1, "message": message(text="x", **{"from": {**USER, "id": user_id}})}, 1)


@pytest.mark.parametrize("raw", [{}, {"update_id": "1"}, {"update_id": True}, [], None, "x"])
def test_an_update_without_an_id_has_none(raw: object) -> None:
    assert update_id_of(raw) is None


def test_an_unknown_kind_concerns_nobody() -> None:
    assert parse({"update_id": 1, "something_new": {}}, 1) is None
