"""Two small models with weights that never fall below zero: which of a list comes first, and yes or no."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS = 1_500
RATE = 0.05


def first_of_list(lists: list[tuple[Array, Array]], shrink: float = 1e-4) -> Array:
    """Weights w that make the softmax of `signs @ w` fall on the right rows; each list is (signs, right)."""
    signs = np.concatenate([rows for rows, _ in lists])
    right = np.concatenate([marks for _, marks in lists]).astype(float)
    of = np.repeat(np.arange(len(lists)), [len(rows) for rows, _ in lists])

    def gradient(weights: Array) -> Array:
        odds = np.exp(signs @ weights - (signs @ weights).max())
        chance = odds / np.bincount(of, odds)[of]
        wanted = odds * right
        wanted /= np.maximum(np.bincount(of, wanted), 1e-300)[of]
        return signs.T @ (chance - wanted) / len(lists) + 2 * shrink * weights

    return _descended(gradient, np.zeros(signs.shape[1]), free=())


def yes_or_no(
    signs: Array, yes: NDArray[np.bool_], importance: Array, *, free: tuple[int, ...], shrink: float = 1e-5
) -> Array:
    """Weights of a logistic model, the last one its threshold; those in `free` may be negative."""
    padded = np.hstack([signs, np.ones((len(signs), 1))])
    importance = importance / importance.sum()

    def gradient(weights: Array) -> Array:
        chance = 1 / (1 + np.exp(-np.clip(padded @ weights, -30, 30)))
        return padded.T @ (importance * (chance - yes)) + 2 * shrink * np.append(weights[:-1], 0)

    return _descended(gradient, np.zeros(padded.shape[1]), free=(*free, padded.shape[1] - 1), steps=4 * STEPS)


def _descended(
    gradient: Callable[[Array], Array], weights: Array, *, free: tuple[int, ...], steps: int = STEPS
) -> Array:
    """Adam, with every weight not in `free` held at 0 or above."""
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    held = np.array([place not in free for place in range(len(weights))])
    for step in range(1, steps + 1):
        slope = gradient(weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
        weights = np.where(held, np.maximum(weights, 0), weights)
    return weights
