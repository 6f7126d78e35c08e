# %% -net_input
import time


def timed(function):
    def inner(*args, **kwargs):
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            inner.seconds += time.perf_counter() - start
            inner.calls += 1
    inner.seconds, inner.calls = 0.0, 0
    return inner

# %% net_input
@timed
def net_input(X, w, b):
    return np.matmul(X, w) + b

# %% tlu
@timed
def tlu(X, w, b):
    return np.heaviside(net_input(X, w, b), 1.0)

# %% +tlu
print(f"{tlu.calls} calls of tlu so far, {tlu.seconds:.6f} s")
%timeit -n 100 -r 2 tlu(rows, row_w, row_b)

# %% train_perceptron
@timed
def train_perceptron(X, t, w, b, epochs):
    updates = 0
    for epoch in range(epochs):
        quiet = True
        for x, target in zip(X, t):
            if (e := target - tlu(x, w, b)) != 0:
                w, b = w + e * x, b + e
                updates += 1
                quiet = False
        if quiet:
            return w, b, updates
    return w, b, updates

# %% train_pocket
@timed
def train_pocket(X, t, seed):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    best, pocket = 0, None
    for epoch in range(40):
        order = rng.permutation(len(t))
        w, b, _ = train_perceptron(X[order], t[order], w, b, 1)
        if (right := np.sum(tlu(X, w, b) == t)) > best:
            best, pocket = right, (w, b)
    return pocket
