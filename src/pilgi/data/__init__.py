"""Where pictures come from: catalog, formats, download, splits."""

from pilgi.data.catalog import CATALOG
from pilgi.data.loading import default_part, get, load, silent
from pilgi.data.lookalikes import LOOKALIKES
from pilgi.data.places import is_at_hand, locate
from pilgi.data.source import File, Source
from pilgi.data.split import Split, join

load_data = load

__all__ = [
    "CATALOG",
    "LOOKALIKES",
    "File",
    "Source",
    "Split",
    "default_part",
    "get",
    "is_at_hand",
    "join",
    "load",
    "load_data",
    "locate",
    "silent",
]
