# exercise: train_perceptron
# cause: The errors of all rows are computed once at the start of an epoch; later rows of the epoch do not meet the weights as they are by then.
# a good message would say: you use the errors from the start of the epoch for all its rows (a batch); the next row must meet the weights that the last step left.
def train_perceptron(X, t, w, b, epochs):
    """Train a TLU by the perceptron rule with eta = 1, sample by sample, in the given order.

    X: (N, D), t: (N,) of 0 and 1, w: (D,), b: float: where to start; epochs: int.
    Returns (w, b, updates): the final weights, and how many steps had an error, over all epochs. Does not change its inputs.
    """
    updates = 0
    for _ in range(epochs):
        errors = t - tlu(X, w, b)
        for x, e in zip(X, errors):
            if e != 0:
                w = w + e * x
                b = b + e
                updates += 1
    return w, float(b), updates
