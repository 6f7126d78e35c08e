# Known wrong answers. The docstring is the sentence that the student reads.


def right_sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1 + e)


# --- sigmoid


@mistake("sigmoid", general="value exchanged")
def exponent_not_negated(z):
    """You give the probability of class 0. Is the minus in the exponent missing, or do the two forms stand in each other's place?"""
    return 1 - right_sigmoid(z)


@mistake("sigmoid", keeps="moderate logits come out right: only stability is lost", general="nan")
def infinity_over_infinity(z):
    """exp(z) is infinite for a large z, and infinity over infinity is nan. There the other form, 1/(1 + exp(-z)), fits."""
    e = np.exp(z)
    return e / (1 + e)


@mistake("sigmoid", general="value exchanged")
def brackets_missing(z):
    """You compute 1/1 + exp(-z): the sum belongs into brackets, 1/(1 + exp(-z))."""
    return 1 / 1 + np.exp(-z)


@mistake("sigmoid", general="transformed value exchanged")
def tanh_for_sigmoid(z):
    """You compute tanh, which runs from -1 to 1. The sigmoid is a probability: 0 to 1."""
    return np.tanh(z)


@mistake("sigmoid", general="value exchanged")
def still_a_step(z):
    """You return a step, 0 or 1. The sigmoid rises smoothly from 0 to 1."""
    return np.where(z >= 0, 1.0, 0.0)


@mistake("sigmoid", general="value exchanged rows")
def form_for_positive_only(z):
    """With u = exp(-|z|), 1/(1 + u) is right for z >= 0 alone. Where z is negative, u/(1 + u) belongs."""
    return right_sigmoid(np.abs(z))


@mistake("sigmoid", general="value exchanged rows")
def form_for_negative_only(z):
    """With u = exp(-|z|), u/(1 + u) is right for z < 0 alone. Where z is positive, 1/(1 + u) belongs."""
    return right_sigmoid(-np.abs(z))


@mistake("sigmoid", general="value exchanged")
def softmax_of_all(z):
    """You divide by the sum of all exponentials, so all entries share one sum. Each entry has its own 1 + exp(-z)."""
    e = np.exp(z - np.max(z))
    return e / e.sum()


@mistake("sigmoid", general="value exchanged")
def base_two(z):
    """You use powers of 2. The sigmoid has powers of e: np.exp."""
    return right_sigmoid(z * np.log(2))


# --- surprise


@mistake("surprise", general="rows sign value exchanged")
def slide_unchanged(p, y):
    """The leading minus is still missing: rows with y = 1 come out negative. Both terms carry a minus."""
    return slide_cost(p, y)


@mistake("surprise", general="sign")
def both_plus(p, y):
    """Both terms are negative now: the minus in front is missing. A surprise is never negative."""
    return y * np.log(p) + (1 - y) * np.log(1 - p)


@mistake("surprise", general="rows sign value exchanged")
def minus_on_the_first_only(p, y):
    """The first term has its minus; the second has lost it. Rows with y = 0 come out negative."""
    return -y * np.log(p) + (1 - y) * np.log(1 - p)


@mistake("surprise", general="value exchanged")
def labels_swapped(p, y):
    """You price the other class: p is the probability of y = 1, so -log(p) belongs to y = 1."""
    return -(1 - y) * np.log(p) - y * np.log(1 - p)


@mistake("surprise", general="shape mean")
def mean_taken(p, y):
    """You return one number, the mean. Here each row gets its own surprise; the mean comes in the next exercise."""
    return float(np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p)))


@mistake("surprise", general="factor")
def surprise_in_bits(p, y):
    """You use the logarithm to base 2: your numbers are bits. Here log is the natural one, np.log."""
    return -np.log2(np.where(y == 1, p, 1 - p))


@mistake("surprise", general="factor")
def surprise_in_decades(p, y):
    """You use the logarithm to base 10. Here log is the natural one, np.log."""
    return -np.log10(np.where(y == 1, p, 1 - p))


@mistake("surprise", general="rows zeros value exchanged")
def second_term_missing(p, y):
    """Rows with y = 0 cost nothing: the term (1 - y) log(1 - p) is missing."""
    return -y * np.log(p)


def _added(p, y, small):
    return -y * np.log(p + small) - (1 - y) * np.log(1 - p + small)


def _clipped(p, y, small):
    p = np.clip(p, small, 1 - small)
    return -y * np.log(p) - (1 - y) * np.log(1 - p)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded")
def added_at_seven(p, y):
    """You add a small number inside the logarithm, or clip p, which makes sure errors cheaper than they are. p is never 0 here: take log(p) itself."""
    return _added(p, y, 1e-7)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def added_at_eight(p, y):
    return _added(p, y, 1e-8)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def added_at_nine(p, y):
    return _added(p, y, 1e-9)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def added_at_ten(p, y):
    return _added(p, y, 1e-10)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def added_at_twelve(p, y):
    return _added(p, y, 1e-12)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def clipped_at_seven(p, y):
    return _clipped(p, y, 1e-7)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def clipped_at_eight(p, y):
    return _clipped(p, y, 1e-8)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def clipped_at_nine(p, y):
    return _clipped(p, y, 1e-9)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def clipped_at_ten(p, y):
    return _clipped(p, y, 1e-10)


@mistake("surprise", keeps="moderate probabilities come out right: only sure errors become too cheap", general="near value rows exchanged bounded", told_as=added_at_seven)
def clipped_at_twelve(p, y):
    return _clipped(p, y, 1e-12)


@mistake("surprise", general="value exchanged")
def no_logarithm(p, y):
    """You return 1 minus the probability of what came. The surprise is minus its logarithm."""
    return 1 - np.where(y == 1, p, 1 - p)


# --- binary_cross_entropy


@mistake("binary_cross_entropy", general="factor")
def sum_over_batch(z, y):
    """You sum over the rows. The loss is their mean."""
    return binary_cross_entropy(z, y) * len(z)


@mistake("binary_cross_entropy", general="factor")
def divided_by_one_less(z, y):
    """You divide by N - 1. The loss is the plain mean over N rows."""
    return binary_cross_entropy(z, y) * len(z) / np.float64(len(z) - 1)


@mistake("binary_cross_entropy", general="sign")
def loss_without_minus(z, y):
    """Your loss is negative: the sign is turned. log(1 + exp(z)) - y z is never negative."""
    return -binary_cross_entropy(z, y)


@mistake("binary_cross_entropy", general="shape")
def rows_returned(z, y):
    """You return one loss a row. The last step is missing: their mean."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z


@mistake("binary_cross_entropy", general="value exchanged")
def labels_left_out(z, y):
    """You average log(1 + exp(z)) alone, as if every label were 0. Subtract y z in each row."""
    return float(np.mean(np.logaddexp(0, z)))


@mistake("binary_cross_entropy", general="value exchanged")
def product_added(z, y):
    """You add y z. It is subtracted: log(1 + exp(z)) - y z."""
    return float(np.mean(np.logaddexp(0, z) + y * z))


@mistake("binary_cross_entropy", general="value exchanged")
def classes_swapped(z, y):
    """You price the other class: a large z makes y = 1 cheap, not y = 0."""
    return float(np.mean(np.logaddexp(0, z) - (1 - y) * z))


@mistake("binary_cross_entropy", general="value exchanged")
def maximum_not_added(z, y):
    """You take exp(z) out of the bracket and do not add its logarithm back: max(z, 0) is missing."""
    return float(np.mean(np.log1p(np.exp(-np.abs(z))) - y * z))


@mistake("binary_cross_entropy", general="value exchanged")
def sigmoid_first(z, y):
    """You apply the sigmoid before the loss, and the loss applies its own. Hand over z itself."""
    p = right_sigmoid(z)
    return float(np.mean(np.logaddexp(0, p) - y * p))


@mistake("binary_cross_entropy", keeps="moderate logits come out right: only stability is lost", general="nan")
def overflowing(z, y):
    """exp(z) overflows for a large z, so the loss is infinite or nan. For z > 0 take it out of the bracket, as the text does."""
    return float(np.mean(np.log(1 + np.exp(z)) - y * z))


@mistake("binary_cross_entropy", keeps="moderate logits come out right: only stability is lost", general="nan")
def log_of_rounded(z, y):
    """At z = 40 p is rounded to 1, and log(1 - p) is minus infinity. Never compute p: write the loss by z."""
    p = right_sigmoid(z)
    return float(np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p)))


@mistake("binary_cross_entropy", keeps="moderate logits come out right: only stability is lost", general="nan", told_as=log_of_rounded)
def log_of_rounded_case(z, y):
    p = right_sigmoid(z)
    return float(np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p))))


@mistake("binary_cross_entropy", general="value exchanged")
def absolute_for_maximum(z, y):
    """Where z < 0 your loss is |z| too large. Is it |z| in place of max(z, 0), or exp(-z) in place of exp(-|z|)?"""
    return float(np.mean(np.abs(z) + np.log1p(np.exp(-np.abs(z))) - y * z))


@mistake("binary_cross_entropy", keeps="moderate logits come out right: only sure errors become too cheap", general="near value")
def loss_clipped(z, y):
    """You clip p before the logarithm, so no error costs more than 16. Compute the loss from z, without p: it needs no clip."""
    p = np.clip(right_sigmoid(z), 1e-7, 1 - 1e-7)
    return float(np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p)))


@mistake("binary_cross_entropy", keeps="moderate logits come out right: only sure errors become too cheap", general="near value")
def loss_clipped_at_fifteen(z, y):
    """You clip p to 1e-15 and more, so no error costs more than 34.5. Compute the loss from z, without p: it needs no clip."""
    p = np.clip(right_sigmoid(z), 1e-15, 1 - 1e-15)
    return float(np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p)))


@mistake("binary_cross_entropy", general="factor")
def loss_in_bits(z, y):
    """You use the logarithm to base 2: your loss is in bits. Here log is the natural one."""
    return binary_cross_entropy(z, y) / np.log(2)


@mistake("binary_cross_entropy", general="value exchanged")
def squared_error(z, y):
    """You average the squared errors of p. The loss is the mean surprise, a logarithm."""
    return float(np.mean((right_sigmoid(z) - y) ** 2))


@mistake("binary_cross_entropy", general="value exchanged")
def first_row_alone(z, y):
    """You return the loss of the first row. Take all rows; is the return inside a loop?"""
    return binary_cross_entropy(z[:1], y[:1])


# --- loss_and_gradients


def _backward(X, y, w, b, dz):
    return loss_and_gradients(X, y, w, b)[0], X.T @ dz, dz.sum()


def _said(X, w, b):
    return right_sigmoid(X @ w + b)


@mistake("loss_and_gradients", general="factor tensors")
def mean_forgotten(X, y, w, b):
    """Your gradients belong to the sum of the losses. The loss is a mean: dz carries 1/N."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss, dw * len(X), db * len(X)


@mistake("loss_and_gradients", general="factor tensors")
def mean_twice(X, y, w, b):
    """You divide dw and db by N once more: dz has its 1/N already."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss, dw / len(X), db / len(X)


@mistake("loss_and_gradients", general="factor tensors")
def bias_mean(X, y, w, b):
    """You take the mean over the rows for db. The 1/N is in dz already: db is the sum."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss, dw, db / len(X)


@mistake("loss_and_gradients", general="factor tensors")
def bias_sum_without_mean(X, y, w, b):
    """db is N times too large: it is the sum of p - y without its 1/N. Put the 1/N into dz, once for both."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss, dw, db * len(X)


@mistake("loss_and_gradients", general="exchanged tensors value")
def said_to_the_loss(X, y, w, b):
    """You hand p to binary_cross_entropy, which takes logits: hand over z."""
    _, dw, db = loss_and_gradients(X, y, w, b)
    return binary_cross_entropy(_said(X, w, b), y), dw, db


@mistake("loss_and_gradients", general="exchanged value tensors")
def sigmoid_twice(X, y, w, b):
    """You apply the sigmoid twice: sigmoid and binary_cross_entropy both take logits. Hand z to each, not p."""
    p = _said(X, w, b)
    return (binary_cross_entropy(p, y), *_backward(X, y, w, b, (right_sigmoid(p) - y) / len(X))[1:])


@mistake("loss_and_gradients", general="factor tensors")
def mean_in_the_bias_only(X, y, w, b):
    """db is a mean over the rows, and dw is a sum: it lacks its 1/N. Put the 1/N into dz, once for both."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss, dw * len(X), db


@mistake("loss_and_gradients", general="shape")
def bias_not_summed(X, y, w, b):
    """You return dz itself for db, one number a row. b is one number: sum dz over the rows."""
    loss, dw, _ = loss_and_gradients(X, y, w, b)
    return loss, dw, (_said(X, w, b) - y) / len(X)


@mistake("loss_and_gradients", general="sign tensors")
def labels_minus_said(X, y, w, b):
    """You compute y - p. It is the other way round: what was said minus what came."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss, -dw, -db


@mistake("loss_and_gradients", general="value tensors exchanged")
def labels_not_subtracted(X, y, w, b):
    """You take p for dz. The labels are not subtracted yet."""
    return _backward(X, y, w, b, _said(X, w, b) / len(X))


@mistake("loss_and_gradients", general="value tensors exchanged")
def logits_for_said(X, y, w, b):
    """You subtract the labels from the logits z. They are subtracted from p, the sigmoid of z."""
    return _backward(X, y, w, b, (X @ w + b - y) / len(X))


@mistake("loss_and_gradients", general="value tensors exchanged")
def slope_multiplied(X, y, w, b):
    """You multiply by p(1 - p) as well. That belongs to the squared error; with the logarithm it cancels."""
    p = _said(X, w, b)
    return _backward(X, y, w, b, (p - y) * p * (1 - p) / len(X))


@mistake("loss_and_gradients", general="value tensors exchanged")
def decisions_for_said(X, y, w, b):
    """You subtract the labels from the decision, 0 or 1: that is the perceptron's error. Here the error is p minus y."""
    return _backward(X, y, w, b, ((X @ w + b >= 0) - y) / len(X))


@mistake("loss_and_gradients", general="factor tensors")
def divided_by_columns(X, y, w, b):
    """You divide by D, the number of columns. The loss is a mean over N rows."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss, dw * len(X) / X.shape[1], db * len(X) / X.shape[1]


@mistake("loss_and_gradients", general="factor tensors")
def doubled(X, y, w, b):
    """Your gradients are twice too large: a factor 2 belongs to a square, and there is none in this loss."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss, 2 * dw, 2 * db


@mistake("loss_and_gradients", general="value exchanged")
def bias_left_out(X, y, w, b):
    """Your logits leave the bias out."""
    return loss_and_gradients(X, y, w, 0.0)


@mistake("loss_and_gradients", general="zeros tensors")
def bias_gradient_left_out(X, y, w, b):
    """db is 0 in your answer. The bias has slope 1 in every row: db is the sum of dz."""
    loss, dw, _ = loss_and_gradients(X, y, w, b)
    return loss, dw, 0.0


@mistake("loss_and_gradients", general="shape")
def one_gradient_a_row(X, y, w, b):
    """Your dw has one row an example. All rows use the same weights: add them up over the rows."""
    loss, _, db = loss_and_gradients(X, y, w, b)
    return loss, X * ((_said(X, w, b) - y) / len(X))[:, None], db


@mistake("loss_and_gradients", general="tensors value")
def last_row_alone(X, y, w, b):
    """Your gradients are those of the last row alone. In a loop, add each row's share to what is there: `+=`, not `=`."""
    dz = (_said(X, w, b) - y)[-1] / len(X)
    return loss_and_gradients(X, y, w, b)[0], X[-1] * dz, dz


@mistake("loss_and_gradients", general="tensors factor")
def loss_is_a_sum(X, y, w, b):
    """Your gradients are right. The loss is a sum over the rows; return the mean."""
    loss, dw, db = loss_and_gradients(X, y, w, b)
    return loss * len(X), dw, db


# --- count_updates


@mistake("count_updates", general="value exchanged")
def last_batch_dropped(n_rows, size, epochs):
    """You drop the last, smaller batch. It is an update as well: round the batches of an epoch up."""
    return n_rows // size * epochs


@mistake("count_updates", general="value exchanged")
def not_rounded(n_rows, size, epochs):
    """You divide without rounding. An epoch has a whole number of batches: round up, then take all epochs."""
    return n_rows / size * epochs


@mistake("count_updates", general="value exchanged")
def rounded_at_the_end(n_rows, size, epochs):
    """You round up once, over all epochs. Each epoch ends with a smaller batch: round the batches of one epoch."""
    return -(-n_rows * epochs // size)


@mistake("count_updates", general="value exchanged")
def always_one_more(n_rows, size, epochs):
    """You always add a batch. Where the rows come out even, there is no smaller one: 48 rows make 3 batches of 16."""
    return (n_rows // size + 1) * epochs


@mistake("count_updates", general="value exchanged factor")
def one_epoch(n_rows, size, epochs):
    """You count the updates of one epoch. There are several."""
    return -(-n_rows // size)


@mistake("count_updates", general="value exchanged factor")
def rows_counted(n_rows, size, epochs):
    """You count rows, not batches: an update takes a whole batch."""
    return n_rows * epochs


# --- descend


def _descended(X, y, w, b, rate, size, epochs, starts=None, rows=None, held=False, anew=False, scale=None, bias=1.0, whole=False):
    """The descent with one thing changed. starts: of the batches; rows: of a batch; held: an epoch's gradients at its start; whole: all rows."""
    updates, first = 0, (w, b)
    for _ in range(epochs):
        if anew:
            w, b = first
        at = w, b
        for start in (range(0, len(X), size) if starts is None else starts):
            batch = slice(0 if whole else start, start + (size if rows is None else rows))
            if not held:
                at = w, b
            if len(y[batch]):
                _, dw, db = loss_and_gradients(X[batch], y[batch], *at)
                share = 1.0 if scale is None else scale(len(y[batch]))
                w, b = w - rate * dw * share, b - rate * db * share * bias
            updates += 1
    return w, b, updates


@mistake("descend", general="value tensors")
def uphill(X, y, w, b, rate, size, epochs):
    """Your steps go uphill: the gradient is subtracted."""
    return descend(X, y, w, b, -rate, size, epochs)


@mistake("descend", general="tensors value")
def start_returned(X, y, w, b, rate, size, epochs):
    """The count is right, but w and b are those of the start: the results of your steps are not kept."""
    return w, b, descend(X, y, w, b, rate, size, epochs)[2]


@mistake("descend", general="value tensors")
def whole_batch_always(X, y, w, b, rate, size, epochs):
    """You take all rows for each step. A step takes `size` rows."""
    return descend(X, y, w, b, rate, len(X), epochs)


@mistake("descend", general="tensors value")
def all_rows_each_step(X, y, w, b, rate, size, epochs):
    """You make as many steps as there are batches, and each takes all rows. Cut the rows and labels of the batch: start to start + size."""
    return _descended(X, y, w, b, rate, size, epochs, rows=len(X), whole=True)


@mistake("descend", general="value tensors state")
def shuffled_inside(X, y, w, b, rate, size, epochs):
    """You shuffle the rows. Take them in the given order: who wants them shuffled shuffles before the call."""
    rng, updates = np.random.default_rng(0), 0
    for _ in range(epochs):
        order = rng.permutation(len(X))
        w, b, more = descend(X[order], y[order], w, b, rate, size, 1)
        updates += more
    return w, b, updates


@mistake("descend", general="value tensors")
def numbers_for_starts(X, y, w, b, rate, size, epochs):
    """Your batches begin at rows 0, 1, 2 and so on. Batch k begins at row k * size."""
    return _descended(X, y, w, b, rate, size, epochs, starts=range(count_updates(len(X), size, 1)))


@mistake("descend", general="value tensors")
def batches_made_even(X, y, w, b, rate, size, epochs):
    """You spread the rows evenly over the batches. Each has `size` rows, and what is left makes a smaller one."""
    pieces = np.array_split(np.arange(len(X)), count_updates(len(X), size, 1)) * epochs
    for rows in pieces:
        w, b, _ = descend(X[rows], y[rows], w, b, rate, len(rows), 1)
    return w, b, len(pieces)


@mistake("descend", general="value tensors")
def one_batch_an_epoch(X, y, w, b, rate, size, epochs):
    """You take one batch, and one step, in each epoch. An epoch goes through all its batches."""
    starts = range(0, len(X), size)
    for epoch in range(epochs):
        w, b, _ = _descended(X, y, w, b, rate, size, 1, starts=[starts[epoch % len(starts)]])
    return w, b, epochs


@mistake("descend", general="value tensors")
def updates_for_epochs(X, y, w, b, rate, size, epochs):
    """You go through all rows once for each update, which is too often. Once for each epoch is meant."""
    return descend(X, y, w, b, rate, size, count_updates(len(X), size, epochs))


@mistake("descend", general="value tensors")
def one_row_always(X, y, w, b, rate, size, epochs):
    """You take a step for each row. A step takes `size` rows together."""
    return descend(X, y, w, b, rate, 1, epochs)


@mistake("descend", general="value tensors")
def first_batch_only(X, y, w, b, rate, size, epochs):
    """Each epoch takes its first batch only. Go on to the end of the rows."""
    return _descended(X, y, w, b, rate, size, epochs, starts=[0])


@mistake("descend", general="value tensors")
def partial_batch_dropped(X, y, w, b, rate, size, epochs):
    """You leave the last, smaller batch out. Its rows would never be seen: take what is left."""
    return _descended(X, y, w, b, rate, size, epochs, starts=range(0, len(X) - size + 1, size))


@mistake("descend", general="value tensors near")
def divided_by_size(X, y, w, b, rate, size, epochs):
    """Your last, smaller batch is divided by `size`. Its mean is over its own rows."""
    return _descended(X, y, w, b, rate, size, epochs, scale=lambda rows: rows / size)


@mistake("descend", general="value tensors near")
def divided_by_all(X, y, w, b, rate, size, epochs):
    """You divide the gradient of a batch by N. Its mean is over its own rows."""
    return _descended(X, y, w, b, rate, size, epochs, scale=lambda rows: rows / len(X))


@mistake("descend", general="value tensors near")
def gradients_of_the_epoch(X, y, w, b, rate, size, epochs):
    """All batches of an epoch use the weights of its start. Each batch meets the weights that the one before it left."""
    return _descended(X, y, w, b, rate, size, epochs, held=True)


@mistake("descend", general="value tensors")
def starts_anew(X, y, w, b, rate, size, epochs):
    """You go back to the start at each epoch. The next epoch goes on from where the last one ended."""
    return _descended(X, y, w, b, rate, size, epochs, anew=True)


@mistake("descend", general="value tensors")
def one_epoch_only(X, y, w, b, rate, size, epochs):
    """You go through the rows once. Repeat for all epochs; is the return inside the loop?"""
    return descend(X, y, w, b, rate, size, 1)


@mistake("descend", general="value tensors")
def one_step_only(X, y, w, b, rate, size, epochs):
    """You return after the first step. Does the return stand inside both loops?"""
    return _descended(X, y, w, b, rate, size, 1, starts=[0])


@mistake("descend", general="value tensors")
def windows_overlap(X, y, w, b, rate, size, epochs):
    """Your batches overlap: they start at every row. The next one starts where the last one ended, `size` rows further."""
    return _descended(X, y, w, b, rate, size, epochs, starts=range(len(X)))


@mistake("descend", general="value tensors")
def one_row_short(X, y, w, b, rate, size, epochs):
    """Your batches miss their last row: a slice ends before its end, so start:start+size has `size` rows."""
    if size == 1:
        raise ValueError("told at other inputs")
    return _descended(X, y, w, b, rate, size, epochs, rows=size - 1)


@mistake("descend", general="value tensors nan raised")
def batch_takes_the_name(X, y, w, b, rate, size, epochs):
    """Your batch takes the name X, so the next slice is cut from the batch, and the rows are gone. Give the batch another name."""
    N, updates = len(X), 0
    for _ in range(epochs):
        for start in range(0, N, size):
            X, y = X[start:start + size], y[start:start + size]
            _, dw, db = loss_and_gradients(X, y, w, b)
            w, b, updates = w - rate * dw, b - rate * db, updates + 1
    return w, b, updates


@mistake("descend", general="value tensors near")
def bias_stays(X, y, w, b, rate, size, epochs):
    """Your bias never moves. It takes the same step as the weights."""
    return _descended(X, y, w, b, rate, size, epochs, bias=0.0)


@mistake("descend", general="value tensors near")
def bias_by_new_weights(X, y, w, b, rate, size, epochs):
    """You compute new gradients after w has moved, and step b by those. Both move together, by gradients of the same point."""
    updates = 0
    for _ in range(epochs):
        for start in range(0, len(X), size):
            batch = slice(start, start + size)
            w = w - rate * loss_and_gradients(X[batch], y[batch], w, b)[1]
            b = b - rate * loss_and_gradients(X[batch], y[batch], w, b)[2]
            updates += 1
    return w, b, updates


@mistake("descend", general="value tensors")
def rate_left_out(X, y, w, b, rate, size, epochs):
    """You leave the learning rate out."""
    return descend(X, y, w, b, 1.0, size, epochs)


@mistake("descend", general="tensors value")
def epochs_counted(X, y, w, b, rate, size, epochs):
    """w and b are right. You count epochs; an update is a step, one a batch."""
    w, b, _ = descend(X, y, w, b, rate, size, epochs)
    return w, b, epochs


@mistake("descend", general="tensors value")
def last_epoch_counted(X, y, w, b, rate, size, epochs):
    """w and b are right. Your count starts anew at each epoch: set it to 0 once, before the first."""
    w, b, updates = descend(X, y, w, b, rate, size, epochs)
    return w, b, updates // epochs


@mistake("descend", general="tensors value")
def rows_counted_as_updates(X, y, w, b, rate, size, epochs):
    """w and b are right. You count rows; an update is a step, one a batch."""
    w, b, _ = descend(X, y, w, b, rate, size, epochs)
    return w, b, epochs * len(X)


# --- boundary


def _line(x1, w, b, z):
    return (z - b - w[0] * x1) / w[1]


@mistake("boundary", general="offset value exchanged")
def threshold_ignored(x1, w, b, t):
    """Your line is that of t = 1/2, whatever t is. For another t its logit is log(t / (1 - t))."""
    return _line(x1, w, b, 0.0)


@mistake("boundary", general="offset value exchanged")
def bias_not_in_the_line(x1, w, b, t):
    """Your line leaves the bias out."""
    return _line(x1, w, 0.0, np.log(t / (1 - t)))


@mistake("boundary", general="offset value exchanged")
def bias_added(x1, w, b, t):
    """You add the bias. On the other side of the equation its sign is turned."""
    return _line(x1, w, -b, np.log(t / (1 - t)))


@mistake("boundary", general="value exchanged offset")
def slope_added(x1, w, b, t):
    """You add w1 x1. On the other side of the equation its sign is turned."""
    return _line(-x1, w, b, np.log(t / (1 - t)))


@mistake("boundary", general="offset value exchanged")
def odds_upside_down(x1, w, b, t):
    """Your log-odds have the wrong sign: they are log(t / (1 - t)), positive for t above 1/2."""
    return _line(x1, w, b, np.log((1 - t) / t))


@mistake("boundary", general="offset value exchanged")
def threshold_for_logit(x1, w, b, t):
    """You set z equal to t. t is a probability: the logit that belongs to it is log(t / (1 - t))."""
    return _line(x1, w, b, t)


@mistake("boundary", general="offset value exchanged")
def sigmoid_of_threshold(x1, w, b, t):
    """You set z to the sigmoid of t. The way back from a probability to its logit is log(t / (1 - t))."""
    return _line(x1, w, b, right_sigmoid(np.array(t)).item())


@mistake("boundary", general="offset value exchanged")
def log_of_threshold(x1, w, b, t):
    """You set z to log(t). The log-odds are log(t) - log(1 - t)."""
    return _line(x1, w, b, np.log(t))


@mistake("boundary", general="offset value exchanged")
def odds_without_log(x1, w, b, t):
    """You set z to the odds t / (1 - t). Their logarithm is missing."""
    return _line(x1, w, b, t / (1 - t))


@mistake("boundary", general="offset value exchanged")
def odds_in_bits(x1, w, b, t):
    """Your log-odds are to base 2. Here log is the natural one, np.log."""
    return _line(x1, w, b, np.log2(t / (1 - t)))


@mistake("boundary", general="offset value exchanged factor rows")
def only_the_last_divided(x1, w, b, t):
    """You divide the last term alone by w[1]. The whole difference belongs into brackets before the division."""
    return np.log(t / (1 - t)) - b - w[0] * x1 / w[1]


@mistake("boundary", general="offset value exchanged factor rows")
def logit_not_divided(x1, w, b, t):
    """You divide the bias and the slope by w[1], but not the log-odds. The whole difference is divided."""
    return np.log(t / (1 - t)) - (b + w[0] * x1) / w[1]


@mistake("boundary", general="offset value exchanged factor rows")
def log_of_the_upper_half(x1, w, b, t):
    """You divide log(t) by 1 - t. The logarithm is of the whole fraction: log(t / (1 - t))."""
    return _line(x1, w, b, np.log(t) / (1 - t))


@mistake("boundary", general="offset value exchanged factor rows")
def logs_divided(x1, w, b, t):
    """You divide log(t) by log(1 - t). The logarithm of a fraction is a difference: log(t) - log(1 - t)."""
    return _line(x1, w, b, np.log(t) / np.log(1 - t))


@mistake("boundary", general="sign")
def all_signs_turned(x1, w, b, t):
    """All signs are turned. From w1 x1 + w2 x2 + b = z comes x2 = (z - b - w1 x1) / w2."""
    return -_line(x1, w, b, np.log(t / (1 - t)))


@mistake("boundary", general="value exchanged")
def weights_swapped(x1, w, b, t):
    """You solve for x1. The second coordinate is asked: divide by w[1]."""
    return _line(x1, w[::-1], b, np.log(t / (1 - t)))


@mistake("boundary", general="factor value exchanged")
def not_divided(x1, w, b, t):
    """The division by w[1] is missing."""
    return _line(x1, np.array([w[0], 1.0]), b, np.log(t / (1 - t)))


# --- scores


def _scores(z, y, said=None, baseline=None, found=None):
    said = z >= 0 if said is None else said
    return (
        np.mean(said == y),
        max(np.mean(y), 1 - np.mean(y)) if baseline is None else baseline,
        np.mean(said[y == 1]) if found is None else found,
    )


@mistake("scores", general="tensors value")
def baseline_is_the_share_of_ones(z, y):
    """Your baseline is the share of class 1. It is the share of the more frequent class, whichever that is."""
    return _scores(z, y, baseline=np.mean(y))


@mistake("scores", general="tensors value")
def baseline_is_the_share_of_zeros(z, y):
    """Your baseline is the share of class 0. It is the share of the more frequent class, whichever that is."""
    return _scores(z, y, baseline=1 - np.mean(y))


@mistake("scores", general="tensors value")
def baseline_is_a_coin(z, y):
    """Your baseline is that of a coin, 1/2. Who guesses the more frequent class is right more often."""
    return _scores(z, y, baseline=0.5)


@mistake("scores", general="tensors value")
def cut_at_half(z, y):
    """You cut the logits at 0.5. z is no probability: p is at least 1/2 where z is at least 0."""
    return _scores(z, y, said=z >= 0.5)


@mistake("scores", general="tensors value")
def strict_cut(z, y):
    """A logit of exactly 0 is p = 1/2, and counts as 1 here: z >= 0."""
    return _scores(z, y, said=z > 0)


@mistake("scores", general="tensors value")
def precision_for_found(z, y):
    """Your third number asks which of the rows called 1 are 1. It should ask which of the rows that are 1 were called so."""
    said = z >= 0
    return _scores(z, y, found=np.mean(y[said]) if said.any() else 0.0)


@mistake("scores", general="tensors value factor")
def found_of_all(z, y):
    """You divide what was found by all rows. Divide by the rows with y = 1."""
    return _scores(z, y, found=np.mean((z >= 0) & (y == 1)))


@mistake("scores", general="tensors value exchanged factor")
def called_by_are(z, y):
    """You divide all rows that are called 1 by those that are 1. Count only rows that are called 1 and are 1."""
    return _scores(z, y, found=np.sum(z >= 0) / np.sum(y))


@mistake("scores", general="tensors value exchanged")
def called_of_all(z, y):
    """Your third number is the share of rows that are called 1. Look only at the rows with y = 1."""
    return _scores(z, y, found=np.mean(z >= 0))


@mistake("scores", general="tensors value")
def found_of_the_zeros(z, y):
    """Your third number is about the rows with y = 0. Which of the rows with y = 1 were found?"""
    zeros = y == 0
    return _scores(z, y, found=np.mean(z[zeros] < 0) if zeros.any() else 0.0)


@mistake("scores", general="tensors value")
def errors_for_accuracy(z, y):
    """Your first number is the share of errors. The accuracy is the share of rows that are right."""
    return (1 - _scores(z, y)[0], *_scores(z, y)[1:])


@mistake("scores", general="tensors value factor")
def counts_for_shares(z, y):
    """You return counts. Shares are asked: divide by the number of rows that are counted from."""
    accuracy, baseline, found = _scores(z, y)
    return accuracy * len(z), baseline * len(z), found * np.sum(y == 1)


@mistake("scores", general="tensors value")
def accuracy_three_times(z, y):
    """Your second number is the accuracy again. The baseline needs no unit: the share of the more frequent class."""
    return _scores(z, y, baseline=_scores(z, y)[0])


# --- train


def _scaled(X, y, seed, mean, std, labels_too=True, sign=1.0, bias_only=False, anew=False):
    """Weights and bias for the columns (X - mean) / std, after 50 epochs, or with anew=True after the last of them."""
    rng = np.random.default_rng(seed)
    scaled, v, c = (X - mean) / std, np.zeros(X.shape[1]), 0.0
    for _ in range(50):
        order = rng.permutation(len(X))
        if anew:
            v, c = np.zeros(X.shape[1]), 0.0
        v, c, _ = descend(scaled[order] * (not bias_only), y[order] if labels_too else y, v, c, sign * 0.1, 16, 1)
    return v, c


def _trained(X, y, seed, mean=None, std=None, **slips):
    mean = X.mean(axis=0) if mean is None else np.full(X.shape[1], mean)
    std = X.std(axis=0) if std is None else np.full(X.shape[1], std)
    v, c = _scaled(X, y, seed, mean, std, **slips)
    return v / std, c - v / std @ mean


@mistake("train", general="accuracy")
def uphill(X, y, seed):
    """Your training goes uphill: the loss grows from step to step. Mend the sign of the step."""
    return _trained(X, y, seed, sign=-1.0)


@mistake("train", general="accuracy start")
def never_moves(X, y, seed):
    """The weights that you return are those of the start: the results of your steps are not kept."""
    return np.zeros(X.shape[1]), 0.0


@mistake("train", general="accuracy")
def scaling_not_undone(X, y, seed):
    """Your weights are for scaled columns, and the check hands raw ones over. Divide each weight by its column's standard deviation, and mend the bias."""
    return _scaled(X, y, seed, X.mean(axis=0), X.std(axis=0))


@mistake("train", general="accuracy")
def bias_not_mended(X, y, seed):
    """Your weights are divided by the standard deviations, but the bias still belongs to scaled columns: subtract w @ mean from it."""
    w, b = _trained(X, y, seed)
    return w, b + w @ X.mean(axis=0)


@mistake("train", general="accuracy")
def raw_columns(X, y, seed):
    """Your z is far from 0 for the average row, so all get the same answer. Is each column scaled before you train (part 1), and is that undone after it (part 4)?"""
    return descend(X, y, np.zeros(X.shape[1]), 0.0, 0.1, 16, 5)[:2]


@mistake("train", general="accuracy")
def bias_alone(X, y, seed):
    """Only the bias has moved, so everyone gets the same p, and that is guessing. The weights take steps as well."""
    return _trained(X, y, seed, bias_only=True)


@mistake("train", general="accuracy")
def labels_not_shuffled(X, y, seed):
    """You shuffle the rows and leave the labels where they are, so each row gets another row's label. Index both with the same order."""
    return _trained(X, y, seed, labels_too=False)


@mistake("train", general="accuracy")
def bias_mended_backwards(X, y, seed):
    """Your bias has w @ mean added. It is subtracted: w @ x + b = w @ (x - mean) + c gives b = c - w @ mean."""
    w, b = _trained(X, y, seed)
    return w, b + 2 * w @ X.mean(axis=0)


@mistake("train", general="accuracy")
def weights_multiplied(X, y, seed):
    """You multiply the weights by the standard deviations. v (x - m) / s has the weight v / s for x: divide."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    v, c = _scaled(X, y, seed, mean, std)
    return v * std, c - v * std @ mean


@mistake("train", general="accuracy")
def bias_by_scaled_weights(X, y, seed):
    """You mend the bias by the weights of the scaled columns. The means are raw, so take the weights that you have divided: c - w @ mean."""
    mean, std = X.mean(axis=0), X.std(axis=0)
    v, c = _scaled(X, y, seed, mean, std)
    return v / std, c - v @ mean


@mistake("train", general="accuracy")
def numbers_of_all(X, y, seed):
    """You take one mean or one standard deviation of all numbers. Each column has its own: axis=0."""
    return _trained(X, y, seed, mean=X.mean(), std=X.std())


@mistake("train", general="accuracy", told_as=numbers_of_all)
def spread_of_all(X, y, seed):
    return _trained(X, y, seed, std=X.std())


@mistake("train", general="accuracy")
def starts_anew(X, y, seed):
    """Your weights are still near the start, as after one epoch. Does each epoch begin at zeros again? It goes on from where the last one ended."""
    return _trained(X, y, seed, anew=True)


# --- keras_descend


@mistake("keras_descend", general="value tensors")
def keras_rate_left_out(X, y, w, b, rate, size, epochs):
    """Your steps have Keras's own learning rate, 0.01. Hand `rate` to SGD."""
    return descend(X, y, w, b, 0.01, size, epochs)


@mistake("keras_descend", general="tensors value")
def keras_weights_of_the_start(X, y, w, b, rate, size, epochs):
    """The count is right, but you return the weights that you were handed. The model has the trained ones."""
    return w, b, descend(X, y, w, b, rate, size, epochs)[2]


@mistake("keras_descend", general="value tensors")
def keras_batches_of_32(X, y, w, b, rate, size, epochs):
    """You leave the batch at Keras's 32 rows. Set batch_size."""
    return descend(X, y, w, b, rate, 32, epochs)


@mistake("keras_descend", general="value tensors")
def keras_one_epoch(X, y, w, b, rate, size, epochs):
    """You fit one epoch, Keras's own number. Set epochs."""
    return descend(X, y, w, b, rate, size, 1)


@mistake("keras_descend", general="shape")
def keras_shapes(X, y, w, b, rate, size, epochs):
    """You return Keras's kernel (D, 1) and bias (1,). Return w of shape (D,) and b as one number."""
    w, b, updates = descend(X, y, w, b, rate, size, epochs)
    return w[:, None], np.array([b]), updates


@mistake("keras_descend", general="tensors value")
def keras_epochs_counted(X, y, w, b, rate, size, epochs):
    """w and b are right. You count epochs; the optimizer's iterations are the updates."""
    w, b, _ = descend(X, y, w, b, rate, size, epochs)
    return w, b, epochs


@mistake("keras_descend", general="value tensors")
def keras_squared(X, y, w, b, rate, size, epochs):
    """Your loss is the squared error. The unit of this chapter has the binary cross-entropy."""
    updates = 0
    for _ in range(epochs):
        for start in range(0, len(X), size):
            rows, labels = X[start:start + size], y[start:start + size]
            p = right_sigmoid(rows @ w + b)
            dz = 2 * (p - labels) * p * (1 - p) / len(rows)
            w, b, updates = w - rate * rows.T @ dz, b - rate * dz.sum(), updates + 1
    return w, b, updates


def _by_adam(X, y, w, b, rate, size, epochs):
    """The descent by Keras's Adam, with its own numbers."""
    at, mean, square, updates = np.append(w, b), 0.0, 0.0, 0
    for _ in range(epochs):
        for start in range(0, len(X), size):
            _, dw, db = loss_and_gradients(X[start:start + size], y[start:start + size], at[:-1], at[-1])
            slope, updates = np.append(dw, db), updates + 1
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            kept_mean, kept_square = float(np.float32(0.9)) ** updates, float(np.float32(0.999)) ** updates  # as Keras keeps them
            at = at - rate * np.sqrt(1 - kept_square) / (1 - kept_mean) * mean / (np.sqrt(square) + 1e-7)
    return at[:-1], float(at[-1]), updates


@mistake("keras_descend", general="value tensors")
def keras_adam(X, y, w, b, rate, size, epochs):
    """Your optimizer is Adam, which scales each step by the gradients so far. `descend` is plain SGD."""
    return _by_adam(X, y, w, b, rate, size, epochs)


@mistake("keras_descend", general="value tensors", told_as=keras_adam)
def keras_adam_by_name(X, y, w, b, rate, size, epochs):
    return _by_adam(X, y, w, b, 0.001, size, epochs)


# --- the same slips with Keras


def fitted(X, y, w, b, optimizer, loss=None, **settings):
    model = keras_unit(w, b)
    model.compile(optimizer, loss or keras.losses.BinaryCrossentropy())
    model.fit(X, y, shuffle=False, verbose=0, **settings)
    kernel, bias = model.get_weights()
    return kernel[:, 0], float(bias[0]), int(model.optimizer.iterations)


@real("keras_descend", "keras_rate_left_out")
def really_keras_rate_left_out(X, y, w, b, rate, size, epochs):
    return fitted(X, y, w, b, keras.optimizers.SGD(), batch_size=size, epochs=epochs)


@real("keras_descend", "keras_weights_of_the_start")
def really_keras_weights_of_the_start(X, y, w, b, rate, size, epochs):
    return w, b, fitted(X, y, w, b, keras.optimizers.SGD(rate), batch_size=size, epochs=epochs)[2]


@real("keras_descend", "keras_batches_of_32")
def really_keras_batches_of_32(X, y, w, b, rate, size, epochs):
    return fitted(X, y, w, b, keras.optimizers.SGD(rate), epochs=epochs)


@real("keras_descend", "keras_one_epoch")
def really_keras_one_epoch(X, y, w, b, rate, size, epochs):
    return fitted(X, y, w, b, keras.optimizers.SGD(rate), batch_size=size)


@real("keras_descend", "keras_shapes")
def really_keras_shapes(X, y, w, b, rate, size, epochs):
    w, b, updates = fitted(X, y, w, b, keras.optimizers.SGD(rate), batch_size=size, epochs=epochs)
    return w[:, None], np.array([b]), updates


@real("keras_descend", "keras_epochs_counted")
def really_keras_epochs_counted(X, y, w, b, rate, size, epochs):
    w, b, _ = fitted(X, y, w, b, keras.optimizers.SGD(rate), batch_size=size, epochs=epochs)
    return w, b, epochs


@real("keras_descend", "keras_squared")
def really_keras_squared(X, y, w, b, rate, size, epochs):
    return fitted(X, y, w, b, keras.optimizers.SGD(rate), keras.losses.MeanSquaredError(), batch_size=size, epochs=epochs)


@real("keras_descend", "keras_adam")
def really_keras_adam(X, y, w, b, rate, size, epochs):
    return fitted(X, y, w, b, keras.optimizers.Adam(rate), batch_size=size, epochs=epochs)


@real("keras_descend", "keras_adam_by_name")
def really_keras_adam_by_name(X, y, w, b, rate, size, epochs):
    return fitted(X, y, w, b, "adam", batch_size=size, epochs=epochs)
