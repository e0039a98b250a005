"""A block about another customer while a request is open: nothing of it is taken before it is said what it is."""

from conversations.draft import Draft, Option, Pending
from conversations.events import Text
from conversations.extraction import Extraction
from conversations.letters import fold_words, one_line
from conversations.replies import Button, Message, Turn
from conversations.words import Words

NAME, MOBILE = "CustomerFullName", "CustomerMobilePhone"
LONGEST_NAME = 40
WHOSE = "whose"
"""What `pending.field` holds while it is asked whether a block is a new request or a correction."""


def names_another(draft: Draft, found: Extraction) -> bool:
    """Whether the block names another customer than the draft: the name and the mobile number both differ.

    Of a customer whose number is not known yet the name tells, beside a number.
    """
    if NAME not in draft.answers:
        return False
    name, mobile = _name_in(found), found.fields.get(MOBILE)
    known = draft.known()
    if not name or mobile is None or mobile == known.get(MOBILE):
        return False
    return _words(name).isdisjoint(_words(str(known[NAME])))


def ask_whose(draft: Draft, found: Extraction, event: Text) -> Turn:
    """Asks whether this block begins another request or corrects the open one."""
    names = {"name": one_line(_name_in(found))[:LONGEST_NAME], "open": _open_name(draft)}
    pending = Pending(
        field=WHOSE,
        options=(
            Option(answers={}, label=Words("choice-another-request"), block="new"),
            Option(answers={}, label=Words("choice-this-request"), block="same"),
        ),
        question=Words("whose-block", names),
        text=event.text[:4096],
        message_id=event.message_id,
    )
    return ask_whose_again(draft.changed(pending=pending, leaving=None))


def ask_whose_again(draft: Draft, lead: tuple[Words, ...] = ()) -> Turn:
    """The question once more, behind a word on why: the block waits until it is answered."""
    pending = draft.pending
    if pending is None:
        raise ValueError("no block waits")
    message = Message(
        (*lead, pending.question),
        buttons=tuple((Button(option.label, "option", str(i)),) for i, option in enumerate(pending.options)),
        surface="inline",
        draft_id=draft.id,
        revision=draft.revision,
        kind="question",
    )
    return Turn(draft, (message,))


def _name_in(found: Extraction) -> str:
    value = found.fields.get(NAME)
    if value is None and NAME in found.doubtful:
        value = found.doubtful[NAME].candidates[0].value
    return "" if value is None else str(value)


def _open_name(draft: Draft) -> str:
    return one_line(str(draft.answers[NAME].value))[:LONGEST_NAME]


def _words(name: str) -> set[str]:
    return set(fold_words(name).split())
