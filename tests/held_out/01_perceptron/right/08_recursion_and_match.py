# %% gate
def gate(name):
    """Weights of a TLU for a gate."""
    match name:
        case "AND":
            return [1.0, 1.0], -1.5
        case "OR":
            return [1.0, 1.0], -0.5
        case "NAND":
            return [-1.0, -1.0], 1.5
        case _:
            raise ValueError(name)

# %% +gate
"""
## Notes to self

- AND: line at x1 + x2 = 1.5
- OR: line at x1 + x2 = 0.5
- NAND: AND with all signs turned
"""

# %% three_units
def three_units(name):
    match name:
        case "XOR":
            return gate("OR"), gate("NAND"), gate("AND")
        case "XNOR":
            # both on, or none on: AND, NOR, then OR
            return gate("AND"), ([-1.0, -1.0], 0.5), gate("OR")

# %% hebb
def hebb(X, s, eta):
    if len(X) == 0:
        return np.zeros(X.shape[1]), 0.0
    w, b = hebb(X[:-1], s[:-1], eta)
    return w + eta * s[-1] * X[-1], b + eta * s[-1]

# %% train_perceptron
def train_perceptron(X, t, w, b, epochs):
    """Recursive: one epoch is the base case, otherwise train one half of the epochs, then the other."""
    if epochs == 0:
        return w, b, 0
    if epochs > 1:
        w, b, first = train_perceptron(X, t, w, b, epochs // 2)
        w, b, second = train_perceptron(X, t, w, b, epochs - epochs // 2)
        return w, b, first + second
    updates = 0
    for x, target in zip(X, t):
        match int(target) - int(np.dot(x, w) + b >= 0):
            case 0:
                pass
            case e:
                w, b, updates = w + e * x, b + e, updates + 1
    return w, b, updates
