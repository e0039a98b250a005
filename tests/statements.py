"""What a test wants to know, or to do, before each statement that is sent to a database."""

from collections.abc import Callable, Mapping
from typing import Any
from unittest import mock

import sqlalchemy as sa

from bot.storage import prepared


def watch(engine: sa.Engine, hook: Callable[[Any, str], None]) -> Callable[[], None]:
    """Have `hook` called with the driver's connection and the statement, whichever way that is run; what ends it."""
    run = prepared.by_driver

    def of_sqlalchemy(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        hook(cursor.connection, statement)

    def of_ours(driver: Any, text: str, values: Mapping[str, Any]) -> Any:
        hook(driver, text)
        return run(driver, text, values)

    patch = mock.patch.object(prepared, "by_driver", of_ours)
    sa.event.listen(engine, "before_cursor_execute", of_sqlalchemy)
    patch.start()

    def stop() -> None:
        patch.stop()
        sa.event.remove(engine, "before_cursor_execute", of_sqlalchemy)

    return stop
