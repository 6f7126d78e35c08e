# %% tlu
class TLU:
    def __init__(self, w, b):
        self.w = np.asarray(w)
        self.b = b

    def __call__(self, X):
        return heaviside(X @ self.w + self.b)


def tlu(X, w, b):
    return TLU(w, b)(X)

# %% perceptron_step
def perceptron_step(x, t, w, b, eta):
    unit = TLU(w, b)
    e = t - unit(x)
    return w + eta * e * x, float(b + eta * e)

# %% train_perceptron
class Trainer:
    def __init__(self, w, b):
        self.w, self.b, self.updates = np.array(w, dtype=float), float(b), 0

    def epoch(self, X, t):
        for x, target in zip(X, t):
            e = int(target) - int(x @ self.w + self.b >= 0)
            if e:
                self.w += e * x  # my own copy
                self.b += e
                self.updates += 1
        return self


def train_perceptron(X, t, w, b, epochs):
    trainer = Trainer(w, b)
    for _ in range(epochs):
        trainer.epoch(X, t)
    return trainer.w, trainer.b, trainer.updates

# %% train_pocket
def train_pocket(X, t, seed):
    rng = np.random.default_rng(seed)
    trainer = Trainer(np.zeros(X.shape[1]), 0.0)
    pocket, best = (trainer.w.copy(), trainer.b), 0
    for _ in range(40):
        p = rng.permutation(t.size)
        trainer.epoch(X[p], t[p])
        right = np.count_nonzero(TLU(trainer.w, trainer.b)(X) == t)
        if right > best:
            pocket, best = (trainer.w.copy(), trainer.b), right
    return pocket

# %% keras_net_input
def keras_net_input(X, w, b):
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.unit = keras.layers.Dense(1)

        def call(self, inputs):
            return self.unit(inputs)

    net = Net()
    net(X[:1])  # creates the weights
    net.unit.set_weights([w[:, None], np.array([b])])
    return net(X).numpy()[:, 0]
