"""The seal: 필기, two syllables cut in vermilion.

Drawn with strokes, not set in type, so that it looks the same where no Korean font is installed.
"""

from typing import Final

from pilgi.report.markup import Markup, tag

# One path a letter: ㅍ ㅣ ㄹ beneath them, then ㄱ ㅣ; in a square of 64.
STROKES: Final = (
    "M11 13H24M10 28H25M15 13V28M20 13V28",
    "M31 10V31",
    "M12 36H31V44.5H12V53H32",
    "M38 13H47V26Q47 40 38 50",
    "M54 10V54",
)
EDGE: Final = (
    "M5 2.5Q20 1.2 34 2T59 2.4Q62 3 61.8 7Q62.6 24 62 38T61.5 58Q61.4 61.6 57 61.8"
    "Q40 62.6 26 61.9T6 61.6Q2.4 61.3 2.3 57Q1.4 40 2 26T2.2 6Q2.4 2.8 5 2.5Z"
)


def seal() -> Markup:
    """Return the seal as inline SVG."""
    return tag(
        "svg",
        tag("path", d=EDGE, class_="stamp"),
        *(tag("path", d=stroke, class_="cut") for stroke in STROKES),
        viewBox="0 0 64 64",
        class_="seal",
        role="img",
        aria_label="필기, the seal of Pilgi",
    )
