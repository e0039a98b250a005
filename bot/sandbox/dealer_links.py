"""The links that people have on paper or were sent: a dealer's printed sticker, and an invitation to be that dealer."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import ControlError


@dataclass(frozen=True, slots=True)
class DealerLinks:
    """A dealer's sticker and invitation as links to the bot. `draw` makes the picture of the sticker, a PNG."""

    dealer: str
    sticker: str
    invitation: str
    draw: Callable[[], bytes]

    def page(self) -> dict[str, Any]:
        """The links as the control API tells them."""
        return {"dealer": self.dealer, "sticker": self.sticker, "invitation": self.invitation}

    async def picture(self) -> bytes:
        """The sticker as PNG."""
        return await asyncio.to_thread(self.draw)


def of_dealer(known: dict[str, DealerLinks], dealer: str) -> DealerLinks:
    """The links of that dealer; raises ControlError."""
    if dealer not in known:
        raise ControlError("There is no such dealer.", status=404)
    return known[dealer]
