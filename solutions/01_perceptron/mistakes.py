# Known wrong answers. The docstring is the sentence that the student reads.


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


@mistake("net_input", general="offset")
def two_biases_taken_off(X, w, b):
    """You take off 2 of the biases in the sum. That is right for three inputs alone: add b once, after the sum."""
    return np.sum(X * w + b, axis=1) - 2 * b


@mistake("net_input", general="offset")
def biases_taken_off_by_rows(X, w, b):
    """You take off as many biases as there are rows, less one. The sum has one for each input, not for each row: add b once, after it."""
    return np.sum(X * w + b, axis=1) - (len(X) - 1) * b


@mistake("net_input", general="offset")
def bias_divided_by_rows(X, w, b):
    """You divide b by the number of rows inside the sum. It has one b for each input, not for each row: add b once, after it."""
    return np.sum(X * w + b / len(X), axis=1)


@mistake("net_input", general="along value")
def bias_on_the_weights(X, w, b):
    """You add b to the weights, or to each input's weight, so it is multiplied by the inputs. It stands outside the products."""
    return X @ (w + b)


@mistake("net_input", general="value")
def bias_on_the_inputs(X, w, b):
    """You add b to the inputs, so it is multiplied by the weights. It stands outside the products."""
    return (X + b) @ w


@mistake("net_input", general="exchanged offset value")
def bias_multiplied(X, w, b):
    """You multiply by b. The bias is added."""
    return X @ w * b


@mistake("net_input", general="value along")
def weights_left_out(X, w, b):
    """You add up the inputs without their weights. Each input is multiplied by its weight first."""
    return X.sum(axis=1) + b


@mistake("net_input", general="value")
def net_input_stepped(X, w, b):
    """You return 0 and 1: the step is done already. The net input is what comes before it."""
    return heaviside(X @ w + b)


@mistake("net_input", general="shape")
def net_input_in_a_column(X, w, b):
    """You return a column of shape (N, 1). One net input a row makes the shape (N,): w has the shape (D,), not (D, 1)."""
    return (X @ w + b)[:, None]


@mistake("net_input", general="shape")
def columns_summed(X, w, b):
    """You sum each column over the rows. A net input belongs to a row: sum its products, along axis 1."""
    return np.sum(X * w, axis=0) + b


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


@mistake("tlu", keeps="only rows exactly on the edge are wrong", general="exchanged rows")
def half_at_zero(X, w, b):
    """Your unit gives 0.5 for a net input of exactly 0, as np.heaviside(z, 0.5) does. Here H(0) is 1."""
    return np.heaviside(X @ w + b, 0.5)


@mistake("tlu", general="exchanged value rows")
def bias_as_threshold(X, w, b):
    """You compare the weighted sum with b, or subtract b: that makes b a threshold. b is a bias: it is added, and the sum is compared with 0."""
    return heaviside(X @ w - b)


@mistake("tlu", general="value rows")
def step_on_the_inputs(X, w, b):
    """You step the inputs before they are weighed. The step comes last: it is applied to the net input."""
    return heaviside(heaviside(X) @ w + b)


@mistake("tlu", general="value rows")
def net_input_where_it_fires(X, w, b):
    """Where your unit fires it gives the net input. A unit that fires gives 1, however large its net input is."""
    return np.maximum(X @ w + b, 0)


@mistake("tlu", general="value")
def soft_step(X, w, b):
    """You return a sigmoid, which rises softly. A TLU steps: it gives 0 or 1."""
    return 1 / (1 + np.exp(-(X @ w + b)))


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


@mistake("three_units", general="accuracy")
def all_units_turned(name):
    """You turn all three units round for XNOR. Turn the last one alone: the first two stay OR and NAND, or the last one hears other things."""
    units = gate("OR"), gate("NAND"), gate("AND")
    return units if name == "XOR" else tuple((-w, -b) for w, b in units)


@mistake("three_units", general="accuracy")
def last_unit_nor(name):
    """Your last unit for XNOR fires where OR and NAND are both silent, which never happens. NAND is true where they do not both fire."""
    w, b = gate("OR")
    return gate("OR"), gate("NAND"), gate("AND") if name == "XOR" else (-w, -b)


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


@mistake("hebb", general="value")
def hebb_own_answer_for_s(X, s, eta):
    """You multiply by what the unit answers. Hebb's rule takes the output that is wanted, s."""
    w, b = np.zeros(X.shape[1]), 0.0
    for x in X:
        y = sign(x @ w + b)
        w, b = w + eta * y * x, b + eta * y
    return w, b


@mistake("hebb", general="tensors")
def hebb_bias_of_the_last_row(X, s, eta):
    """w is right. Your b is that of the last row alone: each row replaces what the rows before it added."""
    return eta * (s @ X), eta * s[-1]


@mistake("hebb", general="tensors")
def hebb_weights_of_the_last_row(X, s, eta):
    """b is right. Your w is that of the last row alone: each row replaces what the rows before it added."""
    return eta * s[-1] * X[-1], eta * s.sum()


@mistake("hebb", general="tensors")
def hebb_bias_counts_rows(X, s, eta):
    """w is right. Your b grows with each row, whatever is wanted: a row with s = -1 makes it smaller."""
    return eta * (s @ X), eta * len(X)


@mistake("hebb", general="offset")
def hebb_starts_from_ones(X, s, eta):
    """You start from weights of 1. The start is zero."""
    return 1 + eta * (s @ X), eta * s.sum()


@mistake("hebb", general="tensors value")
def hebb_mean_of_inputs(X, s, eta):
    """You average over the inputs for b. A bias has one input, which is always 1: its step is eta times s."""
    return eta * (s @ X), eta * float(s @ X.mean(axis=1))


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


@mistake("perceptron_step", general="value", told_as=hebb_without_rate)
def without_rate(x, t, w, b, eta):
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


@mistake("perceptron_step", keeps="only rows exactly on the edge are wrong", general="tensors value", told_as=half_at_zero)
def step_half_at_zero(x, t, w, b, eta):
    error = t - np.heaviside(x @ w + b, 0.5)
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", general="tensors value returns_input")
def bias_after_weights(x, t, w, b, eta):
    """w is right. For b you work out the error anew, when w has changed already. One error, at the old w and b, serves both."""
    new = w + eta * (t - heaviside(x @ w + b)) * x
    return new, b + eta * (t - heaviside(x @ new + b))


@mistake("perceptron_step", general="value")
def sign_for_output(x, t, w, b, eta):
    """Your unit gives -1 where it is silent, beside targets of 0 and 1: the error is then 1 or 2, even where the answer is right. A TLU gives 0 or 1."""
    error = t - sign(x @ w + b)
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", general="value returns_input")
def false_alarms_only(x, t, w, b, eta):
    """With t = 1 nothing is learned, not even from a mistake. The error t - y is +1 where the unit should have fired and did not."""
    error = -float(t == 0 and x @ w + b >= 0)
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", general="value sign factor")
def always_adds(x, t, w, b, eta):
    """You add eta times x after every mistake. Where the unit fired and should not have, it is subtracted: the error has a sign."""
    error = abs(t - heaviside(x @ w + b))
    return w + eta * error * x, b + eta * error


@mistake("perceptron_step", general="value returns_input")
def updates_when_right(x, t, w, b, eta):
    """You change the weights where the answer is right, and leave them where it is wrong. It is the other way round."""
    s = (2 * t - 1) * (heaviside(x @ w + b) == t)
    return w + eta * s * x, b + eta * s


@mistake("perceptron_step", general="exchanged value")
def step_subtracts_bias(x, t, w, b, eta):
    """Your unit compares the weighted sum with b, or subtracts b: that makes b a threshold. Its net input is the sum plus b."""
    error = t - heaviside(x @ w - b)
    return w + eta * error * x, b + eta * error


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
        before = updates
        for x, target in zip(X, t, strict=True):
            error = target - float(x @ w + b >= 0)
            if error:
                w, b, updates = w + step * error * x, b + step * error * bias, updates + 1
        if updates == before and not last_only:
            break
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


def _counted(X, t, w, b, epochs, counts, ends=lambda errors, moved: False):
    """Training in which each step is counted by ``counts(error, x)``, and may end after an epoch."""
    updates = 0
    for _ in range(epochs):
        errors, moved = [], []
        for x, target in zip(X, t, strict=True):
            error = int(target - heaviside(x @ w + b))
            w, b, updates = w + error * x, b + error, updates + int(counts(error, x))
            errors.append(error)
            moved.append(np.any(error * x))
        if ends(errors, moved):
            break
    return w, b, updates


@mistake("train_perceptron", general="tensors")
def zero_rows_not_counted(X, t, w, b, epochs):
    """You see an update by a change of w. A wrong row of zeros changes b alone, and that is an update, too: look at the error, or at b."""
    return _counted(X, t, w, b, epochs, lambda error, x: np.any(error * x))


@mistake("train_perceptron", general="tensors", told_as=zero_rows_not_counted)
def zero_rows_end_the_training(X, t, w, b, epochs):
    # An epoch in which b alone moved is taken for the last one.
    return _counted(X, t, w, b, epochs, lambda error, x: np.any(error * x), lambda errors, moved: not any(moved))


@mistake("train_perceptron", general="tensors value")
def stops_when_errors_cancel(X, t, w, b, epochs):
    """You stop when the errors of an epoch add up to 0. Those of -1 and +1 cancel: only an epoch without any error is the end."""
    return _counted(X, t, w, b, epochs, lambda error, x: error != 0, lambda errors, moved: sum(errors) == 0)


@mistake("train_perceptron", general="tensors value")
def stops_after_a_right_last_row(X, t, w, b, epochs):
    """You stop when the last row of an epoch is right. Only an epoch in which every row is right is the end."""
    return _counted(X, t, w, b, epochs, lambda error, x: error != 0, lambda errors, moved: errors[-1] == 0)


@mistake("train_perceptron", general="tensors")
def counts_missed_rows_only(X, t, w, b, epochs):
    """You count the errors of +1 alone. A row that should be silent and fired is an update, too: its error is -1."""
    return _counted(X, t, w, b, epochs, lambda error, x: error > 0)


@mistake("train_perceptron", general="tensors")
def counts_false_alarms_only(X, t, w, b, epochs):
    """You count the errors of -1 alone. A row that should fire and was silent is an update, too: its error is +1."""
    return _counted(X, t, w, b, epochs, lambda error, x: error < 0)


@mistake("train_perceptron", general="tensors")
def counts_right_rows(X, t, w, b, epochs):
    """You count the rows that are right. An update is a step with an error."""
    return _counted(X, t, w, b, epochs, lambda error, x: error == 0)


@mistake("train_perceptron", general="tensors")
def counts_epochs(X, t, w, b, epochs):
    """You count epochs. Every single step with an error is an update, and an epoch may have many."""
    new_w, new_b, _ = _trained(X, t, w, b, epochs)
    updating = 0
    for _ in range(epochs):
        w, b, updates = _trained(X, t, w, b, 1)
        updating += updates > 0
    return new_w, new_b, updating


@mistake("train_perceptron", general="tensors")
def counts_wrong_rows_at_the_end(X, t, w, b, epochs):
    """You count the rows that the final weights get wrong. Updates are counted while training runs: every step with an error, over all epochs."""
    w, b, _ = _trained(X, t, w, b, epochs)
    return w, b, int(np.sum(heaviside(X @ w + b) != t))


@mistake("train_perceptron", general="tensors value")
def stops_at_first_wrong_row(X, t, w, b, epochs):
    """You end an epoch at its first update. The rows after it have their turn, too."""
    updates = 0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = target - heaviside(x @ w + b)
            if error != 0:
                w, b, updates = w + error * x, b + error, updates + 1
                break
    return w, b, updates


@mistake("train_perceptron", general="tensors value")
def ends_at_first_right_row(X, t, w, b, epochs):
    """You end the training at the first row that is right. Only a whole epoch without an error is the end."""
    updates = 0
    for x, target in zip(np.tile(X, (epochs, 1)), np.tile(t, epochs), strict=True):
        error = target - heaviside(x @ w + b)
        if error == 0:
            break
        w, b, updates = w + error * x, b + error, updates + 1
    return w, b, updates


@mistake("train_perceptron", general="tensors returns_input value")
def training_leaves_weights(X, t, w, b, epochs):
    """Your weights never change in training; b does. Keep both of what each step gives."""
    updates = 0
    for _ in range(epochs):
        for x, target in zip(X, t, strict=True):
            error = target - heaviside(x @ w + b)
            b, updates = b + error, updates + int(error != 0)
    return w, b, updates


@mistake("train_perceptron", general="tensors value")
def one_epoch_more(X, t, w, b, epochs):
    """You train one epoch more than asked: range(epochs) has as many turns as there are epochs."""
    return _trained(X, t, w, b, epochs + 1)


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


def _radius_changed(X, t, w, b, radius):
    """Right but for another radius, and the bound that follows."""
    gamma, _, _ = margin_and_radius(X, t, w, b)
    return gamma, radius, (radius / gamma) ** 2


def _gamma_changed(X, t, w, b, gamma):
    """Right but for another margin, and the bound that follows."""
    _, radius, _ = margin_and_radius(X, t, w, b)
    return gamma, radius, (radius / gamma) ** 2


def _signed(X, t, w, b):
    """The signed distances of the rows."""
    return (2 * t - 1) * (X @ w + b) / np.sqrt(w @ w + b * b)


@mistake("margin_and_radius", general="exchanged tensors")
def length_of_the_whole_array(X, t, w, b):
    """gamma is right. Your radius is the length of the whole array, as of a norm without an axis. Take the length of each row, and then the largest."""
    return _radius_changed(X, t, w, b, np.sqrt(np.sum(X * X) + len(X)))


@mistake("margin_and_radius", general="exchanged tensors", told_as=length_of_the_whole_array)
def length_of_all_with_one_1(X, t, w, b):
    return _radius_changed(X, t, w, b, np.sqrt(np.sum(X * X) + 1))


@mistake("margin_and_radius", general="exchanged tensors")
def longest_column(X, t, w, b):
    """gamma is right. Your radius is the length of the longest column. It belongs to a row: sum along axis 1."""
    return _radius_changed(X, t, w, b, np.sqrt(max(np.sum(X * X, axis=0).max(), len(X))))


@mistake("margin_and_radius", general="exchanged tensors", told_as=longest_column)
def longest_column_and_1(X, t, w, b):
    return _radius_changed(X, t, w, b, np.sqrt(np.sum(X * X, axis=0).max() + 1))


@mistake("margin_and_radius", general="tensors")
def absolutes_for_squares(X, t, w, b):
    """gamma is right. Your radius is a sum of absolute values. The length of a row is the root of the sum of its squares."""
    return _radius_changed(X, t, w, b, np.abs(X).sum(axis=1).max() + 1)


@mistake("margin_and_radius", general="tensors")
def largest_entry(X, t, w, b):
    """gamma is right. Your radius is the largest single entry. It is the length of a whole row."""
    return _radius_changed(X, t, w, b, max(np.abs(X).max(), 1.0))


@mistake("margin_and_radius", general="tensors", told_as=largest_entry)
def largest_entry_and_1(X, t, w, b):
    return _radius_changed(X, t, w, b, np.sqrt(np.max(X * X) + 1))


@mistake("margin_and_radius", general="tensors")
def one_after_the_root(X, t, w, b):
    """gamma is right. In your radius the 1 is added to a length. It belongs to the squares, inside the root."""
    return _radius_changed(X, t, w, b, np.sqrt(np.sum(X * X, axis=1).max()) + 1)


@mistake("margin_and_radius", general="tensors")
def bias_in_the_radius(X, t, w, b):
    """gamma is right. Your radius counts the bias. Each row has a further input that is 1: the bias is its weight."""
    return _radius_changed(X, t, w, b, np.sqrt(np.sum(X * X, axis=1).max() + b * b))


@mistake("margin_and_radius", general="tensors")
def one_for_the_bias(X, t, w, b):
    """radius is right. In the length that divides the margin, a 1 stands in the place of b. The length is that of (w, b)."""
    return _gamma_changed(X, t, w, b, np.min(_signed(X, t, w, b)) * np.sqrt(w @ w + b * b) / np.sqrt(w @ w + 1))


@mistake("margin_and_radius", general="tensors")
def lengths_added(X, t, w, b):
    """radius is right. In the length that divides the margin, |w| and b are added as they are. Their squares are added, inside the root."""
    return _gamma_changed(
        X, t, w, b, np.min(_signed(X, t, w, b)) * np.sqrt(w @ w + b * b) / (np.sqrt(w @ w) + abs(b))
    )


@mistake("margin_and_radius", general="tensors")
def margin_by_absolutes(X, t, w, b):
    """radius is right. The length that divides the margin is a sum of absolute values. It is the root of the sum of the squares."""
    return _gamma_changed(X, t, w, b, np.min(_signed(X, t, w, b)) * np.sqrt(w @ w + b * b) / (np.abs(w).sum() + abs(b)))


@mistake("margin_and_radius", general="tensors factor")
def gap_for_margin(X, t, w, b):
    """radius is right. Your gamma is the whole gap between the two classes. The margin is the distance of the nearest single row: one minimum over all rows."""
    distances = _signed(X, t, w, b)
    return _gamma_changed(X, t, w, b, distances[t == 1].min() + distances[t == 0].min())


@mistake("margin_and_radius", general="tensors factor")
def half_the_gap(X, t, w, b):
    """radius is right. Your gamma is half the gap between the two classes. The line need not lie half way: the margin is the distance of the nearest row."""
    distances = _signed(X, t, w, b)
    return _gamma_changed(X, t, w, b, (distances[t == 1].min() + distances[t == 0].min()) / 2)


@mistake("margin_and_radius", general="tensors")
def margin_of_class_1(X, t, w, b):
    """radius is right. Your gamma looks at the rows with t = 1 alone. The nearest row may be one with t = 0."""
    return _gamma_changed(X, t, w, b, _signed(X, t, w, b)[t == 1].min())


@mistake("margin_and_radius", general="tensors")
def margin_of_class_0(X, t, w, b):
    """radius is right. Your gamma looks at the rows with t = 0 alone. The nearest row may be one with t = 1."""
    return _gamma_changed(X, t, w, b, _signed(X, t, w, b)[t == 0].min())


@mistake("margin_and_radius", general="exchanged tensors")
def margin_of_first_row(X, t, w, b):
    """radius is right. Your gamma is that of the first row. It belongs to the nearest row, whichever that is."""
    return _gamma_changed(X, t, w, b, _signed(X, t, w, b)[0])


@mistake("margin_and_radius", general="tensors")
def one_of_two_squared(X, t, w, b):
    """gamma and radius are right. In your bound only one of the two is squared: square their ratio."""
    gamma, radius, _ = margin_and_radius(X, t, w, b)
    return gamma, radius, radius**2 / gamma


@mistake("margin_and_radius", general="tensors", told_as=one_of_two_squared)
def gamma_alone_squared(X, t, w, b):
    gamma, radius, _ = margin_and_radius(X, t, w, b)
    return gamma, radius, radius / gamma**2


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


@mistake("train_pocket", general="accuracy parameters")
def last_weights(X, t, seed):
    """Some of your twelve results are good and some are poor. Do you shuffle anew in each of 40 epochs, go on from the last weights, and return a copy of those with most rows right, counted when the epoch is over?"""
    return _pocketed(X, t, seed, lambda share, best: True)


@mistake("train_pocket", general="accuracy parameters", told_as=last_weights)
def not_copied(X, t, seed):
    # w changes in place, so that the pocket's w is always the last one; b is a number, and stays.
    return _pocketed(X, t, seed, copied=False)


@mistake("train_pocket", general="accuracy parameters")
def targets_not_shuffled(X, t, seed):
    """None of your twelve results is good. Do rows and targets go through the same shuffle, do you go on from the last weights, and does the pocket keep the best?"""
    return _pocketed(X, t, seed, shuffle_targets=False)


@mistake("train_pocket", general="accuracy parameters", told_as=targets_not_shuffled)
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
