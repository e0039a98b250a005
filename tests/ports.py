"""Ports for servers that the tests start and stop."""

import contextlib
import random
import socket


def free_port() -> int:
    """A free port below those that the system gives to connections: none of them may take it in the meantime."""
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
