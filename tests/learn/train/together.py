"""Started by torchrun: train each recipe file of a folder, this process its share."""

import sys
from pathlib import Path

from pilgi.learn.recipe import load_recipe
from pilgi.learn.train import assist, joined, train

folder = Path(sys.argv[1])
with joined() as world:
    for path in sorted(folder.glob("*.toml")):
        if world.rank:
            assist(load_recipe(path), world)
        else:
            train(load_recipe(path), folder / path.stem, world=world)
