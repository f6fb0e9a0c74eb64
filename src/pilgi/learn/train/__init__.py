"""Training: `train(recipe) -> Run`, `resume(run)`, `complete`, and `cross_validate`.

`launch` is where a program starts any of them, torchrun's processes included.
"""

from pilgi.learn.train.complete import complete, complete_all, folder_of_runs, refuse_another
from pilgi.learn.train.folds import cross_validate, resume_folds
from pilgi.learn.train.launch import launch, relaunch
from pilgi.learn.train.parallel import joined
from pilgi.learn.train.training import assist, assist_resumed, rehearse, resume, train

__all__ = [
    "assist",
    "assist_resumed",
    "complete",
    "complete_all",
    "cross_validate",
    "folder_of_runs",
    "joined",
    "launch",
    "refuse_another",
    "rehearse",
    "relaunch",
    "resume",
    "resume_folds",
    "train",
]
