"""What all runs together say: each figure's least, median and most, and the median of the ratios within one round."""

import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.figures import FOREIGN_FROM, Spread, Stretch, spread
from benchmarks.running import Run
from bot.office.charts import Chart, Row, Series, as_png, as_svg, bars

OURS = "devreye"
HOW = "The bot's limits towards Telegram are lifted, the others have none; all else of devreye is as it is by default."
_COLOUR = "#2f6f9f"


def _of_stretch(name: str, read: Callable[[Stretch], float | None]) -> Callable[[Run], float | None]:
    def figure(run: Run) -> float | None:
        found: Stretch | None = getattr(run, name)
        return None if found is None else read(found)

    return figure


def _wait(name: str, whose: str, part: str) -> Callable[[Run], float | None]:
    def figure(run: Run) -> float | None:
        waits = getattr(getattr(run, name), whose, None)
        return None if waits is None else float(getattr(waits, part))

    return figure


FIGURES: Mapping[str, Callable[[Run], float | None]] = {
    "updates/s": _of_stretch("saturated", lambda s: s.per_s),
    "CPU ms": _of_stretch("saturated", lambda s: s.cpu_ms),
    "user ms": _of_stretch("saturated", lambda s: s.user_ms),
    "system ms": _of_stretch("saturated", lambda s: s.system_ms),
    "servers' CPU ms": _of_stretch("saturated", lambda s: s.servers_ms),
    "p50 ms": _wait("saturated", "answers", "p50"),
    "p99 ms": _wait("saturated", "answers", "p99"),
    "max ms": _wait("saturated", "answers", "most"),
    "half p50 ms": _wait("half", "answers", "p50"),
    "half p99 ms": _wait("half", "answers", "p99"),
    "half max ms": _wait("half", "answers", "most"),
    "call number p99 ms": _wait("half", "results", "p99"),
    "bytes written": _of_stretch("saturated", lambda s: s.written),
    "servers' bytes": _of_stretch("saturated", lambda s: s.servers_written),
    "RSS MiB": _of_stretch("saturated", lambda s: s.resident / 2**20),
    "start s": lambda run: run.start_s,
    "start CPU s": lambda run: run.start_cpu_s,
    "load's core": _of_stretch("saturated", lambda s: s.load),
    "others": _of_stretch("saturated", lambda s: s.others),
}
"""Each figure of a run: CPU, bytes for each update; waits from when an update was due to its answer."""

Key = tuple[str, str]
"""Contestant and kind."""

AT_LEAST: Mapping[Key, float] = {
    ("python-telegram-bot", "whole"): 8.0,
    ("aiogram", "whole"): 8.0,
    ("grammy", "whole"): 4.0,
    ("telegraf", "whole"): 2.5,
    ("python-telegram-bot", "questions"): 15.0,
}
"""How many times as many updates a second as these."""
AT_MOST: Mapping[Key, float] = {
    ("half p99 ms", "whole"): 10.0,
    ("half p99 ms", "questions"): 10.0,
    ("start s", "whole"): 1.0,
}
"""Figures of our own, and kinds."""


def keys(runs: Sequence[Run]) -> list[Key]:
    """In the order of the first round."""
    return list(dict.fromkeys((run.contestant, run.kind) for run in runs))


def good(runs: Sequence[Run], key: Key) -> list[Run]:
    """The runs that are a result."""
    return [run for run in runs if (run.contestant, run.kind) == key and not run.failures and run.saturated]


def spreads(runs: Sequence[Run], key: Key) -> dict[str, Spread]:
    """Every figure of a contestant and kind over all rounds."""
    found = {}
    for name, read in FIGURES.items():
        values = [value for run in good(runs, key) if (value := read(run)) is not None]
        if values:
            found[name] = spread(values)
    return found


def ratios(runs: Sequence[Run], figure: str, ours: str = OURS) -> dict[Key, float]:
    """How many times as much of a figure we have as each other, of the same kind (a floor has one only).

    The median over the rounds that both finished.
    """
    read, found = FIGURES[figure], {}
    kinds = dict.fromkeys(run.kind for run in runs if run.contestant == ours)
    for other, other_kind in keys(runs):
        for kind in kinds:
            if other == ours or other_kind not in (kind, "floor"):
                continue
            mine = {run.round: read(run) for run in good(runs, (ours, kind))}
            theirs = {run.round: read(run) for run in good(runs, (other, other_kind))}
            both = [
                value / against
                for number, value in mine.items()
                if value is not None and (against := theirs.get(number))
            ]
            if both:
                found[other, kind] = statistics.median(both)
    return found


def goals(runs: Sequence[Run]) -> list[str]:
    """Each goal that something was measured for: what is wanted, what was found, and whether that is enough."""
    lines = []
    times = ratios(runs, "updates/s")
    for (other, kind), least in AT_LEAST.items():
        if (found := times.get((other, kind))) is not None:
            lines.append(_goal(f"updates/s, {kind}, times {other}", f"at least {least:g}", found, found >= least))
    for (figure, kind), most in AT_MOST.items():
        if (over := spreads(runs, (OURS, kind)).get(figure)) is not None:
            lines.append(_goal(f"{figure}, {kind}", f"under {most:g}", over.median, over.median < most))
    return lines


def _goal(what: str, wanted: str, found: float, met: bool) -> str:
    return f"  {what:44}{wanted:>14}{_told(found):>12}  {'met' if met else 'NOT MET'}"


def as_text(runs: Sequence[Run]) -> list[str]:
    """The lines that are printed."""
    lines = []
    for key in keys(runs):
        lines += [
            "",
            f"{key[0]}, {key[1]}: {len(good(runs, key))} good runs",
            f"{'':24}{'least':>12}{'median':>12}{'most':>12}",
        ]
        lines += [
            f"  {name:22}{_told(over.least):>12}{_told(over.median):>12}{_told(over.most):>12}"
            for name, over in spreads(runs, key).items()
        ]
        lines += [
            f"  NO RESULT in round {run.round}: {run.failures} {run.examples}"
            for run in runs
            if run.failures and (run.contestant, run.kind) == key
        ]
    if any(run.contestant == OURS for run in runs):
        lines += [
            "",
            f"{OURS} against each, median of the ratios within one round",
            f"{'':36}{'updates/s':>12}{'CPU':>12}",
        ]
        cpu = ratios(runs, "CPU ms")
        lines += [
            f"  {other:22}{kind:12}{ratio:>12.2f}{cpu.get((other, kind), 0.0):>12.3f}"
            for (other, kind), ratio in ratios(runs, "updates/s").items()
        ]
    if wanted := goals(runs):
        lines += ["", "goals, by medians", *wanted]
    lines += ["", HOW]
    if any(run.saturated and run.saturated.others > FOREIGN_FROM for run in runs):
        lines += [
            "",
            "Taken beside other work on the bot's core: rates and waits say little, CPU is somewhat too high.",
        ]
    return lines


def _told(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def as_json(runs: Sequence[Run], plan: Mapping[str, Any]) -> dict[str, Any]:
    """All of it: the machine, how it was run, every run, and what they say together."""
    return {
        "machine": machine(),
        "plan": dict(plan),
        "figures": {
            f"{name}/{kind}": {figure: asdict(over) for figure, over in spreads(runs, (name, kind)).items()}
            for name, kind in keys(runs)
        },
        "ratios": {
            figure: {f"{name}/{kind}": round(ratio, 3) for (name, kind), ratio in ratios(runs, figure).items()}
            for figure in ("updates/s", "CPU ms")
        },
        "runs": [asdict(run) for run in runs],
    }


def machine() -> dict[str, str]:
    """Where this was measured, without its name."""
    model = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        model = next(
            (line.partition(":")[2].strip() for line in cpus.read_text().splitlines() if line.startswith("model name")),
            model,
        )
    return {
        "processor": model,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def write_charts(runs: Sequence[Run], folder: Path) -> list[Path]:
    """A chart of each of the figures worth one, as SVG and PNG."""
    written = []
    for name, figure, unit in (
        ("throughput", "updates/s", "updates/s"),
        ("cpu", "CPU ms", "ms of CPU an update"),
        ("latency", "half p99 ms", "ms, p99 at half of the saturation"),
        ("memory", "RSS MiB", "MiB"),
    ):
        for kind in dict.fromkeys(run.kind for run in runs if run.kind != "floor"):
            drawn = chart(runs, kind, figure, unit)
            for suffix, data in ((".svg", as_svg(drawn).encode()), (".png", as_png(drawn))):
                path = folder / f"{name}-{kind}{suffix}"
                path.write_bytes(data)
                written.append(path)
    return written


def chart(runs: Sequence[Run], kind: str, figure: str, unit: str) -> Chart:
    """The median of one figure of everybody who ran this kind, the floors included."""
    rows = []
    for key in keys(runs):
        over = spreads(runs, key).get(figure) if key[1] in (kind, "floor") else None
        if over is not None:
            # A bar is a whole number of something: thousandths, so that a small figure has one too.
            told = f"{_told(over.median)} ({_told(over.least)}-{_told(over.most)})"
            rows.append(Row(key[0], (round(over.median * 1000),), told, marked=key[0] == OURS))
    titles = {"whole": "whole conversation", "questions": "questions alone"}
    return bars(f"{unit}: {titles.get(kind, kind)}", (Series(figure, _COLOUR),), rows)
