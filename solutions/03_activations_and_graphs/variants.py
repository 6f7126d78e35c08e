# Other right answers: none of them may lose a point.


@variant("smooth")
def by_numpy(z):
    return np.tanh(z), 1 / np.cosh(np.clip(z, -300, 300)) ** 2, np.logaddexp(0, z), 0.5 * (1 + np.tanh(z / 2))


@variant("smooth")
def by_the_chain_rule(z):
    value, slope = sigmoid(2 * z)
    return [2 * value - 1, 4 * slope, np.where(z > 0, z, 0) + np.log1p(np.exp(-abs(z))), sigmoid(z)[0]]


@variant("smooth")
def in_float32(z):
    z = np.asarray(z, np.float32)
    t = np.tanh(z)
    return t, 1 - t * t, np.logaddexp(np.float32(0), z), 1 / (1 + np.exp(-np.clip(z, -80, 80)))


@variant("leaky_relu")
def by_two_halves(z, slope=0.01, upstream=1.0):
    return np.maximum(z, 0) + slope * np.minimum(z, 0), upstream * ((z > 0) + slope * (z <= 0))


@variant("leaky_relu")
def by_mask(z, slope=0.01, upstream=1.0):
    value, dz = z.copy(), upstream * np.ones(z.shape)
    left = z < 0
    value[left] *= slope
    dz[left] *= slope
    return value, dz


@variant("elu")
def by_expm1(z, alpha=1.0, upstream=1.0):
    value = np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))
    return value, upstream * np.where(z > 0, 1.0, value + alpha)


@variant("elu")
def by_where_alone(z, alpha=1.0, upstream=1.0):
    return np.where(z >= 0, z, alpha * (np.exp(z) - 1)), upstream * np.where(z >= 0, 1, alpha * np.exp(z))


@variant("elu")
def left_side_by_mask(z, alpha=1.0, upstream=1.0):
    left = z < 0
    value, slope = np.array(z, dtype=float), np.ones(np.shape(z))
    value[left] = alpha * (np.exp(z[left]) - 1)
    slope[left] = value[left] + alpha
    return value, slope * upstream


@variant("maxout")
def piece_by_piece(X, W, b):
    best = X @ W[0] + b[0]
    for weights, bias in zip(W[1:], b[1:], strict=True):
        best = np.maximum(best, X @ weights + bias)
    return best


@variant("maxout")
def by_einsum(X, W, b):
    return (np.einsum("nd,kdh->nkh", X, W) + b).max(axis=1)


@variant("maxout_backward")
def pieces_in_a_loop(upstream, X, W, b):
    winner = np.argmax(np.stack([X @ weights + bias for weights, bias in zip(W, b, strict=True)]), axis=0)
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(b.shape)
    for k in range(len(W)):
        G = np.where(winner == k, upstream, 0)
        dX += G @ W[k].T
        dW[k] = X.T @ G
        db[k] = G.sum(axis=0)
    return dX, dW, db


@variant("maxout_backward")
def entry_by_entry(upstream, X, W, b):
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(b.shape)
    for n in range(len(X)):
        for h in range(W.shape[2]):
            k = int(np.argmax([X[n] @ W[k, :, h] + b[k, h] for k in range(len(W))]))
            dX[n] += upstream[n, h] * W[k, :, h]
            dW[k, :, h] += upstream[n, h] * X[n]
            db[k, h] += upstream[n, h]
    return dX, dW, db


@variant("maxout_backward")
def ties_shared(upstream, X, W, b):
    scores = np.einsum("nd,kdh->knh", X, W) + b[:, None]
    won = scores == scores.max(axis=0)
    G = won / won.sum(axis=0) * upstream
    return np.einsum("knh,kdh->nd", G, W), np.einsum("nd,knh->kdh", X, G), np.einsum("knh->kh", G)


@variant("skip_backward")
def node_by_node(upstream, x, w, b):
    product = x * w
    value = 1 / (1 + np.exp(-(product + x + b)))
    d_sum = upstream * value * (1 - value)
    d_product, dx = d_sum, d_sum.copy()
    dx += d_product * w
    return dx, np.sum(d_product * x, axis=0), np.ones(len(x)) @ d_sum


@variant("skip_backward")
def row_after_row(upstream, x, w, b):
    dx, dw, db = [], 0 * w, 0 * b
    for row, heard in zip(x, upstream, strict=True):
        g = heard * sigmoid(row * (w + 1) + b)[1]
        dx.append(g * (1 + w))
        dw = dw + g * row
        db = db + g
    return np.array(dx), dw, db


@variant("Value")
class with_closures:
    def __init__(self, data, parents=()):
        self.data, self.grad = data, 0.0
        self._parents, self._push = parents, lambda: None

    def __add__(self, other):
        made = with_closures(self.data + other.data, (self, other))

        def push():
            self.grad += made.grad
            other.grad += made.grad

        made._push = push
        return made

    def __mul__(self, other):
        made = with_closures(self.data * other.data, (self, other))

        def push():
            self.grad += other.data * made.grad
            other.grad += self.data * made.grad

        made._push = push
        return made

    def through(self, bend):
        value, slope = bend(self.data)
        made = with_closures(value, (self,))

        def push():
            self.grad += slope * made.grad

        made._push = push
        return made

    def backward(self):
        order, seen = [], set()

        def visit(value):
            if id(value) in seen:
                return
            seen.add(id(value))
            for parent in value._parents:
                visit(parent)
            order.insert(0, value)

        visit(self)
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in order:
            value._push()


@variant("Value")
class by_counting:
    __slots__ = ("data", "grad", "made_of", "slopes")

    def __init__(self, data, made_of=(), slopes=()):
        self.data, self.made_of, self.slopes, self.grad = data, made_of, slopes, 0.0

    def __add__(self, other):
        return by_counting(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return by_counting(self.data * other.data, (self, other), (other.data, self.data))

    def through(self, bend):
        value, slope = bend(self.data)
        return by_counting(value, (self,), (slope,))

    def backward(self):
        uses, waiting, everything = {}, [self], {id(self): self}
        while waiting:
            for parent in waiting.pop().made_of:
                uses[id(parent)] = uses.get(id(parent), 0) + 1
                if id(parent) not in everything:
                    everything[id(parent)] = parent
                    waiting.append(parent)
        for value in everything.values():
            value.grad = 0.0
        self.grad, ready = 1.0, [self]
        while ready:
            value = ready.pop()
            for parent, slope in zip(value.made_of, value.slopes, strict=True):
                parent.grad += slope * value.grad
                uses[id(parent)] -= 1
                if not uses[id(parent)]:
                    ready.append(parent)


@variant("descend")
def the_same_values_moved(weights, X, y, rate, steps):
    values, losses = [Value(w) for w in weights], np.zeros(steps)
    for step in range(steps):
        loss = network_loss(values, X, y)
        loss.backward()
        losses[step] = loss.data
        for value in values:
            value.data -= rate * value.grad
    return np.array([value.data for value in values]), losses


@variant("descend")
def gradients_as_an_array(weights, X, y, rate, steps):
    theta, losses = np.array(weights, dtype=float), []
    while len(losses) < steps:
        values = list(map(Value, theta.tolist()))
        (end := network_loss(values, X, y)).backward()
        losses += [float(end.data)]
        theta = theta - rate * np.array([value.grad for value in values])
    return theta, losses
