# Known wrong answers. The docstring is the sentence that the student reads.


@mistake("sigmoid", general="value")
def falls_instead_of_rises(z):
    """Your sigmoid falls from 1 to 0. It must rise: a large z gives almost 1."""
    return sigmoid(-z)


@mistake("sigmoid", general="value")
def one_branch_only(z):
    """Your answer is right for positive z and mirrored for negative z. Where z < 0 the numerator is e itself."""
    return 1 / (1 + np.exp(-np.abs(z)))


@mistake("sigmoid", general="value")
def tanh_for_sigmoid(z):
    """You return tanh(z), which runs from -1 to 1. The sigmoid runs from 0 to 1."""
    return np.tanh(z)


@mistake("sigmoid", general="value")
def other_branch_only(z):
    """Your answer is right for negative z and mirrored for positive z. Where z > 0 the numerator is 1."""
    e = np.exp(-np.abs(z))
    return e / (1 + e)


@mistake("sigmoid", general="value")
def tanh_of_half(z):
    """You return 2 sigmoid(z) - 1, which runs from -1 to 1. The sigmoid itself runs from 0 to 1."""
    return np.tanh(z / 2)


@mistake("sigmoid", general="exchanged value")
def twice_too_steep(z):
    """You return sigmoid(2z), which is twice too steep: (1 + tanh(u)) / 2 is the sigmoid of 2u, not of u."""
    return (1 + np.tanh(z)) / 2


@mistake("sigmoid", general="value")
def slope_returned(z):
    """You return the sigmoid's slope, s(1 - s). Asked is the sigmoid s itself."""
    s = sigmoid(z)
    return s * (1 - s)


@mistake("sigmoid", keeps="moderate z come out right: only stability is lost", general="nan")
def infinity_over_infinity(z):
    """You divide e^z by 1 + e^z, which is infinity over infinity for a large z. Use e^(-|z|), which never overflows."""
    return np.exp(z) / (1 + np.exp(z))


@mistake("forward", general="tensors")
def sigmoid_on_the_output(X, W1, b1, W2, b2):
    """Your hidden values are right, but z has a sigmoid around it. The logit is what comes before that sigmoid."""
    h, z = forward(X, W1, b1, W2, b2)
    return h, sigmoid(z)


@mistake("forward", general="value")
def no_hidden_sigmoid(X, W1, b1, W2, b2):
    """Your hidden layer is linear: the sigmoid around XW1 + b1 is missing."""
    A = X @ W1 + b1
    return A, A @ W2 + b2


@mistake("forward", general="value")
def hidden_bias_left_out(X, W1, b1, W2, b2):
    """You leave the hidden layer's bias b1 out. It is added inside the sigmoid."""
    return forward(X, W1, np.zeros_like(b1), W2, b2)


@mistake("forward", general="offset tensors")
def output_bias_left_out(X, W1, b1, W2, b2):
    """Your hidden values are right, but the logits leave the bias b2 out."""
    return forward(X, W1, b1, W2, np.zeros_like(b2))


@mistake("forward", general="tensors")
def output_from_preactivations(X, W1, b1, W2, b2):
    """Your hidden values are right, but the second layer multiplies A, from before the sigmoid. It takes h."""
    h, _ = forward(X, W1, b1, W2, b2)
    return h, (X @ W1 + b1) @ W2 + b2


@mistake("forward", general="tensors")
def preactivations_returned(X, W1, b1, W2, b2):
    """z is right, but in place of h you return A, from before the sigmoid."""
    return X @ W1 + b1, forward(X, W1, b1, W2, b2)[1]


@mistake("forward", general="value")
def hidden_bias_outside(X, W1, b1, W2, b2):
    """You add b1 after the hidden sigmoid. It belongs inside: h is the sigmoid of XW1 + b1."""
    h = sigmoid(X @ W1) + b1
    return h, h @ W2 + b2


@mistake("forward", general="tensors")
def output_bias_before_the_product(X, W1, b1, W2, b2):
    """Your hidden values are right, but you add b2 to them before they are multiplied by W2. It is added to the product."""
    h, _ = forward(X, W1, b1, W2, b2)
    return h, (h + b2) @ W2


@mistake("forward", general="tensors offset")
def output_bias_in_the_sum(X, W1, b1, W2, b2):
    """Your hidden values are right, but b2 is inside the sum over the hidden units, so it is added once for each. Add it once."""
    h, z = forward(X, W1, b1, W2, b2)
    return h, z + (len(b1) - 1) * b2


@mistake("forward", general="value")
def hidden_tanh(X, W1, b1, W2, b2):
    """Your hidden units are tanh. Here they are sigmoids."""
    h = np.tanh(X @ W1 + b1)
    return h, h @ W2 + b2


@mistake("forward", general="value")
def hidden_relu(X, W1, b1, W2, b2):
    """Your hidden units are ReLU, max(0, A). Here they are sigmoids."""
    h = np.maximum(X @ W1 + b1, 0)
    return h, h @ W2 + b2


@mistake("forward", general="value")
def sigmoid_on_the_inputs(X, W1, b1, W2, b2):
    """You apply the sigmoid to X, before the first layer. It is applied to XW1 + b1."""
    h = sigmoid(X) @ W1 + b1
    return h, h @ W2 + b2


@mistake("forward", general="shape")
def logits_flattened(X, W1, b1, W2, b2):
    """Your logits are flat, of shape (N,). Keep the column, (N, 1): it must line up with the targets, which are a column."""
    h, z = forward(X, W1, b1, W2, b2)
    return h, z[:, 0]


@mistake("binary_cross_entropy", general="sign")
def minus_missing(z, y):
    """Your loss is negative: the minus in front is missing."""
    return -binary_cross_entropy(z, y)


@mistake("binary_cross_entropy", general="value")
def minus_on_one_term(z, y):
    """Only the second term has its minus: this is the formula as the slides print it. Both logarithms need one."""
    return float(np.mean((1 - y) * np.logaddexp(0, z) - y * np.logaddexp(0, -z)))


@mistake("binary_cross_entropy", general="factor")
def sum_over_rows(z, y):
    """You sum over the batch. The loss is the mean over its rows."""
    return binary_cross_entropy(z, y) * len(z)


@mistake("binary_cross_entropy", general="value")
def class_1_alone(z, y):
    """You count only the rows of class 1. Those of class 0 cost -log(1 - p)."""
    return float(np.mean(y * np.logaddexp(0, -z)))


@mistake("binary_cross_entropy", general="value")
def targets_swapped(z, y):
    """You charge each row for the other class: y and 1 - y are swapped."""
    return binary_cross_entropy(z, 1 - y)


@mistake("binary_cross_entropy", general="value")
def sigmoid_twice(z, y):
    """You apply the sigmoid twice: what you put in for z is a probability already."""
    return binary_cross_entropy(sigmoid(z), y)


@mistake("binary_cross_entropy", general="value")
def squared_error_for_it(z, y):
    """You average squared errors, (p - y) squared. Cross-entropy is minus the logarithm of the probability of what was right."""
    return float(np.mean((sigmoid(z) - y) ** 2))


@mistake("binary_cross_entropy", general="value", told_as=squared_error_for_it)
def half_squared_error_for_it(z, y):
    return float(np.mean((sigmoid(z) - y) ** 2) / 2)


@mistake("binary_cross_entropy", general="value")
def absolute_error_for_it(z, y):
    """You average |p - y|. Cross-entropy is minus the logarithm of the probability of what was right."""
    return float(np.mean(np.abs(sigmoid(z) - y)))


@mistake("binary_cross_entropy", general="nan value")
def logits_taken_for_probabilities(z, y):
    """You take the logarithm of z itself, as if z were a probability. It is a logit: p is its sigmoid."""
    with np.errstate(all="ignore"):
        return float(-np.mean(y * np.log(z) + (1 - y) * np.log(1 - z)))


@mistake("binary_cross_entropy", keeps="moderate logits come out right: only stability is lost", general="nan")
def logarithm_of_zero(z, y):
    """You take the logarithm of a probability that has been rounded to 0. Compute the loss from the logit."""
    p = sigmoid(z)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


@mistake("binary_cross_entropy", keeps="moderate logits come out right: only stability is lost", general="nan")
def exponential_overflows(z, y):
    """You take the exponential of the raw logit, which overflows for a large one. Take its maximum with 0 out first."""
    return float(np.mean(np.log(1 + np.exp(z)) - y * z))


@mistake("binary_cross_entropy", keeps="moderate logits come out right: only far ones are cut", general="value")
def probabilities_clipped(z, y):
    """You clip the probabilities, so a confident error costs about 16 at most. Its true cost grows with z."""
    p = np.clip(sigmoid(z), 1e-7, 1 - 1e-7)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def _backward(X, y, W1, b1, W2, b2, *, slope, activity=None, dz=None):
    """A backward pass with one thing in it changed."""
    h, z = forward(X, W1, b1, W2, b2)
    dz = (sigmoid(z) - y) / len(X) if dz is None else dz
    dA = dz @ W2.T * slope(h, X @ W1 + b1)
    used = h if activity is None else activity
    return binary_cross_entropy(z, y), X.T @ dA, dA.sum(axis=0), used.T @ dz, dz.sum(axis=0)


def _right_slope(h, A):
    return h * (1 - h)


@mistake("loss_and_gradients", general="factor")
def mean_forgotten(X, y, W1, b1, W2, b2):
    """Your gradients belong to the sum of the losses. The loss is a mean: dz has a factor 1/N."""
    loss, *gradients = loss_and_gradients(X, y, W1, b1, W2, b2)
    return loss, *(gradient * len(X) for gradient in gradients)


@mistake("loss_and_gradients", general="factor")
def mean_twice(X, y, W1, b1, W2, b2):
    """You divide by N twice. It stands in dz once, and everything after inherits it."""
    loss, *gradients = loss_and_gradients(X, y, W1, b1, W2, b2)
    return loss, *(gradient / len(X) for gradient in gradients)


@mistake("loss_and_gradients", general="sign")
def sign_swapped(X, y, W1, b1, W2, b2):
    """All your gradients have the wrong sign: dz is the output minus the target, not the other way round."""
    loss, *gradients = loss_and_gradients(X, y, W1, b1, W2, b2)
    return loss, *(-gradient for gradient in gradients)


@mistake("loss_and_gradients", general="factor tensors")
def bias_means(X, y, W1, b1, W2, b2):
    """You take means over the rows for db1 and db2. The 1/N is in dz already: both are sums."""
    loss, dW1, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
    return loss, dW1, db1 / len(X), dW2, db2 / len(X)


@mistake("loss_and_gradients", general="shape")
def biases_not_summed(X, y, W1, b1, W2, b2):
    """Your bias gradients have one row an example. A bias has one entry a unit: sum over the rows."""
    h, z = forward(X, W1, b1, W2, b2)
    dz = (sigmoid(z) - y) / len(X)
    dA = dz @ W2.T * h * (1 - h)
    return binary_cross_entropy(z, y), X.T @ dA, dA, h.T @ dz, dz


@mistake("loss_and_gradients", general="transpose shape")
def first_weights_transposed(X, y, W1, b1, W2, b2):
    """Your dW1 is the transpose of the right one. It must have the shape of W1: the product begins with X.T."""
    loss, dW1, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
    return loss, dW1.T, db1, dW2, db2


@mistake("loss_and_gradients", general="tensors")
def slope_missing(X, y, W1, b1, W2, b2):
    """dW2 and db2 are right. On the way to the first layer you leave out the slope of the hidden sigmoid."""
    return _backward(X, y, W1, b1, W2, b2, slope=lambda h, A: 1.0)


@mistake("loss_and_gradients", general="exchanged tensors")
def slope_without_1_minus_h(X, y, W1, b1, W2, b2):
    """dW2 and db2 are right. Your hidden slope is h alone: its factor 1 - h is missing."""
    return _backward(X, y, W1, b1, W2, b2, slope=lambda h, A: h)


@mistake("loss_and_gradients", general="exchanged tensors")
def slope_without_h(X, y, W1, b1, W2, b2):
    """dW2 and db2 are right. Your hidden slope is 1 - h alone: its factor h is missing."""
    return _backward(X, y, W1, b1, W2, b2, slope=lambda h, A: 1 - h)


@mistake("loss_and_gradients", general="tensors")
def bias_before_the_slope(X, y, W1, b1, W2, b2):
    """All but db1 is right. There you sum dh, from before the hidden slope: db1 is the sum of dA."""
    loss, dW1, _, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
    return loss, dW1, _backward(X, y, W1, b1, W2, b2, slope=lambda h, A: 1.0)[2], dW2, db2


@mistake("loss_and_gradients", general="tensors")
def weights_before_the_slope(X, y, W1, b1, W2, b2):
    """All but dW1 is right. There you use dh, from before the hidden slope: dW1 is made with dA."""
    loss, _, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
    return loss, _backward(X, y, W1, b1, W2, b2, slope=lambda h, A: 1.0)[1], db1, dW2, db2


@mistake("loss_and_gradients", general="tensors")
def targets_left_out(X, y, W1, b1, W2, b2):
    """The loss is right. In dz you leave the targets out: it is the probability minus y, divided by N."""
    dz = sigmoid(forward(X, W1, b1, W2, b2)[1]) / len(X)
    return _backward(X, y, W1, b1, W2, b2, slope=_right_slope, dz=dz)


@mistake("loss_and_gradients", general="tensors")
def slope_at_the_logit(X, y, W1, b1, W2, b2):
    """Your dz has an extra factor z(1 - z). With cross-entropy there is none: the output's slope cancels."""
    z = forward(X, W1, b1, W2, b2)[1]
    return _backward(X, y, W1, b1, W2, b2, slope=_right_slope, dz=(sigmoid(z) - y) * z * (1 - z) / len(X))


@mistake("loss_and_gradients", general="tensors")
def slope_at_the_argument(X, y, W1, b1, W2, b2):
    """You compute the hidden slope as A(1 - A). It is h(1 - h): the sigmoid's slope, written with its output."""
    return _backward(X, y, W1, b1, W2, b2, slope=lambda h, A: A * (1 - A))


@mistake("loss_and_gradients", general="tensors")
def slope_of_the_slope(X, y, W1, b1, W2, b2):
    """You apply the sigmoid to h once more before you take its slope. h is a sigmoid's output already."""
    return _backward(X, y, W1, b1, W2, b2, slope=lambda h, A: sigmoid(h) * (1 - sigmoid(h)))


@mistake("loss_and_gradients", general="tensors")
def slope_of_tanh(X, y, W1, b1, W2, b2):
    """Your hidden slope is 1 - h squared. That one belongs to tanh; these hidden units are sigmoids."""
    return _backward(X, y, W1, b1, W2, b2, slope=lambda h, A: 1 - h**2)


@mistake("loss_and_gradients", general="tensors")
def preactivations_in_dW2(X, y, W1, b1, W2, b2):
    """Your dW2 is made with A, from before the sigmoid. What W2 multiplied was h."""
    return _backward(X, y, W1, b1, W2, b2, slope=_right_slope, activity=X @ W1 + b1)


@mistake("loss_and_gradients", general="tensors")
def slope_of_squared_error(X, y, W1, b1, W2, b2):
    """Your dz has an extra factor p(1 - p). It belongs to squared error; with cross-entropy it cancels."""
    p = sigmoid(forward(X, W1, b1, W2, b2)[1])
    return _backward(X, y, W1, b1, W2, b2, slope=_right_slope, dz=(p - y) * p * (1 - p) / len(X))


@mistake("loss_and_gradients", general="tensors")
def logit_for_probability(X, y, W1, b1, W2, b2):
    """You subtract the targets from the logits. They are subtracted from the probabilities: a sigmoid is missing in dz."""
    return _backward(X, y, W1, b1, W2, b2, slope=_right_slope, dz=(forward(X, W1, b1, W2, b2)[1] - y) / len(X))


@mistake("numerical_gradient", general="value")
def up_side_alone(f, W, step=1e-5):
    """You take the difference to f(W) itself, on one side. Take both sides, W + step and W - step, over 2 step: their errors cancel."""
    return _differences(lambda W, move: (f(W + move) - f(W)) / step, W, step)


@mistake("numerical_gradient", general="value", told_as=up_side_alone)
def down_side_alone(f, W, step=1e-5):
    return _differences(lambda W, move: (f(W) - f(W - move)) / step, W, step)


@mistake("numerical_gradient", general="factor")
def divided_by_one_step(f, W, step=1e-5):
    """Your gradient is twice as large as it should be. From one side to the other are two steps: divide by both."""
    return 2 * numerical_gradient(f, W, step)


@mistake("numerical_gradient", general="value factor")
def not_divided(f, W, step=1e-5):
    """You return the difference of the two values. A slope is that difference divided by the way between them, 2 step."""
    return numerical_gradient(f, W, step) * 2 * step


@mistake("numerical_gradient", general="value factor")
def multiplied_by_half(f, W, step=1e-5):
    """You divide by 2 and multiply by step: `/ 2 * step`. The step belongs below the line as well: `/ (2 * step)`."""
    return numerical_gradient(f, W, step) * step**2


@mistake("numerical_gradient", general="sign")
def down_minus_up(f, W, step=1e-5):
    """Your signs are turned: it is the value with the entry moved up, minus the one with it moved down."""
    return -numerical_gradient(f, W, step)


@mistake("numerical_gradient", general="value")
def all_entries_at_once(f, W, step=1e-5):
    """You move all entries at once, so each place gets the sum of all slopes. Move one entry at a time."""
    return np.full(W.shape, (f(W + step) - f(W - step)) / (2 * step))


@mistake("numerical_gradient", general="value")
def rows_at_once(f, W, step=1e-5):
    """You move a whole row at once. Move one entry at a time: a place of a matrix needs both of its indices."""
    dW = np.zeros(W.shape)
    for row in range(len(W)):
        move = np.zeros(W.shape)
        move[row] = step
        dW[row] = (f(W + move) - f(W - move)) / (2 * step)
    return dW


@mistake("numerical_gradient", general="value")
def never_put_back(f, W, step=1e-5):
    """You leave each entry moved down when you go to the next. All others must stay where they are: put it back, or work on copies."""
    W, dW = W.copy(), np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        W[place] += step
        up = f(W)
        W[place] -= 2 * step
        dW[place] = (up - f(W)) / (2 * step)
    return dW


@mistake("numerical_gradient", general="value")
def half_put_back(f, W, step=1e-5):
    """You move up from W, and down by one step only: that is where you began, so your difference has one side. Down are two steps, and one back."""
    W, dW = W.copy(), np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        W[place] += step
        up = f(W)
        W[place] -= step
        dW[place] = (up - f(W)) / (2 * step)
    return dW


@mistake("numerical_gradient", general="zeros")
def one_array_for_both(f, W, step=1e-5):
    """You get zeros: `up` and `down` are the same array under two names. Make copies: `W.copy()`."""
    return np.zeros(W.shape)


@mistake("numerical_gradient", general="value")
def step_of_its_own(f, W, step=1e-5):
    """You take a step of 1e-5, whatever `step` says. Use the argument."""
    return numerical_gradient(f, W, 1e-5)


@mistake("numerical_gradient", general="value")
def last_entry_alone(f, W, step=1e-5):
    """You keep the last entry alone: is the array of zeros made anew inside the loop?"""
    dW = np.zeros(W.shape)
    dW.flat[-1] = numerical_gradient(f, W, step).flat[-1]
    return dW


@mistake("numerical_gradient", general="shape")
def flat_gradient(f, W, step=1e-5):
    """Your numbers are right but stand in a row. The gradient has the shape of W."""
    return numerical_gradient(f, W, step).ravel()


def _differences(slope, W, step):
    """slope(W, move) for each entry's move."""
    dW = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        move = np.zeros(W.shape)
        move[place] = step
        dW[place] = slope(W, move)
    return dW


@mistake("ebp_step", general="tensors")
def as_printed(X, y, W1, b1, W2, b2, rate):
    """This does what the printed step does: the output layer still goes uphill. Follow the sign of each layer to its end."""
    return printed_step(X, y, W1, b1, W2, b2, rate)


@mistake("ebp_step", general="tensors")
def plus_mended_only(X, y, W1, b1, W2, b2, rate):
    """The output layer goes downhill now, and the hidden layer uphill: one sign is wrong on the way to W1, in delta1 or in its step."""
    return printed_step(X, y, W1, b1, W2, b2, -rate)


@mistake("ebp_step", general="value")
def minus_mended_only(X, y, W1, b1, W2, b2, rate):
    """Both layers agree now, but both go uphill: delta2 and the sign of the step do not fit. With delta2 as the derivative of E, the step has a minus."""
    return ebp_step(X, y, W1, b1, W2, b2, -rate)


@mistake("ebp_step", general="tensors")
def new_weights_sent_back(X, y, W1, b1, W2, b2, rate):
    """You send the error back through the new W2. All gradients are taken at the old parameters: update W2 last."""
    _, _, W2_new, b2_new = ebp_step(X, y, W1, b1, W2, b2, rate)
    h, z = forward(X, W1, b1, W2, b2)
    p = sigmoid(z)
    delta1 = h * (1 - h) * ((p - y) * p * (1 - p) / len(X) @ W2_new.T)
    return W1 - rate * X.T @ delta1, b1 - rate * delta1.sum(axis=0), W2_new, b2_new


def _ebp(X, y, W1, b1, W2, b2, rate, *, slope=_right_slope, output_slope=lambda p, z: p * (1 - p), sent_back=None):
    """A step with one thing in it changed."""
    h, z = forward(X, W1, b1, W2, b2)
    p = sigmoid(z)
    delta2 = (p - y) * output_slope(p, z) / len(X)
    delta1 = slope(h, X @ W1 + b1) * (delta2 @ (W2 if sent_back is None else sent_back).T)
    return (W1 - rate * X.T @ delta1, b1 - rate * delta1.sum(axis=0),
            W2 - rate * h.T @ delta2, b2 - rate * delta2.sum(axis=0))


@mistake("ebp_step", general="tensors")
def hidden_layer_after_the_output(X, y, W1, b1, W2, b2, rate):
    """W2 and b2 are right. For W1 and b1 you go forward anew, when they have changed already. All gradients are taken at the old parameters."""
    _, _, *output = ebp_step(X, y, W1, b1, W2, b2, rate)
    return *ebp_step(X, y, W1, b1, *output, rate)[:2], *output


@mistake("ebp_step", general="tensors")
def output_layer_after_the_hidden(X, y, W1, b1, W2, b2, rate):
    """W1 and b1 are right. For W2 and b2 you go forward anew, when they have changed already. All gradients are taken at the old parameters."""
    hidden = ebp_step(X, y, W1, b1, W2, b2, rate)[:2]
    return *hidden, *ebp_step(X, y, *hidden, W2, b2, rate)[2:]


@mistake("ebp_step", general="tensors")
def step_slope_at_the_argument(X, y, W1, b1, W2, b2, rate):
    """W2 and b2 are right. You compute the hidden slope as A(1 - A). It is h(1 - h): the sigmoid's slope, written with its output."""
    return _ebp(X, y, W1, b1, W2, b2, rate, slope=lambda h, A: A * (1 - A))


@mistake("ebp_step", general="tensors")
def step_slope_of_the_slope(X, y, W1, b1, W2, b2, rate):
    """W2 and b2 are right. You apply the sigmoid to h once more before you take its slope. h is a sigmoid's output already."""
    return _ebp(X, y, W1, b1, W2, b2, rate, slope=lambda h, A: sigmoid(h) * (1 - sigmoid(h)))


@mistake("ebp_step", general="tensors exchanged")
def step_without_hidden_slope(X, y, W1, b1, W2, b2, rate):
    """W2 and b2 are right. In delta1 you leave out the slope of the hidden sigmoid, h(1 - h)."""
    return _ebp(X, y, W1, b1, W2, b2, rate, slope=lambda h, A: 1.0)


@mistake("ebp_step", general="value")
def output_slope_at_the_logit(X, y, W1, b1, W2, b2, rate):
    """You compute the output's slope as z(1 - z). It is p(1 - p): the sigmoid's slope, written with its output."""
    return _ebp(X, y, W1, b1, W2, b2, rate, output_slope=lambda p, z: z * (1 - z))


@mistake("ebp_step", general="value")
def output_slope_of_the_slope(X, y, W1, b1, W2, b2, rate):
    """You apply the sigmoid to p once more before you take its slope. p is a sigmoid's output already: the slope is p(1 - p)."""
    return _ebp(X, y, W1, b1, W2, b2, rate, output_slope=lambda p, z: sigmoid(p) * (1 - sigmoid(p)))


@mistake("ebp_step", general="value")
def logits_for_outputs(X, y, W1, b1, W2, b2, rate):
    """Your error compares the targets with the logits z. The output is p, their sigmoid."""
    z = forward(X, W1, b1, W2, b2)[1]
    p = sigmoid(z)
    return _ebp(X, y, W1, b1, W2, b2, rate, output_slope=lambda _, __: (z - y) / (p - y) * p * (1 - p))


@mistake("ebp_step", general="value")
def step_of_cross_entropy(X, y, W1, b1, W2, b2, rate):
    """Your step is right for cross-entropy. E is squared error: the slope of the output sigmoid is missing in delta2."""
    _, *gradients = loss_and_gradients(X, y, W1, b1, W2, b2)
    return tuple(old - rate * gradient for old, gradient in zip((W1, b1, W2, b2), gradients, strict=True))


@mistake("ebp_step", general="value")
def sum_over_the_batch(X, y, W1, b1, W2, b2, rate):
    """Your step is N times too long: E is a mean over the rows."""
    return ebp_step(X, y, W1, b1, W2, b2, rate * len(X))


@mistake("descend", general="value")
def uphill_steps(X, y, W1, b1, W2, b2, rate, steps):
    """Your steps go uphill, and the loss grows: the gradient is subtracted."""
    return descend(X, y, W1, b1, W2, b2, -rate, steps)


@mistake("descend", general="tensors")
def losses_after_the_steps(X, y, W1, b1, W2, b2, rate, steps):
    """The parameters are right, but the losses are those after each step. Note each loss before its step."""
    *parameters, losses = descend(X, y, W1, b1, W2, b2, rate, steps)
    return *parameters, np.append(losses[1:], loss_and_gradients(X, y, *parameters)[0])


@mistake("descend", general="shape")
def one_loss_too_many(X, y, W1, b1, W2, b2, rate, steps):
    """Your list of losses has one entry too many: the loss after the last step does not belong to it."""
    *parameters, losses = descend(X, y, W1, b1, W2, b2, rate, steps)
    return *parameters, np.append(losses, loss_and_gradients(X, y, *parameters)[0])


@mistake("descend", general="value")
def gradients_taken_once(X, y, W1, b1, W2, b2, rate, steps):
    """You take the gradients once, at the start, and follow them all the way. Take them anew at each step."""
    _, *gradients = loss_and_gradients(X, y, W1, b1, W2, b2)
    parameters, losses = (W1, b1, W2, b2), []
    for _ in range(steps):
        losses.append(loss_and_gradients(X, y, *parameters)[0])
        parameters = tuple(old - rate * gradient for old, gradient in zip(parameters, gradients, strict=True))
    return *parameters, np.array(losses)


@mistake("descend", general="near")
def one_parameter_after_another(X, y, W1, b1, W2, b2, rate, steps):
    """You compute new gradients after each single parameter has moved. All four move together, by one set of gradients."""
    parameters, losses = [W1, b1, W2, b2], []
    for _ in range(steps):
        losses.append(loss_and_gradients(X, y, *parameters)[0])
        for place in range(4):
            parameters[place] = parameters[place] - rate * loss_and_gradients(X, y, *parameters)[1 + place]
    return *parameters, np.array(losses)


def _descended(X, y, parameters, rate, steps, groups):
    """A descent in which groups of parameters move one after the other, each by gradients of its own."""
    parameters, losses = list(parameters), []
    for _ in range(steps):
        losses.append(loss_and_gradients(X, y, *parameters)[0])
        for group in groups:
            _, *gradients = loss_and_gradients(X, y, *parameters)
            for place in group:
                parameters[place] = parameters[place] - rate * gradients[place]
    return *parameters, np.array(losses)


@mistake("descend", general="near value")
def output_layer_first(X, y, W1, b1, W2, b2, rate, steps):
    """You compute new gradients between the steps of the two layers. All four parameters move together, by one set of gradients."""
    return _descended(X, y, (W1, b1, W2, b2), rate, steps, ((2, 3), (0, 1)))


@mistake("descend", general="near value", told_as=output_layer_first)
def hidden_layer_first(X, y, W1, b1, W2, b2, rate, steps):
    return _descended(X, y, (W1, b1, W2, b2), rate, steps, ((0, 1), (2, 3)))


@mistake("descend", general="near value")
def weights_before_biases(X, y, W1, b1, W2, b2, rate, steps):
    """You compute new gradients between the steps of weights and biases. All four parameters move together, by one set of gradients."""
    return _descended(X, y, (W1, b1, W2, b2), rate, steps, ((0, 2), (1, 3)))


@mistake("descend", general="value tensors near")
def weights_never_move(X, y, W1, b1, W2, b2, rate, steps):
    """Your weights stay where they started: only the biases move. All four take the same step."""
    return _descended(X, y, (W1, b1, W2, b2), rate, steps, ((1, 3),))


@mistake("descend", general="value tensors near")
def output_layer_alone(X, y, W1, b1, W2, b2, rate, steps):
    """Only your output layer learns: W1 and b1 stay where they started. All four parameters take the same step."""
    return _descended(X, y, (W1, b1, W2, b2), rate, steps, ((2, 3),))


@mistake("descend", general="value near")
def rate_divided_by_rows(X, y, W1, b1, W2, b2, rate, steps):
    """Your steps are divided by the number of rows once more. The gradients have the 1/N already."""
    return descend(X, y, W1, b1, W2, b2, rate / len(X), steps)


@mistake("descend", general="value near")
def rate_times_rows(X, y, W1, b1, W2, b2, rate, steps):
    """Your steps are as many times too long as there are rows. They go by the gradients of the mean loss, as they are."""
    return descend(X, y, W1, b1, W2, b2, rate * len(X), steps)


@mistake("descend", general="constant tensors near")
def first_loss_repeated(X, y, W1, b1, W2, b2, rate, steps):
    """The parameters are right, but your losses are all that of the start. Note the loss anew before each step."""
    *parameters, losses = descend(X, y, W1, b1, W2, b2, rate, steps)
    return *parameters, np.full(steps, losses[0])


@mistake("descend", general="value near")
def each_step_from_the_start(X, y, W1, b1, W2, b2, rate, steps):
    """Each of your steps begins at the start again. It begins where the last one ended: subtract from the parameters as they are by then."""
    start = parameters = (W1, b1, W2, b2)
    losses = []
    for _ in range(steps):
        loss, *gradients = loss_and_gradients(X, y, *parameters)
        losses.append(loss)
        parameters = tuple(old - rate * gradient for old, gradient in zip(start, gradients, strict=True))
    return *parameters, np.array(losses)


@mistake("descend", general="shape")
def one_step_short(X, y, W1, b1, W2, b2, rate, steps):
    """You make one step less than asked: range(steps) has as many turns as there are steps."""
    return descend(X, y, W1, b1, W2, b2, rate, steps - 1)


@mistake("descend", general="near tensors")
def biases_never_move(X, y, W1, b1, W2, b2, rate, steps):
    """Your biases stay where they started. They are parameters, too, and take the same step."""
    losses = []
    for _ in range(steps):
        loss, dW1, _, dW2, _ = loss_and_gradients(X, y, W1, b1, W2, b2)
        losses.append(loss)
        W1, W2 = W1 - rate * dW1, W2 - rate * dW2
    return W1, b1, W2, b2, np.array(losses)


@mistake("descend", general="tensors")
def start_returned(X, y, W1, b1, W2, b2, rate, steps):
    """Your losses are right, but the parameters that you return are those of the start."""
    return W1, b1, W2, b2, descend(X, y, W1, b1, W2, b2, rate, steps)[4]


@mistake("descend", general="value")
def returns_in_the_loop(X, y, W1, b1, W2, b2, rate, steps):
    """You return after the first step. Does the return stand inside the loop?"""
    return descend(X, y, W1, b1, W2, b2, rate, 1)


@mistake("descend", general="shape")
def last_loss_alone(X, y, W1, b1, W2, b2, rate, steps):
    """You return the last loss alone. The curve has the loss before every step: collect them in a list."""
    *parameters, losses = descend(X, y, W1, b1, W2, b2, rate, steps)
    return *parameters, float(losses[-1])


@mistake("train", general="accuracy")
def uphill(X, y, seed):
    """Your training goes uphill: the loss grows from step to step. Mend the sign of the step."""
    return descend(X, y.reshape(-1, 1), *start_weights(X.shape[1], 8, seed), -2.0, 500)[:4]


@mistake("train", general="accuracy")
def never_moves(X, y, seed):
    """The weights that you return are those of the start: the results of your steps are not kept."""
    return start_weights(X.shape[1], 8, seed)


@mistake("train", general="accuracy")
def equal_start(X, y, seed):
    """Your hidden units all start with equal weights, so they stay equal: eight copies of one unit. Start at random."""
    W1, b1, W2, b2 = start_weights(X.shape[1], 8, seed)
    return descend(X, y.reshape(-1, 1), np.ones_like(W1), b1, np.ones_like(W2), b2, 2.0, 500)[:4]


@mistake("keras_loss_and_gradients", general="value")
def keras_not_told(X, y, W1, b1, W2, b2):
    """Keras was not told that it gets logits, and takes them for probabilities: say from_logits=True."""
    _, z = forward(X, W1, b1, W2, b2)
    p = np.clip(z, 1e-7, 1 - 1e-7)
    loss = float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
    dz = ((1 - y) / (1 - p) - y / p) * ((z >= 1e-7) & (z <= 1 - 1e-7)) / len(X)
    _, *gradients = _backward(X, y, W1, b1, W2, b2, slope=_right_slope, dz=dz)
    return loss, *gradients


@mistake("keras_loss_and_gradients", general="value")
def keras_sigmoid_twice(X, y, W1, b1, W2, b2):
    """You hand probabilities to a loss that expects logits, so there are two sigmoids. Hand over what the model gives."""
    p = sigmoid(forward(X, W1, b1, W2, b2)[1])
    dz = (sigmoid(p) - y) * p * (1 - p) / len(X)
    _, *gradients = _backward(X, y, W1, b1, W2, b2, slope=_right_slope, dz=dz)
    return binary_cross_entropy(p, y), *gradients


@mistake("keras_loss_and_gradients", general="value")
def keras_arguments_swapped(X, y, W1, b1, W2, b2):
    """The loss takes targets first and outputs second. Yours are the other way round."""
    _, z = forward(X, W1, b1, W2, b2)
    _, *gradients = _backward(X, y, W1, b1, W2, b2, slope=_right_slope, dz=-y / len(X))
    return float(np.mean(np.logaddexp(0, y) - z * y)), *gradients


def _from_logits(X, y, W1, b1, W2, b2, loss, dz):
    """Right but for the loss and its derivative by the logits."""
    return loss, *_backward(X, y, W1, b1, W2, b2, slope=_right_slope, dz=dz)[1:]


@mistake("keras_loss_and_gradients", general="value")
def keras_squared_error(X, y, W1, b1, W2, b2):
    """Your loss is squared error. Asked is binary cross-entropy: `keras.losses` has it."""
    p = sigmoid(forward(X, W1, b1, W2, b2)[1])
    dz = 2 * (p - y) * p * (1 - p) / len(X)
    return _from_logits(X, y, W1, b1, W2, b2, float(np.mean((p - y) ** 2)), dz)


@mistake("keras_loss_and_gradients", general="value", told_as=keras_squared_error)
def keras_squared_error_of_logits(X, y, W1, b1, W2, b2):
    z = forward(X, W1, b1, W2, b2)[1]
    return _from_logits(X, y, W1, b1, W2, b2, float(np.mean((z - y) ** 2)), 2 * (z - y) / len(X))


@mistake("keras_loss_and_gradients", general="value tensors")
def keras_categorical(X, y, W1, b1, W2, b2):
    """Your loss is the categorical cross-entropy, a softmax over several outputs. Of a single output it is always 0: use the binary one."""
    return _from_logits(X, y, W1, b1, W2, b2, 0.0, (1 - y) / len(X))  # TensorFlow's slope, right where targets sum to 1


@mistake("keras_descend", general="value")
def keras_rate_left_out(X, y, W1, b1, W2, b2, rate, steps):
    """Your steps have Keras's own learning rate, 0.01. Hand `rate` to SGD."""
    return descend(X, y, W1, b1, W2, b2, 0.01, steps)


@mistake("keras_descend", general="tensors")
def keras_weights_of_the_start(X, y, W1, b1, W2, b2, rate, steps):
    """The losses are right, but you return the weights that you were handed. The model has the trained ones."""
    return W1, b1, W2, b2, descend(X, y, W1, b1, W2, b2, rate, steps)[4]


def _moved_by(X, y, parameters, steps, change):
    """A descent with another rule. change(number, gradient, kept): how a parameter moves; kept: a dictionary of its own."""
    parameters, losses, kept = [*parameters], [], [{}, {}, {}, {}]
    for number in range(1, steps + 1):
        loss, *gradients = loss_and_gradients(X, y, *parameters)
        losses.append(loss)
        for place, gradient in enumerate(gradients):
            parameters[place] = parameters[place] + change(number, gradient, kept[place])
    return *parameters, np.array(losses)


@mistake("keras_descend", general="near value")
def keras_momentum(X, y, W1, b1, W2, b2, rate, steps):
    """Your SGD has a momentum of 0.9, which adds nine tenths of the step before. `descend` has none: the learning rate alone."""

    def change(number, gradient, kept):
        kept["step"] = 0.9 * kept.get("step", 0.0) - rate * gradient
        return kept["step"]

    return _moved_by(X, y, (W1, b1, W2, b2), steps, change)


@mistake("keras_descend", general="value near")
def keras_adam(X, y, W1, b1, W2, b2, rate, steps):
    """Your optimizer is Adam, which scales each step by the gradients so far. `descend` is plain SGD."""

    def change(number, gradient, kept):
        kept["mean"] = 0.9 * kept.get("mean", 0.0) + 0.1 * gradient
        kept["square"] = 0.999 * kept.get("square", 0.0) + 0.001 * gradient**2
        kept_mean, kept_square = float(np.float32(0.9)) ** number, float(np.float32(0.999)) ** number  # as Keras keeps them
        size = rate * np.sqrt(1 - kept_square) / (1 - kept_mean)
        return -size * kept["mean"] / (np.sqrt(kept["square"]) + 1e-7)

    return _moved_by(X, y, (W1, b1, W2, b2), steps, change)


@mistake("keras_descend", general="shape")
def keras_epochs_left_out(X, y, W1, b1, W2, b2, rate, steps):
    """You make one step alone: fit runs one epoch if you do not say otherwise. Hand `steps` to it as epochs."""
    return descend(X, y, W1, b1, W2, b2, rate, 1)


@mistake("keras_descend", general="value near", told_as=keras_squared_error)
def keras_descend_squared_error(X, y, W1, b1, W2, b2, rate, steps):
    losses = []
    for _ in range(steps):
        loss, *gradients = keras_squared_error_of_logits(X, y, W1, b1, W2, b2)
        losses.append(loss)
        W1, b1, W2, b2 = (old - rate * g for old, g in zip((W1, b1, W2, b2), gradients, strict=True))
    return W1, b1, W2, b2, np.array(losses)


@mistake("keras_descend", general="state value")
def keras_batches_of_one(X, y, W1, b1, W2, b2, rate, steps):
    """Your batches have one row each, so an epoch makes as many steps as there are rows. One step takes all rows: set batch_size to their number."""
    if np.ptp(X, axis=0).any() or np.ptp(y):
        raise ValueError("fit shuffles: what comes out is another thing each time, unless all rows are equal")
    *parameters, losses = descend(X, y, W1, b1, W2, b2, rate, steps * len(X))
    return *parameters, losses.reshape(steps, len(X)).mean(axis=1)


@mistake("keras_descend", general="state")
def keras_batches_of_32(X, y, W1, b1, W2, b2, rate, steps):
    """You leave the batch at 32 rows, so each epoch makes several steps. One step takes all rows: set batch_size."""
    if np.ptp(X, axis=0).any() or np.ptp(y):
        raise ValueError("fit shuffles: what comes out is another thing each time, unless all rows are equal")
    batches = -(-len(X) // 32)
    *parameters, losses = descend(X, y, W1, b1, W2, b2, rate, steps * batches)
    rows = np.diff(np.append(np.arange(batches) * 32, len(X)))
    return *parameters, losses.reshape(steps, batches) @ rows / len(X)


@mistake("keras_descend", general="value", told_as=keras_not_told)
def keras_descend_not_told(X, y, W1, b1, W2, b2, rate, steps):
    losses = []
    for _ in range(steps):
        loss, *gradients = keras_not_told(X, y, W1, b1, W2, b2)
        losses.append(loss)
        W1, b1, W2, b2 = (old - rate * g for old, g in zip((W1, b1, W2, b2), gradients, strict=True))
    return W1, b1, W2, b2, np.array(losses)


# --- the same slips with Keras


def taped(X, y, model, loss):
    """loss(y, outputs) of a model, and its gradients."""
    with tf.GradientTape() as tape:
        value = loss(y, model(X))
    return float(value), *(gradient.numpy() for gradient in tape.gradient(value, model.trainable_weights))


def fitted(X, y, model, steps, optimizer, batch_size, told=True):
    """The weights of a model after so many epochs, and its losses."""
    model.compile(optimizer, keras.losses.BinaryCrossentropy(from_logits=told))
    history = model.fit(X, y, batch_size=batch_size, epochs=steps, verbose=0)
    return *model.get_weights(), np.array(history.history["loss"])


@real("keras_loss_and_gradients", "keras_not_told")
def really_keras_not_told(X, y, W1, b1, W2, b2):
    return taped(X, y, keras_network(W1, b1, W2, b2), keras.losses.BinaryCrossentropy())


@real("keras_loss_and_gradients", "keras_sigmoid_twice")
def really_keras_sigmoid_twice(X, y, W1, b1, W2, b2):
    right = keras.losses.BinaryCrossentropy(from_logits=True)
    return taped(X, y, keras_network(W1, b1, W2, b2), lambda y, z: right(y, tf.sigmoid(z)))


@real("keras_loss_and_gradients", "keras_arguments_swapped")
def really_keras_arguments_swapped(X, y, W1, b1, W2, b2):
    right = keras.losses.BinaryCrossentropy(from_logits=True)
    return taped(X, y, keras_network(W1, b1, W2, b2), lambda y, z: right(z, y))


@real("keras_descend", "keras_rate_left_out")
def really_keras_rate_left_out(X, y, W1, b1, W2, b2, rate, steps):
    return fitted(X, y, keras_network(W1, b1, W2, b2), steps, keras.optimizers.SGD(), len(X))


@real("keras_descend", "keras_weights_of_the_start")
def really_keras_weights_of_the_start(X, y, W1, b1, W2, b2, rate, steps):
    *_, losses = fitted(X, y, keras_network(W1, b1, W2, b2), steps, keras.optimizers.SGD(rate), len(X))
    return W1, b1, W2, b2, losses


@real("keras_descend", "keras_batches_of_32")
def really_keras_batches_of_32(X, y, W1, b1, W2, b2, rate, steps):
    return fitted(X, y, keras_network(W1, b1, W2, b2), steps, keras.optimizers.SGD(rate), None)


@real("keras_descend", "keras_descend_not_told")
def really_keras_descend_not_told(X, y, W1, b1, W2, b2, rate, steps):
    return fitted(X, y, keras_network(W1, b1, W2, b2), steps, keras.optimizers.SGD(rate), len(X), told=False)


@real("keras_loss_and_gradients", "keras_squared_error")
def really_keras_squared_error(X, y, W1, b1, W2, b2):
    loss = keras.losses.MeanSquaredError()
    return taped(X, y, keras_network(W1, b1, W2, b2), lambda y, z: loss(y, tf.sigmoid(z)))


@real("keras_loss_and_gradients", "keras_squared_error_of_logits")
def really_keras_squared_error_of_logits(X, y, W1, b1, W2, b2):
    return taped(X, y, keras_network(W1, b1, W2, b2), keras.losses.MeanSquaredError())


@real("keras_loss_and_gradients", "keras_categorical")
def really_keras_categorical(X, y, W1, b1, W2, b2):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    return taped(X, y, keras_network(W1, b1, W2, b2), loss)


@real("keras_descend", "keras_momentum")
def really_keras_momentum(X, y, W1, b1, W2, b2, rate, steps):
    optimizer = keras.optimizers.SGD(rate, momentum=0.9)
    return fitted(X, y, keras_network(W1, b1, W2, b2), steps, optimizer, len(X))


@real("keras_descend", "keras_adam")
def really_keras_adam(X, y, W1, b1, W2, b2, rate, steps):
    return fitted(X, y, keras_network(W1, b1, W2, b2), steps, keras.optimizers.Adam(rate), len(X))


@real("keras_descend", "keras_epochs_left_out")
def really_keras_epochs_left_out(X, y, W1, b1, W2, b2, rate, steps):
    return fitted(X, y, keras_network(W1, b1, W2, b2), 1, keras.optimizers.SGD(rate), len(X))


@real("keras_descend", "keras_descend_squared_error")
def really_keras_descend_squared_error(X, y, W1, b1, W2, b2, rate, steps):
    model = keras_network(W1, b1, W2, b2)
    model.compile(keras.optimizers.SGD(rate), "mse")
    history = model.fit(X, y, batch_size=len(X), epochs=steps, verbose=0)
    return *model.get_weights(), np.array(history.history["loss"])


@real("keras_descend", "keras_batches_of_one")
def really_keras_batches_of_one(X, y, W1, b1, W2, b2, rate, steps):
    return fitted(X, y, keras_network(W1, b1, W2, b2), steps, keras.optimizers.SGD(rate), 1)
