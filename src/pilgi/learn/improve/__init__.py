"""Recognizers made from recognizers.

members.py   what is named on the command line -> recognizers
merge.py     their graphs -> one graph
distill.py   a recipe that learns from a teacher
ensemble.py  ensemble() itself: one recognizer, its calibration, what each member adds
"""

from pilgi.learn.improve.distill import distilled
from pilgi.learn.improve.ensemble import Contribution, Ensemble, ensemble
from pilgi.learn.improve.members import find_members, plan_members, train_members
from pilgi.learn.improve.merge import COMBINATIONS

__all__ = [
    "COMBINATIONS",
    "Contribution",
    "Ensemble",
    "distilled",
    "ensemble",
    "find_members",
    "plan_members",
    "train_members",
]
