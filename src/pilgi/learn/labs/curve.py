"""curve: points fitted by curves of rising freedom: under-fitting, over-fitting, and between.

Points (x, sin(2 pi x) + noise) are fitted by least squares with polynomials of rising degree,
cubic smoothing splines of falling smoothness and decision trees of rising depth; the error is
sqrt(mean((f(x) - y)^2)), on the training points and on validation points that no fit has seen.
Beside them e^(ax) + b, two parameters of one given shape, on points of its own shape and not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from pydantic.dataclasses import dataclass as validated

from pilgi.learn import rng
from pilgi.learn.labs.canvas import Canvas, Words, bare, label_end, minus
from pilgi.learn.labs.lab import Findings, Table
from pilgi.learn.methods.entry import STRICT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Numbers = NDArray[np.float64]
Curve = Callable[[Numbers], Numbers]

GROWTH: Final = 1.5
DROP: Final = -3.0


@validated(frozen=True, config=STRICT)
class CurveOptions:
    """points: to fit. unseen: to validate on. noise: the deviation about the truth. seed: draws."""

    points: Annotated[int, Field(ge=6, le=200)] = 20
    unseen: Annotated[int, Field(ge=2, le=10_000)] = 100
    noise: Annotated[float, Field(ge=0, le=10)] = 0.25
    seed: Annotated[int, Field(ge=0)] = 0


@dataclass(frozen=True)
class Points:
    """Training points on an even grid of [0, 1], validation points drawn from it."""

    x: Numbers
    y: Numbers
    unseen_x: Numbers
    unseen_y: Numbers

    @classmethod
    def draw(cls, truth: Curve, options: CurveOptions, stream: int) -> "Points":
        """Return points of y = truth(x) + noise."""
        draws = np.random.default_rng(rng.derive(options.seed, "split", stream))
        x = np.linspace(0, 1, options.points)
        unseen_x = np.sort(draws.uniform(0, 1, options.unseen))
        noise = draws.normal(0, 1, options.points + options.unseen) * options.noise
        y, unseen_y = np.split(truth(np.concatenate([x, unseen_x])) + noise, [options.points])
        return cls(x, y, unseen_x, unseen_y)

    def errors(self, curve: Curve) -> dict[str, float]:
        """Return the root mean squared error on either kind of points."""
        return {
            "training": _rmse(curve(self.x), self.y),
            "validation": _rmse(curve(self.unseen_x), self.unseen_y),
        }


def _rmse(ours: Numbers, truth: Numbers) -> float:
    return float(np.sqrt(np.mean((ours - truth) ** 2)))


def sine(x: Numbers) -> Numbers:
    """Return sin(2 pi x)."""
    return np.sin(2 * np.pi * x)


def growth(x: Numbers) -> Numbers:
    """Return e^(1.5 x) - 3."""
    return np.exp(GROWTH * x) + DROP


def polynomial(points: Points, degree: int) -> Curve:
    """Return the least-squares polynomial of `degree`."""
    return np.polynomial.Polynomial.fit(points.x, points.y, degree)


def spline(points: Points, freedom: int) -> Curve:
    """Return the cubic smoothing spline: least sum (f(x) - y)^2 + 10^-freedom integral f''^2."""
    from scipy.interpolate import make_smoothing_spline

    curve: Curve = make_smoothing_spline(points.x, points.y, lam=10.0**-freedom)
    return curve


def tree(points: Points, depth: int) -> Curve:
    """Return the regression tree of `depth`: steps, each split where the error falls most."""
    from sklearn.tree import DecisionTreeRegressor

    model = DecisionTreeRegressor(max_depth=depth, random_state=0)
    model.fit(points.x[:, None], points.y)
    return lambda x: np.asarray(model.predict(x[:, None]), np.float64)


def exponential_curve(a: float, b: float) -> Curve:
    """Return e^(ax) + b."""
    return lambda x: np.exp(a * x) + b


def exponential(points: Points) -> tuple[float, float]:
    """Return a, b of the least-squares e^(ax) + b, a in [-20, 20]."""
    from scipy.optimize import least_squares

    found = least_squares(
        lambda v: np.exp(v[0] * points.x) + v[1] - points.y,
        (0.5, 0.0),
        bounds=((-20, -99), (20, 99)),
    )
    return float(found.x[0]), float(found.x[1])


@dataclass(frozen=True)
class Family:
    """Curves of one kind: its fit, the levels of freedom to try, and how a level is said."""

    name: str
    fit: Callable[[Points, int], Curve]
    levels: range
    said: str
    axis: str

    def say(self, level: int) -> str:
        """Return a level in words, as "degree 3"."""
        return self.said.format(level)


def families(options: CurveOptions) -> tuple[Family, ...]:
    """Return the kinds of curve, each as free as the points allow."""
    degrees = range(min(options.points, 13))
    return (
        Family("polynomial", polynomial, degrees, "degree {}", "degree"),
        Family("spline", spline, range(10), "smoothing 1e-{}", "−log10(smoothing)"),
        Family("decision tree", tree, range(1, 9), "depth {}", "depth"),
    )


Errors = Mapping[str, Mapping[int, Mapping[str, float]]]


def run(options: CurveOptions, canvas: Canvas | None) -> Findings:
    """Fit every curve and say which freedom is best on the points not seen."""
    points = Points.draw(sine, options, 0)
    kinds = families(options)
    errors = {
        kind.name: {level: points.errors(kind.fit(points, level)) for level in kind.levels}
        for kind in kinds
    }
    best = {name: min(rows, key=lambda at: rows[at]["validation"]) for name, rows in errors.items()}
    shapes = _shapes(options, points)
    figures = {"errors": _with_text_keys(errors), "best": best, "exponential": shapes}
    ours = ", ".join(f"{kind.name} {kind.say(best[kind.name])}" for kind in kinds)
    return Findings(
        figures,
        f"best on validation: {ours}",
        (_table(kinds, errors, best),),
        (f"e^(ax) + b: {_said(shapes['of its shape'])}; on the sine {_said(shapes['of a sine'])}",),
        pictures=_pictures(points, options, errors, best, canvas) if canvas else {},
    )


def _shapes(options: CurveOptions, points: Points) -> dict[str, dict[str, float]]:
    sets = {"of its shape": Points.draw(growth, options, 1), "of a sine": points}
    fits = {name: (one, *exponential(one)) for name, one in sets.items()}
    return {
        name: {"a": a, "b": b, **one.errors(exponential_curve(a, b))}
        for name, (one, a, b) in fits.items()
    }


def _said(fit: Mapping[str, float]) -> str:
    return f"a {fit['a']:.2f}, b {fit['b']:.2f}, validation error {fit['validation']:.2f}"


def _with_text_keys(errors: Errors) -> dict[str, Any]:
    """JSON has only text as keys."""
    return {name: {str(at): row for at, row in rows.items()} for name, rows in errors.items()}


def _table(kinds: tuple[Family, ...], errors: Errors, best: Mapping[str, int]) -> Table:
    rows = []
    for kind in kinds:
        for level, row in errors[kind.name].items():
            mark = "best" if level == best[kind.name] else ""
            numbers = f"{row['training']:.3f}", f"{row['validation']:.3f}"
            rows.append((kind.name, kind.say(level), *numbers, mark))
    return Table(("curve", "freedom", "training error>", "validation error>", ""), tuple(rows))


def _pictures(
    points: Points,
    options: CurveOptions,
    errors: Errors,
    best: Mapping[str, int],
    canvas: Canvas,
) -> dict[str, "Figure"]:
    kinds = families(options)
    return {
        "fits": draw_fits(points, kinds, best, canvas),
        "errors": draw_errors(kinds, errors, best, canvas),
        "exponential": draw_exponential(points, options, canvas),
    }


def draw_fits(
    points: Points, kinds: tuple[Family, ...], best: Mapping[str, int], canvas: Canvas
) -> "Figure":
    """Draw each kind too simple, best on validation, and too free."""
    words = Words(
        "Too simple, right, too free",
        "Dots are the points that were fitted, the dashed line is where they came from.\n"
        "Left the curve cannot follow; right it follows the noise and is wrong in between.",
    )
    figure, axes = canvas.panels(words, (768, 736), 3, 3, sharex=True, sharey=True)
    levels = [(kind, at) for kind in kinds for at in _three(kind, best[kind.name])]
    for panel, (kind, level) in zip(axes, levels, strict=True):
        _fit(panel, points, (kind.fit(points, level), sine), canvas)
        chosen = ", best on validation" if level == best[kind.name] else ""
        panel.set_title(f"{kind.name}, {kind.say(level)}{chosen}", fontsize=8.25)
    return figure


def _three(kind: Family, best: int) -> tuple[int, int, int]:
    """Return the simplest level that is not flat, the best, and the freest."""
    return min(max(kind.levels.start, 1), best), best, kind.levels[-1]


def _fit(axes: "Axes", points: Points, curves: tuple[Curve, Curve], canvas: Canvas) -> None:
    fitted, truth = curves
    x = np.linspace(0, 1, 501)
    axes.plot(x, truth(x), "--", color=canvas.palette.muted, linewidth=0.75)
    axes.plot(points.x, points.y, "o", color=canvas.palette.ink, markersize=3)
    axes.plot(x, fitted(x), color=canvas.palette.seal)
    middle, reach = (points.y.max() + points.y.min()) / 2, np.ptp(points.y)
    axes.set_ylim(middle - 0.85 * reach, middle + 0.85 * reach)
    bare(axes)


def draw_errors(
    kinds: tuple[Family, ...], errors: Errors, best: Mapping[str, int], canvas: Canvas
) -> "Figure":
    """Draw training and validation error by freedom, one panel a kind, one axis for all."""
    words = Words(
        "Training error only falls; validation error turns",
        "Where the red line is lowest the curve is as free as the points can pay for. To the left\n"
        "of it both errors are large (under-fitting), to the right they part (over-fitting).",
    )
    figure, axes = canvas.panels(words, (768, 384), columns=3, sharey=True)
    for panel, kind in zip(axes, kinds, strict=True):
        rows = errors[kind.name]
        for part, colour in (("training", canvas.palette.ink), ("validation", canvas.palette.seal)):
            values = [row[part] for row in rows.values()]
            panel.plot(list(rows), values, "-o", color=colour, markersize=2.5)
            if kind is kinds[-1]:
                label_end(panel, (list(rows)[-1], values[-1]), part, colour)
        lowest = rows[best[kind.name]]["validation"]
        panel.plot(best[kind.name], lowest, "o", color=canvas.palette.seal, markersize=7)
        panel.set(xlabel=kind.axis, ylim=(0, None))
        panel.set_title(kind.name)
        panel.locator_params(axis="x", integer=True, nbins=5)
        panel.locator_params(axis="y", nbins=5)
    return figure


def draw_exponential(points: Points, options: CurveOptions, canvas: Canvas) -> "Figure":
    """Draw e^(ax) + b on points of its shape and on points of another."""
    words = Words(
        "Two parameters: right if the shape is right",
        "The same curve e^(ax) + b. Left the points come from such a curve; right from a sine,\n"
        "which no a and no b can follow: more points would not help, only another shape.",
    )
    figure, panels = canvas.panels(words, (768, 352), columns=2)
    own = Points.draw(growth, options, 1)
    for panel, one, truth in zip(panels, (own, points), (growth, sine), strict=True):
        a, b = exponential(one)
        _fit(panel, one, (exponential_curve(a, b), truth), canvas)
        panel.set_title(minus(f"e^({a:.2f} x) {'+' if b > 0 else '-'} {abs(b):.2f}"))
    return figure
