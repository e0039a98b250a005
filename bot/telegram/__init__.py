"""Telegram: updates in, messages and keyboards out. Nothing outside this folder knows how Telegram writes things."""

import os

# python-telegram-bot's own switch, read whenever it touches a duration: without it each of them gives a warning, which
# would bury RetryAfter where warnings are errors.
os.environ["PTB_TIMEDELTA"] = "true"
