"""Telegram's Bot API and Licrus in miniature, over real HTTP on this machine: for tests, transcripts and the demo.

It shares no code with the bot: what both got wrong together would otherwise look right.
"""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
