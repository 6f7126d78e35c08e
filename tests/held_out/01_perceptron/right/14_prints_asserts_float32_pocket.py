# %% ^setup
DEBUG = True
EPOCHS = 50

# %% hebb
def hebb(X, s, eta):
    assert X.shape[0] == s.shape[0], "one s for each row"
    w, b = np.zeros(X.shape[1]), 0.0
    for i, (x, si) in enumerate(zip(X, s)):
        w = w + eta * si * x
        b = b + eta * si
        if DEBUG:
            print(f"row {i}: w = {w}, b = {b}")
    assert w.shape == (X.shape[1],)
    return w, b

# %% ^samples
print("samples are here:", step_x.shape, step_w.shape)

# %% perceptron_step
def perceptron_step(x, t, w, b, eta):
    assert t in (0, 1)
    y = tlu(x[np.newaxis, :], w, b)
    assert y.shape == (1,)
    e = t - y[0]
    return w + eta * e * x, b + eta * e

# %% train_pocket
def train_pocket(X, t, seed):
    rng = np.random.default_rng(seed)
    X1 = np.column_stack([X, np.ones(len(X))]).astype(np.float32)
    v = np.zeros(X1.shape[1], dtype=np.float32)
    history = []
    for epoch in range(EPOCHS):
        for i in rng.permutation(len(X1)):
            v = v + np.float32(t[i] - (X1[i] @ v >= 0)) * X1[i]
        history.append((int(((X1 @ v >= 0) == t).sum()), v))
    best, v = max(history, key=lambda pair: pair[0])
    if DEBUG:
        print("best of", EPOCHS, "epochs:", best, "of", len(X))
    return v[:-1], v[-1]

# %% +train_pocket
w, b = train_pocket(flowers, is_virginica, 7)
plt.hist(flowers @ w + b, bins=20)
plt.axvline(0)
plt.show()

# %% keras_net_input
def keras_net_input(X, w, b):
    layer = keras.layers.Dense(1)
    layer.build((None, X.shape[1]))
    layer.kernel.assign(w[:, None])
    layer.bias.assign([float(b)])
    z = np.asarray(layer(X))
    assert z.shape == (len(X), 1)
    return z[:, 0]
