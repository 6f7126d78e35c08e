# exercise: train_perceptron
# cause: the counter adds the signed error (+1 or -1), so errors of opposite sign cancel; w and b are right, updates is not.
# a good message would say: Weights and bias are right, only the count is not: you add up e, and +1 and -1 cancel; count 1 for every step with e != 0.
def train_perceptron(X, t, w, b, epochs):
    """Train a TLU by the perceptron rule with eta = 1, sample by sample, in the given order.

    X: (N, D), t: (N,) of 0 and 1, w: (D,), b: float: where to start; epochs: int.
    Returns (w, b, updates): the final weights, and how many steps had an error, over all epochs. Does not change its inputs.
    """
    updates = 0
    for _ in range(epochs):
        for x, target in zip(X, t):
            error = float(target - heaviside(x @ w + b))
            w = w + error * x
            b = b + error
            updates += error
    return w, b, int(updates)
