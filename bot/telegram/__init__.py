"""Telegram: updates in, messages and keyboards out. Nothing outside this folder knows how Telegram writes things."""
