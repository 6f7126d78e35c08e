# exercise: train
# cause: W = W - eta * dW binds only the loop's own name; the tuple of weights is never changed, so the start is returned
# a good message would say: the weights that came back are the ones of init_network: nothing was learned; put the new matrices into a new tuple
def train(X, y, seed):
    """Train the network of SIZES by mini-batch gradient descent."""
    rng = np.random.default_rng(seed)
    weights = init_network(SIZES, "glorot", seed)
    for epoch in range(20):
        eta = 0.1 * (1 - epoch / 20)
        order = rng.permutation(len(X))
        for start in range(0, len(X), 32):
            batch = order[start:start + 32]
            loss, *gradients = loss_and_gradients(X[batch], y[batch], weights, "tanh")
            for W, dW in zip(weights, gradients):
                W = W - eta * dW
    return weights
