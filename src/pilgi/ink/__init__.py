"""Anything written -> 28x28 ink bytes."""
