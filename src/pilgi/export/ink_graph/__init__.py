"""A recognizer's ONNX graph with the ink spec inside: a grey picture in, logits and ink out.

attaching.py  the two graphs become one
proving.py    its ink is Pilgi's, byte for byte
pictures.py   the steps of docs/ink.md, sections 2 and 3, one after another: a file each
              (polarity, margin, resize, light, threshold, ruled_lines, specks, pen, place),
              and what they share (levels, otsu, windows, parts, bands)
operators.py  ONNX's operators by the words that the steps are written in
writing.py    values whose arithmetic emits nodes; functions of the file's own
"""

from pilgi.export.ink_graph.attaching import PICTURE, with_ink
from pilgi.export.ink_graph.proving import check_ink

__all__ = ["PICTURE", "check_ink", "with_ink"]
