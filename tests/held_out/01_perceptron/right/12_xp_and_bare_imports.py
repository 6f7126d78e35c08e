# %% ^setup
import numpy as xp
from numpy import exp, log, where, zeros

# %% net_input
def net_input(X, w, b):
    return xp.inner(X, w) + b

# %% hebb
def hebb(X, s, eta):
    w, b = zeros(X.shape[1]), zeros(1)
    for i in range(len(s)):
        w += eta * s[i] * X[i]  # w is my own array
        b += eta * s[i]
    return w, b.item()

# %% perceptron_step
def perceptron_step(x, t, w, b, eta):
    import math

    z = math.fsum(x * w) + b
    if z >= 0 and t == 0:
        return w - eta * x, b - eta
    if z < 0 and t == 1:
        return w + eta * x, b + eta
    return w.copy(), b

# %% margin_and_radius
def margin_and_radius(X, t, w, b):
    # the rows are separated strictly, so s * z is the absolute value
    gamma = abs(X @ w + b).min() / xp.hypot(xp.linalg.norm(w), b)
    radius = xp.hypot(xp.linalg.norm(X, axis=1), 1).max()
    bound = exp(2 * (log(radius) - log(gamma)))
    return gamma, radius, bound
