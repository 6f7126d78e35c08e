"""Eleven operations with forward and backward, and inputs in seven regimes: a bank for gradient judges.

Every operation works in any float type, so that "the same answer with other roundings" is a run in long
double. Shapes are small and pairwise different. The cotangent C stands for dL/d(output); of a scalar loss it is 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

REGIMES = ("plain", "away", "kink", "near", "saturated", "scaled", "offset")
EPS = 1e-5


@dataclass(frozen=True)
class Op:
    """forward(*inputs) and backward(*inputs, C): the gradients of sum(C * forward) by the first ``wrt`` inputs."""

    name: str
    forward: Callable[..., Any]
    backward: Callable[..., Any]
    shapes: tuple[tuple[int, ...], ...]
    wrt: int
    kinks: tuple[float, ...] = ()
    labels: int = 0


def sigmoid(x: Any) -> Any:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-x))


def softmax(z: Any) -> Any:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(z: Any, y: Any) -> Any:
    m = z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z - m).sum(axis=1)) + m[:, 0] - z[np.arange(len(z)), y])


def cross_entropy_backward(z: Any, y: Any, C: Any) -> tuple[Any, ...]:
    p = softmax(z)
    p[np.arange(len(z)), y] -= 1
    return (C * p / len(z),)


def huber(e: Any) -> Any:
    return np.mean(np.where(np.abs(e) <= 1, e**2 / 2, np.abs(e) - e.dtype.type(0.5)))


def mlp(X: Any, W1: Any, b1: Any, W2: Any, b2: Any, y: Any) -> Any:
    return cross_entropy(np.maximum(X @ W1 + b1, 0) @ W2 + b2, y)


def mlp_backward(X: Any, W1: Any, b1: Any, W2: Any, b2: Any, y: Any, C: Any) -> tuple[Any, ...]:
    z1 = X @ W1 + b1
    a1 = np.maximum(z1, 0)
    (dz2,) = cross_entropy_backward(a1 @ W2 + b2, y, C)
    dz1 = dz2 @ W2.T * (z1 > 0)
    return dz1 @ W1.T, X.T @ dz1, dz1.sum(axis=0), a1.T @ dz2, dz2.sum(axis=0)


def norm(axis: int) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Batch (axis 0) or layer (axis 1) normalisation with gain and shift."""

    def forward(x: Any, gamma: Any, beta: Any) -> Any:
        centred = x - x.mean(axis=axis, keepdims=True)
        return gamma * centred / np.sqrt((centred**2).mean(axis=axis, keepdims=True) + EPS) + beta

    def backward(x: Any, gamma: Any, beta: Any, C: Any) -> tuple[Any, ...]:
        centred = x - x.mean(axis=axis, keepdims=True)
        inverse = 1 / np.sqrt((centred**2).mean(axis=axis, keepdims=True) + EPS)
        xhat, dxhat = centred * inverse, C * gamma
        dx = inverse * (
            dxhat - dxhat.mean(axis=axis, keepdims=True) - xhat * (dxhat * xhat).mean(axis=axis, keepdims=True)
        )
        return dx, (C * xhat).sum(axis=0), C.sum(axis=0)

    return forward, backward


def elementwise(name: str, f: Callable[..., Any], df: Callable[..., Any], kinks: tuple[float, ...] = ()) -> Op:
    return Op(name, f, lambda x, C: (C * df(x),), ((4, 5),), 1, kinks)


OPS = (
    elementwise("sigmoid", sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x))),
    elementwise("tanh", np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    elementwise("relu", lambda x: np.maximum(x, 0), lambda x: (x > 0).astype(x.dtype), (0.0,)),
    elementwise(
        "leaky",
        lambda x: np.where(x > 0, x, x * x.dtype.type(0.01)),
        lambda x: np.where(x > 0, x.dtype.type(1), x.dtype.type(0.01)),
        (0.0,),
    ),
    Op("softmax-CE", cross_entropy, cross_entropy_backward, ((7, 3),), 1, labels=3),
    Op("MSE", lambda e: np.mean(e**2), lambda e, C: (C * 2 * e / e.size,), ((7, 3),), 1),
    Op("Huber", huber, lambda e, C: (C * np.clip(e, -1, 1) / e.size,), ((7, 3),), 1, (1.0, -1.0)),
    Op(
        "linear",
        lambda X, W, b: X @ W + b,
        lambda X, W, b, C: (C @ W.T, X.T @ C, C.sum(axis=0)),
        ((7, 5), (5, 5), (5,)),
        3,
    ),
    Op("MLP", mlp, mlp_backward, ((7, 5), (5, 11), (11,), (11, 3), (3,)), 5, (0.0,), labels=3),
    Op("BatchNorm", *norm(0), ((7, 4), (4,), (4,)), 3),
    Op("LayerNorm", *norm(1), ((4, 6), (6,), (6,)), 3),
)


def draw(op: Op, regime: str, rng: np.random.Generator) -> tuple[Any, ...]:
    """Inputs of an operation in a regime, and the cotangent last."""
    inputs = [rng.normal(size=shape) for shape in op.shapes]
    first = inputs[0]
    if regime == "away" and op.kinks and op.name != "MLP":
        for kink in op.kinks:
            first += np.where(np.abs(first - kink) < 0.05, 0.1 * np.sign(first - kink), 0)
    elif regime in ("kink", "near") and op.kinks and op.name != "MLP":
        chosen = rng.random(first.shape) < 0.3
        off = 0.0 if regime == "kink" else 10 ** rng.uniform(-9, -3, first.shape)
        first[chosen] = (rng.choice(op.kinks, first.shape) + off)[chosen]
    elif regime in ("kink", "near") and op.name == "MLP":
        unit = int(rng.integers(11))
        inputs[2][unit] -= float(first[0] @ inputs[1][:, unit] + inputs[2][unit])
        inputs[2][unit] += 0.0 if regime == "kink" else 10 ** rng.uniform(-9, -3)
    elif regime == "saturated":
        inputs[0] = first * (10 ** rng.uniform(-5, -1) if "Norm" in op.name else 10 ** rng.uniform(1, 2.7))
    elif regime == "scaled":
        inputs[0] = first * 10 ** rng.uniform(-6, 6)
    elif regime == "offset":
        inputs[0] = first + 10 ** rng.uniform(1, 6)
    y = (rng.integers(op.labels, size=len(first)),) if op.labels else ()
    shape = np.shape(op.forward(*inputs, *y))
    return (*inputs, *y, rng.normal(size=shape) if shape else np.float64(1.0))
