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


@mistake("activations", general="value tensors")
def first_layer_linear(X, weights, kind):
    """Your first layer has no activation. Here every layer has one."""
    A = X @ weights[0]
    return (A, *activations(A, weights[1:], kind)) if len(weights) > 1 else (A,)


@mistake("activations", general="value tensors")
def activation_twice(X, weights, kind):
    """You apply the activation twice: `layer` has applied it already."""
    A, outputs = X, []
    for W in weights:
        A = np.tanh(layer(A, W, kind)) if kind == "tanh" else layer(A, W, kind)
        outputs.append(A)
    return tuple(outputs)


@mistake("activations", general="type")
def input_kept_too(X, weights, kind):
    """Your tuple begins with X. It is no layer: the first entry is $A_1$."""
    return (X, *activations(X, weights, kind))


@mistake("activations", general="order type shape")
def last_layer_first(X, weights, kind):
    """Your layers come in reverse order. $A_1$ stands first."""
    return activations(X, weights, kind)[::-1]


@mistake("activations", general="value")
def leaky(X, weights, kind):
    """With "relu" you let a small share of what is negative through. ReLU sets it to 0."""
    if kind != "relu":
        return activations(X, weights, kind)
    A, outputs = X, []
    for W in weights:
        A = np.where(A @ W > 0, A @ W, 0.01 * (A @ W))
        outputs.append(A)
    return tuple(outputs)


@mistake("activations", general="value")
def sigmoid_for_tanh(X, weights, kind):
    """With "tanh" you take the sigmoid. `layer` has the right function for each kind."""
    if kind != "tanh":
        return activations(X, weights, kind)
    A, outputs = X, []
    for W in weights:
        A = 1 / (1 + np.exp(-A @ W))
        outputs.append(A)
    return tuple(outputs)


def _statistics(X, weights, kind, std=np.std, share=lambda A: np.mean(np.abs(A) > 0.95)):
    """Layer by layer, one of both another one."""
    outputs = activations(X, weights, kind)
    return np.array([std(A) for A in outputs]), np.array([share(A) for A in outputs])


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


@mistake("layer_statistics", general="value tensors")
def means(X, weights, kind):
    """Your first result is the mean. The standard deviation of the entries is asked."""
    return _statistics(X, weights, kind, std=np.mean)


@mistake("layer_statistics", general="value tensors")
def standard_deviation_of_sizes(X, weights, kind):
    """You take the absolute values before the standard deviation. It is that of the activations themselves."""
    return _statistics(X, weights, kind, std=lambda A: np.std(np.abs(A)))


@mistake("layer_statistics", general="value tensors")
def row_by_row(X, weights, kind):
    """You average the standard deviations of the single rows. One number over all entries of the layer is asked."""
    return _statistics(X, weights, kind, std=lambda A: np.mean(A.std(axis=1)))


@mistake("layer_statistics", general="value tensors")
def negative_side_only(X, weights, kind):
    """You count saturation on the negative side alone. Activations near 1 are saturated, too."""
    return _statistics(X, weights, kind, share=lambda A: np.mean(A < -0.95))


@mistake("layer_statistics", general="value tensors")
def unsaturated_share(X, weights, kind):
    """You count the entries that are not saturated. The share with |a| > 0.95 is asked."""
    return _statistics(X, weights, kind, share=lambda A: np.mean(np.abs(A) < 0.95))


@mistake("layer_statistics", general="value tensors")
def units_saturated_anywhere(X, weights, kind):
    """You count units that saturate in some row. The share of entries is asked: each row of each unit counts by itself."""
    return _statistics(X, weights, kind, share=lambda A: np.mean(np.any(np.abs(A) > 0.95, axis=0)))


@mistake("layer_statistics", general="value tensors factor")
def counted_a_row(X, weights, kind):
    """You divide the count by the number of rows. A share of the entries is asked: rows times units."""
    return _statistics(X, weights, kind, share=lambda A: np.sum(np.abs(A) > 0.95) / len(A))


@mistake("layer_statistics", general="factor tensors")
def in_percent(X, weights, kind):
    """Your share is in percent. Give it as a number between 0 and 1."""
    return _statistics(X, weights, kind, share=lambda A: 100 * np.mean(np.abs(A) > 0.95))


@mistake("layer_statistics", general="value tensors")
def mean_size(X, weights, kind):
    """Your second result is the mean of |a|. Compare |a| with 0.95 first, and take the mean of that."""
    return _statistics(X, weights, kind, share=lambda A: np.mean(np.abs(A)))


@mistake("layer_statistics", general="value tensors near")
def other_threshold(X, weights, kind):
    """Your standard deviations are right, but the shares belong to a threshold of 0.9. 0.95 is asked."""
    return _statistics(X, weights, kind, share=lambda A: np.mean(np.abs(A) > 0.9))


@mistake("layer_statistics", general="value tensors")
def linear_throughout(X, weights, kind):
    """Your layers are linear. Hand `kind` on to `activations`."""
    return _statistics(X, weights, "linear")


@mistake("layer_statistics", general="shape")
def last_layer_counted_alone(X, weights, kind):
    """You return numbers of the last layer only. One of each layer is asked."""
    stds, saturated = layer_statistics(X, weights, kind)
    return stds[-1], saturated[-1]


@mistake("layer_statistics", general="shape previous state")
def a_number_a_unit(X, weights, kind):
    """You keep one standard deviation a unit (axis=0). One number over all entries of a layer is asked."""
    outputs = activations(X, weights, kind)
    return [A.std(axis=0) for A in outputs], layer_statistics(X, weights, kind)[1]


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


@mistake("glorot_uniform", general="mean spread")
def upper_end_left_out(shape, seed):
    """Only the lower end of your law is set; the upper one is 1, which `uniform` takes unless it is told. Give it both ends."""
    return np.random.default_rng(seed).uniform(-np.sqrt(6 / sum(shape)), 1, size=shape)


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
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / sum(shape)), size=shape)


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


@mistake("recommended", general="rows per_row")
def slope_multiplied(m, m_next):
    """The tanh and ReLU rows are right. You multiply the sigmoid's row by its slope; weights that make up for it are divided by it."""
    return recommended(m, m_next) * np.array([[1 / 16], [1], [1]])


@mistake("recommended", general="rows per_row")
def slope_squared(m, m_next):
    """The tanh and ReLU rows are right. Your sigmoid's row is 16 times Glorot's: the variance is, the standard deviation and the limit are its root."""
    return recommended(m, m_next) * np.array([[4], [1], [1]])


@mistake("recommended", general="rows per_row")
def relu_without_its_two(m, m_next):
    """Your ReLU row lacks the 2: it is LeCun's start. ReLU halves the mean square, so the variance is twice as large."""
    return recommended(m, m_next) * np.array([[1], [1], [np.sqrt(0.5)]])


@mistake("recommended", general="rows per_row")
def relu_as_tanh(m, m_next):
    """Your ReLU row is Glorot's, as that of tanh. He's start takes fan-in alone."""
    return recommended(m, m_next)[[0, 1, 1]]


@mistake("recommended", general="rows per_row")
def factor_dropped_only(m, m_next):
    """Two rows are right. In the ReLU row the square root of 2 is gone, but both fans are still there: He's start takes fan-in alone."""
    return np.concatenate([suspect(m, m_next)[:2], recommended(m, m_next)[1:2]])


@mistake("recommended", general="rows per_row")
def four_with_tanh_and_fan_out(m, m_next):
    """The factor 4 still stands with tanh, and your ReLU row divides by the outputs. Both are still to be mended."""
    return np.concatenate([suspect(m, m_next)[:2], recommended(m_next, m)[2:]])


@mistake("recommended", general="rows per_row")
def four_for_both_relu_unmended(m, m_next):
    """You give both the sigmoid and tanh the factor 4, and the ReLU row still takes both fans. Only the sigmoid has slope 1/4, and He's start takes fan-in alone."""
    return np.concatenate([recommended(m, m_next)[[0, 0]], suspect(m, m_next)[2:]])


@mistake("recommended", general="rows per_row")
def four_dropped_relu_unmended(m, m_next):
    """The factor 4 is gone; it belongs to the sigmoid. And the ReLU row still takes both fans: He's start takes fan-in alone."""
    return np.concatenate([recommended(m, m_next)[[1, 1]], suspect(m, m_next)[2:]])


@mistake("recommended", general="rows per_row")
def relu_fan_out_and_root(m, m_next):
    """Your ReLU row divides by the outputs, and has the 2 of He's variance twice. It is 2 over the inputs, under one root."""
    return np.concatenate([recommended(m, m_next)[:2], np.sqrt(2) * recommended(m_next, m)[2:]])


@mistake("recommended", general="rows per_row columns")
def deviation_first(m, m_next):
    """All numbers are right, but the standard deviation stands in the first column. The limit comes first."""
    return recommended(m, m_next)[:, ::-1]


def _for(kind, slope):
    """A backward pass whose slope is another one for this kind alone."""
    def backward(dA, X, W, its_kind):
        return _back(dA, X, W, slope(X @ W)) if its_kind == kind else layer_backward(dA, X, W, its_kind)
    return backward


def _back(dA, X, W, slope):
    """One layer backwards, with this slope."""
    dZ = dA * slope
    return dZ @ W.T, X.T @ dZ


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


@mistake("layer_backward", general="value")
def slope_left_out_of_weights(dA, X, W, kind):
    """Your dX is right, but dW comes from dA. Both products take dZ."""
    return layer_backward(dA, X, W, kind)[0], X.T @ dA


@mistake("layer_backward", general="value")
def slope_twice_in_dx(dA, X, W, kind):
    """Your dW is right, but in dX the slope stands twice. Both products take the same dZ."""
    A = layer(X, W, kind)
    slope = 1 - A**2 if kind == "tanh" else A > 0 if kind == "relu" else 1
    return (dA * slope * slope) @ W.T, layer_backward(dA, X, W, kind)[1]


@mistake("layer_backward", general="value")
def slope_squared(dA, X, W, kind):
    """For tanh the slope stands twice in dZ. Multiply by it once."""
    return _for("tanh", lambda Z: (1 - np.tanh(Z) ** 2) ** 2)(dA, X, W, kind)


@mistake("layer_backward", general="value")
def slope_with_a_plus(dA, X, W, kind):
    """For tanh you compute 1 + a². The slope is 1 - a²: it never exceeds 1."""
    return _for("tanh", lambda Z: 1 + np.tanh(Z) ** 2)(dA, X, W, kind)


@mistake("layer_backward", general="value exchanged")
def slope_is_the_activation(dA, X, W, kind):
    """For tanh you multiply by the activation itself. The slope is 1 - a²."""
    return _for("tanh", np.tanh)(dA, X, W, kind)


@mistake("layer_backward", general="value exchanged")
def slope_of_a_sigmoid(dA, X, W, kind):
    """For tanh you take the sigmoid's slope, a(1 - a). That of tanh is 1 - a²."""
    return _for("tanh", lambda Z: np.tanh(Z) * (1 - np.tanh(Z)))(dA, X, W, kind)


@mistake("layer_backward", general="value exchanged")
def slope_square_alone(dA, X, W, kind):
    """For tanh you multiply by a². The slope is 1 - a²."""
    return _for("tanh", lambda Z: np.tanh(Z) ** 2)(dA, X, W, kind)


@mistake("layer_backward", general="value")
def mask_after_the_product(dA, X, W, kind):
    """For ReLU you set to 0 what is negative in dX. The mask stands on dZ, where z is negative, before the product."""
    if kind != "relu":
        return layer_backward(dA, X, W, kind)
    return np.maximum(dA @ W.T, 0), layer_backward(dA, X, W, kind)[1]


@mistake("layer_backward", general="zeros value")
def relu_slope_zero(dA, X, W, kind):
    """For ReLU you let nothing through. Where z is positive its slope is 1."""
    return _for("relu", np.zeros_like)(dA, X, W, kind)


@mistake("layer_backward", general="value")
def leaky_slope(dA, X, W, kind):
    """For ReLU you let a small share through where z is negative. There its slope is 0."""
    return _for("relu", lambda Z: np.where(Z > 0, 1, 0.01))(dA, X, W, kind)


@mistake("layer_backward", general="value exchanged")
def relu_for_all(dA, X, W, kind):
    """You treat every kind as ReLU. Look at the condition that chooses the slope."""
    return layer_backward(dA, X, W, "relu")


@mistake("layer_backward", general="value exchanged")
def tanh_for_all(dA, X, W, kind):
    """You treat every kind as tanh. Look at the condition that chooses the slope."""
    return layer_backward(dA, X, W, "tanh")


@mistake("layer_backward", general="value")
def relu_as_tanh(dA, X, W, kind):
    """For ReLU you take 1 - a², the slope of tanh. ReLU's is 1 where z is positive, else 0."""
    return _for("relu", lambda Z: 1 - np.maximum(Z, 0) ** 2)(dA, X, W, kind)


@mistake("layer_backward", general="value")
def linear_as_product(dA, X, W, kind):
    """For "linear" you multiply by z. Its slope is 1: dZ is dA."""
    return _for("linear", lambda Z: Z)(dA, X, W, kind)


@mistake("layer_backward", general="factor tensors")
def both_divided(dA, X, W, kind):
    """You divide by the number of rows. The 1/N of a mean is already in the upstream gradient: both are plain sums."""
    dX, dW = layer_backward(dA, X, W, kind)
    return dX / len(X), dW / len(X)


@mistake("layer_backward", general="shape raised")
def products_exchanged(dA, X, W, kind):
    """Your dW is made of A, what the layer gave. It takes X, what went in."""
    A = layer(X, W, kind)
    slope = 1 - A**2 if kind == "tanh" else A > 0 if kind == "relu" else 1
    return layer_backward(dA, X, W, kind)[0], A.T @ (dA * slope)


@mistake("layer_backward", general="shape type")
def dz_returned_too(dA, X, W, kind):
    """You return dZ where dX belongs. It still goes through the weights: dX has the shape of X."""
    A = layer(X, W, kind)
    slope = 1 - A**2 if kind == "tanh" else A > 0 if kind == "relu" else 1
    return dA * slope, layer_backward(dA, X, W, kind)[1]


@mistake("he_normal", general="spread")
def limit_as_std(shape, seed):
    """You hand over the limit of the uniform law. The normal law takes the standard deviation itself."""
    return np.random.default_rng(seed).normal(0, np.sqrt(6 / shape[0]), size=shape)


@mistake("he_normal", general="mean")
def numbers_from_zero_to_one(shape, seed):
    """Your weights are all positive: `random` and `rand` give numbers between 0 and 1. A normal law has the mean 0."""
    return np.sqrt(2 / shape[0]) * np.random.default_rng(seed).random(shape)


def _normal(shape, kind, rng):
    fan_in, fan_out = shape
    return rng.normal(0, np.sqrt(2 / fan_in if kind == "he" else 2 / (fan_in + fan_out)), size=shape)


@mistake("init_network", general="accuracy")
def same_stream_in_each_layer(sizes, kind, seed):
    """Two layers hold the same random numbers. Draw them one after another from one generator."""
    return tuple(_normal(shape, kind, np.random.default_rng(seed)) for shape in pairwise(sizes))


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


def _trained(X, y, seed, weights, step=0.1, epochs=6, shift=0):
    """As the reference, from other weights, with other steps, or with the labels of other rows."""
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            batch = order[start:start + 32]
            _, *gradients = loss_and_gradients(X[batch], np.roll(y, shift)[batch], weights, "tanh")
            weights = tuple(W - step * dW for W, dW in zip(weights, gradients, strict=True))
    return weights


@mistake("train", general="accuracy")
def small_start(X, y, seed):
    """You start with weights that are too small for eleven layers, and nothing moves. Use init_network."""
    return _trained(X, y, seed, gaussian_weights(SIZES, 0.01, seed))


@mistake("train", general="accuracy")
def uphill(X, y, seed):
    """Your steps go uphill: the gradient points to where the loss grows. Subtract it."""
    return _trained(X, y, seed, init_network(SIZES, "glorot", seed), step=-0.1, epochs=1)


@mistake("train", general="accuracy")
def never_moves(X, y, seed):
    """The weights that you return are those of the start: the results of your steps are not kept."""
    return init_network(SIZES, "glorot", seed)


@mistake("train", general="accuracy")
def rows_shuffled_labels_not(X, y, seed):
    """Your batches pair pictures with other pictures' labels. Shuffle X and y by the same order."""
    return _trained(X, y, seed, init_network(SIZES, "glorot", seed), shift=1)


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
    return _trained(X, y, seed, init_network(SIZES, "glorot", seed), epochs=1)


def _by_keras(sizes, seed, initialiser):
    """The weights of Dense layers. initialiser: of a layer's number of units and of inputs, a name or an object."""
    if seed is not None:
        keras.utils.set_random_seed(seed)
    layers = [keras.layers.Dense(n, kernel_initializer=initialiser(m, n), use_bias=False) for m, n in pairwise(sizes)]
    return tuple(keras.Sequential([keras.Input((sizes[0],)), *layers]).get_weights())


@mistake("keras_start", general="accuracy")
def same_stream_in_each_layer(sizes, kind, seed):
    """Two layers hold the same random numbers. One initialiser object repeats itself, and so does one seed: name the initialiser in each layer."""
    one = keras.initializers.get(f"{kind}_normal")
    one.seed = seed
    return _by_keras(sizes, seed, lambda m, n: one)


@mistake("keras_start", general="accuracy")
def turned_round(sizes, kind, seed):
    """Your matrices are turned round. A kernel of Keras has one row an input and one column a unit, as W has."""
    return tuple(W.T for W in _by_keras(sizes, seed, lambda m, n: f"{kind}_normal"))


@mistake("keras_start", general="accuracy")
def seed_ignored(sizes, kind, seed):
    """Another seed gave the same numbers. Hand the seed that the function is given to keras.utils.set_random_seed."""
    return _by_keras(sizes, 0, lambda m, n: f"{kind}_normal")


@mistake("keras_start", general="accuracy")
def never_the_same(sizes, kind, seed):
    """The same seed gave other numbers. Call keras.utils.set_random_seed before the layers are made."""
    return _by_keras(sizes, None, lambda m, n: f"{kind}_normal")


@mistake("keras_start", general="accuracy")
def kind_ignored(sizes, kind, seed):
    """These are Glorot's weights whatever `kind` says. With "he" each layer's initialiser is "he_normal"."""
    return _by_keras(sizes, seed, lambda m, n: "glorot_normal")


@mistake("keras_start", general="accuracy")
def he_by_fan_out(sizes, kind, seed):
    """With "he" you scale by fan-out. He's start scales by fan-in, and "he_normal" does."""
    scale, mode = (2.0, "fan_out") if kind == "he" else (1.0, "fan_avg")
    return _by_keras(sizes, seed, lambda m, n: keras.initializers.VarianceScaling(scale, mode, "truncated_normal"))


@mistake("keras_start", general="accuracy")
def uniform_for_normal(sizes, kind, seed):
    """Your law is uniform, which is what Dense takes unless it is told. Name a normal one as kernel_initializer."""
    return _by_keras(sizes, seed, lambda m, n: f"{kind}_uniform")


@mistake("keras_start", general="accuracy")
def no_initialiser_of_keras(sizes, kind, seed):
    """Your spread is right, but your law has the tails that "glorot_normal" and "he_normal" cut off. Let these two draw."""
    spread = (lambda m, n: np.sqrt(2 / m)) if kind == "he" else (lambda m, n: np.sqrt(2 / (m + n)))
    return _by_keras(sizes, seed, lambda m, n: keras.initializers.RandomNormal(0, spread(m, n)))


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


@mistake("fans", general="value tensors")
def window_for_the_input_only(shape):
    """Your fan-out is right. A unit adds up every place of its window: fan-in has that factor as well."""
    return shape[-2], int(np.prod(shape[:-2])) * shape[-1]


@mistake("fans", general="value tensors")
def sides_added(shape):
    """You add the sides of the window. It has height times width places."""
    window = sum(shape[:-2]) or 1
    return window * shape[-2], window * shape[-1]


@mistake("fans", general="value tensors")
def one_side_of_the_window(shape):
    """You take one side of the window alone. It has height times width places."""
    window = shape[0] if len(shape) > 2 else 1
    return window * shape[-2], window * shape[-1]


@mistake("fans", general="value tensors", told_as=one_side_of_the_window)
def other_side_of_the_window(shape):
    window = shape[-3] if len(shape) > 2 else 1
    return window * shape[-2], window * shape[-1]


@mistake("fans", general="value tensors")
def everything_multiplied(shape):
    """Your fan-in counts the output channels as well: it is the number of all weights. One unit belongs to one output channel."""
    return int(np.prod(shape)), int(np.prod(shape[:-2])) * shape[-1]


@mistake("fans", general="value tensors")
def everything_multiplied_twice(shape):
    """Both of your fans are the number of all weights. Fan-in leaves the output channels out, fan-out the input channels."""
    return int(np.prod(shape)), int(np.prod(shape))


@mistake("fans", general="value tensors raised")
def channels_first(shape):
    """You take the channels from the front. They are the last two sizes; the window comes before them."""
    if len(shape) == 2:
        return shape[0], shape[1]
    window = shape[2] * shape[3]
    return window * shape[0], window * shape[1]


@mistake("fans", general="value tensors")
def fan_out_of_the_inputs(shape):
    """Your fan-out is made of the input channels. An input feeds units in each output channel."""
    window = int(np.prod(shape[:-2]))
    return window * shape[-2], window * shape[-2]
