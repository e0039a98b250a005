"""Whoever writes for the first time reads where the privacy notice is, whatever they begin with."""

from dataclasses import replace

import pytest

from conversations.events import Context
from conversations.notice import informing, shows_notice
from conversations.replies import Message, Turn
from conversations.words import Words
from tests.talking import Talk

URL = "https://ornek.com/kvkk"
LINE = "Kişisel verilerinizin nasıl işlendiği"


def unread() -> Talk:
    return Talk(context=Context(fresh_draft_id="d", notice_url=URL))


@pytest.mark.parametrize("first", ["/start", "merhaba", "/yardim", "/durum", "/profil", "/taslaklar", "/dil", "iptal"])
def test_the_first_turn_shows_it_once_in_a_message_that_has_to_arrive(first: str) -> None:
    talk = unread()
    assert talk.say(first).count(LINE) == 1
    assert [message.must_arrive for message in talk.messages if shows_notice(message)] == [True]


def test_it_stands_before_what_is_asked() -> None:
    heard = unread().say("/start")
    assert heard.index(LINE) < heard.index("Talebi kim dolduruyor?")


def test_whoever_has_read_it_is_not_shown_it_again() -> None:
    talk = unread()
    talk.say("/start")
    talk.context = replace(talk.context, notice_url="")
    assert LINE not in talk.say("Müşteriyim", "/iptal", "/start")


def test_it_is_never_put_into_a_message_that_was_there_before() -> None:
    edit = Message((Words("edit-which"),), edits=7)
    context = Context(notice_url=URL)
    assert informing(Turn(None, (edit,)), context).messages == (edit,)
    both = informing(Turn(None, (edit, Message((Words("help-idle"),)))), context).messages
    assert [shows_notice(message) for message in both] == [False, True]
