# exercise: train
# cause: the result of descend is thrown away: the untrained start weights are returned, because descend leaves the arrays handed in as they are.
# a good message would say: You return the random start: descend does not change its arguments, it returns the trained parameters; take W1, b1, W2, b2 from what it returns.
def train(X, y, seed):
    """Train a network with one hidden layer of sigmoids from a random start.

    X: (N, D) measurements, y: (N,) integers 0 or 1, seed: int.
    Returns (W1, b1, W2, b2), shapes (D, H), (H,), (H, 1), (1,), with H of your choice.
    """
    targets = y.reshape(-1, 1).astype(float)
    W1, b1, W2, b2 = start_weights(X.shape[1], 10, seed)
    descend(X, targets, W1, b1, W2, b2, 2.0, 500)
    return W1, b1, W2, b2
