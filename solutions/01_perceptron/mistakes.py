# Known wrong answers. The docstring is the sentence that the student reads.


# --- sign


@mistake("sign", general="rows")
def zero_at_zero(z):
    """You give 0 for a net input of 0, as np.sign does. Here sign(0) is +1."""
    return np.where(z > 0, 1.0, np.where(z < 0, -1.0, 0.0))


@mistake("sign", general="sign rows")
def minus_at_zero(z):
    """You give -1 for a net input of 0: the comparison is strict. Here sign(0) is +1."""
    return np.where(z > 0, 1.0, -1.0)


@mistake("sign", general="transformed value")
def still_heaviside(z):
    """You give 0 where -1 is asked. The sign step has the values -1 and +1."""
    return heaviside(z)


# --- net_input


@mistake("net_input", general="offset")
def bias_in_the_sum(X, w, b):
    """The bias is still inside the sum, so a row of D inputs gets D times b. Add it once, after the sum."""
    return np.sum(X * w + b, axis=1)


@mistake("net_input", general="offset")
def bias_left_out(X, w, b):
    """Your net input leaves the bias out."""
    return X @ w


@mistake("net_input", general="offset")
def bias_subtracted(X, w, b):
    """You subtract b. That is right for a threshold, which is minus the bias. A bias is added."""
    return X @ w - b


@mistake("net_input", general="exchanged value")
def mean_for_sum(X, w, b):
    """You average the products of a row. The net input is their sum."""
    return np.mean(X * w, axis=1) + b


@mistake("net_input", general="shape")
def products_not_summed(X, w, b):
    """You return one number for each input, not for each row. Sum the products of a row."""
    return X * w + b


# --- tlu


@mistake("tlu", keeps="only rows exactly on the edge are wrong", general="exchanged rows")
def strict_step(X, w, b):
    """A net input of exactly 0 does not make your unit fire. Here H(0) is 1."""
    return np.where(X @ w + b > 0, 1.0, 0.0)


@mistake("tlu", general="exchanged rows value")
def tlu_without_bias(X, w, b):
    """Your unit leaves the bias out."""
    return heaviside(X @ w)


@mistake("tlu", general="exchanged rows value")
def tlu_bias_in_the_sum(X, w, b):
    """Your unit adds the bias once for each input. It is added once for each row."""
    return heaviside(np.sum(X * w + b, axis=1))


@mistake("tlu", general="exchanged value")
def no_step(X, w, b):
    """You return the net input itself. A unit gives 0 or 1: the step is missing."""
    return X @ w + b


@mistake("tlu", general="transformed rows value")
def sign_for_heaviside(X, w, b):
    """Your unit gives -1 where it is silent. A TLU has the outputs 0 and 1."""
    return 2 * heaviside(X @ w + b) - 1


@mistake("tlu", general="transformed value")
def fires_below(X, w, b):
    """Your unit fires where it should be silent, and the other way round."""
    return 1 - heaviside(X @ w + b)


@mistake("tlu", general="shape")
def outputs_in_a_column(X, w, b):
    """You return a column of shape (N, 1). One output a row makes the shape (N,)."""
    return heaviside(X @ w + b)[:, None]



# --- gate


@mistake("gate", general="accuracy")
def without_bias(name):
    """Your bias is 0, so (0, 0) lies on the edge. A line through the origin cannot make this gate."""
    return np.array([-1.0, -1.0] if name == "NAND" else [1.0, 1.0]), 0.0


@mistake("gate", general="accuracy")
def line_through_a_corner(name):
    """Your line runs through a corner that should fire, so a small error there silences the unit. Move the line half way between."""
    w, b = {"AND": ([1.0, 1.0], -2.0), "OR": ([1.0, 1.0], -1.0), "NAND": ([-1.0, -1.0], 1.0)}[name]
    return np.array(w), b


@mistake("gate", general="accuracy")
def line_through_the_other_corner(name):
    """Your line runs through a corner that should be silent, and a net input of 0 fires. Move the line half way between."""
    if name == "OR":
        return gate(name)
    return np.array([1.0, 1.0] if name == "AND" else [-1.0, -1.0]), -1.0 if name == "AND" else 2.0


@mistake("gate", general="accuracy")
def bias_of_the_other_sign(name):
    """The sign of your bias is turned. The net input is w . x plus b: a unit that is hard to fire has a negative bias."""
    w, b = gate(name)
    return w, -b


# --- three_units


@mistake("three_units", general="accuracy")
def one_unit_for_all(name):
    """You return the weights of one unit. No single TLU gets more than three rows of this table right: three units are asked."""
    return gate("OR")


@mistake("three_units", general="accuracy")
def joined_by_or(name):
    """Your last unit joins OR and NAND by OR. One of those two always fires, so the result never changes."""
    return gate("OR"), gate("NAND"), gate("OR")


@mistake("three_units", general="accuracy")
def and_beside_or(name):
    """Your last unit joins OR and AND by AND. The result is AND itself: where AND is true, OR is, too."""
    return gate("OR"), gate("AND"), gate("AND")


@mistake("three_units", general="accuracy")
def the_other_gate(name):
    """This is the opposite gate: XOR fires where the inputs differ, XNOR where they are alike."""
    return gate("OR"), gate("NAND"), gate("NAND" if name == "XOR" else "AND")


# --- tlu_layer


@mistake("tlu_layer", general="exchanged rows columns value")
def layer_without_bias(X, W, b):
    """Your layer leaves the biases out."""
    return heaviside(X @ W)


@mistake("tlu_layer", general="exchanged rows columns value")
def layer_bias_in_the_sum(X, W, b):
    """Your layer adds the bias once for each input. It is added once for each row and unit."""
    return heaviside(X @ W + X.shape[1] * b)


@mistake("tlu_layer", general="transpose shape")
def units_in_rows(X, W, b):
    """You return the transpose. The rows should be the examples, with a column for each unit."""
    return heaviside(X @ W + b).T


@mistake("tlu_layer", general="shape")
def first_unit_only(X, W, b):
    """You return the outputs of one unit. Each column of W is a unit with an output of its own."""
    return heaviside(X @ W[:, 0] + b[0])


@mistake("tlu_layer", general="exchanged value")
def layer_without_step(X, W, b):
    """You return the net inputs. The step is missing."""
    return X @ W + b


@mistake("tlu_layer", general="exchanged rows")
def layer_with_strict_step(X, W, b):
    """A net input of exactly 0 does not make your units fire. Here H(0) is 1."""
    return np.where(X @ W + b > 0, 1.0, 0.0)


# --- hebb


@mistake("hebb", general="factor")
def hebb_mean(X, s, eta):
    """You divide by the number of rows. Each row adds its whole term: a sum, not a mean."""
    return eta * (s @ X) / len(X), eta * s.mean()


@mistake("hebb", general="zeros tensors")
def hebb_without_bias(X, s, eta):
    """Your bias stays 0. It learns like a weight whose input is always 1."""
    return eta * (s @ X), 0.0


@mistake("hebb", general="value")
def hebb_active_only(X, s, eta):
    """You learn from the rows with s = +1 alone. Rows with s = -1 count as well, with their sign."""
    return eta * (s[s > 0] @ X[s > 0]), eta * np.sum(s > 0)


@mistake("hebb", general="factor")
def hebb_without_rate(X, s, eta):
    """You leave the learning rate out."""
    return s @ X, s.sum()


@mistake("hebb", general="value")
def hebb_from_errors(X, s, eta):
    """You learn from wrong rows only. That is the perceptron rule; Hebb's learns from each row, whatever the unit answers."""
    w, b = np.zeros(X.shape[1]), 0.0
    for x, target in zip(X, s, strict=True):
        if sign(x @ w + b) != target:
            w, b = w + eta * target * x, b + eta * target
    return w, b


@mistake("hebb", general="exchanged value")
def hebb_ignores_s(X, s, eta):
    """You add up the inputs without the wanted outputs. Each row counts with its s."""
    return eta * X.sum(axis=0), eta * len(X)


@mistake("hebb", general="tensors value")
def hebb_first_row(X, s, eta):
    """You learn from the first row alone. Go through all rows; is the return inside the loop?"""
    return eta * s[0] * X[0], eta * s[0]


@mistake("hebb", general="tensors value")
def hebb_last_row(X, s, eta):
    """You learn from the last row alone: each row replaces what the rows before it added. Add to w and b."""
    return eta * s[-1] * X[-1], eta * s[-1]


@mistake("hebb", general="value")
def hebb_error_for_s(X, s, eta):
    """You multiply by the error s - y where s belongs. Hebb's rule does not look at what the unit answers."""
    w, b = np.zeros(X.shape[1]), 0.0
    for x, target in zip(X, s, strict=True):
        error = target - sign(x @ w + b)
        w, b = w + eta * error * x, b + eta * error
    return w, b


@mistake("hebb", general="shape")
def hebb_bias_in_an_array(X, s, eta):
    """Your b is an array of shape (1,). Return one number; `w` is right."""
    return eta * (s @ X), np.array([eta * s.sum()])



# --- perceptron_step


def _off_the_edge(x, w, b):
    """Raises where the net input is 0. There some mistakes give what a strict step gives; other inputs tell them apart."""
    if x @ w + b == 0:
        raise ValueError("told at other inputs")


@mistake("perceptron_step", keeps="only rows exactly on the edge are wrong", general="tensors value")
def step_is_strict(x, t, w, b, eta):
    """A net input of exactly 0 does not make your unit fire in this step. Here H(0) is 1."""
    if t == 1:  # always_on_the_edge gives the same
        _off_the_edge(x, w, b)
    error = t - float(x @ w + b > 0)
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", keeps="only rows exactly on the edge are wrong", general="tensors value")
def always_on_the_edge(x, t, w, b, eta):
    """You update for t = 1 at a net input of exactly 0. Here H(0) is 1: the unit fires, and its answer is right."""
    s = 2 * t - 1
    return (w + eta * s * x, b + eta * s) if s * (x @ w + b) <= 0 else (w, b)


@mistake("perceptron_step", general="sign value")
def error_turned(x, t, w, b, eta):
    """Your error has the wrong sign: it is t - y. As it is, each step makes the unit more wrong."""
    error = heaviside(x @ w + b) - t
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", general="tensors value")
def bias_not_updated(x, t, w, b, eta):
    """Your bias never changes. It learns like a weight whose input is always 1."""
    return w + eta * (t - heaviside(x @ w + b)) * x, b


@mistake("perceptron_step", general="exchanged value")
def updates_always(x, t, w, b, eta):
    """You change the weights although the answer is right. Without an error there is no update."""
    _off_the_edge(x, w, b)
    return w + eta * (2 * t - 1) * x, b + eta * (2 * t - 1)


@mistake("perceptron_step", general="value")
def target_for_error(x, t, w, b, eta):
    """With t = 0 nothing is learned, not even from a mistake. The factor of the step is the error t - y, which is -1 then."""
    _off_the_edge(x, w, b)
    if heaviside(x @ w + b) == t:
        return w, b
    return w + eta * t * x, b + eta * t


@mistake("perceptron_step", general="value")
def without_rate(x, t, w, b, eta):
    """You leave the learning rate out."""
    error = t - heaviside(x @ w + b)
    return w + error * x, b + error


@mistake("perceptron_step", general="value")
def net_input_for_output(x, t, w, b, eta):
    """You compare t with the net input. The error is t minus the output after the step, so it is -1, 0 or 1."""
    _off_the_edge(x, w, b)
    error = t - (x @ w + b)
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", general="value")
def bias_not_heard(x, t, w, b, eta):
    """Your unit's output leaves the bias out."""
    error = t - heaviside(x @ w)
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", general="value")
def step_of_two(x, t, w, b, eta):
    """Your steps are twice too long: with targets and outputs of -1 and +1 the error is -2, 0 or 2. Here targets are 0 and 1."""
    error = 2 * (t - heaviside(x @ w + b))
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", general="shape")
def bias_in_an_array(x, t, w, b, eta):
    """Your new b is an array of shape (1,), perhaps because `tlu` was given a batch of one row. b is one number."""
    error = t - heaviside(x @ w + b)
    return w + eta * error * x, np.array([b + eta * error])



# --- train_perceptron


@mistake("train_perceptron", general="tensors value")
def whole_epoch_at_once(X, t, w, b, epochs):
    """You judge all rows of an epoch by the weights of its start. Each row meets the weights that the row before it left: work out its error in its turn."""
    updates = 0
    for _ in range(epochs):
        errors = t - heaviside(X @ w + b)
        w, b, updates = w + errors @ X, b + errors.sum(), updates + int(np.sum(errors != 0))
    return w, b, updates


def _trained(X, t, w, b, epochs, start_anew=False, last_only=False, bias=True, step=1.0):
    updates = 0
    first = w, b
    for _ in range(epochs):
        if start_anew:
            w, b = first
        if last_only:
            updates = 0
        for x, target in zip(X, t, strict=True):
            error = target - heaviside(x @ w + b)
            w, b, updates = w + step * error * x, b + step * error * bias, updates + int(error != 0)
    return w, b, updates


@mistake("train_perceptron", general="tensors value")
def counts_every_step(X, t, w, b, epochs):
    """You count every row of every epoch. An update is a step with an error."""
    w, b, _ = _trained(X, t, w, b, epochs)
    return w, b, epochs * len(X)


@mistake("train_perceptron", general="tensors value")
def counts_last_epoch(X, t, w, b, epochs):
    """Your count holds the last epoch alone. Count over all epochs: set it to 0 once, before the first."""
    return _trained(X, t, w, b, epochs, last_only=True)


@mistake("train_perceptron", general="tensors value")
def one_epoch_only(X, t, w, b, epochs):
    """You go through the rows once. Repeat for all epochs; is the return inside the loop?"""
    return _trained(X, t, w, b, 1)


@mistake("train_perceptron", general="tensors value")
def starts_anew_each_epoch(X, t, w, b, epochs):
    """You go back to the start at each epoch. The next epoch goes on from the weights that the last one left."""
    return _trained(X, t, w, b, epochs, start_anew=True)


@mistake("train_perceptron", general="tensors value")
def starts_from_zero(X, t, w, b, epochs):
    """You start from zero. Start from the w and b that you are given."""
    return _trained(X, t, np.zeros_like(w), 0.0, epochs)


@mistake("train_perceptron", general="tensors value")
def training_leaves_bias(X, t, w, b, epochs):
    """Your bias never changes in training."""
    return _trained(X, t, w, b, epochs, bias=False)


@mistake("train_perceptron", general="exchanged value")
def training_uphill(X, t, w, b, epochs):
    """Your training goes the wrong way: each update makes its row more wrong, so errors multiply. The error is t minus the output."""
    return _trained(X, t, w, b, epochs, step=-1.0)


@mistake("train_perceptron", general="exchanged value")
def training_is_strict(X, t, w, b, epochs):
    """A net input of exactly 0 does not make your unit fire in training. Here H(0) is 1."""
    updates = 0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = target - float(x @ w + b > 0)
            w, b, updates = w + error * x, b + error, updates + int(error != 0)
    return w, b, updates


@mistake("train_perceptron", general="exchanged tensors factor sign")
def errors_added_up(X, t, w, b, epochs):
    """You add up the errors themselves, and those of -1 and +1 cancel. Count one for each update."""
    new_w, new_b, _ = _trained(X, t, w, b, epochs)
    return new_w, new_b, new_b - b


@mistake("train_perceptron", general="tensors value")
def rows_reversed(X, t, w, b, epochs):
    """You go through the rows from the last to the first. The order is the given one."""
    return _trained(X[::-1], t[::-1], w, b, epochs)


@mistake("train_perceptron", general="value")
def updates_at_every_row(X, t, w, b, epochs):
    """You change the weights at every row, right or wrong. Without an error there is no update."""
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            w, b = w + (2 * target - 1) * x, b + (2 * target - 1)
    return w, b, epochs * len(X)


@mistake("train_perceptron", general="value")
def stops_at_first_right_row(X, t, w, b, epochs):
    """You stop an epoch at its first right row. A right row changes nothing, and the next row still has its turn."""
    updates = 0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = target - heaviside(x @ w + b)
            if error == 0:
                break
            w, b, updates = w + error * x, b + error, updates + 1
    return w, b, updates


@mistake("train_perceptron", general="tensors value")
def trains_longer(X, t, w, b, epochs):
    """You train longer than `epochs` epochs. Stop there, even if some rows are still wrong."""
    return _trained(X, t, w, b, 100)


@mistake("train_perceptron", general="tensors value")
def stops_when_epochs_are_alike(X, t, w, b, epochs):
    """You stop when two epochs have equally many updates. That is no end: only an epoch without any update is one."""
    total, before = 0, None
    for _ in range(epochs):
        w, b, updates = _trained(X, t, w, b, 1)
        total += updates
        if updates == before:
            break
        before = updates
    return w, b, total


@mistake("train_perceptron", general="tensors value")
def one_epoch_short(X, t, w, b, epochs):
    """You train one epoch less than asked: range(epochs) has as many turns as there are epochs."""
    return _trained(X, t, w, b, epochs - 1)


@mistake("train_perceptron", general="tensors value")
def counted_after_the_step(X, t, w, b, epochs):
    """You count a row when it is still wrong after its step. Look at its error before the step."""
    updates = 0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            w, b = perceptron_step(x, target, w, b, 1.0)
            updates += int(heaviside(x @ w + b) != target)
    return w, b, updates


@mistake("train_perceptron", general="tensors value")
def loops_swapped(X, t, w, b, epochs):
    """Your loops are swapped: each row gets all its epochs before the next row has its turn. Epochs outside, rows inside."""
    return _trained(np.repeat(X, epochs, axis=0), np.repeat(t, epochs), w, b, 1)


@mistake("train_perceptron", general="shape")
def trained_bias_in_an_array(X, t, w, b, epochs):
    """Your final b is an array of shape (1,). Return one number; `w` and `updates` are right."""
    w, b, updates = _trained(X, t, w, b, epochs)
    return w, np.array([b]), updates


@mistake("train_perceptron", general="shape type")
def updates_not_returned(X, t, w, b, epochs):
    """You return w and b alone. The number of updates comes third."""
    return _trained(X, t, w, b, epochs)[:2]



# --- margin_and_radius


def _measured(X, t, w, b, s=None, length=None, extra=1.0, power=2, smallest=np.min, largest=np.max):
    s = 2 * t - 1 if s is None else s
    gamma = smallest(s * (X @ w + b)) / (np.sqrt(w @ w + b * b) if length is None else length)
    radius = np.sqrt(largest(np.sum(X * X, axis=1)) + extra)
    return gamma, radius, (radius / gamma) ** power


@mistake("margin_and_radius", general="exchanged tensors")
def bias_not_in_the_length(X, t, w, b):
    """You divide by the length of w alone. The bias is a weight here: divide by the length of (w, b)."""
    return _measured(X, t, w, b, length=np.sqrt(w @ w))


@mistake("margin_and_radius", general="exchanged tensors")
def not_divided(X, t, w, b):
    """Your margin is a net input. Divide it by the length of (w, b), or longer weights would have a wider margin."""
    return _measured(X, t, w, b, length=1.0)


@mistake("margin_and_radius", general="exchanged tensors")
def one_not_in_the_radius(X, t, w, b):
    """Your radius leaves out the input that is always 1."""
    return _measured(X, t, w, b, extra=0.0)


@mistake("margin_and_radius", general="transformed tensors")
def bound_not_squared(X, t, w, b):
    """Margin and radius are right. The bound is the square of their ratio."""
    return _measured(X, t, w, b, power=1)


@mistake("margin_and_radius", general="exchanged tensors")
def targets_not_signed(X, t, w, b):
    """You multiply the net inputs by t as it is, so rows with t = 0 give 0. Turn t into -1 and +1 first."""
    with np.errstate(divide="ignore"):
        return _measured(X, t, w, b, s=t)


@mistake("margin_and_radius", general="exchanged tensors")
def mean_for_smallest(X, t, w, b):
    """Your margin is a mean over the rows. It belongs to the nearest row: the smallest."""
    return _measured(X, t, w, b, smallest=np.mean)


@mistake("margin_and_radius", general="tensors")
def mean_for_largest(X, t, w, b):
    """Your radius is a mean over the rows. It belongs to the farthest row: the largest."""
    return _measured(X, t, w, b, largest=np.mean)


@mistake("margin_and_radius", general="exchanged tensors")
def not_signed_at_all(X, t, w, b):
    """Your net inputs do not carry their signs: a row with t = 0 is on its right side when its net input is negative."""
    return _measured(X, t, w, b, s=1.0)


@mistake("margin_and_radius", general="tensors value")
def the_usual_definition(X, t, w, b):
    """You measure as many books do, without the bias in the length and without the 1 in the radius. Here both count; see "One vector" in 1.8."""
    return _measured(X, t, w, b, length=np.sqrt(w @ w), extra=0.0)


@mistake("margin_and_radius", general="shape type")
def margin_alone(X, t, w, b):
    """You return the margin alone. The radius and the bound are asked, too."""
    return _measured(X, t, w, b)[0]



# --- train_pocket


def _epoch(X, t, w, b):
    """One epoch in plain numbers: calibration runs thousands of these."""
    w, b = w.tolist(), float(b)
    for x, target in zip(X.tolist(), t.tolist(), strict=True):
        z = b
        for weight, value in zip(w, x, strict=True):
            z += weight * value
        error = target - (z >= 0)
        if error:
            w, b = [weight + error * value for weight, value in zip(w, x, strict=True)], b + error
    return np.array(w), b


def _pocketed(X, t, seed, better=lambda share, best: share > best, shuffle=True, shuffle_targets=True, copied=True):
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    best, pocket = None, (w, b)
    for _ in range(40):
        order = rng.permutation(len(X)) if shuffle else np.arange(len(X))
        w, b = _epoch(X[order], t[order] if shuffle_targets else t, w, b)
        share = np.mean((X @ w + b >= 0) == t)
        if best is None or better(share, best):
            best, pocket = share, (w, b)
    return pocket if copied else (w, pocket[1])


def told_as(other):
    """The sentence of another mistake: from twelve results nobody can tell the two apart."""

    def told(twelve):
        twelve.__doc__ = other.__doc__
        return twelve

    return told


@mistake("train_pocket", general="accuracy parameters")
def last_weights(X, t, seed):
    """Some of your twelve results are good and some are poor. Do you shuffle anew in each of 40 epochs, go on from the last weights, and return a copy of those with most rows right, counted when the epoch is over?"""
    return _pocketed(X, t, seed, lambda share, best: True)


@mistake("train_pocket", general="accuracy parameters")
@told_as(last_weights)
def not_copied(X, t, seed):
    # w changes in place, so that the pocket's w is always the last one; b is a number, and stays.
    return _pocketed(X, t, seed, copied=False)


@mistake("train_pocket", general="accuracy parameters")
def targets_not_shuffled(X, t, seed):
    """None of your twelve results is good. Do rows and targets go through the same shuffle, do you go on from the last weights, and does the pocket keep the best?"""
    return _pocketed(X, t, seed, shuffle_targets=False)


@mistake("train_pocket", general="accuracy parameters")
@told_as(targets_not_shuffled)
def worst_kept(X, t, seed):
    return _pocketed(X, t, seed, lambda share, best: share < best)


@mistake("train_pocket", general="accuracy parameters")
def never_shuffled(X, t, seed):
    """All twelve results are equal: is rng made of the seed, and do you shuffle with it, anew in each epoch?"""
    return _pocketed(X, t, seed, shuffle=False)


@mistake("train_pocket", general="accuracy parameters")
def nothing_returned(X, t, seed):
    """Your function returned None. Is a return missing?"""
    return None


@mistake("train_pocket", general="accuracy parameters")
def no_pair(X, t, seed):
    """A pair is expected: (w, b), the weights and the bias in your pocket, and nothing beside them."""
    return np.zeros(X.shape[1]), 0.0, 0.5


@mistake("train_pocket", general="accuracy parameters")
def pocket_stays_empty(X, t, seed):
    """You return the weights of the start: nothing ever gets into the pocket."""
    return np.zeros(X.shape[1]), 0.0


# --- keras_net_input


@mistake("keras_net_input", general="offset")
def keras_without_bias(X, w, b):
    """Your layer works without the bias: hand it over as the second array of set_weights."""
    return X @ w


@mistake("keras_net_input", general="shape")
def keras_column(X, w, b):
    """You return a column of shape (N, 1). Dense(1) gives one; take its only column."""
    return (X @ w + b)[:, None]


@mistake("keras_net_input", general="value")
def keras_stepped(X, w, b):
    """You apply the step. Dense(1) is asked for the net input itself."""
    return heaviside(X @ w + b)


@mistake("keras_net_input", general="transformed value")
def keras_sigmoid(X, w, b):
    """Your layer has an activation, a sigmoid. Dense(1) without one gives the net input."""
    return 1 / (1 + np.exp(-(X @ w + b)))


# --- the same slips with Keras


def dense(X, w, b, bias=True, activation=None):
    """What one unit of Keras gives, (N, 1)."""
    layer = keras.layers.Dense(1, activation, use_bias=bias)
    layer.build((None, X.shape[1]))
    layer.set_weights([w.reshape(-1, 1), *([np.array([b])] if bias else [])])
    return np.asarray(layer(X))


@real("keras_net_input", "keras_without_bias")
def really_keras_without_bias(X, w, b):
    return dense(X, w, b, bias=False)[:, 0]


@real("keras_net_input", "keras_column")
def really_keras_column(X, w, b):
    return dense(X, w, b)


@real("keras_net_input", "keras_stepped")
def really_keras_stepped(X, w, b):
    return heaviside(dense(X, w, b)[:, 0])


@real("keras_net_input", "keras_sigmoid")
def really_keras_sigmoid(X, w, b):
    return dense(X, w, b, activation="sigmoid")[:, 0]
