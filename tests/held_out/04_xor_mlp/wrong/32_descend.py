# exercise: descend
# cause: the four parameters are updated one after the other, each with a gradient taken anew at the already changed ones, instead of all by gradients at the same point.
# a good message would say: Only the first loss agrees: within a step you recompute the gradient after each parameter; take all four gradients first, then move together.
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
            params[k] = params[k] - rate * loss_and_gradients(X, y, *params)[k + 1]
    return (*params, np.array(losses))
