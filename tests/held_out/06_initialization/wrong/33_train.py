# exercise: train
# cause: order[start:batch] instead of order[start:start + batch]: only the first batch of an epoch has rows, all others are empty, so 20 real steps are made instead of 800.
# a good message would say: From the second batch on your batches are empty: a slice has a start and an end, so it must be order[start:start + batch].
def train(X, y, seed):
    """Train the network of SIZES (hidden layers tanh, last layer linear) by mini-batch gradient descent.

    X: (N, 64) inputs in -1..1, y: (N,) integers in 0..9, seed: int. Returns the trained weights: a tuple of 11
    matrices.
    """
    rng = np.random.default_rng(seed)
    batch = 32
    weights = init_network(SIZES, "glorot", seed)
    for epoch in range(20):
        eta = 0.1 * (1 - epoch / 20)
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch):
            rows = order[start:batch]
            _, *grads = loss_and_gradients(X[rows], y[rows], weights, "tanh")
            weights = tuple(W - eta * dW for W, dW in zip(weights, grads))
    return weights
