# exercise: train_pocket
# cause: The epochs are ranked by how many rows were right WHILE the weights were moving (N minus updates), not by how many the weights after the epoch get right.
# a good message would say: you keep the weights of the epoch with the fewest updates; go through all rows once more with the weights after the epoch, and count what these get right.
def train_pocket(X, t, seed):
    """Train a TLU by the perceptron rule; return the weights that got most rows right after any epoch.

    X: (N, D), t: (N,) of 0 and 1, seed: int. Returns (w, b): (D,) and a float. 40 epochs are enough.
    """
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    pocket, most_right = (w, b), -1
    for epoch in range(40):
        order = rng.permutation(len(X))
        w, b, updates = train_perceptron(X[order], t[order], w, b, 1)
        right = len(X) - updates
        if right > most_right:
            most_right = right
            pocket = (w, b)
    return pocket
