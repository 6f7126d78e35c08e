# %% sigmoid
class Sigmoid:
    def __call__(self, z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1, e) / (1 + e)

    @staticmethod
    def slope(s):
        return s * (1 - s)


sigmoid = Sigmoid()

# %% -forward
class Network:
    def __init__(self, W1, b1, W2, b2):
        self.parameters = [W1, b1, W2, b2]

    def __call__(self, X):
        W1, b1, W2, b2 = self.parameters
        self.X, self.h = X, sigmoid(X @ W1 + b1)
        self.z = self.h @ W2 + b2
        return self

    def backward(self, dz):
        W2 = self.parameters[2]
        dA = dz @ W2.T * Sigmoid.slope(self.h)
        return [self.X.T @ dA, dA.sum(axis=0), self.h.T @ dz, dz.sum(axis=0)]

    def move(self, gradients, rate):
        self.parameters = [p - rate * g for p, g in zip(self.parameters, gradients)]

# %% forward
def forward(X, W1, b1, W2, b2):
    net = Network(W1, b1, W2, b2)(X)
    return net.h, net.z

# %% loss_and_gradients
def loss_and_gradients(X, y, W1, b1, W2, b2):
    net = Network(W1, b1, W2, b2)(X)
    return [binary_cross_entropy(net.z, y), *net.backward((sigmoid(net.z) - y) / len(y))]

# %% ebp_step
def ebp_step(X, t, W1, b1, W2, b2, rate):
    net = Network(W1, b1, W2, b2)(X)
    y = sigmoid(net.z)
    net.move(net.backward((y - t) * Sigmoid.slope(y) / len(t)), rate)
    return tuple(net.parameters)

# %% descend
def descend(X, y, W1, b1, W2, b2, rate, steps):
    net, losses = Network(W1, b1, W2, b2), np.empty(steps)
    for step in range(steps):
        net(X)
        losses[step] = binary_cross_entropy(net.z, y)
        net.move(net.backward((sigmoid(net.z) - y) / len(y)), rate)
    return *net.parameters, losses

# %% keras_loss_and_gradients
def keras_loss_and_gradients(X, y, W1, b1, W2, b2):
    model = keras_network(W1, b1, W2, b2)
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        loss = bce(y, model(X, training=True))
    return (loss.numpy().item(), *(g.numpy() for g in tape.gradient(loss, model.trainable_variables)))
