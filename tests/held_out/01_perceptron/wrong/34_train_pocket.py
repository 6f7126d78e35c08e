# exercise: train_pocket
# cause: best_w is the same array as w, which w += goes on changing: the pocket returns the last weights (with the best epoch's bias).
# a good message would say: Your pocket holds w itself, not a copy, and w += changes it afterwards: keep w.copy() or write w = w + ...
def train_pocket(X, t, seed):
    """Train a TLU by the perceptron rule; return the weights that got most rows right after any epoch.

    X: (N, D), t: (N,) of 0 and 1, seed: int. Returns (w, b): (D,) and a float. 40 epochs are enough.
    """
    rng = np.random.default_rng(seed)
    w, b = np.zeros(X.shape[1]), 0.0
    best_w, best_b, most = w, b, -1
    for epoch in range(40):
        for i in rng.permutation(len(X)):
            e = t[i] - (1 if X[i] @ w + b >= 0 else 0)
            w += e * X[i]
            b += e
        right = np.sum(tlu(X, w, b) == t)
        if right > most:
            most, best_w, best_b = right, w, b
    return best_w, best_b
