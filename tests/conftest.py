"""What all tests have in common."""

import os

from hypothesis import settings

# The same examples each time: a change fails for what it changed. scripts/fuzz, and
# HYPOTHESIS_PROFILE=default, look for what nobody has thought of.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
