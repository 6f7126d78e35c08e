# exercise: descend
# cause: The parameters move one after the other: the gradient is computed again after each has moved, so b1, W2 and b2 use gradients at a point that has moved on.
# a good message would say: after one step W1 is right, and b1, W2, b2 are a little off: all four must move together, by gradients from one call at the same point.
def descend(X, y, W1, b1, W2, b2, rate, steps):
    """Gradient descent on loss_and_gradients, with the whole batch at each step.

    X: (N, D), y: (N, 1), W1: (D, H), b1: (H,), W2: (H, 1), b2: (1,).
    rate: the learning rate, a float. steps: an int, at least 1.
    Returns (W1, b1, W2, b2, losses): the last parameters, and the loss before each step, shape (steps,).
    The arrays handed in stay as they are.
    """
    params = [W1, b1, W2, b2]
    losses = []
    for _ in range(steps):
        losses.append(loss_and_gradients(X, y, *params)[0])
        for k in range(4):
            grad = loss_and_gradients(X, y, *params)[k + 1]
            params[k] = params[k] - rate * grad
    return (*params, np.array(losses))
