"""How fast the bot is, beside others that hold the same conversation: `make bench`."""
