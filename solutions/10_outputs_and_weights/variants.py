# Other right answers: none of them may lose a point.


@variant("activate")
def by_a_table(z, task):
    kinds = {"binary": sigmoid, "multilabel": sigmoid, "multiclass": softmax, "positive": softplus}
    return kinds[task](z)


@variant("activate")
def by_numpys_logaddexp(z, task):
    if task == "positive":
        return np.logaddexp(0, z)
    if task == "multiclass":
        return np.array([np.exp(row - row.max()) / np.exp(row - row.max()).sum() for row in z])
    return np.exp(-np.logaddexp(0, -z))


@variant("decide")
def by_the_probabilities(z, task):
    p = activate(z, task)
    return p.argmax(axis=1) if task == "multiclass" else np.where(p >= 0.5, 1, 0)


@variant("decide")
def row_by_row(z, task):
    if task == "multiclass":
        return [int(np.argmax(row)) for row in z]
    return [[int(one >= 0) for one in row] for row in z]


@variant("row_losses")
def by_a_loop(z, y, head):
    losses = []
    for row, came in zip(z, y, strict=True):
        if head == "sigmoid":
            losses.append(sum(max(s, 0) + np.log1p(np.exp(-abs(s))) - t * s for s, t in zip(row, came, strict=True)) / len(row))
        else:
            top = row.max()
            losses.append(top + np.log(np.exp(row - top).sum()) - row[came])
    return np.array(losses)


@variant("row_losses")
def by_reduced_logarithms(z, y, head):
    if head == "sigmoid":
        return np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z)).sum(axis=1) / z.shape[1]
    return np.logaddexp.reduce(z, axis=1) - np.take_along_axis(z, y[:, None], axis=1)[:, 0]


@variant("balanced_weights")
def class_by_class(y, C):
    weights = np.zeros(C)
    for k in range(C):
        if (y == k).any():
            weights[k] = 1 / (C * np.mean(y == k))
    return weights


@variant("balanced_weights")
def divided_where_it_can_be(y, C):
    counts = np.eye(C)[y].sum(axis=0)
    return np.divide(len(y), C * counts, out=np.zeros(C), where=counts > 0)


@variant("row_weights")
def by_masks(y, class_weight, sample_weight):
    weights = np.ones(len(y)) if sample_weight is None else np.array(sample_weight, dtype=float)
    for label, weight in class_weight.items():
        weights[y == label] *= weight
    return weights


@variant("row_weights")
def in_a_list(y, class_weight, sample_weight):
    own = [1.0] * len(y) if sample_weight is None else list(sample_weight)
    return [w * class_weight.get(k, 1) for w, k in zip(own, y.tolist(), strict=True)]


@variant("loss_and_gradient")
def by_one_hot(z, y, weights, head):
    N, C = z.shape
    per_row = weights / N
    if head == "sigmoid":
        return per_row @ row_losses(z, y, head), (per_row / C)[:, None] * (activate(z, "multilabel") - y)
    return per_row @ row_losses(z, y, head), (per_row * (activate(z, "multiclass") - np.eye(C)[y]).T).T


@variant("loss_and_gradient")
def by_a_loop_over_rows(z, y, weights, head):
    dz, loss = np.zeros_like(z), 0.0
    for i in range(len(z)):
        loss += weights[i] * row_losses(z[i : i + 1], y[i : i + 1], head)[0] / len(z)
        if head == "sigmoid":
            dz[i] = weights[i] * (1 / (1 + np.exp(-z[i])) - y[i]) / (len(z) * z.shape[1])
        else:
            dz[i] = weights[i] * softmax(z[i : i + 1])[0] / len(z)
            dz[i, y[i]] -= weights[i] / len(z)
    return loss, dz


@variant("loss_and_gradient")
def in_float32(z, y, weights, head):
    loss, dz = loss_and_gradient(z.astype(np.float32), y, weights.astype(np.float32), head)
    return np.float32(loss), dz.astype(np.float32)


@variant("train")
def other_sizes_and_whole_batches(X, y, seed):
    rng = np.random.default_rng(seed)
    mean, std = X.mean(axis=0), X.std(axis=0)
    weights = np.where(y == 1, len(y) / (2 * np.sum(y)), len(y) / (2 * np.sum(1 - y)))
    parameters = start((X.shape[1], 10, 6, 1), rng)
    for _ in range(250):
        z, inputs = forward((X - mean) / std, parameters)
        gradients = backward(loss_and_gradient(z, y[:, None], weights, "sigmoid")[1], inputs, parameters)
        parameters = tuple(W - 0.1 * dW for W, dW in zip(parameters, gradients, strict=True))
    return mean, std, *parameters


@variant("at_threshold")
def by_counting(p, y, t):
    matrix = np.zeros((2, 2), dtype=int)
    for one, label in zip(p, y, strict=True):
        matrix[label, int(one >= t)] += 1
    called = matrix[0, 1] + matrix[1, 1]
    precision = matrix[1, 1] / called if called > 0 else 1
    return matrix, precision, matrix[1, 1] / (matrix[1, 0] + matrix[1, 1])


@variant("at_threshold")
def by_bincount(p, y, t):
    said = np.asarray(p >= t, dtype=int)
    matrix = np.bincount(2 * y + said, minlength=4).reshape(2, 2)
    return [matrix, np.mean(y[said == 1]) if said.any() else 1.0, np.mean(said[y == 1])]


@variant("unweighted")
def by_odds_in_a_loop(p, class_weights):
    rows = []
    for row in p:
        total = sum(one / c for one, c in zip(row, class_weights, strict=True))
        rows.append([one / c / total for one, c in zip(row, class_weights, strict=True)])
    return np.array(rows)


@variant("unweighted")
def by_logarithms(p, class_weights):
    return softmax(np.log(p) - np.log(class_weights))


@variant("keras_loss_and_gradient")
def keras_by_functions(z, y, weights, head):
    return loss_and_gradient(z, y, weights, head)


@real("keras_loss_and_gradient", "keras_by_functions")
def really_by_functions(z, y, weights, head):
    scores = tf.Variable(z)
    with tf.GradientTape() as tape:
        if head == "sigmoid":
            rows = keras.losses.binary_crossentropy(y, scores, from_logits=True)
        else:
            rows = keras.losses.sparse_categorical_crossentropy(y, scores, from_logits=True)
        loss = tf.reduce_mean(rows * weights)
    return float(loss), np.array(tape.gradient(loss, scores))
