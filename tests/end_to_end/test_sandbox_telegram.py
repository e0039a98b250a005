"""The sandbox's Bot API and control API over real HTTP: what Telegram takes, refuses and sends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.sandbox import Sandbox
from bot.sandbox.dealer_links import DealerLinks
from bot.sandbox.entities import parse_html, parse_text
from bot.sandbox.errors import ApiError

Client = httpx.AsyncClient


@asynccontextmanager
async def running() -> AsyncIterator[tuple[Sandbox, Client]]:
    sandbox = Sandbox()
    await sandbox.start()
    try:
        async with Client(base_url=sandbox.url, trust_env=False, verify=False) as client:
            yield sandbox, client
    finally:
        await sandbox.stop()


async def ayse(client: Client) -> int:
    """A person; the id of the chat."""
    made = await client.post("/api/people", json={"name": "Ayşe Yılmaz", "phone": "+905301231212"})
    return int(made.json()["chat_id"])


async def call(sandbox: Sandbox, client: Client, method: str, **parameters: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await client.post(f"/bot{sandbox.token}/{method}", json=parameters)).json()
    return answer


async def until_polling(client: Client) -> None:
    """Returns when a getUpdates waits."""
    async with asyncio.timeout(5):
        while True:
            if (await client.get("/api/state")).json()["polling"]:
                return
            await asyncio.sleep(0.01)


def inside(scenario: Callable[[Sandbox, Client], Awaitable[None]]) -> None:
    async def main() -> None:
        async with running() as (sandbox, client):
            await scenario(sandbox, client)

    asyncio.run(main())


def test_a_text_arrives_as_telegram_would_shape_it() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        await client.post(f"/api/chats/{chat}/text", json={"text": "😀 /start abc"})
        (update,) = (await call(sandbox, client, "getUpdates"))["result"]
        message = update["message"]
        assert message["chat"] == {"id": chat, "first_name": "Ayşe", "last_name": "Yılmaz", "type": "private"}
        assert message["from"]["language_code"] == "tr"
        assert message["entities"] == [{"type": "bot_command", "offset": 3, "length": 6}]
        assert message["message_id"] == 1

    inside(scenario)


def test_an_update_is_given_until_an_offset_confirms_it() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        for text in ("bir", "iki"):
            await client.post(f"/api/chats/{chat}/text", json={"text": text})
        first = (await call(sandbox, client, "getUpdates", limit=1))["result"]
        again = (await call(sandbox, client, "getUpdates"))["result"]
        assert [update["message"]["text"] for update in again] == ["bir", "iki"]
        rest = (await call(sandbox, client, "getUpdates", offset=first[0]["update_id"] + 1))["result"]
        assert [update["message"]["text"] for update in rest] == ["iki"]
        assert (await client.get("/api/state")).json()["pending_updates"] == 1
        await call(sandbox, client, "getUpdates", offset=rest[0]["update_id"] + 1)
        assert (await client.get("/api/state")).json()["pending_updates"] == 0

    inside(scenario)


def test_a_waiting_poll_ends_when_something_comes_and_when_another_begins() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        older = asyncio.create_task(call(sandbox, client, "getUpdates", timeout=20))
        await until_polling(client)
        newer = asyncio.create_task(call(sandbox, client, "getUpdates", timeout=20))
        ended = await older
        assert ended["error_code"] == 409
        assert ended["description"].startswith("Conflict: terminated by other getUpdates request")
        await client.post(f"/api/chats/{chat}/text", json={"text": "merhaba"})
        assert len((await newer)["result"]) == 1

    inside(scenario)


@pytest.mark.parametrize(
    ("method", "parameters", "code", "description"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x"}, 400, "Bad Request: chat not found"),
        ("sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": "CHAT", "text": " \n"}, 400, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": "CHAT", "text": "😀" * 2049}, 400, "Bad Request: message is too long"),
        (
            "sendMessage",
            {"chat_id": "CHAT", "text": "<b>x", "parse_mode": "HTML"},
            400,
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            "sendMessage",
            {
                "chat_id": "CHAT",
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "ş" * 33}]]},
            },
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            "editMessageText",
            {"chat_id": "CHAT", "message_id": 99, "text": "x"},
            400,
            "Bad Request: message to edit not found",
        ),
        ("deleteMessage", {"chat_id": "CHAT", "message_id": 99}, 400, "Bad Request: message to delete not found"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        ("sendPigeon", {}, 404, "Not Found: method not found"),
    ],
)  # fmt: skip
def test_what_telegram_refuses_is_refused_in_its_words(
    method: str, parameters: dict[str, Any], code: int, description: str
) -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        filled = {name: chat if value == "CHAT" else value for name, value in parameters.items()}
        answer = await client.post(f"/bot{sandbox.token}/{method}", json=filled)
        assert answer.status_code == code
        assert answer.json() == {"ok": False, "error_code": code, "description": description}

    inside(scenario)


@pytest.mark.parametrize("length", [0, 65])
def test_a_placeholder_outside_1_to_64_characters_is_refused(length: int) -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        markup = {"keyboard": [["a"]], "input_field_placeholder": "x" * length}
        answer = await call(sandbox, client, "sendMessage", chat_id=await ayse(client), text="x", reply_markup=markup)
        assert answer["error_code"] == 400

    inside(scenario)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("ş <b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<blockquote wide>x</blockquote>", "Expected equal sign"),
    ],
)
def test_broken_html_is_refused_with_its_place(html: str, reason: str) -> None:
    with pytest.raises(ApiError, match="can't parse entities: ") as refused:
        parse_html(html)
    assert reason in refused.value.description


def test_html_becomes_entities_in_utf16_units() -> None:
    text, entities = parse_html('😀<b>a<i>b</i></b> &lt;&amp;&#304; &nbsp;<a href="https://x.y/?a=1&amp;b=2">c</a>')
    assert text == "😀ab <&İ &nbsp;c"
    assert entities == [
        {"type": "bold", "offset": 2, "length": 2},
        {"type": "italic", "offset": 3, "length": 1},
        {"type": "text_link", "offset": 15, "length": 1, "url": "https://x.y/?a=1&b=2"},
    ]


def test_spaces_around_a_message_go_and_its_entities_move_along() -> None:
    assert parse_text("\n <b>ab </b> ", "HTML") == ("ab", [{"type": "bold", "offset": 0, "length": 2}])


def test_only_the_right_token_gets_in() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        answer = await client.get("/bot1:wrong/getMe")
        assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
        ok = await client.get(f"/bot{sandbox.token}/getMe")
        assert ok.json()["result"]["is_bot"] is True

    inside(scenario)


def test_parameters_come_as_query_form_multipart_or_json() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        path, fields = f"/bot{sandbox.token}/sendMessage", {"chat_id": str(await ayse(client)), "text": "merhaba"}
        answers = [
            await client.get(path, params=fields),
            await client.post(path, data=fields),
            await client.post(path, data=fields, files={"unused": b"x"}),
            await client.post(path, json=fields),
        ]
        assert [answer.json()["result"]["text"] for answer in answers] == ["merhaba"] * 4

    inside(scenario)


def test_a_reply_keyboard_is_shown_pressed_and_put_away() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        keyboard = {
            "keyboard": [["Müşteri", {"text": "Numaramı paylaş", "request_contact": True}]],
            "one_time_keyboard": True,
            "input_field_placeholder": "Örnek: 0530 123 12 12",
        }
        await call(sandbox, client, "sendMessage", chat_id=chat, text="Kimsiniz?", reply_markup=keyboard)
        shown = (await client.get(f"/api/chats/{chat}")).json()["reply_keyboard"]
        assert shown["rows"] == [[{"text": "Müşteri"}, {"text": "Numaramı paylaş", "request_contact": True}]]
        assert (shown["one_time"], shown["placeholder"]) == (True, "Örnek: 0530 123 12 12")
        await client.post(f"/api/chats/{chat}/press_reply", json={"row": 0, "column": 1})
        assert (await client.get(f"/api/chats/{chat}")).json()["reply_keyboard"] is None
        stale = await client.post(f"/api/chats/{chat}/press_reply", json={"text": "Müşteri"})
        assert stale.status_code == 200
        contact, text = (await call(sandbox, client, "getUpdates"))["result"]
        assert contact["message"]["contact"] == {
            "phone_number": "905301231212",
            "first_name": "Ayşe",
            "last_name": "Yılmaz",
            "user_id": chat,
        }
        assert text["message"]["text"] == "Müşteri"

    inside(scenario)


def test_a_tap_is_answered_once_and_its_message_edited() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        keyboard = {"inline_keyboard": [[{"text": "Onayla", "callback_data": "ok:1", "style": "success"}]]}
        sent = await call(sandbox, client, "sendMessage", chat_id=chat, text="Özet", reply_markup=keyboard)
        message_id = sent["result"]["message_id"]
        tap = {"message_id": message_id, "row": 0, "column": 0}
        pressed = (await client.post(f"/api/chats/{chat}/press", json=tap)).json()
        (update,) = (await call(sandbox, client, "getUpdates"))["result"]
        assert update["callback_query"]["data"] == "ok:1"
        assert update["callback_query"]["message"]["message_id"] == message_id
        query = {"callback_query_id": pressed["callback_query_id"], "text": "Tamam"}
        assert (await call(sandbox, client, "answerCallbackQuery", **query))["ok"] is True
        assert (await call(sandbox, client, "answerCallbackQuery", **query))["ok"] is False
        same = await call(
            sandbox, client, "editMessageText", chat_id=chat, message_id=message_id, text="Özet", reply_markup=keyboard
        )
        assert same["description"].startswith("Bad Request: message is not modified: specified new message content")
        await call(sandbox, client, "editMessageText", chat_id=chat, message_id=message_id, text="Bitti")
        (shown,) = (await client.get(f"/api/chats/{chat}")).json()["messages"]
        assert (shown["text"], shown["edited"], shown["inline_keyboard"]) == ("Bitti", True, None)
        events = (await client.get("/api/changes", params={"after": 0, "timeout": 0})).json()["events"]
        assert [event["type"] for event in events] == ["person", "message", "toast", "edit"]
        assert events[2]["text"] == "Tamam"

    inside(scenario)


def test_the_last_update_is_delivered_again_with_the_old_or_a_new_id() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        await client.post(f"/api/chats/{chat}/text", json={"text": "merhaba"})
        (first,) = (await call(sandbox, client, "getUpdates"))["result"]
        offset = first["update_id"] + 1
        await call(sandbox, client, "getUpdates", offset=offset)
        await client.post(f"/api/chats/{chat}/resend_last_update", json={"new_update_id": False})
        assert (await call(sandbox, client, "getUpdates", offset=offset))["result"] == [first]
        assert (await call(sandbox, client, "getUpdates", offset=offset))["result"] == []
        await client.post(f"/api/chats/{chat}/resend_last_update", json={"new_update_id": True})
        (again,) = (await call(sandbox, client, "getUpdates", offset=offset))["result"]
        assert again["update_id"] > first["update_id"]
        assert again["message"] == first["message"]

    inside(scenario)


def test_an_edit_of_a_person_arrives_as_edited_message() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        await client.post(f"/api/chats/{chat}/text", json={"text": "Aysee"})
        await client.post(f"/api/chats/{chat}/edit", json={"message_id": 1, "text": "Ayşe"})
        _, edited = (await call(sandbox, client, "getUpdates"))["result"]
        assert edited["edited_message"]["text"] == "Ayşe"
        assert edited["edited_message"]["edit_date"] >= edited["edited_message"]["date"]

    inside(scenario)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("text", b"{"),
        ("text", b'{"text": ""}'),
        ("text", b'{"text": 5}'),
        ("text", b'{"text": "x", "reply_to": 7}'),
        ("press", b'{"message_id": 1}'),
        ("press_reply", b'{"row": 0, "column": 0}'),
        ("location", b'{"latitude": 91, "longitude": 0}'),
        ("photo", b"{}"),
        ("label", '{"codes": ["Code39: ğ"]}'.encode()),
        ("label", b'{"codes": [""]}'),
        ("label", b'{"codes": "99958"}'),
        ("resend_last_update", b"{}"),
        ("contact", b"[]"),
    ],
)
def test_bad_control_input_is_told_and_never_a_server_error(path: str, body: bytes) -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        answer = await client.post(f"/api/chats/{await ayse(client)}/{path}", content=body)
        assert answer.status_code in (400, 404)
        assert answer.json()["error"]

    inside(scenario)


def test_the_changes_wait_for_the_first_event() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        waiting = asyncio.create_task(client.get("/api/changes", params={"after": 0, "timeout": 20}))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        chat = await ayse(client)
        (event,) = (await waiting).json()["events"]
        assert (event["type"], event["chat_id"]) == ("person", chat)

    inside(scenario)


def test_it_stops_quickly_while_polls_wait() -> None:
    async def main() -> None:
        async with running() as (sandbox, client):
            poll = asyncio.create_task(call(sandbox, client, "getUpdates", timeout=50))
            await until_polling(client)
            begun = asyncio.get_running_loop().time()
            await sandbox.stop()
            assert asyncio.get_running_loop().time() - begun < 0.5
            await asyncio.gather(poll, return_exceptions=True)

    asyncio.run(main())


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.1"])
def test_it_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Sandbox(host=host)


def test_nothing_outside_the_page_folder_is_served() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        for path in ("/page/../server.py", "/page/%2e%2e/server.py", "/page//etc/passwd"):
            assert (await client.get(path)).status_code == 404

    inside(scenario)


def test_nothing_that_stands_on_the_page_may_run_there() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        for path in ("/", "/page/page.js"):
            headers = (await client.get(path)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"

    inside(scenario)


@asynccontextmanager
async def ptb(sandbox: Sandbox, token: str | None = None) -> AsyncIterator[Bot]:
    base = sandbox.bot_api_url
    bot = Bot(token or sandbox.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot")
    async with bot:
        yield bot


def test_python_telegram_bot_speaks_with_it() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        async with ptb(sandbox) as bot:
            inline = InlineKeyboardMarkup([[InlineKeyboardButton("Onayla", callback_data="ok")]])
            sent = await bot.send_message(chat, "<b>Merhaba</b>", parse_mode="HTML", reply_markup=inline)
            assert sent.text_html == "<b>Merhaba</b>"
            edited = await bot.edit_message_text("Bitti", chat, sent.message_id)
            assert edited is not True
            reply = ReplyKeyboardMarkup([[KeyboardButton("Konumum", request_location=True)]])
            await bot.send_message(chat, "Neredesiniz?", reply_markup=reply, reply_to_message_id=sent.message_id)
            await client.post(f"/api/chats/{chat}/press_reply", json={"text": "Konumum"})
            (update,) = await bot.get_updates()
            assert update.message is not None
            assert update.message.location is not None
            assert await bot.set_my_commands([("basla", "Yeni talep")])
            assert [command.command for command in await bot.get_my_commands()] == ["basla"]
            menu = {"commands": [{"command": "basla", "description": "Yeni talep"}]}
            assert (await client.get("/api/commands")).json() == menu
            assert await bot.set_my_short_description("Devreye alma")
            assert (await bot.get_my_short_description()).short_description == "Devreye alma"
            assert (await bot.get_chat(chat)).first_name == "Ayşe"
            assert (await bot.get_chat_member(chat, chat)).status == "member"
            assert await bot.send_chat_action(chat, "typing")
            assert (await client.get(f"/api/chats/{chat}")).json()["typing"] is True
            assert await bot.delete_message(chat, sent.message_id)

    inside(scenario)


def test_a_chat_is_offered_the_commands_of_the_narrowest_scope() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat, group = await ayse(client), sandbox.add_group("Servis Ofisi", "Zeynep", "Demir")

        async def offered(chat_id: int) -> list[str]:
            found = (await client.get(f"/api/chats/{chat_id}/commands")).json()["commands"]
            return [command["command"] for command in found]

        async with ptb(sandbox) as bot:
            everywhere, private, here = [("her_yer", "x")], [("ozel", "x")], [("ofis", "x")]
            await bot.set_my_commands(everywhere)
            await bot.set_my_commands(private, scope=BotCommandScopeAllPrivateChats(), language_code="tr")
            assert (await offered(chat), await offered(group)) == (["ozel"], ["her_yer"])
            await bot.set_my_commands(here, scope=BotCommandScopeChat(group))
            assert (await offered(chat), await offered(group)) == (["ozel"], ["ofis"])
            await bot.set_my_commands([], scope=BotCommandScopeChat(group))
            await bot.delete_my_commands()
            assert (await offered(chat), await offered(group)) == (["ozel"], [])
            for wrong in (BotCommandScopeChat(-1), BotCommandScope("nobody")):
                with pytest.raises(BadRequest):
                    await bot.set_my_commands(here, scope=wrong)
            with pytest.raises(BadRequest):
                await bot.set_my_description("x", language_code="turkce")

    inside(scenario)


def test_files_go_both_ways() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        upload = {"file": ("kazan.png", b"\x89PNG bytes", "image/png")}
        await client.post(f"/api/chats/{chat}/photo", files=upload, data={"caption": "Etiket"})
        async with ptb(sandbox) as bot:
            (update,) = await bot.get_updates()
            assert update.message is not None
            assert update.message.caption == "Etiket"
            file = await bot.get_file(update.message.photo[-1].file_id)
            assert bytes(await file.download_as_bytearray()) == b"\x89PNG bytes"
            sent = await bot.send_document(chat, b"rapor", filename="rapor.csv", caption="Rapor")
            assert sent.document is not None
            assert sent.document.file_name == "rapor.csv"
            again = await bot.send_photo(chat, update.message.photo[-1].file_id)
            assert again.photo
        messages = (await client.get(f"/api/chats/{chat}")).json()["messages"]
        assert [message["kind"] for message in messages] == ["photo", "document", "photo"]
        assert (await client.get(messages[0]["photo_url"])).content == b"\x89PNG bytes"

    inside(scenario)


def test_python_telegram_bot_hears_its_own_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it the library warns of its next version

    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        async with ptb(sandbox) as bot:
            with pytest.raises(BadRequest, match="not found"):
                await bot.send_message(1, "x")
            await client.post(f"/api/chats/{chat}/block")
            with pytest.raises(Forbidden, match="blocked by the user"):
                await bot.send_message(chat, "x")
            await client.post(f"/api/chats/{chat}/unblock")
            await client.post("/api/telegram/limit", json={"retry_after": 7, "times": 1})
            with pytest.raises(RetryAfter) as refused:
                await bot.send_message(chat, "x")
            assert refused.value.retry_after == timedelta(seconds=7)
            await bot.send_message(chat, "x")
            kinds = [update.to_dict().keys() - {"update_id"} for update in await bot.get_updates()]
            assert kinds == [{"my_chat_member"}, {"my_chat_member"}]
        with pytest.raises(InvalidToken):
            async with ptb(sandbox, "1:wrong"):
                pass

    inside(scenario)


@pytest.mark.parametrize("kind", ["sticker", "voice", "video"])
def test_other_messages_are_shaped_so_that_the_library_can_read_them(kind: str) -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        chat = await ayse(client)
        await client.post(f"/api/chats/{chat}/{kind}")
        async with ptb(sandbox) as bot:
            (update,) = await bot.get_updates()
            assert update.message is not None
            assert getattr(update.message, kind) is not None

    inside(scenario)


def test_a_group_is_a_chat_in_which_its_member_speaks() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        made = await client.post("/api/groups", json={"title": "Servis ofisi", "name": "Ece Kurt"})
        group = int(made.json()["chat_id"])
        await client.post(f"/api/chats/{group}/text", json={"text": "/sablon"})
        async with ptb(sandbox) as bot:
            sent = await bot.send_message(group, "Merhaba")
            (update,) = await bot.get_updates()
            assert update.message is not None
            assert update.message.from_user is not None
            assert (update.message.chat.type, update.message.chat.id) == ("supergroup", group)
            member = await bot.get_chat_member(group, update.message.from_user.id)
            assert member.status == "member"
            await client.post(f"/api/chats/{group}/press", json={"message_id": sent.message_id, "callback_data": "x"})
            (update,) = await bot.get_updates(update.update_id + 1)
            assert update.callback_query is not None
            assert update.callback_query.from_user.id == member.user.id
            with pytest.raises(BadRequest):
                await bot.get_chat_member(group, 1)

    inside(scenario)


def test_an_anonymous_administrator_writes_as_the_group() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        asked = {"title": "Servis ofisi", "name": "Ece Kurt", "status": "administrator", "anonymous": True}
        made = [await client.post("/api/groups", json=asked | {"anonymous": anonymous}) for anonymous in (False, True)]
        assert len({answer.json()["chat_id"] for answer in made}) == 1
        group = int(made[0].json()["chat_id"])
        await client.post(f"/api/chats/{group}/text", json={"text": "Merhaba"})
        async with ptb(sandbox) as bot:
            (update,) = await bot.get_updates()
            assert update.message is not None
            assert update.message.from_user is not None
            assert update.message.from_user.is_bot
            people = (await client.get("/api/people")).json()
            member = await bot.get_chat_member(group, min(p["id"] for p in people if "group" not in p))
            assert isinstance(member, ChatMemberAdministrator)
            assert member.is_anonymous

    inside(scenario)


def test_two_members_of_a_group_each_act_under_their_own_name() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        for name, text in (("Ece Kurt", "a"), ("Can Er", "b"), ("Ece Kurt", "c")):
            made = (await client.post("/api/groups", json={"title": "Servis ofisi", "name": name})).json()
            await client.post(f"/api/chats/{made['chat_id']}/text", json={"text": text})
        members = {member["name"]: member["id"] for member in made["members"]}
        assert made["member_id"] == members["Ece Kurt"]
        async with ptb(sandbox) as bot:
            sent = await bot.send_message(made["chat_id"], "Kim?")
            tap = {"message_id": sent.message_id, "callback_data": "x", "member_id": members["Can Er"]}
            await client.post(f"/api/chats/{made['chat_id']}/press", json=tap)
            wrong = await client.post(f"/api/chats/{made['chat_id']}/press", json={**tap, "member_id": 1})
            assert wrong.status_code == 400
            *texts, pressed = await bot.get_updates()
            said = [(u.message.text, u.message.from_user.full_name) for u in texts if u.message and u.message.from_user]
            assert said == [("a", "Ece Kurt"), ("b", "Can Er"), ("c", "Ece Kurt")]
            assert pressed.callback_query is not None
            assert pressed.callback_query.from_user.full_name == "Can Er"
            for user_id in members.values():
                assert (await bot.get_chat_member(made["chat_id"], user_id)).status == "member"
        chat = (await client.get(f"/api/chats/{made['chat_id']}")).json()
        assert [message["author"] for message in chat["messages"]] == [
            *(members[n] for n in ("Ece Kurt", "Can Er", "Ece Kurt")),
            None,
        ]

    inside(scenario)


def test_a_sticker_is_shown_and_photographed() -> None:
    async def scenario(sandbox: Sandbox, client: Client) -> None:
        sandbox.know_dealers(
            [DealerLinks("Öz Isı / Can", "https://t.me/x?start=a", "https://t.me/x?start=b", lambda: b"png")]
        )
        told = (await client.get("/api/dealers")).json()["dealers"]
        assert told == [
            {"dealer": "Öz Isı / Can", "sticker": "https://t.me/x?start=a", "invitation": "https://t.me/x?start=b"}
        ]
        assert (await client.get("/api/stickers/Öz Isı / Can")).content == b"png"
        assert (await client.get("/api/stickers/Başka")).status_code == 404
        chat = await ayse(client)
        assert (await client.post(f"/api/chats/{chat}/sticker_photo", json={"dealer": "Başka"})).status_code == 404
        await client.post(f"/api/chats/{chat}/sticker_photo", json={"dealer": "Öz Isı / Can"})
        (update,) = (await call(sandbox, client, "getUpdates"))["result"]
        assert update["message"]["photo"]

    inside(scenario)
