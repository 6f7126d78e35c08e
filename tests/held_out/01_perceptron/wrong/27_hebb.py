# exercise: hebb
# cause: learns only from rows with s = +1 ('both cells active together'); rows with s = -1 are skipped instead of subtracting eta * x and eta.
# a good message would say: Rows with s = -1 must count, too: the rule adds eta * s * x, so such a row pulls the weights and the bias the other way.
def hebb(X, s, eta):
    """Hebb's rule, from zero weights, each row once.

    X: (N, D), s: (N,) of -1 and +1, eta: float. Returns (w, b): (D,) and a float.
    """
    w = np.zeros(X.shape[1])
    b = 0.0
    for x_i, s_i in zip(X, s):
        if s_i > 0:                # both cells are active together
            w = w + eta * x_i
            b = b + eta
    return w, b
