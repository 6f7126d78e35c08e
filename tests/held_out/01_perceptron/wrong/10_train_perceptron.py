# exercise: train_perceptron
# cause: An update is recognised by a change of w alone; a wrong row whose inputs are all 0 changes only b: it is not counted, and training may stop one epoch too early.
# a good message would say: a row x = (0, 0) with an error changes the bias only, and that is an update too; count the error e != 0, not a change of w.
def train_perceptron(X, t, w, b, epochs):
    """Train a TLU by the perceptron rule with eta = 1, sample by sample, in the given order.

    X: (N, D), t: (N,) of 0 and 1, w: (D,), b: float: where to start; epochs: int.
    Returns (w, b, updates): the final weights, and how many steps had an error, over all epochs. Does not change its inputs.
    """
    updates = 0
    for epoch in range(epochs):
        changed = False
        for i in range(len(X)):
            new_w, b = perceptron_step(X[i], t[i], w, b, 1.0)
            if not np.array_equal(new_w, w):
                updates += 1
                changed = True
            w = new_w
        if not changed:
            break
    return w, b, updates
