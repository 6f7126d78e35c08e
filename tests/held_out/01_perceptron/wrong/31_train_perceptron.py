# exercise: train_perceptron
# cause: the outputs of all rows are computed once at the start of each epoch, so later rows do not meet the weights that earlier rows have changed (batch instead of sample by sample).
# a good message would say: You ask the unit once an epoch for all rows; the rule goes sample by sample, so compute each row's output with the weights as they are by then.
def train_perceptron(X, t, w, b, epochs):
    """Train a TLU by the perceptron rule with eta = 1, sample by sample, in the given order.

    X: (N, D), t: (N,) of 0 and 1, w: (D,), b: float: where to start; epochs: int.
    Returns (w, b, updates): the final weights, and how many steps had an error, over all epochs. Does not change its inputs.
    """
    updates = 0
    for epoch in range(epochs):
        outputs = tlu(X, w, b)
        for x, target, y in zip(X, t, outputs):
            if target == y:
                continue
            w = w + (target - y) * x
            b = b + (target - y)
            updates += 1
    return w, b, updates
