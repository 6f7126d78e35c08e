# %% ^setup
from functools import partial, reduce, wraps

# %% sigmoid
def sigmoid(z):
    """tanh never overflows."""
    return 0.5 * (1 + np.tanh(np.multiply(0.5, z)))

# %% forward
def forward(X, *parameters):
    """Recursive: takes any number of layers, two parameters a layer."""
    W, b, *rest = parameters
    out = X @ W + b
    if not rest:
        return X, out
    return forward(sigmoid(out), *rest)

# %% descend
def descend(X, y, W1, b1, W2, b2, rate, steps):
    """Divide and conquer: half of the steps, then the other half."""
    if steps > 1:
        *middle, early = descend(X, y, W1, b1, W2, b2, rate, steps // 2)
        *end, late = descend(X, y, *middle, rate, steps - steps // 2)
        return (*end, np.concatenate([early, late]))
    loss, *gradients = loss_and_gradients(X, y, W1, b1, W2, b2)
    new = [p - rate * g for p, g in zip((W1, b1, W2, b2), gradients)]
    return (*new, np.array([loss]))

# %% +descend
on_xor = partial(descend, xor_X, xor_y, rate=1.0, steps=3)
for x in (by_hand, by_hand):
    result = on_xor(*x)
    print(result[-1])

# %% train
def train(X, y, seed, *, hidden=9):
    column = y[:, np.newaxis].astype(float)

    def one_step(theta, _):
        return tuple(p - 2.0 * g for p, g in zip(theta, loss_and_gradients(X, column, *theta)[1:]))

    return reduce(one_step, range(700), start_weights(X.shape[1], hidden, seed))

# %% keras_descend
def keras_descend(X, y, W1, b1, W2, b2, rate, steps):
    model = keras_network(W1, b1, W2, b2)
    logit_loss = partial(keras.losses.BinaryCrossentropy, from_logits=True)
    model.compile(keras.optimizers.SGD(rate), logit_loss())
    fit_once = partial(model.fit, X, y, batch_size=X.shape[0], epochs=1, verbose=0)
    losses = [fit_once().history["loss"][0] for _ in range(steps)]
    return (*model.get_weights(), np.asarray(losses))
