# Other right answers: none of them may lose a point.


@variant("forward")
def by_index(X, parameters, kind):
    n_layers, A, sums = len(parameters) // 2, X, []
    for layer in range(n_layers):
        Z = np.dot(A, parameters[2 * layer]) + parameters[2 * layer + 1]
        sums += [Z]
        if layer < n_layers - 1:
            A = bend(Z, kind)[0]
    return sums


@variant("forward")
def by_recursion(X, parameters, kind):
    W, b, *rest = parameters
    Z = X @ W + b
    return (Z, *by_recursion(bend(Z, kind)[0], rest, kind)) if rest else (Z,)


@variant("forward")
def by_einsum_with_bends_of_its_own(X, parameters, kind):
    bends = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z))}
    sums = []
    for W, b in layers(parameters):
        sums.append(np.einsum("nd,dh->nh", bends[kind](sums[-1]) if sums else X, W) + b[np.newaxis, :])
    return tuple(sums)


@variant("forward")
def forward_in_float32(X, parameters, kind):
    sums, A = [], np.asarray(X, np.float32)
    for W, b in layers([np.asarray(part, np.float32) for part in parameters]):
        sums.append(A @ W + b)
        A = bend(sums[-1], kind)[0].astype(np.float32)
    return tuple(sums)


@variant("deltas")
def appended_and_reversed(X, y, parameters, kind):
    sums = forward(X, parameters, kind)
    _, delta = softmax_loss(sums[-1], y)
    found = [delta]
    for Z, W in zip(reversed(sums[:-1]), reversed(parameters[2::2]), strict=True):
        delta = (delta @ W.T) * bend(Z, kind)[1]
        found.append(delta)
    return tuple(reversed(found))


@variant("deltas")
def deltas_by_einsum(X, y, parameters, kind):
    sums = forward(X, parameters, kind)
    P = np.exp(sums[-1] - np.max(sums[-1], axis=1, keepdims=True))
    P /= P.sum(axis=1, keepdims=True)
    found = [None] * len(sums)
    found[-1] = (P - np.eye(P.shape[1])[y]) / len(X)
    for layer in range(len(sums) - 1, 0, -1):
        found[layer - 1] = np.einsum("nk,jk,nj->nj", found[layer], parameters[2 * layer], bend(sums[layer - 1], kind)[1])
    return found


@variant("deltas")
def deltas_row_by_row(X, y, parameters, kind):
    rows = []
    for x, label in zip(X, y, strict=True):
        sums = forward(x[None], parameters, kind)
        found = [softmax_loss(sums[-1], np.array([label]))[1][0] / len(X)]
        for Z, W in zip(sums[-2::-1], parameters[-2:0:-2], strict=True):
            found.append(W @ found[-1] * bend(Z, kind)[1][0])
        rows.append(found[::-1])
    return tuple(np.array(of_layer) for of_layer in zip(*rows, strict=True))


@variant("deltas")
def divided_at_the_end(X, y, parameters, kind):
    sums = forward(X, parameters, kind)
    delta = softmax_loss(sums[-1], y)[1] * len(y)
    found = [delta / len(y)]
    for layer in range(len(sums) - 1, 0, -1):
        delta = (parameters[2 * layer] @ delta.T).T * bend(sums[layer - 1], kind)[1]
        found = [delta / len(y), *found]
    return found


@variant("loss_and_gradients")
def in_one_walk(X, y, parameters, kind):
    sums, inputs = [], [X]
    for W, b in layers(parameters):
        sums.append(inputs[-1] @ W + b)
        inputs.append(bend(sums[-1], kind)[0])
    loss, delta = softmax_loss(sums[-1], y)
    gradients = []
    for layer in range(len(sums) - 1, -1, -1):
        gradients = [inputs[layer].T @ delta, np.sum(delta, axis=0), *gradients]
        if layer:
            delta = delta @ parameters[2 * layer].T * bend(sums[layer - 1], kind)[1]
    return [loss, *gradients]


@variant("loss_and_gradients")
def biases_by_a_row_of_ones(X, y, parameters, kind):
    sums = forward(X, parameters, kind)
    answer, A = [softmax_loss(sums[-1], y)[0]], X
    for Z, delta in zip(sums, deltas(X, y, parameters, kind), strict=True):
        both = np.hstack([A, np.ones((len(X), 1))]).T @ delta
        answer += [both[:-1], both[-1]]
        A = bend(Z, kind)[0]
    return tuple(answer)


@variant("loss_and_gradients")
def gradients_by_einsum(X, y, parameters, kind):
    sums = forward(X, parameters, kind)
    scores = sums[-1]
    loss = np.mean(np.log(np.sum(np.exp(scores), axis=1)) - scores[np.arange(len(y)), y])
    inputs = [X, *[bend(Z, kind)[0] for Z in sums]]
    gradients = []
    for A, delta in zip(inputs, deltas(X, y, parameters, kind), strict=False):
        gradients += [np.einsum("nd,nh->dh", A, delta), np.einsum("nh->h", delta)]
    return (loss, *gradients)


@variant("loss_and_gradients")
def gradients_in_float32(X, y, parameters, kind):
    X = np.asarray(X, np.float32)
    parameters = [np.asarray(part, np.float32) for part in parameters]
    sums = forward(X, parameters, kind)
    inputs = [X, *[bend(Z, kind)[0] for Z in sums[:-1]]]
    gradients = [(A.T @ delta, delta.sum(axis=0)) for A, delta in zip(inputs, deltas(X, y, parameters, kind), strict=True)]
    return (softmax_loss(sums[-1], y)[0], *[np.asarray(part, np.float32) for pair in gradients for part in pair])


@variant("gradient_errors")
def in_a_list_that_is_put_back(f, parameters, gradients):
    held, errors = list(parameters), []
    for place in range(len(held)):
        old = held[place]

        def moved(W, place=place):
            held[place] = W
            return f(tuple(held))

        numbers = numerical_gradient(moved, old)
        held[place] = old
        errors.append(abs(gradients[place] - numbers).max() / abs(numbers).max())
    return errors


@variant("gradient_errors")
def by_differences_of_its_own(f, parameters, gradients):
    errors = []
    for place, (W, claimed) in enumerate(zip(parameters, gradients, strict=True)):
        numbers = np.zeros_like(W)
        for index, _ in np.ndenumerate(W):
            sides = []
            for step in (1e-4, -1e-4):
                moved = [part.copy() for part in parameters]
                moved[place][index] += step
                sides.append(f(tuple(moved)))
            numbers[index] = (sides[0] - sides[1]) / 2e-4
        errors.append(np.abs(numbers - claimed).max() / np.abs(numbers).max())
    return np.array(errors)


@variant("gradient_errors")
def moved_in_place_and_put_back(f, parameters, gradients):
    errors, step = [], 1e-5
    for W, claimed in zip(parameters, gradients, strict=True):
        numbers = np.zeros(W.shape)
        for index in np.ndindex(W.shape):
            W[index] += step
            up = f(parameters)
            W[index] -= 2 * step
            numbers[index] = (up - f(parameters)) / (2 * step)
            W[index] += step
        errors.append(np.max(np.abs(claimed - numbers)) / np.max(np.abs(numbers)))
    return np.array(errors)


@variant("gradient_errors")
def by_a_comprehension(f, parameters, gradients):
    numbers = [
        numerical_gradient(lambda W, place=place: f(tuple(W if other == place else part for other, part in enumerate(parameters))), old)
        for place, old in enumerate(parameters)
    ]
    return np.array([np.max(np.abs((g - n) / np.max(np.abs(n)))) for g, n in zip(gradients, numbers, strict=True)])


@variant("ebp_step")
def error_kept_as_printed(X, Y, parameters, rate):
    outputs = [X]
    for W, b in layers(parameters):
        outputs.append(bend(outputs[-1] @ W + b, "sigmoid")[0])
    delta = (Y - outputs[-1]) * outputs[-1] * (1 - outputs[-1])
    stepped, step = [], rate / len(X)
    for (W, b), h in zip(layers(parameters)[::-1], outputs[-2::-1], strict=True):
        stepped = [W + step * h.T @ delta, b + step * delta.sum(axis=0), *stepped]
        delta = h * (1 - h) * (delta @ W.T)
    return stepped


@variant("ebp_step")
def by_forward_and_bend(X, Y, parameters, rate):
    sums = forward(X, parameters, "sigmoid")
    p, slope = bend(sums[-1], "sigmoid")
    delta = (p - Y) / Y.shape[0] * slope
    new = list(parameters)
    for layer in range(len(sums) - 1, -1, -1):
        below = X if layer == 0 else bend(sums[layer - 1], "sigmoid")[0]
        new[2 * layer] = parameters[2 * layer] - rate * (below.T @ delta)
        new[2 * layer + 1] = parameters[2 * layer + 1] - rate * np.sum(delta, 0)
        if layer > 0:
            delta = np.dot(delta, parameters[2 * layer].T) * bend(sums[layer - 1], "sigmoid")[1]
    return tuple(new)


@variant("epoch")
def by_array_split(X, y, parameters, kind, rate, order, size):
    losses, now = np.zeros(-(-len(order) // size)), list(parameters)
    for number, rows in enumerate(np.split(order, np.arange(size, len(order), size))):
        losses[number], *gradients = loss_and_gradients(X[rows], y[rows], tuple(now), kind)
        for place, dW in enumerate(gradients):
            now[place] = now[place] - rate * dW
    return [*now, losses]


@variant("epoch")
def shuffled_first(X, y, parameters, kind, rate, order, size):
    X, y, begin, losses = X[order], y[order], 0, []
    parameters = [part.copy() for part in parameters]
    while begin < len(X):
        loss, *gradients = loss_and_gradients(X[begin : begin + size], y[begin : begin + size], parameters, kind)
        losses.append(loss)
        for part, dW in zip(parameters, gradients, strict=True):
            part -= rate * dW
        begin += size
    return (*parameters, losses)


@variant("train")
def wider_and_at_one_rate(X, y, seed):
    rng = np.random.default_rng(seed)
    parameters = start((X.shape[1], 60, 30, int(np.max(y)) + 1), seed)
    for _ in range(20):
        *parameters, _ = epoch(X, y, tuple(parameters), "relu", 0.05, rng.permutation(len(X)), 32)
    return list(parameters)


@variant("clipped_step")
def by_one_long_vector(X, y, parameters, kind, rate, limit):
    _, *gradients = loss_and_gradients(X, y, parameters, kind)
    length = np.linalg.norm(np.concatenate([dW.ravel() for dW in gradients]))
    if length > limit:
        gradients = [dW / length * limit for dW in gradients]
    return [W - rate * dW for W, dW in zip(parameters, gradients, strict=True)]


@variant("clipped_step")
def over_the_larger(X, y, parameters, kind, rate, limit):
    _, *gradients = loss_and_gradients(X, y, parameters, kind)
    square = 0.0
    for dW in gradients:
        square += np.linalg.norm(dW) ** 2
    shrunk = limit / np.maximum(np.sqrt(square), limit)
    return tuple(W - rate * shrunk * dW for W, dW in zip(parameters, gradients, strict=True))
