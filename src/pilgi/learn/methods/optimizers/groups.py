"""What every optimizer's options and builder share."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from pydantic import Field
from torch.optim import Optimizer

Groups = Sequence[dict[str, Any]]
BuildOptimizer = Callable[[Any, Groups], Optimizer]

Rate = Annotated[float, Field(gt=0)]
Decay = Annotated[float, Field(ge=0)]
Coefficient = Annotated[float, Field(ge=0, lt=1)]
