# %% net_input
def net_input(X, w, b):
    z = np.matmul(X, np.reshape(w, (-1, 1)))  # (N, 1)
    np.add(z, b, out=z)
    return z.squeeze(axis=-1)

# %% tlu
def tlu(X, w, b):
    z = net_input(X, w, b)
    return np.clip(np.sign(z) + 1, 0, 1)

# %% perceptron_step
def perceptron_step(x, t, w, b, eta):
    long_x, long_w = np.r_[x, 1.0], np.r_[w, b]
    e = t - heaviside(long_x @ long_w)
    long_w += eta * e * long_x  # np.r_ made a copy
    return long_w[:-1], float(long_w[-1])

# %% train_perceptron
def train_perceptron(X, t, w, b, epochs):
    rows1 = np.c_[X, np.ones(len(X))]
    v = np.r_[w, b].astype(float)
    updates = 0
    for k in range(epochs * len(X)):
        x, target = rows1[k % len(X)], t[k % len(X)]
        e = target - (x @ v >= 0)
        v += e * x
        updates += abs(int(e))
    return v[:-1], v[-1], updates

# %% margin_and_radius
def margin_and_radius(X, t, w, b):
    rows1, v = np.c_[X, np.ones(len(X))], np.r_[w, b]
    signed = np.where(t == 1, 1, -1) * (rows1 @ v)
    np.divide(signed, np.sqrt(v @ v), out=signed)
    squares = (rows1**2).sum(axis=1)
    return signed.min(), np.sqrt(squares.max()), squares.max() / signed.min() ** 2
