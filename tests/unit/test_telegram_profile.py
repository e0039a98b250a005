"""What Telegram shows of the bot: every command that is offered is understood, and every text fits."""

from bot.office import questions
from bot.office.desk import SHEETS
from bot.telegram.profile import OPERATORS, PEOPLE
from conversations.my_data import COMMANDS as MY_DATA
from conversations.several import LISTS
from conversations.steering import COMMANDS
from conversations.words import Words
from locales import LANGUAGES, say

PROFILE = "profil"
LONGEST = {"bot-description": 512, "bot-short-description": 120}


def test_every_command_that_is_offered_is_understood() -> None:
    assert set(PEOPLE) <= {*COMMANDS, *LISTS, *MY_DATA, PROFILE}
    assert set(OPERATORS) <= {SHEETS, *questions.COMMANDS}


def test_every_text_fits_into_what_telegram_takes() -> None:
    for language in LANGUAGES:
        for message_id, longest in LONGEST.items():
            text = say(Words(message_id), language)
            assert 1 <= len(text) <= longest
            assert not text.endswith("\n")
        for name in (*PEOPLE, *OPERATORS):
            assert 1 <= len(say(Words(f"command-{name}"), language)) <= 256
