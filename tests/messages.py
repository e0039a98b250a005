"""How many messages and taps a request costs its person, counted in the golden conversations: docs/messages.md."""

from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.transcript_parts import Exchange, Fault, Look, Redeliver, Restart, Transcript, Type
from bot.sandbox.transcripts import read_transcript

HERE = Path(__file__).parent / "transcripts"
PAGE = Path(__file__).parents[1] / "docs" / "messages.md"
OPENED = "Servis çağrısı açıldı."
PLAIN = 18
"""What a bot needs that asks for each of the 17 fields and then for the confirmation."""


@dataclass(frozen=True, slots=True)
class Row:
    """Who files the request, the conversation whose last request is counted, and what it may cost at most."""

    who: str
    name: str
    most: int


ROWS = (
    Row("A returning dealer who pastes the customer's data", "messages-returning-dealer-pasted", 4),
    Row("A returning dealer by hand, question by question", "messages-returning-dealer", 10),
    Row("A dealer for the first time", "messages-first-time-dealer", 15),
    Row("A customer who came by the dealer's sticker", "sticker", 10),
    Row("A customer without a sticker", "messages-customer", 14),
)


def counted(transcript: Transcript) -> list[list[Exchange]]:
    """What the person did for each request of the conversation, from the first message to the call number."""
    requests: list[list[Exchange]] = [[]]
    for exchange in transcript.exchanges:
        if not isinstance(exchange.action, Look | Fault | Restart | Redeliver):
            requests[-1].append(exchange)
        if any(OPENED in said.text for said in exchange.said):
            requests.append([])
    return requests[:-1]


def of(row: Row) -> tuple[int, int]:
    """How many actions the row's request takes, and how many of these are typed."""
    actions = [exchange.action for exchange in counted(read_transcript(HERE / f"{row.name}.txt"))[-1]]
    typed = sum(isinstance(action, Type) and not action.text.startswith("/") for action in actions)
    return len(actions), typed


def page() -> str:
    """The page, as `make messages` writes it."""
    lines = [
        "# What a request costs: messages and taps",
        "",
        "Counted in the golden conversations in `tests/transcripts`, from the first tap to the confirmation: everything"
        " that the person does.",
        f"A bot that asks for each of the 17 fields and then for the confirmation needs {PLAIN}. A test holds the page"
        " current and each row within its bound;",
        "`make messages` writes it.",
        "",
        "| who | actions | of these typed | at most | conversation |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in ROWS:
        actions, typed = of(row)
        link = f"[{row.name}](../tests/transcripts/{row.name}.txt)"
        lines.append(f"| {row.who} | {actions} | {typed} | {row.most} | {link} |")
    lines += [
        "",
        "What spares them: a dealer's five fields are asked once; the product brings its group; one serial number makes"
        " the count; one's own name and number are",
        "offered as a button; two optional fields share one question; several answers in one message are taken. The"
        " dealer who is here for the first time writes",
        "the customer's name and number in one message, as they come from another chat; asked apart it is one more.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(page(), end="")
