# exercise: train
# cause: the gradients are computed once before the loop, every step walks on along the first direction
# a good message would say: the loss does not settle; the gradients must be computed anew in every step, from the present W and b
def train(X, y, seed):
    """Train softmax regression by gradient descent."""
    n_classes = int(y.max()) + 1
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 0.01, size=(X.shape[1], n_classes)), np.zeros(n_classes)
    learning_rate = 1.0
    loss, dW, db = loss_and_gradients(X, y, W, b)
    for step in range(300):
        W = W - learning_rate * dW
        b = b - learning_rate * db
    return W, b
