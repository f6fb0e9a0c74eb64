"""Adaptation: a recognizer meets pictures unlike those that it learnt from, and learns on.

entry.py, table.py   what a method is given and gives; name -> Entry
bn.py tent.py shot.py dann.py few_labels.py    the methods
origin.py            the recognizer, its net in torch, the data it learnt from
target.py shares.py  the pictures to adapt to, checked; how much of them each class is
memory.py            what is lost of the old data, and how it is kept
choosing.py          which method, and why
adaptation.py        adapt() itself; finishing.py writes its run
"""

from pilgi.learn.adapt.adaptation import AUTO, adapt
from pilgi.learn.adapt.table import METHODS

__all__ = ["AUTO", "METHODS", "adapt"]
