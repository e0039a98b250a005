"""The words that people read, by Project Fluent. Turkish is the default and the reference."""

from conversations.words import Words

LANGUAGES = ("tr", "en")


def say(words: Words, language: str, *, markup: bool = False) -> str:
    """The sentence for these words. With `markup` it is HTML (only <b> and <a>) and every argument is escaped."""
    raise NotImplementedError


def choice_of(text: str) -> str | None:
    """The message id of the button whose text, in any language, this is to the letter; None if it is no button's."""
    raise NotImplementedError
