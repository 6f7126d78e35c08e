# exercise: net_input
# cause: subtracts b as if it were a threshold (w . x - b) instead of adding the bias (w . x + b).
# a good message would say: Your results are off by 2b: the bias is added to the weighted sum, it is not a threshold that is taken away.
def net_input(X, w, b):
    """The net input of a TLU for each row. X: (N, D), w: (D,), b: float. Returns (N,)."""
    n_rows = X.shape[0]
    z = np.zeros(n_rows)
    for i in range(n_rows):
        z[i] = np.dot(w, X[i]) - b
    return z
