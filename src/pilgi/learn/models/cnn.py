"""The convolutional net: blocks of convolution, norm, activation, pooling; then dense layers."""

from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field
from pydantic.dataclasses import dataclass as validated
from torch import nn

from pilgi.errors import RecipeError
from pilgi.learn.methods.entry import STRICT, construct
from pilgi.learn.models.edges import Edges, edges_shape
from pilgi.learn.models.parts import (
    HE_NORMAL,
    RELU,
    ZEROS,
    Activation,
    BiasInitializer,
    Initializer,
    Place,
    Share,
    Width,
    activation,
    batch_norm,
    dense_stages,
    dropout,
    pieces,
)
from pilgi.learn.models.upright import Upright
from pilgi.learn.models.whitening import Whitening

Side = Annotated[int, Field(gt=0, le=64)]


@validated(frozen=True, config=STRICT)
class BlockOptions:
    """channels: filters. kernel, stride: pixels. padding: zeros around, (kernel - 1) // 2 or none.

    pool: the side of the max pooling after the activation, 1 for none. dropout: share silenced.
    norm: batch norm before the pooling, after it, or both.
    separable: one kernel a channel, then 1x1 filters that mix the channels.
    whitening: first block only; filters are the pictures' principal components, fixed, no norm.
    """

    channels: Width
    kernel: Side = 3
    stride: Side = 1
    padding: Literal["same", "valid"] = "same"
    pool: Side = 1
    norm: Literal["before", "after", "both"] = "before"
    dropout: Share = 0.0
    separable: bool = False
    whitening: bool = False


def _block(value: Any) -> Any:
    return construct(BlockOptions, value) if isinstance(value, dict) else value


Block = Annotated[BlockOptions, BeforeValidator(_block)]


@validated(frozen=True, config=STRICT)
class CnnOptions:
    """blocks: the convolutions. head: how pictures become vectors. hidden: dense layers' units.

    dropout: the share of each dense layer's units silenced in training; dropout_place: before or
    after the activation. upright: pictures are made upright first, see `Upright`; they must be on
    black, so with scale = "unit". edges: the blocks see the slopes of the ink, see `Edges`.
    """

    blocks: Annotated[tuple[Block, ...], Field(min_length=1)] = (
        BlockOptions(32, pool=2),
        BlockOptions(64, pool=2),
    )
    head: Literal["flatten", "average", "max"] = "flatten"
    hidden: tuple[Width, ...] = ()
    activation: Activation = RELU
    initializer: Initializer = HE_NORMAL
    bias_initializer: BiasInitializer = ZEROS
    batch_norm: bool = True
    dropout: Share = 0.0
    dropout_place: Place = "after"
    upright: bool = False
    edges: bool = False


MONOTONE: Final = ("relu", "leaky_relu", "elu", "selu", "sigmoid", "tanh")
"""Activations that commute with max pooling: the same numbers from fewer of them."""

_HEADS: Final = {"average": nn.AvgPool2d, "max": nn.MaxPool2d}


def cnn(options: CnnOptions, shape: tuple[int, ...], classes: int) -> nn.Sequential:
    """Return the blocks, the head and the dense layers as one sequence.

    Raises RecipeError where a block leaves no picture.
    """
    if options.blocks[0].whitening and (options.upright or options.edges):
        raise RecipeError(
            "model.blocks: a whitening block is computed from the pictures themselves; leave out "
            "upright and edges"
        )
    stages: list[nn.Module] = [Upright()] if options.upright else []
    if options.edges:
        stages, shape = [*stages, Edges()], edges_shape(shape)
    channels, side = shape[0], shape[1:]
    for number, block in enumerate(options.blocks, 1):
        _check_place(block, number)
        stages += _block_stages(block, channels, options)
        channels, side = block.channels, tuple(_shrink(length, block) for length in side)
        if min(side) < 1:
            raise RecipeError(
                f"model.blocks: block {number} leaves a picture of {side[0]}x{side[1]}; "
                "use fewer strides, pools or a smaller kernel"
            )
    if options.head != "flatten":
        stages.append(_HEADS[options.head]((side[0], side[1])))
        side = (1, 1)
    widths = (channels * side[0] * side[1], *options.hidden)
    dense = [*dense_stages(widths, options), nn.Linear(widths[-1], classes)]
    return nn.Sequential(*stages, nn.Flatten(), *dense)


def _check_place(block: BlockOptions, number: int) -> None:
    if block.whitening and block.separable:
        raise RecipeError("model.blocks: a whitening block is one computed layer, not separable")
    if block.whitening and number > 1:
        raise RecipeError(
            f"model.blocks: block {number} cannot be whitening, which is computed from pictures; "
            "only the first block sees them"
        )


def _block_stages(block: BlockOptions, channels: int, options: CnnOptions) -> list[nn.Module]:
    filters = block.channels * pieces(options.activation)
    normed = options.batch_norm and not block.whitening
    rest = _rest(block, options, filters, normed)
    last = dropout(block.dropout, block.channels, flat=False)
    return [*_convolutions(block, channels, filters, bias=not normed), *rest, *last]


def _convolutions(
    block: BlockOptions, channels: int, filters: int, *, bias: bool
) -> list[nn.Module]:
    window = (block.kernel, block.stride, _padding(block))
    if block.whitening:
        return [Whitening(channels, filters, *window)]
    if not block.separable:
        return [nn.Conv2d(channels, filters, *window, bias=bias)]
    # Nothing stands between the two, so a bias of the first would be one of the second.
    each = nn.Conv2d(channels, channels, *window, groups=channels, bias=False)
    return [each, nn.Conv2d(channels, filters, 1, bias=bias)]


def _rest(block: BlockOptions, options: CnnOptions, filters: int, normed: bool) -> list[nn.Module]:
    """Return norm, pooling and activation in the block's order."""
    act, pool = activation(options.activation), _pool(block)
    norm = [batch_norm(filters, flat=False)] if normed else []
    if block.norm == "after":
        return [*pool, *norm, act]
    pooled = [*pool, act] if options.activation.name in MONOTONE else [act, *pool]
    again = [batch_norm(block.channels, flat=False)] if normed and block.norm == "both" else []
    return [*norm, *pooled, *again]


def _pool(block: BlockOptions) -> list[nn.Module]:
    return [nn.MaxPool2d(block.pool)] if block.pool > 1 else []


def _padding(block: BlockOptions) -> int:
    return (block.kernel - 1) // 2 if block.padding == "same" else 0


def _shrink(length: int, block: BlockOptions) -> int:
    """Return a side's length after the block."""
    convolved = (length + 2 * _padding(block) - block.kernel) // block.stride + 1
    return convolved // block.pool
