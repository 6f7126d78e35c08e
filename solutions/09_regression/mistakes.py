# Known wrong answers. The docstring is the sentence that the student reads.

# --- mean_errors


def _two(y_hat, y, mse=None, mae=None):
    right = mean_errors(y_hat, y)
    return right[0] if mse is None else mse, right[1] if mae is None else mae


@mistake("mean_errors", general="factor tensors")
def errors_added(y_hat, y):
    """Your numbers are sums over the rows. Both costs are means: divide by N."""
    mse, mae = mean_errors(y_hat, y)
    return mse * len(y), mae * len(y)


@mistake("mean_errors", general="factor value tensors nan undefined")
def errors_by_one_less(y_hat, y):
    """You divide by N - 1. Both costs are plain means over N rows."""
    mse, mae = mean_errors(y_hat, y)
    return mse * len(y) / np.float64(len(y) - 1), mae * len(y) / np.float64(len(y) - 1)


@mistake("mean_errors", general="value tensors transformed")
def root_taken(y_hat, y):
    """Your first number is the root of the MSE. It has the unit of y, but it is another cost: leave the root out."""
    return _two(y_hat, y, mse=np.sqrt(np.mean((y_hat - y) ** 2)))


@mistake("mean_errors", general="tensors value sign")
def signs_kept(y_hat, y):
    """Your second number is the mean of the errors with their signs, so too much and too little cancel. Take their sizes: np.abs."""
    return _two(y_hat, y, mae=np.mean(y_hat - y))


@mistake("mean_errors", general="tensors value")
def size_of_the_mean(y_hat, y):
    """You take the size of the mean error. Too much and too little have cancelled by then: take each error's size, then the mean."""
    return _two(y_hat, y, mae=np.abs(np.mean(y_hat - y)))


@mistake("mean_errors", general="tensors value")
def square_of_the_mean(y_hat, y):
    """You square the mean error. Square each error first, then take the mean."""
    return _two(y_hat, y, mse=np.mean(y_hat - y) ** 2)


@mistake("mean_errors", general="tensors value exchanged order")
def costs_swapped(y_hat, y):
    """You return the MAE first. The MSE comes first."""
    return mean_errors(y_hat, y)[::-1]


@mistake("mean_errors", general="factor tensors")
def half_the_square(y_hat, y):
    """Your first number is half the MSE. Some books put a half there; the MSE has none."""
    return _two(y_hat, y, mse=np.mean((y_hat - y) ** 2) / 2)


@mistake("mean_errors", general="tensors value")
def median_for_mean(y_hat, y):
    """Your second number is the median of the sizes. The MAE is their mean."""
    return _two(y_hat, y, mae=np.median(np.abs(y_hat - y)))


@mistake("mean_errors", general="tensors value")
def squares_not_of_errors(y_hat, y):
    """You subtract squares. Subtract first: the square of the error y_hat - y."""
    return _two(y_hat, y, mse=np.mean(y_hat**2 - y**2))


@mistake("mean_errors", general="tensors value")
def sizes_subtracted(y_hat, y):
    """You subtract sizes. Subtract first: the size of the error y_hat - y."""
    return _two(y_hat, y, mae=np.mean(np.abs(y_hat) - np.abs(y)))


@mistake("mean_errors", general="shape tensors")
def row_by_row(y_hat, y):
    """You return one number a row. The last step is missing: the means."""
    return (y_hat - y) ** 2, np.abs(y_hat - y)


@mistake("mean_errors", general="value tensors")
def every_pair(y_hat, y):
    """You compare every row with every target: (N, 1) minus (N,) is (N, N). Both are (N,): subtract them as they are."""
    e = y_hat[:, None] - y
    return np.mean(e**2), np.mean(np.abs(e))


@mistake("mean_errors", general="value tensors")
def largest_error(y_hat, y):
    """Your second number is the largest size. The MAE is the mean of all."""
    return _two(y_hat, y, mae=np.max(np.abs(y_hat - y)))


@mistake("mean_errors", general="tensors value")
def variance_of_errors(y_hat, y):
    """Your first number is the variance of the errors: a constant error would cost nothing. Square the errors as they are."""
    return _two(y_hat, y, mse=np.var(y_hat - y))


@mistake("mean_errors", general="tensors value")
def deviation_of_errors(y_hat, y):
    """Your second number is the standard deviation of the errors. The MAE is the mean of their sizes."""
    return _two(y_hat, y, mae=np.std(y_hat - y))


# --- absolute_loss


def _mae(y_hat, y, slope):
    return mean_errors(y_hat, y)[1], slope


@mistake("absolute_loss", general="factor tensors")
def slope_of_the_sum(y_hat, y):
    """Your slopes are those of the sum. The loss is a mean: each slope carries 1/N."""
    return _mae(y_hat, y, np.sign(y_hat - y))


@mistake("absolute_loss", general="sign tensors")
def slope_turned(y_hat, y):
    """Your slopes have the wrong sign: the loss grows with y_hat where too much was said. Take the sign of y_hat - y."""
    return _mae(y_hat, y, np.sign(y - y_hat) / len(y))


@mistake("absolute_loss", general="value tensors")
def slope_of_the_square(y_hat, y):
    """Your slopes are those of the MSE: they grow with the error. The slope of a size is its sign alone."""
    return _mae(y_hat, y, 2 * (y_hat - y) / len(y))


@mistake("absolute_loss", general="value tensors")
def error_for_slope(y_hat, y):
    """Your slopes grow with the error, as those of a half square do. The slope of a size is its sign alone."""
    return _mae(y_hat, y, (y_hat - y) / len(y))


@mistake("absolute_loss", general="value tensors rows sign")
def slope_without_sign(y_hat, y):
    """Your slopes are all positive. Where too little was said the loss falls with y_hat, so the slope is negative."""
    return _mae(y_hat, y, np.ones(len(y)) / len(y))


@mistake("absolute_loss", general="value tensors rows zeros")
def only_too_much(y_hat, y):
    """Your slope is 0 where too little was said. There it is -1/N."""
    return _mae(y_hat, y, np.where(y_hat > y, 1.0, 0.0) / len(y))


@mistake("absolute_loss", general="tensors value")
def loss_for_the_other(y_hat, y):
    """Your slopes are right, but the loss beside them is the MSE. mean_errors returns the MAE second."""
    return mean_errors(y_hat, y)[0], np.sign(y_hat - y) / len(y)


@mistake("absolute_loss", general="shape tensors")
def slopes_added(y_hat, y):
    """You return the sum of the slopes. There is one slope for each output: (N,)."""
    return _mae(y_hat, y, np.sum(np.sign(y_hat - y)) / len(y))


@mistake("absolute_loss", general="value tensors rows")
def sign_of_what_was_said(y_hat, y):
    """You take the sign of y_hat. The error's sign counts: that of y_hat - y."""
    return _mae(y_hat, y, np.sign(y_hat) / len(y))


@mistake("absolute_loss", general="factor tensors")
def slope_by_one_less(y_hat, y):
    """Your slopes carry 1/(N - 1). The mean divides by N."""
    return _mae(y_hat, y, np.sign(y_hat - y) / np.float64(len(y) - 1))


@mistake("absolute_loss", general="tensors value factor")
def sum_beside_the_slope(y_hat, y):
    """Your slopes are right, but the loss beside them is a sum. Take the mean."""
    return mean_errors(y_hat, y)[1] * len(y), np.sign(y_hat - y) / len(y)


@mistake("absolute_loss", keeps="only rows on the kink go wrong", general="nan raised undefined value")
def divided_by_size(y_hat, y):
    """You divide the error by its size, and 0/0 is nan. On the kink take any slope between -1/N and 1/N: np.sign takes 0."""
    e = y_hat - y
    return _mae(y_hat, y, e / np.abs(e) / len(y))


@mistake("absolute_loss", general="tensors value")
def size_for_slope(y_hat, y):
    """Your slopes are the sizes of the errors. The slope of a size is the error's sign, -1 or 1."""
    return _mae(y_hat, y, np.abs(y_hat - y) / len(y))


# --- huber


def _outside(y_hat, y, threshold, line):
    """Huber's loss with another line outside: line(size)."""
    e = y_hat - y
    size = np.abs(e)
    return np.where(size <= threshold, e**2 / 2, line(size)).mean(), np.clip(e, -threshold, threshold) / len(y)


def _sloped(y_hat, y, threshold, slope):
    return huber(y_hat, y, threshold)[0], slope


@mistake("huber", general="tensors value")
def line_through_zero(y_hat, y, threshold):
    """Your line jumps at the threshold: it is threshold * |e|, which is too high by half a threshold squared. Let it meet the parabola."""
    return _outside(y_hat, y, threshold, lambda size: threshold * size)


@mistake("huber", general="tensors value")
def whole_square_subtracted(y_hat, y, threshold):
    """You subtract the threshold squared. Half of it: at the threshold the parabola is worth half a threshold squared."""
    return _outside(y_hat, y, threshold, lambda size: threshold * (size - threshold))


@mistake("huber", general="tensors value")
def line_of_slope_one(y_hat, y, threshold):
    """Your line has the slope 1. It goes on as steeply as the parabola ends: its slope is the threshold."""
    return _outside(y_hat, y, threshold, lambda size: size - threshold / 2)


@mistake("huber", general="tensors value")
def half_added(y_hat, y, threshold):
    """Your line is threshold * |e| - 1/2, which is right for a threshold of 1. For others half a threshold squared is subtracted."""
    return _outside(y_hat, y, threshold, lambda size: threshold * size - 0.5)


@mistake("huber", general="tensors value")
def size_for_the_line(y_hat, y, threshold):
    """Your loss is |e| outside, the plain absolute error. It jumps there; let the line meet the parabola with its value and slope."""
    return _outside(y_hat, y, threshold, lambda size: size)


@mistake("huber", general="tensors value factor")
def square_not_halved(y_hat, y, threshold):
    """Your parabola is e**2: the half is missing, so it does not meet your line."""
    e = y_hat - y
    size = np.abs(e)
    losses = np.where(size <= threshold, e**2, threshold * (size - threshold / 2))
    return losses.mean(), huber(y_hat, y, threshold)[1]


@mistake("huber", general="factor tensors value")
def twice_in_all(y_hat, y, threshold):
    """Loss and slopes are twice too large: Huber's parabola is half the square."""
    return tuple(2 * part for part in huber(y_hat, y, threshold))


@mistake("huber", general="value tensors")
def never_a_line(y_hat, y, threshold):
    """You take the parabola for all errors. Where |e| is above the threshold the straight line belongs."""
    e = y_hat - y
    return np.mean(e**2) / 2, e / len(y)


@mistake("huber", general="value tensors rows")
def negative_errors_small(y_hat, y, threshold):
    """Errors far below 0 count as small: you compare e with the threshold. Compare its size, |e|."""
    e = y_hat - y
    losses = np.where(e <= threshold, e**2 / 2, threshold * (np.abs(e) - threshold / 2))
    return losses.mean(), np.where(e <= threshold, e, threshold * np.sign(e)) / len(y)


@mistake("huber", general="value tensors")
def threshold_of_one(y_hat, y, threshold):
    """Your threshold is 1, whatever is handed over. Use the argument."""
    return huber(y_hat, y, 1.0)


@mistake("huber", general="tensors value rows")
def slope_not_cut(y_hat, y, threshold):
    """The loss is right, but your slope keeps growing outside. There it stays at the threshold, with the error's sign."""
    return _sloped(y_hat, y, threshold, (y_hat - y) / len(y))


@mistake("huber", general="tensors value rows")
def sign_alone_outside(y_hat, y, threshold):
    """The loss is right, but your slope outside is -1 or 1. The line there has the slope of the threshold."""
    e = y_hat - y
    return _sloped(y_hat, y, threshold, np.where(np.abs(e) <= threshold, e, np.sign(e)) / len(y))


@mistake("huber", general="tensors value rows sign")
def outside_without_sign(y_hat, y, threshold):
    """The loss is right, but your slope outside is positive on both sides. It has the sign of the error."""
    e = y_hat - y
    return _sloped(y_hat, y, threshold, np.where(np.abs(e) <= threshold, e, threshold) / len(y))


@mistake("huber", general="tensors value rows zeros")
def outside_flat(y_hat, y, threshold):
    """The loss is right, but your slope outside is 0, so outliers do not pull at all. They pull with the threshold."""
    e = y_hat - y
    return _sloped(y_hat, y, threshold, np.where(np.abs(e) <= threshold, e, 0.0) / len(y))


@mistake("huber", general="factor tensors")
def huber_slope_of_the_sum(y_hat, y, threshold):
    """Your slopes are those of the sum. The loss is a mean: each slope carries 1/N."""
    return _sloped(y_hat, y, threshold, huber(y_hat, y, threshold)[1] * len(y))


@mistake("huber", general="sign tensors")
def huber_slope_turned(y_hat, y, threshold):
    """Your slopes have the wrong sign. The error is what was said minus what came."""
    return _sloped(y_hat, y, threshold, -huber(y_hat, y, threshold)[1])


@mistake("huber", general="factor tensors")
def huber_added(y_hat, y, threshold):
    """Loss and slopes are those of the sum over the rows. Take the mean of both."""
    return tuple(part * len(y) for part in huber(y_hat, y, threshold))


@mistake("huber", general="tensors factor")
def huber_loss_added(y_hat, y, threshold):
    """Your slopes are right, but the loss beside them is a sum. Take the mean."""
    loss, slope = huber(y_hat, y, threshold)
    return loss * len(y), slope


@mistake("huber", general="shape tensors")
def huber_row_by_row(y_hat, y, threshold):
    """You return one loss a row. Take their mean; the slopes stay one a row."""
    e = y_hat - y
    size = np.abs(e)
    return np.where(size <= threshold, e**2 / 2, threshold * (size - threshold / 2)), huber(y_hat, y, threshold)[1]


@mistake("huber", general="value tensors")
def sides_exchanged(y_hat, y, threshold):
    """Parabola and line stand in each other's place: the parabola belongs to the small errors."""
    e = y_hat - y
    size = np.abs(e)
    losses = np.where(size > threshold, e**2 / 2, threshold * (size - threshold / 2))
    return losses.mean(), np.where(size > threshold, e, threshold * np.sign(e)) / len(y)


@mistake("huber", general="tensors value")
def smaller_of_the_two(y_hat, y, threshold):
    """You take the smaller of e**2 / 2 and threshold * |e|. These two do not meet at the threshold: let the line go on from the parabola."""
    e = y_hat - y
    return np.minimum(e**2 / 2, threshold * np.abs(e)).mean(), huber(y_hat, y, threshold)[1]


@mistake("huber", general="tensors value exchanged")
def half_a_threshold_subtracted(y_hat, y, threshold):
    """You subtract half a threshold. Half a threshold squared is what makes the line meet the parabola."""
    return _outside(y_hat, y, threshold, lambda size: threshold * size - threshold / 2)


@mistake("huber", general="tensors value rows")
def error_times_threshold(y_hat, y, threshold):
    """The loss is right, but your slope outside is the threshold times the error. It is the threshold times the error's sign."""
    e = y_hat - y
    return _sloped(y_hat, y, threshold, np.where(np.abs(e) <= threshold, e, threshold * e) / len(y))


@mistake("huber", general="tensors value rows")
def slope_doubled_inside(y_hat, y, threshold):
    """The loss is right, but your slope inside is 2e. The parabola is half the square, so its slope is e."""
    e = y_hat - y
    return _sloped(y_hat, y, threshold, np.where(np.abs(e) <= threshold, 2 * e, threshold * np.sign(e)) / len(y))


# --- loss_and_gradients


def _back(X, y, w, b, threshold):
    return huber(X @ w + b, y, threshold)


@mistake("loss_and_gradients", general="factor tensors")
def mean_twice(X, y, w, b, threshold):
    """You divide dw and db by N once more: the slopes from huber have their 1/N already."""
    loss, dw, db = loss_and_gradients(X, y, w, b, threshold)
    return loss, dw / len(X), db / len(X)


@mistake("loss_and_gradients", general="factor tensors")
def bias_mean(X, y, w, b, threshold):
    """You take the mean over the rows for db. The 1/N is in the slopes already: db is their sum."""
    loss, dw, db = loss_and_gradients(X, y, w, b, threshold)
    return loss, dw, db / len(X)


@mistake("loss_and_gradients", general="factor tensors")
def linear_without_mean(X, y, w, b, threshold):
    """Your gradients belong to the sum of the losses. The loss is a mean: take the slopes as huber returns them."""
    loss, dw, db = loss_and_gradients(X, y, w, b, threshold)
    return loss, dw * len(X), db * len(X)


@mistake("loss_and_gradients", general="shape")
def bias_not_summed(X, y, w, b, threshold):
    """You return the slopes themselves for db, one a row. b is one number: sum them over the rows."""
    loss, dw, _ = loss_and_gradients(X, y, w, b, threshold)
    return loss, dw, _back(X, y, w, b, threshold)[1]


@mistake("loss_and_gradients", general="shape")
def weights_not_summed(X, y, w, b, threshold):
    """Your dw has one row for each row of X. All rows use the same weights: add their shares up."""
    loss, _, db = loss_and_gradients(X, y, w, b, threshold)
    return loss, X * _back(X, y, w, b, threshold)[1][:, None], db


@mistake("loss_and_gradients", general="sign tensors")
def gradients_turned(X, y, w, b, threshold):
    """Your gradients point downhill. A gradient points uphill: the error is what was said minus what came."""
    loss, dw, db = loss_and_gradients(X, y, w, b, threshold)
    return loss, -dw, -db


@mistake("loss_and_gradients", general="value tensors exchanged")
def bias_left_out(X, y, w, b, threshold):
    """You leave the bias out of what is said: X @ w + b."""
    return loss_and_gradients(X, y, w, 0.0, threshold)


@mistake("loss_and_gradients", general="value tensors")
def said_through_sigmoid(X, y, w, b, threshold):
    """You send the net input through a sigmoid. The output of a regression has no activation."""
    said = 1 / (1 + np.exp(-(X @ w + b)))
    loss, slope = huber(said, y, threshold)
    slope = slope * said * (1 - said)
    return loss, X.T @ slope, slope.sum()


@mistake("loss_and_gradients", general="value tensors")
def said_through_relu(X, y, w, b, threshold):
    """You cut the output off at 0. The output of a regression has no activation."""
    said = X @ w + b
    loss, slope = huber(np.maximum(said, 0), y, threshold)
    slope = slope * (said > 0)
    return loss, X.T @ slope, slope.sum()


@mistake("loss_and_gradients", general="value tensors")
def gradients_of_squares(X, y, w, b, threshold):
    """The loss is Huber's, but your gradients are those of squared errors, without a threshold. Take the slopes that huber returns."""
    e = (X @ w + b - y) / len(X)
    return huber(X @ w + b, y, threshold)[0], X.T @ (2 * e), 2 * e.sum()


@mistake("loss_and_gradients", general="value tensors")
def gradients_of_half_squares(X, y, w, b, threshold):
    """The loss is Huber's, but your gradients go by the whole error, without a threshold. Take the slopes that huber returns."""
    e = (X @ w + b - y) / len(X)
    return huber(X @ w + b, y, threshold)[0], X.T @ e, e.sum()


@mistake("loss_and_gradients", general="tensors value")
def bias_by_errors(X, y, w, b, threshold):
    """Your db is the mean of the errors. It is the sum of the slopes that huber returns."""
    loss, dw, _ = loss_and_gradients(X, y, w, b, threshold)
    return loss, dw, np.mean(X @ w + b - y)


@mistake("loss_and_gradients", general="value tensors")
def threshold_not_handed_on(X, y, w, b, threshold):
    """Your threshold is 1, whatever is handed over. Hand the argument on to huber."""
    return loss_and_gradients(X, y, w, b, 1.0)


# --- standardise


def _scaled(train, rows, mean=None, std=None):
    mean = train.mean(axis=0) if mean is None else mean
    std = train.std(axis=0) if std is None else std
    return (rows - mean) / np.where(std == 0, 1.0, std)


@mistake("standardise", general="value rows per_column")
def own_statistics(train, rows):
    """You take mean and standard deviation from the rows themselves. Those of the training rows belong to all rows."""
    return _scaled(rows, rows)


@mistake("standardise", general="value rows per_column")
def statistics_of_both(train, rows):
    """You take mean and standard deviation from all rows together, so held-back rows have a say. Take the training rows alone."""
    return _scaled(np.concatenate([train, rows]), rows)


@mistake("standardise", general="value rows per_column")
def mean_of_the_rows(train, rows):
    """Your standard deviations are those of the training rows, your means those of the rows themselves. Take both from the training rows."""
    return _scaled(train, rows, mean=rows.mean(axis=0))


@mistake("standardise", general="factor value per_column")
def sample_deviation(train, rows):
    """You divide by N - 1 inside the standard deviation. Here it is numpy's std as it stands, with N."""
    return _scaled(train, rows, std=train.std(axis=0, ddof=1))


@mistake("standardise", general="value per_column")
def divided_by_variance(train, rows):
    """You divide by the variance. Its root belongs there, the standard deviation."""
    return _scaled(train, rows, std=train.var(axis=0))


@mistake("standardise", general="value per_column offset")
def not_centred(train, rows):
    """You divide and do not subtract the means."""
    return _scaled(train, rows, mean=0.0)


@mistake("standardise", general="value per_column")
def not_divided(train, rows):
    """You subtract the means and do not divide by the standard deviations."""
    return _scaled(train, rows, std=np.ones(train.shape[1]))


@mistake("standardise", general="value per_column")
def one_mean_for_all(train, rows):
    """You take one mean and one standard deviation of all numbers. Each column has its own: axis=0."""
    return _scaled(train, rows, mean=train.mean(), std=train.std())


@mistake("standardise", general="value per_column", told_as=one_mean_for_all)
def one_deviation_for_all(train, rows):
    return _scaled(train, rows, std=train.std())


@mistake("standardise", general="value per_column offset")
def divided_first(train, rows):
    """You divide the rows alone: without brackets the mean is subtracted after the division. Subtract first."""
    std = train.std(axis=0)
    return rows / np.where(std == 0, 1.0, std) - train.mean(axis=0)


@mistake("standardise", general="value per_column offset bounded")
def by_least_and_largest(train, rows):
    """You scale by the least and the largest value, to 0 and 1. Standardising takes mean and standard deviation."""
    low, high = train.min(axis=0), train.max(axis=0)
    return _scaled(train, rows, mean=low, std=high - low)


@mistake("standardise", general="value per_column offset")
def by_the_median(train, rows):
    """You subtract the medians. Standardising subtracts means."""
    return _scaled(train, rows, mean=np.median(train, axis=0))


@mistake("standardise", general="shape value")
def training_rows_returned(train, rows):
    """You return the training rows, scaled. The rows that are handed over as second argument are asked for."""
    return _scaled(train, train)


@mistake("standardise", keeps="only a constant column goes wrong", general="nan undefined")
def divided_by_zero(train, rows):
    """A column that is constant in training has the standard deviation 0, and you divide by it. Divide by 1 there."""
    return (rows - train.mean(axis=0)) / train.std(axis=0)


@mistake("standardise", keeps="only a constant column goes wrong", general="value near rows per_column zeros")
def constant_column_zeroed(train, rows):
    """You set a column that is constant in training to 0. Subtract its mean there, too, and divide by 1."""
    std = train.std(axis=0)
    return np.where(std == 0, 0.0, _scaled(train, rows))


@mistake("standardise", keeps="only a constant column goes wrong", general="value near rows per_column")
def constant_column_left(train, rows):
    """You leave a column that is constant in training as it is. Subtract its mean; divide by 1."""
    return np.where(train.std(axis=0) == 0, rows, _scaled(train, rows))


@mistake("standardise", keeps="only a constant column goes wrong", general="value near rows per_column factor")
def small_number_added(train, rows):
    """Where a column is constant you divide by a tiny number, and a small difference becomes a huge one. Divide by 1 there."""
    std = train.std(axis=0)
    return (rows - train.mean(axis=0)) / np.where(std == 0, 1e-8, std)


@mistake("standardise", general="value rows nan")
def across_the_columns(train, rows):
    """You take mean and standard deviation of each row. Columns are scaled, by statistics over the training rows: axis=0."""
    return (rows - rows.mean(axis=1, keepdims=True)) / rows.std(axis=1, keepdims=True)


# --- r_squared


def _ratio(y_hat, y):
    return np.mean((y_hat - y) ** 2) / np.var(y)


@mistake("r_squared", general="value exchanged")
def not_from_one(y_hat, y):
    """You return the ratio itself, the part that is left unexplained. R² is one minus that."""
    return _ratio(y_hat, y)


@mistake("r_squared", general="sign offset value")
def one_subtracted(y_hat, y):
    """Your sign is turned: R² is one minus the ratio, so that perfect rows get 1."""
    return _ratio(y_hat, y) - 1


@mistake("r_squared", general="value exchanged")
def variance_by_one_less(y_hat, y):
    """Your variance divides by N - 1, and the MSE by N. Both divide by N: np.var as it stands."""
    return 1 - np.mean((y_hat - y) ** 2) / np.var(y, ddof=1)


@mistake("r_squared", general="value exchanged")
def correlation_squared(y_hat, y):
    """You square the correlation, which forgives any offset and any factor. Compare the MSE with the variance."""
    return np.corrcoef(y_hat, y)[0, 1] ** 2


@mistake("r_squared", general="value exchanged")
def explained_variance(y_hat, y):
    """You take the variance of the errors, which forgives a constant error. Take their mean square."""
    return 1 - np.var(y_hat - y) / np.var(y)


@mistake("r_squared", general="value exchanged")
def variance_of_what_was_said(y_hat, y):
    """You divide by the variance of what was said. The baseline's MSE is the variance of what came."""
    return 1 - np.mean((y_hat - y) ** 2) / np.var(y_hat)


@mistake("r_squared", general="value exchanged", told_as=variance_of_what_was_said)
def arguments_exchanged(y_hat, y):
    return r_squared(y, y_hat)


@mistake("r_squared", general="value exchanged")
def share_of_the_spread(y_hat, y):
    """You divide the variance of what was said by that of what came. Errors do not enter: a wrong fit would do as well."""
    return np.var(y_hat) / np.var(y)


@mistake("r_squared", general="value exchanged")
def by_deviation(y_hat, y):
    """You divide by the standard deviation. An MSE is compared with the variance, its square."""
    return 1 - np.mean((y_hat - y) ** 2) / np.std(y)


@mistake("r_squared", general="value exchanged")
def by_sizes(y_hat, y):
    """Your numerator is the MAE. R² is made of squares: take the MSE."""
    return 1 - np.mean(np.abs(y_hat - y)) / np.var(y)


@mistake("r_squared", general="value exchanged")
def roots_compared(y_hat, y):
    """You compare roots. R² is made of the MSE and the variance as they are."""
    return 1 - np.sqrt(_ratio(y_hat, y))


@mistake("r_squared", general="value exchanged")
def sum_over_variance(y_hat, y):
    """Your numerator is a sum over the rows, and the variance is a mean. Take the mean of both."""
    return 1 - np.sum((y_hat - y) ** 2) / np.var(y)


@mistake("r_squared", general="value exchanged")
def mean_over_sum(y_hat, y):
    """Your numerator is a mean, and you divide by a sum of squares. Take the mean of both."""
    return 1 - np.mean((y_hat - y) ** 2) / np.sum((y - y.mean()) ** 2)


@mistake("r_squared", general="value exchanged")
def not_centred_baseline(y_hat, y):
    """Your baseline says 0. It says the mean of y: divide by the variance."""
    return 1 - np.mean((y_hat - y) ** 2) / np.mean(y**2)


@mistake("r_squared", general="value exchanged bounded")
def never_negative(y_hat, y):
    """You cut R² off at 0. It is negative where a fit is worse than the mean, and that is worth knowing."""
    return max(0.0, 1 - _ratio(y_hat, y))


@mistake("r_squared", general="value exchanged")
def correlation_plain(y_hat, y):
    """You return the correlation, which forgives any offset and any factor. Compare the MSE with the variance."""
    return np.corrcoef(y_hat, y)[0, 1]


@mistake("r_squared", general="value exchanged")
def sizes_compared(y_hat, y):
    """You compare sizes of errors. R² is made of squares: the MSE and the variance."""
    return 1 - np.sum(np.abs(y_hat - y)) / np.sum(np.abs(y - y.mean()))


# --- experiment


def _experiment(X, y, order, thresholds, rate, steps, scaled=None, chosen_by=None, keep=min, anew=True, reported=None, last=False, bias=None):
    """The experiment with one slip. scaled(parts): the rows whose statistics scale each of the three parts.
    chosen_by(costs, says, came, threshold): a number, of which keep takes the least or the largest. reported: a part.
    bias(y): where the bias starts."""
    cuts = len(order) // 2, 3 * len(order) // 4
    parts = dict(zip(("train", "val", "test"), np.split(order, cuts), strict=True))
    of = scaled(parts) if scaled else {name: parts["train"] for name in parts}
    Z = {name: standardise(X[of[name]], X[rows]) for name, rows in parts.items()}
    w, b, fits = np.zeros(X.shape[1]), 0.0, []
    for threshold in thresholds:
        if anew:
            w, b = np.zeros(X.shape[1]), bias(y[parts["train"]]) if bias else 0.0
        for _ in range(steps):
            _, dw, db = loss_and_gradients(Z["train"], y[parts["train"]], w, b, threshold)
            w, b = w - rate * dw, b - rate * db
        says = {name: Z[name] @ w + b for name in parts}
        costs = {name: mean_errors(says[name], y[rows]) for name, rows in parts.items()}
        cost = chosen_by(costs, says, {name: y[rows] for name, rows in parts.items()}, threshold) if chosen_by else costs["val"][1]
        fits.append((cost, threshold, w, b, r_squared(says[reported or "test"], y[parts[reported or "test"]])))
    found = fits[-1] if last else keep(fits, key=lambda fit: fit[0])
    return found[1:]


@mistake("experiment", general="tensors value")
def test_rows_choose(X, y, order, thresholds, rate, steps):
    """Your test rows choose the threshold, so they are not met once, at the end. Choose by the MAE of the validation rows."""
    return _experiment(X, y, order, thresholds, rate, steps, chosen_by=lambda costs, *_: costs["test"][1])


@mistake("experiment", general="tensors value")
def training_rows_choose(X, y, order, thresholds, rate, steps):
    """Your training rows choose the threshold. They have been fitted already: choose by the MAE of the validation rows."""
    return _experiment(X, y, order, thresholds, rate, steps, chosen_by=lambda costs, *_: costs["train"][1])


@mistake("experiment", general="tensors value")
def squares_choose(X, y, order, thresholds, rate, steps):
    """You choose by the MSE. Choose by the MAE of the validation rows: mean_errors returns it second."""
    return _experiment(X, y, order, thresholds, rate, steps, chosen_by=lambda costs, *_: costs["val"][0])


@mistake("experiment", general="tensors value")
def own_losses_compared(X, y, order, thresholds, rate, steps):
    """You compare Huber losses of different thresholds, and the smallest threshold always wins. Choose by the MAE."""
    return _experiment(X, y, order, thresholds, rate, steps,
                       chosen_by=lambda costs, says, came, threshold: huber(says["val"], came["val"], threshold)[0])


@mistake("experiment", general="tensors value")
def largest_error_kept(X, y, order, thresholds, rate, steps):
    """You keep the fit with the largest MAE. The smallest is the best."""
    return _experiment(X, y, order, thresholds, rate, steps, keep=max)


@mistake("experiment", general="tensors value")
def last_kept(X, y, order, thresholds, rate, steps):
    """You report the fit of the last threshold, not of the best. Keep threshold, w and b where the MAE gets smaller."""
    return _experiment(X, y, order, thresholds, rate, steps, last=True)


@mistake("experiment", general="tensors value")
def first_kept(X, y, order, thresholds, rate, steps):
    """You report the fit of the first threshold. Is your return inside the loop, or is the best never replaced?"""
    return _experiment(X, y, order, thresholds[:1], rate, steps)


@mistake("experiment", general="tensors value")
def best_threshold_last_weights(X, y, order, thresholds, rate, steps):
    """Your threshold is the best one, but weights and bias are those of the last fit. Keep them together."""
    return (_experiment(X, y, order, thresholds, rate, steps)[0], *_experiment(X, y, order, thresholds, rate, steps, last=True)[1:])


@mistake("experiment", general="tensors value")
def not_started_anew(X, y, order, thresholds, rate, steps):
    """Each fit goes on where the one before it ended. Set w and b to zeros for each threshold."""
    return _experiment(X, y, order, thresholds, rate, steps, anew=False)


@mistake("experiment", general="tensors value")
def scaled_by_all_rows(X, y, order, thresholds, rate, steps):
    """Mean and standard deviation come from all rows, so the test rows have a say. Hand the training rows to standardise first."""
    return _experiment(X, y, order, thresholds, rate, steps, scaled=lambda parts: {name: order for name in parts})


@mistake("experiment", general="tensors value")
def each_scaled_by_itself(X, y, order, thresholds, rate, steps):
    """Validation and test rows are scaled by their own statistics. Hand the training rows to standardise first, for all three."""
    return _experiment(X, y, order, thresholds, rate, steps, scaled=lambda parts: parts)


@mistake("experiment", general="tensors value")
def reported_on_validation(X, y, order, thresholds, rate, steps):
    """Your R² is that of the validation rows, which chose this fit and so flatter it. Report the test rows."""
    return _experiment(X, y, order, thresholds, rate, steps, reported="val")


@mistake("experiment", general="tensors value")
def reported_on_training(X, y, order, thresholds, rate, steps):
    """Your R² is that of the training rows. Report the test rows."""
    return _experiment(X, y, order, thresholds, rate, steps, reported="train")


@mistake("experiment", general="tensors value")
def order_ignored(X, y, order, thresholds, rate, steps):
    """You cut the rows as they stand and ignore order. Training rows are those that the first half of order names."""
    return _experiment(X, y, np.arange(len(order)), thresholds, rate, steps)


@mistake("experiment", general="tensors value")
def one_step_only(X, y, order, thresholds, rate, steps):
    """Each fit takes one step. Take `steps` of them."""
    return _experiment(X, y, order, thresholds, rate, 1)


@mistake("experiment", general="tensors value")
def fits_uphill(X, y, order, thresholds, rate, steps):
    """Your fits go uphill: a step goes against the gradient, with a minus."""
    return _experiment(X, y, order, thresholds, -rate, steps)


@mistake("experiment", general="tensors value")
def not_scaled(X, y, order, thresholds, rate, steps):
    """Your rows are not scaled. Hand training, validation and test rows through standardise, with the training rows first."""
    train, val, test = np.split(order, [len(order) // 2, 3 * len(order) // 4])
    best = None
    for threshold in thresholds:
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(steps):
            _, dw, db = loss_and_gradients(X[train], y[train], w, b, threshold)
            w, b = w - rate * dw, b - rate * db
        mae = mean_errors(X[val] @ w + b, y[val])[1]
        if best is None or mae < best[0]:
            best = mae, threshold, w, b
    return *best[1:], r_squared(X[test] @ best[2] + best[3], y[test])


@mistake("experiment", general="tensors value")
def fitted_again(X, y, order, thresholds, rate, steps):
    """You fit once more at the end, with the validation rows. Report the fit that was chosen."""
    threshold = _experiment(X, y, order, thresholds, rate, steps)[0]
    most = 3 * len(order) // 4
    train, test = order[:len(order) // 2], order[most:]
    Z, Z_test = standardise(X[train], X[order[:most]]), standardise(X[train], X[test])
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        _, dw, db = loss_and_gradients(Z, y[order[:most]], w, b, threshold)
        w, b = w - rate * dw, b - rate * db
    return threshold, w, b, r_squared(Z_test @ w + b, y[test])


@mistake("experiment", general="tensors value")
def place_for_threshold(X, y, order, thresholds, rate, steps):
    """You return the place of the threshold in the tuple. Return the threshold itself."""
    threshold, *rest = _experiment(X, y, order, thresholds, rate, steps)
    return float(thresholds.index(threshold)), *rest


@mistake("experiment", general="tensors value")
def weights_of_raw_columns(X, y, order, thresholds, rate, steps):
    """You undo the scaling in w and b. The weights of the scaled columns are asked, as they were fitted."""
    threshold, w, b, r2 = _experiment(X, y, order, thresholds, rate, steps)
    train = X[order[:len(order) // 2]]
    w = w / train.std(axis=0)
    return threshold, w, b - w @ train.mean(axis=0), r2


@mistake("experiment", general="tensors value")
def against_the_training_mean(X, y, order, thresholds, rate, steps):
    """Your R² compares with the mean of the training targets. r_squared compares with that of the test rows themselves."""
    threshold, w, b, r2 = _experiment(X, y, order, thresholds, rate, steps)
    trained, came = y[order[:len(order) // 2]], y[order[3 * len(order) // 4:]]
    return threshold, w, b, 1 - (1 - r2) * np.var(came) / np.mean((came - trained.mean()) ** 2)


@mistake("experiment", general="tensors value")
def error_reported(X, y, order, thresholds, rate, steps):
    """Your last number is the MSE of the test rows. Report their R²."""
    threshold, w, b, r2 = _experiment(X, y, order, thresholds, rate, steps)
    return threshold, w, b, (1 - r2) * np.var(y[order[3 * len(order) // 4:]])


@mistake("experiment", general="tensors value")
def one_step_more(X, y, order, thresholds, rate, steps):
    """Your fits take one step too many. Take `steps` of them."""
    return _experiment(X, y, order, thresholds, rate, steps + 1)


@mistake("experiment", general="tensors value")
def bias_from_the_mean(X, y, order, thresholds, rate, steps):
    """Your bias starts at the mean of the targets. That is a good idea, but zeros are asked, so that numbers can be compared."""
    return _experiment(X, y, order, thresholds, rate, steps, bias=np.mean)


# --- share_of


@mistake("share_of", general="factor")
def months_forgotten(income, expenditure):
    """You set a month's spending against a year's income. A year has twelve months."""
    return expenditure / (10_000 * income)


@mistake("share_of", general="factor")
def units_forgotten(income, expenditure):
    """The income is in units of 10,000 USD: multiply it by that."""
    return 12 * expenditure / income


@mistake("share_of", general="factor")
def ratio_alone(income, expenditure):
    """You divide the columns as they stand. Spending is by the month, and income in units of 10,000 USD a year."""
    return expenditure / income


@mistake("share_of", general="value exchanged transformed")
def upside_down(income, expenditure):
    """Your fraction is upside down: income over spending. The share is spending over income."""
    return 10_000 * income / (12 * expenditure)


@mistake("share_of", general="factor")
def in_percent(income, expenditure):
    """Your numbers are percents. A share is between 0 and 1."""
    return 100 * share_of(income, expenditure)


@mistake("share_of", general="factor")
def divided_by_twelve(income, expenditure):
    """You divide by 12, where you should multiply: a year's spending is twelve times a month's."""
    return expenditure / (12 * 10_000 * income)


@mistake("share_of", general="factor")
def thousands_for_ten_thousands(income, expenditure):
    """You take the income for thousands of USD. Its unit is 10,000."""
    return 12 * expenditure / (1_000 * income)


@mistake("share_of", general="value exchanged factor")
def multiplied_by_income(income, expenditure):
    """You multiply by the income. Who earns more spends a smaller share of it: divide."""
    return 12 * expenditure * income / 10_000


@mistake("share_of", general="factor value near")
def as_a_whole(income, expenditure):
    """You divide all spending by all income. Each row has its own share: divide row by row."""
    return 12 * np.sum(expenditure) / (10_000 * np.sum(income)) * np.ones(len(income))


@mistake("share_of", general="factor value exchanged offset")
def dollar_added(income, expenditure):
    """You add a dollar a month. That mends the months without spending, but not all others: leave it out."""
    return 12 * (expenditure + 1) / (10_000 * income)


# --- keras_standardise


@mistake("keras_standardise", general="returns_input value")
def keras_not_adapted(train, rows):
    """Your layer was not adapted, so it changes nothing: mean 0, variance 1. Call adapt with the training rows."""
    return rows.copy()


@real("keras_standardise", "keras_not_adapted")
def really_not_adapted(train, rows):
    return keras.layers.Normalization()(rows).numpy()


@mistake("keras_standardise", general="value rows per_column zeros")
def keras_adapted_to_rows(train, rows):
    """Your layer learned from the rows themselves. Adapt it to the training rows."""
    return _scaled(rows, rows)


@real("keras_standardise", "keras_adapted_to_rows")
def really_adapted_to_rows(train, rows):
    layer = keras.layers.Normalization()
    layer.adapt(rows)
    return layer(rows).numpy()


@mistake("keras_standardise", general="value rows per_column")
def keras_adapted_to_both(train, rows):
    """Your layer learned from all rows together. Adapt it to the training rows alone."""
    return _scaled(np.concatenate([train, rows]), rows)


@real("keras_standardise", "keras_adapted_to_both")
def really_adapted_to_both(train, rows):
    layer = keras.layers.Normalization()
    layer.adapt(np.concatenate([train, rows]))
    return layer(rows).numpy()


@mistake("keras_standardise", general="value per_column")
def keras_one_for_all(train, rows):
    """Your layer has one mean for all numbers: axis=None. Leave axis at -1, and each column gets its own."""
    return _scaled(train, rows, mean=train.mean(), std=train.std())


@real("keras_standardise", "keras_one_for_all")
def really_one_for_all(train, rows):
    layer = keras.layers.Normalization(axis=None)
    layer.adapt(train)
    return layer(rows).numpy()


@mistake("keras_standardise", general="value per_column")
def keras_turned_back(train, rows):
    """Your layer goes the other way, from scaled numbers to raw ones: leave invert out."""
    return rows * train.std(axis=0) + train.mean(axis=0)


@real("keras_standardise", "keras_turned_back")
def really_turned_back(train, rows):
    layer = keras.layers.Normalization(invert=True)
    layer.adapt(train)
    return layer(rows).numpy()


@mistake("keras_standardise", general="shape value")
def keras_training_rows(train, rows):
    """You return the training rows, scaled. Call the layer with the other rows."""
    return _scaled(train, train)


@real("keras_standardise", "keras_training_rows")
def really_training_rows(train, rows):
    layer = keras.layers.Normalization()
    layer.adapt(train)
    return layer(train).numpy()


# --- build_regressor


def _network(train, adapted=True, bends=("relu", "relu", None), sizes=(64, 32, 1)):
    layer = keras.layers.Normalization()
    if adapted:
        layer.adapt(train)
    dense = [keras.layers.Dense(size, activation=bend) for size, bend in zip(sizes, bends, strict=True)]
    return keras.Sequential([layer, *dense])


def _said(train, X, parameters, bends=("relu", "relu", None), adapted=True):
    W1, b1, W2, b2, W3, b3 = parameters
    at = {"relu": lambda Z: np.maximum(Z, 0), "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), None: lambda Z: Z}
    A = (X - train.mean(axis=0)) / train.std(axis=0) if adapted else X
    for W, b, bend in zip((W1, W2, W3), (b1, b2, b3), bends, strict=True):
        A = at[bend](A @ W + b)
    return A, counts(train.shape[1])


@mistake("build_regressor", general="value")
def layer_not_adapted(train):
    """Your Normalization layer was not adapted, so it changes nothing. Call adapt with the training rows."""
    return _network(train, adapted=False)


@mistake("regressor")
def layer_not_adapted(train, X, parameters):
    return _said(train, X, parameters, adapted=False)


@mistake("build_regressor", general="value sums bounded")
def output_with_relu(train):
    """Your output has a relu, so it never says less than 0. The output of a regression has no activation."""
    return _network(train, bends=("relu", "relu", "relu"))


@mistake("regressor")
def output_with_relu(train, X, parameters):
    return _said(train, X, parameters, bends=("relu", "relu", "relu"))


@mistake("build_regressor", general="value bounded transformed")
def output_with_sigmoid(train):
    """Your output has a sigmoid, so it says numbers from 0 to 1 only. The output of a regression has no activation."""
    return _network(train, bends=("relu", "relu", "sigmoid"))


@mistake("regressor")
def output_with_sigmoid(train, X, parameters):
    return _said(train, X, parameters, bends=("relu", "relu", "sigmoid"))


@mistake("build_regressor", general="value")
def no_bends(train):
    """Your hidden layers have no activation, so the network is one linear model. Give both a relu."""
    return _network(train, bends=(None, None, None))


@mistake("regressor")
def no_bends(train, X, parameters):
    return _said(train, X, parameters, bends=(None, None, None))


@mistake("build_regressor", general="value")
def second_without_bend(train):
    """Your layer of 32 has no activation. Give it a relu, as the one of 64."""
    return _network(train, bends=("relu", None, None))


@mistake("regressor")
def second_without_bend(train, X, parameters):
    return _said(train, X, parameters, bends=("relu", None, None))


@mistake("build_regressor", general="type")
def other_layers(train):
    """Layers of 64, 32 and 1 are asked, in this order, each with its bias. The weights of your model have other shapes."""
    return _network(train, sizes=(32, 64, 1))


@mistake("build_regressor", general="type")
def nothing_returned(train):
    """Your function returns nothing. Return the model."""


@mistake("build_regressor", general="type")
def no_model(train):
    """What you return is no Keras model. Put the layers into keras.Sequential, and return that."""
    return keras.layers.Dense(1)
