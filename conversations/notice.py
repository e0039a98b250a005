"""The privacy notice (KVKK: aydınlatma): whoever writes to the bot reads where it is before anything is asked."""

from dataclasses import replace

from conversations.events import Context
from conversations.replies import Message, Turn
from conversations.words import Words

NOTICE = "notice"
"""The message id of the line that leads to the notice."""


def notice_of(context: Context) -> tuple[Words, ...]:
    """The line that leads to the notice; nothing once this person has read it, or where there is none."""
    return (Words(NOTICE, {"url": context.notice_url}),) if context.notice_url else ()


def shows_notice(message: Message) -> bool:
    """Whether the line stands in this message."""
    return any(words.id == NOTICE for words in message.paragraphs)


def informing(turn: Turn, context: Context) -> Turn:
    """The turn with the line in it, if this person has still to read it, and as a message that has to arrive.

    A greeting has a place of its own for it. Anything else begins with it; an edit of an earlier message is not read
    as one that comes, so there it waits for the next turn.
    """
    notice = notice_of(context)
    if not notice or not turn.messages:
        return turn
    messages = list(turn.messages)
    if not any(shows_notice(message) for message in messages):
        first = next((place for place, message in enumerate(messages) if message.edits is None), None)
        if first is None:
            return turn
        messages[first] = replace(messages[first], paragraphs=(*notice, *messages[first].paragraphs))
    # That the notice was shown is what data protection asks for: it may not be lost on the way.
    return replace(
        turn,
        messages=tuple(replace(each, must_arrive=True) if shows_notice(each) else each for each in messages),
    )
