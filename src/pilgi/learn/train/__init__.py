"""Training: `train(recipe) -> Run`, `resume(run)`, `complete`, and `cross_validate`."""

from pilgi.learn.train.complete import complete
from pilgi.learn.train.folds import cross_validate, resume_folds
from pilgi.learn.train.parallel import joined
from pilgi.learn.train.training import assist, assist_resumed, resume, train

__all__ = [
    "assist",
    "assist_resumed",
    "complete",
    "cross_validate",
    "joined",
    "resume",
    "resume_folds",
    "train",
]
