"""`python -m pilgi.learn.describe`, in a checkout: write methods.json and its page anew."""

from pathlib import Path
from typing import Final

from pilgi.files import write_json, write_text
from pilgi.learn.describe import describe, page

ROOT: Final = Path(__file__).parents[4]

if __name__ == "__main__":
    catalogue = describe()
    write_json(ROOT / "src/pilgi/methods.json", catalogue)
    write_text(ROOT / "docs/reference/methods.md", page(catalogue))
