"""The methods' tables as plain data: what `methods.json` holds, and its page in the docs.

catalogue.py   the tables as data      options.py   an option's type, range, default, meaning
words.py       words in both languages  methods_page.py  docs/reference/methods.md
`python -m pilgi.learn.describe`, in a checkout, writes both files anew.
"""

from pilgi.learn.describe.catalogue import describe
from pilgi.learn.describe.methods_page import page

__all__ = ["describe", "page"]
