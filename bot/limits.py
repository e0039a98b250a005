"""How many updates one person may bring in a minute. Pure: the caller keeps the window with what the update changed."""

from dataclasses import dataclass
from typing import Literal

WINDOW_S = 60.0

Verdict = Literal["take", "warn", "ignore"]


@dataclass(frozen=True, slots=True)
class Window:
    """A minute that began with an update at `began_at`, in seconds since 1970, and how many it has brought."""

    began_at: float | None = None
    updates: int = 0


def count(window: Window, now: float, limit: int) -> tuple[Window, Verdict]:
    """The window after one more update, and what is done with that: the first past the limit is warned about.

    A clock that is a little behind, another machine's say, is still in the same minute; one that was set back for good
    locks nobody out.
    """
    if window.began_at is None or abs(now - window.began_at) >= WINDOW_S:
        return Window(now, 1), "take"
    if window.updates > limit:
        return window, "ignore"
    updates = window.updates + 1
    return Window(window.began_at, updates), "take" if updates <= limit else "warn"
