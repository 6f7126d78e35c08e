# Other right answers: none of them may lose a point.


@variant("sgd_step")
def in_a_loop(parameters, gradients, rate):
    stepped = []
    for place in range(len(parameters)):
        stepped += [np.subtract(parameters[place], np.multiply(rate, gradients[place]))]
    return stepped


@variant("sgd_step")
def step_in_float32(parameters, gradients, rate):
    return tuple(np.asarray(W, np.float32) - np.float32(rate) * np.asarray(dW, np.float32) for W, dW in zip(parameters, gradients, strict=True))


@variant("best_rate")
def by_the_condition(curvatures):
    ordered = sorted(float(a) for a in curvatures)
    kappa = ordered[-1] / ordered[0]
    return 2 / ordered[-1], 2 / (ordered[0] + ordered[-1]), (kappa - 1) / (kappa + 1)


@variant("best_rate")
def as_an_array(curvatures):
    limit, best = 2 / curvatures.max(), 2 / (curvatures.min() + curvatures.max())
    return np.array([limit, best, np.abs(1 - best * curvatures).max()])


@variant("Momentum")
class velocity_without_rate:
    def __init__(self, parameters, rate, beta):
        self.rate, self.beta, self.velocities = rate, beta, None

    def step(self, parameters, gradients):
        if self.velocities is None:
            self.velocities = [0 * dW for dW in gradients]
        self.velocities = [self.beta * v + dW for v, dW in zip(self.velocities, gradients, strict=True)]
        return [W - self.rate * v for W, v in zip(parameters, self.velocities, strict=True)]


@variant("Momentum")
class all_gradients_kept:
    def __init__(self, parameters, rate, beta):
        self.rate, self.beta, self.seen = rate, beta, []

    def step(self, parameters, gradients):
        self.seen.insert(0, gradients)
        return tuple(W - self.rate * sum(self.beta**age * old[i] for age, old in enumerate(self.seen)) for i, W in enumerate(parameters))


@variant("Momentum")
class momentum_in_place:
    def __init__(self, parameters, rate, beta):
        self.rate, self.beta = rate, beta
        self.velocities = {i: np.zeros(W.shape) for i, W in enumerate(parameters)}

    def step(self, parameters, gradients):
        for i, dW in enumerate(gradients):
            self.velocities[i] *= self.beta
            self.velocities[i] -= self.rate * dW
            parameters[i][...] += self.velocities[i]
        return parameters


@variant("Momentum")
class momentum_in_float32:
    def __init__(self, parameters, rate, beta):
        self.rate, self.beta = np.float32(rate), np.float32(beta)
        self.velocities = [np.zeros(W.shape, np.float32) for W in parameters]

    def step(self, parameters, gradients):
        self.velocities = [self.beta * v - self.rate * np.asarray(dW, np.float32) for v, dW in zip(self.velocities, gradients, strict=True)]
        return tuple(np.asarray(W, np.float32) + v for W, v in zip(parameters, self.velocities, strict=True))


@variant("nesterov_step")
def by_the_place_behind(u, v, g, rate, beta):
    w = u - beta * v
    v = beta * v - rate * g
    w = w + v
    return w + beta * v, v


@variant("nesterov_step")
def by_betas_alone(u, v, g, rate, beta):
    return [u + beta**2 * v - (1 + beta) * rate * g, np.subtract(beta * v, rate * g)]


@variant("scaled_step")
def entry_by_entry(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    new_w, new_s = np.zeros(len(w)), np.zeros(len(w))
    for j in range(len(w)):
        if kind == "rmsprop":
            new_s[j] = s[j] * rho + g[j] * g[j] * (1 - rho)
        else:
            new_s[j] = s[j] + g[j] * g[j]
        new_w[j] = w[j] - rate / (new_s[j] + epsilon) ** 0.5 * g[j]
    return new_w, new_s


@variant("scaled_step")
def by_a_move_towards(w, s, g, rate, kind, rho=0.9, epsilon=1e-7):
    keep, take = (1.0, 1.0) if kind == "adagrad" else (rho, 1 - rho)
    s = keep * s + take * np.square(g)
    return w - np.divide(rate * g, np.sqrt(s + epsilon)), s


@variant("Adam")
class corrected_means_with_their_epsilon:
    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.settings = rate, beta_1, beta_2, epsilon
        self.means, self.count = [(0.0, 0.0) for _ in parameters], 0

    def step(self, parameters, gradients):
        rate, beta_1, beta_2, epsilon = self.settings
        self.count = self.count + 1
        self.means = [
            (m + (1 - beta_1) * (dW - m), s + (1 - beta_2) * (dW**2 - s)) for (m, s), dW in zip(self.means, gradients, strict=True)
        ]
        missing = 1 - beta_2**self.count
        return [
            W - rate * m / (1 - beta_1**self.count) / (np.sqrt(s / missing) + epsilon / np.sqrt(missing))
            for W, (m, s) in zip(parameters, self.means, strict=True)
        ]


@variant("Adam")
class powers_kept:
    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.rate, self.beta_1, self.beta_2, self.epsilon = rate, beta_1, beta_2, epsilon
        self.m, self.s, self.power_1, self.power_2 = {}, {}, 1.0, 1.0

    def step(self, parameters, gradients):
        self.power_1 *= self.beta_1
        self.power_2 *= self.beta_2
        for i, dW in enumerate(gradients):
            self.m[i] = self.beta_1 * self.m.get(i, 0) + (1 - self.beta_1) * dW
            self.s[i] = self.beta_2 * self.s.get(i, 0) + (1 - self.beta_2) * dW * dW
        rate = self.rate * (1 - self.power_2) ** 0.5 / (1 - self.power_1)
        return tuple(W - rate * self.m[i] / (self.s[i] ** 0.5 + self.epsilon) for i, W in enumerate(parameters))


@variant("Adam")
class adam_in_place:
    def __init__(self, parameters, rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        self.rate, self.beta_1, self.beta_2, self.epsilon, self.t = rate, beta_1, beta_2, epsilon, 0
        self.m, self.s = [np.zeros(W.shape) for W in parameters], [np.zeros(W.shape) for W in parameters]

    def step(self, parameters, gradients):
        self.t += 1
        for W, dW, m, s in zip(parameters, gradients, self.m, self.s, strict=True):
            m *= self.beta_1
            m += (1 - self.beta_1) * dW
            s *= self.beta_2
            s += (1 - self.beta_2) * dW**2
            W -= self.rate * np.sqrt(1 - self.beta_2**self.t) / (1 - self.beta_1**self.t) * m / (np.sqrt(s) + self.epsilon)
        return parameters


@variant("rate_at")
def step_by_step(t, kind, rate, horizon, warm=0):
    import math

    rates = []
    for step in t:
        x = (step - warm) / horizon
        if step < warm:
            rates.append(rate * step / warm)
        elif kind == "inverse":
            rates.append(rate * horizon / (horizon + step - warm))
        elif kind == "exponential":
            rates.append(rate * 2**-x)
        else:
            rates.append(0.0 if x > 1 else 0.5 * rate * (1 + math.cos(math.pi * x)))
    return np.array(rates)


@variant("rate_at")
def cosine_by_half_its_angle(t, kind, rate, horizon, warm=0):
    late = t - warm
    with np.errstate(all="ignore"):
        fallen = {
            "inverse": rate / (1 + late / horizon),
            "exponential": rate * np.exp(-np.log(2) * late / horizon),
            "cosine": rate * np.cos(np.pi / 2 * np.clip(late / horizon, 0, 1)) ** 2,
        }[kind]
        return np.where(late >= 0, fallen, rate * (t / warm if warm else 0))


@variant("race")
def by_a_table_of_steps(A, w, name, rate, steps, betas=(0.9, 0.999)):
    momentum, adam = Momentum((w,), rate, betas[0]), Adam((w,), rate, *betas)
    stepped = {
        "sgd": lambda w, state: (sgd_step((w,), (A @ w,), rate)[0], state),
        "momentum": lambda w, state: (momentum.step((w,), (A @ w,))[0], state),
        "nesterov": lambda w, state: nesterov_step(w, state, A @ w, rate, betas[0]),
        "adagrad": lambda w, state: scaled_step(w, state, A @ w, rate, "adagrad"),
        "rmsprop": lambda w, state: scaled_step(w, state, A @ w, rate, "rmsprop"),
        "adam": lambda w, state: (adam.step((w,), (A @ w,))[0], state),
    }[name]
    path, state = np.zeros((steps + 1, len(w))), np.zeros(len(w)) + (0.1 if name == "adagrad" else 0)
    path[0] = w
    for number in range(steps):
        path[number + 1], state = stepped(path[number], state)
    return path


@variant("race")
def momentum_of_nothing_is_descent(A, w, name, rate, steps, betas=(0.9, 0.999)):
    path, v, s = [np.array(w)], 0 * w, 0 * w
    if name == "adagrad":
        s = s + 0.1
    objects = {"sgd": Momentum((w,), rate, 0.0), "momentum": Momentum((w,), rate, betas[0]), "adam": Adam((w,), rate, betas[0], betas[1], 1e-7)}
    while len(path) <= steps:
        if name in objects:
            w = objects[name].step((w,), (slope(A, w),))[0]
        elif name == "nesterov":
            w, v = nesterov_step(w, v, slope(A, w), rate, betas[0])
        else:
            w, s = scaled_step(w, s, slope(A, w), rate, name)
        path.append(w)
    return np.stack(path)


@variant("train")
def more_epochs_at_one_rate(X, y, seed):
    rng = np.random.default_rng(seed)
    parameters = np.zeros((X.shape[1], 10)), np.zeros(10)
    optimizer = Adam(parameters, 0.01)
    for _ in range(6):
        order = rng.permutation(len(X))
        for begin in range(0, len(X), 32):
            rows = order[begin : begin + 32]
            parameters = optimizer.step(parameters, loss_and_gradients(X[rows], y[rows], parameters)[1])
    return parameters


@variant("keras_race")
def keras_by_a_table(A, w, name, rate, steps, betas=(0.9, 0.999)):
    return race(A, w, name, rate, steps, betas)


@real("keras_race", "keras_by_a_table")
def really_by_a_table(A, w, name, rate, steps, betas=(0.9, 0.999)):
    optimizer = {
        "sgd": lambda: keras.optimizers.SGD(learning_rate=rate),
        "momentum": lambda: keras.optimizers.SGD(learning_rate=rate, momentum=betas[0]),
        "nesterov": lambda: keras.optimizers.SGD(learning_rate=rate, momentum=betas[0], nesterov=True),
        "adagrad": lambda: keras.optimizers.Adagrad(learning_rate=rate),
        "rmsprop": lambda: keras.optimizers.RMSprop(learning_rate=rate),
        "adam": lambda: keras.optimizers.Adam(learning_rate=rate, beta_1=betas[0], beta_2=betas[1]),
    }[name]()
    variable = keras.Variable(w, dtype="float64")
    path = np.zeros((steps + 1, len(w)))
    path[0] = w
    for number in range(1, steps + 1):
        optimizer.apply_gradients([(keras.ops.convert_to_tensor(A @ path[number - 1]), variable)])
        path[number] = keras.ops.convert_to_numpy(variable)
    return path
