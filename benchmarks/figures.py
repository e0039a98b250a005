"""From what was read to figures: rates, CPU for each update, percentiles, and medians of ratios. Pure."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.processes import Moment

FOREIGN_FROM = 0.05
"""From this part of the bot's core on that others used, a figure was taken beside other work."""


@dataclass(frozen=True, slots=True)
class Latencies:
    """In milliseconds."""

    p50: float
    p99: float
    most: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a stretch of a run has shown. CPU and bytes are per update; `others` is the part of the bot's core that
    somebody else used, `load` the load's part of its own core.
    """

    updates: int
    seconds: float
    per_s: float
    user_ms: float
    system_ms: float
    servers_ms: float
    written: float
    servers_written: float
    resident: int
    answers: Latencies | None
    results: Latencies | None
    load: float
    others: float

    @property
    def cpu_ms(self) -> float:
        return self.user_ms + self.system_ms


def latencies(seconds: Iterable[float]) -> Latencies | None:
    """Of so many waits in seconds; None where there was none."""
    ordered = sorted(seconds)
    if not ordered:
        return None
    return Latencies(*(round(1000 * value, 3) for value in (_at(ordered, 0.5), _at(ordered, 0.99), ordered[-1])))


def _at(ordered: Sequence[float], part: float) -> float:
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def stretch(
    began: Moment, ended: Moment, updates: int, answers: Latencies | None, results: Latencies | None
) -> Stretch:
    """Between two moments."""
    seconds = ended.at - began.at
    bot, servers = ended.bot.since(began.bot), ended.servers.since(began.servers)
    per_update = max(updates, 1)
    used = bot.user_s + bot.system_s
    return Stretch(
        updates,
        round(seconds, 4),
        round(updates / seconds, 1),
        round(1000 * bot.user_s / per_update, 4),
        round(1000 * bot.system_s / per_update, 4),
        round(1000 * (servers.user_s + servers.system_s) / per_update, 4),
        round(bot.written / per_update),
        round(servers.written / per_update),
        bot.resident,
        answers,
        results,
        round((ended.load_s - began.load_s) / seconds, 3),
        round(max(ended.busy_s - began.busy_s - used, 0.0) / seconds, 3),
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """Of a figure over the runs."""

    least: float
    median: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """Of at least one value. Raises ValueError where there is none."""
    return Spread(min(values), statistics.median(values), max(values))
