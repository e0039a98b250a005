"""People who hold short conversations, hurry, tap twice, correct themselves, give up, and come again."""

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.crash.conversations import CONFIRM, KNOWN, WHO, Script, as_greeted
from tests.crash.people import TOLD_NUMBER, Conversation, Stuck
from tests.simulation.talks import POISON, as_shown, corrected
from tests.simulation.telegram import Said, Update

if TYPE_CHECKING:
    from tests.simulation.world import World

PATIENCE_S = 3600.0
"""How long someone waits once nothing goes wrong any more."""
SILENCE_S = 900.0
"""How long a question that came again after its answer may stay before the answer counts as lost."""
POKE_AFTER_S = 120.0
MOST_REFUSALS = 3
SUMMARY = "Son kontrol"
APOLOGY = "Bu mesajınızı işleyemedim"
TOO_LATE = "bu değişiklik işlenmedi"
NOTHING_OPEN = "Yeni bir servis talebi için aşağıdaki düğmeye dokunun"
# As it is told by itself, and as it is told to whoever asks.
UNKNOWN = (
    "Talebiniz alındı; çağrı numarası kontrol ediliyor.",
    "Son talebiniz alındı, çağrı numarası kontrol ediliyor.",
)
HELD = ("Talebiniz kaydedildi ve inceleniyor.", "Son talebiniz kaydedildi, inceleniyor.")
REFUSED = ("Servis sistemi talebi kabul etmedi.", "Servis sistemi son talebinizi kabul etmedi.")
CODE = re.compile(r"Takip kodu: (\S+)")
STATE_CREATED = re.compile(r"Son talebiniz için servis çağrısı açıldı. Çağrı numarası: (\S+)")


class Restored(Exception):
    """The database went back in time: whoever was talking goes home."""


class Apologised(Exception):
    """What somebody said was set aside, since the bot died of it thrice: they come back another day."""


@dataclass(slots=True)
class Talk:
    """One conversation with what the verdict has to know beyond it."""

    conversation: Conversation
    tapped: list[Script] = field(default_factory=list)
    """What stood in the summaries that were confirmed."""
    held: bool = False
    gave_up: bool = False
    poisoned: bool = False
    """Something was said that the bot can't take, and it apologised."""
    refusals: int = 0
    last_tap: tuple[int, str] | None = None


class Person:
    """Somebody who knows all answers by heart, and gives none twice unless asked again."""

    def __init__(self, chat_id: int, world: "World", scripts: list[Script]) -> None:
        self.chat_id = chat_id
        self.talks: list[Talk] = []
        self._world = world
        self._scripts = scripts
        self._chance: random.Random = world.chance
        self._telegram = world.telegram
        self._chat = world.telegram.chat(chat_id)
        self._chat.hear = self._hear
        self._heard = asyncio.Event()
        self._newest: Said | None = None
        self._texts: list[str] = []
        self._old_codes: set[str] = set()
        self._answered_after = 0
        self._apologies = 0
        self._poisoning = False
        self.apologised = False
        """Something that can be said was set aside."""
        self._said: dict[int, int] = {}
        """The message in which each step was answered."""

    def _hear(self, said: Said, new: bool) -> None:
        self._texts.append(said.text)
        self._apologies += APOLOGY in said.text
        if new and not self._of_an_earlier_request(said.text):
            self._newest = said
        self._heard.set()

    def _of_an_earlier_request(self, text: str) -> bool:
        """Whether it tells the number of an earlier call: what was asked below still waits for its answer."""
        earlier = {talk.conversation.script.customer for talk in self.talks[:-1]}
        return any(customer in earlier for _, customer in TOLD_NUMBER.findall(text))

    async def live(self) -> None:
        """One conversation after the other; whoever is stuck stays so."""
        await asyncio.sleep(self._chance.random() * 10)
        if self._world.faults.happens("blocked for a while"):
            self._world.spawn(self._sulk())
        for script in self._scripts:
            talk = Talk(Conversation(script, self.chat_id))
            self.talks.append(talk)
            try:
                await self._hold(talk)
            except Stuck as stuck:
                talk.conversation.stuck = what = str(stuck)
                self._world.trace("person", lambda what=what: f"chat {self.chat_id} is stuck: {what}")  # type: ignore[misc]
                return
            except Restored:
                await self._tap_once_more(talk)
                return
            except Apologised:
                self.apologised = True
                return

    async def _sulk(self) -> None:
        await asyncio.sleep(self._chance.random() * 60)
        self._telegram.block(self.chat_id, blocked=True)
        await asyncio.sleep(self._chance.random() * 100)
        self._telegram.block(self.chat_id, blocked=False)

    async def _hold(self, talk: Talk) -> None:
        self._begin(talk)
        await self._greeted(talk)
        await self._fill(talk)
        if talk.gave_up:
            return
        await self._confirm(talk)

    def _begin(self, talk: Talk) -> None:
        for text in self._chat.texts:
            self._old_codes.update(CODE.findall(text))
        self._texts.clear()
        self._said.clear()
        self._newest = None
        self._say("/start" if len(self.talks) == 1 else "/yeni")

    async def _greeted(self, talk: Talk) -> None:
        """Somebody who was here before may be greeted as the dealer of then."""
        script = talk.conversation.script
        earlier = [other.conversation.script for other in self.talks if other is not talk]
        if earlier and script.steps[0].question == WHO:
            await self._reached(lambda: self._hears(WHO, KNOWN), WHO)
            greeting = self._newest.text if self._newest is not None else ""
            talk.conversation.script = as_greeted(script, greeting, reversed(earlier))

    async def _fill(self, talk: Talk) -> None:
        given, chance = 0, self._chance
        while given < len(talk.conversation.script.steps):
            steps = talk.conversation.script.steps
            await self._asked(talk, steps[given].question, given)
            await self._think()
            if given and chance.random() < 0.03:
                await self._give_up(talk)
                return
            if chance.random() < 0.02:
                await self._poison(talk)
            count = 3 if chance.random() < 0.3 else 1
            for step in steps[given : given + count]:
                self._said[given] = self._say(step.answer)
                given += 1
                if chance.random() < 0.3:
                    await asyncio.sleep(chance.random() * 2)
            if chance.random() < 0.1:
                self._correct(talk, given)
        await self._asked(talk, SUMMARY, given)

    async def _poison(self, talk: Talk) -> None:
        """Say what the bot stumbles over each time, and hear its apology, perhaps more than once."""
        self._poisoning = True
        self._say(POISON)
        await self._reached(lambda: self._hears(APOLOGY), "an apology", again=POISON)
        talk.poisoned = True

    def _correct(self, talk: Talk, given: int) -> bool:
        """Edit the message with the address, if it was sent."""
        at, address, script = corrected(talk.conversation.script, len(talk.tapped) + talk.refusals)
        if at >= given or address == talk.conversation.script.steps[at].answer:
            return False
        talk.conversation.script = script
        self._telegram.edit(self.chat_id, self._said[at], address)
        return True

    async def _give_up(self, talk: Talk) -> None:
        """Give up half-way; both the question whether to and the answer to it may have to be asked for again."""
        talk.gave_up = True
        self._say("/iptal")
        given_up = ("Talepten vazgeçildi", NOTHING_OPEN)
        await self._reached(lambda: self._hears("vazgeçilsin mi", *given_up), "the question back", again="/iptal")
        if self._hears(*given_up):
            return
        await self._think()
        buttons = self._newest.buttons if self._newest is not None else ()
        data = next((data for _, data in buttons if ":yes:" in data), None)
        taps = []
        if self._newest is not None and data is not None and self._chance.random() < 0.5:
            taps.append(self._telegram.tap(self.chat_id, self._newest.message_id, data))
        else:
            self._say("evet")
        await self._reached(lambda: self._hears(*given_up), "giving up", taps, again="/durum")

    async def _confirm(self, talk: Talk) -> None:
        """Tap the summary until there is an end. Raises Stuck."""
        chance = self._chance
        while True:
            await self._reached(
                lambda: self._ended(talk) or self._summary(talk.conversation.script) is not None,
                "the summary as it was answered",
                again="/durum",
            )
            if not self._ended(talk):
                await self._think()
            if self._refused() and talk.refusals < MOST_REFUSALS:
                talk.refusals += 1
                self._after_refusal(talk)
            elif self._ended(talk):
                break
            elif chance.random() < 0.15 and self._correct(talk, len(talk.conversation.script.steps)):
                if chance.random() < 0.5:
                    # The tap on the old summary may overtake the correction.
                    await self._tap_summary(talk, self._any_summary())
            else:
                await self._tap_summary(talk, self._summary(talk.conversation.script))
        if chance.random() < 0.3:
            self._say(chance.choice(("/durum", "teşekkürler", "/iptal", "onayla")))
            await asyncio.sleep(0)

    def _after_refusal(self, talk: Talk) -> None:
        """Correct what Licrus refused, or only look at it once more."""
        if any(TOO_LATE in text for text in self._texts):
            # The tap had overtaken the correction, and they were told so.
            talk.conversation.script = talk.tapped[-1]
        self._newest = None
        self._texts.clear()
        if not (self._chance.random() < 0.6 and self._correct(talk, len(talk.conversation.script.steps))):
            self._say("/start")

    async def _tap_summary(self, talk: Talk, said: Said | None) -> None:
        """Tap this summary, and wait until something comes of it. Raises Stuck."""
        if said is None:
            return
        talk.conversation.confirmed = True
        talk.tapped.append(as_shown(talk.conversation.script, said.text))
        data = next(data for text, data in said.buttons if text == CONFIRM)
        talk.last_tap = (said.message_id, data)
        taps = [self._telegram.tap(self.chat_id, said.message_id, data)]
        if self._chance.random() < 0.4:
            taps.append(self._telegram.tap(self.chat_id, said.message_id, data))
        message_id = said.message_id

        def something() -> bool:
            newer = self._any_summary()
            return self._ended(talk) or (newer is not None and newer.message_id > message_id)

        await self._reached(something, "the end of a confirmed request", taps, again="/durum")

    def _any_summary(self) -> Said | None:
        """The newest summary that has its button."""
        found = [said for said in self._chat.said.values() if any(text == CONFIRM for text, _ in said.buttons)]
        return found[-1] if found else None

    def _summary(self, script: Script) -> Said | None:
        """The newest message, if it is the summary of exactly this."""
        said = self._newest
        if said is None or SUMMARY not in said.text or not any(text == CONFIRM for text, _ in said.buttons):
            return None
        wanted = (str(script.body[name]) for name in ("CustomerFullName", "CustomerAddress", "ProductNameList"))
        return said if all(value in said.text for value in wanted) else None

    def _hears(self, *words: str) -> bool:
        return self._newest is not None and any(word in self._newest.text for word in words)

    def _refused(self) -> bool:
        return any(words in text for text in self._texts for words in REFUSED)

    def _ended(self, talk: Talk) -> bool:
        """Read what became of it."""
        conversation = talk.conversation
        for text in self._texts if talk.tapped else ():
            if self._old_codes.intersection(CODE.findall(text)):
                continue
            for number, customer in TOLD_NUMBER.findall(text):
                if customer == conversation.script.customer:
                    conversation.number = number
            for number in STATE_CREATED.findall(text):
                if number not in self._other_numbers(talk):
                    conversation.number = conversation.number or number
            conversation.unknown |= any(words in text for words in UNKNOWN)
            talk.held |= any(words in text for words in HELD)
        return conversation.number is not None or conversation.unknown or talk.held or self._refused()

    def _other_numbers(self, talk: Talk) -> set[str]:
        """What is known to be the number of another conversation."""
        told = (found for text in self._chat.texts for found in TOLD_NUMBER.findall(text))
        others = {number for number, customer in told if customer != talk.conversation.script.customer}
        return others | {str(other.conversation.number) for other in self.talks if other is not talk}

    def _say(self, text: str) -> int:
        self._answered_after = self._newest.message_id if self._newest is not None else 0
        return self._telegram.text(self.chat_id, text)

    async def _think(self) -> None:
        await asyncio.sleep(self._chance.random() * self._chance.choice((0.5, 5.0, 20.0)))

    async def _asked(self, talk: Talk, question: str, given: int) -> None:
        """Returns when this question is the newest. An answered one that stays is answered again. Raises Stuck."""
        steps = talk.conversation.script.steps[:given]

        def asked() -> bool:
            return self._newest is not None and question in self._newest.text

        def asked_again() -> int | None:
            if self._newest is None or self._newest.message_id <= self._answered_after:
                return None
            text = self._newest.text
            return next((at for at in reversed(range(len(steps))) if steps[at].question in text), None)

        await self._reached(lambda: asked() or asked_again() is not None, question)
        if asked():
            return
        if await self._until(asked, SILENCE_S):
            return
        if self._chat.excused:
            self._chat.excused = self._chat.blocked
            self._say("/start")
        elif (at := asked_again()) is not None:
            talk.conversation.asked_again.append(steps[at].question)
            self._world.trace("person", lambda: f"chat {self.chat_id} is asked again: {steps[at].question}")
            self._said[at] = self._say(steps[at].answer)
        await self._reached(asked, question)

    async def _reached(
        self, reached: Callable[[], bool], what: str, taps: list[Update] | None = None, *, again: str = "/start"
    ) -> None:
        """Wait for it. Whose words Telegram itself threw away asks where they stand; a dead tap is made again."""
        while not await self._until(reached, POKE_AFTER_S if self._chat.excused or taps else PATIENCE_S):
            if taps and all(tap.state == "waiting" for tap in taps):
                continue
            if taps and all(tap.state == "expired" for tap in taps):
                data = taps[0].raw["callback_query"]
                taps = [self._telegram.tap(self.chat_id, data["message"]["message_id"], data["data"])]
            elif self._chat.excused:
                self._chat.excused = self._chat.blocked
                self._say(again)
            elif not await self._until(reached, PATIENCE_S):
                if self._newest is not None and APOLOGY in self._newest.text:
                    # What came after a poison was set aside too, for faults of the history's own.
                    raise Apologised
                raise Stuck(what)
            else:
                return

    async def _until(self, reached: Callable[[], bool], within_s: float) -> bool:
        """Whether it came within so much time without trouble. Raises Restored."""
        loop = self._world.loop
        deadline = max(loop.time(), self._world.calm_at) + within_s
        if self._chat.excused:
            deadline = loop.time() + within_s
        while not reached():
            if self._world.restored:
                raise Restored
            if self._apologies and not self._poisoning:
                raise Apologised
            self._heard.clear()
            try:
                await asyncio.wait_for(self._heard.wait(), min(deadline - loop.time(), 60.0))
            except TimeoutError:
                if loop.time() >= deadline:
                    return reached()
        return True

    async def _tap_once_more(self, talk: Talk) -> None:
        """After the database was put back: whoever had confirmed taps their summary again, as impatient people do."""
        if talk.last_tap is not None:
            for _ in range(2):
                await asyncio.sleep(self._chance.random() * 60)
                self._telegram.tap(self.chat_id, *talk.last_tap)
