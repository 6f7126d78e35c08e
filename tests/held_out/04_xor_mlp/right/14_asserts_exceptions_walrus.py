# %% sigmoid
def sigmoid(z):
    with np.errstate(over="ignore"):  # exp(-z) may be inf, and 1 / inf is 0, as it should be
        s = 1 / (1 + np.exp(-np.asarray(z)))
    assert np.all(np.isfinite(s))
    return s

# %% forward
def forward(X, W1, b1, W2, b2):
    assert X.shape[1] == W1.shape[0] and W1.shape[1] == W2.shape[0]
    z = (h := sigmoid(X @ W1 + b1)) @ W2 + b2
    return h, z

# %% binary_cross_entropy
def binary_cross_entropy(z, y):
    assert z.shape == y.shape, (z.shape, y.shape)
    # the probability of what was right is sigmoid(u)
    u = np.where(y == 1, z, -z)
    try:
        with np.errstate(all="raise", under="ignore"):
            return float(-np.log(1 / (1 + np.exp(-u))).mean())
    except FloatingPointError:
        return float(np.mean(np.maximum(-u, 0) + np.log1p(np.exp(-np.abs(u)))))

# %% train
def train(X, y, seed):
    y = y[:, None] if y.ndim == 1 else y
    attempt = 0
    while True:
        *theta, losses = descend(X, y, *start_weights(X.shape[1], 8 + attempt, seed + attempt), 2.0, 600)
        if losses[-1] < 0.2 or (attempt := attempt + 1) > 3:
            return theta

# %% keras_loss_and_gradients
def keras_loss_and_gradients(X, y, W1, b1, W2, b2):
    model = keras_network(W1, b1, W2, b2)
    assert len(model.trainable_weights) == 4
    with tf.GradientTape() as tape:
        outputs = model(tf.constant(X))
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.constant(y), logits=outputs))
    if None in (gradients := list(tape.gradient(loss, model.trainable_weights))):
        raise RuntimeError("no gradient")
    return float(loss.numpy()), *[np.asarray(g) for g in gradients]
