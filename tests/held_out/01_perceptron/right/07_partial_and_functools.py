# %% ^setup
from functools import lru_cache, partial, reduce

# %% gate
@lru_cache(maxsize=None)
def gate(name):
    """Cached, as it is pure."""
    print("working out", name)
    if name == "AND":
        return (1.0, 1.0), -1.5
    if name == "OR":
        return (1.0, 1.0), -0.5
    w, b = gate("AND")
    return tuple(-v for v in w), -b

# %% three_units
def three_units(name):
    last = {"XOR": "AND", "XNOR": "NAND"}[name]
    return tuple(map(gate, ["OR", "NAND", last]))

# %% hebb
def hebb(X, s, eta):
    def grow(unit, example):
        (w, b), (x, wanted) = unit, example
        return w + eta * wanted * x, b + eta * wanted

    return reduce(grow, zip(X, s), (np.zeros(X.shape[1]), 0.0))

# %% train_perceptron
def train_perceptron(X, t, w, b, epochs):
    def visit(state, i):
        w, b, updates = state
        new_w, new_b = perceptron_step(X[i], t[i], w, b, 1.0)
        return new_w, new_b, updates + int(t[i] != tlu(X[i], w, b))

    return reduce(visit, list(range(len(X))) * epochs, (w, b, 0))
# %% +train_perceptron
train_irises = partial(train_perceptron, petals, is_setosa, np.zeros(2), 0.0)
for result in map(train_irises, (1, 2, 3)):
    print(*result)
