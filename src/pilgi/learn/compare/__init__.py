"""Does it help, or was it luck? Many runs with the same seeds, and what their differences say.

settings.py    lists of values as typed        arms.py        recipes that differ in what is varied
plan.py        which runs, in which folder     task.py        one run, gone on with or done again
local.py       processes on this machine       cluster.py     a Ray cluster
comparison.py  scores and differences          verdict.py     a difference in a plain sentence
running.py     compare() itself
comparison_page.py  comparison.html            charts.py      its curves and its intervals
tune.py        a search on validation          space.py       what it searches
"""

from pilgi.learn.compare.arms import Arm, vary
from pilgi.learn.compare.cluster import Cluster
from pilgi.learn.compare.comparison import Comparison
from pilgi.learn.compare.local import Local
from pilgi.learn.compare.running import compare
from pilgi.learn.compare.task import Workers

__all__ = ["Arm", "Cluster", "Comparison", "Local", "Workers", "compare", "vary"]
