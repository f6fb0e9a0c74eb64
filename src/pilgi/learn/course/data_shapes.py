"""A look at data: the shapes of its parts and one training picture."""

from io import BytesIO
from pathlib import Path

from pilgi.data import Split
from pilgi.files import write_bytes
from pilgi.learn.recipe import load_recipe
from pilgi.learn.train.datasets import load_parts


def show_shapes(recipe: str, path: Path) -> str:
    """Say the shapes of the recipe's three parts; write the first training picture to `path`."""
    parts = load_parts(load_recipe(recipe))
    write_bytes(path, _png(parts.train))
    shapes = {"training": parts.train, "validation": parts.validation, "test": parts.test}
    listed = [f"{name} {_shape(split)}" for name, split in shapes.items() if split is not None]
    label = parts.train.classes[int(parts.train.labels[0])]
    return f"{', '.join(listed)}; the first training picture is a {label}"


def _shape(split: Split) -> str:
    return " x ".join(f"{length:,}" for length in split.images.shape)


def _png(split: Split) -> bytes:
    """Return the first picture, dark ink on light paper, ten times its size."""
    from PIL import Image

    image = Image.fromarray(255 - split.images[0])
    stream = BytesIO()
    image.resize((image.width * 10, image.height * 10), Image.Resampling.NEAREST).save(
        stream, "PNG"
    )
    return stream.getvalue()
