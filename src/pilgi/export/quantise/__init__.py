"""From floats to int8, after training: what range each tensor has, what each weight becomes.

ranges.py    a tensor's values on training pictures -> the scale that errs least
integers.py  each layer with the scales around it -> its integer layer
"""

from pilgi.export.quantise.integers import quantised

__all__ = ["quantised"]
