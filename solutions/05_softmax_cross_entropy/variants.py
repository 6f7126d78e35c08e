# Other right answers: none of them may lose a point.


@variant("softmax")
def loops(z):
    rows = []
    for row in z:
        e = [np.exp(value - max(row)) for value in row]
        rows.append([value / sum(e) for value in e])
    return np.array(rows)


@variant("softmax")
def by_log_sum_exp(z):
    return np.exp(z - log_sum_exp(z)[:, None])


@variant("softmax")
def in_float32(z):
    z = z.astype(np.float32)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@variant("log_sum_exp")
def by_logaddexp(z):
    return np.logaddexp.reduce(z, axis=1)


@variant("cross_entropy")
def by_one_hot(z, y):
    return np.mean(np.sum(np.eye(z.shape[1])[y] * (log_sum_exp(z)[:, None] - z), axis=1))


@variant("soft_cross_entropy")
def by_einsum(z, t):
    return -np.einsum("nc,nc->", t, z - np.logaddexp.reduce(z, axis=1)[:, None]) / len(z)


@variant("cross_entropy_gradient")
def one_hot_matrix(z, y):
    return (softmax(z) - np.eye(z.shape[1])[y]) / z.shape[0]


@variant("loss_and_gradients")
def outer_products(X, y, W, b):
    dz = cross_entropy_gradient(X @ W + b, y)
    return cross_entropy(X @ W + b, y), sum(np.outer(x, d) for x, d in zip(X, dz, strict=True)), np.ones(len(X)) @ dz


@variant("sequence_cross_entropy")
def sequence_by_sequence(z, y):
    return sum(cross_entropy(scores, labels) for scores, labels in zip(z, y, strict=True)) / len(z)


@variant("train")
def slower_and_longer(X, y, seed):
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.1, size=(X.shape[1], int(y.max()) + 1)), np.zeros(int(y.max()) + 1)
    for _ in range(500):
        _, dW, db = loss_and_gradients(X, y, W, b)
        W -= 0.5 * dW
        b -= 0.5 * db
    return W, b


@variant("build_classifier")
def by_plain_descent(n_features, n_classes):
    model = keras.Sequential([keras.layers.Input(shape=(n_features,)), keras.layers.Dense(n_classes)])
    model.compile(optimizer=keras.optimizers.SGD(0.5), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model
