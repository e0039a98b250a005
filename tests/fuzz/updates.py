"""Updates as Telegram makes them, of every kind and with every kind of message, before anybody spoils them."""

import random
from typing import Any

from tests.fuzz.texts import COMMANDS, any_text

FILE = {"file_id": "AgAC", "file_unique_id": "AQAD"}
OTHER_USER = {"id": 99, "is_bot": False, "first_name": "Ali"}
GROUP = {"id": -1001234, "type": "supergroup", "title": "Grup"}

SAID: dict[str, Any] = {
    "photo": [{**FILE, "width": 90, "height": 90, "file_size": 1}],
    "video": {**FILE, "width": 1, "height": 1, "duration": 1},
    "video_note": {**FILE, "length": 1, "duration": 1},
    "animation": {**FILE, "width": 1, "height": 1, "duration": 1},
    "voice": {**FILE, "duration": 1},
    "audio": {**FILE, "duration": 1, "title": "x"},
    "document": {**FILE, "file_name": "x.pdf"},
    "sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "location": {"latitude": 41.0, "longitude": 29.0},
    "venue": {"location": {"latitude": 41.0, "longitude": 29.0}, "title": "x", "address": "y"},
    "dice": {"emoji": "🎲", "value": 3},
    "poll": {"id": "1", "question": "?", "options": [{"text": "a", "voter_count": 0}], "type": "regular"},
    "game": {"title": "x", "description": "y", "photo": []},
    "story": {"chat": GROUP, "id": 1},
    "users_shared": {"request_id": 1, "users": [{"user_id": 5}]},
    "chat_shared": {"request_id": 1, "chat_id": 5},
    "web_app_data": {"data": "x", "button_text": "y"},
    "successful_payment": {"currency": "TRY", "total_amount": 1, "invoice_payload": "x"},
    "paid_media": {"star_count": 1, "paid_media": []},
    "something_new": {"a": 1},
}
"""What a person can send beside text and contacts."""

SERVICE: dict[str, Any] = {
    "pinned_message": {"message_id": 1, "date": 0, "chat": GROUP},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    "write_access_allowed": {"from_request": True},
    "connected_website": "example.com",
    "proximity_alert_triggered": {"traveler": OTHER_USER, "watcher": OTHER_USER, "distance": 1},
    "new_chat_members": [OTHER_USER],
    "left_chat_member": OTHER_USER,
    "new_chat_title": "x",
    "delete_chat_photo": True,
    "group_chat_created": True,
    "supergroup_chat_created": True,
    "migrate_to_chat_id": -1009999,
    "migrate_from_chat_id": -9999,
    "boost_added": {"boost_count": 1},
    "video_chat_started": {},
    "forum_topic_closed": {},
}
"""What a chat does by itself."""

UNWANTED: dict[str, Any] = {
    "channel_post": {"message_id": 1, "date": 1, "chat": {"id": -100555, "type": "channel", "title": "k"}, "text": "x"},
    "edited_channel_post": {"message_id": 1, "date": 1, "chat": {"id": -100555, "type": "channel"}, "text": "x"},
    "business_connection": {"id": "1", "user": OTHER_USER, "user_chat_id": 99, "date": 1, "is_enabled": True},
    "business_message": {"message_id": 1, "date": 1, "chat": {"id": 99, "type": "private"}, "text": "x"},
    "edited_business_message": {"message_id": 1, "date": 1, "chat": {"id": 99, "type": "private"}, "text": "x"},
    "deleted_business_messages": {
        "business_connection_id": "1",
        "chat": {"id": 99, "type": "private"},
        "message_ids": [1],
    },
    "message_reaction": {
        "chat": GROUP,
        "message_id": 1,
        "user": OTHER_USER,
        "date": 1,
        "old_reaction": [],
        "new_reaction": [],
    },
    "message_reaction_count": {"chat": GROUP, "message_id": 1, "date": 1, "reactions": []},
    "inline_query": {"id": "1", "from": OTHER_USER, "query": "x", "offset": ""},
    "chosen_inline_result": {"result_id": "1", "from": OTHER_USER, "query": "x"},
    "shipping_query": {"id": "1", "from": OTHER_USER, "invoice_payload": "x", "shipping_address": {}},
    "pre_checkout_query": {"id": "1", "from": OTHER_USER, "currency": "TRY", "total_amount": 1, "invoice_payload": "x"},
    "purchased_paid_media": {"from": OTHER_USER, "paid_media_payload": "x"},
    "poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": True, "type": "quiz"},
    "poll_answer": {"poll_id": "1", "user": OTHER_USER, "option_ids": [0]},
    "chat_member": {"chat": GROUP, "from": OTHER_USER, "date": 1},
    "chat_join_request": {"chat": GROUP, "from": OTHER_USER, "user_chat_id": 99, "date": 1},
    "chat_boost": {"chat": GROUP, "boost": {}},
    "removed_chat_boost": {"chat": GROUP, "boost_id": "1", "remove_date": 1, "source": {}},
    "something_new": {"a": 1},
}
"""The kinds that the bot doesn't ask for."""

ENTITIES = (
    "mention",
    "hashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "text_link",
    "custom_emoji",
    "new",
)


class Chat:
    """One private chat: its updates, numbered as Telegram numbers them."""

    def __init__(self, chat_id: int, first_name: str = "Ayşe", last_name: str = "Yılmaz") -> None:
        self.chat_id = chat_id
        self.user = {
            "id": chat_id,
            "is_bot": False,
            "first_name": first_name,
            "last_name": last_name,
            "language_code": "tr",
        }
        self.chat = {"id": chat_id, "type": "private", "first_name": first_name}
        self.number = 0
        self.spoken: list[int] = []

    def message(self, date: int, **fields: Any) -> dict[str, Any]:
        self.number += 1
        self.spoken.append(self.number)
        return {"message": {**self._message(self.number, date), **fields}}

    def text(self, rng: random.Random, date: int, text: str) -> dict[str, Any]:
        fields: dict[str, Any] = {"text": text}
        if text.startswith("/") and len(text) > 1:
            fields["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        elif rng.random() < 0.1:
            offset = rng.choice((0, 1, -1, len(text), 2**31))
            fields["entities"] = [
                {"type": rng.choice(ENTITIES), "offset": offset, "length": rng.choice((0, 1, -5, 9999))}
            ]
        return self.message(date, **fields)

    def edited(self, rng: random.Random, date: int, text: str) -> dict[str, Any]:
        number = rng.choice(self.spoken) if self.spoken and rng.random() < 0.9 else rng.randint(0, 10**6)
        return {"edited_message": {**self._message(number, date - 60), "edit_date": date, "text": text}}

    def tap(self, date: int, query_id: int, data: str, message_id: int = 1) -> dict[str, Any]:
        under = {
            "message_id": message_id,
            "date": date,
            "chat": self.chat,
            "from": {"id": 1, "is_bot": True, "first_name": "b"},
        }
        query = {
            "id": str(query_id),
            "from": self.user,
            "chat_instance": "5",
            "data": data,
            "message": {**under, "text": "x"},
        }
        return {"callback_query": query}

    def contact(self, rng: random.Random, date: int) -> dict[str, Any]:
        number = rng.choice(("905301231212", "+90 530 123 12 12", "", "0", "abc", "+4915123456789", any_text(rng)))
        card: dict[str, Any] = {"phone_number": number, "first_name": rng.choice(("Ayşe", "", any_text(rng)))}
        if rng.random() < 0.7:
            card["user_id"] = rng.choice((self.chat_id, 99, 2**52))
        if rng.random() < 0.3:
            card["vcard"] = any_text(rng)
        return self.message(date, contact=card)

    def something_said(self, rng: random.Random, date: int) -> dict[str, Any]:
        kind = rng.choice(list(SAID))
        extra = {"caption": any_text(rng)} if rng.random() < 0.3 else {}
        return self.message(date, **{kind: SAID[kind]}, **extra)

    def service(self, rng: random.Random, date: int) -> dict[str, Any]:
        kind = rng.choice(list(SERVICE))
        return self.message(date, **{kind: SERVICE[kind]})

    def live_location(self, date: int) -> dict[str, Any]:
        return {"edited_message": {**self._message(self.number, date), "edit_date": date, "location": SAID["location"]}}

    def membership(self, rng: random.Random, date: int) -> dict[str, Any]:
        bot = {"id": 1, "is_bot": True, "first_name": "b"}
        status = rng.choice(("kicked", "member", "left"))
        change = {"user": bot, "status": status, "until_date": 0}
        old = {"user": bot, "status": "member"}
        return {
            "my_chat_member": {
                "chat": self.chat,
                "from": self.user,
                "date": date,
                "old_chat_member": old,
                "new_chat_member": change,
            }
        }

    def in_group(self, rng: random.Random, date: int) -> dict[str, Any]:
        chat = {
            "id": -1001234 - rng.randrange(5),
            "type": rng.choice(("group", "supergroup", "channel")),
            "title": "Grup",
        }
        fields = (
            {"text": rng.choice(COMMANDS)}
            if rng.random() < 0.7
            else {"migrate_to_chat_id": -1009999 - rng.randrange(5)}
        )
        return {"message": {**self.message(date)["message"], "chat": chat, **fields}}

    def _message(self, number: int, date: int) -> dict[str, Any]:
        return {"message_id": number, "date": date, "chat": self.chat, "from": self.user}


def unwanted(rng: random.Random) -> dict[str, Any]:
    """An update of a kind that the bot doesn't ask for."""
    kind = rng.choice(list(UNWANTED))
    return {kind: UNWANTED[kind]}
