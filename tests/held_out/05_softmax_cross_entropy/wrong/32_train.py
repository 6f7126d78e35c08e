# exercise: train
# cause: return is indented into the loop: the function ends after the first of 300 steps.
# a good message would say: You return inside the loop, so only one step is made: move the return out, after all steps.
def train(X, y, seed):
    """Train softmax regression by gradient descent.

    X: (N, D) inputs in 0..1, y: (N,) integers, seed: int. Returns (W, b), shapes (D, C) and (C,).
    """
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    eta = 1.0
    for step in range(300):
        loss, dW, db = loss_and_gradients(X, y, W, b)
        W = W - eta * dW
        b = b - eta * db
        return W, b
