# Known wrong answers. The docstring is the sentence that the student reads.


@mistake("activations", general="tensors value")
def input_not_handed_on(X, weights, kind):
    """Your layers hand on $Z$: the activation is kept in the tuple, but the next layer gets the product without it."""
    Z, outputs = X, []
    for W in weights:
        Z = Z @ W
        outputs.append(layer(Z, np.eye(Z.shape[1]), kind))
    return tuple(outputs)


@mistake("activations", general="value tensors")
def last_layer_linear(X, weights, kind):
    """Your last layer has no activation. Here every layer has one, the last as well."""
    A = activations(X, weights[:-1], kind)
    return (*A, A[-1] @ weights[-1])


@mistake("activations", general="value")
def no_activation(X, weights, kind):
    """Your layers only multiply: the activation is missing. `layer` applies the one that `kind` names."""
    return activations(X, weights, "linear")


@mistake("activations", general="value")
def absolute_value_for_relu(X, weights, kind):
    """With "relu" you take the absolute value. ReLU sets what is negative to 0."""
    if kind != "relu":
        return activations(X, weights, kind)
    A, outputs = X, []
    for W in weights:
        A = np.abs(A @ W)
        outputs.append(A)
    return tuple(outputs)


@mistake("activations", general="type")
def last_layer_only(X, weights, kind):
    """You return the last layer alone. A tuple of all layers is asked, the first one first."""
    return activations(X, weights, kind)[-1]


@mistake("layer_statistics", general="value tensors")
def variances(X, weights, kind):
    """You return variances. The standard deviation is their square root."""
    stds, saturated = layer_statistics(X, weights, kind)
    return stds**2, saturated


@mistake("layer_statistics", general="near tensors")
def root_mean_square(X, weights, kind):
    """Your first result is the root of the mean square. The standard deviation subtracts the mean first."""
    outputs = activations(X, weights, kind)
    return np.array([np.sqrt(np.mean(A**2)) for A in outputs]), layer_statistics(X, weights, kind)[1]


@mistake("layer_statistics", general="value tensors")
def unit_by_unit(X, weights, kind):
    """You average the standard deviations of the single units. One number over all entries of the layer is asked."""
    outputs = activations(X, weights, kind)
    return np.array([np.mean(A.std(axis=0)) for A in outputs]), layer_statistics(X, weights, kind)[1]


@mistake("layer_statistics", general="value tensors near")
def divided_by_one_less(X, weights, kind):
    """You divide the sum of squares by the number of entries less one. np.std divides by their number."""
    outputs = activations(X, weights, kind)
    return np.array([A.std(ddof=1) for A in outputs]), layer_statistics(X, weights, kind)[1]


@mistake("layer_statistics", general="value tensors")
def positive_side_only(X, weights, kind):
    """You count saturation on the positive side alone. Activations near -1 are saturated, too."""
    outputs = activations(X, weights, kind)
    return layer_statistics(X, weights, kind)[0], np.array([np.mean(A > 0.95) for A in outputs])


@mistake("layer_statistics", general="factor tensors")
def counted_not_shared(X, weights, kind):
    """You count the saturated entries. A share is asked: divide by the number of entries of the layer."""
    outputs = activations(X, weights, kind)
    return layer_statistics(X, weights, kind)[0], np.array([np.sum(np.abs(A) > 0.95) for A in outputs])


@mistake("layer_statistics", general="value tensors")
def always_tanh(X, weights, kind):
    """You apply tanh whatever `kind` says. Hand `kind` on to activations."""
    return layer_statistics(X, weights, "tanh")


@mistake("layer_statistics", general="value order")
def shares_first(X, weights, kind):
    """You return the saturated shares first. The standard deviations come first."""
    stds, saturated = layer_statistics(X, weights, kind)
    return saturated, stds


@mistake("layer_statistics", general="shape")
def input_counted(X, weights, kind):
    """Your arrays begin with X. It is no layer: the first entry belongs to $A_1$."""
    outputs = (X, *activations(X, weights, kind))
    return np.array([A.std() for A in outputs]), np.array([np.mean(np.abs(A) > 0.95) for A in outputs])


@mistake("glorot_uniform", general="spread bounds")
def spread_as_limit(shape, seed):
    """You take the standard deviation for the limit. A uniform law on [-r, r] has the variance r²/3."""
    limit = np.sqrt(2 / (shape[0] + shape[1]))
    return np.random.default_rng(seed).uniform(-limit, limit, size=shape)


@mistake("glorot_uniform", general="mean spread")
def from_zero_up(shape, seed):
    """Your weights are all positive: they lie between 0 and the limit. Their mean should be 0."""
    return np.random.default_rng(seed).uniform(0, np.sqrt(6 / (shape[0] + shape[1])), size=shape)


@mistake("glorot_uniform", general="spread bounds")
def fan_in_alone(shape, seed):
    """You use fan-in alone. Glorot's start takes the sum of both fans."""
    limit = np.sqrt(6 / shape[0])
    return np.random.default_rng(seed).uniform(-limit, limit, size=shape)


@mistake("glorot_uniform", general="twins")
def one_unit_repeated(shape, seed):
    """All columns of your matrix are equal, so all units are one. Draw every entry: give the whole shape as size."""
    limit = np.sqrt(6 / (shape[0] + shape[1]))
    return np.repeat(np.random.default_rng(seed).uniform(-limit, limit, size=(shape[0], 1)), shape[1], axis=1)


@mistake("glorot_normal", general="spread")
def glorot_variance_as_std(shape, seed):
    """You hand over the variance where the generator takes a standard deviation. Take the square root."""
    return np.random.default_rng(seed).normal(0, 2 / (shape[0] + shape[1]), size=shape)


@mistake("glorot_normal", general="spread")
def limit_as_std(shape, seed):
    """You hand over the limit of the uniform law. The normal law takes the standard deviation itself."""
    return np.random.default_rng(seed).normal(0, np.sqrt(6 / (shape[0] + shape[1])), size=shape)


@mistake("glorot_normal", general="spread")
def half_the_mean(shape, seed):
    """Your variance is 1 over the sum of the fans. It is 1 over their mean, which is twice that."""
    return np.random.default_rng(seed).normal(0, np.sqrt(1 / (shape[0] + shape[1])), size=shape)


@mistake("glorot_normal", general="seed")
def always_one_seed(shape, seed):
    """Your generator has a seed of its own. Make it of the seed that the function is given."""
    return np.random.default_rng(0).normal(0, np.sqrt(2 / (shape[0] + shape[1])), size=shape)


@mistake("he_uniform", general="spread bounds")
def glorot_for_he_uniform(shape, seed):
    """This is Glorot's start. He's uses fan-in alone."""
    return glorot_uniform(shape, seed)


@mistake("he_uniform", general="spread bounds")
def he_spread_as_limit(shape, seed):
    """Your limit is the standard deviation. The limit of a uniform law is larger by the square root of 3."""
    limit = np.sqrt(2 / shape[0])
    return np.random.default_rng(seed).uniform(-limit, limit, size=shape)


@mistake("he_uniform", general="spread bounds")
def lecun_for_he(shape, seed):
    """This is LeCun's start. ReLU halves the mean square, so He's variance is twice as large."""
    return lecun_uniform(shape, seed)


@mistake("he_uniform", general="spread bounds")
def fan_out_for_fan_in_uniform(shape, seed):
    """You use fan-out. He's rule takes fan-in, the rows of W: so many terms stand in each sum."""
    limit = np.sqrt(6 / shape[1])
    return np.random.default_rng(seed).uniform(-limit, limit, size=shape)


@mistake("he_uniform", general="mean spread")
def he_from_zero_up(shape, seed):
    """Your weights lie between 0 and the limit. Their mean should be 0: begin at minus the limit."""
    return np.random.default_rng(seed).uniform(0, np.sqrt(6 / shape[0]), size=shape)


@mistake("he_normal", general="spread")
def he_variance_as_std(shape, seed):
    """You hand over He's variance as the standard deviation. The square root is missing."""
    return np.random.default_rng(seed).normal(0, 2 / shape[0], size=shape)


@mistake("he_normal", general="spread")
def fan_out_for_fan_in(shape, seed):
    """You use fan-out. The variance of a sum grows with the number of its terms: fan-in, the rows of W."""
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / shape[1]), size=shape)


@mistake("he_normal", general="spread")
def glorot_for_he_normal(shape, seed):
    """These weights follow Glorot's rule. He's rule knows fan-in alone."""
    return glorot_normal(shape, seed)


@mistake("he_normal", general="spread")
def lecun_normal_for_he(shape, seed):
    """Your variance is 1 over fan-in, LeCun's. He's is twice that."""
    return np.random.default_rng(seed).normal(0, np.sqrt(1 / shape[0]), size=shape)


@mistake("recommended", general="per_row rows")
def table_unchanged(m, m_next):
    """The table is as it was: all three rows are still the slides'."""
    return suspect(m, m_next)


@mistake("recommended", general="rows per_row")
def rows_swapped_only(m, m_next):
    """Sigmoid and tanh are right now. The ReLU row still takes both fans; He's start takes fan-in alone."""
    return np.concatenate([recommended(m, m_next)[:2], suspect(m, m_next)[2:]])


@mistake("recommended", general="rows per_row")
def relu_mended_only(m, m_next):
    """The ReLU row is right now. The factor 4 still stands with tanh instead of the sigmoid."""
    return np.concatenate([suspect(m, m_next)[:2], recommended(m, m_next)[2:]])


@mistake("recommended", general="rows per_row")
def four_for_both(m, m_next):
    """You give both the sigmoid and tanh the factor 4. Only one of them has slope 1/4 at zero."""
    return recommended(m, m_next)[[0, 0, 2]]


@mistake("recommended", general="rows per_row")
def he_with_fan_out(m, m_next):
    """Your ReLU row divides by the outputs. The variance of a sum grows with its terms, the inputs."""
    return np.concatenate([recommended(m, m_next)[:2], recommended(m_next, m)[2:]])


@mistake("recommended", general="rows per_row")
def four_dropped(m, m_next):
    """The tanh and ReLU rows are right. The factor 4 is gone; it belongs to the sigmoid, whose slope at zero is 1/4."""
    return recommended(m, m_next)[[1, 1, 2]]


@mistake("recommended", general="rows per_row")
def two_for_four(m, m_next):
    """The tanh and ReLU rows are right. You give the sigmoid the factor 2; what makes up for a slope of 1/4?"""
    return recommended(m, m_next) * np.array([[0.5], [1], [1]])


@mistake("recommended", general="rows per_row")
def square_root_of_two_twice(m, m_next):
    """Your ReLU row is too large by the square root of 2: the 2 of He's variance is in it twice."""
    return recommended(m, m_next) * np.array([[1], [1], [np.sqrt(2)]])


@mistake("recommended", general="value columns per_column")
def one_number_for_both_laws(m, m_next):
    """Both columns hold the standard deviation. The limit of the uniform law is larger by the square root of 3."""
    return recommended(m, m_next)[:, [1, 1]]


@mistake("layer_backward", general="shape type order")
def gradients_in_wrong_order(dA, X, W, kind):
    """You return dW first. The order is (dX, dW)."""
    dX, dW = layer_backward(dA, X, W, kind)
    return dW, dX


@mistake("layer_backward", general="transpose")
def weight_gradient_transposed(dA, X, W, kind):
    """Your dW is the transpose of the right one. Which product of X and dZ has the shape of W?"""
    dX, dW = layer_backward(dA, X, W, kind)
    return dX, dW.T


@mistake("layer_backward", general="value")
def slope_left_out(dA, X, W, kind):
    """The upstream gradient passes your activation unchanged. Multiply by its slope (after ReLU, A >= 0 always holds)."""
    return dA @ W.T, X.T @ dA


@mistake("layer_backward", general="value tensors")
def slope_in_one_only(dA, X, W, kind):
    """Your dW is right, but dX comes from dA. Both products take dZ."""
    return dA @ W.T, layer_backward(dA, X, W, kind)[1]


@mistake("layer_backward", general="value")
def slope_of_z(dA, X, W, kind):
    """For tanh you compute 1 - z². The slope is 1 - a², with the value after the activation."""
    if kind != "tanh":
        return layer_backward(dA, X, W, kind)
    dZ = dA * (1 - (X @ W) ** 2)
    return dZ @ W.T, X.T @ dZ


@mistake("layer_backward", general="value")
def slope_without_square(dA, X, W, kind):
    """For tanh you compute 1 - a. The slope is 1 - a²: the square is missing."""
    if kind != "tanh":
        return layer_backward(dA, X, W, kind)
    dZ = dA * (1 - layer(X, W, kind))
    return dZ @ W.T, X.T @ dZ


@mistake("layer_backward", general="value")
def slope_twice(dA, X, W, kind):
    """You multiply by the slope of tanh twice: it is 1 - a² of the activation, not 1 - tanh²(a)."""
    if kind != "tanh":
        return layer_backward(dA, X, W, kind)
    dZ = dA * (1 - np.tanh(layer(X, W, kind)) ** 2)
    return dZ @ W.T, X.T @ dZ


@mistake("layer_backward", general="value")
def mask_flipped(dA, X, W, kind):
    """Your ReLU mask is the wrong way round: you let the gradient through where z is negative."""
    if kind != "relu":
        return layer_backward(dA, X, W, kind)
    dZ = dA * (X @ W < 0)
    return dZ @ W.T, X.T @ dZ


@mistake("layer_backward", general="value")
def times_activation(dA, X, W, kind):
    """For ReLU you multiply by the activation itself. Its slope is 1 or 0."""
    if kind != "relu":
        return layer_backward(dA, X, W, kind)
    dZ = dA * layer(X, W, kind)
    return dZ @ W.T, X.T @ dZ


@mistake("layer_backward", general="value")
def mask_from_upstream(dA, X, W, kind):
    """Your ReLU mask looks at the sign of the upstream gradient. It is the sign of z that counts."""
    if kind != "relu":
        return layer_backward(dA, X, W, kind)
    dZ = dA * (dA > 0)
    return dZ @ W.T, X.T @ dZ


@mistake("layer_backward", general="factor tensors")
def mean_over_rows(dA, X, W, kind):
    """You divide dW by the number of rows. The 1/N of a mean is already in the upstream gradient."""
    dX, dW = layer_backward(dA, X, W, kind)
    return dX, dW / len(X)


@mistake("loss_and_gradients", general="shape type order")
def gradients_last_first(X, y, weights, kind):
    """Your gradients come in the order of the way back. Turn them round: dW_1 stands first."""
    loss, *gradients = loss_and_gradients(X, y, weights, kind)
    return (loss, *reversed(gradients))


@mistake("loss_and_gradients", general="type")
def gradients_as_one_list(X, y, weights, kind):
    """You return the gradients as one item. A flat tuple is asked: the loss, then one array for each layer."""
    loss, *gradients = loss_and_gradients(X, y, weights, kind)
    return loss, tuple(gradients)


@mistake("loss_and_gradients", general="value")
def scores_activated(X, y, weights, kind):
    """Your scores have gone through the activation. The last layer is linear."""
    outputs = activations(X, weights, kind)
    inputs = (X, *outputs)
    loss, upstream = softmax_loss(outputs[-1], y)
    gradients = []
    for number in reversed(range(len(weights))):
        upstream, dW = layer_backward(upstream, inputs[number], weights[number], kind)
        gradients.append(dW)
    return (loss, *reversed(gradients))


@mistake("loss_and_gradients", general="value tensors")
def last_layer_bent(X, y, weights, kind):
    """Your loss is right, but on the way back the last layer has a slope. Go back through it with "linear"."""
    inputs = (X, *activations(X, weights[:-1], kind))
    loss, upstream = softmax_loss(inputs[-1] @ weights[-1], y)
    gradients = []
    for number in reversed(range(len(weights))):
        upstream, dW = layer_backward(upstream, inputs[number], weights[number], kind)
        gradients.append(dW)
    return (loss, *reversed(gradients))


@mistake("loss_and_gradients", general="value tensors")
def hidden_slopes_left_out(X, y, weights, kind):
    """The gradient of the last layer is right. On the way further down the slopes of the hidden layers are missing."""
    inputs = (X, *activations(X, weights[:-1], kind))
    loss, upstream = softmax_loss(inputs[-1] @ weights[-1], y)
    gradients = []
    for number in reversed(range(len(weights))):
        upstream, dW = layer_backward(upstream, inputs[number], weights[number], "linear")
        gradients.append(dW)
    return (loss, *reversed(gradients))


@mistake("loss_and_gradients", general="value tensors")
def products_for_activations(X, y, weights, kind):
    """You take z where a belongs: what goes into a layer is what the one before gave after its activation."""
    inputs = (X, *activations(X, weights[:-1], kind))
    products = (X, *(A @ W for A, W in zip(inputs[:-1], weights[:-1], strict=True)))
    loss, upstream = softmax_loss(inputs[-1] @ weights[-1], y)
    gradients = []
    for number in reversed(range(len(weights))):
        its_kind = "linear" if number == len(weights) - 1 else kind
        dZ = upstream * slope(inputs[number], weights[number], its_kind)
        gradients.append(products[number].T @ dZ)
        upstream = dZ @ weights[number].T
    return (loss, *reversed(gradients))


@mistake("loss_and_gradients", general="value tensors")
def stepped_on_the_way(X, y, weights, kind):
    """You update each W before the error has passed through it. First all gradients, then the step."""
    inputs = (X, *activations(X, weights[:-1], kind))
    loss, upstream = softmax_loss(inputs[-1] @ weights[-1], y)
    gradients = []
    for number in reversed(range(len(weights))):
        its_kind = "linear" if number == len(weights) - 1 else kind
        dZ = upstream * slope(inputs[number], weights[number], its_kind)
        dW = inputs[number].T @ dZ
        upstream = dZ @ (weights[number] - 0.1 * dW).T
        gradients.append(dW)
    return (loss, *reversed(gradients))


def slope(X, W, kind):
    A = layer(X, W, kind)
    return 1 - A**2 if kind == "tanh" else A > 0 if kind == "relu" else 1


@mistake("loss_and_gradients", general="zeros tensors")
def last_layer_alone(X, y, weights, kind):
    """Only the last layer has a gradient. Hand dX down: it is the upstream gradient of the layer below."""
    loss, *gradients = loss_and_gradients(X, y, weights, kind)
    return (loss, *(dW * 0 for dW in gradients[:-1]), gradients[-1])


@mistake("init_network", general="accuracy")
def same_stream_in_each_layer(sizes, kind, seed):
    """Two layers hold the same random numbers. Draw them one after another from one generator."""
    make = he_normal if kind == "he" else glorot_normal
    return tuple(make(shape, seed) for shape in pairwise(sizes))


@mistake("init_network", general="accuracy")
def turned_round(sizes, kind, seed):
    """Your matrices are turned round: W has one row an input and one column a unit."""
    return tuple(W.T for W in init_network(sizes, kind, seed))


@mistake("init_network", general="accuracy")
def seed_ignored(sizes, kind, seed):
    """Another seed gave the same numbers. Make the generator of the seed that the function is given."""
    return init_network(sizes, kind, 0)


@mistake("init_network", general="accuracy")
def never_the_same(sizes, kind, seed):
    """The same seed gave other numbers. Make a generator of the seed inside the function."""
    return init_network(sizes, kind, None)


@mistake("init_network", general="accuracy")
def kind_ignored(sizes, kind, seed):
    """You follow Glorot's rule whatever `kind` says. With "he" the variance is 2 over fan-in."""
    return init_network(sizes, "glorot", seed)


@mistake("init_network", general="accuracy")
def he_by_fan_out(sizes, kind, seed):
    """With "he" you divide by fan-out, the columns of W. He's rule divides by fan-in."""
    if kind != "he":
        return init_network(sizes, kind, seed)
    rng = np.random.default_rng(seed)
    return tuple(rng.normal(0, np.sqrt(2 / shape[1]), size=shape) for shape in pairwise(sizes))


@mistake("train", general="accuracy")
def small_start(X, y, seed):
    """You start with weights that are too small for eleven layers, and nothing moves. Use init_network."""
    rng = np.random.default_rng(seed)
    weights = gaussian_weights(SIZES, 0.01, seed)
    for _ in range(12):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            batch = order[start:start + 32]
            _, *gradients = loss_and_gradients(X[batch], y[batch], weights, "tanh")
            weights = tuple(W - 0.1 * dW for W, dW in zip(weights, gradients, strict=True))
    return weights


@mistake("train", general="accuracy")
def uphill(X, y, seed):
    """Your steps go uphill: the gradient points to where the loss grows. Subtract it."""
    rng = np.random.default_rng(seed)
    weights = init_network(SIZES, "glorot", seed)
    for _ in range(12):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            batch = order[start:start + 32]
            _, *gradients = loss_and_gradients(X[batch], y[batch], weights, "tanh")
            weights = tuple(W + 0.1 * dW for W, dW in zip(weights, gradients, strict=True))
    return weights


@mistake("train", general="accuracy")
def never_moves(X, y, seed):
    """The weights that you return are those of the start: the results of your steps are not kept."""
    return init_network(SIZES, "glorot", seed)


@mistake("train", general="accuracy")
def rows_shuffled_labels_not(X, y, seed):
    """Your batches pair pictures with other pictures' labels. Shuffle X and y by the same order."""
    rng = np.random.default_rng(seed)
    weights = init_network(SIZES, "glorot", seed)
    for _ in range(12):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            batch = order[start:start + 32]
            _, *gradients = loss_and_gradients(X[batch], y[start:start + 32], weights, "tanh")
            weights = tuple(W - 0.1 * dW for W, dW in zip(weights, gradients, strict=True))
    return weights


@mistake("train", general="accuracy")
def one_step_an_epoch(X, y, seed):
    """You take one step an epoch, over all rows at once. Take one after each batch of 32 rows."""
    weights = init_network(SIZES, "glorot", seed)
    for epoch in range(20):
        _, *gradients = loss_and_gradients(X, y, weights, "tanh")
        weights = tuple(W - 0.1 * (1 - epoch / 20) * dW for W, dW in zip(weights, gradients, strict=True))
    return weights


@mistake("train", general="accuracy")
def one_epoch(X, y, seed):
    """You go through the rows once. Twenty epochs are asked."""
    rng = np.random.default_rng(seed)
    weights = init_network(SIZES, "glorot", seed)
    order = rng.permutation(len(X))
    for start in range(0, len(X), 32):
        batch = order[start:start + 32]
        _, *gradients = loss_and_gradients(X[batch], y[batch], weights, "tanh")
        weights = tuple(W - 0.1 * dW for W, dW in zip(weights, gradients, strict=True))
    return weights


@mistake("keras_loss_and_gradients", general="value")
def keras_scores_activated(X, y, weights, kind):
    """Your last layer has an activation. It gives scores: leave the product as it is."""
    outputs = activations(X, weights, kind)
    inputs = (X, *outputs)
    loss, upstream = softmax_loss(outputs[-1], y)
    gradients = []
    for number in reversed(range(len(weights))):
        upstream, dW = layer_backward(upstream, inputs[number], weights[number], kind)
        gradients.append(dW)
    return (loss, *reversed(gradients))


@mistake("keras_loss_and_gradients", general="value")
def keras_linear_throughout(X, y, weights, kind):
    """Your hidden layers have no activation: between the products belongs the one that `kind` names."""
    inputs = (X, *activations(X, weights, "linear"))
    loss, upstream = softmax_loss(inputs[-1], y)
    gradients = []
    for number in reversed(range(len(weights))):
        upstream, dW = layer_backward(upstream, inputs[number], weights[number], "linear")
        gradients.append(dW)
    return (loss, *reversed(gradients))


@mistake("keras_loss_and_gradients", general="value")
def keras_without_from_logits(X, y, weights, kind):
    """Keras was not told that it gets scores, and takes them for probabilities: say from_logits=True."""
    def scored(scores, y):
        clipped, rows = np.clip(scores, 1e-7, 1 - 1e-7), np.arange(len(y))
        sums = clipped.sum(axis=1, keepdims=True)
        dclipped = np.ones_like(scores) / sums
        dclipped[rows, y] -= 1 / clipped[rows, y]
        return -np.mean(np.log((clipped / sums)[rows, y])), dclipped * (clipped == scores) / len(y)

    return graded_by(scored, X, y, weights, kind)


@mistake("keras_loss_and_gradients", general="value")
def keras_softmaxed_first(X, y, weights, kind):
    """You hand over probabilities and say that they are scores: Keras applies a second softmax. Hand over the scores."""
    def scored(scores, y):
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        loss, dp = softmax_loss(p, y)
        return loss, p * (dp - np.sum(dp * p, axis=1, keepdims=True))

    return graded_by(scored, X, y, weights, kind)


def graded_by(scored, X, y, weights, kind):
    """As loss_and_gradients, with another loss: scored(scores, y) gives it and its gradient by the scores."""
    inputs = (X, *activations(X, weights[:-1], kind))
    loss, upstream = scored(inputs[-1] @ weights[-1], y)
    upstream, dW = layer_backward(upstream, inputs[-1], weights[-1], "linear")
    gradients = [dW]
    for A, W in zip(inputs[-2::-1], weights[-2::-1], strict=True):
        upstream, dW = layer_backward(upstream, A, W, kind)
        gradients.append(dW)
    return (float(loss), *reversed(gradients))


@mistake("keras_loss_and_gradients", general="factor value")
def keras_sum_over_rows(X, y, weights, kind):
    """Your loss is the sum over the rows. The loss is their mean."""
    return tuple(part * len(X) for part in loss_and_gradients(X, y, weights, kind))


@mistake("fans", general="value tensors")
def window_left_out(shape):
    """You leave the window out. A unit adds up one number for each place of the window and each channel."""
    return shape[-2], shape[-1]


@mistake("fans", general="value tensors")
def window_for_the_unit_only(shape):
    """Your fan-in is right. An input, too, is seen from every place of the window: fan-out has the factor as well."""
    return int(np.prod(shape[:-1])), shape[-1]


@mistake("fans", general="value tensors")
def first_and_second(shape):
    """You take the first two sizes. In a convolution these are the window; the channels come last."""
    return shape[0], shape[1]


@mistake("fans", general="value tensors order")
def fans_swapped(shape):
    """You return fan-out first. Fan-in comes first: it counts what goes into a unit."""
    fan_in, fan_out = fans(shape)
    return fan_out, fan_in


# --- the same slips with Keras


def taped(X, y, weights, loss, hidden, last=lambda z: z):
    """The loss of a network of these layers, and its gradients. loss: of labels and scores."""
    variables = [tf.Variable(W) for W in weights]
    with tf.GradientTape() as tape:
        A = tf.constant(X)
        for W in variables[:-1]:
            A = hidden(A @ W)
        value = loss(y, last(A @ variables[-1]))
    return (float(value), *(dW.numpy() for dW in tape.gradient(value, variables)))


def activation(kind):
    return {"tanh": tf.tanh, "relu": tf.nn.relu}[kind]


def told(**options):
    """Keras's loss, told that it gets scores."""
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True, **options)


@real("keras_loss_and_gradients", "keras_scores_activated")
def really_scores_activated(X, y, weights, kind):
    return taped(X, y, weights, told(), activation(kind), activation(kind))


@real("keras_loss_and_gradients", "keras_linear_throughout")
def really_linear_throughout(X, y, weights, kind):
    return taped(X, y, weights, told(), lambda z: z)


@real("keras_loss_and_gradients", "keras_without_from_logits")
def really_without_from_logits(X, y, weights, kind):
    return taped(X, y, weights, keras.losses.SparseCategoricalCrossentropy(), activation(kind))


@real("keras_loss_and_gradients", "keras_softmaxed_first")
def really_softmaxed_first(X, y, weights, kind):
    return taped(X, y, weights, told(), activation(kind), tf.nn.softmax)


@real("keras_loss_and_gradients", "keras_sum_over_rows")
def really_summed_over_rows(X, y, weights, kind):
    return taped(X, y, weights, told(reduction="sum"), activation(kind))
