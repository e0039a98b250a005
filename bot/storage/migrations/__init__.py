"""The changes of the tables, release by release; they run when the bot starts."""
