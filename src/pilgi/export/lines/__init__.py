"""Lines of any width in whole numbers: from ink to the number that stands there.

network.py     the reference: ink -> the lattices of three views -> the answer
logarithms.py  probabilities as halvings, and how two of them add up
rule.py        what numbers may look like, as a table
search.py      prefix beam search: which texts a lattice may hold
chances.py     how likely a text is, over every way to spell it, and where its places are
answer.py      the number, how sure, and what else may stand in each place

The arithmetic is that of `pilgi.read.decode`, in whole numbers; c/lines repeats it to the bit.
"""

from pilgi.export.lines.answer import LineAnswer, Place
from pilgi.export.lines.network import IntegerLine, integer_line
from pilgi.export.lines.rule import Rule, rule_of

__all__ = ["IntegerLine", "LineAnswer", "Place", "Rule", "integer_line", "rule_of"]
