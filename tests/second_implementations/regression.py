"""Chapter 09: known mistakes written again, in other ways, from the exercises' docstrings and the sentences alone."""

import math

import numpy as np

# ---------------------------------------------------------------- helpers


def _h(e, d):
    """Right losses and slopes, error by error."""
    losses = [0.5 * v * v if abs(v) <= d else d * abs(v) - 0.5 * d * d for v in e]
    slopes = [v if abs(v) <= d else math.copysign(d, v) for v in e]
    return np.array(losses), np.array(slopes)


def _linear(X, y, w, b, d):
    """The loss, and the slopes by what is said."""
    losses, slopes = _h([float(np.dot(row, w)) + b - came for row, came in zip(X, y)], d)
    return float(np.average(losses)), slopes / len(losses)


def _moments(rows):
    """Mean and standard deviation of each column, by hand."""
    mean = np.add.reduce(rows, axis=0) / len(rows)
    return mean, np.sqrt(np.add.reduce((rows - mean) ** 2, axis=0) / len(rows))


# ---------------------------------------------------------------- mean_errors


def errors_sum(y_hat, y):
    square = size = 0.0
    for said, came in zip(y_hat, y):
        square += (said - came) ** 2
        size += abs(said - came)
    return square, size


def errors_with_signs(y_hat, y):
    off = np.subtract(y_hat, y)
    return float(np.dot(off, off)) / off.size, off.sum() / off.size


def errors_root(y_hat, y):
    off = y - y_hat
    return math.sqrt(np.dot(off, off) / len(off)), np.linalg.norm(off, 1) / len(off)


def errors_square_of_mean(y_hat, y):
    return (y_hat.mean() - y.mean()) ** 2, np.abs(y - y_hat).sum() / len(y)


# ---------------------------------------------------------------- absolute_loss


def absolute_of_the_sum(y_hat, y):
    return float(np.average(np.fabs(y - y_hat))), np.where(y_hat > y, 1.0, np.where(y_hat < y, -1.0, 0.0))


def absolute_turned(y_hat, y):
    return np.fabs(y - y_hat).sum() / y.size, np.array([math.copysign(1 / y.size, came - said) if came != said else 0.0
                                                        for said, came in zip(y_hat, y)])


def absolute_square_slope(y_hat, y):
    return np.fabs(y - y_hat).sum() / y.size, np.multiply(2.0 / y.size, y_hat - y)


# ---------------------------------------------------------------- huber


def huber_jumps(y_hat, y, threshold):
    e = y_hat - y
    losses, slopes = _h(e, threshold)
    for place, v in enumerate(e):
        if abs(v) > threshold:
            losses[place] = abs(v) * threshold
    return losses.sum() / len(y), slopes / len(y)


def huber_unbounded(y_hat, y, threshold):
    losses, _ = _h(y_hat - y, threshold)
    return float(np.average(losses)), np.divide(y_hat - y, y.size)


def huber_asks_the_error(y_hat, y, threshold):
    total, slopes = 0.0, []
    for e in y_hat - y:
        if not e > threshold:
            total += e * e / 2
            slopes.append(e / len(y))
        else:
            total += threshold * e - threshold * threshold / 2
            slopes.append(threshold / len(y))
    return total / len(y), np.array(slopes)


def huber_all_parabola(y_hat, y, threshold):
    e = y_hat - y
    return float(e @ e) / 2 / len(e), e / len(e)


def huber_sum_of_slopes(y_hat, y, threshold):
    losses, slopes = _h(y_hat - y, threshold)
    return float(np.average(losses)), slopes


# ---------------------------------------------------------------- loss_and_gradients


def linear_bias_mean(X, y, w, b, threshold):
    loss, slopes = _linear(X, y, w, b, threshold)
    return loss, np.einsum("n,nd->d", slopes, X), float(np.average(slopes))


def linear_turned(X, y, w, b, threshold):
    loss, slopes = _linear(X, y, w, b, threshold)
    return loss, -np.tensordot(slopes, X, 1), float(-np.add.reduce(slopes))


def linear_no_bias(X, y, w, b, threshold):
    loss, slopes = _linear(X, y, w, 0.0, threshold)
    return loss, slopes @ X, sum(slopes)


def linear_sigmoid(X, y, w, b, threshold):
    p = np.array([1 / (1 + math.exp(-(float(np.dot(row, w)) + b))) for row in X])
    losses, slopes = _h(p - y, threshold)
    back = slopes * (p - p**2) / len(y)
    return float(np.average(losses)), back @ X, back.sum()


# ---------------------------------------------------------------- standardise


def scaled_by_themselves(train, rows):
    mean, std = _moments(rows)
    std[std == 0] = 1.0
    return (rows - mean) / std


def scaled_by_all(train, rows):
    mean, std = _moments(np.vstack((train, rows)))
    return (rows - mean) / np.where(std > 0, std, 1.0)


def scaled_by_sample(train, rows):
    mean, std = _moments(train)
    std = std * math.sqrt(len(train) / (len(train) - 1))
    return (rows - mean) / np.where(std > 0, std, 1.0)


def scaled_by_variance(train, rows):
    mean, std = _moments(train)
    return (rows - mean) / np.where(std > 0, np.square(std), 1.0)


# ---------------------------------------------------------------- r_squared


def r2_ratio(y_hat, y):
    return ((y - y_hat) ** 2).sum() / ((y - y.mean()) ** 2).sum()


def r2_correlation(y_hat, y):
    a, b = y_hat - y_hat.mean(), y - y.mean()
    return float(a @ b) ** 2 / float(a @ a) / float(b @ b)


def r2_sample_variance(y_hat, y):
    return 1 - ((y - y_hat) ** 2).sum() / len(y) / (((y - y.mean()) ** 2).sum() / (len(y) - 1))


def r2_around_zero(y_hat, y):
    return 1 - ((y - y_hat) ** 2).sum() / (y**2).sum()


# ---------------------------------------------------------------- experiment


def _fit(Z, y, threshold, rate, steps):
    at, b = np.zeros(Z.shape[1]), 0.0
    for _ in range(steps):
        _, slopes = _linear(Z, y, at, b, threshold)
        at, b = at - rate * (slopes @ Z), b - rate * slopes.sum()
    return at, b


def _run(X, y, order, thresholds, rate, steps, judged="val", told="test", moments="train"):
    N = len(order)
    rows = {"train": order[: N // 2], "val": order[N // 2 : 3 * N // 4], "test": order[3 * N // 4 :], "all": order}
    mean, std = _moments(X[rows[moments]])
    Z = (X - mean) / std
    fits = []
    for threshold in thresholds:
        w, b = _fit(Z[rows["train"]], y[rows["train"]], threshold, rate, steps)
        fits.append((np.fabs(Z[rows[judged]] @ w + b - y[rows[judged]]).mean(), threshold, w, b))
    _, threshold, w, b = sorted(fits, key=lambda fit: fit[0])[0]
    off, came = Z[rows[told]] @ w + b - y[rows[told]], y[rows[told]]
    return threshold, w, b, 1 - np.sum(off**2) / np.sum((came - came.mean()) ** 2)


def experiment_test_chooses(X, y, order, thresholds, rate, steps):
    return _run(X, y, order, thresholds, rate, steps, judged="test")


def experiment_training_chooses(X, y, order, thresholds, rate, steps):
    return _run(X, y, order, thresholds, rate, steps, judged="train")


def experiment_tells_validation(X, y, order, thresholds, rate, steps):
    return _run(X, y, order, thresholds, rate, steps, told="val")


def experiment_scaled_by_all(X, y, order, thresholds, rate, steps):
    return _run(X, y, order, thresholds, rate, steps, moments="all")


def experiment_in_the_given_order(X, y, order, thresholds, rate, steps):
    return _run(X, y, np.sort(order), thresholds, rate, steps)


# ---------------------------------------------------------------- share_of


def share_without_months(income, expenditure):
    return np.array([spent / earned / 1e4 for spent, earned in zip(expenditure, income)])


def share_without_units(income, expenditure):
    return np.divide(np.multiply(expenditure, 12.0), income)


def share_turned(income, expenditure):
    return np.multiply(income, 1e4) / np.multiply(expenditure, 12.0)


# ---------------------------------------------------------------- keras_standardise


def layer_as_it_came(train, rows):
    return np.array(rows, dtype=float)


def layer_of_the_rows(train, rows):
    mean, std = _moments(rows)
    return (rows - mean) / np.where(std > 0, std, 1.0)


SECOND = {
    ("mean_errors", "errors_added"): errors_sum,
    ("mean_errors", "signs_kept"): errors_with_signs,
    ("mean_errors", "root_taken"): errors_root,
    ("mean_errors", "square_of_the_mean"): errors_square_of_mean,
    ("absolute_loss", "slope_of_the_sum"): absolute_of_the_sum,
    ("absolute_loss", "slope_turned"): absolute_turned,
    ("absolute_loss", "slope_of_the_square"): absolute_square_slope,
    ("huber", "line_through_zero"): huber_jumps,
    ("huber", "slope_not_cut"): huber_unbounded,
    ("huber", "negative_errors_small"): huber_asks_the_error,
    ("huber", "never_a_line"): huber_all_parabola,
    ("huber", "huber_slope_of_the_sum"): huber_sum_of_slopes,
    ("loss_and_gradients", "bias_mean"): linear_bias_mean,
    ("loss_and_gradients", "gradients_turned"): linear_turned,
    ("loss_and_gradients", "bias_left_out"): linear_no_bias,
    ("loss_and_gradients", "said_through_sigmoid"): linear_sigmoid,
    ("standardise", "own_statistics"): scaled_by_themselves,
    ("standardise", "statistics_of_both"): scaled_by_all,
    ("standardise", "sample_deviation"): scaled_by_sample,
    ("standardise", "divided_by_variance"): scaled_by_variance,
    ("r_squared", "not_from_one"): r2_ratio,
    ("r_squared", "correlation_squared"): r2_correlation,
    ("r_squared", "variance_by_one_less"): r2_sample_variance,
    ("r_squared", "not_centred_baseline"): r2_around_zero,
    ("experiment", "test_rows_choose"): experiment_test_chooses,
    ("experiment", "training_rows_choose"): experiment_training_chooses,
    ("experiment", "reported_on_validation"): experiment_tells_validation,
    ("experiment", "scaled_by_all_rows"): experiment_scaled_by_all,
    ("experiment", "order_ignored"): experiment_in_the_given_order,
    ("share_of", "months_forgotten"): share_without_months,
    ("share_of", "units_forgotten"): share_without_units,
    ("share_of", "upside_down"): share_turned,
    ("keras_standardise", "keras_not_adapted"): layer_as_it_came,
    ("keras_standardise", "keras_adapted_to_rows"): layer_of_the_rows,
}
