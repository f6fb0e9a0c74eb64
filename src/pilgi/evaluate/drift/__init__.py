"""Without labels: is this data what the recognizer knows, and how often will it be right?

known.py       labelled pictures that it never learnt from, and shifts of them
estimate.py    confidence, corrected by these shifts -> accuracy with an interval
energy.py      do two samples differ, and which pictures lie farthest
comparison.py  drift() itself
"""

from pilgi.evaluate.drift.comparison import Drift, Nearness, Strange, drift
from pilgi.evaluate.drift.estimate import Estimate

__all__ = ["Drift", "Estimate", "Nearness", "Strange", "drift"]
