"""Done as by a process of torchrun: train each recipe file of FOLDER, this process its share.

FOLDER and INTERFACE, the network's, are given by the test that runs this text.
"""

import os
from pathlib import Path

from pilgi.learn.recipe import load_recipe
from pilgi.learn.train import assist, joined, train

folder: Path = globals()["FOLDER"]
os.environ["GLOO_SOCKET_IFNAME"] = globals()["INTERFACE"]
with joined() as world:
    for path in sorted(folder.glob("*.toml")):
        if world.rank:
            assist(load_recipe(path), world)
        else:
            train(load_recipe(path), folder / path.stem, world=world)
