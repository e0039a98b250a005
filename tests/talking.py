"""A person who talks with the engine alone, without Telegram, database or network: for tests turn by turn."""

from dataclasses import dataclass, field, replace

import locales
from conversations.activation import ACTIVATION
from conversations.directory import Link
from conversations.draft import Draft, Profile
from conversations.events import (
    Call,
    Command,
    Contact,
    Context,
    Edit,
    Event,
    Found,
    Listed,
    Other,
    Seen,
    Settled,
    Stored,
    Tap,
    Text,
)
from conversations.form import Form
from conversations.letters import fold
from conversations.replies import Button, Lookup, Message, Submit, Turn
from conversations.turn import take_turn
from conversations.words import Words

CUSTOMER = (
    "/start",
    "Müşteriyim",
    "Test Bayi",
    "Bilmiyorum, devam et",
    "Ayşe Yılmaz",
    "0530 123 12 12",
    "E-postam yok",
    "Ümraniye, İstanbul",
    "Fatih Sultan Mehmet Mah. Balkan Cad. No: 14 D: 2",
    "ECODENSE WT 65",
    "ECODENSE DUVAR- YER TİPİ KAZAN",
    "99958",
    "Yok, özete geç",
)
"""What a customer types from the first message to the summary."""

DEALER = (
    "/start",
    "Bayiyim",
    "Test Bayi",
    "MUTLU ÖZCAN",
    "0532 546 67 57",
    "atla",
    "dealeremail@dealer.com",
    *CUSTOMER[4:],
)
"""What a dealer types from the first message to the summary."""


@dataclass
class Talk:
    """One chat. `say` types, `press` taps an inline button; both return what the bot said, as a person reads it."""

    context: Context = field(
        default_factory=lambda: Context(
            first_name="Ayşe", last_name="Yılmaz", fresh_draft_id="draft-1", fresh_code="D-7K3F"
        )
    )
    language: str = "tr"
    form: Form = ACTIVATION
    draft: Draft | None = None
    messages: tuple[Message, ...] = ()
    submitted: list[Submit] = field(default_factory=list)
    turn: Turn | None = None
    drafts: dict[str, Draft] = field(default_factory=dict)
    listed: tuple[Listed, ...] | tuple[Call, ...] = ()
    stored: Stored = field(default_factory=lambda: Stored(7, "seal"))
    links: dict[str, Link] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    number: int = 0

    def take(self, event: Event) -> str:
        turn = take_turn(self.form, self.draft, event, self.context)
        found: dict[Lookup, Found] = {}
        while isinstance(turn, Lookup):
            found[turn] = self._looked_up(turn)
            turn = take_turn(self.form, self.draft, event, replace(self.context, found=found))
        self.turn = turn
        if self.turn.profile is not None or self.turn.forgets_profile:
            kept = self.turn.profile
            stored = None if kept is None else Profile.model_validate_json(kept.model_dump_json())
            self.context = replace(self.context, profile=stored)
        self.links.pop(self.turn.redeems, None)
        draft = self.turn.draft
        self.draft = None if draft is None else Draft.model_validate_json(draft.model_dump_json())
        self.messages = self.turn.messages
        self.language = self.turn.language or self.language
        if self.turn.submit is not None:
            self.submitted.append(self.turn.submit)
            self.context = replace(self.context, last_request=Settled("queued", self.turn.submit.code))
        return self.heard

    def _looked_up(self, lookup: Lookup) -> Found:
        match lookup.kind:
            case "serials":
                return {serial: self.seen[serial] for serial in lookup.keys if serial in self.seen}
            case "link":
                return self.links.get(lookup.keys[0])
            case "draft":
                return self.drafts.get(lookup.keys[0])
            case "drafts" | "calls":
                return self.listed
            case "stored":
                return self.stored

    def say(self, *texts: str, at: int = 0) -> str:
        """Types these texts, all of them in this second."""
        for text in texts:
            self.number += 1
            if text.startswith("/"):
                name, _, argument = text[1:].partition(" ")
                self.take(Command(name, argument))
            else:
                self.take(Text(text, self.number, locales.choice_of(text), self._option(text), at))
        return self.heard

    def _option(self, text: str) -> int | None:
        options = self.draft.pending.options if self.draft and self.draft.pending else ()
        labels = [fold(self.read(option.label)) for option in options]
        return labels.index(fold(text)) if fold(text) in labels else None

    def press(self, label: str, message: Message | None = None) -> str:
        return self.take(self.tap(label, message))

    def tap(self, label: str, message: Message | None = None) -> Tap:
        """The tap on this button of the newest message (or another), to be taken now or later."""
        message = message or self.messages[-1]
        button = next(b for row in message.buttons for b in row if self.read(b.label) == label)
        return Tap(button.draft_id or message.draft_id, message.revision, button.action, button.argument, 900)

    def share(self, phone: str, *, name: str = "Ali Veli", own: bool = False) -> str:
        self.number += 1
        return self.take(Contact(phone, name, own, self.number))

    def edit(self, text: str, message_id: int) -> str:
        return self.take(Edit(text, message_id))

    def send(self, kind: str) -> str:
        return self.take(Other(kind))

    def settle(self, event: Settled) -> str:
        self.context = replace(self.context, last_request=event)
        return self.take(event)

    def read(self, words: Words | str) -> str:
        return words if isinstance(words, str) else locales.say(words, self.language)

    @property
    def heard(self) -> str:
        return "\n\n".join("\n".join(self.read(p) for p in m.paragraphs) for m in self.messages)

    @property
    def buttons(self) -> list[str]:
        return [self.read(b.label) for b in self.all_buttons]

    @property
    def all_buttons(self) -> list[Button]:
        return [button for message in self.messages for row in message.buttons for button in row]

    def value(self, name: str) -> object:
        assert self.draft is not None
        answer = self.draft.answers.get(name)
        return None if answer is None else answer.value
