"""What a message of words becomes for Telegram: bounded, escaped, with the right keyboard."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bot.telegram import outbound
from bot.telegram.outbound import TEXT_UNITS, render, units
from conversations.replies import Button, Message
from conversations.words import Words


@pytest.fixture(autouse=True)
def _plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words say their id, so that each test writes its own texts."""
    monkeypatch.setattr(outbound, "say", lambda words, language, markup=False: words.id)


def test_paragraphs_stand_on_lines_of_their_own_and_empty_ones_nowhere() -> None:
    (part,) = render(Message((Words("a"), Words(" "), Words("b"))), "tr")
    assert part.text == "a\nb"
    assert part.markup == {"remove_keyboard": True}


def test_a_message_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="without words"):
        render(Message((Words(""),)), "tr")


def test_a_reply_keyboard_is_one_time_with_an_example_in_the_input() -> None:
    buttons = ((Button("Numaramı paylaş", request="contact"), Button("Geri")),)
    (part,) = render(Message((Words("a"),), buttons, "reply", placeholder=Words("ö" * 80)), "tr")
    assert part.markup == {
        "keyboard": [[{"text": "Numaramı paylaş", "request_contact": True}, {"text": "Geri"}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": "ö" * 64,
    }
    assert ReplyKeyboardMarkup.de_json(part.markup).to_dict() == part.markup


def test_inline_buttons_carry_draft_and_revision() -> None:
    buttons = ((Button("Onayla", "confirm", style="success"), Button("Kopyala", copies="43090")),)
    (part,) = render(Message((Words("a"),), buttons, "inline", draft_id="abc", revision=7), "tr")
    confirm = {"text": "Onayla", "style": "success", "callback_data": "abc:7:confirm:"}
    assert part.markup == {"inline_keyboard": [[confirm, {"text": "Kopyala", "copy_text": {"text": "43090"}}]]}
    assert InlineKeyboardMarkup.de_json(part.markup).to_dict() == part.markup


def test_callback_data_beyond_64_bytes_is_refused() -> None:
    message = Message((Words("a"),), ((Button("x", "edit", "ş" * 30),),), "inline", draft_id="abc")
    with pytest.raises(ValueError, match="too long"):
        render(message, "tr")


def test_a_long_text_is_split_between_paragraphs_with_the_keyboard_on_the_last() -> None:
    message = Message((Words("a" * 3000), Words("b" * 3000), Words("c")), ((Button("x", "y"),),), "inline")
    first, last = render(message, "tr")
    assert (first.text, first.markup) == ("a" * 3000, None)
    assert last.text == "b" * 3000 + "\nc"
    assert last.markup is not None


@settings(max_examples=50)
@given(st.lists(st.text(min_size=1, max_size=3000), min_size=1, max_size=5))
def test_no_part_is_too_long_or_empty(texts: list[str]) -> None:
    words = tuple(Words(text * 3) for text in texts)
    if not any(text.strip() for text in texts):
        return
    for part in render(Message(words), "tr"):
        assert 0 < units(part.text) <= TEXT_UNITS
        assert part.text.strip()


def test_a_cut_line_is_valid_html() -> None:
    for part in render(Message((Words("<b>" + "&amp;&lt;🔥" * 2000 + "</b>"),)), "tr"):
        assert re.sub(r"&(amp|lt|gt|quot|#x27);", "", part.text).isprintable()
        assert "<" not in part.text
        assert "&" not in re.sub(r"&(amp|lt|gt|quot|#x27);", "", part.text)
