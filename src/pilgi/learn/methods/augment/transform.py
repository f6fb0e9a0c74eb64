"""What a transform is: a batch and its targets in, the same shapes out."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field
from torch import Generator, Tensor

Transform = Callable[[Tensor, Tensor, Generator], tuple[Tensor, Tensor]]
BuildAugmentation = Callable[[Any], Transform]

Share = Annotated[float, Field(ge=0, le=1)]
