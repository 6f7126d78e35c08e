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


@mistake("keras_loss_and_gradients", general="value", told_as=bias_left_out)
def tape_without_bias(X, y, W, b):
    return loss_and_gradients(X, y, W, np.zeros_like(b))


@mistake("keras_loss_and_gradients", general="factor tensors")
def tape_of_the_sum(X, y, W, b):
    """Your loss is right, but dW and db are N times too large: the tape differentiates a sum of the rows' losses, or all of them at once. Take their mean inside the tape."""
    loss, dW, db = loss_and_gradients(X, y, W, b)
    return loss, dW * len(X), db * len(X)


@mistake("keras_loss_and_gradients", general="factor value")
def tape_of_the_sum_alone(X, y, W, b):
    """Loss and gradients are N times too large: they belong to the sum of the rows' losses. Take their mean."""
    return tuple(part * len(X) for part in loss_and_gradients(X, y, W, b))


@mistake("keras_loss_and_gradients", general="type")
def tape_that_saw_nothing(X, y, W, b):
    """dW and db are None: the tape did not see how W and b make the loss. Make a tf.Variable of each, and compute scores and loss from them inside the `with`."""
    return loss_and_gradients(X, y, W, b)[0], None, None


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


def _two_terms(z, y):
    p, t = softmax(z), np.eye(z.shape[1])[y]
    return -(t * np.log(p) + (1 - t) * np.log(1 - p))


@mistake("softmax", keeps="moderate scores come out right: only stability is lost", general="nan")
def shift_by_minimum(z):
    """You subtract the row's minimum, so the largest exponent is not 0 and may overflow. Subtract the maximum."""
    e = np.exp(z - z.min(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", keeps="moderate scores come out right: only stability is lost", general="nan")
def shift_by_mean(z):
    """You subtract the row's mean, so a score far above it still overflows. Subtract the maximum."""
    e = np.exp(z - z.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", keeps="moderate scores come out right: only stability is lost", general="nan")
def maximum_added(z):
    """You add the row's maximum to the scores. Subtract it: then the largest exponent is 0."""
    e = np.exp(z + z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", keeps="moderate scores come out right: only stability is lost", general="nan")
def shift_by_size(z):
    """You subtract the largest absolute value. In a row of negative scores all exponentials then round to 0."""
    e = np.exp(z - np.abs(z).max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", keeps="moderate scores come out right: only stability is lost", general="zeros rows sums")
def overflow_made_zero(z):
    """You put 0 where nan came out. The overflow is still there: subtract the row's maximum before the exponential."""
    e = np.exp(z)
    return np.nan_to_num(e / e.sum(axis=1, keepdims=True))


@mistake("softmax", keeps="rows of like size come out right: only stability is lost", general="zeros rows sums", told_as=one_maximum_for_all)
def one_maximum_and_epsilon(z):
    e = np.exp(z - z.max())
    return e / (e.sum(axis=1, keepdims=True) + 1e-12)


@mistake("softmax", general="per_row sums nan")
def denominator_not_shifted(z):
    """The maximum is subtracted above the line and not below it. Sum the same exponentials that you divide."""
    return np.exp(z - z.max(axis=1, keepdims=True)) / np.exp(z).sum(axis=1, keepdims=True)


@mistake("softmax", general="per_row sums nan")
def numerator_not_shifted(z):
    """The maximum is subtracted below the line and not above it. Divide the same exponentials that you sum."""
    return np.exp(z) / np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)


@mistake("softmax", general="per_row sums")
def unit_length(z):
    """You divide each row by its length, the root of the sum of squares. Divide by the sum."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.linalg.norm(e, axis=1, keepdims=True)


@mistake("softmax", general="sums value")
def sigmoid_of_each(z):
    """You take the sigmoid of each score alone, so a row need not sum to 1. The softmax compares the scores of a row."""
    return 1 / (1 + np.exp(-z))


@mistake("softmax", general="value")
def sigmoids_normalised(z):
    """Your rows sum to 1, but they are made of sigmoids. Take the exponential of each score."""
    s = 1 / (1 + np.exp(-z))
    return s / s.sum(axis=1, keepdims=True)


@mistake("softmax", general="value")
def scores_normalised(z):
    """You divide the scores themselves by their sum. The exponential of each comes first."""
    return z / z.sum(axis=1, keepdims=True)


@mistake("softmax", general="value")
def divided_by_maximum(z):
    """You divide the scores by the row's maximum, which changes the probabilities. Subtract it."""
    e = np.exp(z / z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax", general="per_row sums")
def one_in_the_denominator(z):
    """You add 1 to the sum below the line, as the sigmoid does. The softmax divides by the sum alone."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / (1 + e.sum(axis=1, keepdims=True))


@mistake("softmax", general="per_row rows sums")
def first_sum_for_all(z):
    """Every row is divided by the sum of the first one. Each has a sum of its own."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e[0].sum()


@mistake("softmax", general="per_row rows sums")
def sums_run_on(z):
    """Your sum runs on from row to row. Begin it at 0 for each row."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / np.cumsum(e.sum(axis=1))[:, None]


@mistake("softmax", general="shape")
def first_row_returned(z):
    """You return one row only. Does the return stand inside the loop?"""
    return softmax(z)[0]


@mistake("log_sum_exp", keeps="moderate scores come out right: only stability is lost", general="nan")
def shift_by_minimum(z):
    """You shift by the row's minimum, so the largest exponent is not 0 and may overflow. Shift by the maximum."""
    m = z.min(axis=1)
    return m + np.log(np.exp(z - m[:, None]).sum(axis=1))


@mistake("log_sum_exp", keeps="moderate scores come out right: only stability is lost", general="nan")
def shift_by_mean(z):
    """You shift by the row's mean, so a score far above it still overflows. Shift by the maximum."""
    m = z.mean(axis=1)
    return m + np.log(np.exp(z - m[:, None]).sum(axis=1))


@mistake("log_sum_exp", keeps="rows of like size come out right: only stability is lost", general="nan")
def one_maximum_for_all(z):
    """You subtract one maximum for the whole batch, so a row far below it gives -inf. Shift each row by its own."""
    return z.max() + np.log(np.exp(z - z.max()).sum(axis=1))


@mistake("log_sum_exp", general="value")
def maximum_subtracted(z):
    """You subtract the maximum at the end. It was taken out of the exponents, so it is added back."""
    m = z.max(axis=1)
    return np.log(np.exp(z - m[:, None]).sum(axis=1)) - m


@mistake("log_sum_exp", general="along")
def maximum_once_too_often(z):
    """The row's maximum is in it once too often: it is added though it was not subtracted before, or added twice."""
    return log_sum_exp(z) + z.max(axis=1)


@mistake("log_sum_exp", general="value")
def other_maximum_added(z):
    """You subtract each row's maximum, but add back that of the whole batch. Add back what was subtracted."""
    return log_sum_exp(z) - z.max(axis=1) + z.max()


@mistake("log_sum_exp", general="value nan")
def maximum_inside(z):
    """You add the maximum inside the logarithm. It belongs outside: the logarithm of the sum first, then the maximum."""
    m = z.max(axis=1)
    return np.log(m + np.exp(z - m[:, None]).sum(axis=1))


@mistake("log_sum_exp", general="shape")
def log_probabilities(z):
    """You return z minus its log-sum-exp, one number an entry. The log-sum-exp itself is one number a row."""
    return z - log_sum_exp(z)[:, None]


@mistake("cross_entropy", general="value")
def every_class(z, y):
    """You average log p over all classes. Only the right class of each row counts."""
    return float(-np.mean(z - log_sum_exp(z)[:, None]))


@mistake("cross_entropy", general="value exchanged")
def every_class_summed(z, y):
    """You sum log p over all classes of a row. Only the right class counts."""
    return float(-np.mean(np.sum(z - log_sum_exp(z)[:, None], axis=1)))


@mistake("cross_entropy", general="value nan")
def two_class_terms(z, y):
    """You add log(1 - p) for the wrong classes, as the loss of two classes does. Here only log p of the right class counts."""
    return float(np.mean(_two_terms(z, y).sum(axis=1)))


@mistake("cross_entropy", general="value nan", told_as=two_class_terms)
def two_class_terms_averaged(z, y):
    return float(np.mean(_two_terms(z, y)))


@mistake("cross_entropy", general="value")
def squared_error(z, y):
    """You take squares of the probabilities less the one-hot labels: that is another loss. Cross-entropy is -log p of the right class."""
    return float(np.mean(np.sum((softmax(z) - np.eye(z.shape[1])[y]) ** 2, axis=1)))


@mistake("cross_entropy", general="value", told_as=squared_error)
def mean_squared_error(z, y):
    return float(np.mean((softmax(z) - np.eye(z.shape[1])[y]) ** 2))


@mistake("cross_entropy", general="value exchanged")
def score_not_subtracted(z, y):
    """You average the log-sum-exp alone. The score of the right class is still to be subtracted."""
    return float(np.mean(log_sum_exp(z)))


@mistake("cross_entropy", general="value exchanged")
def scores_alone(z, y):
    """You average the right classes' scores and change the sign. The log-sum-exp of each row is missing."""
    return float(-np.mean(z[np.arange(len(z)), y]))


@mistake("cross_entropy", general="value")
def first_row_picked(z, y):
    """All labels pick from the first row, `z[0, y]`. Each row picks from itself."""
    return float(np.mean(log_sum_exp(z) - z[0, y]))


@mistake("cross_entropy", general="value raised")
def rows_picked(z, y):
    """`z[y]` picks whole rows by the labels. A label picks a column, in its own row."""
    return float(np.mean(log_sum_exp(z)[:, None] - z[y]))


@mistake("cross_entropy", general="value")
def always_class_0(z, y):
    """You pick the score of one and the same class in every row. Each row has a label of its own, which says its class."""
    return float(np.mean(log_sum_exp(z) - z[:, 0]))


@mistake("cross_entropy", general="value", told_as=always_class_0)
def first_label_for_all(z, y):
    return float(np.mean(log_sum_exp(z) - z[:, y[0]]))


@mistake("cross_entropy", general="value")
def error_rate(z, y):
    """You count the rows whose largest score is not the right class. The loss is the mean of -log p."""
    return float(np.mean(z.argmax(axis=1) != y))


@mistake("cross_entropy", general="value nan")
def entropy(z, y):
    """You weigh log p by p itself, and the labels do not count. Only log p of the right class does, with weight 1."""
    p = softmax(z)
    return float(-np.mean(np.sum(p * np.log(p), axis=1)))


@mistake("cross_entropy", general="value nan")
def weighed_by_itself(z, y):
    """You multiply log p of the right class by p as well. It is the logarithm alone."""
    p = softmax(z)[np.arange(len(z)), y]
    return float(-np.mean(p * np.log(p)))


@mistake("cross_entropy", general="value zeros")
def labels_as_weights(z, y):
    """You multiply log p by the label's number. The label says which class is picked; it is no weight."""
    return float(-np.mean(y[:, None] * (z - log_sum_exp(z)[:, None])))


@mistake("cross_entropy", general="value zeros", told_as=labels_as_weights)
def labels_as_weights_of_sums(z, y):
    return float(-np.mean(y * (z - log_sum_exp(z)[:, None]).sum(axis=1)))


@mistake("cross_entropy", general="value")
def one_sum_for_all(z, y):
    """You take one log-sum-exp of the whole batch. Each row has its own."""
    return float(np.mean(z.max() + np.log(np.exp(z - z.max()).sum()) - z[np.arange(len(z)), y]))


@mistake("soft_cross_entropy", general="exchanged value")
def mean_over_classes(z, t):
    """Your loss is N/C times too large: at the end you divide by the number of classes, or take a mean over them. The mean goes over the rows."""
    return float(-np.mean(np.sum(t * (z - log_sum_exp(z)[:, None]), axis=0)))


@mistake("soft_cross_entropy", general="value")
def kullback_leibler(z, t):
    """You subtract log t as well: that is the Kullback-Leibler divergence. The cross-entropy has log p alone."""
    log_t = np.log(np.where(t > 0, t, 1))
    return float(np.mean(np.sum(t * (log_t - z + log_sum_exp(z)[:, None]), axis=1)))


@mistake("soft_cross_entropy", general="value")
def entropy_of_p(z, t):
    """You weigh log p by p, so the targets do not count. Weigh it by t."""
    log_p = z - log_sum_exp(z)[:, None]
    return float(-np.mean(np.sum(np.exp(log_p) * log_p, axis=1)))


@mistake("soft_cross_entropy", general="value")
def targets_in_the_logarithm(z, t):
    """You take the logarithm of the targets and weigh it by p. It is the other way round: log p, weighed by t."""
    return float(-np.mean(np.sum(softmax(z) * np.log(t + 1e-12), axis=1)))


@mistake("soft_cross_entropy", general="value")
def two_class_terms(z, t):
    """You add (1 - t) log(1 - p), as the loss of two classes does. Here only t log p counts."""
    p = softmax(z)
    return float(-np.mean(np.sum(t * np.log(p) + (1 - t) * np.log(1 - p), axis=1)))


@mistake("soft_cross_entropy", general="value")
def logarithm_of_the_sum(z, t):
    """You sum t times p over the classes and then take the logarithm. The logarithm of each p comes before the sum."""
    return float(-np.mean(np.log(np.sum(t * softmax(z), axis=1))))


@mistake("soft_cross_entropy", general="value")
def targets_softmaxed(z, t):
    """You take a softmax of the targets. They are probabilities already: use t as it is."""
    return soft_cross_entropy(z, softmax(t))


@mistake("soft_cross_entropy", general="value")
def squared_error(z, t):
    """You take squares of the targets less the probabilities: that is another loss. Cross-entropy is minus t log p."""
    return float(np.mean(np.sum((t - softmax(z)) ** 2, axis=1)))


@mistake("soft_cross_entropy", general="value exchanged")
def scores_not_normalised(z, t):
    """You weigh the scores themselves. The log-sum-exp of each row is still to be subtracted."""
    return float(-np.mean(np.sum(t * z, axis=1)))


@mistake("soft_cross_entropy", general="value exchanged")
def shifted_not_normalised(z, t):
    """You subtract the maximum alone. The logarithm of the sum of the exponentials is still to be subtracted."""
    return float(-np.mean(np.sum(t * (z - z.max(axis=1, keepdims=True)), axis=1)))


@mistake("soft_cross_entropy", general="value factor")
def sum_over_rows(z, t):
    """You sum over rows and classes. The loss is the mean over the rows: divide by their number."""
    return soft_cross_entropy(z, t) * len(z)


@mistake("sequence_cross_entropy", general="exchanged value")
def labels_in_another_order(z, y):
    """Your labels are flattened position by position, your scores sequence by sequence, so they do not meet. Flatten both alike."""
    return cross_entropy(z.reshape(-1, z.shape[-1]), y.T.reshape(-1))


@mistake("sequence_cross_entropy", general="exchanged value")
def scores_in_another_order(z, y):
    """Your scores are flattened position by position, your labels sequence by sequence, so they do not meet. Flatten both alike."""
    return cross_entropy(z.transpose(1, 0, 2).reshape(-1, z.shape[-1]), y.reshape(-1))


@mistake("sequence_cross_entropy", general="exchanged value")
def classes_torn_apart(z, y):
    """Your reshape tears the scores of one position apart. The classes are the last axis, and stay the last."""
    return cross_entropy(z.reshape(z.shape[-1], -1).T, y.reshape(-1))


@mistake("sequence_cross_entropy", general="exchanged value")
def next_label(z, y):
    """You compare each position with the label of the next one. Here scores and labels of the same position belong together."""
    return cross_entropy(z[:, :-1].reshape(-1, z.shape[-1]), y[:, 1:].reshape(-1))


@mistake("sequence_cross_entropy", general="exchanged value")
def last_position_left_out(z, y):
    """The last position of each sequence does not count. Does a loop or a slice stop one early?"""
    return sequence_cross_entropy(z[:, :-1], y[:, :-1])


@mistake("sequence_cross_entropy", general="exchanged value")
def first_position_left_out(z, y):
    """The first position of each sequence does not count. Positions begin at 0."""
    return sequence_cross_entropy(z[:, 1:], y[:, 1:])


@mistake("sequence_cross_entropy", general="exchanged value")
def last_position_alone(z, y):
    """Only the last position of each sequence counts. The loss is the mean over all positions."""
    return cross_entropy(z[:, -1], y[:, -1])


@mistake("sequence_cross_entropy", general="exchanged value")
def first_position_alone(z, y):
    """Only the first position of each sequence counts. The loss is the mean over all positions."""
    return cross_entropy(z[:, 0], y[:, 0])


@mistake("sequence_cross_entropy", general="value")
def softmax_over_positions(z, y):
    """Your sum of exponentials runs over the positions of a sequence. It runs over the classes, the last axis."""
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return float(-np.mean(np.take_along_axis(log_p, y[..., None], axis=2)))


@mistake("sequence_cross_entropy", general="factor")
def sum_over_sequences(z, y):
    """Your loss is N times too large: you sum over the N sequences. It is the mean over all N times S positions."""
    return sequence_cross_entropy(z, y) * len(z)


@mistake("sequence_cross_entropy", general="factor")
def divided_by_positions_again(z, y):
    """Your loss is S times too small: it is divided by the number of positions once more. A mean over all positions is divided already."""
    return sequence_cross_entropy(z, y) / y.shape[1]


@mistake("sequence_cross_entropy", general="factor")
def divided_by_sequences_again(z, y):
    """Your loss is N times too small: it is divided by the number of sequences once more. A mean over all positions is divided already."""
    return sequence_cross_entropy(z, y) / len(y)


@mistake("cross_entropy_gradient", general="sums")
def probabilities_not_divided(z, y):
    """Your 1/N stands with the one-hot labels alone. The whole of P - Y is divided by N."""
    dz = softmax(z)
    dz[np.arange(len(z)), y] -= 1 / len(z)
    return dz


@mistake("cross_entropy_gradient", general="sums")
def labels_not_divided(z, y):
    """Your 1/N stands with the probabilities alone. The whole of P - Y is divided by N."""
    dz = softmax(z) / len(z)
    dz[np.arange(len(z)), y] -= 1
    return dz


@mistake("cross_entropy_gradient", general="sums")
def label_numbers_subtracted(z, y):
    """You subtract the label's number from the whole row. Subtract a one-hot row: 1 in the column of the label, 0 elsewhere."""
    return (softmax(z) - y[:, None]) / len(z)


@mistake("cross_entropy_gradient", general="exchanged value")
def logarithm_not_differentiated(z, y):
    """This is the gradient of minus the right class's probability. The loss has its logarithm, whose slope is 1/p."""
    p = softmax(z)
    return cross_entropy_gradient(z, y) * p[np.arange(len(z)), y][:, None]


@mistake("cross_entropy_gradient", general="sums")
def by_the_probabilities(z, y):
    """You stop at the probabilities: -1/p is the slope by p. The gradient by the scores goes through the softmax as well."""
    return -np.eye(z.shape[1])[y] / softmax(z) / len(z)


@mistake("cross_entropy_gradient", general="factor")
def twice_too_large(z, y):
    """Your gradient is twice too large. A square brings a 2 in front; the cross-entropy has none."""
    return 2 * cross_entropy_gradient(z, y)


@mistake("cross_entropy_gradient", general="sums raised")
def whole_rows(z, y):
    """`dz[y]` takes whole rows by the labels. A label is a column: in each row one entry changes."""
    dz = softmax(z)
    dz[y] -= 1
    return dz / len(z)


@mistake("cross_entropy_gradient", general="sums")
def set_to_minus_1(z, y):
    """You set the right class's entry to -1. Subtract 1 from the probability that stands there."""
    dz = softmax(z)
    dz[np.arange(len(z)), y] = -1
    return dz / len(z)


@mistake("cross_entropy_gradient", general="shape")
def one_row_for_all(z, y):
    """You average P - Y over the rows. Each row keeps its own gradient; each is only divided by N."""
    return cross_entropy_gradient(z, y).sum(axis=0)


@mistake("cross_entropy_gradient", general="factor exchanged")
def divided_by_all_entries(z, y):
    """You divide by N times C, as of a mean over all entries. The loss is a mean over the N rows."""
    return cross_entropy_gradient(z, y) / z.shape[1]


@mistake("cross_entropy_gradient", general="sums")
def right_class_alone(z, y):
    """Only the right classes have an entry. The scores of the others matter, too: theirs is p itself."""
    return cross_entropy_gradient(z, y) * np.eye(z.shape[1])[y]


@mistake("cross_entropy_gradient", general="sums")
def one_everywhere(z, y):
    """You subtract 1 from every entry. Only the right class of each row has a 1."""
    return (softmax(z) - 1) / len(z)


@mistake("cross_entropy_gradient", general="sums")
def sigmoid_slope_of_the_sum(z, y):
    """You multiply by p(1-p) as well, and the 1/N is missing. The derivative of softmax and logarithm together is p minus one-hot alone."""
    p = softmax(z)
    return cross_entropy_gradient(z, y) * len(z) * p * (1 - p)


@mistake("cross_entropy_gradient", general="sums value")
def slope_alone(z, y):
    """You return the slope p(1-p), in which the labels do not count. The gradient is p minus one-hot."""
    p = softmax(z)
    return p * (1 - p) / len(z)


@mistake("cross_entropy_gradient", general="value")
def through_the_softmax_again(z, y):
    """You take P - Y through the derivative of the softmax once more. It is the gradient by the scores already."""
    p, g = softmax(z), cross_entropy_gradient(z, y)
    return p * (g - (g * p).sum(axis=1, keepdims=True))


@mistake("cross_entropy_gradient", general="sums rows")
def first_row_alone(z, y):
    """Only the first row has its 1 subtracted. Each row has it, in the column of its own label."""
    dz = softmax(z)
    dz[0, y[0]] -= 1
    return dz / len(z)


@mistake("cross_entropy_gradient", general="sums rows")
def all_labels_in_the_first_row(z, y):
    """All labels subtract their 1 in the first row. Each row has one, in the column of its own label."""
    dz = softmax(z)
    dz[0, y] -= 1
    return dz / len(z)


@mistake("cross_entropy_gradient", general="sums value")
def one_hot_too_narrow(z, y):
    """Your one-hot rows have as many columns as the largest label tells. The number of classes is that of the scores, z.shape[1]."""
    return (softmax(z) - np.eye(y.max() + 1)[y]) / len(z)


@mistake("cross_entropy_gradient", general="sums exchanged")
def exponentials_not_normalised(z, y):
    """You subtract the labels from the exponentials. Divide them by the sum of their row first: that is the softmax."""
    return (np.exp(z) - np.eye(z.shape[1])[y]) / len(z)


@mistake("cross_entropy_gradient", general="sums exchanged")
def logarithms_of_probabilities(z, y):
    """You subtract the labels from log p. It is p itself that they are subtracted from."""
    return (np.log(softmax(z)) - np.eye(z.shape[1])[y]) / len(z)


@mistake("loss_and_gradients", general="factor tensors")
def weights_mean(X, y, W, b):
    """You divide dW by N once more: dZ has its 1/N already."""
    loss, dW, db = loss_and_gradients(X, y, W, b)
    return loss, dW / len(X), db


@mistake("loss_and_gradients", general="tensors sums exchanged")
def probabilities_for_dz(X, y, W, b):
    """In your dW and db the labels do not count: they are made of the probabilities alone. dZ is what `cross_entropy_gradient` gives."""
    p = softmax(X @ W + b)
    return cross_entropy(X @ W + b, y), X.T @ p, p.sum(axis=0)


@mistake("loss_and_gradients", general="tensors sums exchanged", told_as=probabilities_for_dz)
def mean_probabilities_for_dz(X, y, W, b):
    p = softmax(X @ W + b) / len(X)
    return cross_entropy(X @ W + b, y), X.T @ p, p.sum(axis=0)


@mistake("loss_and_gradients", general="value exchanged")
def softmax_before_both(X, y, W, b):
    """You take the softmax before `cross_entropy` and its gradient. Both expect scores, and take it themselves."""
    p = softmax(X @ W + b)
    dz = cross_entropy_gradient(p, y)
    return cross_entropy(p, y), X.T @ dz, dz.sum(axis=0)


@mistake("loss_and_gradients", general="tensors exchanged")
def softmax_before_the_gradient(X, y, W, b):
    """Your loss is right, but you hand probabilities to `cross_entropy_gradient`. It expects scores."""
    dz = cross_entropy_gradient(softmax(X @ W + b), y)
    return cross_entropy(X @ W + b, y), X.T @ dz, dz.sum(axis=0)


@mistake("loss_and_gradients", general="tensors exchanged")
def softmax_before_the_loss(X, y, W, b):
    """Your gradients are right, but you hand probabilities to `cross_entropy`. It expects scores."""
    return cross_entropy(softmax(X @ W + b), y), *loss_and_gradients(X, y, W, b)[1:]


@mistake("loss_and_gradients", general="tensors exchanged")
def bias_left_out_of_the_gradients(X, y, W, b):
    """Your loss is right, but dW and db are those of scores without the bias. Both come from the same scores."""
    return loss_and_gradients(X, y, W, b)[0], *loss_and_gradients(X, y, W, 0 * b)[1:]


@mistake("loss_and_gradients", general="tensors exchanged")
def bias_left_out_of_the_loss(X, y, W, b):
    """Your gradients are right, but the loss is that of scores without the bias. Both come from the same scores."""
    return loss_and_gradients(X, y, W, 0 * b)[0], *loss_and_gradients(X, y, W, b)[1:]


@mistake("loss_and_gradients", general="shape")
def by_the_inputs(X, y, W, b):
    """Where dW belongs you return the gradient by X. W has the shape (D, C): look at which of the two factors meets dZ."""
    loss, _, db = loss_and_gradients(X, y, W, b)
    return loss, cross_entropy_gradient(X @ W + b, y) @ W.T, db


@mistake("loss_and_gradients", general="shape")
def bias_summed_over_classes(X, y, W, b):
    """Your db has one entry a row: dZ is summed over the classes. Sum it over the rows, axis 0."""
    loss, dW, _ = loss_and_gradients(X, y, W, b)
    return loss, dW, np.zeros(len(X))  # what a row sums to, but for its rounding


@mistake("loss_and_gradients", general="tensors sums")
def scores_for_dz(X, y, W, b):
    """Your dW and db are made of the scores less the one-hot labels. dZ has the probabilities there."""
    z = X @ W + b
    dz = (z - np.eye(len(b))[y]) / len(X)
    return cross_entropy(z, y), X.T @ dz, dz.sum(axis=0)


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


@real("keras_loss_and_gradients", "tape_of_the_sum")
def really_taped_the_rows(X, y, W, b):
    right = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")
    loss, dW, db = taped(X, y, W, b, right)
    return loss / len(X), dW, db


@real("keras_loss_and_gradients", "tape_that_saw_nothing")
def really_scored_before_the_tape(X, y, W, b):
    W, b = tf.Variable(W), tf.Variable(b)
    scores = tf.constant(X) @ W + b
    with tf.GradientTape() as tape:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, scores)
    return float(loss), *tape.gradient(loss, [W, b])


@real("keras_loss_and_gradients", "tape_of_the_sum_alone")
def really_taped_the_sum(X, y, W, b):
    return taped(X, y, W, b, keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum"))
