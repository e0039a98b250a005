"""Opens the port for whoever watches. Nobody who is not watched loads what the numbers are counted with."""

import logging
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.listening import Listener
from bot.parts import Parts
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.watching.watch import Watch


async def open_watch(settings: Settings, role: str, parts: Parts, clock: Callable[[], float]) -> "Watch | None":
    """What is seen of this process from now on, until `parts` end; None where no port is set. Raises OSError."""
    if settings.monitoring_port is None:
        return None
    from bot.watching.metrics import Metrics
    from bot.watching.watch import Watch

    watch = Watch(Metrics(version("devreye"), role), settings.data_folder, clock)
    listener = Listener(watch, settings.monitoring_host, settings.monitoring_port)
    listener.open()
    counter = watch.metrics.log_counter()
    logging.getLogger().addHandler(counter)
    parts.add(partial(_taken_off, counter))
    parts.run(listener.run(), listener.stop, "monitoring", last=True)
    await listener.started()
    return watch


async def _taken_off(handler: logging.Handler) -> None:
    logging.getLogger().removeHandler(handler)
