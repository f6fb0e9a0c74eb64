"""The learning wing: the only one that knows torch."""

import os
from typing import Final

PATIENCE: Final = "2500"
"""How often a thread of libgomp, PyTorch's on Linux, looks for work before it sleeps."""

# By default it looks 300,000 times, milliseconds: where another program has a core, those threads
# that have one spend it waiting for those that have none. libgomp reads this as it is loaded.
if "OMP_WAIT_POLICY" not in os.environ:
    os.environ.setdefault("GOMP_SPINCOUNT", PATIENCE)
