from collections import Counter
from itertools import pairwise

import numpy as np

from pilgi import ink
from pilgi.export.ink_graph.proving import pictures


def test_the_proof_s_pictures_need_every_step_of_the_spec():
    changed = Counter[str]()
    for picture in pictures():
        seen = list(ink.trace(picture))
        for (_, before), (name, after) in pairwise(seen):
            changed[name] += not np.array_equal(before, after)
    needed = {name for name, count in changed.items() if count}
    assert needed == {name for name, _ in ink.trace(pictures()[0])} - {"grey"}
    assert len(pictures()) == 40
