"""What every optimizer's options and builder share."""

from collections.abc import Callable, Sequence
from inspect import unwrap
from typing import Annotated, Any, Final, TypeVar, cast

import torch
from pydantic import Field
from torch.optim import Optimizer

Groups = Sequence[dict[str, Any]]
BuildOptimizer = Callable[[Any, Groups], Optimizer]

Rate = Annotated[float, Field(gt=0)]
Decay = Annotated[float, Field(ge=0)]
Coefficient = Annotated[float, Field(ge=0, lt=1)]

Kind = TypeVar("Kind", bound=type[Optimizer])

WRAPPED: Final = ("add_param_group", "load_state_dict", "state_dict", "zero_grad")
"""What torch wraps for `torch.compile`, beside the step."""


def uncompiled(kind: Kind) -> Kind:
    """Return `kind` as it is within torch's wrappers for `torch.compile`, the same to the bit.

    They import a compiler at their first call, which takes longer than many a net needs to learn.
    """
    bare = {name: unwrap(getattr(kind, name)) for name in WRAPPED}
    step = torch.no_grad()(unwrap(kind.step))
    return cast(Kind, type(kind.__name__, (kind,), {**bare, "step": step}))
