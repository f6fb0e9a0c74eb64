"""Training: `train(recipe) -> Run`, and `resume(run) -> Run`."""

from pilgi.learn.train.training import resume, train

__all__ = ["resume", "train"]
