# Known wrong answers. The docstring is the sentence that the student reads.


@mistake("softmax")
def columns_for_rows(z):
    """You normalise over the batch, so the columns sum to 1. The classes of a row stand in axis 1."""
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@mistake("softmax")
def one_maximum_for_all(z):
    """You subtract one maximum for the whole batch, so a row far below it is lost. Subtract each row's own."""
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax")
def no_shift(z):
    """You take the exponential of the raw scores, which overflows for large ones. Subtract the row's maximum first."""
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@mistake("softmax")
def not_normalised(z):
    """You return exponentials that do not sum to 1. Divide each row by its sum."""
    return np.exp(z - z.max(axis=1, keepdims=True))


@mistake("softmax")
def sum_of_everything(z):
    """You divide by the sum over the whole batch. Each row is divided by its own sum."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum()


@mistake("log_sum_exp")
def maximum_not_added(z):
    """You subtract the maximum and do not add it back after the logarithm."""
    m = z.max(axis=1)
    return np.log(np.exp(z - m[:, None]).sum(axis=1))


@mistake("log_sum_exp")
def exponential_overflows(z):
    """You take the exponential of the raw scores, which overflows for large ones. Shift by the row's maximum."""
    return np.log(np.exp(z).sum(axis=1))


@mistake("log_sum_exp")
def maximum_only(z):
    """You return the row's maximum. The logarithm of the sum is still to be added."""
    return z.max(axis=1)


@mistake("cross_entropy")
def sum_over_batch(z, y):
    """You sum over the batch. The loss is the mean over its rows."""
    return float(np.sum(log_sum_exp(z) - z[np.arange(len(z)), y]))


@mistake("cross_entropy")
def minus_missing(z, y):
    """Your loss is negative: the minus in front of the logarithm is missing."""
    return -float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y]))


@mistake("cross_entropy")
def mean_over_classes_too(z, y):
    """You take the mean over rows and classes. Only the right class of a row counts: divide by N alone."""
    return float(np.mean(log_sum_exp(z) - z[np.arange(len(z)), y])) / z.shape[1]


@mistake("cross_entropy")
def softmax_twice(z, y):
    """You apply the softmax twice: what goes into the loss is probabilities already."""
    p = softmax(z)
    return float(np.mean(log_sum_exp(p) - p[np.arange(len(p)), y]))


@mistake("cross_entropy")
def no_logarithm(z, y):
    """You average probabilities. The loss is minus the logarithm of the right class's probability."""
    return float(-np.mean(softmax(z)[np.arange(len(z)), y]))


@mistake("soft_cross_entropy")
def suspect_unchanged(z, t):
    """Both slips are still there: the sign, and the mean over rows and classes at once."""
    return float(np.mean(t * (z - log_sum_exp(z)[:, None])))


@mistake("soft_cross_entropy")
def sign_mended_only(z, t):
    """The sign is right now. The mean is still taken over all N times C entries instead of N rows."""
    return -float(np.mean(t * (z - log_sum_exp(z)[:, None])))


@mistake("soft_cross_entropy")
def mean_mended_only(z, t):
    """The mean is right now. The minus in front is still missing."""
    return float(np.mean(np.sum(t * (z - log_sum_exp(z)[:, None]), axis=1)))


@mistake("sequence_cross_entropy")
def sum_over_positions(z, y):
    """You sum over the positions of a sequence. The loss is the mean over all positions of all sequences."""
    return cross_entropy(z.reshape(-1, z.shape[-1]), y.reshape(-1)) * y.shape[1]


@mistake("cross_entropy_gradient")
def one_hot_not_subtracted(z, y):
    """You return the probabilities. The one-hot labels are not subtracted yet, so the rows do not sum to 0."""
    return softmax(z) / len(z)


@mistake("cross_entropy_gradient")
def mean_forgotten(z, y):
    """Your gradient belongs to the sum of the losses. The loss is a mean: divide by the number of rows."""
    return cross_entropy_gradient(z, y) * len(z)


@mistake("cross_entropy_gradient")
def sign_swapped(z, y):
    """You compute labels minus probabilities. It is the other way round."""
    return -cross_entropy_gradient(z, y)


@mistake("cross_entropy_gradient")
def divided_by_classes(z, y):
    """You divide by the number of classes. The mean is over the rows."""
    return cross_entropy_gradient(z, y) * len(z) / z.shape[1]


@mistake("cross_entropy_gradient")
def sigmoid_slope_added(z, y):
    """You multiply by p(1-p) as well. The derivative of softmax and logarithm together is p minus one-hot alone."""
    p = softmax(z)
    return cross_entropy_gradient(z, y) * p * (1 - p)


@mistake("loss_and_gradients")
def bias_mean(X, y, W, b):
    """You take the mean over the rows for db. The 1/N is in dZ already: db is the sum."""
    loss, dW, db = loss_and_gradients(X, y, W, b)
    return loss, dW, db / len(X)


@mistake("loss_and_gradients")
def mean_twice(X, y, W, b):
    """You divide by N twice: dZ has its 1/N already."""
    loss, dW, db = loss_and_gradients(X, y, W, b)
    return loss, dW / len(X), db / len(X)


@mistake("loss_and_gradients")
def bias_left_out(X, y, W, b):
    """Your scores leave the bias out."""
    return loss_and_gradients(X, y, W, np.zeros_like(b))


@mistake("keras_loss")
def keras_without_from_logits(z, y):
    """Keras was not told that it gets scores: say from_logits=True."""
    p = np.clip(z, 1e-7, 1 - 1e-7)
    p = p / p.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log(p[np.arange(len(z)), y])))
