"""The routes, a file each."""

from fastapi import APIRouter

from pilgi.serve.routes import (
    fine_tune,
    health,
    inference,
    inside,
    lab,
    learning,
    reading,
    recognizers,
    runs,
    samples,
    scores,
)

ROUTERS: tuple[APIRouter, ...] = (
    reading.router,
    inside.router,
    recognizers.router,
    runs.router,
    scores.router,
    learning.router,
    lab.router,
    samples.router,
    fine_tune.router,
    inference.router,
    health.router,
)
