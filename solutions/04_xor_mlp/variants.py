# Other right answers: none of them may lose a point.


@variant("sigmoid")
def by_tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


@variant("sigmoid")
def the_plain_formula(z):
    return 1 / (1 + np.exp(-z))


@variant("sigmoid")
def by_two_masks(z):
    out = np.empty(np.shape(z))
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    out[~positive] = np.exp(z[~positive]) / (1 + np.exp(z[~positive]))
    return out


@variant("sigmoid")
def in_float32(z):
    z = np.asarray(z, np.float32)
    return 1 / (1 + np.exp(-np.clip(z, -80, 80)))


@variant("forward")
def example_by_example(X, W1, b1, W2, b2):
    hidden, logits = [], []
    for x in X:
        h = np.array([1 / (1 + np.exp(-(x @ W1[:, j] + b1[j]))) for j in range(W1.shape[1])])
        hidden.append(h)
        logits.append([h @ W2[:, k] + b2[k] for k in range(W2.shape[1])])
    return np.array(hidden), np.array(logits)


@variant("forward")
def biases_as_a_column(X, W1, b1, W2, b2):
    ones = np.ones((len(X), 1))
    h = sigmoid(np.hstack([X, ones]) @ np.vstack([W1, b1]))
    return [h, np.hstack([h, ones]) @ np.vstack([W2, b2])]


@variant("binary_cross_entropy")
def by_logaddexp(z, y):
    return np.mean(np.logaddexp(0, z) - y * z)


@variant("binary_cross_entropy")
def class_by_class(z, y):
    return np.sum(np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z))) / len(z)


@variant("binary_cross_entropy")
def row_by_row(z, y):
    total = 0.0
    for logit, target in zip(z[:, 0], y[:, 0], strict=True):
        signed = -logit if target == 1 else logit
        total += max(signed, 0) + np.log1p(np.exp(-abs(signed)))
    return total / len(z)


@variant("loss_and_gradients")
def by_einsum(X, y, W1, b1, W2, b2):
    h = sigmoid(np.einsum("nd,dh->nh", X, W1) + b1)
    z = np.einsum("nh,hk->nk", h, W2) + b2
    dz = sigmoid(z) - y
    dA = np.einsum("nk,hk,nh->nh", dz, W2, h - h**2)
    return (float(np.mean(np.logaddexp(0, z) - y * z)), np.einsum("nd,nh->dh", X, dA) / len(X), dA.mean(axis=0),
            np.einsum("nh,nk->hk", h, dz) / len(X), dz.mean(axis=0))


@variant("loss_and_gradients")
def row_after_row(X, y, W1, b1, W2, b2):
    loss, dW1, db1, dW2, db2 = 0.0, 0 * W1, 0 * b1, 0 * W2, 0 * b2
    for x, target in zip(X, y, strict=True):
        h = sigmoid(x @ W1 + b1)
        z = h @ W2 + b2
        dz = sigmoid(z) - target
        loss += (np.logaddexp(0, z) - target * z)[0] / len(X)
        da = W2[:, 0] * dz[0] * h * (1 - h)
        dW1, db1 = dW1 + np.outer(x, da) / len(X), db1 + da / len(X)
        dW2, db2 = dW2 + np.outer(h, dz) / len(X), db2 + dz / len(X)
    return loss, dW1, db1, dW2, db2


@variant("loss_and_gradients")
def float32_throughout(X, y, W1, b1, W2, b2):
    X, y, W1, b1, W2, b2 = (np.asarray(part, np.float32) for part in (X, y, W1, b1, W2, b2))
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    z = h @ W2 + b2
    dz = (1 / (1 + np.exp(-z)) - y) / np.float32(len(X))
    dA = dz @ W2.T * h * (1 - h)
    return [np.mean(np.logaddexp(np.float32(0), z) - y * z), X.T @ dA, dA.sum(0), h.T @ dz, dz.sum(0)]


@variant("loss_and_gradients")
def through_the_probability(X, y, W1, b1, W2, b2):
    h, z = forward(X, W1, b1, W2, b2)
    p = sigmoid(z)
    dp = (-y / p + (1 - y) / (1 - p)) / len(X)
    dz = dp * p * (1 - p)
    dh = np.outer(dz, W2)
    dA = dh * sigmoid(X @ W1 + b1) * sigmoid(-X @ W1 - b1)
    return binary_cross_entropy(z, y), (dA.T @ X).T, dA.T @ np.ones(len(X)), (dz.T @ h).T, dz.sum(axis=0)


@variant("numerical_gradient")
def in_place_and_put_back(f, W, step=1e-5):
    dW = np.zeros_like(W)
    for place, old in np.ndenumerate(W.copy()):
        W[place] = old + step
        up = f(W)
        W[place] = old - step
        dW[place] = (up - f(W)) / (2 * step)
        W[place] = old
    return dW


@variant("numerical_gradient")
def by_unit_arrays(f, W, step=1e-5):
    moves = step * np.eye(W.size).reshape(W.size, *W.shape)
    return np.array([f(W + move) - f(W - move) for move in moves]).reshape(W.shape) / step / 2


@variant("numerical_gradient")
def over_a_flat_copy(f, W, step=1e-5):
    flat, slopes = W.ravel().tolist(), []
    for place, old in enumerate(flat):
        sides = []
        for moved in (old + step, old - step):
            flat[place] = moved
            sides.append(f(np.array(flat).reshape(W.shape)))
        flat[place] = old
        slopes.append((sides[0] - sides[1]) / (2 * step))
    return np.reshape(slopes, W.shape)


@variant("ebp_step")
def error_kept_as_printed(X, y, W1, b1, W2, b2, rate):
    h, z = forward(X, W1, b1, W2, b2)
    p = sigmoid(z)
    e = y - p
    delta2 = e * p * (1 - p)
    delta1 = h * (1 - h) * (delta2 @ W2.T)
    step = rate / len(X)
    return W1 + step * X.T @ delta1, b1 + step * delta1.sum(0), W2 + step * h.T @ delta2, b2 + step * delta2.sum(0)


@variant("ebp_step")
def hidden_minus_kept(X, y, W1, b1, W2, b2, rate):
    h, z = forward(X, W1, b1, W2, b2)
    p = sigmoid(z)
    delta2 = -(y - p) * p * (1 - p) / len(X)
    delta1 = -h * (1 - h) * (delta2 @ W2.T)
    return [W1 + rate * X.T @ delta1, b1 + rate * delta1.sum(0), W2 - rate * h.T @ delta2, b2 - rate * delta2.sum(0)]


@variant("descend")
def on_copies(X, y, W1, b1, W2, b2, rate, steps):
    parameters, losses = [np.array(part) for part in (W1, b1, W2, b2)], np.zeros(steps)
    for step in range(steps):
        losses[step], *gradients = loss_and_gradients(X, y, *parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= rate * gradient
    return *parameters, losses


@variant("descend")
def losses_in_a_list(X, y, W1, b1, W2, b2, rate, steps):
    losses = []
    for _ in range(steps):
        h = sigmoid(X @ W1 + b1)
        z = h @ W2 + b2
        losses.append(float(np.mean(np.logaddexp(0, z) - y * z)))
        dz = (sigmoid(z) - y) * rate / len(X)
        dA = dz @ W2.T * h * (1 - h)
        W1, b1, W2, b2 = W1 - X.T @ dA, b1 - dA.sum(0), W2 - h.T @ dz, b2 - dz.sum(0)
    return [W1, b1, W2, b2, losses]


@variant("train")
def wider_and_slower(X, y, seed):
    rng = np.random.default_rng(seed)
    start = rng.normal(0, 0.5, size=(X.shape[1], 16)), np.zeros(16), rng.normal(0, 0.5, size=(16, 1)), np.zeros(1)
    return descend(X, y[:, None].astype(float), *start, 1.0, 700)[:4]


@variant("train")
def in_mini_batches(X, y, seed):
    rng = np.random.default_rng(seed)
    parameters = start_weights(X.shape[1], 12, seed)
    for _ in range(40):
        order = rng.permutation(len(X))
        for rows in np.array_split(order, 10):
            _, *gradients = loss_and_gradients(X[rows], y[rows, None], *parameters)
            parameters = tuple(old - 1.0 * g for old, g in zip(parameters, gradients, strict=True))
    return parameters
