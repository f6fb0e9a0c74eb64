"""Inside the network and why: feature maps of each layer, nearest training digits, prototypes."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from pilgi.data import Split
from pilgi.evaluate.layers import Layer, layers
from pilgi.evaluate.neighbours import Neighbour, nearest_features, nearest_pixels, prototypes
from pilgi.serve.models import DEFAULT
from pilgi.serve.routes.drawings import Ink, Maps, ink_of, ink_text, maps_of
from pilgi.serve.services import Shared

router = APIRouter(prefix="/api", tags=["inside"])


class LayerAnswer(BaseModel):
    """What one layer makes of the picture."""

    name: str = Field(description="Its kind and number, counted from the input.")
    kind: str
    maps: Maps = Field(description="Feature maps (channels, height, width), or a row of numbers.")


class LayersRequest(BaseModel):
    """Which ink to show to which recognizer."""

    ink: Ink
    model: str = DEFAULT


class NearestRequest(LayersRequest):
    """Whose neighbours are wanted, and how many."""

    count: int = Field(default=8, ge=1, le=50)
    by: Literal["features", "pixels"] = "features"


class Example(BaseModel):
    """A training digit."""

    label: str
    index: int = Field(description="Its place among the training pictures.")
    ink: str = Field(description="28x28 bytes in Base64.")
    distance: float | None = Field(
        default=None,
        description="Cosine distance of features in 0..2, or Euclidean of grey levels.",
    )


class Examples(BaseModel):
    """Training digits, and the set that they are of."""

    data: str
    examples: list[Example]


@router.post("/layers")
def show_layers(asked: LayersRequest, shared: Shared) -> list[LayerAnswer]:
    """Return what every layer of a recognizer makes of one picture, from input to logits."""
    found = layers(shared.models.load(asked.model), ink_of(asked.ink))
    return [_layer(layer) for layer in found]


@router.post("/nearest")
def nearest(asked: NearestRequest, shared: Shared) -> Examples:
    """Return the training digits nearest to a picture.

    By pixels, or, of the 200 nearest in pixels, by the features that the last layer is given. The
    digits are MNIST's where they lie on this machine, else scikit-learn's.
    """
    picture, split = ink_of(asked.ink), shared.training_digits
    if asked.by == "pixels":
        return _examples(split, nearest_pixels(picture, split, asked.count))
    recognizer = shared.models.load(asked.model)
    return _examples(split, nearest_features(recognizer, picture, split, asked.count))


@router.get("/prototypes")
def show_prototypes(shared: Shared) -> Examples:
    """Return of each class the training digit nearest to the class's mean."""
    split = shared.training_digits
    found = [at for at in prototypes(split) if at >= 0]
    named = [Example(label=_label(split, at), index=at, ink=_ink(split, at)) for at in found]
    return Examples(data=split.name, examples=named)


def _layer(layer: Layer) -> LayerAnswer:
    return LayerAnswer(name=layer.name, kind=layer.kind, maps=maps_of(layer.values))


def _examples(split: Split, found: list[Neighbour]) -> Examples:
    examples = [
        Example(
            label=split.classes[each.label],
            index=each.index,
            ink=_ink(split, each.index),
            distance=each.distance,
        )
        for each in found
    ]
    return Examples(data=split.name, examples=examples)


def _label(split: Split, at: int) -> str:
    return split.classes[int(split.labels[at])]


def _ink(split: Split, at: int) -> str:
    return ink_text(split.images[at])
