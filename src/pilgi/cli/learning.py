"""The door to the learning wing, which needs torch."""

from importlib.util import find_spec

from pilgi.errors import MissingExtraError


def require_torch() -> None:
    """Raise MissingExtraError where the learning wing is not installed."""
    if find_spec("torch") is None:
        raise MissingExtraError(
            "training needs PyTorch, which is not installed; "
            "install it with `pip install 'pilgi[learn]'`"
        )
