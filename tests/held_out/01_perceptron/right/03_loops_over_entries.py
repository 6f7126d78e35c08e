# %% net_input
def net_input(X, w, b):
    N, D = X.shape
    z = np.zeros(N)
    for n in range(N):
        z[n] = b
        for d in range(D):
            z[n] = z[n] + X[n, d] * w[d]
    return z

# %% tlu
def tlu(X, w, b):
    X = np.atleast_2d(X)
    y = np.zeros(len(X))
    for n in range(len(X)):
        z = b
        for d in range(len(w)):
            z += X[n, d] * w[d]
        if z >= 0:
            y[n] = 1.0
    return y

# %% perceptron_step
def perceptron_step(x, t, w, b, eta):
    # tlu wants rows, so make x one row
    y = tlu(x.reshape(1, -1), w, b)[0]
    e = t - y
    new_w = np.zeros(len(w))
    for d in range(len(w)):
        new_w[d] = w[d] + eta * e * x[d]
    return new_w, b + eta * e

# %% train_perceptron
def train_perceptron(X, t, w, b, epochs):
    count = 0
    for epoch in range(epochs):
        for n in range(len(X)):
            z = b
            for d in range(len(w)):
                z = z + X[n][d] * w[d]
            e = t[n] - (1 if z >= 0 else 0)
            if e == 0:
                continue
            w = np.array([w[d] + e * X[n][d] for d in range(len(w))])
            b = b + e
            count = count + 1
    return w, b, count

# %% train_pocket
def train_pocket(X, t, seed):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    best_w, best_b, best_right = w, b, 0
    for epoch in range(40):
        for i in rng.permutation(len(X)):
            w, b = perceptron_step(X[i], t[i], w, b, 1.0)
        right = 0
        for n in range(len(X)):
            if (X[n] @ w + b >= 0) == (t[n] == 1):
                right += 1
        if right > best_right:
            best_right = right
            best_w, best_b = w, b
    return best_w, best_b
