# exercise: descend
# cause: Each loss is recorded after the step (with the new parameters), but the losses before each step are asked for: the curve is shifted by one.
# a good message would say: the parameters are right, the losses are shifted by one: losses[0] must be the loss at the start, before any step.
def descend(X, y, W1, b1, W2, b2, rate, steps):
    """Gradient descent on loss_and_gradients, with the whole batch at each step.

    X: (N, D), y: (N, 1), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    rate: the learning rate, a float. steps: an int, at least 1.
    Returns (W1, b1, W2, b2, losses): the last parameters, and the loss before each step, shape (steps,).
    The arrays handed in stay as they are.
    """
    losses = np.zeros(steps)
    for step in range(steps):
        _, dW1, db1, dW2, db2 = loss_and_gradients(X, y, W1, b1, W2, b2)
        W1 = W1 - rate * dW1
        b1 = b1 - rate * db1
        W2 = W2 - rate * dW2
        b2 = b2 - rate * db2
        losses[step] = binary_cross_entropy(forward(X, W1, b1, W2, b2)[1], y)
    return W1, b1, W2, b2, losses
