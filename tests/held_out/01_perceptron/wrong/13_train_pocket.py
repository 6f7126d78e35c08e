# exercise: train_pocket
# cause: best_w = w keeps a second name for the same array, and w += ... changes it in place: the pocket holds the last w (with the b of the best epoch).
# a good message would say: your pocket returns the last weights: best_w and w are one array, which w += e * x overwrites; keep a copy, w.copy().
def train_pocket(X, t, seed):
    """Train a TLU by the perceptron rule; return the weights that got most rows right after any epoch.

    X: (N, D), t: (N,) of 0 and 1, seed: int. Returns (w, b): (D,) and a float. 40 epochs are enough.
    """
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    best, best_w, best_b = -1, w, b
    for epoch in range(40):
        for i in rng.permutation(len(X)):
            e = t[i] - tlu(X[i], w, b)
            w += e * X[i]
            b += e
        right = np.sum(tlu(X, w, b) == t)
        if right > best:
            best, best_w, best_b = right, w, b
    return best_w, float(best_b)
