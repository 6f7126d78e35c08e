# Known wrong answers. The docstring is the sentence that the student reads.


@mistake("softmax", general="axis")
def columns_for_rows(z):
    """You take the maximum and the sum of each column, so the columns sum to 1. The rows must: the classes stand in axis 1."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@mistake("softmax", keeps="rows of like size come out right: only stability is lost", general="nan zeros rows sums")
def one_maximum_for_all(z):
    """You subtract one maximum for the whole batch, so a row far below it is lost. Subtract each row's own."""
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", keeps="moderate scores come out right: only stability is lost", general="nan")
def no_shift(z):
    """You take the exponential of the raw scores, which overflows for large ones. Subtract the row's maximum first."""
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", general="per_row sums")
def not_normalised(z):
    """You return the exponentials of the shifted scores. Divide each row by its sum."""
    return np.exp(z - z.max(axis=1, keepdims=True))


@mistake("softmax", general="per_row sums")
def sum_of_everything(z):
    """You divide by the sum over the whole batch. Each row is divided by its own sum."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum()


@mistake("log_sum_exp", general="along")
def maximum_not_added(z):
    """You subtract the maximum and do not add it back after the logarithm."""
    m = z.max(axis=1)
    return np.log(np.exp(z - m[:, None]).sum(axis=1))


@mistake("log_sum_exp", keeps="moderate scores come out right: only stability is lost", general="nan")
def exponential_overflows(z):
    """You take the exponential of the raw scores, which overflows for large ones. Shift by the row's maximum."""
    return np.log(np.exp(z).sum(axis=1))


@mistake("log_sum_exp", general="returns_input")
def maximum_only(z):
    """You return the row's maximum. The logarithm of the sum is still to be added."""
    return z.max(axis=1)


@mistake("cross_entropy", general="factor")
def sum_over_batch(z, y):
    """You sum over the batch. The loss is the mean over its rows."""
    return float(np.sum(log_sum_exp(z) - z[np.arange(len(z)), y]))


@mistake("cross_entropy", general="sign")
def minus_missing(z, y):
    """Your loss is negative: the minus in front of the logarithm is missing."""
    return -float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y]))


@mistake("cross_entropy", general="factor")
def mean_over_classes_too(z, y):
    """You take the mean over rows and classes. Only the right class of a row counts: divide by N alone."""
    return float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y])) / z.shape[1]


@mistake("cross_entropy", general="value")
def softmax_twice(z, y):
    """You apply the softmax twice: what goes into the loss is probabilities already."""
    p = softmax(z)
    return float(np.mean(log_sum_exp(p) - p[np.arange(len(p)), y]))


@mistake("cross_entropy", general="value")
def no_logarithm(z, y):
    """You average the right classes' probabilities and change the sign. Take the logarithm of each before the mean."""
    return float(-np.mean(softmax(z)[np.arange(len(z)), y]))


@mistake("cross_entropy", keeps="moderate scores come out right: only stability is lost", general="nan")
def log_of_rounded(z, y):
    """You take the logarithm of a probability that was rounded to zero. Use `log_sum_exp`: it needs no probabilities."""
    return float(-np.mean(np.log(softmax(z)[np.arange(len(z)), y])))


@mistake("cross_entropy", general="value")
def columns_picked(z, y):
    """`[:, y]` takes whole columns, so every row meets every label. Take one entry a row: `[np.arange(len(z)), y]`."""
    return float(np.mean(log_sum_exp(z)[:, None] - z[:, y]))


@mistake("soft_cross_entropy", general="factor")
def suspect_unchanged(z, t):
    """Both slips are still there: the sign, and the mean over rows and classes at once."""
    return float(np.mean(t * (z - log_sum_exp(z)[:, None])))


@mistake("soft_cross_entropy", general="factor")
def sign_mended_only(z, t):
    """The sign is right now. The mean is still taken over all N times C entries instead of N rows."""
    return -float(np.mean(t * (z - log_sum_exp(z)[:, None])))


@mistake("soft_cross_entropy", general="sign")
def mean_mended_only(z, t):
    """The mean is right now. The minus in front is still missing."""
    return float(np.mean(np.sum(t * (z - log_sum_exp(z)[:, None]), axis=1)))


@mistake("sequence_cross_entropy", general="factor")
def sum_over_positions(z, y):
    """Your loss is S times too large: you sum over the S positions of a sequence. It is the mean over all N times S of them."""
    return cross_entropy(z.reshape(-1, z.shape[-1]), y.reshape(-1)) * y.shape[1]


@mistake("cross_entropy_gradient", general="sums")
def one_hot_not_subtracted(z, y):
    """You return the probabilities. The one-hot labels are not subtracted yet, so the rows do not sum to 0."""
    return softmax(z) / len(z)


@mistake("cross_entropy_gradient", general="sums")
def ones_in_whole_columns(z, y):
    """`[:, y]` subtracts 1 in whole columns. Only one entry of each row changes: `[np.arange(len(z)), y]`."""
    dz = softmax(z)
    dz[:, y] -= 1
    return dz / len(z)


@mistake("cross_entropy_gradient", general="factor")
def mean_forgotten(z, y):
    """Your gradient belongs to the sum of the losses. The loss is a mean: divide by the number of rows."""
    return cross_entropy_gradient(z, y) * len(z)


@mistake("cross_entropy_gradient", general="sign")
def sign_swapped(z, y):
    """You compute labels minus probabilities. It is the other way round."""
    return -cross_entropy_gradient(z, y)


@mistake("cross_entropy_gradient", general="factor")
def divided_by_classes(z, y):
    """You divide by C, the number of classes. The loss is a mean over rows: divide by N."""
    return cross_entropy_gradient(z, y) * len(z) / z.shape[1]


@mistake("cross_entropy_gradient", general="sums")
def sigmoid_slope_added(z, y):
    """You multiply by p(1-p) as well. The derivative of softmax and logarithm together is p minus one-hot alone."""
    p = softmax(z)
    return cross_entropy_gradient(z, y) * p * (1 - p)


@mistake("loss_and_gradients", general="factor tensors")
def bias_mean(X, y, W, b):
    """You take the mean over the rows for db. The 1/N is in dZ already: db is the sum."""
    loss, dW, db = loss_and_gradients(X, y, W, b)
    return loss, dW, db / len(X)


@mistake("loss_and_gradients", general="factor tensors")
def mean_twice(X, y, W, b):
    """You divide dW and db by N once more: dZ has its 1/N already."""
    loss, dW, db = loss_and_gradients(X, y, W, b)
    return loss, dW / len(X), db / len(X)


@mistake("loss_and_gradients", general="value")
def bias_left_out(X, y, W, b):
    """Your scores leave the bias out."""
    return loss_and_gradients(X, y, W, np.zeros_like(b))


def taken_for_probabilities(X, y, W, b):
    z, rows = X @ W + b, np.arange(len(y))
    p = np.clip(z, 1e-7, 1 - 1e-7)
    sums = p.sum(axis=1, keepdims=True)
    dp = np.ones_like(p) / sums
    dp[rows, y] -= 1 / p[rows, y]
    dz = dp * (p == z) / len(y)
    return float(-np.mean(np.log((p / sums)[rows, y]))), X.T @ dz, dz.sum(axis=0)


@mistake("keras_loss_and_gradients", general="value")
def tape_without_from_logits(X, y, W, b):
    """Keras was not told that it gets scores, and takes them for probabilities: say from_logits=True."""
    return taken_for_probabilities(X, y, W, b)


@mistake("keras_loss_and_gradients", general="value")
def tape_softmaxed_first(X, y, W, b):
    """You hand over probabilities and say that they are scores: Keras applies a second softmax. Hand over the scores."""
    p = softmax(X @ W + b)
    dp = cross_entropy_gradient(p, y)
    dz = p * (dp - np.sum(dp * p, axis=1, keepdims=True))
    return cross_entropy(p, y), X.T @ dz, dz.sum(axis=0)


@mistake("keras_loss_and_gradients", general="value")
def tape_without_bias(X, y, W, b):
    """Your scores leave the bias out."""
    return loss_and_gradients(X, y, W, np.zeros_like(b))


@mistake("loss_and_gradients", general="shape")
def bias_not_summed(X, y, W, b):
    """You return dZ itself for db, one row an example. b has one entry a class: sum dZ over the rows."""
    dZ = cross_entropy_gradient(X @ W + b, y)
    return cross_entropy(X @ W + b, y), X.T @ dZ, dZ


@mistake("loss_and_gradients", general="transpose")
def weights_transposed(X, y, W, b):
    """Your dW is the transpose of the right one: the shape of W comes from X.T @ dZ, not from dZ.T @ X."""
    loss, dW, db = loss_and_gradients(X, y, W, b)
    return loss, dW.T, db


@mistake("train", general="accuracy")
def uphill(X, y, seed):
    """Your steps go uphill: the gradient points to where the loss grows. Subtract it."""
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    for _ in range(300):
        _, dW, db = loss_and_gradients(X, y, W, b)
        W, b = W + 1.0 * dW, b + 1.0 * db
    return W, b


@mistake("train", general="accuracy")
def never_moves(X, y, seed):
    """The weights that you return are those of the start: the results of your steps are not kept."""
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    return rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)


@mistake("train", general="accuracy")
def returns_in_the_loop(X, y, seed):
    """You return after the first step. Does the return stand inside the loop?"""
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    _, dW, db = loss_and_gradients(X, y, W, b)
    return W - 1.0 * dW, b - 1.0 * db


@mistake("train", general="accuracy")
def bias_alone_moves(X, y, seed):
    """Only the bias has moved, and W is still that of the start. Both take a step."""
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    for _ in range(300):
        b = b - 1.0 * loss_and_gradients(X, y, W, b)[2]
    return W, b


@mistake("build_classifier", general="sums value", trains=True)
def scores_softmaxed(n_features, n_classes):
    """The model's outputs are not its scores X @ W + b. Does its layer have an activation?"""
    model = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_classes, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@mistake("classifier_scores")
def scores_softmaxed(X, W, b):
    return softmax(X @ W + b)


@mistake("build_classifier", general="value")
def loss_not_told(n_features, n_classes):
    """The model was not told that its loss gets scores, and takes them for probabilities: say from_logits=True."""
    model = keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_classes)])
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy())
    return model


@mistake("classifier_loss_and_gradients")
def loss_not_told(X, y, W, b):
    return taken_for_probabilities(X, y, W, b)


@mistake("build_classifier", general="type")
def input_left_out(n_features, n_classes):
    """The model has no weights yet, because it does not know its inputs: begin with keras.Input((n_features,))."""
    model = keras.Sequential([keras.layers.Dense(n_classes)])
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


@mistake("build_classifier", general="type")
def not_compiled(n_features, n_classes):
    """The model has no loss yet: call model.compile with an optimizer and a loss."""
    return keras.Sequential([keras.Input((n_features,)), keras.layers.Dense(n_classes)])


@mistake("build_classifier", general="type")
def nothing_returned(n_features, n_classes):
    """Your function returns nothing. Return the compiled model."""


@mistake("build_classifier", general="type")
def no_model(n_features, n_classes):
    """What you return is no Keras model. Put the input and the layer into keras.Sequential, and return that."""
    return keras.layers.Dense(n_classes)


@mistake("build_classifier", general="type")
def other_layers(n_features, n_classes):
    """One Dense layer has one kernel and one bias: (D, C) and (C,). The weights of your model are others."""
    model = keras.Sequential([
        keras.Input((n_features,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(n_classes)])
    model.compile(keras.optimizers.Adam(0.01), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# --- the same slips with Keras


def taped(X, y, W, b, loss):
    """loss(y, scores) of one layer, and its gradients."""
    W, b = tf.Variable(W), tf.Variable(b)
    with tf.GradientTape() as tape:
        value = loss(y, tf.constant(X) @ W + b)
    return float(value), *(gradient.numpy() for gradient in tape.gradient(value, [W, b]))


@real("keras_loss_and_gradients", "tape_without_from_logits")
def really_taped_without_from_logits(X, y, W, b):
    return taped(X, y, W, b, keras.losses.SparseCategoricalCrossentropy())


@real("keras_loss_and_gradients", "tape_softmaxed_first")
def really_taped_softmaxed_first(X, y, W, b):
    right = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return taped(X, y, W, b, lambda y, z: right(y, tf.nn.softmax(z)))


@real("keras_loss_and_gradients", "tape_without_bias")
def really_taped_without_bias(X, y, W, b):
    right = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return taped(X, y, W, b * 0, right)
