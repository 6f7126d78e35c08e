# Known wrong answers. The docstring is the sentence that the student reads.


def _moved(parameters, gradients, step):
    """W plus step(dW), for each."""
    return tuple(W + step(dW) for W, dW in zip(parameters, gradients, strict=True))


@mistake("sgd_step", general="value near tensors")
def as_told_again(parameters, gradients, rate):
    """You still divide by the length of the gradient, so each step is as long as the rate. The formula has no such division."""
    return as_told(parameters, gradients, rate)


@mistake("sgd_step", general="value near tensors")
def each_tensor_by_its_length(parameters, gradients, rate):
    """You divide each gradient by its own length. The formula has no such division."""
    return _moved(parameters, gradients, lambda dW: -rate * dW / np.linalg.norm(dW))


@mistake("sgd_step", general="value near tensors")
def signs_alone(parameters, gradients, rate):
    """You step by the sign of each gradient. Its size counts as well: multiply by the gradient itself."""
    return _moved(parameters, gradients, lambda dW: -rate * np.sign(dW))


@mistake("sgd_step", general="exchanged value near tensors")
def uphill(parameters, gradients, rate):
    """Your step goes uphill: the gradient is subtracted."""
    return sgd_step(parameters, gradients, -rate)


@mistake("sgd_step", general="exchanged value near tensors")
def rate_left_out(parameters, gradients, rate):
    """Your step has no learning rate: multiply the gradient by it."""
    return sgd_step(parameters, gradients, 1.0)


@mistake("sgd_step", general="value near tensors")
def divided_by_the_rate(parameters, gradients, rate):
    """You divide by the learning rate. Multiply by it."""
    return sgd_step(parameters, gradients, 1 / rate)


@mistake("sgd_step", general="exchanged value near beside tensors")
def start_returned(parameters, gradients, rate):
    """You return the parameters as they came. Return the new ones."""
    return tuple(parameters)


@mistake("sgd_step", general="value exchanged")
def steps_returned(parameters, gradients, rate):
    """You return the steps. Asked are the parameters after the step."""
    return tuple(-rate * dW for dW in gradients)


@mistake("sgd_step", general="value near tensors")
def biases_never_move(parameters, gradients, rate):
    """Only your first tensor moves. All parameters step: walk over all pairs."""
    return (sgd_step(parameters, gradients, rate)[0], *parameters[1:])


@mistake("sgd_step", general="type shape")
def first_tensor_alone(parameters, gradients, rate):
    """You return after the first tensor. Does the return stand inside the loop?"""
    return sgd_step(parameters, gradients, rate)[:1]


@mistake("sgd_step", general="value near tensors")
def one_minus_the_rate(parameters, gradients, rate):
    """You mix the weight with the gradient. The rule subtracts rate times gradient from the whole weight."""
    return tuple((1 - rate) * W - rate * dW for W, dW in zip(parameters, gradients, strict=True))


def _rates(curvatures, limit=None, best=None, factor=None):
    """(limit, best, factor) with some of them changed: each a function of the curvatures."""
    right = best_rate(curvatures)
    return tuple(value if other is None else other(curvatures) for value, other in zip(right, (limit, best, factor), strict=True))


@mistake("best_rate", general="tensors factor value")
def limit_of_one(curvatures):
    """Your limit is where the steepest factor is 0. It shrinks as long as the factor is above -1, which is twice as far."""
    return _rates(curvatures, limit=lambda a: 1 / a.max())


@mistake("best_rate", general="tensors value exchanged")
def limit_of_the_flattest(curvatures):
    """Your limit is that of the smallest curvature. The steepest coordinate breaks out first."""
    return _rates(curvatures, limit=lambda a: 2 / a.min())


@mistake("best_rate", general="tensors value exchanged")
def limit_of_the_mean(curvatures):
    """Your limit takes the mean curvature. No coordinate may break out, the steepest included."""
    return _rates(curvatures, limit=lambda a: 2 / a.mean())


@mistake("best_rate", general="tensors value exchanged")
def best_for_the_steepest(curvatures):
    """Your best rate brings the steepest coordinate to 0 in one step, and leaves the flattest slow. Make their factors opposite."""
    return _rates(curvatures, best=lambda a: 1 / a.max(), factor=lambda a: 1 - a.min() / a.max())


@mistake("best_rate", general="tensors value exchanged", told_as=best_for_the_steepest)
def best_for_the_steepest_with_the_right_factor(curvatures):
    return _rates(curvatures, best=lambda a: 1 / a.max())


@mistake("best_rate", general="tensors value factor")
def all_curvatures_added(curvatures):
    """You add up all curvatures. The best rate is 2 over the sum of the smallest and the largest alone."""
    return _rates(curvatures, best=lambda a: 2 / a.sum(), factor=lambda a: 1 - 2 * a.min() / a.sum())


@mistake("best_rate", general="tensors factor value")
def two_forgotten_in_the_best(curvatures):
    """Your best rate is half of it. Solve 1 - rate * smallest = -(1 - rate * largest): there are two ones."""
    return _rates(curvatures, best=lambda a: 1 / (a.min() + a.max()), factor=lambda a: 1 - a.min() / (a.min() + a.max()))


@mistake("best_rate", general="tensors value factor")
def best_of_the_mean(curvatures):
    """Your best rate is one over the mean curvature. Only the smallest and the largest count: those between shrink faster."""
    return _rates(curvatures, best=lambda a: 1 / a.mean(), factor=lambda a: 1 - a.min() / a.mean())


@mistake("best_rate", general="tensors sign value")
def factor_negative(curvatures):
    """Limit and best rate are right. Your factor is that of the steepest coordinate, with its sign: asked is the size."""
    return _rates(curvatures, factor=lambda a: 1 - 2 * a.max() / (a.min() + a.max()))


@mistake("best_rate", general="tensors value transformed")
def factor_squared(curvatures):
    """Limit and best rate are right. Your factor is that of the loss, which has the square of w. Asked is the factor of w."""
    return _rates(curvatures, factor=lambda a: best_rate(a)[2] ** 2)


@mistake("best_rate", general="tensors value")
def share_that_is_gone(curvatures):
    """Limit and best rate are right. Your third number is the share that a step takes away; asked is the share that stays."""
    return _rates(curvatures, factor=lambda a: 1 - best_rate(a)[2])


@mistake("best_rate", general="tensors value")
def condition_for_factor(curvatures):
    """Limit and best rate are right. Your third number is how many times as steep; asked is by what the slowest coordinate shrinks."""
    return _rates(curvatures, factor=lambda a: a.max() / a.min())


@mistake("best_rate", general="tensors value transformed")
def factor_upside_down(curvatures):
    """Limit and best rate are right. Your factor is above 1, so w would grow: it stands upside down."""
    return _rates(curvatures, factor=lambda a: (a.max() + a.min()) / (a.max() - a.min()))


@mistake("best_rate", general="value exchanged tensors")
def first_and_last(curvatures):
    """You take the first and the last curvature for the smallest and the largest. They come in any order."""
    low, high = curvatures[0], curvatures[-1]
    return 2 / high, 2 / (low + high), 1 - 2 * low / (low + high)


@mistake("best_rate", general="order value tensors")
def best_before_limit(curvatures):
    """You return the best rate before the limit. The order is: limit, best, factor."""
    limit, best, factor = best_rate(curvatures)
    return best, limit, factor


class _Rolling:
    """Descent with momentum, from which each mistake takes what it does not change.

    velocity(i, dW): the new one; place(W, v, old, dW): where it goes.
    """

    def __init__(self, parameters, rate, beta):
        self.rate, self.beta, self.start = rate, beta, parameters
        self.velocities = [np.zeros_like(W) for W in parameters]

    def velocity(self, v, dW):
        return self.beta * v - self.rate * dW

    def place(self, W, v, old, dW):
        return W + v

    def step(self, parameters, gradients):
        moved = []
        for i, (W, dW) in enumerate(zip(parameters, gradients, strict=True)):
            old = self.velocities[i]
            self.velocities[i] = self.velocity(old, dW)
            moved.append(self.place(W, self.velocities[i], old, dW))
        return tuple(moved)


@mistake("Momentum", general="value near tensors exchanged")
class no_memory(_Rolling):
    """Each step begins with a velocity of 0, so this is plain descent. Keep the velocities in self, from step to step."""

    def velocity(self, v, dW):
        return -self.rate * dW


@mistake("Momentum", general="value near tensors exchanged")
class no_friction(_Rolling):
    """Your velocity is never slowed down: beta is missing in front of the old one."""

    def velocity(self, v, dW):
        return v - self.rate * dW


@mistake("Momentum", general="value near tensors exchanged")
class running_mean(_Rolling):
    """You weight the slope with 1 - beta. Momentum adds the whole of -rate * g; the running mean comes with Adam."""

    def velocity(self, v, dW):
        return self.beta * v - (1 - self.beta) * self.rate * dW


@mistake("Momentum", general="value near tensors exchanged")
class mean_of_velocity_and_step(_Rolling):
    """Your weights of old and new are exchanged: beta belongs to the old velocity, and the step has none."""

    def velocity(self, v, dW):
        return (1 - self.beta) * v - self.beta * self.rate * dW


@mistake("Momentum", general="value near tensors exchanged")
class momentum_uphill(_Rolling):
    """You climb: either the gradient is added to the velocity and that to the weights, or both are subtracted. One minus is needed."""

    def place(self, W, v, old, dW):
        return W - v


@mistake("Momentum", general="value near tensors exchanged")
class signs_that_alternate(_Rolling):
    """You subtract the velocity's memory: v <- -beta * v - rate * g. The old velocity is added, so that what agrees adds up."""

    def velocity(self, v, dW):
        return -self.beta * v - self.rate * dW


@mistake("Momentum", general="value near tensors exchanged")
class old_velocity_used(_Rolling):
    """You move by the velocity of the last step. First make the new one, then move by it."""

    def place(self, W, v, old, dW):
        return W + old


@mistake("Momentum", general="value near tensors exchanged")
class momentum_rate_left_out(_Rolling):
    """Your velocity has no learning rate: the slope enters as rate * g."""

    def velocity(self, v, dW):
        return self.beta * v - dW


@mistake("Momentum", general="value near tensors exchanged")
class rate_twice(_Rolling):
    """The learning rate enters twice: in the velocity, and again where you move. Once is enough."""

    def place(self, W, v, old, dW):
        return W + self.rate * v


@mistake("Momentum", general="value near tensors exchanged")
class slope_slowed_down(_Rolling):
    """Your beta multiplies the new slope as well. It belongs to the old velocity alone."""

    def velocity(self, v, dW):
        return self.beta * (v - self.rate * dW)


@mistake("Momentum", general="value near tensors exchanged")
class weights_slowed_down(_Rolling):
    """You multiply the weights by beta. Only the velocity is slowed down; it is added to the whole weight."""

    def place(self, W, v, old, dW):
        return self.beta * W + v


@mistake("Momentum", general="value near tensors exchanged")
class nesterov_instead(_Rolling):
    """This is Nesterov's step, which comes next. Plain momentum moves by the new velocity alone."""

    def place(self, W, v, old, dW):
        return W + self.beta * v - self.rate * dW


@mistake("Momentum", general="value near tensors exchanged")
class slope_counted_twice(_Rolling):
    """You move by the velocity and by the slope again. The slope is in the velocity already."""

    def place(self, W, v, old, dW):
        return W + v - self.rate * dW


@mistake("Momentum", general="value near tensors exchanged")
class memory_of_one_step(_Rolling):
    """You remember the last gradient alone. The velocity remembers all: its new value is made of its old one."""

    def velocity(self, v, dW):
        return -self.rate * dW

    def place(self, W, v, old, dW):
        return W + v + self.beta * old


@mistake("Momentum", general="value near tensors exchanged")
class always_from_the_start(_Rolling):
    """Each step begins at the parameters that `__init__` was given. It begins at those that `step` is handed."""

    def step(self, parameters, gradients):
        return super().step(self.start, gradients)


@mistake("Momentum", general="value near tensors exchanged")
class velocity_starts_at_the_weights(_Rolling):
    """Your velocities start as the parameters themselves. Take their shapes alone: `np.zeros_like`."""

    def __init__(self, parameters, rate, beta):
        super().__init__(parameters, rate, beta)
        self.velocities = list(parameters)


@mistake("Momentum", general="value near tensors exchanged")
class velocity_starts_at_one(_Rolling):
    """Your velocities start at 1. They start at 0."""

    def __init__(self, parameters, rate, beta):
        super().__init__(parameters, rate, beta)
        self.velocities = [np.ones_like(W) for W in parameters]


@mistake("Momentum", general="value near tensors exchanged")
class beta_fixed(_Rolling):
    """Your beta is 0.9 whatever was handed in. Keep the argument in self."""

    def __init__(self, parameters, rate, beta):
        super().__init__(parameters, rate, 0.9)


@mistake("Momentum", general="value near tensors")
class biases_stay(_Rolling):
    """The weights are right, but your biases never move. Every tensor has its velocity and its step."""

    def step(self, parameters, gradients):
        return (super().step(parameters, gradients)[0], *parameters[1:])


@mistake("Momentum", general="value near tensors")
class biases_without_memory(_Rolling):
    """The weights are right, but the biases have no memory. Every tensor has a velocity of its own."""

    def step(self, parameters, gradients):
        self.velocities[1] = np.zeros_like(parameters[1])
        return super().step(parameters, gradients)


@mistake("Momentum", general="value exchanged")
class velocities_returned(_Rolling):
    """You return the velocities. Return the new parameters."""

    def place(self, W, v, old, dW):
        return v


@mistake("Momentum", general="value near exchanged beside")
class nothing_moves(_Rolling):
    """You return the parameters as they came. Add the velocities to them."""

    def place(self, W, v, old, dW):
        return W



@mistake("Momentum", general="type")
class step_returns_the_first(_Rolling):
    """Your `step` returns after the first tensor. Does the return stand inside the loop?"""

    def step(self, parameters, gradients):
        return super().step(parameters, gradients)[:1]


def _nesterov(u, v, g, rate, beta, *, velocity=None, place=None):
    new = beta * v - rate * g if velocity is None else velocity
    return (u + beta * new - rate * g if place is None else place(new)), new


@mistake("nesterov_step", general="tensors value near exchanged")
def plain_momentum(u, v, g, rate, beta):
    """Your velocity is right. You move by it alone, as plain momentum does: u moves by beta times the new velocity, and by the slope."""
    return _nesterov(u, v, g, rate, beta, place=lambda new: u + new)


@mistake("nesterov_step", general="tensors value near exchanged")
def slope_left_out(u, v, g, rate, beta):
    """Your velocity is right. The place moves by beta times the velocity *and* by -rate * g: the slope is missing."""
    return _nesterov(u, v, g, rate, beta, place=lambda new: u + beta * new)


@mistake("nesterov_step", general="tensors value near exchanged")
def whole_velocity_and_slope(u, v, g, rate, beta):
    """Your velocity is right. In the place it is multiplied by beta before it is added."""
    return _nesterov(u, v, g, rate, beta, place=lambda new: u + new - rate * g)


@mistake("nesterov_step", general="tensors value near exchanged")
def whole_and_a_look(u, v, g, rate, beta):
    """Your velocity is right. You move by all of it and by beta times it again: u stands at w + beta v already, so that part is left behind."""
    return _nesterov(u, v, g, rate, beta, place=lambda new: u + new + beta * new)


@mistake("nesterov_step", general="tensors value near exchanged")
def slope_uphill(u, v, g, rate, beta):
    """Your velocity is right. In the place the slope has the wrong sign."""
    return _nesterov(u, v, g, rate, beta, place=lambda new: u + beta * new + rate * g)


@mistake("nesterov_step", general="tensors value near exchanged")
def slope_without_rate(u, v, g, rate, beta):
    """Your velocity is right. In the place the slope lacks the learning rate."""
    return _nesterov(u, v, g, rate, beta, place=lambda new: u + beta * new - g)


@mistake("nesterov_step", general="value exchanged tensors near")
def nesterov_uphill(u, v, g, rate, beta):
    """Both your slopes go uphill: each has a minus."""
    return nesterov_step(u, v, -g, rate, beta)


@mistake("nesterov_step", general="tensors value")
def old_velocity_handed_back(u, v, g, rate, beta):
    """The place is right, but you return the velocity that came. The next step needs the new one."""
    return nesterov_step(u, v, g, rate, beta)[0], v


@mistake("nesterov_step", general="value tensors exchanged near")
def velocity_without_friction(u, v, g, rate, beta):
    """Your velocity lacks beta in front of the old one."""
    return _nesterov(u, v, g, rate, beta, velocity=v - rate * g)


@mistake("nesterov_step", general="value tensors exchanged near")
def velocity_as_a_mean(u, v, g, rate, beta):
    """You weight the slope in the velocity with 1 - beta. It enters as a whole, as in exercise 3."""
    return _nesterov(u, v, g, rate, beta, velocity=beta * v - (1 - beta) * rate * g)


@mistake("nesterov_step", general="order value")
def velocity_first(u, v, g, rate, beta):
    """You return the velocity before the place. The order is: u, v."""
    return nesterov_step(u, v, g, rate, beta)[::-1]


@mistake("nesterov_step", general="tensors value")
def handed_back_looking(u, v, g, rate, beta):
    """The place is right. Your velocity is multiplied by beta once too often: return v, not beta * v."""
    new_u, new = nesterov_step(u, v, g, rate, beta)
    return new_u, beta * new


@mistake("nesterov_step", general="type shape")
def place_alone(u, v, g, rate, beta):
    """You return the place alone. Return the velocity beside it: it is the state."""
    return nesterov_step(u, v, g, rate, beta)[0]


def _scaled(w, s, g, rate, kind, rho, epsilon, *, memory=None, root=None, up=-1.0):
    """A step of AdaGrad or RMSProp with one thing in it changed. memory(kind, rho): the new s; root(s, epsilon)."""
    new = (s + g**2 if kind == "adagrad" else rho * s + (1 - rho) * g**2) if memory is None else memory(kind, rho)
    return w + up * rate * g / (np.sqrt(new + epsilon) if root is None else root(new, epsilon)), new


@mistake("scaled_step", general="tensors value near")
def no_root(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """The memory is right. You divide by it; divide by its root."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, root=lambda s, epsilon: s + epsilon)


@mistake("scaled_step", general="tensors value near exchanged")
def multiplied_by_the_root(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """The memory is right. You multiply by its root; divide by it, so that steep coordinates get a small rate."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, root=lambda s, epsilon: 1 / np.sqrt(s + epsilon))


@mistake("scaled_step", general="tensors value near exchanged")
def root_of_the_old(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """The memory is right, but you divide by the root of the old one. Make the new one first."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, root=lambda new, epsilon: np.sqrt(s + epsilon))


@mistake("scaled_step", general="tensors value near exchanged")
def not_divided(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """The memory is right, but your step does not use it: divide the gradient by its root."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, root=lambda s, epsilon: 1.0)


@mistake("scaled_step", general="tensors value near exchanged")
def scaled_uphill(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """The memory is right. Your step goes uphill: subtract it."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, up=1.0)


@mistake("scaled_step", general="value exchanged tensors")
def not_squared(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """Your memory takes |g|. It takes the square of g."""
    size = np.abs(g)
    return _scaled(w, s, g, rate, kind, rho, epsilon, memory=lambda kind, rho: s + size if kind == "adagrad" else rho * s + (1 - rho) * size)


@mistake("scaled_step", general="value exchanged tensors")
def one_memory_for_all(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """You add up the squares of all coordinates. Each coordinate has a memory of its own squares: no `sum`."""
    size = np.sum(g**2)
    return _scaled(w, s, g, rate, kind, rho, epsilon, memory=lambda kind, rho: s + size if kind == "adagrad" else rho * s + (1 - rho) * size)


@mistake("scaled_step", general="value exchanged tensors")
def mean_of_all(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """You take the mean square over all coordinates. Each coordinate has a memory of its own squares: no `mean`."""
    size = np.mean(g**2)
    return _scaled(w, s, g, rate, kind, rho, epsilon, memory=lambda kind, rho: s + size if kind == "adagrad" else rho * s + (1 - rho) * size)


@mistake("scaled_step", general="value exchanged tensors")
def always_adagrad(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """You add up squares whatever `kind` says. RMSProp forgets: a running mean."""
    return scaled_step(w, s, g, rate, "adagrad", rho, epsilon)


@mistake("scaled_step", general="value exchanged tensors", keeps="RMSProp and small slopes are right")
def always_rmsprop(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """You take a running mean whatever `kind` says. AdaGrad adds up all squares."""
    return scaled_step(w, s, g, rate, "rmsprop", rho, epsilon)


@mistake("scaled_step", general="value exchanged tensors")
def mean_upside_down(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """In RMSProp your weights are exchanged: rho belongs to the old memory, 1 - rho to the new square."""
    return scaled_step(w, s, g, rate, kind, 1 - rho, epsilon)


@mistake("scaled_step", general="value exchanged tensors")
def mean_without_one_minus(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """In RMSProp the new square lacks its weight, 1 - rho, so the memory is no mean."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, memory=lambda kind, rho: s + g**2 if kind == "adagrad" else rho * s + g**2)


@mistake("scaled_step", general="value exchanged tensors")
def rho_fixed(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """Your rho is 0.9 whatever was handed in. Use the argument."""
    return scaled_step(w, s, g, rate, kind, 0.9, epsilon)


@mistake("scaled_step", general="value tensors near", keeps="only small slopes show it")
def epsilon_beside_the_root(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """Your epsilon stands beside the root. Here it stands under it, which is much more where slopes are small."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, root=lambda s, epsilon: np.sqrt(s) + epsilon)


@mistake("scaled_step", general="value tensors near exchanged")
def root_of_each(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """You add the roots of s and of epsilon. Add first, then take one root."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, root=lambda s, epsilon: np.sqrt(s) + np.sqrt(epsilon))


@mistake("scaled_step", general="value tensors near", keeps="only small slopes show it")
def epsilon_left_out(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """Your epsilon is missing. It stands under the root, beside s."""
    return _scaled(w, s, g, rate, kind, rho, epsilon, root=lambda s, epsilon: np.sqrt(s))


@mistake("scaled_step", general="value tensors near exchanged", keeps="only another epsilon shows it")
def epsilon_fixed(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """Your epsilon is 1e-7 whatever was handed in. Use the argument."""
    return scaled_step(w, s, g, rate, kind, rho)


@mistake("scaled_step", general="tensors value")
def old_memory_returned(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """The weights are right, but you return the memory that came. The next step needs the new one."""
    return scaled_step(w, s, g, rate, kind, rho, epsilon)[0], s


@mistake("scaled_step", general="order value tensors")
def memory_first(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """You return the memory before the weights. The order is: w, s."""
    return scaled_step(w, s, g, rate, kind, rho, epsilon)[::-1]


@mistake("scaled_step", general="type shape")
def weights_alone(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """You return the weights alone. Return the memory beside them: it is the state."""
    return scaled_step(w, s, g, rate, kind, rho, epsilon)[0]


@mistake("scaled_step", general="tensors value transformed")
def root_returned(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    """The weights are right, but you return the root of the memory. Return the memory itself."""
    new_w, new = scaled_step(w, s, g, rate, kind, rho, epsilon)
    return new_w, np.sqrt(new)


class _Adaptive:
    """Adam, from which each mistake takes what it does not change."""

    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.rate, self.beta_1, self.beta_2, self.epsilon = rate, beta_1, beta_2, epsilon
        self.m = [np.zeros_like(W) for W in parameters]
        self.s = [np.zeros_like(W) for W in parameters]
        self.t = 0

    def first(self, m, dW):
        return self.beta_1 * m + (1 - self.beta_1) * dW

    def second(self, s, dW):
        return self.beta_2 * s + (1 - self.beta_2) * dW**2

    def corrected(self):
        return self.rate * np.sqrt(1 - self.beta_2**self.t) / (1 - self.beta_1**self.t)

    def change(self, i):
        return -self.corrected() * self.m[i] / (np.sqrt(self.s[i]) + self.epsilon)

    def step(self, parameters, gradients):
        self.t += 1
        moved = []
        for i, (W, dW) in enumerate(zip(parameters, gradients, strict=True)):
            self.m[i], self.s[i] = self.first(self.m[i], dW), self.second(self.s[i], dW)
            moved.append(W + self.change(i))
        return tuple(moved)


@mistake("Adam", general="value near tensors exchanged")
class not_corrected(_Adaptive):
    """Your means are not corrected: the first step is 3.16 times the rate with the usual settings, and should be the rate."""

    def corrected(self):
        return self.rate


@mistake("Adam", general="value near tensors exchanged")
class mean_alone_corrected(_Adaptive):
    """You correct m and not s. Both start at 0: the correction of s, under its root, is missing."""

    def corrected(self):
        return self.rate / (1 - self.beta_1**self.t)


@mistake("Adam", general="value near tensors exchanged")
class squares_alone_corrected(_Adaptive):
    """You correct s and not m. Both start at 0: the division by 1 - beta_1 ** t is missing."""

    def corrected(self):
        return self.rate * np.sqrt(1 - self.beta_2**self.t)


@mistake("Adam", general="value near tensors exchanged")
class correction_without_root(_Adaptive):
    """Your correction of s is not under a root: it is the root of 1 - beta_2 ** t, as s stands under a root."""

    def corrected(self):
        return self.rate * (1 - self.beta_2**self.t) / (1 - self.beta_1**self.t)


@mistake("Adam", general="value near tensors exchanged")
class correction_upside_down(_Adaptive):
    """Your correction stands upside down: m is divided by 1 - beta_1 ** t, and so is s by its own."""

    def corrected(self):
        return self.rate * (1 - self.beta_1**self.t) / np.sqrt(1 - self.beta_2**self.t)


@mistake("Adam", general="value near tensors exchanged")
class count_never_rises(_Adaptive):
    """Your t stays at 1, so you correct as if each step were the first. Count up in each step."""

    def step(self, parameters, gradients):
        self.t = 0
        return super().step(parameters, gradients)


@mistake("Adam", general="nan value died")
class count_from_zero(_Adaptive):
    """Your t is 0 in the first step, and 1 - beta ** 0 is 0: you divide by nothing. Count up before you use it."""

    def step(self, parameters, gradients):
        moved = super().step(parameters, gradients)
        return tuple(W * np.nan for W in moved) if self.t == 1 else moved


@mistake("Adam", general="value near tensors exchanged")
class count_from_two(_Adaptive):
    """Your t is 2 in the first step: it starts at 1 and is counted up before it is used. Start at 0."""

    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        super().__init__(parameters, rate, beta_1, beta_2, epsilon)
        self.t = 1


@mistake("Adam", general="value near tensors")
class counted_for_each_tensor(_Adaptive):
    """You count t up for each tensor. It counts steps: all parameters of one step share it. Count before the loop."""

    def step(self, parameters, gradients):
        moved = []
        for i, (W, dW) in enumerate(zip(parameters, gradients, strict=True)):
            self.t += 1
            self.m[i], self.s[i] = self.first(self.m[i], dW), self.second(self.s[i], dW)
            moved.append(W + self.change(i))
        return tuple(moved)


@mistake("Adam", general="value near tensors exchanged")
class starts_anew(_Adaptive):
    """Each step begins with empty means and t = 1. Keep them in self, from step to step."""

    def step(self, parameters, gradients):
        self.m, self.s, self.t = [0 * W for W in self.m], [0 * W for W in self.s], 0
        return super().step(parameters, gradients)


@mistake("Adam", general="value near tensors exchanged")
class means_start_anew(_Adaptive):
    """Your count goes on, but each step begins with empty means. Keep m and s in self, from step to step."""

    def step(self, parameters, gradients):
        self.m, self.s = [0 * W for W in self.m], [0 * W for W in self.s]
        return super().step(parameters, gradients)


@mistake("Adam", general="value near tensors exchanged")
class corrected_means_kept(_Adaptive):
    """You keep the corrected means, and so correct them again in the next step. Keep the plain ones; correct for the step alone."""

    def corrected(self):
        return self.rate

    def first(self, m, dW):
        return super().first(m, dW) / (1 - self.beta_1**self.t)

    def second(self, s, dW):
        return super().second(s, dW) / (1 - self.beta_2**self.t)


@mistake("Adam", general="value near tensors exchanged")
class betas_exchanged(_Adaptive):
    """Your betas are exchanged: beta_1 belongs to m, beta_2 to s."""

    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        super().__init__(parameters, rate, beta_2, beta_1, epsilon)


@mistake("Adam", general="value near tensors exchanged")
class beta_1_for_both(_Adaptive):
    """You use beta_1 for both means. s has beta_2, in its mean and in its correction."""

    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        super().__init__(parameters, rate, beta_1, beta_1, epsilon)


@mistake("Adam", general="value near tensors exchanged")
class squares_not_rooted(_Adaptive):
    """You divide by s. Divide by its root."""

    def change(self, i):
        return -self.rate * (1 - self.beta_2**self.t) / (1 - self.beta_1**self.t) * self.m[i] / (self.s[i] + self.epsilon)


@mistake("Adam", general="value near tensors exchanged", told_as=squares_not_rooted)
class corrected_squares_not_rooted(_Adaptive):
    def change(self, i):
        m, s = self.m[i] / (1 - self.beta_1**self.t), self.s[i] / (1 - self.beta_2**self.t)
        return -self.rate * m / (s + self.epsilon)


@mistake("Adam", general="value near tensors exchanged", told_as=squares_not_rooted)
class squares_not_rooted_beside_the_root(_Adaptive):
    def change(self, i):
        return -self.corrected() * self.m[i] / (self.s[i] + self.epsilon)


@mistake("Adam", general="value near tensors exchanged")
class slope_for_mean(_Adaptive):
    """You step by the gradient itself. Adam steps by m, its running mean."""

    def first(self, m, dW):
        return dW * (1 - self.beta_1**self.t)


@mistake("Adam", general="value near tensors exchanged")
class rmsprop_instead(_Adaptive):
    """This is RMSProp: you step by the gradient itself, and correct nothing. Adam steps by m, and corrects both means."""

    def change(self, i):
        return -self.rate * self.last[i] / (np.sqrt(self.s[i]) + self.epsilon)

    def step(self, parameters, gradients):
        self.last = gradients
        return super().step(parameters, gradients)


@mistake("Adam", general="value near tensors exchanged")
class one_square_for_a_tensor(_Adaptive):
    """You take the mean square of a whole tensor. Each entry has a running mean of its own squares."""

    def second(self, s, dW):
        return self.beta_2 * s + (1 - self.beta_2) * np.mean(dW**2)


@mistake("Adam", general="value near tensors exchanged")
class slope_without_weight(_Adaptive):
    """In m the new gradient lacks its weight, 1 - beta_1."""

    def first(self, m, dW):
        return self.beta_1 * m + dW


@mistake("Adam", general="value near tensors exchanged")
class square_without_weight(_Adaptive):
    """In s the new square lacks its weight, 1 - beta_2."""

    def second(self, s, dW):
        return self.beta_2 * s + dW**2


@mistake("Adam", general="value near tensors exchanged")
class sizes_for_squares(_Adaptive):
    """Your s takes |g|. It takes the square of g."""

    def second(self, s, dW):
        return self.beta_2 * s + (1 - self.beta_2) * np.abs(dW)


@mistake("Adam", general="value near tensors exchanged")
class mean_upside_down_in_adam(_Adaptive):
    """In m your weights are exchanged: beta_1 belongs to the old mean, 1 - beta_1 to the gradient."""

    def first(self, m, dW):
        return (1 - self.beta_1) * m + self.beta_1 * dW


@mistake("Adam", general="value near tensors exchanged")
class both_means_upside_down(_Adaptive):
    """In both means your weights are exchanged: beta belongs to the old mean, 1 - beta to what is new."""

    def first(self, m, dW):
        return (1 - self.beta_1) * m + self.beta_1 * dW

    def second(self, s, dW):
        return (1 - self.beta_2) * s + self.beta_2 * dW**2


@mistake("Adam", general="value near tensors exchanged")
class squares_of_the_mean(_Adaptive):
    """You square m for s. The square is that of the gradient."""

    def step(self, parameters, gradients):
        self.t += 1
        moved = []
        for i, (W, dW) in enumerate(zip(parameters, gradients, strict=True)):
            self.m[i] = self.first(self.m[i], dW)
            self.s[i] = self.second(self.s[i], self.m[i])
            moved.append(W + self.change(i))
        return tuple(moved)


@mistake("Adam", general="value near tensors exchanged")
class adam_uphill(_Adaptive):
    """Your step goes uphill: subtract it."""

    def change(self, i):
        return -super().change(i)


@mistake("Adam", general="value near tensors exchanged")
class adam_rate_left_out(_Adaptive):
    """Your step has no learning rate."""

    def corrected(self):
        return super().corrected() / self.rate


@mistake("Adam", general="value near tensors", keeps="only small slopes show it")
class epsilon_of_the_paper(_Adaptive):
    """Your epsilon stands where the paper has it, beside the root of the corrected s. Keras's stands beside the root of s itself, and counts for more in the first steps."""

    def change(self, i):
        m, s = self.m[i] / (1 - self.beta_1**self.t), self.s[i] / (1 - self.beta_2**self.t)
        return -self.rate * m / (np.sqrt(s) + self.epsilon)


@mistake("Adam", general="value near tensors", keeps="only small slopes show it")
class epsilon_under_the_root(_Adaptive):
    """Your epsilon stands under the root. In Adam it stands beside it."""

    def change(self, i):
        return -self.corrected() * self.m[i] / np.sqrt(self.s[i] + self.epsilon)


@mistake("Adam", general="value near tensors", keeps="only small slopes show it", told_as=epsilon_under_the_root)
class epsilon_under_the_root_of_the_corrected(_Adaptive):
    def change(self, i):
        m, s = self.m[i] / (1 - self.beta_1**self.t), self.s[i] / (1 - self.beta_2**self.t)
        return -self.rate * m / np.sqrt(s + self.epsilon)


@mistake("Adam", general="value near tensors", keeps="only small slopes show it")
class adam_epsilon_left_out(_Adaptive):
    """Your epsilon is missing. It stands beside the root of s."""

    def change(self, i):
        return -self.corrected() * self.m[i] / np.sqrt(self.s[i])


@mistake("Adam", general="value near tensors", keeps="only small slopes show it")
class epsilon_of_the_paper_by_value(_Adaptive):
    """Your epsilon is 1e-8 where none is handed in. Keras's is 1e-7."""

    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        super().__init__(parameters, rate, beta_1, beta_2, epsilon)


@mistake("Adam", general="value near tensors exchanged", keeps="only another epsilon shows it")
class adam_epsilon_fixed(_Adaptive):
    """Your epsilon is 1e-7 whatever was handed in. Keep the argument in self."""

    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        super().__init__(parameters, rate, beta_1, beta_2)


@mistake("Adam", general="value near tensors")
class adam_biases_stay(_Adaptive):
    """The weights are right, but your biases never move. Every tensor has its means and its step."""

    def step(self, parameters, gradients):
        return (super().step(parameters, gradients)[0], *parameters[1:])


@mistake("Adam", general="value exchanged")
class adam_steps_returned(_Adaptive):
    """You return the steps. Return the new parameters."""

    def step(self, parameters, gradients):
        return tuple(new - W for new, W in zip(super().step(parameters, gradients), parameters, strict=True))


@mistake("Adam", general="value near exchanged beside")
class adam_stays(_Adaptive):
    """You return the parameters as they came. Return the new ones."""

    def change(self, i):
        return 0.0



def _fallen(t, kind, rate, horizon, warm=0, *, inverse=None, exponential=None, cosine=None, past=None, warming=None):
    """Rates with one thing in them changed: functions of x = (t - warm) / horizon, and of t."""
    x = np.maximum(t - warm, 0) / horizon if past is None else past(t) / horizon
    shapes = {
        "inverse": inverse or (lambda x: 1 / (1 + x)),
        "exponential": exponential or (lambda x: 0.5**x),
        "cosine": cosine or (lambda x: (1 + np.cos(np.pi * np.minimum(x, 1))) / 2),
    }
    return np.where(t < warm, rate * t / max(warm, 1) if warming is None else warming(t), rate * shapes[kind](x))


@mistake("rate_at", general="value rows")
def cosine_rises_again(t, kind, rate, horizon, warm=0):
    """Your cosine rises again behind the horizon. There it stays at 0: stop the fraction at 1."""
    return _fallen(t, kind, rate, horizon, warm, cosine=lambda x: (1 + np.cos(np.pi * x)) / 2)


@mistake("rate_at", general="value rows exchanged")
def cosine_begins_anew(t, kind, rate, horizon, warm=0):
    """Your cosine begins anew behind the horizon. There it stays at 0."""
    return _fallen(t, kind, rate, horizon, warm, cosine=lambda x: (1 + np.cos(np.pi * (x % 1))) / 2)


@mistake("rate_at", general="value rows exchanged")
def all_stop_at_the_horizon(t, kind, rate, horizon, warm=0):
    """All your schedules stop at the horizon. Only the cosine does; the others go on falling."""
    return rate_at(np.minimum(t, warm + horizon), kind, rate, horizon, warm)


@mistake("rate_at", general="value exchanged")
def in_degrees(t, kind, rate, horizon, warm=0):
    """Your cosine gets degrees. NumPy's takes radians: pi, not 180."""
    return _fallen(t, kind, rate, horizon, warm, cosine=lambda x: (1 + np.cos(180 * np.minimum(x, 1))) / 2)


@mistake("rate_at", general="value zeros rows")
def warms_up_to_the_first(t, kind, rate, horizon, warm=0):
    """Where there is no warm-up, your rate at t = 0 is 0. The warm-up is where t < t_0, not where t <= t_0."""
    return np.where(t <= warm, rate * t / max(warm, 1), rate_at(t, kind, rate, horizon, warm))


@mistake("rate_at", general="value exchanged factor")
def half_forgotten(t, kind, rate, horizon, warm=0):
    """Your cosine starts at twice the rate: half of it is missing, as 1 + cos(0) is 2."""
    return _fallen(t, kind, rate, horizon, warm, cosine=lambda x: 1 + np.cos(np.pi * np.minimum(x, 1)))


@mistake("rate_at", general="value exchanged")
def one_forgotten(t, kind, rate, horizon, warm=0):
    """Your cosine becomes negative: the 1 in front of it is missing."""
    return _fallen(t, kind, rate, horizon, warm, cosine=lambda x: np.cos(np.pi * np.minimum(x, 1)) / 2)


@mistake("rate_at", general="value exchanged")
def without_pi(t, kind, rate, horizon, warm=0):
    """Your cosine has no pi: it is at its lowest where its argument is pi."""
    return _fallen(t, kind, rate, horizon, warm, cosine=lambda x: (1 + np.cos(np.minimum(x, 1))) / 2)


@mistake("rate_at", general="value exchanged")
def half_a_wave_too_little(t, kind, rate, horizon, warm=0):
    """Your cosine goes down to its middle, and no further: its argument runs to pi, not to pi / 2, before 1 is added."""
    return _fallen(t, kind, rate, horizon, warm, cosine=lambda x: (1 + np.cos(np.pi / 2 * np.minimum(x, 1))) / 2)


@mistake("rate_at", general="value exchanged")
def base_e(t, kind, rate, horizon, warm=0):
    """Your exponential falls by e over the horizon. It falls to a half: the base is 2."""
    return _fallen(t, kind, rate, horizon, warm, exponential=lambda x: np.exp(-x))


@mistake("rate_at", general="value exchanged")
def rises_exponentially(t, kind, rate, horizon, warm=0):
    """Your exponential grows: its minus is missing."""
    return _fallen(t, kind, rate, horizon, warm, exponential=lambda x: 2.0**x)


@mistake("rate_at", general="value exchanged")
def in_stairs(t, kind, rate, horizon, warm=0):
    """Your exponential falls in stairs, once a horizon. It falls in every step: divide without rounding."""
    return _fallen(t, kind, rate, horizon, warm, exponential=lambda x: 0.5 ** np.floor(x))


@mistake("rate_at", general="value exchanged")
def one_over_t(t, kind, rate, horizon, warm=0):
    """Your inverse schedule divides by 1 + t. It divides by 1 + t / T."""
    return _fallen(t, kind, rate, horizon, warm, inverse=lambda x: 1 / (1 + x * horizon))


@mistake("rate_at", general="value exchanged")
def times_the_horizon(t, kind, rate, horizon, warm=0):
    """Your inverse schedule multiplies t by the horizon. It divides by it."""
    return _fallen(t, kind, rate, horizon, warm, inverse=lambda x: 1 / (1 + x * horizon**2))


@mistake("rate_at", general="value exchanged")
def inverse_root(t, kind, rate, horizon, warm=0):
    """Your inverse schedule has a root. Here it has none."""
    return _fallen(t, kind, rate, horizon, warm, inverse=lambda x: 1 / np.sqrt(1 + x))


@mistake("rate_at", general="value exchanged")
def linear_for_inverse(t, kind, rate, horizon, warm=0):
    """Your inverse schedule is a straight line. It divides by 1 + t / T."""
    return _fallen(t, kind, rate, horizon, warm, inverse=lambda x: 1 - np.minimum(x, 1))


@mistake("rate_at", general="value exchanged rows")
def no_warm_up(t, kind, rate, horizon, warm=0):
    """You leave the warm-up out, and only begin later: before t_0 the rate is rate * t / t_0."""
    return _fallen(t, kind, rate, horizon, warm, warming=lambda t: rate + 0 * t)


@mistake("rate_at", general="value exchanged rows")
def warm_ignored(t, kind, rate, horizon, warm=0):
    """You leave the warm-up out altogether: the rate rises up to t_0, and the schedule counts from there."""
    return rate_at(t, kind, rate, horizon)


@mistake("rate_at", general="value exchanged rows")
def zero_while_warming(t, kind, rate, horizon, warm=0):
    """Your rate is 0 up to t_0. It rises in a line: rate * t / t_0."""
    return _fallen(t, kind, rate, horizon, warm, warming=lambda t: 0 * t)


@mistake("rate_at", general="value exchanged rows")
def warm_from_one(t, kind, rate, horizon, warm=0):
    """Your warm-up is one step ahead: at t = 0 the rate is 0, so it is t / t_0, not (t + 1) / t_0."""
    return _fallen(t, kind, rate, horizon, warm, warming=lambda t: rate * (t + 1) / max(warm, 1))


@mistake("rate_at", general="value exchanged rows")
def schedule_from_zero(t, kind, rate, horizon, warm=0):
    """Behind the warm-up you go on with t, so the rate jumps. The schedule counts from there: t - t_0."""
    return _fallen(t, kind, rate, horizon, warm, past=lambda t: t)


@mistake("rate_at", general="value exchanged rows")
def horizon_shortened(t, kind, rate, horizon, warm=0):
    """You take the warm-up off the horizon. The horizon counts from its end: divide by T alone."""
    return rate_at(t, kind, rate, max(horizon - warm, 1), warm)


@mistake("rate_at", general="value exchanged rows")
def warms_and_falls(t, kind, rate, horizon, warm=0):
    """While it warms up your rate rises and falls at once: up to t_0 it is rate * t / t_0, the schedule begins after that."""
    return _fallen(t, kind, rate, horizon, 0) * np.minimum(1, t / max(warm, 1) if warm else 1)


@mistake("rate_at", general="value exchanged")
def always_cosine(t, kind, rate, horizon, warm=0):
    """Your rates are those of the cosine whatever `kind` says."""
    return rate_at(t, "cosine", rate, horizon, warm)


@mistake("rate_at", general="value exchanged")
def always_inverse(t, kind, rate, horizon, warm=0):
    """Your rates are those of the inverse schedule whatever `kind` says."""
    return rate_at(t, "inverse", rate, horizon, warm)


@mistake("rate_at", general="exchanged factor value")
def rate_of_one(t, kind, rate, horizon, warm=0):
    """Your rates start at 1. Multiply by `rate`."""
    return rate_at(t, kind, 1.0, horizon, warm)


def _walked(A, w, name, rate, steps, betas, *, rho=0.9, s=None, slope_of=None, fresh=False):
    """A race with one thing in it changed."""
    s = np.full_like(w, 0.1 if name == "adagrad" else 0.0) if s is None else s
    path, v, start = [w], np.zeros_like(w), w
    optimizer = Adam((w,), rate, *betas) if name == "adam" else Momentum((w,), rate, betas[0])
    for _ in range(steps):
        if fresh:
            optimizer = Adam((w,), rate, *betas) if name == "adam" else Momentum((w,), rate, betas[0])
            v, s = np.zeros_like(w), np.full_like(w, 0.1 if name == "adagrad" else 0.0)
        g = slope(A, start if slope_of == "start" else w)
        if name == "sgd":
            (w,) = sgd_step((w,), (g,), rate)
        elif name == "nesterov":
            w, v = nesterov_step(w, v, g, rate, betas[0])
        elif name in ("adagrad", "rmsprop"):
            w, s = scaled_step(w, s, g, rate, name, rho)
        else:
            (w,) = optimizer.step((w,), (g,))
        path.append(w)
    return np.array(path)


@mistake("race", general="value rows exchanged")
def adagrad_from_zero(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """AdaGrad's memory starts at 0. Here it starts at 0.1, as in Keras."""
    return _walked(A, w, name, rate, steps, betas, s=np.zeros_like(w))


@mistake("race", general="value rows exchanged")
def rmsprop_from_a_tenth(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """RMSProp's memory starts at 0.1. That is AdaGrad's start; all others start at 0."""
    return _walked(A, w, name, rate, steps, betas, s=np.full_like(w, 0.1))


@mistake("race", general="value rows exchanged")
def slope_of_the_start(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """You compute the gradient once, at the start. Compute it in each step, where w is now."""
    return _walked(A, w, name, rate, steps, betas, slope_of="start")


@mistake("race", general="value rows exchanged")
def new_in_each_step(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """You make the optimizer, or its memory, anew in each step, so it forgets. Make it once, before the loop."""
    return _walked(A, w, name, rate, steps, betas, fresh=True)


@mistake("race", general="value rows exchanged")
def betas_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your betas are 0.9 and 0.999 whatever was handed in. Hand them on."""
    return race(A, w, name, rate, steps)


@mistake("race", general="value rows exchanged")
def adams_betas_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your Adam has its own betas whatever was handed in. Hand them on: they stand behind the rate."""
    return race(A, w, name, rate, steps, (0.9, 0.999) if name == "adam" else betas)


@mistake("race", general="value rows exchanged")
def second_beta_for_momentum(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Momentum and Nesterov take the second beta. They take the first."""
    return race(A, w, name, rate, steps, betas[::-1] if name in ("momentum", "nesterov") else betas)


@mistake("race", general="value rows exchanged")
def nesterov_as_momentum(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your Nesterov is plain momentum. Use `nesterov_step`."""
    return race(A, w, "momentum" if name == "nesterov" else name, rate, steps, betas)


@mistake("race", general="value rows exchanged")
def momentum_as_nesterov(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your momentum is Nesterov's. Use your class Momentum."""
    return race(A, w, "nesterov" if name == "momentum" else name, rate, steps, betas)


@mistake("race", general="value rows exchanged")
def rmsprop_as_adagrad(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """For RMSProp you hand `scaled_step` the wrong kind: its kind is the name."""
    if name != "rmsprop":
        return race(A, w, name, rate, steps, betas)
    path, s = [w], np.zeros_like(w)
    for _ in range(steps):
        w, s = scaled_step(w, s, slope(A, w), rate, "adagrad")
        path.append(w)
    return np.array(path)


@mistake("race", general="value rows exchanged")
def always_descent(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """You descend plainly whatever the name says. Choose the step by name."""
    return race(A, w, "sgd", rate, steps, betas)


@mistake("race", general="value rows exchanged")
def never_leaves(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """All places of your path are the start: the place that a step returns is not kept."""
    return np.array([w] * (steps + 1))


@mistake("race", general="shape")
def start_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your path lacks the start. It comes first: steps + 1 places."""
    return race(A, w, name, rate, steps, betas)[1:]


@mistake("race", general="shape")
def last_place_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your path lacks the last place: note the place after each step as well, not only before it."""
    return race(A, w, name, rate, steps, betas)[:-1]


@mistake("race", general="shape")
def end_alone(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """You return the last place alone. Return all places, from the start on."""
    return race(A, w, name, rate, steps, betas)[-1]


@mistake("race", general="value rows exchanged")
def all_uphill(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """You hand over the gradient with a minus. Your optimizers subtract it themselves."""
    return race(-A, w, name, rate, steps, betas)


@mistake("race", general="value rows exchanged")
def heights_for_slopes(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your gradient is half of it: the 1/2 of the surface cancels. `slope` gives it."""
    return race(A / 2, w, name, rate, steps, betas)


def _trained(X, y, seed, rate=0.02, *, labels=None, size=64, epochs=2):
    """A short training by Adam at one rate. labels(order): which labels go with the rows of an order."""
    rng = np.random.default_rng(seed)
    parameters = np.zeros((X.shape[1], int(y.max()) + 1)), np.zeros(int(y.max()) + 1)
    optimizer = Adam(parameters, rate)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        targets = y[order] if labels is None else labels(order)
        for begin in range(0, len(X), size):
            rows = slice(begin, begin + size)
            _, gradients = loss_and_gradients(X[order][rows], targets[rows], parameters)
            parameters = optimizer.step(parameters, gradients)
    return parameters


@mistake("train", general="accuracy")
def trained_uphill(X, y, seed):
    """Your training goes uphill: the loss grows from step to step. Mend the sign of the step, or of the rate."""
    return _trained(X, y, seed, -0.02)


@mistake("train", general="start accuracy")
def never_moves(X, y, seed):
    """The parameters that you return are those of the start: what `step` returns is not kept."""
    return np.zeros((X.shape[1], int(y.max()) + 1)), np.zeros(int(y.max()) + 1)


@mistake("train", general="accuracy")
def labels_left_behind(X, y, seed):
    """You shuffle the images and leave the labels where they were, so there is nothing to learn. Take both by the same rows."""
    return _trained(X, y, seed, labels=lambda order: y)


# What Keras gives for the usual slips, known in NumPy; and the same slips with Keras.


def _by_keras(A, w, steps, optimizer, start=None):
    """The path of a Keras optimizer; of a new one in each step where `optimizer` makes them."""
    variable, path = keras.Variable(w), [w]
    for _ in range(steps):
        now = optimizer() if callable(optimizer) and not isinstance(optimizer, keras.optimizers.Optimizer) else optimizer
        now.apply([slope(A, variable.numpy() if start is None else start)], [variable])
        path.append(variable.numpy().copy())
    return np.array(path)


def _keras_optimizer(name, rate, betas=(0.9, 0.999)):
    """The right Keras optimizer of a name."""
    if name == "adam":
        return keras.optimizers.Adam(rate, *betas)
    if name in ("adagrad", "rmsprop"):
        return {"adagrad": keras.optimizers.Adagrad, "rmsprop": keras.optimizers.RMSprop}[name](rate)
    return keras.optimizers.SGD(rate, momentum=0.0 if name == "sgd" else betas[0], nesterov=name == "nesterov")


@mistake("keras_race", general="value rows exchanged")
def keras_momentum_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your momentum and your Nesterov are plain descent: SGD's momentum is 0 unless you say momentum=0.9."""
    return race(A, w, "sgd" if name in ("momentum", "nesterov") else name, rate, steps, betas)


@real("keras_race", "keras_momentum_left_out")
def really_momentum_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(A, w, steps, _keras_optimizer("sgd" if name in ("momentum", "nesterov") else name, rate, betas))


@mistake("keras_race", general="value rows exchanged")
def keras_nesterov_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your Nesterov is plain momentum: say nesterov=True."""
    return nesterov_as_momentum(A, w, name, rate, steps, betas)


@real("keras_race", "keras_nesterov_left_out")
def really_nesterov_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(A, w, steps, _keras_optimizer("momentum" if name == "nesterov" else name, rate, betas))


@mistake("keras_race", general="value rows exchanged")
def keras_momentum_in_all(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your plain descent has momentum. It is SGD as it comes."""
    return race(A, w, "momentum" if name == "sgd" else name, rate, steps, betas)


@real("keras_race", "keras_momentum_in_all")
def really_momentum_in_all(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(A, w, steps, _keras_optimizer("momentum" if name == "sgd" else name, rate, betas))


@mistake("keras_race", general="value rows exchanged")
def keras_new_in_each_step(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """You make the optimizer in each step, and its memory with it. Make it once, before the loop."""
    return new_in_each_step(A, w, name, rate, steps, betas)


@real("keras_race", "keras_new_in_each_step")
def really_new_in_each_step(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(A, w, steps, lambda: _keras_optimizer(name, rate, betas))


@mistake("keras_race", general="value rows exchanged")
def keras_slope_of_the_start(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """You compute the gradient at the start each time. Ask the variable where it is now."""
    return slope_of_the_start(A, w, name, rate, steps, betas)


@real("keras_race", "keras_slope_of_the_start")
def really_slope_of_the_start(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(A, w, steps, _keras_optimizer(name, rate, betas), start=w)


@mistake("keras_race", general="shape")
def keras_start_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your path lacks the start. It comes first: steps + 1 places."""
    return race(A, w, name, rate, steps, betas)[1:]


@real("keras_race", "keras_start_left_out")
def really_start_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(A, w, steps, _keras_optimizer(name, rate, betas))[1:]


@mistake("keras_race", general="value rows exchanged")
def keras_all_uphill(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """You hand over the gradient with a minus. Keras's optimizers subtract it themselves."""
    return race(-A, w, name, rate, steps, betas)


@real("keras_race", "keras_all_uphill")
def really_all_uphill(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(-A, w, steps, _keras_optimizer(name, rate, betas))


@mistake("keras_race", general="value rows exchanged")
def keras_rate_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your rates are those that Keras takes where none is given. Hand `rate` to the optimizer."""
    return race(A, w, name, 0.01 if name in ("sgd", "momentum", "nesterov") else 0.001, steps, betas)


@real("keras_race", "keras_rate_left_out")
def really_rate_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(A, w, steps, _keras_optimizer(name, 0.01 if name in ("sgd", "momentum", "nesterov") else 0.001, betas))


@mistake("keras_race", general="value rows exchanged")
def keras_betas_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    """Your betas are not those that were handed in. Hand them to SGD as its momentum, and to Adam behind the rate."""
    rounded = tuple(float(np.float32(beta)) for beta in (0.9, 0.999))  # as Keras keeps them
    if name != "adam":
        return race(A, w, name, rate, steps, rounded)
    path, m, s = [w], 0 * w, 0 * w
    for t in range(1, steps + 1):
        g = slope(A, w)
        m, s = m + (g - m) * (1 - 0.9), s + (g**2 - s) * (1 - 0.999)
        w = w - rate * np.sqrt(1 - rounded[1] ** t) / (1 - rounded[0] ** t) * m / (np.sqrt(s) + 1e-7)
        path.append(w)
    return np.array(path)


@real("keras_race", "keras_betas_left_out")
def really_betas_left_out(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return _by_keras(A, w, steps, _keras_optimizer(name, rate))
