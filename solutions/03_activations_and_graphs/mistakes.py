# Known wrong answers. The docstring is the sentence that the student reads.


@mistake("smooth", general="exchanged")
def argument_not_doubled(z):
    """Your tanh takes the sigmoid of z. It takes that of 2z: yours is tanh of half of z."""
    t = 2 * sigmoid(z)[0] - 1
    return t, 1 - t**2, *smooth(z)[2:]


@mistake("smooth", general="factor tensors")
def inner_factor_forgotten(z):
    """Your slope of tanh is half the right one: the chain rule brings a second 2, from the argument 2z."""
    t, slope, *rest = smooth(z)
    return t, slope / 2, *rest


@mistake("smooth", general="tensors value")
def slope_at_the_argument(z):
    """Your slope of tanh is 1 - z squared. It is written with the value: 1 - tanh(z) squared."""
    t, _, *rest = smooth(z)
    return t, 1 - z**2, *rest


@mistake("smooth", general="exchanged")
def slope_of_the_sigmoid(z):
    """Your slope of tanh has the form t(1 - t). That is the sigmoid's; for tanh derive it from 2 sigmoid(2z) - 1."""
    t, _, *rest = smooth(z)
    return t, t * (1 - t), *rest


@mistake("smooth", general="tensors value")
def softplus_slope_too_far(z):
    """Your slope of softplus is the slope of the sigmoid. The slope of softplus is the sigmoid itself."""
    return *smooth(z)[:3], sigmoid(z)[1]


@mistake("smooth", general="type")
def both_results_of_sigmoid(z):
    """Your slope of softplus is the pair that `sigmoid` returns, its value and its slope. Take the one of them that you need."""
    return *smooth(z)[:3], sigmoid(z)


@mistake("smooth", general="factor tensors")
def softplus_in_base_two(z):
    """Your softplus takes logarithms in base 2. The natural logarithm is meant, np.log."""
    t, t_slope, softplus, slope = smooth(z)
    return t, t_slope, softplus / np.log(2), slope


@mistake("smooth", general="order tensors")
def values_before_slopes(z):
    """Your results are in another order: tanh and its slope come first, then softplus and its slope."""
    t, t_slope, softplus, slope = smooth(z)
    return t, softplus, t_slope, slope


@mistake("smooth", keeps="moderate z come out right: only stability is lost", general="nan")
def softplus_overflows(z):
    """You take the exponential of z itself, which overflows for a large one. Use the form with e^(-|z|)."""
    t, t_slope, _, slope = smooth(z)
    return t, t_slope, np.log(1 + np.exp(z)), slope


@mistake("smooth", keeps="moderate z come out right: only stability is lost", general="nan", told_as=softplus_overflows)
def softplus_and_slope_overflow(z):
    with np.errstate(all="ignore"):
        return *smooth(z)[:2], np.log(1 + np.exp(z)), np.exp(z) / (1 + np.exp(z))


@mistake("smooth", keeps="moderate z come out right: only stability is lost", general="nan")
def softplus_slope_overflows(z):
    """Your slope of softplus divides infinity by infinity for a large z. It is the sigmoid: `sigmoid` never overflows."""
    with np.errstate(all="ignore"):
        return *smooth(z)[:3], np.exp(z) / (1 + np.exp(z))


@mistake("smooth", keeps="moderate z come out right: only stability is lost", general="nan")
def infinity_over_infinity(z):
    """Your tanh divides infinity by infinity for a large z. Take it from the sigmoid, which never overflows."""
    with np.errstate(all="ignore"):
        t = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    return t, 1 - t**2, *smooth(z)[2:]


@mistake("smooth", keeps="moderate z come out right: only far ones are cut", general="rows value")
def argument_clipped(z):
    """You clip z, so softplus stops to grow. For a large z it is z itself; nothing needs to be cut."""
    return smooth(np.clip(z, -30, 30))


@mistake("leaky_relu", general="rows value tensors")
def as_printed(z, slope=0.01, upstream=1.0):
    """This is the printed formula: with a slope above 1 the larger of the two is the wrong one. Decide by the sign of z."""
    return np.maximum(slope * z, z), np.where(slope * z > z, slope, 1.0) * upstream


@mistake("leaky_relu", general="rows value tensors")
def value_as_printed(z, slope=0.01, upstream=1.0):
    """Your dz is right. The value is still the printed one, which is wrong for a slope above 1: decide by the sign of z."""
    return np.maximum(slope * z, z), leaky_relu(z, slope, upstream)[1]


@mistake("leaky_relu", general="value tensors")
def plain_relu(z, slope=0.01, upstream=1.0):
    """This is ReLU: on the left your value and your slope are 0. A leaky ReLU keeps the slope that is handed over."""
    return leaky_relu(z, 0.0, upstream)


@mistake("leaky_relu", general="value tensors ignored")
def slope_by_habit(z, slope=0.01, upstream=1.0):
    """You take 0.01 whatever slope is handed over. The slope is an argument: use it."""
    return leaky_relu(z, 0.01, upstream)


@mistake("leaky_relu", keeps="only calls that leave the slope out show it", general="columns value factor tensors")
def default_of_the_slides(z, slope=0.1, upstream=1.0):
    """Your default slope is another one: left out, the slope is 0.01, as the first line has it."""
    return leaky_relu(z, slope, upstream)


@mistake("leaky_relu", general="exchanged ignored")
def upstream_left_out(z, slope=0.01, upstream=1.0):
    """Your dz is the slope alone. By the chain rule it is multiplied by upstream."""
    return leaky_relu(z, slope)


@mistake("leaky_relu", general="value tensors")
def masked_by_upstream(z, slope=0.01, upstream=1.0):
    """You decide by the sign of upstream. What counts is on which side z lay in the forward pass."""
    return leaky_relu(z, slope, upstream)[0], np.where(np.asarray(upstream) >= 0, 1.0, slope) * upstream * np.ones_like(z)


@mistake("leaky_relu", general="value tensors")
def argument_on_both_sides(z, slope=0.01, upstream=1.0):
    """You multiply upstream by the argument `slope` on both sides. That is s, the slope on the left; on the right the slope is 1."""
    return leaky_relu(z, slope, upstream)[0], slope * upstream * np.ones_like(z)


@mistake("leaky_relu", general="value tensors along shape", told_as=argument_on_both_sides)
def argument_alone(z, slope=0.01, upstream=1.0):
    return leaky_relu(z, slope, upstream)[0], upstream * slope


@mistake("leaky_relu", general="value tensors")
def value_for_slope(z, slope=0.01, upstream=1.0):
    """You multiply upstream by the value. It is multiplied by the slope: 1 on the right, `slope` on the left."""
    value, _ = leaky_relu(z, slope, upstream)
    return value, value * upstream


@mistake("leaky_relu", general="sign")
def folded_up(z, slope=0.01, upstream=1.0):
    """Your left side goes up: the value there is slope times z, a negative number. You take the absolute value."""
    value, dz = leaky_relu(z, slope, upstream)
    return np.abs(value), np.sign(z + (z == 0)) * dz


@mistake("elu", general="exchanged ignored")
def alpha_left_out(z, alpha=1.0, upstream=1.0):
    """You leave alpha out: the left side must go down to -alpha."""
    return elu(z, 1.0, upstream)


@mistake("elu", general="exchanged")
def slope_is_the_value(z, alpha=1.0, upstream=1.0):
    """On the left your slope is the value. It is alpha higher: the -alpha is a constant and drops out."""
    value, _ = elu(z, alpha, upstream)
    return value, upstream * np.where(z >= 0, 1.0, value)


@mistake("elu", general="value tensors")
def slope_is_value_plus_one(z, alpha=1.0, upstream=1.0):
    """On the left your slope is the value plus 1. It is the value plus alpha: only for an alpha of 1 is that the same."""
    value, _ = elu(z, alpha, upstream)
    return value, upstream * np.where(z >= 0, 1.0, value + 1)


@mistake("elu", general="value tensors")
def alpha_inside_only(z, alpha=1.0, upstream=1.0):
    """Your left side is alpha e^z - 1. Alpha multiplies the whole bracket: alpha (e^z - 1)."""
    return np.where(z >= 0, z, alpha * np.exp(np.minimum(z, 0)) - 1), elu(z, alpha, upstream)[1]


@mistake("elu", general="exchanged")
def minus_one_left_out(z, alpha=1.0, upstream=1.0):
    """Your left side stays above 0: the -1 in the bracket is missing."""
    return np.where(z >= 0, z, alpha * np.exp(np.minimum(z, 0))), elu(z, alpha, upstream)[1]


@mistake("elu", general="returns_input tensors")
def slope_one_everywhere(z, alpha=1.0, upstream=1.0):
    """Your slope is 1 on the left, too. There the value bends, and its slope is alpha e^z."""
    return elu(z, alpha, upstream)[0], upstream * np.ones_like(z)


@mistake("elu", general="value tensors")
def flat_on_the_left(z, alpha=1.0, upstream=1.0):
    """Your slope is 0 on the left, as ReLU's. There the value bends, and its slope is alpha e^z."""
    return elu(z, alpha, upstream)[0], upstream * np.where(z >= 0, 1.0, 0.0)


@mistake("elu", general="exchanged ignored", told_as=upstream_left_out)
def elu_upstream_left_out(z, alpha=1.0, upstream=1.0):
    return elu(z, alpha)


@mistake("elu", keeps="moderate z come out right: only stability is lost", general="nan")
def masked_sum(z, alpha=1.0, upstream=1.0):
    """You add both sides, each times its mask. Where e^z is infinite the mask's 0 does not help: 0 times infinity is nan."""
    with np.errstate(all="ignore"):
        left = alpha * np.exp(z)
        return (z >= 0) * z + (z < 0) * (left - alpha), upstream * ((z >= 0) + (z < 0) * left)


@mistake("maxout", general="exchanged")
def smallest_piece(X, W, b):
    """You hand on the smallest piece. Maxout hands on the largest."""
    return np.min(X @ W + b[:, None, :], axis=0)


@mistake("maxout", general="value factor")
def pieces_added(X, W, b):
    """You add the pieces up. Only the largest is handed on."""
    return np.sum(X @ W + b[:, None, :], axis=0)


@mistake("maxout", general="exchanged")
def biases_left_out(X, W, b):
    """You leave the biases out. Each piece has its own, and it takes part in the choice."""
    return np.max(X @ W, axis=0)


@mistake("maxout", general="value")
def winners_by_number(X, W, b):
    """You return which piece is the largest. Its value is asked: np.max, not np.argmax."""
    return np.argmax(X @ W + b[:, None, :], axis=0)


@mistake("maxout", general="shape")
def largest_of_the_rows(X, W, b):
    """You take the largest over the rows. The pieces stand along the first axis of the scores."""
    return np.max(X @ W + b[:, None, :], axis=1)


@mistake("maxout", general="value")
def largest_in_size(X, W, b):
    """You choose the piece that is largest in absolute value. The largest number is meant: 1 beats -3."""
    scores = X @ W + b[:, None, :]
    winner = np.argmax(np.abs(scores), axis=0)
    return np.take_along_axis(scores, winner[None], axis=0)[0]


@mistake("maxout", general="value")
def largest_of_each_added(X, W, b):
    """You add the largest bias to the largest product, which may belong to two pieces. Add each piece's own bias first, then choose."""
    return np.max(X @ W, axis=0) + np.max(b, axis=0)


@mistake("maxout", general="value")
def biases_after_the_choice(X, W, b):
    """You choose by the products and add the biases afterwards. A bias takes part in the choice: add first, then choose."""
    products = X @ W
    winner = np.argmax(products, axis=0)
    return np.take_along_axis(products + b[:, None, :], winner[None], axis=0)[0]


def _through(G, X, W):
    """The three gradients, from what each piece hears."""
    return (G @ W.transpose(0, 2, 1)).sum(axis=0), X.T @ G, G.sum(axis=1)


def _winners(X, W, b):
    """1 where a piece wins: (K, N, H)."""
    return np.argmax(X @ W + b[:, None, :], axis=0) == np.arange(len(W))[:, None, None]


@mistake("maxout_backward", general="value tensors")
def all_pieces_hear(upstream, X, W, b):
    """Every piece gets the whole gradient. Only the one that won the row and the unit hears it."""
    return _through(np.ones((len(W), 1, 1)) * upstream, X, W)


@mistake("maxout_backward", general="value tensors")
def shared_by_all(upstream, X, W, b):
    """You share the gradient evenly among the pieces. The winner takes all of it, the others nothing."""
    return _through(np.ones((len(W), 1, 1)) * upstream / len(W), X, W)


@mistake("maxout_backward", general="exchanged")
def smallest_hears(upstream, X, W, b):
    """The smallest piece hears the gradient. It goes to the largest, which was handed on."""
    return _through(_winners(-X, W, -b) * upstream, X, W)


@mistake("maxout_backward", general="exchanged ignored")
def own_upstream(upstream, X, W, b):
    """You start from ones. What the winner hears is upstream: multiply the mask by it."""
    return maxout_backward(np.ones_like(upstream), X, W, b)


@mistake("maxout_backward", general="tensors value")
def last_piece_only(upstream, X, W, b):
    """dW and db are right. In dX each piece overwrites the one before: X feeds all of them, so their shares add up."""
    _, dW, db = maxout_backward(upstream, X, W, b)
    return (_winners(X, W, b)[-1] * upstream) @ W[-1].T, dW, db


@mistake("maxout_backward", general="factor tensors")
def averaged_over_rows(upstream, X, W, b):
    """You divide the gradients of W and b by the number of rows. Where the loss is a mean, upstream has the 1/N already."""
    dX, dW, db = maxout_backward(upstream, X, W, b)
    return dX, dW / len(X), db / len(X)


@mistake("maxout_backward", general="factor tensors")
def bias_means(upstream, X, W, b):
    """Your db is a mean over the rows. A bias is used by every row, and its shares add up."""
    dX, dW, db = maxout_backward(upstream, X, W, b)
    return dX, dW, db / len(X)


@mistake("maxout_backward", general="shape")
def biases_not_summed(upstream, X, W, b):
    """Your db still has one row an example. A bias has one number a piece and unit: sum over the rows."""
    dX, dW, _ = maxout_backward(upstream, X, W, b)
    return dX, dW, _winners(X, W, b) * upstream


@mistake("maxout_backward", keeps="without ties it is right", general="factor value tensors")
def ties_to_everybody(upstream, X, W, b):
    """On a tie every winner gets the whole gradient, so it counts more than once. One winner only: np.argmax takes the first."""
    scores = X @ W + b[:, None, :]
    return _through((scores == scores.max(axis=0)) * upstream, X, W)


@mistake("skip_backward", general="exchanged")
def product_only(upstream, x, w, b):
    """dw and db are right. Your dx has only the way through the product: x is used a second time, and the shares add up."""
    g = upstream * sigmoid(x * w + x + b)[1]
    return g * w, *skip_backward(upstream, x, w, b)[1:]


@mistake("skip_backward", general="tensors value")
def skip_without_upstream(upstream, x, w, b):
    """dw and db are right. In dx the way past the weight gives 1: it gives what arrives at the sigmoid's input, times 1."""
    g = upstream * sigmoid(x * w + x + b)[1]
    return g * w + 1, *skip_backward(upstream, x, w, b)[1:]


@mistake("skip_backward", general="exchanged")
def skip_only(upstream, x, w, b):
    """dw and db are right. Your dx has only the way past the weight: x goes through the product, too, and the shares add up."""
    g = upstream * sigmoid(x * w + x + b)[1]
    return g, *skip_backward(upstream, x, w, b)[1:]


@mistake("skip_backward", general="tensors value")
def own_input(upstream, x, w, b):
    """Your multiply node gives each input its own value. The slope by one is the other: x by w, and w by x."""
    g = upstream * sigmoid(x * w + x + b)[1]
    return g * (x + 1), (g * w).sum(axis=0), g.sum(axis=0)


@mistake("skip_backward", general="value tensors")
def one_less_the_slope(upstream, x, w, b):
    """You multiply by 1 less the slope. `sigmoid` gives the slope as its second result, ready to use."""
    g = upstream * (1 - sigmoid(x * w + x + b)[1])
    return g * (w + 1), (g * x).sum(axis=0), g.sum(axis=0)


@mistake("skip_backward", general="exchanged")
def slope_left_out(upstream, x, w, b):
    """You leave out the sigmoid's slope. Upstream is the slope by the sigmoid's value; times the sigmoid's slope it is that by its input."""
    return upstream * (w + 1), (upstream * x).sum(axis=0), upstream.sum(axis=0)


@mistake("skip_backward", general="exchanged")
def value_for_the_slope(upstream, x, w, b):
    """You multiply by the sigmoid's value. Its slope is meant, the second result of `sigmoid`."""
    g = upstream * sigmoid(x * w + x + b)[0]
    return g * (w + 1), (g * x).sum(axis=0), g.sum(axis=0)


@mistake("skip_backward", general="exchanged ignored")
def neuron_without_upstream(upstream, x, w, b):
    """You hand on the sigmoid's slope alone. By the chain rule it is multiplied by upstream."""
    return skip_backward(np.ones_like(upstream), x, w, b)


@mistake("skip_backward", general="exchanged value")
def sigmoid_twice(upstream, x, w, b):
    """You take the sigmoid's slope at the neuron's value, which is a sigmoid already. It gets the sum: xw + x + b."""
    g = upstream * sigmoid(skip_neuron(x, w, b))[1]
    return g * (w + 1), (g * x).sum(axis=0), g.sum(axis=0)


@mistake("skip_backward", general="exchanged")
def skip_forgotten_forward(upstream, x, w, b):
    """You take the sigmoid's slope at xw + b. The sum that it gets has x in it a second time: xw + x + b."""
    g = upstream * sigmoid(x * w + b)[1]
    return g * (w + 1), (g * x).sum(axis=0), g.sum(axis=0)


@mistake("skip_backward", general="shape")
def rows_not_summed(upstream, x, w, b):
    """Your dw and db still have one row an example. All rows use the same w and b: sum over them."""
    g = upstream * sigmoid(x * w + x + b)[1]
    return g * (w + 1), g * x, g


@mistake("skip_backward", general="factor tensors")
def rows_averaged(upstream, x, w, b):
    """You take means over the rows for dw and db. Shares add up: both are sums."""
    dx, dw, db = skip_backward(upstream, x, w, b)
    return dx, dw / len(x), db / len(x)


@mistake("skip_backward", general="shape")
def everything_summed(upstream, x, w, b):
    """You sum over everything for dw and db. There is one w and one b a column: sum over the rows alone."""
    dx, dw, db = skip_backward(upstream, x, w, b)
    return dx, dw.sum(), db.sum()


@mistake("skip_backward", general="shape broadcast")
def matrix_product(upstream, x, w, b):
    """Your dw is a matrix product, with a number for each pair of columns. Each w_d meets its own column alone: multiply entry by entry, then sum over the rows."""
    g = upstream * sigmoid(x * w + x + b)[1]
    return g * (w + 1), g.T @ x, g.sum(axis=0)


@mistake("skip_backward", general="shape broadcast", told_as=matrix_product)
def matrix_product_the_other_way(upstream, x, w, b):
    g = upstream * sigmoid(x * w + x + b)[1]
    return g * (w + 1), x.T @ g, g.sum(axis=0)


class _Right:
    """A Value, from which each mistake below takes what it does not change."""

    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents

    def __add__(self, other):
        return type(self)(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return type(self)(self.data * other.data, [(self, other.data), (other, self.data)])

    def through(self, bend):
        value, slope = bend(self.data)
        return type(self)(value, [(self, slope)])

    def order(self):
        """All values that this one was made of, parents first, and itself."""
        found, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for parent, _ in value.parents:
                    visit(parent)
                found.append(value)

        visit(self)
        return found

    def walk(self, order):
        for value in order:
            for parent, slope in value.parents:
                parent.grad += slope * value.grad

    def backward(self):
        order = self.order()
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        self.walk(reversed(order))


@mistake("Value", general="value")
class last_share_only(_Right):
    """A value that is used more than once keeps its last share only. Add each share to grad: +=, not =."""

    def walk(self, order):
        for value in order:
            for parent, slope in value.parents:
                parent.grad = slope * value.grad


@mistake("Value", general="value")
class one_share_a_parent(_Right):
    """In a product or a sum of a value with itself, one share is lost: you keep each parent once. Keep a list of pairs."""

    def walk(self, order):
        for value in order:
            for parent, slope in dict(value.parents).items():
                parent.grad += slope * value.grad


@mistake("Value", general="value")
class product_gives_own_value(_Right):
    """Your product gives each input its own value as slope. The slope by one input is the other one."""

    def __mul__(self, other):
        return type(self)(self.data * other.data, [(self, self.data), (other, other.data)])


@mistake("Value", general="value")
class sum_gives_values(_Right):
    """Your sum hands on upstream times a value. A sum has the slope 1 by each of its inputs."""

    def __add__(self, other):
        return type(self)(self.data + other.data, [(self, self.data), (other, other.data)])


@mistake("Value", general="factor value")
class bend_without_slope(_Right):
    """`through` hands upstream on unchanged. It is multiplied by the slope, the second result of the bend."""

    def through(self, bend):
        return type(self)(bend(self.data)[0], [(self, 1.0)])


@mistake("Value", general="factor value")
class slope_behind_the_bend(_Right):
    """`through` takes the slope at the new value. It belongs to the number before the bend."""

    def through(self, bend):
        value, _ = bend(self.data)
        return type(self)(value, [(self, bend(value)[1])])


@mistake("Value", general="value")
class handed_on_too_early(_Right):
    """A value hands on its gradient each time that a share comes, and what it had before goes on again. First the order, then each value hands on once."""

    def backward(self):
        for value in self.order():
            value.grad = 0.0

        def hand_on(value):
            for parent, slope in value.parents:
                parent.grad += slope * value.grad
                hand_on(parent)

        self.grad = 1.0
        hand_on(self)


@mistake("Value", general="value")
class visited_every_time(_Right):
    """You visit a value once for each use, so it stands in your list more than once and hands on more than once. Keep the visited ones in a set."""

    def order(self):
        found = []

        def visit(value):
            for parent, _ in value.parents:
                visit(parent)
            found.append(value)

        visit(self)
        return found


@mistake("Value", general="value")
class level_by_level(_Right):
    """You walk in the order in which values are first met from the end. A value that is also used further back hands on too early: append it after its parents, and walk the list from its end."""

    def backward(self):
        order, waiting = [], [self]
        while waiting:
            value = waiting.pop(0)
            if value not in order:
                order.append(value)
                waiting += [parent for parent, _ in value.parents]
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        self.walk(order)


@mistake("Value", general="value")
class equal_numbers_are_one(_Right):
    """You take two values with the same number for one, and one of them hands nothing on. Keep the values themselves in `seen`, not their numbers."""

    def order(self):
        found, seen = [], set()

        def visit(value):
            if value.data not in seen:
                seen.add(value.data)
                for parent, _ in value.parents:
                    visit(parent)
                found.append(value)

        visit(self)
        return found


@mistake("Value", general="value")
class sum_in_place(_Right):
    """Your sum changes its first input: `a + b` overwrites a. Return a new Value."""

    def __add__(self, other):
        self.data = self.data + other.data
        return self


@mistake("Value", general="zeros tensors value")
class walked_from_the_start(_Right):
    """You walk the list from its beginning, where no gradient has come yet. Walk it from its end, reversed."""

    def walk(self, order):
        super().walk(self.order())


@mistake("Value", general="zeros")
class end_without_gradient(_Right):
    """All your gradients are 0: the walk begins with grad = 1 at the value that calls backward, and each share is upstream times a slope."""

    def backward(self):
        order = self.order()
        for value in order:
            value.grad = 0.0
        self.walk(reversed(order))


@mistake("Value", general="factor value")
class begins_with_its_value(_Right):
    """The walk begins with the value itself. It begins with 1: the slope of a value by itself."""

    def backward(self):
        order = self.order()
        for value in order:
            value.grad = 0.0
        self.grad = self.data
        self.walk(reversed(order))


@mistake("Value", general="value", keeps="only a second backward shows it")
class second_walk_adds(_Right):
    """A second backward adds to what the first one left. Here backward sets all gradients to 0 before it walks."""

    def backward(self):
        order = self.order()
        self.grad = 1.0
        self.walk(reversed(order))


@mistake("Value", general="value", keeps="only a second backward shows it")
class only_leaves_are_emptied(_Right):
    """You set only the leaves' gradients to 0. The values in between keep those of the walk before: empty all of them."""

    def backward(self):
        order = self.order()
        for value in order:
            value.grad = value.grad if value.parents else 0.0
        self.grad = 1.0
        self.walk(reversed(order))


@mistake("Value", general="type", keeps="only a deep graph shows it")
class each_path_walked(_Right):
    """You walk back along each path, and with each use of a value the paths double: these 30 values have some 16,000. Visit each value once, in topological order."""

    def empty(self):
        self.grad = 0.0
        for parent, _ in self.parents:
            parent.empty()

    def backward(self, share=None):
        if share is None:
            self.empty()
            share = 1.0
        self.grad += share
        for parent, slope in self.parents:
            parent.backward(share * slope)


@mistake("Value", general="value")
class sum_for_product(_Right):
    """Your product adds: `__mul__` returns the sum."""

    def __mul__(self, other):
        return type(self)(self.data + other.data, [(self, 1.0), (other, 1.0)])


@mistake("descend", general="exchanged")
def uphill(weights, X, y, rate, steps):
    """Your steps go uphill, and the loss grows: the gradient is subtracted."""
    return descend(weights, X, y, -rate, steps)


@mistake("descend", general="returns_input tensors value")
def nothing_moves(weights, X, y, rate, steps):
    """You return the weights that came in. Is backward called, and does the next step begin from what you have changed?"""
    return weights, np.full(steps, descend(weights, X, y, rate, 1)[1][0])


@mistake("descend", general="tensors value")
def losses_after_the_steps(weights, X, y, rate, steps):
    """The weights are right, but the losses are those after each step. Note each loss before its step."""
    return descend(weights, X, y, rate, steps)[0], descend(weights, X, y, rate, steps + 1)[1][1:]


@mistake("descend", general="shape")
def one_loss_too_many(weights, X, y, rate, steps):
    """Your list of losses has one entry too many: the loss after the last step does not belong to it."""
    return descend(weights, X, y, rate, steps)[0], descend(weights, X, y, rate, steps + 1)[1]


@mistake("descend", general="shape")
def one_step_too_many(weights, X, y, rate, steps):
    """You take one step too many: the loop runs `steps` times, and each step has one loss, noted before it."""
    return descend(weights, X, y, rate, steps + 1)


class _Factors:
    """The parents of a product, with slopes as they are when it is walked back."""

    def __init__(self, one, other):
        self.one, self.other = one, other

    def __iter__(self):
        return iter([(self.one, self.other.data), (self.other, self.one.data)])


class _Closing(_Right):
    """A Value that takes the slopes of a product when it walks back, as closures do."""

    def __mul__(self, other):
        return type(self)(self.data * other.data, _Factors(self, other))


def _loss_once(number, weights, X, y, rate, steps):
    """Descent on one loss of such numbers, which is walked back again and again."""
    values = [number(float(weight)) for weight in weights]
    loss, losses = network_loss(values, X, y), []
    for _ in range(steps):
        loss.backward()
        losses.append(loss.data)
        for value in values:
            value.data -= rate * value.grad
    return np.array([value.data for value in values]), np.array(losses)


@mistake("descend", general="value tensors")
def loss_built_once(weights, X, y, rate, steps):
    """You build the loss once, before the loop, so it is the same in every step: a Value's number is fixed when it is made. Make Values and loss anew in each step."""
    return _loss_once(_Right, weights, X, y, rate, steps)


@mistake("descend", general="value tensors", told_as=loss_built_once)
def loss_built_once_of_closures(weights, X, y, rate, steps):
    return _loss_once(_Closing, weights, X, y, rate, steps)


@mistake("descend", general="shape type")
def last_loss_only(weights, X, y, rate, steps):
    """You return one loss. One a step is asked, an array of shape (steps,)."""
    last, losses = descend(weights, X, y, rate, steps)
    return last, losses[-1]


@mistake("descend", general="value tensors")
def gradients_taken_once(weights, X, y, rate, steps):
    """You work the gradients out once, at the start, and follow them all the way. Build the loss anew in each step."""
    first = (weights - descend(weights, X, y, rate, 1)[0]) / rate
    places = [weights - step * rate * first for step in range(steps + 1)]
    return places[-1], np.array([descend(place, X, y, rate, 1)[1][0] for place in places[:-1]])


@mistake("descend", general="exchanged")
def rate_left_out(weights, X, y, rate, steps):
    """Your steps are the gradients themselves. Each is multiplied by the learning rate."""
    return descend(weights, X, y, 1.0, steps)


@mistake("descend", general="value tensors")
def gradients_pile_up(weights, X, y, rate, steps):
    """From the second step on, your gradients are those of all steps so far. Each step uses its own: make new Values."""
    losses, pile = [], 0.0
    for _ in range(steps):
        moved, (loss,) = descend(weights, X, y, 1.0, 1)
        pile = pile + weights - moved
        losses.append(loss)
        weights = weights - rate * pile
    return weights, np.array(losses)


@mistake("descend", general="value tensors")
def one_weight_after_another(weights, X, y, rate, steps):
    """You build a new loss after each single weight has moved. All weights move together, by one set of gradients."""
    losses = []
    for _ in range(steps):
        losses.append(descend(weights, X, y, rate, 1)[1][0])
        weights = weights.copy()
        for place in range(len(weights)):
            weights[place] = descend(weights, X, y, rate, 1)[0][place]
    return weights, np.array(losses)


@mistake("tape_elu", keeps="moderate z come out right: only stability is lost", general="nan")
def both_branches(z, alpha=1.0, upstream=1.0):
    """Your slope is nan for a large z: the tape walks back through the branch that was not chosen, too. Let no large number reach tf.exp."""
    value, dz = elu(z, alpha, upstream)
    with np.errstate(all="ignore"):
        return value, np.where(np.isinf(np.exp(z)), np.nan, dz)


@mistake("tape_elu", general="exchanged ignored")
def tape_without_upstream(z, alpha=1.0, upstream=1.0):
    """Your walk starts with ones. Hand upstream to tape.gradient as output_gradients."""
    return elu(z, alpha)


@mistake("tape_elu", general="exchanged ignored", told_as=alpha_left_out)
def tape_without_alpha(z, alpha=1.0, upstream=1.0):
    return elu(z, 1.0, upstream)


@mistake("tape_elu", general="factor tensors")
def tape_of_the_mean(z, alpha=1.0, upstream=1.0):
    """You take the gradient of a mean: dz is too small by the number of entries. Hand the values themselves to tape.gradient."""
    value, dz = elu(z, alpha, upstream)
    return value, dz / np.size(z)


@mistake("tape_elu", general="value tensors")
def numpy_on_the_tape(z, alpha=1.0, upstream=1.0):
    """Your slope is 0 on the left: what NumPy computes is a constant for the tape. Use tf.exp and tf.minimum inside the `with`."""
    return elu(z, alpha)[0], upstream * np.where(z >= 0, 1.0, 0.0)


@mistake("tape_elu", general="type")
def value_before_the_tape(z, alpha=1.0, upstream=1.0):
    """Your dz is None: the tape did not see the value being made. Compute it from the variable inside the `with`."""
    return elu(z, alpha)[0], None


def taped(z, upstream, bend, reduce=lambda value: value):
    """bend(z), and its gradient as the tape walks it."""
    z = tf.Variable(z)
    with tf.GradientTape() as tape:
        value = bend(z)
        end = reduce(value if upstream is None else value * upstream)
    return value.numpy(), tape.gradient(end, z).numpy()


@real("tape_elu", "both_branches")
def really_both_branches(z, alpha=1.0, upstream=None):
    return taped(z, upstream, lambda z: tf.where(z >= 0, z, alpha * (tf.exp(z) - 1)))


@real("tape_elu", "tape_without_upstream")
def really_without_upstream(z, alpha=1.0, upstream=None):
    return taped(z, None, lambda z: tf.where(z >= 0, z, alpha * (tf.exp(tf.minimum(z, 0.0)) - 1)))


@real("tape_elu", "tape_without_alpha")
def really_without_alpha(z, alpha=1.0, upstream=None):
    return taped(z, upstream, lambda z: tf.where(z >= 0, z, tf.exp(tf.minimum(z, 0.0)) - 1))


@real("tape_elu", "tape_of_the_mean")
def really_of_the_mean(z, alpha=1.0, upstream=None):
    return taped(z, upstream, lambda z: tf.where(z >= 0, z, alpha * (tf.exp(tf.minimum(z, 0.0)) - 1)), tf.reduce_mean)


@real("tape_elu", "numpy_on_the_tape")
def really_numpy_on_the_tape(z, alpha=1.0, upstream=None):
    return taped(z, upstream, lambda z: tf.where(z >= 0, z, alpha * (np.exp(np.minimum(z, 0)) - 1)))


@real("tape_elu", "value_before_the_tape")
def really_before_the_tape(z, alpha=1.0, upstream=None):
    z = tf.Variable(z)
    value = tf.where(z >= 0, z, alpha * (tf.exp(tf.minimum(z, 0.0)) - 1))
    with tf.GradientTape() as tape:
        pass
    return value.numpy(), tape.gradient(value, z, output_gradients=upstream)
