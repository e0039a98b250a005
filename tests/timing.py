"""How long something keeps the processor busy."""

import time
from collections.abc import Callable


def cpu_seconds(act: Callable[[], object]) -> float:
    """Seconds of CPU that it takes, the best of three: a collection of garbage that falls into one is not its own."""

    def once() -> float:
        began = time.process_time()
        act()
        return time.process_time() - began

    return min(once() for _ in range(3))
