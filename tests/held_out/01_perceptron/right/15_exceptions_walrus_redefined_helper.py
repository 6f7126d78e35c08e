# %% -net_input
def dot(a, b):
    return sum(a * b)

# %% net_input
def net_input(X, w, b):
    try:
        N, D = X.shape
    except ValueError:  # X is one row only
        return dot(X, w) + b
    return np.array([dot(X[n], w) for n in range(N)]) + b

# %% +net_input
# faster version of the same helper
def dot(a, b):
    return np.dot(a, b)

# %% gate
def gate(name):
    known = {"AND": ((1, 1), -1.5), "OR": ((1, 1), -0.5)}
    try:
        return known[name]
    except KeyError:
        (w1, w2), b = known[name.removeprefix("N")]
        return (-w1, -w2), -b

# %% +three_units
for gate_name, result in truth.items():
    if (ones := sum(result)) == 2:
        print(gate_name, "has", ones, "ones")

# %% train_perceptron
def train_perceptron(X, t, w, b, epochs):
    class Finished(Exception):
        pass

    updates = 0
    try:
        for _ in range(epochs):
            before = updates
            for x, target in zip(X, t):
                if y := (dot(x, w) + b >= 0):
                    e = target - 1
                else:
                    e = target
                if e:
                    w, b, updates = w + e * x, b + float(e), updates + 1
            if updates == before:
                raise Finished
    except Finished:
        pass
    return w, b, updates

# %% train_pocket
def train_pocket(X, t, seed):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    pocket, best = (w, b), np.sum(tlu(X, w, b) == t)
    for _ in range(100):
        for i in rng.permutation(len(X)):
            w, b = perceptron_step(X[i], t[i], w, b, 1)
        if (right := np.sum(tlu(X, w, b) == t)) >= best:
            pocket, best = (w.copy(), b), right
    return pocket
