# exercise: hebb
# cause: "Active together" is read as: learn only where s = +1; rows with s = -1 are skipped, but the formula subtracts eta*x for them.
# a good message would say: rows with s = -1 have no effect in your function; the rule adds eta*s*x for every row, which is -eta*x there.
def hebb(X, s, eta):
    """Hebb's rule, from zero weights, each row once.

    X: (N, D), s: (N,) of -1 and +1, eta: float. Returns (w, b): (D,) and a float.
    """
    w = np.zeros(X.shape[1])
    b = 0.0
    for x, wanted in zip(X, s):
        if wanted > 0:  # a connection grows when both are active
            w = w + eta * wanted * x
            b = b + eta * wanted
    return w, b
