"""How the random tests run: the same examples each time, so that what fails today fails tomorrow.

`HYPOTHESIS_PROFILE=exploring` (or `make explore`) looks for new ones instead, and prints how to repeat what it found.
"""

import os

from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
