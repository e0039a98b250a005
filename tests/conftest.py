"""How the random tests run: the same examples each time, so that what fails today fails tomorrow.

`HYPOTHESIS_PROFILE=exploring` (or `make explore`) looks for new ones instead, and prints how to repeat what it found.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.databases import ON_POSTGRESQL, end_of_test

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(autouse=True)
def _databases_go() -> Iterator[None]:
    yield
    end_of_test()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is only about the one database is not run on the other."""
    for item in items:
        for name, here in (("only_on_sqlite", not ON_POSTGRESQL), ("only_on_postgresql", ON_POSTGRESQL)):
            marker = item.get_closest_marker(name)
            if marker is not None and not here:
                item.add_marker(pytest.mark.skip(reason=str(marker.kwargs["reason"])))
