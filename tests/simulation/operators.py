"""An operator who settles what needs a person: looks in Licrus, and decides by what is there."""

import asyncio
import random
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tests.simulation.telegram import OPERATORS, Said

if TYPE_CHECKING:
    from tests.simulation.world import World

OPERATOR = 900
OPENED, NOT_OPENED = "Açıldı: numarayı yazın", "Açılmadı: yeniden gönder"
ASKED = "Çağrı numarası beklenen talep: "
CUSTOMER = re.compile(r"^Müşteri: (.+)$", re.MULTILINE)
CODE = re.compile(r"D-[0-9A-Z]{4,}")
MOST_LOOKS = 8
LOOKS_AFTER_S = (20.0, 240.0)
ASKED_WITHIN_S = 60.0


class Operator:
    """One member of the operators' group. `resent`: when they had a customer's request sent again."""

    def __init__(self, world: "World", chance: random.Random) -> None:
        self.resent: dict[str, list[float]] = defaultdict(list)
        self.busy = 0
        self._world = world
        self._chance = chance
        self._asked: dict[str, Said] = {}
        world.telegram.chat(OPERATORS).hear = self._hear

    def _hear(self, said: Said, new: bool) -> None:
        code = CODE.search(said.text)
        if said.text.startswith(ASKED) and code is not None:
            self._asked[code[0]] = said
        elif new and code is not None and any(label == OPENED for label, _ in said.buttons):
            self.busy += 1
            self._world.spawn(self._settle(said, code[0]))

    async def _settle(self, card: Said, code: str) -> None:
        """Look at this card until nothing is left to decide on it; not for ever."""
        for _ in range(MOST_LOOKS):
            await asyncio.sleep(self._chance.uniform(*LOOKS_AFTER_S))
            buttons = dict(card.buttons)
            customer = CUSTOMER.search(card.text)
            if OPENED not in buttons or customer is None:
                break
            number = self._look(customer[1])
            if number:
                await self._type(card, code, buttons[OPENED], number)
            elif NOT_OPENED in buttons:
                self.resent[customer[1]].append(self._world.loop.time())
                self._world.telegram.tap(OPERATORS, card.message_id, buttons[NOT_OPENED], OPERATOR)
        self.busy -= 1

    def _look(self, customer: str) -> str:
        """The number of this customer's call; "" where Licrus has none."""
        calls = (e.call_number for e in self._world.licrus.exchanges if e.parsed["CustomerFullName"] == customer)
        return next(filter(None, calls), "")

    async def _type(self, card: Said, code: str, data: str, number: str) -> None:
        self._asked.pop(code, None)
        self._world.telegram.tap(OPERATORS, card.message_id, data, OPERATOR)
        for _ in range(int(ASKED_WITHIN_S)):
            await asyncio.sleep(1)
            if code in self._asked:
                self._world.telegram.reply(OPERATORS, self._asked[code], number, OPERATOR)
                return
