"""`tune(space) -> Tuning`: a search for settings that scores validation pictures only.

Optuna's TPE (Bergstra et al. 2011) proposes, the journal remembers. What it proposes follows from
the seed and the trials before, so a search that was interrupted finds what it would have found.
"""

import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from pilgi.errors import DivergedError, MissingExtraError, RunError
from pilgi.files import sha256, write_text
from pilgi.learn.compare.arms import essence, slug
from pilgi.learn.compare.space import Space
from pilgi.learn.compare.validation import Validation, validate
from pilgi.learn.recipe import Recipe, Words, to_toml

if TYPE_CHECKING:
    from optuna import Study
    from optuna.trial import FrozenTrial

HOME: Final = Path("tune")
RANDOM_FIRST: Final = 10
TRIALS: Final = 30
VALUES: Final = "values"
LOSS: Final = "loss"


@dataclass(frozen=True)
class Trial:
    """What one proposal scored on validation; loss in nats, None where training diverged."""

    number: int
    values: tuple[str, ...]
    accuracy: float
    loss: float | None

    @property
    def rank(self) -> tuple[float, float, int]:
        """Smaller is better: accuracy, then loss, then the earlier one."""
        return -self.accuracy, math.inf if self.loss is None else self.loss, self.number


@dataclass(frozen=True)
class Tuning:
    """A search: every trial, and the recipe of the best one in its file."""

    space: Space
    trials: tuple[Trial, ...]
    recipe: Recipe
    file: Path

    @property
    def best(self) -> Trial:
        """The trial that won."""
        return min(self.trials, key=lambda trial: trial.rank)

    def to_json(self) -> dict[str, Any]:
        """Return what `pilgi tune --json` prints; accuracies are fractions, of validation."""
        trials = [self._row(trial) for trial in self.trials]
        return {"recipe": str(self.file), "best": self._row(self.best), "trials": trials}

    def _row(self, trial: Trial) -> dict[str, Any]:
        keys = (axis.key for axis in self.space.axes)
        return {
            "trial": trial.number,
            "settings": dict(zip(keys, trial.values, strict=True)),
            "validation": {"accuracy": trial.accuracy, "loss": trial.loss},
        }


class Watcher(Protocol):
    """Who is told how far a search is."""

    def planned(self, file: Path, trials: int, kept: int) -> None:
        """So many trials are wanted, of which `kept` are done already."""

    def tried(self, space: Space, trial: Trial) -> None:
        """A trial is done."""


class Silence:
    """Nobody watches."""

    def planned(self, file: Path, trials: int, kept: int) -> None:
        """Say nothing."""

    def tried(self, space: Space, trial: Trial) -> None:
        """Say nothing."""


def tune(
    space: Space, trials: int = TRIALS, out: Path | None = None, watcher: Watcher | None = None
) -> Tuning:
    """Search `space` until `trials` are done, and write the best recipe to `out`.

    out: a TOML file, else tune/<recipe>-<hash>/<recipe>-tuned.toml; the trials are remembered in
    a `.journal` beside it, so that the same call goes on, and one with more trials adds them.

    Raises RunError where `out` is something else or the search is interrupted, MissingExtraError
    without Optuna.
    """
    _require_optuna()
    first = space.recipe_with([axis.ends[0] for axis in space.axes])
    identity = _identity(space, first)
    file = out or HOME / f"{slug(first.name)}-{identity[:8]}" / f"{slug(first.name)}-tuned.toml"
    told = watcher or Silence()
    with _quiet():
        study = _study(file, identity)
        done = _done(study)
        told.planned(file, trials, len(done))
        try:
            for _ in range(len(done), trials):
                told.tried(space, _try_one(study, space, first.seed))
        except KeyboardInterrupt:
            raise _interrupted(study, file) from None
        found = tuple(_done(study))
    return _written(space, found, file)


def _require_optuna() -> None:
    if find_spec("optuna") is None:
        raise MissingExtraError(
            "a search needs Optuna, which is not installed; "
            "install it with `pip install 'pilgi[learn]'`"
        )


def _identity(space: Space, first: Recipe) -> str:
    """Return the hash of what is searched where; another search never shares its trials."""
    return sha256(f"{space}\n{first.seed}\n{essence(first)}".encode())


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back what Optuna says on its own of each trial; we say it ourselves."""
    import optuna

    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        yield
    optuna.logging.set_verbosity(level)


def _study(file: Path, identity: str) -> "Study":
    """Open the search's journal, or start it; a file that it did not write is left alone."""
    import optuna
    from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock

    journal = file.with_suffix(".journal")
    if file.exists() and not journal.is_file():
        raise RunError(f"{file}: already there, and no search wrote it; choose another --out")
    try:
        journal.parent.mkdir(parents=True, exist_ok=True)
        backend = JournalFileBackend(str(journal), JournalFileOpenLock(str(journal)))
        storage = optuna.storages.JournalStorage(backend)
        return optuna.create_study(
            storage=storage, study_name=identity, direction="maximize", load_if_exists=True
        )
    except OSError as error:
        raise RunError(
            f"{journal}: cannot be used ({error.strerror}); choose another --out"
        ) from error
    except (ValueError, KeyError) as error:
        raise RunError(
            f"{journal}: damaged ({error}); remove it or choose another --out"
        ) from error


def _done(study: "Study") -> list[Trial]:
    """Return the finished trials, numbered from 1 without those that were interrupted."""
    from optuna.trial import TrialState

    finished = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    return [_trial(number, frozen) for number, frozen in enumerate(finished, start=1)]


def _trial(number: int, frozen: "FrozenTrial") -> Trial:
    values = tuple(frozen.user_attrs[VALUES])
    return Trial(number, values, float(frozen.values[0]), frozen.user_attrs[LOSS])


def _interrupted(study: "Study", file: Path) -> RunError:
    return RunError(
        f"interrupted after {len(_done(study))} trials, which are kept beside {file}; the same "
        "call goes on"
    )


def _try_one(study: "Study", space: Space, seed: int) -> Trial:
    """Let Optuna propose, train, and tell it the score."""
    number = len(_done(study)) + 1
    study.sampler = _sampler(seed, number)
    trial = study.ask()
    values = [axis.suggest(trial) for axis in space.axes]
    found = _validated(space.recipe_with(values))
    loss = found.loss if math.isfinite(found.loss) else None
    trial.set_user_attr(VALUES, values)
    trial.set_user_attr(LOSS, loss)
    study.tell(trial, found.accuracy)
    return Trial(number, tuple(values), found.accuracy, loss)


def _sampler(seed: int, number: int) -> Any:
    """Return TPE as it is before trial `number`: its randomness has no memory, as ours."""
    from optuna.samplers import TPESampler

    mixed = np.random.SeedSequence((seed, number)).generate_state(1)
    # A trial that was interrupted stays "running" for ever and must not repel the next ones.
    return TPESampler(
        seed=int(mixed[0]), n_startup_trials=RANDOM_FIRST, multivariate=True, constant_liar=False
    )


def _validated(recipe: Recipe) -> Validation:
    """Return the score; a training that diverges has learnt nothing."""
    try:
        return validate(recipe)
    except DivergedError:
        return Validation(0.0, math.inf, 0)


def _written(space: Space, trials: Sequence[Trial], file: Path) -> Tuning:
    """Write the best trial's recipe, with where it comes from in front."""
    best = min(trials, key=lambda trial: trial.rank)
    found = space.recipe_with(best.values)
    recipe = replace(found, name=f"{found.name}-tuned", summary=_summary(found), expect=None)
    tuning = Tuning(space, tuple(trials), recipe, file)
    write_text(file, _origin(space, best, len(trials)) + to_toml(recipe))
    return tuning


def _summary(found: Recipe) -> Words:
    return Words(
        en=f"The recipe {found.name} with settings found by a search on validation.",
        ko=f"검증 데이터로 찾은 설정을 쓴 {found.name} 레시피입니다.",
    )


def _origin(space: Space, best: Trial, trials: int) -> str:
    chosen = zip(space.axes, best.values, strict=True)
    lines = [
        f"Found by `pilgi tune {space.recipe}`: trial {best.number} of {trials}, "
        f"validation accuracy {best.accuracy:.2%}.",
        *(f"{axis.key} = {value}, searched: {axis}" for axis, value in chosen),
        "Chosen on validation pictures alone, so that score is a little too good; the test set",
        "was not looked at.",
    ]
    return "".join(f"# {line}\n" for line in lines) + "\n"
