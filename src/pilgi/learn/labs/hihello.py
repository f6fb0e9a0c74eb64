"""hihello: an LSTM reads "hihell" letter by letter and learns to say the next one each time.

i, f, o = sigmoid(W x + U h + b), g = tanh(W x + U h + b), one W, U, b each; c = f c + i g;
h = o tanh(c); p = softmax(V h + d). "h" must give "i" first and "e" later, so the state has to
remember where it is. Weights start as TensorFlow's own LSTM cell starts them (inferred): Glorot
uniform over inputs and state together, biases 0, the forget gate's 1; its draws cannot be had
here, so losses agree with the course's in size, not in digits.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass as validated
from torch import Tensor, nn
from torch.nn import functional

from pilgi.learn import rng
from pilgi.learn.labs.canvas import Canvas, Words, bare
from pilgi.learn.labs.lab import Findings, Table, finite
from pilgi.learn.methods.entry import STRICT
from pilgi.learn.methods.optimizers.groups import uncompiled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LETTERS: Final = "hielo"
READ: Final = "hihell"
SAID: Final = "ihello"
FORGET: Final = 1
"""The forget gate's place among torch's four: input, forget, cell, output."""


@validated(frozen=True, config=STRICT)
class HihelloOptions:
    """hidden: LSTM units. learning_rate, steps: of Adam. seed: of the initial weights."""

    hidden: Annotated[int, Field(ge=1, le=256)] = 5
    learning_rate: Annotated[float, Field(gt=0, le=10)] = 0.1
    steps: Annotated[int, Field(ge=1, le=5000)] = 50
    seed: Annotated[int, Field(ge=0)] = 777


class Reader(nn.Module):
    """Logits (6, 5) of one-hot letters (6, 5): an LSTM and a dense layer."""

    def __init__(self, options: HihelloOptions) -> None:
        super().__init__()
        self.lstm = nn.LSTM(len(LETTERS), options.hidden)
        self.dense = nn.Linear(options.hidden, len(LETTERS))
        _initialize(self, options)

    def forward(self, letters: Tensor) -> Tensor:
        """Return the logits of the letter that comes after each."""
        states, _ = self.lstm(letters)
        logits: Tensor = self.dense(states)
        return logits


def _initialize(reader: Reader, options: HihelloOptions) -> None:
    """Fill the weights; torch's second bias stays 0 and is not learnt, as it is one too many."""
    joint = torch.empty(4 * options.hidden, len(LETTERS) + options.hidden)
    nn.init.xavier_uniform_(joint, generator=rng.generator(options.seed, "weights", 0))
    dense = reader.dense
    nn.init.xavier_uniform_(dense.weight, generator=rng.generator(options.seed, "weights", 1))
    nn.init.zeros_(dense.bias)
    lstm = dict(reader.lstm.named_parameters())
    with torch.no_grad():
        lstm["weight_ih_l0"].copy_(joint[:, : len(LETTERS)])
        lstm["weight_hh_l0"].copy_(joint[:, len(LETTERS) :])
        lstm["bias_ih_l0"].zero_()
        lstm["bias_ih_l0"][FORGET * options.hidden :][: options.hidden] = 1.0
        lstm["bias_hh_l0"].zero_()
    lstm["bias_hh_l0"].requires_grad_(False)


def one_hot(word: str) -> Tensor:
    """Return (letters, 5), 1 at each letter's place."""
    return functional.one_hot(_indices(word), len(LETTERS)).float()


def _indices(word: str) -> Tensor:
    return torch.tensor([LETTERS.index(letter) for letter in word])


@dataclass(frozen=True)
class History:
    """The loss and what the net would say, before each step."""

    losses: list[float]
    said: list[str]


def learn(options: HihelloOptions) -> History:
    """Train with Adam on the mean cross entropy of the six letters."""
    reader = Reader(options)
    learnt = [weight for weight in reader.parameters() if weight.requires_grad]
    adam = uncompiled(torch.optim.Adam)(learnt, lr=options.learning_rate)
    letters, target = one_hot(READ), _indices(SAID)
    losses, said = [], []
    for step in range(options.steps):
        logits = reader(letters)
        loss = functional.cross_entropy(logits, target)
        losses.append(finite(loss.item(), step))
        said.append(_word(logits))
        adam.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        adam.step()
    return History(losses, said)


def _word(logits: Tensor) -> str:
    return "".join(LETTERS[index] for index in logits.argmax(dim=1).tolist())


def run(options: HihelloOptions, canvas: Canvas | None) -> Findings:
    """Train and say the string before each step."""
    history = learn(options)
    last = options.steps - 1
    kept = sorted({*range(0, last, max(1, last // 10)), last})
    rows = tuple((str(step), f"{history.losses[step]:.4f}", history.said[step]) for step in kept)
    figures = {
        "said": history.said[-1],
        "loss_first": history.losses[0],
        "loss_last": history.losses[-1],
        "losses": history.losses,
        "strings": history.said,
    }
    ours = (
        f'"{history.said[-1]}"; loss {history.losses[0]:.3f} at step 0, '
        f"{history.losses[-1]:.4f} at step {last}"
    )
    return Findings(
        figures,
        ours,
        (Table(("step>", "loss>", "says"), rows),),
        pictures={"hihello": draw(history, canvas)} if canvas else {},
    )


SHOWN: Final = 50
"""Strings that one picture has room for."""


def draw(history: History, canvas: Canvas) -> "Figure":
    """Draw the string said at each step above the loss, on one axis."""
    words = Words(
        'Reading "hihell", learning to say "ihello"',
        "Each column is what the net says to the letters on the left at one step; red is wrong.\n"
        "Below, the loss: 1.609 = ln 5 is that of five letters all as likely.",
    )
    figure, (top, bottom) = canvas.panels(words, (912, 480), 2, 1, height_ratios=(3, 4))
    steps = sorted({round(at * (len(history.said) - 1) / (SHOWN - 1)) for at in range(SHOWN)})
    _strings(top, history, steps, canvas)
    bottom.plot(range(len(history.losses)), history.losses)
    across = (-0.6, len(history.said) - 0.4)
    top.set_xlim(across)
    bottom.set(yscale="log", xlabel="step", xlim=across)
    bottom.set_title("loss")
    bottom.locator_params(axis="x", nbins=6, integer=True)
    return figure


def _strings(axes: "Axes", history: History, steps: list[int], canvas: Canvas) -> None:
    bare(axes)
    axes.set(ylim=(len(SAID) - 0.4, -0.6))
    axes.set_yticks(range(len(READ)), [f"{letter} →" for letter in READ])
    for step in steps:
        for row, (letter, right) in enumerate(zip(history.said[step], SAID, strict=True)):
            colour = canvas.palette.ink if letter == right else canvas.palette.seal
            axes.text(step, row, letter, ha="center", va="center", color=colour, clip_on=True)
